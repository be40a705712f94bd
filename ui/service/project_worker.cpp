#include "ui/service/project_worker.h"

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
    ++m_wantedList;
    m_order.reset();
    return ProjectAccess::Opened{text(m_project->folder()),
        QString::fromStdString(m_project->name()), text(m_project->jobsFolder())};
}

Result<ProjectAccess::List> ProjectWorker::list(quint64 number, const SampleFilter& filter) {
    if (!m_project)
        return noProject();
    auto count = m_project->samples().count(filter);
    if (!count)
        return forward(count);
    m_list = number;
    m_filter = filter;
    m_order.reset();
    // After what the window asks for next, so that its first page does not wait for the whole
    // order.
    QMetaObject::invokeMethod(
        this, [this, number] { readOrder(number); }, Qt::QueuedConnection);
    return ProjectAccess::List{number, *count};
}

void ProjectWorker::readOrder(quint64 list) {
    if (list != m_list || !isWanted(list) || !m_project || m_order)
        return;
    // Failing here is no failure of the list: pages are then read by their offset.
    if (auto order = m_project->samples().ids(m_filter))
        m_order = std::move(*order);
}

Result<std::vector<SampleRow>> ProjectWorker::rows(quint64 list, qint64 first, int count) {
    if (!m_project)
        return noProject();
    if (list != m_list)
        return std::vector<SampleRow>();
    if (!m_order)
        return m_project->samples().page(m_filter, count, first);
    const auto begin = std::min(std::size_t(first), m_order->size());
    const auto length = std::min(std::size_t(count), m_order->size() - begin);
    return m_project->samples().rows(std::span(*m_order).subspan(begin, length));
}

Result<qint64> ProjectWorker::rowOf(quint64 list, qint64 id) {
    if (list != m_list)
        return qint64(-1);
    readOrder(list);
    if (!m_order)
        return qint64(-1);
    // The list is in the order of import, which is that of the ids.
    const auto found = std::ranges::lower_bound(*m_order, id);
    return found != m_order->end() && *found == id ? qint64(found - m_order->begin()) : qint64(-1);
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
        models.push_back({text(folder), QString::fromStdString(record.name), false, -1});
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
