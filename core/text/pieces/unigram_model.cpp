#include "core/text/pieces/unigram_model.h"

#include "core/text/split/char_class.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace assay {

namespace {

constexpr double unknownPenalty = 10.0;

} // namespace

UnigramModel::UnigramModel(std::vector<Piece> pieces, UnknownRule unknown)
    : m_unknown(std::move(unknown)) {
    double least = 0;
    for (const Piece& piece : pieces) {
        m_scores.push_back(piece.score);
        least = std::min(least, piece.score);
    }
    m_unknownScore = least - unknownPenalty;
    buildTrie(pieces);
}

void UnigramModel::buildTrie(const std::vector<Piece>& pieces) {
    std::vector<std::int32_t> order(pieces.size());
    std::iota(order.begin(), order.end(), 0);
    std::erase_if(order, [&](std::int32_t i) { return pieces[std::size_t(i)].text.empty(); });
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        return pieces[std::size_t(a)].text < pieces[std::size_t(b)].text;
    });
    // Breadth first: a node is the range of sorted pieces that share their first `depth` bytes.
    struct Open {
        std::size_t begin, end, depth, node;
    };
    std::vector<Open> open{{0, order.size(), 0, 0}};
    m_nodes.emplace_back();
    for (std::size_t i = 0; i < open.size(); ++i) {
        Open range = open[i];
        const auto textOf = [&](std::size_t k) -> const std::string& {
            return pieces[std::size_t(order[k])].text;
        };
        while (range.begin < range.end && textOf(range.begin).size() == range.depth)
            m_nodes[range.node].id = order[range.begin++]; // of equal texts the last one counts
        m_nodes[range.node].firstEdge = std::int32_t(m_labels.size());
        for (std::size_t k = range.begin; k < range.end;) {
            const char label = textOf(k)[range.depth];
            std::size_t last = k;
            while (last < range.end && textOf(last)[range.depth] == label)
                ++last;
            m_labels.push_back(label);
            m_targets.push_back(std::int32_t(m_nodes.size()));
            open.push_back({k, last, range.depth + 1, m_nodes.size()});
            m_nodes.emplace_back();
            k = last;
        }
        m_nodes[range.node].edges = std::int32_t(m_labels.size()) - m_nodes[range.node].firstEdge;
    }
}

template <class F> void UnigramModel::prefixes(std::string_view text, F found) const {
    std::size_t node = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const Node& at = m_nodes[node];
        const auto first = m_labels.begin() + at.firstEdge;
        const auto last = first + at.edges;
        // Sorted as unsigned bytes, as std::string compares.
        const auto edge = std::lower_bound(first, last, text[i], [](char a, char b) {
            return static_cast<unsigned char>(a) < static_cast<unsigned char>(b);
        });
        if (edge == last || *edge != text[i])
            return;
        node = std::size_t(m_targets[std::size_t(edge - m_labels.begin())]);
        if (m_nodes[node].id >= 0)
            found(m_nodes[node].id, i + 1);
    }
}

void UnigramModel::encode(std::string_view word, std::vector<PieceToken>& tokens) const {
    struct Best {
        double score = -std::numeric_limits<double>::infinity();
        std::uint32_t from = 0;
        TokenId id = -1; ///< -1: an unknown character
        bool reached = false;
    };
    std::vector<Best> best(word.size() + 1);
    best[0] = {0, 0, -1, true};
    for (std::size_t at = 0; at < word.size();) {
        const std::size_t size = charAt(word.data() + at).size;
        const double soFar = best[at].score;
        bool hasSingle = false;
        prefixes(word.substr(at), [&](TokenId id, std::size_t bytes) {
            Best& end = best[at + bytes];
            const double score = soFar + m_scores[std::size_t(id)];
            if (!end.reached || score > end.score)
                end = {score, std::uint32_t(at), id, true};
            hasSingle = hasSingle || bytes == size;
        });
        if (!hasSingle) {
            Best& end = best[at + size];
            const double score = soFar + m_unknownScore;
            if (!end.reached || score > end.score)
                end = {score, std::uint32_t(at), -1, true};
        }
        at += size;
    }
    std::vector<std::uint32_t> ends;
    for (std::size_t at = word.size(); at > 0; at = best[at].from)
        ends.push_back(std::uint32_t(at));
    std::vector<PieceToken> pieces;
    for (auto end = ends.rbegin(); end != ends.rend(); ++end) {
        const Best& step = best[*end];
        if (step.id >= 0)
            pieces.push_back({step.id, *end - step.from});
        else
            m_unknown.append(word.substr(step.from, *end - step.from), pieces);
    }
    tokens.insert(tokens.end(), pieces.begin(), pieces.end());
}

} // namespace assay
