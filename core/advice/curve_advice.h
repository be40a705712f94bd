#pragma once

#include "core/analysis/curve_reading.h"

#include <span>
#include <string>
#include <string_view>

namespace assay {

/// The words for a finding about a curve. Arguments stand as {name}.
struct CurveAdvice {
    std::string_view rule; ///< as in CurveFinding
    std::string_view text; ///< what was seen, with its numbers
    std::string_view test; ///< the rule in words
    std::string_view action; ///< what to do first
    std::string_view source; ///< where the rule comes from; "derived" where it follows by itself
};

/// Every rule once.
std::span<const CurveAdvice> curveAdvice();
/// Null for a rule that is not known.
const CurveAdvice* findCurveAdvice(std::string_view rule);
/// A template with the finding's arguments filled in.
std::string filledAdvice(std::string_view pattern, const CurveFinding& finding);

} // namespace assay
