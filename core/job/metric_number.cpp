#include "core/job/metric_number.h"

#include <cmath>
#include <limits>

namespace assay {

Json metricToJson(double value) {
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "Infinity" : "-Infinity";
    return value;
}

std::optional<double> metricNumber(const Json& value) {
    if (value.is_number())
        return value.get<double>();
    if (value == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    if (value == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (value == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    return std::nullopt;
}

Json withStorableNumbers(const Json& json) {
    if (json.is_number_float())
        return metricToJson(json.get<double>());
    if (!json.is_structured())
        return json;
    Json copy = json;
    for (Json& value : copy)
        value = withStorableNumbers(value);
    return copy;
}

} // namespace assay
