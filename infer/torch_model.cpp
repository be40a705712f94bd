#include "infer/torch_model.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/parallel.h"
#include "core/models/model_spec_of.h"
#include "infer/sampler.h"
#include "nn/embedding.h"

#include <c10/core/InferenceMode.h>
#include <new>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// libtorch throws; expected failures are results. Out of memory has a code of its own.
template <class Body> auto guarded(const char* what, Body&& body) -> decltype(body()) {
    try {
        c10::InferenceMode mode; // no version counters, no graph
        return body();
    } catch (const std::bad_alloc&) {
        return fail("memory.exhausted", {{"what", what}});
    } catch (const c10::Error& e) {
        const std::string text = e.what_without_backtrace();
        if (text.find("alloc") != std::string::npos)
            return fail("memory.exhausted", {{"what", what}});
        return fail("internal", {{"what", text}});
    } catch (const std::exception& e) {
        return fail("internal", {{"what", e.what()}});
    }
}

/// fp32 logits of rows of hidden states, [rows, vocabulary].
at::Tensor logitsOf(Decoder& decoder, const at::Tensor& states) {
    at::Tensor logits = at::empty({states.size(0), decoder.head().size(0)}, states.options());
    decoder.logits(states, logits);
    return logits.to(at::kFloat);
}

/// The bytes of config and weights; templates and tokenizers are recorded by hashes of their own.
std::string modelHash(std::string_view config, const Weights& weights) {
    ContentHasher hasher;
    hasher.add(config);
    for (const auto& file : weights.files())
        hasher.add(file->text());
    return hasher.hex();
}

class TorchForcedPass final : public ForcedPass {
public:
    TorchForcedPass(std::shared_ptr<Decoder> decoder, at::Tensor hidden, StopToken stop)
        : m_decoder(std::move(decoder))
        , m_hidden(std::move(hidden))
        , m_stop(std::move(stop)) { }

    std::int64_t positions() const override { return m_hidden.size(0); }

    Result<void> logits(std::int64_t begin, std::int64_t end, std::span<float> out) override {
        if (m_stop.stop_requested())
            return fail("cancelled");
        return guarded("the model's scores", [&]() -> Result<void> {
            const at::Tensor rows = logitsOf(*m_decoder, m_hidden.narrow(0, begin, end - begin));
            std::copy_n(nn::elements<float>(rows), rows.numel(), out.data());
            return {};
        });
    }

private:
    std::shared_ptr<Decoder> m_decoder;
    at::Tensor m_hidden;
    StopToken m_stop;
};

/// The tokenizer, checked against the model's vocabulary.
Result<std::shared_ptr<const Tokenizer>> fittingTokenizer(
    const ModelFiles& files, const ModelSpec& spec) {
    auto tokenizer = tokenizerOf(files);
    if (!tokenizer && tokenizer.error().code == "text.unsupported_tokenizer")
        return std::shared_ptr<const Tokenizer>(); // ids still work; a text is refused when it is
                                                   // given
    if (tokenizer && *tokenizer && (*tokenizer)->vocabularySize() > spec.vocabularySize)
        return fail("model.tokenizer_too_large",
            {{"tokenizer", std::to_string((*tokenizer)->vocabularySize())},
                {"model", std::to_string(spec.vocabularySize)}},
            files.path.string());
    return tokenizer;
}

Result<std::shared_ptr<const ChatTemplate>> chosenTemplate(
    const ModelFiles& files, const LoadOptions& options) {
    if (!options.templateName.empty())
        return chatTemplateByName(options.templateName);
    auto stored = chatTemplateOf(files);
    if (!stored && !options.templateRequired) // it matters only once messages are to be rendered
        return std::shared_ptr<const ChatTemplate>();
    return stored;
}

/// A model's files and spec; the config of a folder is looked at before its weights are mapped.
Result<std::pair<ModelFiles, ModelSpec>> openedModel(const fs::path& path) {
    if (!isForeignModel(path))
        if (auto spec = readModelSpec(path); !spec)
            return forward(spec);
    auto files = openModel(path);
    if (!files)
        return forward(files);
    auto spec = modelSpecOf(*files);
    if (!spec)
        return forward(spec);
    return std::pair(std::move(*files), std::move(*spec));
}

} // namespace

