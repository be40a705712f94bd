#include "core/corpus/text_query.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace assay {

namespace {

/// Words as `WordCounter` counts them, in any text: bytes of each.
std::vector<ByteRange> wordsIn(std::string_view text) {
    std::vector<ByteRange> words;
    bool open = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        const std::size_t length = std::max<std::size_t>(1, utf8SequenceLength(rest));
        // One character of text or, where it is white space, of nothing.
        const bool space = corpusText(rest.substr(0, length)).empty();
        const bool alone = length == 3 && isCjk(utf8CodePoint(rest));
        if (space) {
            open = false;
        } else if (open && !alone) {
            words.back().end = std::int64_t(at + length);
        } else {
            words.push_back({std::int64_t(at), std::int64_t(at + length)});
            open = !alone;
        }
        at += length;
    }
    return words;
}

/// The largest k in [0, most] for which `holds(k)`, where it holds for all smaller ones too.
template <class Holds> std::size_t largest(std::size_t most, const Holds& holds) {
    std::size_t low = 0;
    while (low < most) {
        const std::size_t middle = (low + most + 1) / 2;
        if (holds(middle))
            low = middle;
        else
            most = middle - 1;
    }
    return low;
}

} // namespace

TextContinuation continuationOfText(const CorpusIndex& index, std::string_view context,
    std::string_view text, std::size_t longest) {
    const auto words = wordsIn(context);
    const std::size_t most = std::min(words.size(), longest);
    const auto ending = [&](std::size_t count) {
        return count == 0 ? std::string_view()
                          : context.substr(std::size_t(words[words.size() - count].begin));
    };
    const auto together = [&](std::size_t count) {
        return index.findText(std::string(ending(count)) + std::string(text));
    };
    const auto counted = [&](std::size_t count) {
        TextContinuation::Count out;
        out.context = ending(count);
        out.words = std::int64_t(count);
        out.contextCount = count == 0 ? 0 : index.findText(ending(count)).count();
        out.count = together(count).count();
        return out;
    };
    const std::size_t known = largest(
        most, [&](std::size_t count) { return index.findText(ending(count)).count() > 0; });
    const std::size_t followed
        = largest(known, [&](std::size_t count) { return together(count).count() > 0; });
    TextContinuation out;
    out.known = counted(known);
    out.followed = counted(followed);
    out.hits = together(followed);
    out.length
        = std::int64_t(corpusPhrase(std::string(ending(followed)) + std::string(text)).size());
    return out;
}

std::vector<VerbatimSpan> verbatimSpans(
    const CorpusIndex& index, std::string_view text, std::size_t least) {
    const auto words = wordsIn(text);
    const auto part = [&](std::size_t first, std::size_t count) {
        const auto begin = std::size_t(words[first].begin);
        return text.substr(begin, std::size_t(words[first + count - 1].end) - begin);
    };
    std::vector<VerbatimSpan> spans;
    std::size_t covered = 0; // words before this one stand in a span that began earlier
    for (std::size_t first = 0; first + least <= words.size(); ++first) {
        const std::size_t length = largest(words.size() - first,
            [&](std::size_t count) { return index.findText(part(first, count)).count() > 0; });
        if (length < least || first + length <= covered)
            continue;
        covered = first + length;
        spans.push_back({{words[first].begin, words[first + length - 1].end}, std::int64_t(length),
            index.findText(part(first, length)).count()});
    }
    return spans;
}

} // namespace assay
