#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace assay {

/// Positions of all suffixes of a text in the order of their bytes, without those that begin inside
/// a UTF-8 character or at a NUL (which separates documents). At most 2^31 - 2 bytes; about five
/// bytes of memory a byte of text while it is sorted. "corpus.memory" where they are not there.
Result<std::vector<std::uint32_t>> textSuffixes(std::string_view text);

/// Token ids by how often they occur: rank 0 separates documents, rank 1 is the commonest id.
struct TokenRanks {
    std::vector<std::uint32_t> rankOf; ///< by id; 0 for an id that does not occur
    std::vector<std::int32_t> idOf; ///< by rank; idOf[0] is -1
};
TokenRanks rankTokens(std::span<const std::int32_t> ids);

/// Positions of all suffixes of a sequence of ranks in their numeric order, without those that
/// begin at a separator. The ranks are written as a prefix-free code of one to four bytes that
/// keeps their order, so that the sorting of bytes sorts them: common ones are short, and 50 M
/// tokens become about 80 MB.
Result<std::vector<std::uint32_t>> rankSuffixes(std::span<const std::uint32_t> ranks);

} // namespace assay
