#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QColor>

namespace assay {

/// Which colours stand for little and much. Both read well to people who see red and green alike.
enum class StripRamp { Violet, Cividis };
/// How a value is shown on its token: as a fill behind it, or as a bar under it that grows.
enum class StripMarking { Fill, Underline };

/// What of the text is coloured as one.
enum class StripUnit { Token, Word, Sentence, Line };

struct StripLook {
    StripRamp ramp = StripRamp::Violet;
    StripMarking marking = StripMarking::Fill;
    StripUnit unit = StripUnit::Token;
    bool operator==(const StripLook&) const = default;
};

/// The colour for an intensity in 0..1, opaque; 0 is the panel itself.
QColor rampColour(double intensity, StripRamp ramp);
/// The same for a token; of a difference of two models the side decides: blue where the base model
/// thought it likelier, orange where the tuned one does.
QColor stripColour(const StripToken& token, StripMetric metric, StripRamp ramp);

/// "flag", drawn beside every colour: one glyph a kind.
QString flagGlyph(StripFlag::Kind kind);

} // namespace assay
