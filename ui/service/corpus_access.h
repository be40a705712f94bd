#pragma once

#include "core/corpus/text_query.h"
#include "ui/service/background_work.h"
#include "ui/service/project_access.h"

#include <QPointer>

#include <memory>

namespace assay {

/// The phrase index of the open project's training text: opened where there is one, made on
/// request in the background, and asked on a thread of its own. Window's thread; answers come
/// there, later, unless the guard has died.
class CorpusAccess final : public QObject {
    Q_OBJECT

public:
    enum class State { NoProject, None, Opening, Building, Ready, Failed };
    struct Answer {
        TextContinuation found;
        std::vector<CorpusContext> places;
    };

    explicit CorpusAccess(ProjectAccess* project, QObject* parent = nullptr);
    ~CorpusAccess() override;

    /// The project's folder, or empty. Opens its index where it has one.
    void setProject(const QString& folder);
    /// Makes the index of all samples but the rejected ones.
    void build();
    void cancel() { m_work.cancel(); }

    State state() const { return m_state; }
    const Error& error() const { return m_error; }
    /// Whether the project holds another number of samples than the index.
    bool isStale() const { return m_stale; }
    std::int64_t documents() const { return m_index ? m_index->facts().documents : 0; }

    /// How often `text` follows the end of `context`, and at most `limit` of the places.
    void ask(std::string context, std::string text, int limit, QObject* guard,
        std::function<void(Answer)> done);
    /// Which parts of a text stand in the training text word for word.
    void spans(
        std::string text, QObject* guard, std::function<void(std::vector<VerbatimSpan>)> done);

Q_SIGNALS:
    void stateChanged();
    void progressed(qint64 done, qint64 total);

private:
    void open();
    void compareWithProject();
    void setState(State state);
    template <class T>
    void later(std::function<T()> work, QObject* guard, std::function<void(T)> done);

    ProjectAccess* m_project;
    BackgroundWork m_work;
    QString m_folder;
    State m_state = State::NoProject;
    Error m_error;
    bool m_stale = false;
    std::shared_ptr<const CorpusIndex> m_index;
    quint64 m_opening = 0; ///< answers of an older project are dropped
};

} // namespace assay
