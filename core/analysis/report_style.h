#pragma once

#include <string_view>

namespace assay {

/// The page's style sheet: the roles and measures of the window, as CSS variables for light and
/// dark.
std::string_view reportStyle();

} // namespace assay
