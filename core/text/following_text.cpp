#include "core/text/following_text.h"

#include <algorithm>

namespace assay {

FollowingText encodeFollowing(
    const Tokenizer& tokenizer, std::span<const TokenId> before, std::string_view text) {
    FollowingText out;
    const bool follows
        = std::ranges::any_of(before, [&](TokenId id) { return !tokenizer.bytesOf(id).empty(); });
    const bool afterControl = !before.empty() && tokenizer.isControl(before.back());
    out.encoding = !follows || (afterControl && tokenizer.startsTextAfterControl())
        ? tokenizer.encode(text)
        : tokenizer.encodeContinuation(text);
    if (afterControl || !follows)
        return out;
    // A few words before the cut decide; whole contexts would be encoded anew at each key.
    constexpr std::size_t words = 24;
    std::size_t first = before.size() > words ? before.size() - words : 0;
    for (std::size_t i = before.size(); i > first; --i)
        if (tokenizer.isControl(before[i - 1]))
            first = i;
    std::string joined;
    for (const TokenId id : before.subspan(first))
        joined += tokenizer.bytesOf(id);
    const auto cut = std::int64_t(joined.size());
    joined += text;
    const auto ranges = tokenizer.encodeContinuation(joined).ranges;
    out.natural
        = std::ranges::any_of(ranges, [&](const ByteRange& range) { return range.begin == cut; });
    return out;
}

} // namespace assay
