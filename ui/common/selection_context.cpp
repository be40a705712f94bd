#include "ui/common/selection_context.h"

namespace assay {

void SelectionContext::setProject(const QString& folder) {
    if (folder == m_project)
        return;
    m_project = folder;
    setTokenRange(0, 0);
    setSample({});
    setFilter({});
    setRun({});
    m_base = {};
    m_tuned = {};
    Q_EMIT modelsChanged();
    Q_EMIT projectChanged();
}

void SelectionContext::setFilter(const SampleFilter& filter) {
    if (filter == m_filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
}

void SelectionContext::setSample(std::optional<qint64> id) {
    if (id == m_sample)
        return;
    m_sample = id;
    setTokenRange(0, 0);
    Q_EMIT sampleChanged();
}

void SelectionContext::setModel(const ModelChoice& model) {
    ModelChoice& place = model.role == ModelRole::Base ? m_base : m_tuned;
    if (place == model && m_active == model.role)
        return;
    place = model;
    m_active = model.role;
    Q_EMIT modelsChanged();
}

void SelectionContext::setActiveRole(ModelRole role) {
    if (role == m_active)
        return;
    m_active = role;
    Q_EMIT modelsChanged();
}

void SelectionContext::setTokenRange(int begin, int end) {
    if (m_tokens == std::pair(begin, end))
        return;
    m_tokens = {begin, end};
    Q_EMIT tokenRangeChanged();
}

void SelectionContext::setRun(const QString& folder) {
    if (folder == m_run)
        return;
    m_run = folder;
    Q_EMIT runChanged();
}

} // namespace assay
