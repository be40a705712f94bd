#include "core/analysis/run_log.h"

#include <algorithm>

namespace assay {

namespace {

RunCurve& curveNamed(std::vector<RunCurve>& curves, std::string_view name) {
    const auto found = std::ranges::find(curves, name, &RunCurve::name);
    if (found != curves.end())
        return *found;
    curves.push_back({std::string(name), {}, {}});
    return curves.back();
}

template <class T> void extend(std::vector<T>& target, const std::vector<T>& more) {
    target.insert(target.end(), more.begin(), more.end());
}

} // namespace

std::size_t RunLog::addRow(const RunPlace& place) {
    m_step.push_back(place.step);
    m_epoch.push_back(place.epoch);
    m_tokens.push_back(place.tokens);
    m_seconds.push_back(place.seconds);
    return m_step.size() - 1;
}

void RunLog::add(std::string_view name, double value) {
    RunCurve& curve = curveNamed(m_curves, name);
    curve.rows.push_back(std::uint32_t(m_step.size() - 1));
    curve.values.push_back(value);
}

void RunLog::append(const RunLog& other) {
    const auto first = std::uint32_t(m_step.size());
    extend(m_step, other.m_step);
    extend(m_epoch, other.m_epoch);
    extend(m_tokens, other.m_tokens);
    extend(m_seconds, other.m_seconds);
    for (const RunCurve& more : other.m_curves) {
        RunCurve& curve = curveNamed(m_curves, more.name);
        extend(curve.values, more.values);
        const std::size_t before = curve.rows.size();
        extend(curve.rows, more.rows);
        for (std::size_t i = before; i < curve.rows.size(); ++i)
            curve.rows[i] += first;
    }
}

const RunCurve* RunLog::find(std::string_view name) const {
    const auto found = std::ranges::find(m_curves, name, &RunCurve::name);
    return found == m_curves.end() ? nullptr : &*found;
}

double RunLog::last(std::string_view name) const {
    const RunCurve* curve = find(name);
    return curve && !curve->values.empty() ? curve->values.back() : RunPlace::none;
}

} // namespace assay
