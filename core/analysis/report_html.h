#pragma once

#include <string>
#include <string_view>

namespace assay {

/// Text made safe between tags and inside quoted attributes; bytes that are not UTF-8 become
/// U+FFFD.
std::string htmlText(std::string_view text);
/// printf's %.*f, but never "-0.00".
std::string fixedNumber(double value, int decimals);
/// "12,345".
std::string groupedNumber(long long value);

} // namespace assay
