#pragma once

#include "core/text/tokenizer.h"

#include <span>

namespace assay {

/// A text as tokens that follow others.
struct FollowingText {
    Encoding encoding; ///< ranges into the text
    /// Whether the tokenizer would have cut the joined text there too; where it would not, the
    /// model meets a spelling that it rarely saw.
    bool natural = true;
};
FollowingText encodeFollowing(
    const Tokenizer& tokenizer, std::span<const TokenId> before, std::string_view text);

} // namespace assay
