#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A text made comparable, with the way back to the original.
struct NormalisedText {
    std::string text;
    /// For each byte of `text`, the byte of the original where its character begins; one more entry
    /// holds the end of the original's last character that is not white space.
    std::vector<std::int64_t> origin;
};

/// Unicode NFC, runs of white space as one space, none at the ends; case folded on request. Bytes
/// that are not UTF-8 stay as they are.
NormalisedText normaliseForComparison(std::string_view text, bool ignoreCase);

} // namespace assay
