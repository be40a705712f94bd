#include "ui/service/open_lists.h"

namespace assay {

quint64 OpenLists::want(QObject* owner, const SampleFilter& filter, SampleOrder order) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_lists, [owner](auto& entry) {
        const bool old = entry.second.key == owner || entry.second.owner.isNull();
        if (old)
            entry.second.stop.request_stop();
        return old;
    });
    Entry& entry = m_lists[++m_last];
    entry.owner = owner;
    entry.key = owner;
    entry.filter = filter;
    entry.order = order;
    return m_last;
}

bool OpenLists::isWanted(quint64 number) const {
    const std::lock_guard lock(m_mutex);
    return m_lists.contains(number);
}

std::optional<OpenLists::Question> OpenLists::question(quint64 number) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_lists.find(number);
    if (found == m_lists.end())
        return {};
    const Entry& entry = found->second;
    return Question{entry.filter, entry.order, entry.stop.get_token()};
}

OpenLists::Ids OpenLists::ids(quint64 number) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_lists.find(number);
    return found == m_lists.end() ? nullptr : found->second.ids;
}

void OpenLists::setIds(quint64 number, Ids ids) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_lists.find(number);
    if (found != m_lists.end())
        found->second.ids = std::move(ids);
}

void OpenLists::clear() {
    const std::lock_guard lock(m_mutex);
    for (auto& [number, entry] : m_lists)
        entry.stop.request_stop();
    m_lists.clear();
}

} // namespace assay
