#include "core/text/byte_ranges.h"

#include <algorithm>

namespace assay {

namespace {

/// Deals the bytes of `whole` to the byte tokens [first, last].
void deal(std::string_view text, ByteRange whole, std::span<const AlignedToken> group,
    std::span<ByteRange> ranges) {
    const std::int64_t bytes = whole.end - whole.begin;
    const auto count = std::int64_t(group.size());
    // More tokens than bytes: the surplus stands in front where it is a space that nobody wrote,
    // else behind.
    std::int64_t skipped = std::max<std::int64_t>(0, count - bytes);
    for (std::int64_t i = 0; i + skipped < count && i < bytes; ++i) {
        if (group[std::size_t(i + skipped)].byte != text[std::size_t(whole.begin + i)]) {
            skipped = 0;
            break;
        }
    }
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t begin = whole.begin + std::clamp<std::int64_t>(i - skipped, 0, bytes);
        const std::int64_t end = whole.begin + std::clamp<std::int64_t>(i + 1 - skipped, 0, bytes);
        ranges[std::size_t(i)] = {begin, i + 1 == count ? whole.end : end};
    }
}

} // namespace

std::vector<ByteRange> splitBytes(std::string_view text, std::span<const AlignedToken> tokens) {
    std::vector<ByteRange> ranges(tokens.size());
    for (std::size_t i = 0; i < tokens.size();) {
        if (!tokens[i].isByte) {
            ranges[i] = tokens[i].range;
            ++i;
            continue;
        }
        std::size_t last = i;
        while (tokens[last].range.begin == tokens[last].range.end && last + 1 < tokens.size()
            && tokens[last + 1].isByte && tokens[last + 1].range.begin == tokens[i].range.begin)
            ++last;
        deal(text, {tokens[i].range.begin, tokens[last].range.end}, tokens.subspan(i, last - i + 1),
            std::span(ranges).subspan(i, last - i + 1));
        i = last + 1;
    }
    return ranges;
}

void closeGaps(std::vector<ByteRange>& ranges, std::int64_t size) {
    std::int64_t covered = 0;
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        ByteRange& range = ranges[i];
        range.begin = std::max(range.begin, covered);
        range.end = std::max(range.end, range.begin);
        if (i > 0)
            ranges[i - 1].end = range.begin;
        else
            range.begin = 0;
        covered = range.end;
    }
    if (!ranges.empty())
        ranges.back().end = size;
}

} // namespace assay
