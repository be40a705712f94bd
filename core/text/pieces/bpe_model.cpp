#include "core/text/pieces/bpe_model.h"

#include "core/text/pieces/word_cache.h"
#include "core/text/split/char_class.h"

#include <atomic>
#include <queue>

namespace assay {

namespace {

/// Up to here looking at every pair again is faster than a heap.
constexpr std::size_t longestScan = 48;

std::uint64_t nextNumber() {
    static std::atomic<std::uint64_t> number{0};
    return ++number;
}

} // namespace

void UnknownRule::append(std::string_view character, std::vector<PieceToken>& tokens) const {
    if (!byteIds.empty()) {
        for (const char byte : character)
            tokens.push_back({byteIds[static_cast<unsigned char>(byte)], 1});
    } else if (unknown >= 0) {
        if (fuse && !tokens.empty() && tokens.back().id == unknown)
            tokens.back().bytes += std::uint32_t(character.size());
        else
            tokens.push_back({unknown, std::uint32_t(character.size())});
    }
}

void mergeByScan(const MergeTable& merges, std::vector<PieceToken>& pieces) {
    std::vector<Merge> next; // of each piece with the one behind it
    next.reserve(pieces.size());
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i)
        next.push_back(merges.find(pieces[i].id, pieces[i + 1].id));
    while (!next.empty()) {
        std::size_t best = 0;
        for (std::size_t i = 1; i < next.size(); ++i)
            if (next[i].rank < next[best].rank)
                best = i;
        if (next[best].rank == UINT32_MAX)
            break;
        pieces[best] = {next[best].id, pieces[best].bytes + pieces[best + 1].bytes};
        pieces.erase(pieces.begin() + std::ptrdiff_t(best) + 1);
        next.erase(next.begin() + std::ptrdiff_t(best));
        if (best < next.size())
            next[best] = merges.find(pieces[best].id, pieces[best + 1].id);
        if (best > 0)
            next[best - 1] = merges.find(pieces[best - 1].id, pieces[best].id);
    }
}

void mergeByHeap(const MergeTable& merges, std::vector<PieceToken>& pieces) {
    struct Candidate {
        std::uint32_t rank;
        std::uint32_t left;
        TokenId leftId, rightId, id;
        bool operator>(const Candidate& other) const {
            return rank != other.rank ? rank > other.rank : left > other.left;
        }
    };
    const auto count = std::uint32_t(pieces.size());
    std::vector<std::uint32_t> next(count), previous(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        next[i] = i + 1;
        previous[i] = i - 1; // of the first: not used
    }
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> heap;
    const auto consider = [&](std::uint32_t left) {
        const std::uint32_t right = next[left];
        if (right >= count)
            return;
        const Merge merge = merges.find(pieces[left].id, pieces[right].id);
        if (merge.rank != UINT32_MAX)
            heap.push({merge.rank, left, pieces[left].id, pieces[right].id, merge.id});
    };
    for (std::uint32_t i = 0; i + 1 < count; ++i)
        consider(i);
    while (!heap.empty()) {
        const Candidate best = heap.top();
        heap.pop();
        const std::uint32_t right = next[best.left];
        // What was merged since then is another pair.
        if (pieces[best.left].bytes == 0 || right >= count || pieces[best.left].id != best.leftId
            || pieces[right].id != best.rightId)
            continue;
        pieces[best.left] = {best.id, pieces[best.left].bytes + pieces[right].bytes};
        pieces[right].bytes = 0;
        next[best.left] = next[right];
        if (next[right] < count)
            previous[next[right]] = best.left;
        consider(best.left);
        if (best.left > 0)
            consider(previous[best.left]);
    }
    std::erase_if(pieces, [](const PieceToken& piece) { return piece.bytes == 0; });
}

BpeModel::BpeModel(Parts parts)
    : m_parts(std::move(parts))
    , m_number(nextNumber()) {
    if (m_parts.bytes)
        for (int byte = 0; byte < 256; ++byte) {
            const char one = static_cast<char>(byte);
            m_byteIds.push_back(m_parts.vocabulary.find({&one, 1}));
        }
}

void BpeModel::encodeWord(std::string_view word, std::vector<PieceToken>& tokens) const {
    if (m_parts.wholeWordsFirst)
        if (const TokenId whole = m_parts.vocabulary.find(word);
            whole >= 0 && !m_parts.notWhole.contains(std::string(word))) {
            tokens.push_back({whole, std::uint32_t(word.size())});
            return;
        }
    std::vector<PieceToken> pieces;
    pieces.reserve(word.size());
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t size = m_parts.bytes ? 1 : charAt(word.data() + at).size;
        const std::string_view one = word.substr(at, size);
        const TokenId id = m_parts.bytes ? m_byteIds[static_cast<unsigned char>(one[0])]
                                         : m_parts.vocabulary.find(one);
        if (id >= 0)
            pieces.push_back({id, std::uint32_t(size)});
        else
            m_parts.unknown.append(one, pieces);
        at += size;
    }
    if (pieces.size() <= longestScan)
        mergeByScan(m_parts.merges, pieces);
    else
        mergeByHeap(m_parts.merges, pieces);
    tokens.insert(tokens.end(), pieces.begin(), pieces.end());
}

void BpeModel::encode(std::string_view word, std::vector<PieceToken>& tokens) const {
    WordCache& cache = WordCache::ofThread(m_number);
    const std::string& marker = m_parts.wordMarker;
    while (!word.empty()) {
        std::string_view first = word;
        if (!marker.empty()) {
            // Markers in front, then everything up to the next one.
            std::size_t at = 0;
            while (word.substr(at).starts_with(marker))
                at += marker.size();
            first = word.substr(0, word.find(marker, at));
        }
        word.remove_prefix(first.size());
        if (first.size() > WordCache::longestWord) {
            encodeWord(first, tokens);
            continue;
        }
        const std::uint64_t hash = WordCache::hashOf(first);
        std::size_t count = 0;
        if (const PieceToken* known = cache.find(first, hash, count)) {
            tokens.insert(tokens.end(), known, known + count);
            continue;
        }
        const std::size_t before = tokens.size();
        encodeWord(first, tokens);
        cache.add(first, hash, std::span(tokens).subspan(before));
    }
}

} // namespace assay
