#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What a piece is; the numbers are those of sentencepiece and of GGUF alike.
enum class PieceKind {
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6
};

struct ScoredPiece {
    std::string text; ///< spaces as U+2581
    float score = 0;
    PieceKind kind = PieceKind::Normal;
};

/// The vocabulary of a sentencepiece model of merges, which GGUF ("llama") and llama2.c keep in
/// forms of their own.
struct PieceList {
    std::vector<ScoredPiece> pieces;
    bool spaceInFront = true; ///< a text begins with a space marker
    bool trimsSpaces = false; ///< white space at the ends goes, several become one
    bool merges = true; ///< "bpe"; otherwise "unigram"
    std::int64_t unknown = 0;
    std::int64_t bos = -1;
    std::int64_t eos = -1;
    std::int64_t pad = -1;
};

/// The bytes of a tokenizer.model (sentencepiece_model.proto, ModelProto).
std::string sentencePieceModel(const PieceList& list);
/// Reads one; word and character models are refused by name.
Result<PieceList> readSentencePieceModel(std::string_view bytes, const std::string& path);

/// llama2.c's tokenizer.bin: the longest piece's length, then of each piece score, length and text
/// (github karpathy/llama2.c, tokenizer.py). Ids 0 to 2 are unknown, BOS and EOS, 3 to 258 bytes.
Result<PieceList> readLlama2cTokenizer(std::string_view bytes, const std::string& path);

} // namespace assay
