#pragma once

#include "core/analysis/compare_batch.h"
#include "core/analysis/pair_statistics.h"
#include "core/store/sample_row.h"
#include "ui/service/project_access.h"

#include <map>

namespace assay {

/// Two answers to one question, to be judged blind.
struct PairItem {
    qint64 sample = 0;
    std::string uid;
    std::string revision;
    std::vector<Message> prompt;
    /// The answers as they are called in the results, not as they stand on the screen.
    std::vector<Message> a;
    std::vector<Message> b;
    bool firstLeft = true; ///< whether `a` stands on the left
    std::optional<PairChoice> choice; ///< this person's own decision
};

/// The pairs of a view, one after another, and what was decided about them; decisions are events of
/// the project and durable before the next pair is shown. On the window's thread.
class PairQueue final : public QObject {
    Q_OBJECT

public:
    enum class Kind { Preference, Answers };
    struct Setup {
        Kind kind = Kind::Preference;
        QString project;
        SampleFilter filter;
        std::string author;
        /// Answers: both models' texts, and the names that the results call them by.
        std::vector<CompareBatchRow> answers;
        std::string key; ///< of the batch of answers
        std::string nameA = "chosen";
        std::string nameB = "rejected";
        Json provenance; ///< goes into every event
    };

    explicit PairQueue(ProjectAccess* project, QObject* parent = nullptr);

    void load(Setup setup);
    bool isBusy() const { return m_busy > 0; }
    int count() const { return int(m_refs.size()); }
    int decidedCount() const;
    int position() const { return m_position; }
    /// The pair in view; none before it has been read.
    const std::optional<PairItem>& item() const { return m_item; }
    const Setup& setup() const { return m_setup; }
    std::vector<PairTally> tallies() const;

    void go(int position);
    /// The next pair without a decision of this person, after the one in view, then from the start.
    void goToUndecided();
    void decide(PairChoice choice, qint64 activeMs, const Json& saw);
    /// Takes this person's last decision here back and shows its pair.
    void undo();

Q_SIGNALS:
    void listLoaded();
    void itemChanged();
    void decided(const PairItem& item);
    void failed(const Error& error);

private:
    struct Ref {
        qint64 sample = 0;
        std::string uid;
        std::string revision;
        int answer = -1; ///< into `answers`
    };
    /// One person's newest decision about one sample.
    struct Verdict {
        PairVerdict verdict;
        std::string event;
    };
    struct Loaded {
        std::vector<Ref> refs;
        std::vector<std::pair<std::int64_t, Event>> events;
    };
    using VerdictKey = std::pair<qint64, std::string>; ///< sample, author

    void take(Loaded loaded);
    std::uint64_t seed() const;

    ProjectAccess* m_project;
    Setup m_setup;
    std::vector<Ref> m_refs;
    std::map<VerdictKey, Verdict> m_verdicts;
    std::vector<VerdictKey> m_order; ///< of this person's decisions in this list, oldest first
    std::optional<PairItem> m_item;
    int m_position = -1;
    int m_busy = 0;
    quint64 m_generation = 0;
};

/// The text of the turns of an answer; calls of tools by name and arguments.
QString pairAnswerText(const std::vector<Message>& turns);

} // namespace assay
