#pragma once

#include "core/text/pieces/merge_table.h"
#include "core/text/pieces/piece_model.h"

#include <set>

namespace assay {

/// Byte-pair encoding: the word's characters (or bytes) are merged, the earliest merge first and of
/// equal ones the leftmost, until none applies.
class BpeModel : public PieceModel {
public:
    struct Parts {
        Vocabulary vocabulary;
        MergeTable merges;
        /// Whether a word starts as its bytes; else as its characters.
        bool bytes = false;
        /// A word that is a piece is that piece, whatever the merges say.
        bool wholeWordsFirst = false;
        /// Except these: spellings of control tokens.
        std::set<std::string> notWhole;
        UnknownRule unknown;
        /// Words are cut in front of this marker, where no merge reaches across; empty: never.
        std::string wordMarker;
    };

    explicit BpeModel(Parts parts);
    void encode(std::string_view word, std::vector<PieceToken>& tokens) const override;

private:
    void encodeWord(std::string_view word, std::vector<PieceToken>& tokens) const;

    Parts m_parts;
    std::uint64_t m_number; ///< of this model, for the threads' caches
    std::vector<TokenId> m_byteIds; ///< of the single bytes, where words start as bytes
};

/// Merges neighbours until none merges. Exposed for tests: short words go through a scan, long ones
/// through a heap, and both must agree.
void mergeByScan(const MergeTable& merges, std::vector<PieceToken>& pieces);
void mergeByHeap(const MergeTable& merges, std::vector<PieceToken>& pieces);

} // namespace assay
