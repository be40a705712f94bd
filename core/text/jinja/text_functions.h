#pragma once

#include "core/text/jinja/value.h"

#include <optional>

namespace assay::jinja {

/// Python's str methods on text that remembers who wrote it. All count in characters.
enum class Side { Both, Left, Right };
/// Without the characters in front or behind (`characters` unset: white space).
Text stripped(const Text& text, const std::optional<std::string>& characters, Side side);
/// `separator` unset: at runs of white space. `most` < 0: as often as it stands there.
List splitText(const Text& text, const std::optional<std::string>& separator, std::int64_t most,
    bool fromRight = false);
List splitLines(const Text& text);
Text replacedText(const Text& text, const Text& from, const Text& to, std::int64_t most = -1);
enum class Case { Lower, Upper, Capital, Title };
Text inCase(const Text& text, Case form);
Text joinedText(const List& list, const Text& separator);
/// Jinja's indent filter.
Text indented(const Text& text, const std::string& by, bool first, bool blank);

} // namespace assay::jinja
