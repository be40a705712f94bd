#pragma once

#include "core/text/added_tokens.h"
#include "core/text/normalise/normaliser.h"
#include "core/text/pieces/piece_model.h"
#include "core/text/split/pre_tokenizer.h"

namespace assay {

/// What the readers of tokenizer files put together.
struct PipelineParts {
    struct Token {
        std::string piece; ///< as text; bytes where the vocabulary is one of bytes
        std::string bytes; ///< in the middle of a text
        bool control = false;
    };
    std::vector<Token> tokens; ///< by id
    std::vector<AddedTokenRule> added;
    Normaliser normaliser;
    PreTokenizer preTokenizer;
    std::unique_ptr<PieceModel> model;
    /// What stands for bytes that are not UTF-8, where the model does not take bytes.
    UnknownRule unknown;
    bool takesBytes = false;
    TokenId bos = -1;
    TokenId eos = -1;
    TokenId unknownId = -1;
    TokenId pad = -1;
    bool addsBos = false;
    /// A space is put in front of every stretch of text between control tokens.
    bool spaceBeforeEachStretch = false;
    bool dropsSpaceAtStart = false;
    std::string hash;
};

/// Normaliser, added tokens, pre-tokenizer, model and decoder: what tokenizer.json describes, and
/// what tiktoken files and vocab.json stand for.
class PipelineTokenizer : public Tokenizer {
public:
    explicit PipelineTokenizer(PipelineParts parts);

    std::int64_t vocabularySize() const override { return std::int64_t(m_parts.tokens.size()); }
    Encoding encode(std::string_view text) const override { return encodeFrom(text, false); }
    Encoding encodeContinuation(std::string_view text) const override {
        return encodeFrom(text, true);
    }
    bool startsTextAfterControl() const override { return m_parts.spaceBeforeEachStretch; }
    std::string bytesOf(TokenId id) const override;
    std::string piece(TokenId id) const override;
    bool isControl(TokenId id) const override;
    std::vector<ControlToken> controlTokens() const override { return m_controls; }
    bool dropsSpaceAtStart() const override { return m_parts.dropsSpaceAtStart; }
    std::string decode(std::span<const TokenId> ids) const override;
    TokenId bosId() const override { return m_parts.bos; }
    TokenId eosId() const override { return m_parts.eos; }
    TokenId unknownId() const override { return m_parts.unknownId; }
    TokenId padId() const override { return m_parts.pad; }
    TokenId idOf(std::string_view piece) const override { return m_ids.find(piece); }
    bool addsBos() const override { return m_parts.addsBos; }
    std::string hash() const override { return m_parts.hash; }

private:
    bool knows(TokenId id) const { return id >= 0 && std::size_t(id) < m_parts.tokens.size(); }
    Encoding encodeFrom(std::string_view text, bool continues) const;
    void appendStretch(const TextView& text, bool continues, Encoding& encoding) const;
    void appendSegment(const TextView& text, bool continues, Encoding& encoding) const;
    void appendWords(const TextView& text, const SplitPlace& place, Encoding& encoding) const;
    void appendWord(const TextView& word, Encoding& encoding) const;
    void appendInvalid(std::string_view text, std::size_t at, Encoding& encoding) const;

    PipelineParts m_parts;
    AddedTokenFinder m_written; ///< added tokens found in the text as it was written
    AddedTokenFinder m_normalised; ///< and in the normalised text
    std::vector<ControlToken> m_controls;
    Vocabulary m_ids;
};

} // namespace assay
