#pragma once

#include "core/analysis/model_under_test.h"
#include "core/job/engine_interface.h"
#include "model/decoder.h"

#include <filesystem>
#include <memory>

namespace assay {

/// A model in memory, answering what analyses ask.
class TorchModel final : public ModelUnderTest {
public:
    /// A model folder, or a file that `openModel` reads (GGUF, llama2.c, a checkpoint).
    static Result<std::shared_ptr<TorchModel>> load(const std::filesystem::path& path,
        const LoadOptions& options, const ProgressFunction& progress, StopToken stop);
    /// Around a decoder that exists already, such as the one being trained.
    TorchModel(ModelInfo info, std::shared_ptr<Decoder> decoder,
        std::shared_ptr<const Tokenizer> tokenizer,
        std::shared_ptr<const ChatTemplate> chatTemplate);

    const ModelInfo& info() const override { return m_info; }
    std::shared_ptr<const Tokenizer> tokenizer() const override { return m_tokenizer; }
    std::shared_ptr<const ChatTemplate> chatTemplate() const override { return m_template; }
    std::vector<TokenId> endIds() const override { return m_decoder->spec().endIds; }

    Result<SequenceScores> score(std::span<const TokenId> ids, const ScoreOptions& options,
        StopToken stop, const BlockFunction& onBlock) override;
    Result<std::unique_ptr<ForcedPass>> forced(
        std::span<const TokenId> ids, StopToken stop) override;
    Result<Generation> generate(std::span<const TokenId> prompt, const GenerateOptions& options,
        StopToken stop, const TokenFunction& onToken) override;

private:
    Result<void> checkIds(std::span<const TokenId> ids) const;

    ModelInfo m_info;
    std::shared_ptr<Decoder> m_decoder;
    std::shared_ptr<const Tokenizer> m_tokenizer;
    std::shared_ptr<const ChatTemplate> m_template;
    Activations m_activations;
};

} // namespace assay
