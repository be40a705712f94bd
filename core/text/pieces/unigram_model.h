#pragma once

#include "core/text/pieces/piece_model.h"

namespace assay {

/// Unigram language model: the pieces whose log-probabilities add up highest (Viterbi), as the
/// tokenizers library finds them. An unknown character costs 10 more than the rarest piece (Kudo
/// 2018 leaves it open; sentencepiece and tokenizers use 10).
class UnigramModel : public PieceModel {
public:
    struct Piece {
        std::string text;
        double score = 0;
    };
    /// Ids are the positions in `pieces`.
    UnigramModel(std::vector<Piece> pieces, UnknownRule unknown);
    void encode(std::string_view word, std::vector<PieceToken>& tokens) const override;

private:
    struct Node {
        TokenId id = -1;
        std::int32_t firstEdge = 0;
        std::int32_t edges = 0;
    };
    /// Calls `found(id, bytes)` for every piece that begins `text`, shortest first.
    template <class F> void prefixes(std::string_view text, F found) const;
    void buildTrie(const std::vector<Piece>& pieces);

    std::vector<double> m_scores;
    UnknownRule m_unknown;
    double m_unknownScore = 0;
    std::vector<Node> m_nodes;
    std::vector<char> m_labels; ///< of the edges, sorted within a node
    std::vector<std::int32_t> m_targets;
};

} // namespace assay
