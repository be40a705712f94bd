#include "core/job/rope.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {

namespace {

/// theta^(-2i/dimension) in fp32, as the reference does.
double plainFrequency(double theta, std::int64_t i, std::int64_t dimension) {
    return double(1.0F / std::pow(float(theta), float(2 * i) / float(dimension)));
}

double llama3(const RopeSpec& rope, double frequency) {
    const double old = double(rope.originalPositions);
    const double wavelength = 2 * std::numbers::pi / frequency;
    if (wavelength > old / rope.lowFrequencyFactor)
        return frequency / rope.factor;
    if (wavelength < old / rope.highFrequencyFactor)
        return frequency;
    const double smooth = (old / wavelength - rope.lowFrequencyFactor)
        / (rope.highFrequencyFactor - rope.lowFrequencyFactor);
    return (1 - smooth) * frequency / rope.factor + smooth * frequency;
}

/// The dimension whose wave turns `rotations` times within the original context (YaRN, section
/// 3.2).
double dimensionTurning(const RopeSpec& rope, double rotations, std::int64_t dimension) {
    return double(dimension)
        * std::log(double(rope.originalPositions) / (rotations * 2 * std::numbers::pi))
        / (2 * std::log(rope.theta));
}

void yarn(const RopeSpec& rope, std::int64_t dimension, std::vector<float>& inverse) {
    double low = dimensionTurning(rope, rope.betaFast, dimension);
    double high = dimensionTurning(rope, rope.betaSlow, dimension);
    if (rope.truncate) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, double(dimension - 1));
    if (low == high)
        high += 0.001; // a step instead of a division by zero
    for (std::size_t i = 0; i < inverse.size(); ++i) {
        const double frequency = plainFrequency(rope.theta, std::int64_t(i), dimension);
        const double stretched = std::clamp((double(i) - low) / (high - low), 0.0, 1.0);
        inverse[i] = float(frequency / rope.factor * stretched + frequency * (1 - stretched));
    }
}

double yarnMagnitude(double factor, double mscale) {
    return factor <= 1 ? 1.0 : 0.1 * mscale * std::log(factor) + 1.0;
}

double magnitudeOf(const RopeSpec& rope) {
    if (rope.attentionFactor > 0)
        return rope.attentionFactor;
    if (rope.scaling == "yarn")
        return rope.mscale > 0 && rope.mscaleAllDimensions > 0
            ? yarnMagnitude(rope.factor, rope.mscale)
                / yarnMagnitude(rope.factor, rope.mscaleAllDimensions)
            : yarnMagnitude(rope.factor, 1);
    if (rope.scaling == "longrope")
        return rope.factor <= 1
            ? 1.0
            : std::sqrt(1 + std::log(rope.factor) / std::log(double(rope.originalPositions)));
    return 1;
}

} // namespace

std::int64_t ropeLengthClass(const RopeSpec& rope, std::int64_t length) {
    if (length <= rope.originalPositions)
        return 0;
    if (rope.scaling == "longrope")
        return 1;
    return rope.scaling == "dynamic" ? length : 0;
}

RopeFrequencies ropeFrequencies(
    const RopeSpec& rope, std::int64_t dimension, std::int64_t lengthClass) {
    RopeFrequencies result;
    result.inverse.resize(std::size_t(dimension / 2));
    double theta = rope.theta;
    if (rope.scaling == "dynamic" && lengthClass > rope.originalPositions) {
        const double grown = rope.factor * double(lengthClass) / double(rope.originalPositions)
            - (rope.factor - 1);
        theta *= std::pow(
            grown, double(dimension) / double(std::max<std::int64_t>(dimension - 2, 1)));
    }
    for (std::int64_t i = 0; i < dimension / 2; ++i) {
        double frequency = plainFrequency(theta, i, dimension);
        if (rope.scaling == "linear")
            frequency /= rope.factor;
        else if (rope.scaling == "llama3")
            frequency = llama3(rope, frequency);
        else if (rope.scaling == "longrope")
            frequency /= (lengthClass > 0 ? rope.longFactors : rope.shortFactors)[std::size_t(i)];
        result.inverse[std::size_t(i)] = float(frequency);
    }
    if (rope.scaling == "yarn")
        yarn(rope, dimension, result.inverse);
    result.magnitude = float(magnitudeOf(rope));
    return result;
}

} // namespace assay
