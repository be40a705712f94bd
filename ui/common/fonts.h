#pragma once

#include <QFont>

namespace assay {

/// Interface text, 13 px (15 in the comfortable density). Inter where it is installed.
QFont textFont();
/// Labels and notes, 11.5 px.
QFont secondaryFont();
/// Titles: text size, semi-bold.
QFont titleFont();
/// Tokens, ids and figures: a monospaced face with a CJK fallback.
QFont monoFont();
/// Figures in a dense place.
QFont smallMonoFont();

enum class Density { Compact, Comfortable };
/// Takes effect at the next `applyTheme`.
void setDensity(Density density);
/// A length of the compact design in logical pixels, for the density in use.
int scaled(int pixels);

} // namespace assay
