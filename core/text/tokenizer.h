#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

using TokenId = std::int32_t;

/// A half-open range of bytes.
struct ByteRange {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool operator==(const ByteRange&) const = default;
};

/// Token ids of a text with the bytes each covers. Arrays are aligned; ranges ascend, do not
/// overlap, and together cover the text; a token without text of its own (BOS) has an empty range.
struct Encoding {
    std::vector<TokenId> ids;
    std::vector<ByteRange> ranges;
};

/// A token that only a template may write.
struct ControlToken {
    TokenId id = -1;
    std::string spelling;
    /// White space that the template writes to its left or right belongs to it (lstrip, rstrip).
    bool stripLeft = false;
    bool stripRight = false;
};

/// From text to ids and back. Immutable, safe to share between threads.
class Tokenizer {
public:
    virtual ~Tokenizer() = default;

    virtual std::int64_t vocabularySize() const = 0;
    /// Encodes without adding BOS or EOS. Control tokens written in the text are not recognised: a
    /// data row that says "</s>" stays text. Byte-fallback tokens get the single bytes they stand
    /// for.
    virtual Encoding encode(std::string_view text) const = 0;
    /// The same for text that follows other text: no space is put in front, no white space trimmed.
    virtual Encoding encodeContinuation(std::string_view text) const { return encode(text); }
    /// Whether text behind a control token is tokenized like the start of a text (`encode`), as
    /// transformers' "legacy" Llama tokenizers do, or like a continuation.
    virtual bool startsTextAfterControl() const { return true; }
    /// The raw bytes of one token in the middle of a text (a space marker is a space, a byte token
    /// its byte); control tokens have none, the unknown token what `decode` shows for it.
    virtual std::string bytesOf(TokenId id) const = 0;
    /// The vocabulary's own spelling, for example "▁Tokyo" or "<0xE9>".
    virtual std::string piece(TokenId id) const = 0;
    virtual bool isControl(TokenId id) const = 0;
    /// All control tokens with a spelling.
    virtual std::vector<ControlToken> controlTokens() const;
    /// Whether `decode` drops the space that `encode` puts in front of a text.
    virtual bool dropsSpaceAtStart() const { return true; }
    /// The whole text of ids, as the tokenizer's own decoder gives it (leading space marker dropped
    /// at the start). May end inside a UTF-8 sequence.
    virtual std::string decode(std::span<const TokenId> ids) const = 0;

    /// -1 where the model has none.
    virtual TokenId bosId() const = 0;
    virtual TokenId eosId() const = 0;
    virtual TokenId unknownId() const = 0;
    virtual TokenId padId() const = 0;
    /// The id of an exact piece, or -1.
    virtual TokenId idOf(std::string_view piece) const = 0;
    /// Whether text starts with BOS when a sequence is built (tokenizer_config.json:
    /// add_bos_token).
    virtual bool addsBos() const = 0;
    /// Identity of the vocabulary, for results and caches.
    virtual std::string hash() const = 0;
};

/// Loads the tokenizer of a model folder: tokenizer.json, else tokenizer.model (SentencePiece, or
/// tiktoken's lines of base64 and rank), else *.tiktoken, else vocab.json with merges.txt; with
/// what tokenizer_config.json says of BOS and added tokens. Null without error where the folder has
/// none, and text.unsupported_tokenizer, which names the part, where it needs what is not
/// supported.
Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::filesystem::path& folder);

/// A display form in valid UTF-8: the vocabulary's spelling, or, where that is not UTF-8, its bytes
/// as text with incomplete sequences shown as <0xE9>. An id outside the vocabulary is shown as "<id
/// 70000>".
std::string displayPiece(const Tokenizer& tokenizer, TokenId id);

/// What `trainSentencePiece` learns. Sizes that the corpus cannot fill are an error.
struct TokenizerTraining {
    std::int64_t vocabularySize = 2000;
    /// "bpe" or "unigram".
    std::string model = "bpe";
    double characterCoverage = 0.9995;
    /// Pieces that are never split and have no text of their own, such as <|im_start|>.
    std::vector<std::string> controlSymbols;
};

/// Trains on text files (one sentence a line) and writes tokenizer.model and tokenizer_config.json
/// into `folder`. Byte fallback is on, so every text can be encoded. Ids: 0 unk, 1 BOS, 2 EOS, 3
/// pad.
Result<void> trainSentencePiece(std::span<const std::filesystem::path> corpus,
    const TokenizerTraining& training, const std::filesystem::path& folder);

} // namespace assay
