#include "core/models/rope_factors.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {

std::vector<float> llama3Factors(const Llama3Rope& rule, double theta, std::int64_t headDimension) {
    std::vector<float> factors;
    const double low = double(rule.originalPositions) / rule.lowFrequencyFactor;
    const double high = double(rule.originalPositions) / rule.highFrequencyFactor;
    for (std::int64_t i = 0; i < headDimension / 2; ++i) {
        const double frequency = 1 / std::pow(theta, double(2 * i) / double(headDimension));
        const double wavelength = 2 * std::numbers::pi / frequency;
        double factor = 1;
        if (wavelength > low) {
            factor = rule.factor;
        } else if (wavelength >= high) {
            const double smooth
                = (double(rule.originalPositions) / wavelength - rule.lowFrequencyFactor)
                / (rule.highFrequencyFactor - rule.lowFrequencyFactor);
            factor = 1 / ((1 - smooth) / rule.factor + smooth);
        }
        factors.push_back(float(factor));
    }
    return factors;
}

bool givesFactors(const Llama3Rope& rule, std::span<const float> factors, double theta,
    std::int64_t headDimension) {
    const std::vector<float> expected = llama3Factors(rule, theta, headDimension);
    if (factors.size() != expected.size())
        return false;
    for (std::size_t i = 0; i < factors.size(); ++i)
        if (!(std::abs(factors[i] - expected[i]) <= 1e-3F * expected[i]))
            return false;
    return true;
}

std::optional<Llama3Rope> llama3RuleOf(
    std::span<const float> factors, double theta, std::int64_t headDimension) {
    if (factors.empty())
        return std::nullopt;
    Llama3Rope rule;
    rule.factor = double(*std::ranges::max_element(factors));
    return givesFactors(rule, factors, theta, headDimension) ? std::optional(rule) : std::nullopt;
}

} // namespace assay
