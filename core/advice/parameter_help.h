#pragma once

#include <span>
#include <string_view>

namespace assay {

/// What a person wants to know about one key of a training spec.
struct ParameterHelp {
    std::string_view key; ///< dotted path in the spec, for example "optimizer.learning_rate"
    std::string_view label; ///< short name, for a form
    std::string_view explanation; ///< what it is, its unit, and what a change does
    std::string_view range; ///< usual values
    std::string_view source; ///< where the range comes from; empty where it is a plain fact
};

/// Every key of the spec once, in the spec's order.
std::span<const ParameterHelp> parameterHelp();
const ParameterHelp* findParameterHelp(std::string_view key);

} // namespace assay
