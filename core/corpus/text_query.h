#pragma once

#include "core/corpus/corpus_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// How often some text follows the end of a context.
struct TextContinuation {
    struct Count {
        std::string context; ///< the end of the context that was looked for
        std::int64_t words = 0; ///< of it
        std::int64_t contextCount = 0;
        std::int64_t count = 0; ///< of context and text together
    };
    /// With the longest end of the context that occurs at all.
    Count known;
    /// With the longest end after which the text occurs; the same where it follows `known`.
    Count followed;
    CorpusHits hits; ///< of `followed` with the text
    std::int64_t length = 0; ///< of what was found there, in bytes
};
/// `longest` words of the context count at most.
TextContinuation continuationOfText(const CorpusIndex& index, std::string_view context,
    std::string_view text, std::size_t longest = 12);

/// A part of a text that stands in the corpus word for word.
struct VerbatimSpan {
    ByteRange range; ///< of the text that was asked about
    std::int64_t words = 0;
    std::int64_t count = 0;
    bool operator==(const VerbatimSpan&) const = default;
};
/// The longest such parts of at least `least` words (CJK: characters), none inside another, in the
/// order of the text.
std::vector<VerbatimSpan> verbatimSpans(
    const CorpusIndex& index, std::string_view text, std::size_t least = 6);

} // namespace assay
