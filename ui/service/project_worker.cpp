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
    m_lists->clear();
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

Result<ProjectAccess::List> ProjectWorker::list(quint64 number, const SampleFilter& filter) {
    if (!m_project)
        return noProject();
    const auto question = m_lists->question(number);
    auto count = m_project->samples().count(filter, question ? question->stop : StopToken());
    if (!count)
        return forward(count);
    return ProjectAccess::List{number, *count};
}

Result<std::vector<SampleRow>> ProjectWorker::rows(quint64 number, qint64 first, int count) {
    if (!m_project)
        return noProject();
    const auto question = m_lists->question(number);
    if (!question)
        return std::vector<SampleRow>();
    const OpenLists::Ids ids = m_lists->ids(number);
    if (!ids)
        return m_project->samples().page(question->filter, count, first, question->order);
    const auto begin = std::min(std::size_t(first), ids->size());
    const auto length = std::min(std::size_t(count), ids->size() - begin);
    return m_project->samples().rows(std::span(*ids).subspan(begin, length));
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
