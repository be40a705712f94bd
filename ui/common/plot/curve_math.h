#pragma once

#include <vector>

namespace assay {

/// An exponential moving average over points in order, corrected for its start as Adam's moments
/// are (Kingma and Ba, 2015, section 3): s_t = w s_(t-1) + (1 - w) x_t, shown as s_t / (1 - w^t). A
/// NaN stays a NaN in the result, so that a gap is seen, and does not enter the average.
class Smoother {
public:
    /// `weight` in [0, 1); 0 shows the values themselves.
    explicit Smoother(double weight)
        : m_weight(weight) { }
    double next(double value);

private:
    double m_weight;
    double m_sum = 0;
    double m_correction = 1; ///< w^t
};

/// Where a new epoch begins: the first x whose epoch reaches the next whole number.
struct EpochBoundary {
    double x = 0;
    int epoch = 0; ///< the one that begins, counted from 1
};
std::vector<EpochBoundary> epochBoundaries(
    const std::vector<double>& xs, const std::vector<double>& epochs);

} // namespace assay
