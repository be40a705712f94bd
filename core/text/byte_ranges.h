#pragma once

#include "core/text/tokenizer.h"

namespace assay {

/// A token with the bytes of the text that its tokenizer says it covers.
struct AlignedToken {
    ByteRange range;
    bool isByte = false; ///< stands for the single byte `byte`
    char byte = '\0';
};

/// The range of each token, with the ranges of byte tokens split. sentencepiece gives the bytes of
/// one unknown stretch to the last of its byte tokens and empty ranges to the others; here each
/// gets its own byte. Where normalisation changed the stretch, its bytes are dealt out in order and
/// the last token takes the rest.
std::vector<ByteRange> splitBytes(std::string_view text, std::span<const AlignedToken> tokens);

/// Makes ascending ranges cover [0, size): bytes between two tokens (white space that normalisation
/// dropped) go to the token before, those in front to the first. Ranges that overlap are cut.
void closeGaps(std::vector<ByteRange>& ranges, std::int64_t size);

} // namespace assay
