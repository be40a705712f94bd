#pragma once

#include "ui/common/selection_context.h"
#include "ui/service/score_record.h"

#include <array>
#include <map>

namespace assay {

/// How a model is to go on.
struct GenerationSettings {
    int maxNew = 64;
    double temperature = 0; ///< 0: greedy
    double topP = 1;
    quint64 seed = 0;
};

/// One text and how it came to be: the sample itself, or a change of another branch.
struct Branch {
    enum class Kind { Sample, Text, Prompt, Alternative, Forced, Continuation, Edit };
    enum class State { Waiting, Generating, Ready, Stopped, Failed };

    int id = -1;
    int parent = -1;
    Kind kind = Kind::Sample;
    State state = State::Waiting;
    /// First token that is its own; those before are the parent's.
    int at = 0;
    /// Tokens from `at` that the person put there; what follows is the writer's.
    int forced = 0;
    QString what; ///< what was forced, for people
    /// Sum over the forced tokens of how far each lies behind the most probable one, nats. NaN
    /// while unknown and where texts cannot be compared (an edit).
    double cost = 0;
    bool natural = true; ///< docs/protocol.md, text.tokenize
    ModelRole writer = ModelRole::Tuned;
    QString writerName;
    GenerationSettings settings;
    QString ended; ///< why the writer stopped: a word of docs/protocol.md
    std::optional<Error> error;

    /// What is scored where there are no tokens yet: text or messages; null for a branch that was
    /// made of tokens.
    Json input;
    std::vector<QString> titles; ///< of the messages

    /// By role, with the folder of the model that scored.
    std::array<std::optional<ScoreRecord>, 2> scores;
    std::array<QString, 2> scoredBy;

    const ScoreRecord* record(ModelRole role) const {
        const auto& held = scores[std::size_t(role)];
        return held ? &*held : nullptr;
    }
    bool isRoot() const { return parent < 0; }
};

/// The branches of one text. Values only; asking models is InspectedText's work.
class BranchTree {
public:
    /// Adds a branch and gives it an id.
    Branch& add(Branch branch);
    Branch* find(int id);
    const Branch* find(int id) const;
    /// With everything below it; a root stays.
    void remove(int id);
    /// Ids, each parent before its children, in the order they were made.
    std::vector<int> order() const;
    int depth(int id) const;
    /// Sum of the costs of all forced words that stand in the branch's text; NaN where one is.
    double pathCost(int id) const;
    bool isEmpty() const { return m_branches.empty(); }
    int rootId() const { return m_branches.empty() ? -1 : m_branches.begin()->first; }
    auto begin() { return m_branches.begin(); }
    auto end() { return m_branches.end(); }

private:
    void collect(int id, std::vector<int>& out) const;
    std::map<int, Branch> m_branches;
    int m_next = 1;
};

/// How far the tokens [begin, end) lie behind the most probable ones, nats; NaN where one has no
/// score.
double forcedCost(const ScoreRecord& record, int begin, int end);

/// The last answer of a branch in one line: what stood there, what was forced, what followed.
struct BranchWords {
    QString before;
    QString forced;
    QString after;
    QString all() const { return QString(before + forced + after).trimmed(); }
    bool operator==(const BranchWords&) const = default;
};
BranchWords branchWords(const Branch& branch, ModelRole role);
/// The text of the tokens [begin, end), bytes that are no text as U+FFFD.
QString textOfTokens(const ScoreRecord& record, int begin, int end);
/// Index of the first token of the last answer, or the number of tokens where there is none.
int lastAnswerBegin(const ScoreRecord& record);

} // namespace assay
