#include "ui/service/corpus_access.h"

#include "core/corpus/project_corpus.h"

#include <filesystem>

namespace assay {

CorpusAccess::CorpusAccess(ProjectAccess* project, QObject* parent)
    : QObject(parent)
    , m_project(project) {
    connect(&m_work, &BackgroundWork::progressed, this, &CorpusAccess::progressed);
    connect(m_project, &ProjectAccess::changed, this, &CorpusAccess::compareWithProject);
}

CorpusAccess::~CorpusAccess() = default;

template <class T>
void CorpusAccess::later(std::function<T()> work, QObject* guard, std::function<void(T)> done) {
    auto result = std::make_shared<std::optional<T>>();
    auto* watcher = new QFutureWatcher<void>(this);
    const QPointer<QObject> alive(guard);
    connect(watcher, &QFutureWatcherBase::finished, this,
        [watcher, result, alive, done = std::move(done)] {
            watcher->deleteLater();
            if (alive)
                done(std::move(**result));
        });
    watcher->setFuture(
        QtConcurrent::run([work = std::move(work), result] { result->emplace(work()); }));
}

void CorpusAccess::setState(State state) {
    m_state = state;
    Q_EMIT stateChanged();
}

void CorpusAccess::setProject(const QString& folder) {
    m_work.cancel();
    m_folder = folder;
    m_index.reset();
    m_stale = false;
    open();
}

void CorpusAccess::open() {
    const quint64 number = ++m_opening;
    if (m_folder.isEmpty())
        return setState(State::NoProject);
    const auto path = projectIndexPath(m_folder.toStdString());
    setState(State::Opening);
    using Opened = std::optional<Result<CorpusIndex>>;
    later<Opened>(
        [path]() -> Opened {
            std::error_code ignored;
            if (!std::filesystem::exists(path, ignored))
                return std::nullopt;
            return CorpusIndex::open(path);
        },
        this,
        [this, number](Opened opened) {
            if (number != m_opening)
                return;
            if (!opened)
                return setState(State::None);
            if (!*opened) {
                m_error = opened->error();
                return setState(State::Failed);
            }
            m_index = std::make_shared<const CorpusIndex>(std::move(**opened));
            setState(State::Ready);
            compareWithProject();
        });
}

void CorpusAccess::compareWithProject() {
    if (!m_index)
        return;
    const Json& source = m_index->facts().source;
    const std::int64_t indexed = source.is_object() && source.contains("samples")
        ? source["samples"].get<std::int64_t>()
        : -1;
    m_project->call<std::int64_t>(
        this,
        [](Project& project) {
            SampleFilter kept;
            kept.statuses = {ReviewStatus::Pending, ReviewStatus::Accepted};
            return project.samples().count(kept);
        },
        [this, indexed](Result<std::int64_t> count) {
            const bool stale = count && *count != indexed;
            if (stale == m_stale || !m_index)
                return;
            m_stale = stale;
            Q_EMIT stateChanged();
        });
}

void CorpusAccess::build() {
    if (m_folder.isEmpty() || m_work.isRunning())
        return;
    setState(State::Building);
    const QString folder = m_folder;
    m_work.start<CorpusFacts>(
        folder,
        [](Project& project, const ProgressFunction& progress, StopToken stop) {
            return buildProjectIndex(
                project, {}, projectIndexPath(project.folder()), progress, std::move(stop));
        },
        [this, folder](Result<CorpusFacts> facts) {
            if (folder != m_folder)
                return open();
            m_stale = false;
            if (!facts && facts.error().code != "cancelled") {
                m_error = facts.error();
                return setState(State::Failed);
            }
            open();
        });
}

void CorpusAccess::ask(std::string context, std::string text, int limit, QObject* guard,
    std::function<void(Answer)> done) {
    if (!m_index)
        return;
    later<Answer>(
        [index = m_index, context = std::move(context), text = std::move(text), limit] {
            Answer answer;
            answer.found = continuationOfText(*index, context, text);
            answer.places = index->contexts(
                {&answer.found.hits, 1}, answer.found.length, std::size_t(limit), 60);
            return answer;
        },
        guard, std::move(done));
}

void CorpusAccess::spans(
    std::string text, QObject* guard, std::function<void(std::vector<VerbatimSpan>)> done) {
    if (!m_index)
        return;
    later<std::vector<VerbatimSpan>>(
        [index = m_index, text = std::move(text)] { return verbatimSpans(*index, text); }, guard,
        std::move(done));
}

} // namespace assay
