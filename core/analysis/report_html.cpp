#include "core/analysis/report_html.h"

#include "core/base/utf8.h"

#include <cmath>
#include <cstdio>

namespace assay {

std::string htmlText(std::string_view text) {
    std::string safe;
    for (char c : toValidUtf8(text)) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        case '\'':
            safe += "&#39;";
            break;
        default:
            safe += c;
        }
    }
    return safe;
}

std::string fixedNumber(double value, int decimals) {
    if (!std::isfinite(value))
        return std::isnan(value) ? "\xE2\x80\x93" : value > 0 ? "\xE2\x88\x9E" : "-\xE2\x88\x9E";
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, value);
    const std::string zero
        = std::string("-0") + (decimals > 0 ? "." + std::string(std::size_t(decimals), '0') : "");
    return text == zero ? zero.substr(1) : text;
}

std::string groupedNumber(long long value) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    for (std::ptrdiff_t at = std::ptrdiff_t(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(std::size_t(at), ",");
    return (value < 0 ? "-" : "") + digits;
}

} // namespace assay
