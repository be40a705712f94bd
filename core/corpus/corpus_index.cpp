#include "core/corpus/corpus_index.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <utf8proc.h>

namespace assay {

namespace {

unsigned char byteOf(char c) {
    return static_cast<unsigned char>(c);
}

bool beginsCharacter(std::string_view text, std::size_t at) {
    return at >= text.size() || (byteOf(text[at]) & 0xC0U) != 0x80;
}

/// The spellings of a character that differ in case only.
std::vector<std::string> caseVariants(std::string_view character) {
    std::vector<std::string> variants{std::string(character)};
    if (utf8SequenceLength(character) != character.size())
        return variants;
    const auto c = utf8proc_int32_t(utf8CodePoint(character));
    for (const utf8proc_int32_t other :
        {utf8proc_tolower(c), utf8proc_toupper(c), utf8proc_totitle(c)}) {
        std::string spelled;
        appendUtf8(spelled, char32_t(other));
        if (std::ranges::find(variants, spelled) == variants.end())
            variants.push_back(std::move(spelled));
    }
    return variants;
}

} // namespace

Json corpusFactsToJson(const CorpusFacts& facts) {
    return {{"documents", facts.documents}, {"text_bytes", facts.textBytes}, {"words", facts.words},
        {"tokens", facts.tokens}, {"files", facts.files}, {"tokenizer_hash", facts.tokenizerHash},
        {"template", facts.templateName}, {"rejected_rows", facts.rejectedRows},
        {"rejected", facts.rejected}, {"source", facts.source}};
}

Result<CorpusIndex> CorpusIndex::open(const std::filesystem::path& path) {
    auto file = IndexFile::open(path);
    if (!file)
        return forward(file);
    CorpusIndex index;
    index.m_file = std::move(*file);
    const auto damaged = [&](const char* what) {
        return fail("corpus.damaged", {{"path", path.string()}, {"what", what}});
    };
    const Json facts = Json::parse(index.m_file.section("facts"), nullptr, false);
    if (!facts.is_object())
        return damaged("section facts");
    CorpusFacts& known = index.m_facts;
    try {
        known.documents = facts.at("documents");
        known.textBytes = facts.at("text_bytes");
        known.words = facts.at("words");
        known.tokens = facts.at("tokens");
        known.files = facts.at("files").get<std::vector<std::string>>();
        known.tokenizerHash = facts.at("tokenizer_hash");
        known.templateName = facts.at("template");
        known.rejectedRows = facts.at("rejected_rows");
        known.rejected = facts.at("rejected");
        known.source = facts.at("source");
    } catch (const Json::exception&) {
        return damaged("section facts");
    }
    index.m_text = index.m_file.section("text");
    index.m_suffixes = index.m_file.values<std::uint32_t>("suffixes");
    index.m_buckets = index.m_file.values<std::uint32_t>("buckets");
    index.m_documents = index.m_file.values<CorpusDocument>("documents");
    index.m_marks = index.m_file.values<LineMark>("lines");
    index.m_ranks = index.m_file.values<std::uint32_t>("ranks");
    index.m_tokenSuffixes = index.m_file.values<std::uint32_t>("token-suffixes");
    index.m_rankStarts = index.m_file.values<std::uint32_t>("rank-starts");
    index.m_rankOf = index.m_file.values<std::uint32_t>("rank-of");
    index.m_idOf = index.m_file.values<std::int32_t>("id-of");
    if (index.m_documents.size() != std::size_t(known.documents) + 1
        || index.m_buckets.size() != 65537 || index.m_suffixes.size() > index.m_text.size()
        || index.m_tokenSuffixes.size() > index.m_ranks.size()
        || (known.tokens > 0 && index.m_rankStarts.size() != index.m_idOf.size() + 1))
        return damaged("its sections do not belong together");
    return index;
}

/// A damaged file must not make a query read beyond the map.
std::uint32_t CorpusIndex::textPosition(std::size_t i) const {
    return std::min(m_suffixes[i], std::uint32_t(m_text.size()));
}
std::uint32_t CorpusIndex::tokenPosition(std::size_t i) const {
    return std::min(m_tokenSuffixes[i], std::uint32_t(m_ranks.size()));
}

CorpusHits CorpusIndex::findText(std::string_view raw) const {
    const std::string phrase = corpusPhrase(raw);
    if (phrase.empty() || phrase.size() > m_text.size())
        return {};
    const std::size_t first = std::size_t(byteOf(phrase[0])) << 8U;
    const bool two = phrase.size() > 1;
    CorpusHits hits;
    hits.begin = m_buckets[first + (two ? byteOf(phrase[1]) : 0U)];
    hits.end = m_buckets[first + (two ? byteOf(phrase[1]) + 1U : 256U)];
    hits.end = std::min(hits.end, std::uint32_t(m_suffixes.size()));
    const auto compare = [&](std::size_t i) {
        return m_text.substr(textPosition(i), phrase.size()).compare(phrase);
    };
    std::uint32_t low = hits.begin;
    std::uint32_t high = std::max(hits.begin, hits.end);
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (compare(middle) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    CorpusHits found{low, low};
    high = std::max(hits.begin, hits.end);
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (compare(middle) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    found.end = low;
    return found;
}

/// The part of `hits`, which share `depth` bytes, that goes on with `byte`.
CorpusHits CorpusIndex::narrowText(CorpusHits hits, std::size_t depth, char byte) const {
    const auto at = [&](std::uint32_t i) -> int {
        const std::size_t position = textPosition(i) + depth;
        return position < m_text.size() ? byteOf(m_text[position]) : -1;
    };
    const auto bound = [&](int least) {
        std::uint32_t low = hits.begin;
        std::uint32_t high = hits.end;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (at(middle) < least)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    return {bound(byteOf(byte)), bound(byteOf(byte) + 1)};
}

std::vector<CorpusHits> CorpusIndex::findTextAnyCase(std::string_view raw) const {
    const std::string phrase = corpusPhrase(raw);
    if (phrase.empty())
        return {};
    struct Part {
        CorpusHits hits;
        std::size_t depth;
    };
    std::vector<Part> parts{{{0, std::uint32_t(m_suffixes.size())}, 0}};
    for (std::size_t at = 0; at < phrase.size();) {
        const std::string_view rest = std::string_view(phrase).substr(at);
        const std::size_t length = std::max<std::size_t>(1, utf8SequenceLength(rest));
        std::vector<Part> next;
        for (const std::string& variant : caseVariants(rest.substr(0, length)))
            for (Part part : parts) {
                for (const char byte : variant)
                    part = {narrowText(part.hits, part.depth, byte), part.depth + 1};
                if (part.hits.count() > 0)
                    next.push_back(part);
            }
        parts = std::move(next);
        at += length;
    }
    std::vector<CorpusHits> found;
    for (const Part& part : parts)
        found.push_back(part.hits);
    return found;
}

CorpusHits CorpusIndex::narrowRanks(CorpusHits hits, std::size_t depth, std::uint32_t rank) const {
    const auto bound = [&](std::uint64_t least) {
        std::uint32_t low = hits.begin;
        std::uint32_t high = hits.end;
        while (low < high) {
            const std::uint32_t middle = low + (high - low) / 2;
            if (rankAt(tokenPosition(middle) + depth) < least)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    };
    return {bound(rank), bound(std::uint64_t(rank) + 1)};
}

CorpusHits CorpusIndex::findIds(std::span<const TokenId> ids) const {
    CorpusHits hits;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool known = ids[i] >= 0 && std::size_t(ids[i]) < m_rankOf.size();
        const std::uint32_t rank = known ? m_rankOf[std::size_t(ids[i])] : 0;
        if (rank == 0 || std::size_t(rank) + 1 >= m_rankStarts.size())
            return {};
        hits = i == 0 ? CorpusHits{m_rankStarts[rank], m_rankStarts[rank + 1]}
                      : narrowRanks(hits, i, rank);
        if (i == 0)
            hits.end = std::min(hits.end, std::uint32_t(m_tokenSuffixes.size()));
        if (hits.count() <= 0)
            return {};
    }
    return hits;
}

std::vector<std::uint32_t> CorpusIndex::positions(const CorpusHits& hits) const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t i = hits.begin; i < hits.end; ++i)
        all.push_back(textPosition(i));
    std::ranges::sort(all);
    return all;
}

std::size_t CorpusIndex::documentAt(std::uint32_t position) const {
    const auto after
        = std::ranges::upper_bound(m_documents, position, {}, &CorpusDocument::textBegin);
    const auto index = std::size_t(after - m_documents.begin());
    return std::min(index > 0 ? index - 1 : 0, m_documents.size() - 2);
}

std::string_view CorpusIndex::documentText(std::size_t document) const {
    const std::size_t begin = std::min<std::size_t>(m_documents[document].textBegin, m_text.size());
    const std::size_t next = m_documents[document + 1].textBegin;
    return m_text.substr(begin, next > begin ? next - begin - 1 : 0);
}

std::int64_t CorpusIndex::lineAt(std::size_t document, std::uint32_t position) const {
    const std::size_t first
        = std::min<std::size_t>(m_documents[document].firstMark, m_marks.size());
    const std::size_t end
        = std::clamp<std::size_t>(m_documents[document + 1].firstMark, first, m_marks.size());
    const auto marks = m_marks.subspan(first, end - first);
    const auto after = std::ranges::upper_bound(marks, position, {}, &LineMark::position);
    return after == marks.begin() ? m_documents[document].line : std::prev(after)->line;
}

std::vector<CorpusContext> CorpusIndex::contexts(std::span<const CorpusHits> hits,
    std::int64_t length, std::size_t limit, std::size_t around) const {
    // Of very many hits only the first million are put into order.
    constexpr std::size_t mostSorted = 1000000;
    std::vector<std::uint32_t> places;
    for (const CorpusHits& range : hits)
        for (std::uint32_t i = range.begin; i < range.end && places.size() < mostSorted; ++i)
            places.push_back(textPosition(i));
    const std::size_t kept = std::min(limit, places.size());
    std::ranges::partial_sort(places, places.begin() + std::ptrdiff_t(kept));
    places.resize(kept);
    std::vector<CorpusContext> out;
    for (const std::uint32_t place : places) {
        CorpusContext context;
        const std::size_t document = documentAt(place);
        const CorpusDocument& known = m_documents[document];
        context.document = std::int64_t(document);
        context.file = known.file < m_facts.files.size() ? m_facts.files[known.file] : "";
        context.line = lineAt(document, place);
        context.sample = known.sample;
        const std::string_view text = documentText(document);
        const std::size_t at = std::min<std::size_t>(place - known.textBegin, text.size());
        const std::size_t end = std::min(text.size(), at + std::size_t(length));
        std::size_t from = at > around ? at - around : 0;
        while (!beginsCharacter(text, from))
            ++from;
        std::size_t to = std::min(text.size(), end + around);
        while (!beginsCharacter(text, to))
            ++to;
        context.before = text.substr(from, at - from);
        context.match = text.substr(at, end - at);
        context.after = text.substr(end, to - end);
        out.push_back(std::move(context));
    }
    return out;
}

std::vector<CorpusContext> CorpusIndex::contextsOfIds(const CorpusHits& hits, std::int64_t tokens,
    std::size_t limit, const Tokenizer& tokenizer, std::size_t aroundTokens) const {
    constexpr std::size_t mostSorted = 1000000;
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = hits.begin; i < hits.end && places.size() < mostSorted; ++i)
        places.push_back(tokenPosition(i));
    const std::size_t kept = std::min(limit, places.size());
    std::ranges::partial_sort(places, places.begin() + std::ptrdiff_t(kept));
    places.resize(kept);
    const auto spelled = [&](std::size_t begin, std::size_t end) {
        std::string text;
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t rank = rankAt(i);
            if (rank < m_idOf.size() && rank > 0)
                text += tokenizer.bytesOf(m_idOf[rank]);
        }
        return toValidUtf8(text);
    };
    std::vector<CorpusContext> out;
    for (const std::uint32_t place : places) {
        const auto after
            = std::ranges::upper_bound(m_documents, place, {}, &CorpusDocument::tokenBegin);
        const std::size_t document = std::min<std::size_t>(
            after == m_documents.begin() ? 0 : std::size_t(after - m_documents.begin()) - 1,
            m_documents.size() - 2);
        const CorpusDocument& known = m_documents[document];
        const std::size_t begin = known.tokenBegin;
        const std::size_t next = m_documents[document + 1].tokenBegin;
        const std::size_t end = next > begin ? next - 1 : begin;
        CorpusContext context;
        context.document = std::int64_t(document);
        context.file = known.file < m_facts.files.size() ? m_facts.files[known.file] : "";
        context.line = known.line;
        context.sample = known.sample;
        const std::size_t stop = std::min(end, place + std::size_t(tokens));
        context.before
            = spelled(std::max(begin, place - std::min<std::size_t>(place, aroundTokens)), place);
        context.match = spelled(place, stop);
        context.after = spelled(stop, std::min(end, stop + aroundTokens));
        out.push_back(std::move(context));
    }
    return out;
}

