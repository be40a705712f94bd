#pragma once

#include "core/text/spm_library.h"
#include "core/text/tokenizer.h"
#include "core/text/tokenizer_config.h"

#include <unordered_map>

namespace assay {

/// tokenizer.model read through sentencepiece.
class SentencePieceTokenizer : public Tokenizer {
public:
    /// `serialized` is the file's bytes; `place` names the file in errors.
    static Result<std::shared_ptr<const Tokenizer>> create(
        std::string_view serialized, const TokenizerConfig& config, const std::string& place);

    std::int64_t vocabularySize() const override { return std::int64_t(m_tokens.size()); }
    Encoding encode(std::string_view text) const override;
    Encoding encodeContinuation(std::string_view text) const override;
    bool startsTextAfterControl() const override { return m_startsTextAfterControl; }
    std::string bytesOf(TokenId id) const override;
    std::string piece(TokenId id) const override;
    bool isControl(TokenId id) const override;
    std::string decode(std::span<const TokenId> ids) const override;
    TokenId bosId() const override { return m_bos; }
    TokenId eosId() const override { return m_eos; }
    TokenId unknownId() const override { return m_unknown; }
    TokenId padId() const override { return m_pad; }
    TokenId idOf(std::string_view piece) const override;
    bool addsBos() const override { return m_addsBos; }
    std::string hash() const override { return m_hash; }

private:
    struct Token {
        std::string piece;
        std::string bytes;
        bool control = false;
        bool byte = false;
    };

    SentencePieceTokenizer() = default;
    bool knows(TokenId id) const { return id >= 0 && std::size_t(id) < m_tokens.size(); }
    void readVocabulary();
    void addTokens(const std::vector<AddedToken>& added);
    void applyNames(const TokenizerConfig& config);
    Encoding encodeFrom(std::string_view text, bool continues) const;
    /// Appends the tokens of well-formed text that stands at `offset`.
    void appendText(
        std::string_view text, std::int64_t offset, bool continues, Encoding& encoding) const;
    void appendInvalid(std::string_view bytes, std::int64_t offset, Encoding& encoding) const;
    const AddedToken* addedTextAt(std::string_view text) const;
    void appendDecoded(std::span<const TokenId> ids, bool continues, std::string& text) const;

    const AssaySpmFunctions* m_functions = nullptr;
    SpmModel m_start; ///< text that begins a sequence
    SpmModel m_continuation; ///< text that follows other text
    std::int64_t m_modelSize = 0;
    std::vector<Token> m_tokens;
    std::vector<AddedToken> m_addedText; ///< added tokens that stand in text, longest first
    std::unordered_map<std::string, TokenId> m_ids;
    std::vector<TokenId> m_byteIds; ///< 256 ids where the vocabulary has byte tokens, else empty
    TokenId m_bos = -1;
    TokenId m_eos = -1;
    TokenId m_unknown = -1;
    TokenId m_pad = -1;
    bool m_addsBos = true;
    bool m_startsTextAfterControl = true;
    std::string m_hash;
};

} // namespace assay
