#pragma once

#include "core/base/json.h"
#include "core/text/tokenizer.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A value of a JSON text that is no object and no list (empty ones count), with its place.
struct JsonLeaf {
    std::string pointer; ///< RFC 6901
    ByteRange range; ///< of the value in the text
    Json value;
};

/// The leaves in the order of the text; none when the text is not one JSON object or list.
std::optional<std::vector<JsonLeaf>> jsonLeaves(std::string_view text);

} // namespace assay
