#pragma once

#include <QString>

#include <string_view>

namespace assay {

/// Prose of core/advice, translated (context "parameters"); the English text itself is what
/// translators see.
QString parameterText(std::string_view text);

} // namespace assay
