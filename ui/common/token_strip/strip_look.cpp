#include "ui/common/token_strip/strip_look.h"

#include "ui/common/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {

namespace {

/// Five stops of cividis (Nuñez, Anderton and Renslow 2018), dark to bright.
constexpr std::array<std::array<double, 3>, 5> cividis
    = {{{0, 34, 78}, {66, 77, 108}, {124, 123, 120}, {187, 174, 101}, {255, 233, 69}}};

QColor cividisColour(double at) {
    const double place = std::clamp(at, 0.0, 1.0) * double(cividis.size() - 1);
    const auto low = std::min(cividis.size() - 2, std::size_t(place));
    const double share = place - double(low);
    const auto mix = [&](std::size_t channel) {
        return int(
            std::lround(cividis[low][channel] * (1 - share) + cividis[low + 1][channel] * share));
    };
    return QColor(mix(0), mix(1), mix(2));
}

} // namespace

QColor rampColour(double intensity, StripRamp ramp) {
    const DesignTokens& t = tokens();
    if (ramp == StripRamp::Violet)
        return blend(t.surprisal, t.panel, maxSurprisalAlpha * intensity);
    // Much must stand out from the panel, so the scale runs to its dark end on light ground; little
    // fades into the page.
    const QColor colour = cividisColour(t.kind == ThemeKind::Light ? 1 - intensity : intensity);
    return blend(colour, t.panel, std::min(1.0, intensity * 3) * 0.85);
}

QColor stripColour(const StripToken& token, StripMetric metric, StripRamp ramp) {
    const double intensity = stripIntensity(token, metric);
    if (metric != StripMetric::Delta)
        return rampColour(intensity, ramp);
    const DesignTokens& t = tokens();
    return blend(
        token.delta < 0 ? t.baseModel : t.tunedModel, t.panel, maxSurprisalAlpha * intensity);
}

QString flagGlyph(StripFlag::Kind kind) {
    switch (kind) {
    case StripFlag::Kind::Onset:
        return QStringLiteral("\u2691");
    case StripFlag::Kind::Departure:
        return QStringLiteral("\u223f");
    case StripFlag::Kind::Divergence:
        return QStringLiteral("\u2260");
    case StripFlag::Kind::Suspect:
        return QStringLiteral("?");
    case StripFlag::Kind::Forced:
        return QStringLiteral("\u21b3");
    }
    return {};
}

} // namespace assay
