#pragma once

#include <QColor>
#include <QString>

class QApplication;

namespace assay {

enum class ThemeKind { Light, Dark };

/// Colours by what they mean; no widget names a colour of its own. Blue is the base model, orange
/// the tuned one, violet intensity is surprisal or loss, magenta is what is wrong, green what is
/// right or runs.
struct DesignTokens {
    ThemeKind kind = ThemeKind::Light;
    QColor ground;
    QColor panel;
    QColor sunken;
    QColor hairline;
    QColor text;
    QColor secondary;
    QColor accent;
    QColor accentGround;
    QColor onAccent; ///< text on a filled accent button
    QColor baseModel;
    QColor tunedModel;
    QColor right;
    QColor caution;
    QColor wrong;
    QColor surprisal; ///< full strength, to be laid over the panel with `maxSurprisalAlpha`
    QColor bar; ///< bars beside numbers: the ramp's hue as an opaque colour
};

constexpr double maxSurprisalAlpha = 0.62;

DesignTokens tokensFor(ThemeKind kind);
/// The tokens of the theme in use. Widgets read them when they paint, and get a PaletteChange when
/// they change.
const DesignTokens& tokens();

/// Sets style, palette, fonts and style sheet of the whole program; may be called again at run
/// time.
void applyTheme(QApplication& application, ThemeKind kind);

QString themeName(ThemeKind kind);
/// "light" or "dark"; anything else is light.
ThemeKind themeFromName(const QString& name);

/// WCAG 2.1 contrast ratio of two opaque colours, 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);
/// `over` laid on the opaque `under` with `alpha` in 0..1.
QColor blend(const QColor& over, const QColor& under, double alpha);
/// The preferred text colour where it reads well on `fill` (4.5:1), else black or white.
QColor readableText(const QColor& preferred, const QColor& fill);

} // namespace assay
