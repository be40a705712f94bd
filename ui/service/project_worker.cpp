#include "ui/service/project_worker.h"

#include "core/job/adapter_file.h"
#include "core/job/job_folder.h"
#include "core/store/window_lock.h"

#include <algorithm>
#include <set>
#include <span>

namespace assay {

namespace {

QString text(const std::filesystem::path& path) {
    return QString::fromStdString(path.string());
}

tl::unexpected<Error> noProject() {
    return fail("window.no_project");
}

} // namespace

Result<ProjectAccess::Opened> ProjectWorker::open(const QString& folder) {
    const std::filesystem::path path = folder.toStdString();
    auto project = Project::open(path);
    if (!project)
        return forward(project);
    if (m_project && m_project->folder() == project->folder())
        return ProjectAccess::Opened{text(m_project->folder()),
            QString::fromStdString(m_project->name()), text(m_project->jobsFolder())};
    auto lock = acquireWindowLock(project->folder());
    if (!lock)
        return forward(lock);
    m_project = std::move(*project);
    m_lock = std::move(*lock);
    {
        const std::lock_guard lock(m_wantedMutex);
        m_wanted.clear(); // they were lists of the other project
    }
    m_lists.clear();
    return ProjectAccess::Opened{text(m_project->folder()),
        QString::fromStdString(m_project->name()), text(m_project->jobsFolder())};
}

Result<ProjectAccess::Opened> ProjectWorker::create(const QString& folder) {
    std::filesystem::path wanted = folder.toStdString();
    if (wanted.extension() == ".assay")
        wanted.replace_extension();
    std::error_code error;
    std::filesystem::create_directories(wanted.parent_path(), error);
    if (error)
        return fail(
            "file.write", {{"path", wanted.parent_path().string()}, {"reason", error.message()}});
    for (int number = 1;; ++number) {
        std::filesystem::path place = wanted;
        if (number > 1)
            place += " " + std::to_string(number);
        place += ".assay";
        if (std::filesystem::exists(place, error))
            continue;
        if (auto made = Project::create(place); !made)
            return forward(made);
        return open(text(place));
    }
}

quint64 ProjectWorker::wantList(QObject* owner) {
    const std::lock_guard lock(m_wantedMutex);
    std::erase_if(m_wanted,
        [&](const auto& wanted) { return wanted.first.isNull() || wanted.first == owner; });
    m_wanted.emplace_back(owner, ++m_lastList);
    return m_lastList;
}

bool ProjectWorker::isWanted(quint64 list) const {
    const std::lock_guard lock(m_wantedMutex);
    return std::ranges::any_of(
        m_wanted, [list](const auto& wanted) { return wanted.second == list; });
}

ProjectWorker::OpenList* ProjectWorker::openList(quint64 list) {
    const auto found = m_lists.find(list);
    return found != m_lists.end() && isWanted(list) ? &found->second : nullptr;
}

void ProjectWorker::dropUnwanted() {
    std::erase_if(m_lists, [this](const auto& entry) { return !isWanted(entry.first); });
}

Result<ProjectAccess::List> ProjectWorker::list(
    quint64 number, const SampleFilter& filter, SampleOrder order) {
    if (!m_project)
        return noProject();
    auto count = m_project->samples().count(filter);
    if (!count)
        return forward(count);
    dropUnwanted();
    m_lists[number] = {filter, order, {}};
    // After what the window asks for next, so that its first page does not wait for the whole
    // order.
    QMetaObject::invokeMethod(
        this, [this, number] { readOrder(number); }, Qt::QueuedConnection);
    return ProjectAccess::List{number, *count};
}

void ProjectWorker::readOrder(quint64 number) {
    OpenList* list = openList(number);
    if (!list || !m_project || list->ids)
        return;
    // Failing here is no failure of the list: pages are then read by their offset.
    if (auto ids = m_project->samples().ids(list->filter, list->order))
        list->ids = std::move(*ids);
}

Result<std::vector<SampleRow>> ProjectWorker::rows(quint64 number, qint64 first, int count) {
    if (!m_project)
        return noProject();
    const OpenList* list = openList(number);
    if (!list)
        return std::vector<SampleRow>();
    if (!list->ids)
        return m_project->samples().page(list->filter, count, first, list->order);
    const auto begin = std::min(std::size_t(first), list->ids->size());
    const auto length = std::min(std::size_t(count), list->ids->size() - begin);
    return m_project->samples().rows(std::span(*list->ids).subspan(begin, length));
}

Result<std::vector<std::int64_t>> ProjectWorker::idsOf(
    quint64 number, const std::vector<std::pair<qint64, qint64>>& ranges) {
    readOrder(number);
    const OpenList* list = openList(number);
    std::vector<std::int64_t> found;
    if (!list || !list->ids)
        return found;
    for (const auto& [first, last] : ranges)
        for (qint64 row = first; row <= last && row < qint64(list->ids->size()); ++row)
            found.push_back((*list->ids)[std::size_t(row)]);
    return found;
}

Result<qint64> ProjectWorker::rowOf(quint64 number, qint64 id) {
    readOrder(number);
    const OpenList* list = openList(number);
    if (!list || !list->ids)
        return qint64(-1);
    const auto found = list->order == SampleOrder::Imported
        ? std::ranges::lower_bound(*list->ids, id)
        : std::ranges::find(*list->ids, id);
    return found != list->ids->end() && *found == id ? qint64(found - list->ids->begin())
                                                     : qint64(-1);
}

Result<StoredSample> ProjectWorker::sample(qint64 id) {
    if (!m_project)
        return noProject();
    return m_project->samples().sample(id);
}

Result<std::vector<ProjectModel>> ProjectWorker::models() {
    if (!m_project)
        return noProject();
    std::vector<ProjectModel> models;
    std::set<std::filesystem::path> seen;
    std::vector<std::filesystem::path> jobs = jobFoldersIn(m_project->jobsFolder());
    std::ranges::reverse(jobs);
    for (const std::filesystem::path& path : jobs) {
        const auto job = JobFolder::open(path);
        if (!job)
            continue; // the runs panel says what is wrong with it
        const std::vector<std::int64_t> steps = job->checkpointSteps();
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            const std::filesystem::path folder = job->checkpointFolder(*step);
            seen.insert(folder.lexically_normal());
            models.push_back({text(folder), text(path.filename()), job->spec().kind != "pretrain",
                qint64(*step)});
        }
    }
    auto registered = m_project->registry().models();
    if (!registered)
        return forward(registered);
    for (const ModelRecord& record : *registered) {
        const std::filesystem::path folder
            = m_project->registry().resolve(record.path).lexically_normal();
        if (!seen.insert(folder).second)
            continue;
        models.push_back(
            {text(folder), QString::fromStdString(record.name), isAdapterFolder(folder), -1});
        for (const std::filesystem::path& adapter : adaptersBeside(folder))
            if (seen.insert(adapter.lexically_normal()).second)
                models.push_back({text(adapter),
                    QString::fromStdString(record.name + " + " + adapter.filename().string()), true,
                    -1});
    }
    return models;
}

Result<bool> ProjectWorker::addModel(const QString& folder) {
    if (!m_project)
        return noProject();
    const std::filesystem::path path = folder.toStdString();
    const auto added = m_project->registry().addModel(path.filename().string(), path);
    if (!added)
        return tl::unexpected<Error>(added.error());
    return true;
}

} // namespace assay
