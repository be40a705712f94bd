#pragma once

#include "core/base/json.h"

#include <optional>

namespace assay {

/// A number for a line of metrics. JSON has no NaN: what is not finite becomes "NaN", "Infinity" or
/// "-Infinity".
Json metricToJson(double value);
/// Reads it back; none for a value that is no number.
std::optional<double> metricNumber(const Json& value);
/// The same document with every number that is not finite replaced as above.
Json withStorableNumbers(const Json& json);

} // namespace assay
