#pragma once

#include "core/base/json.h"
#include "core/job/model_spec.h"

#include <functional>

namespace assay::families {

/// An optional size that some writers spell as null.
void readNullable(JsonReader& config, const char* key, std::int64_t& target);
/// The largest size that is believed; products of two and their sum over all layers stay within 64
/// bits.
constexpr std::int64_t largestSize = std::int64_t(1) << 22;
constexpr std::int64_t mostLayers = 4096;
constexpr std::int64_t mostPositions = std::int64_t(1) << 30;
/// Reports a size that is zero, negative or beyond `largest`.
void checkPositive(
    JsonReader& config, const char* key, std::int64_t value, std::int64_t largest = largestSize);
/// Reports a key that switches on what cannot be computed.
void refuseFlag(JsonReader& config, const char* key, const char* supported);

/// The sizes that all families but GPT-2 spell alike. The spec holds the family's defaults of
/// headDimension (0: hidden / heads), maxPositions, normEps and tiedEmbeddings before.
void readSizes(JsonReader& config, ModelSpec& spec);
/// The activation's name, spelled as transformers does; anything else is refused.
void readActivation(JsonReader& config, const char* key, ModelSpec& spec);
/// rope_theta, rope_scaling and partial_rotary_factor, or rope_parameters, where transformers 5
/// put all three. Needs the sizes.
void readRope(JsonReader& config, ModelSpec& spec);
/// One object of rope settings into `rope`; false when it is of a kind that cannot be computed.
void readRopeObject(JsonReader& config, const Json& object, const std::string& place,
    const ModelSpec& spec, RopeSpec& rope);
/// layer_types where it stands, else the family's rule: which layers see only `window` tokens.
void readWindows(JsonReader& config, ModelSpec& spec, std::int64_t window,
    const std::function<bool(std::int64_t layer)>& isWindowed);

} // namespace assay::families