CorpusContinuation CorpusIndex::continuation(std::span<const TokenId> context, TokenId token,
    std::size_t longest, std::size_t mostNext) const {
    CorpusContinuation found;
    // The longest end of the context that occurs: shorter ends occur at least as often, so it can
    // be bisected.
    const std::size_t most = std::min(context.size(), longest);
    std::size_t known = 0;
    std::size_t open = most;
    while (known < open) {
        const std::size_t middle = (known + open + 1) / 2;
        if (findIds(context.last(middle)).count() > 0)
            known = middle;
        else
            open = middle - 1;
    }
    const auto ending = context.last(known);
    found.contextTokens = std::int64_t(known);
    CorpusHits hits
        = known > 0 ? findIds(ending) : CorpusHits{0, std::uint32_t(m_tokenSuffixes.size())};
    found.contextCount = hits.count();
    std::vector<TokenId> whole(ending.begin(), ending.end());
    whole.push_back(token);
    found.hits = findIds(whole);
    found.count = found.hits.count();
    // Each next token is one jump; a context with very many kinds of them is cut short.
    constexpr int mostJumps = 20000;
    std::vector<std::pair<TokenId, std::int64_t>> next;
    for (int jumps = 0; hits.count() > 0 && jumps < mostJumps; ++jumps) {
        const std::uint32_t rank = rankAt(tokenPosition(hits.begin) + known);
        const CorpusHits same = narrowRanks(hits, known, rank);
        if (same.end <= hits.begin)
            break;
        if (rank > 0 && rank < m_idOf.size())
            next.emplace_back(m_idOf[rank], same.count());
        hits.begin = same.end;
    }
    const auto more = [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    };
    const std::size_t kept = std::min(mostNext, next.size());
    std::partial_sort(next.begin(), next.begin() + std::ptrdiff_t(kept), next.end(), more);
    next.resize(kept);
    found.next = std::move(next);
    return found;
}

} // namespace assay
