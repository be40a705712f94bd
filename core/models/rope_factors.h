#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace assay {

/// The rule published with Llama 3.1: long wavelengths are divided by the factor, short ones stay,
/// those between are blended.
struct Llama3Rope {
    double factor = 8;
    double lowFrequencyFactor = 1;
    double highFrequencyFactor = 4;
    std::int64_t originalPositions = 8192;
};

/// What each frequency is divided by, [headDimension / 2]: GGUF's rope_freqs.weight.
std::vector<float> llama3Factors(const Llama3Rope& rule, double theta, std::int64_t headDimension);
/// Whether the rule gives these factors.
bool givesFactors(const Llama3Rope& rule, std::span<const float> factors, double theta,
    std::int64_t headDimension);
/// The rule that gives these factors, with the published values of what they do not tell; empty
/// where none does.
std::optional<Llama3Rope> llama3RuleOf(
    std::span<const float> factors, double theta, std::int64_t headDimension);

} // namespace assay
