#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// Rotary position embedding as config.json describes it.
struct RopeSpec {
    double theta = 10000;
    /// Empty, "linear", "dynamic", "llama3", "yarn" or "longrope".
    std::string scaling;
    double factor = 1;
    std::int64_t originalPositions = 0; ///< the context before it was stretched
    // llama3
    double lowFrequencyFactor = 1;
    double highFrequencyFactor = 4;
    // yarn
    double betaFast = 32;
    double betaSlow = 1;
    double mscale = 0; ///< 0: not given
    double mscaleAllDimensions = 0; ///< 0: not given
    bool truncate = true; ///< the blend's borders are rounded to whole dimensions
    // longrope, [rotated dimensions / 2] each
    std::vector<double> shortFactors;
    std::vector<double> longFactors;
    /// Size of the rotated numbers; 0: by the rule of the scaling (yarn and longrope).
    double attentionFactor = 0;
};

/// What rotates a sequence.
struct RopeFrequencies {
    std::vector<float> inverse; ///< [dimension / 2]: angle per position
    float magnitude = 1; ///< sines and cosines are multiplied by it
};

/// Scalings that look at how long the text is have one table for each class of lengths: "longrope"
/// two (within the original context and beyond it), "dynamic" one for the original context and one
/// for each length beyond; all others one. A sequence of `length` tokens.
std::int64_t ropeLengthClass(const RopeSpec& rope, std::int64_t length);

/// Frequencies for `dimension` rotated numbers of a head, for texts of that length class.
/// "linear": arXiv 2306.15595; "dynamic": the base grows with the text so that the longest
/// wavelength fits; "llama3": the rule published with Llama 3.1, which leaves short wavelengths,
/// divides long ones and blends between; "yarn": arXiv 2309.00071; "longrope": arXiv 2402.13753.
RopeFrequencies ropeFrequencies(
    const RopeSpec& rope, std::int64_t dimension, std::int64_t lengthClass);

} // namespace assay
