#pragma once

#include "core/analysis/model_under_test.h"

#include <atomic>
#include <chrono>

namespace assay::test {

/// A vocabulary for tests: 0 unknown, 1 BOS, 2 EOS, 3..258 the single bytes, then the given longer
/// pieces, taken greedily, longest first. No space marker: bytes are bytes.
class FakeTokenizer : public Tokenizer {
public:
    explicit FakeTokenizer(std::vector<std::string> pieces = {}, bool addsBos = true);

    std::int64_t vocabularySize() const override { return 259 + std::int64_t(m_pieces.size()); }
    Encoding encode(std::string_view text) const override;
    std::string bytesOf(TokenId id) const override;
    std::string piece(TokenId id) const override;
    bool isControl(TokenId id) const override { return id >= 0 && id <= 2; }
    std::string decode(std::span<const TokenId> ids) const override;
    TokenId bosId() const override { return 1; }
    TokenId eosId() const override { return 2; }
    TokenId unknownId() const override { return 0; }
    TokenId padId() const override { return -1; }
    TokenId idOf(std::string_view piece) const override;
    bool addsBos() const override { return m_addsBos; }
    std::string hash() const override;

private:
    std::vector<std::string> m_pieces;
    bool m_addsBos;
};

/// A chat template for tests: "user: ..\n" and so on, one line a message.
std::shared_ptr<const ChatTemplate> fakeTemplate();

struct FakeModelOptions {
    std::uint64_t seed = 1;
    /// Null: a model without tokenizer.
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<const ChatTemplate> chatTemplate;
    /// 0: the tokenizer's size. More: padding rows, as real models have.
    std::int64_t vocabulary = 0;
    /// Standard deviation of the logits.
    double spread = 2;
    std::int64_t maxPositions = 4096;
    std::vector<TokenId> endIds;
    /// Added to the logits of one row, for a model that knows something.
    std::function<void(std::span<const TokenId> prefix, std::span<float> logits)> teach;
    /// Time each position takes, to be cancelled in.
    std::chrono::milliseconds delay{0};
    std::string name = "fake";
};

/// A deterministic model whose logits depend on the seed and on the last two ids. Generation and
/// the forced pass share one function of logits, so what holds for one must hold for the other.
class FakeModel : public ModelUnderTest {
public:
    explicit FakeModel(FakeModelOptions options);

    const ModelInfo& info() const override { return m_info; }
    std::shared_ptr<const Tokenizer> tokenizer() const override { return m_options.tokenizer; }
    std::shared_ptr<const ChatTemplate> chatTemplate() const override {
        return m_options.chatTemplate;
    }
    std::vector<TokenId> endIds() const override { return m_options.endIds; }
    Result<SequenceScores> score(std::span<const TokenId> ids, const ScoreOptions& options,
        StopToken stop, const BlockFunction& onBlock) override;
    Result<std::unique_ptr<ForcedPass>> forced(
        std::span<const TokenId> ids, StopToken stop) override;
    Result<Generation> generate(std::span<const TokenId> prompt, const GenerateOptions& options,
        StopToken stop, const TokenFunction& onToken) override;

    /// Logits after a prefix.
    void logits(std::span<const TokenId> prefix, std::span<float> out) const;
    /// Largest number of rows that a forced pass was asked for at once.
    std::int64_t largestChunk() const { return m_largestChunk; }

private:
    friend class FakeForcedPass;
    FakeModelOptions m_options;
    ModelInfo m_info;
    std::atomic<std::int64_t> m_largestChunk{0};
};

/// A `teach` function after which the model, wherever `after` was just said, continues with
/// `answer`.
std::function<void(std::span<const TokenId>, std::span<float>)> continueWith(
    std::shared_ptr<const Tokenizer> tokenizer, std::string after, std::string answer,
    float boost = 40);

} // namespace assay::test