Result<std::shared_ptr<TorchModel>> TorchModel::load(const fs::path& path,
    const LoadOptions& options, const ProgressFunction& progress, StopToken stop) {
    auto opened = openedModel(path);
    if (!opened)
        return forward(opened);
    const ModelFiles& files = opened->first;
    const ModelSpec& spec = opened->second;
    auto tokenizer = fittingTokenizer(files, spec);
    if (!tokenizer)
        return forward(tokenizer);
    auto chatTemplate = chosenTemplate(files, options);
    if (!chatTemplate)
        return forward(chatTemplate);
    return guarded("the model's weights", [&]() -> Result<std::shared_ptr<TorchModel>> {
        auto parameters = std::make_shared<Parameters>(
            parameterLayout(spec), options.dtype, ParameterUse::Inference);
        if (auto done = loadWeights(files.weights, spec, *parameters, progress, stop); !done)
            return forward(done);
        Result<std::string> config = dumpJson(files.config);
        if (!files.folder.empty())
            config = readFile(files.folder / "config.json");
        if (!config)
            return forward(config);
        ModelInfo info;
        info.path = path.string();
        info.family = spec.family;
        info.hash = modelHash(*config, files.weights);
        info.tokenizerHash = *tokenizer ? (*tokenizer)->hash() : std::string();
        info.templateName = *chatTemplate ? (*chatTemplate)->name() : std::string();
        info.templateHash = *chatTemplate ? (*chatTemplate)->hash() : std::string();
        info.dtype = dtypeName(options.dtype);
        info.device = "cpu";
        info.parameters = parameters->count();
        info.vocabularySize = spec.vocabularySize;
        info.layers = spec.layers;
        info.hiddenSize = spec.hiddenSize;
        info.maxPositions = spec.maxPositions;
        return std::make_shared<TorchModel>(std::move(info),
            std::make_shared<Decoder>(spec, std::move(parameters)), *tokenizer, *chatTemplate);
    });
}

TorchModel::TorchModel(ModelInfo info, std::shared_ptr<Decoder> decoder,
    std::shared_ptr<const Tokenizer> tokenizer, std::shared_ptr<const ChatTemplate> chatTemplate)
    : m_info(std::move(info))
    , m_decoder(std::move(decoder))
    , m_tokenizer(std::move(tokenizer))
    , m_template(std::move(chatTemplate)) { }

Result<void> TorchModel::checkIds(std::span<const TokenId> ids) const {
    if (ids.empty())
        return fail("model.no_tokens");
    if (std::int64_t(ids.size()) > m_info.maxPositions)
        return fail("model.too_long",
            {{"tokens", std::to_string(ids.size())},
                {"limit", std::to_string(m_info.maxPositions)}});
    for (const TokenId id : ids)
        if (id < 0 || id >= m_info.vocabularySize)
            return fail("model.id_outside",
                {{"id", std::to_string(id)}, {"size", std::to_string(m_info.vocabularySize)}});
    return {};
}

Result<std::unique_ptr<ForcedPass>> TorchModel::forced(
    std::span<const TokenId> ids, StopToken stop) {
    if (auto done = checkIds(ids); !done)
        return forward(done);
    return guarded("a forward pass", [&]() -> Result<std::unique_ptr<ForcedPass>> {
        PackedBatch batch;
        batch.add(ids);
        at::Tensor hidden = m_decoder->forward(batch, m_activations, stop);
        if (!hidden.defined())
            return fail("cancelled");
        // The activations' memory is used again by the next pass; this one may be read for long.
        return std::make_unique<TorchForcedPass>(m_decoder, hidden.clone(), stop);
    });
}

