#include "ui/service/compare_batch_worker.h"

#include <span>

namespace assay {

Result<CompareBatchWorker::Opened> CompareBatchWorker::open(quint64 generation,
    const CompareBatchRun::Plan& plan, const CompareBatchSettings& settings, bool write) {
    close();
    auto project = Project::open(plan.project.toStdString(), OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    const std::filesystem::path path = project->exportsFolder()
        / ((settings.task == BatchTask::Compare ? "compare-" : "answers-")
            + compareBatchKey(settings) + ".jsonl");
    Opened opened;
    opened.file = QString::fromStdString(path.string());
    std::error_code failed;
    if (write || std::filesystem::exists(path, failed)) {
        auto file = CompareBatchFile::open(path, settings);
        if (!file)
            return forward(file);
        m_file = std::move(*file);
    }
    auto ids = project->samples().ids(plan.filter);
    if (!ids)
        return forward(ids);
    opened.total = qint64(ids->size());
    constexpr std::size_t chunk = 4096;
    for (std::size_t begin = 0; begin < ids->size(); begin += chunk) {
        if (m_wanted != generation)
            return fail("cancelled");
        const auto part = std::span(*ids).subspan(begin, std::min(chunk, ids->size() - begin));
        auto rows = project->samples().rows(part);
        if (!rows)
            return forward(rows);
        for (const SampleRow& row : *rows) {
            // A plain text asks nothing that could be answered.
            if (settings.task == BatchTask::Answers && row.kind == SampleKind::Text) {
                --opened.total;
                continue;
            }
            const CompareBatchRow* known = m_file ? m_file->find(row.uid, row.revision) : nullptr;
            if (known)
                opened.rows.push_back(*known);
            if (!known || !known->error.is_null())
                opened.missing.push_back(row.id);
        }
    }
    m_settings = settings;
    m_project = std::move(*project);
    return opened;
}

Result<CompareBatchWorker::Next> CompareBatchWorker::next(std::int64_t id) {
    if (!m_project)
        return fail("window.no_project");
    auto stored = m_project->samples().sample(id);
    if (!stored)
        return forward(stored);
    Next out;
    out.row = batchRowOf(stored->sample, stored->revision, stored->id);
    const SampleCase asked = sampleCase(stored->sample);
    out.params = sampleCaseParams(asked);
    out.params["source"] = answerSourceName(m_settings.source);
    out.params["max_new"] = m_settings.maxNew;
    if (asked.answer)
        out.params["answer"] = *asked.answer;
    if (asked.reference)
        out.params["reference"] = *asked.reference;
    if (!m_settings.templateName.empty())
        out.params["template"] = m_settings.templateName;
    return out;
}

Result<void> CompareBatchWorker::append(const CompareBatchRow& row) {
    if (!m_file)
        return fail("window.no_project");
    return m_file->append(row);
}

void CompareBatchWorker::close() {
    m_project.reset();
    m_file.reset();
}

} // namespace assay
