#include "ui/service/survey_worker.h"

#include <algorithm>

namespace assay {

void SurveyWorker::setFolder(const QString& folder) {
    const std::lock_guard lock(m_mutex);
    m_wanted = folder;
}

Result<Project*> SurveyWorker::project() {
    QString wanted;
    {
        const std::lock_guard lock(m_mutex);
        wanted = m_wanted;
    }
    if (wanted.isEmpty())
        return fail("window.no_project");
    if (!m_project || m_folder != wanted) {
        m_project.reset();
        // The other connection has migrated it and cleared what was left over.
        auto opened = Project::open(wanted.toStdString());
        if (!opened)
            return forward(opened);
        m_project = std::move(*opened);
        m_folder = wanted;
    }
    return &*m_project;
}

void SurveyWorker::readOrder(quint64 list) {
    const auto question = m_lists->question(list);
    if (!question || m_lists->ids(list))
        return;
    auto open = project();
    if (!open)
        return;
    // Failing here is no failure of the list: pages are then read by their offset.
    if (auto ids = (*open)->samples().ids(question->filter, question->order, question->stop))
        m_lists->setIds(list, std::make_shared<const std::vector<std::int64_t>>(std::move(*ids)));
}

Result<std::vector<std::int64_t>> SurveyWorker::idsOf(
    quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges) {
    readOrder(list);
    const OpenLists::Ids ids = m_lists->ids(list);
    std::vector<std::int64_t> found;
    if (!ids)
        return found;
    for (const auto& [first, last] : ranges)
        for (qint64 row = first; row <= last && row < qint64(ids->size()); ++row)
            found.push_back((*ids)[std::size_t(row)]);
    return found;
}

Result<qint64> SurveyWorker::rowOf(quint64 list, qint64 id) {
    readOrder(list);
    const auto question = m_lists->question(list);
    const OpenLists::Ids ids = m_lists->ids(list);
    if (!question || !ids)
        return qint64(-1);
    const auto found = question->order == SampleOrder::Imported ? std::ranges::lower_bound(*ids, id)
                                                                : std::ranges::find(*ids, id);
    return found != ids->end() && *found == id ? qint64(found - ids->begin()) : qint64(-1);
}

} // namespace assay
