#pragma once

#include "core/text/tokenizer.h"

#include <span>
#include <vector>

namespace assay {

/// Tokens [aBegin, aEnd) of one tokenisation and [bBegin, bEnd) of the other that cover the same
/// bytes.
struct AlignedGroup {
    ByteRange bytes;
    std::size_t aBegin = 0, aEnd = 0;
    std::size_t bBegin = 0, bEnd = 0;
    bool operator==(const AlignedGroup&) const = default;
};

/// The finest common grouping of two tokenisations of the same text: a group closes where both
/// sides reach the same byte boundary. Tokens without bytes (BOS) join the group that follows them,
/// or the last one.
std::vector<AlignedGroup> alignByBytes(std::span<const ByteRange> a, std::span<const ByteRange> b);

} // namespace assay