Result<SequenceScores> TorchModel::score(std::span<const TokenId> ids, const ScoreOptions& options,
    StopToken stop, const BlockFunction& onBlock) {
    if (auto done = checkIds(ids); !done)
        return forward(done);
    const std::int64_t count = std::int64_t(ids.size()) - 1; // the last row predicts nothing
    const int topK = int(std::min<std::int64_t>(options.topK, m_info.vocabularySize));
    return guarded("a forward pass", [&]() -> Result<SequenceScores> {
        PackedBatch batch;
        batch.add(ids);
        const at::Tensor hidden = m_decoder->forward(batch, m_activations, stop);
        if (!hidden.defined())
            return fail("cancelled");
        SequenceScores scores;
        scores.topK = topK;
        scores.tokens.resize(std::size_t(count));
        scores.top.resize(std::size_t(count * topK));
        const std::int64_t chunk = std::max(1, options.chunk);
        for (std::int64_t begin = 0; begin < count; begin += chunk) {
            if (stop.stop_requested())
                return fail("cancelled");
            const std::int64_t rows = std::min(chunk, count - begin);
            const at::Tensor logits = logitsOf(*m_decoder, hidden.narrow(0, begin, rows));
            const float* z = nn::elements<float>(logits);
            parallelFor(0, rows, 1, [&](std::int64_t first, std::int64_t last) {
                for (std::int64_t row = first; row < last; ++row) {
                    const auto t = std::size_t(begin + row);
                    scores.tokens[t] = scoreLogits(
                        {z + row * m_info.vocabularySize, std::size_t(m_info.vocabularySize)},
                        ids[t + 1],
                        std::span(scores.top).subspan(t * std::size_t(topK), std::size_t(topK)));
                }
            });
            if (onBlock) {
                SequenceScores block;
                block.topK = topK;
                block.tokens.assign(
                    scores.tokens.begin() + begin, scores.tokens.begin() + begin + rows);
                block.top.assign(
                    scores.top.begin() + begin * topK, scores.top.begin() + (begin + rows) * topK);
                onBlock(begin, block);
            }
        }
        return scores;
    });
}

namespace {

/// Whether the text of the new ids ends generation by holding one of the strings; only its tail is
/// read.
bool holdsStopString(
    const Tokenizer* tokenizer, std::span<const TokenId> ids, std::span<const std::string> stops) {
    if (!tokenizer || stops.empty())
        return false;
    std::size_t longest = 0;
    for (const std::string& stop : stops)
        longest = std::max(longest, stop.size());
    // Each token adds at least no byte; going back by bytes keeps the cost of a step constant.
    std::string tail;
    for (std::size_t i = ids.size(); i > 0 && tail.size() < longest + 64; --i)
        tail = tokenizer->bytesOf(ids[i - 1]) + tail;
    return std::ranges::any_of(stops, [&](const std::string& stop) {
        return !stop.empty() && tail.find(stop) != std::string::npos;
    });
}

} // namespace

Result<Generation> TorchModel::generate(std::span<const TokenId> prompt,
    const GenerateOptions& options, StopToken stop, const TokenFunction& onToken) {
    if (auto done = checkIds(prompt); !done)
        return forward(done);
    return guarded("generation", [&]() -> Result<Generation> {
        const std::int64_t capacity = std::min<std::int64_t>(
            m_info.maxPositions, std::int64_t(prompt.size()) + std::max(0, options.maxNew));
        KeyValueCache cache = m_decoder->makeCache(capacity);
        Rng rng(options.seed);
        Generation result;
        const int topK = options.capture
            ? int(std::min<std::int64_t>(options.captureTopK, m_info.vocabularySize))
            : 0;
        result.scores.topK = topK;
        std::span<const TokenId> input = prompt;
        TokenId last = -1;
        while (std::int64_t(result.ids.size()) < options.maxNew) {
            if (cache.length() + std::int64_t(input.size()) > capacity) {
                result.ended = EndReason::Context;
                return result;
            }
            const at::Tensor hidden = m_decoder->forwardCached(input, cache, stop);
            if (!hidden.defined() || stop.stop_requested()) {
                result.ended = EndReason::Cancelled;
                return result;
            }
            const at::Tensor logits = logitsOf(*m_decoder, hidden);
            const std::span<const float> row(
                nn::elements<float>(logits), std::size_t(m_info.vocabularySize));
            last = chooseToken(row, options, rng);
            const auto& ends = m_decoder->spec().endIds;
            if ((options.stopAtEnd && std::ranges::find(ends, last) != ends.end())
                || std::ranges::find(options.stopIds, last) != options.stopIds.end()) {
                result.ended = EndReason::EndToken;
                result.endId = last;
                return result;
            }
            result.ids.push_back(last);
            if (options.capture) {
                result.scores.top.resize(result.scores.top.size() + std::size_t(topK));
                result.scores.tokens.push_back(
                    scoreLogits(row, last, std::span(result.scores.top).last(std::size_t(topK))));
            }
            if (onToken)
                onToken(last, options.capture ? &result.scores.tokens.back() : nullptr,
                    std::span(result.scores.top).last(options.capture ? std::size_t(topK) : 0));
            if (holdsStopString(m_tokenizer.get(), result.ids, options.stopStrings)) {
                result.ended = EndReason::StopString;
                return result;
            }
            input = std::span(&last, 1);
        }
        result.ended = EndReason::Length;
        return result;
    });
}

} // namespace assay
