#pragma once

#include "core/store/project.h"

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThread>

#include <functional>
#include <memory>

namespace assay {

class OpenLists;
class ProjectWorker;
class SurveyWorker;

/// A model folder that belongs to the project: registered, or a checkpoint of one of its runs.
struct ProjectModel {
    QString folder;
    QString name;
    /// A fine-tuned checkpoint; otherwise a model to start from.
    bool tuned = false;
    qint64 step = -1; ///< of a checkpoint
};

/// The open project, asked from the window's thread. Threads of their own own the connections;
/// every answer comes back here, later, unless the guard has died. Nothing here waits for the
/// database.
class ProjectAccess final : public QObject {
    Q_OBJECT

public:
    template <class T> using Done = std::function<void(Result<T>)>;
    struct Opened {
        QString folder;
        QString name;
        QString jobsFolder;
    };
    /// A filtered list; `number` names it in `rows`.
    struct List {
        quint64 number = 0;
        qint64 count = 0;
    };

    explicit ProjectAccess(QObject* parent = nullptr);
    ~ProjectAccess() override;

    /// Opens the project and takes the window's lock on it. The project open before stays open when
    /// that fails. "store.window_open" where another window has it.
    void open(const QString& folder, QObject* guard, Done<Opened> done);

    /// Makes a project and opens it. `folder` gets ".assay" where it lacks it, and a number where
    /// the name is taken.
    void create(const QString& folder, QObject* guard, Done<Opened> done);

    /// At most `limit` samples whose text holds what was typed, oldest first; beside the lists.
    void search(const QString& text, int limit, QObject* guard, Done<std::vector<SampleRow>> done);

    /// Counts what the filter leaves. Every guard has a list of its own; of those it asks for one
    /// after the other only the newest is answered. The full order is read in the background
    /// afterwards, so that jumping anywhere is fast.
    void list(const SampleFilter& filter, QObject* guard, Done<List> done) {
        list(filter, SampleOrder::Imported, guard, std::move(done));
    }
    void list(const SampleFilter& filter, SampleOrder order, QObject* guard, Done<List> done);
    /// Rows of the guard's newest list; nothing for an older one.
    void rows(quint64 list, qint64 first, int count, QObject* guard,
        std::function<void(std::vector<SampleRow>)> done);
    /// Ids of ranges of rows, each [first, last].
    void idsOf(quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges, QObject* guard,
        Done<std::vector<std::int64_t>> done);
    /// Where the sample stands in the list, or -1.
    void rowOf(quint64 list, qint64 id, QObject* guard, std::function<void(qint64)> done);
    void sample(qint64 id, QObject* guard, Done<StoredSample> done);
    /// The sample with that global id (as runs record it). "store.sample_missing" and its kin.
    void sampleOf(const QString& uid, QObject* guard, Done<qint64> done);
    /// Checkpoints newest first within each run, then registered models.
    void models(QObject* guard, Done<std::vector<ProjectModel>> done);
    /// Adds a model folder to the project's list.
    void addModel(const QString& folder, QObject* guard, Done<bool> done);

    /// Runs `work` on the project's connection, on its thread, in turn with everything else; for
    /// what has no function of its own here. Work that takes long (an import, an export, statistics
    /// of a whole project) opens a connection of its own on a thread of its own instead: this one
    /// answers the window. "window.no_project" without a project. ui/service only: panels ask named
    /// functions.
    template <class T>
    void call(QObject* guard, std::function<Result<T>(Project&)> work, Done<T> done) {
        run(
            guard,
            [work = std::move(work)](Project& project) -> std::shared_ptr<void> {
                return std::make_shared<Result<T>>(work(project));
            },
            [done = std::move(done)](Result<std::shared_ptr<void>> result) {
                if (!result)
                    return done(forward(result));
                done(std::move(*static_cast<Result<T>*>(result->get())));
            });
    }
    /// The same on another connection and thread, for questions about the whole project, which may
    /// take a second: lists, pages and decisions do not wait for them. Reading only. An answer
    /// about a project that is not open any more is not given.
    template <class T>
    void survey(QObject* guard, std::function<Result<T>(Project&)> work, Done<T> done) {
        runSurvey(
            guard,
            [work = std::move(work)](Project& project) -> std::shared_ptr<void> {
                return std::make_shared<Result<T>>(work(project));
            },
            [done = std::move(done)](Result<std::shared_ptr<void>> result) {
                if (!result)
                    return done(forward(result));
                done(std::move(*static_cast<Result<T>*>(result->get())));
            });
    }
    /// To be said after every change to the project (a decision, an import, a new view): lists and
    /// numbers are then read again.
    void noteChange() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();

private:
    void run(QObject* guard, std::function<std::shared_ptr<void>(Project&)> work,
        Done<std::shared_ptr<void>> done);
    void runSurvey(QObject* guard, std::function<std::shared_ptr<void>(Project&)> work,
        Done<std::shared_ptr<void>> done);
    template <class T, class Worker>
    void ask(Worker* worker, QObject* guard, std::function<Result<T>(Worker&)> work,
        std::function<void(Result<T>)> done);
    Done<Opened> noting(Done<Opened> done);

    QThread m_thread;
    QThread m_surveyThread;
    std::shared_ptr<OpenLists> m_lists;
    ProjectWorker* m_worker;
    SurveyWorker* m_survey;
    QString m_folder; ///< of the open project
    quint64 m_opened = 0; ///< counts the projects opened
};

} // namespace assay
