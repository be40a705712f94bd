#include "infer/torch_model.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/parallel.h"
#include "infer/base_models.h"
#include "infer/guarded.h"
#include "infer/sampler.h"
#include "model/adapter.h"
#include "nn/embedding.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

/// fp32 logits of rows of hidden states, [rows, vocabulary].
at::Tensor logitsOf(Decoder& decoder, const at::Tensor& states) {
    at::Tensor logits = at::empty({states.size(0), decoder.head().size(0)}, states.options());
    decoder.logits(states, logits);
    return logits.to(at::kFloat);
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

bool hasTokenizer(const fs::path& folder) {
    return std::ranges::any_of(
        std::array{"tokenizer.model", "tokenizer.json", "vocab.json", "qwen.tiktoken"},
        [&](const char* name) { return fs::exists(folder / name); });
}

/// The adapter's own tokenizer, else the base's; checked against the model's vocabulary.
Result<std::shared_ptr<const Tokenizer>> fittingTokenizer(
    const fs::path& adapter, const ModelFiles& base, const ModelSpec& spec) {
    auto tokenizer
        = !adapter.empty() && hasTokenizer(adapter) ? loadTokenizer(adapter) : tokenizerOf(base);
    if (!tokenizer && tokenizer.error().code == "text.unsupported_tokenizer")
        return std::shared_ptr<const Tokenizer>(); // ids still work; a text is refused when it is
                                                   // given
    if (tokenizer && *tokenizer && (*tokenizer)->vocabularySize() > spec.vocabularySize)
        return fail("model.tokenizer_too_large",
            {{"tokenizer", std::to_string((*tokenizer)->vocabularySize())},
                {"model", std::to_string(spec.vocabularySize)}},
            base.path.string());
    return tokenizer;
}

Result<std::shared_ptr<const ChatTemplate>> chosenTemplate(
    const fs::path& adapter, const ModelFiles& base, const LoadOptions& options) {
    if (!options.templateName.empty())
        return chatTemplateByName(options.templateName);
    auto stored = adapter.empty() ? std::shared_ptr<const ChatTemplate>() : chatTemplateOf(adapter);
    if (stored && !*stored)
        stored = chatTemplateOf(base);
    if (!stored && !options.templateRequired) // it matters only once messages are to be rendered
        return std::shared_ptr<const ChatTemplate>();
    return stored;
}

/// A model's weights with an adapter's, and what names both.
struct Assembled {
    ModelSpec spec;
    std::shared_ptr<Decoder> decoder;
    std::string hash;
    std::int64_t parameters = 0;
};

Result<Assembled> assemble(const BaseModel& base, const fs::path& adapter) {
    Assembled result{base.spec, nullptr, base.hash, base.parameters->count()};
    if (adapter.empty()) {
        result.decoder = std::make_shared<Decoder>(base.spec, base.parameters);
        return result;
    }
    auto file = openAdapter(adapter);
    if (!file)
        return forward(file);
    auto under = adaptedBase(*file, base.spec, base.parameters);
    if (!under)
        return forward(under);
    auto terms
        = Adapter::load(*file, modelPlan(base.spec), *base.parameters, ParameterUse::Inference);
    if (!terms)
        return forward(terms);
    ContentHasher hasher;
    hasher.add(base.hash);
    hasher.add(dumpJson(file->config.source));
    for (const auto& part : file->weights.files())
        hasher.add(part->text());
    result.hash = hasher.hex();
    result.spec = under->spec;
    result.parameters += (*terms)->parameters()->count();
    result.decoder = std::make_shared<Decoder>(under->spec, under->parameters);
    result.decoder->attach(*terms);
    return result;
}

} // namespace

Result<std::shared_ptr<TorchModel>> TorchModel::load(const fs::path& folder,
    const LoadOptions& options, const ProgressFunction& progress, StopToken stop) {
    const bool isAdapter = options.adapter.empty() && isAdapterFolder(folder);
    const fs::path adapter = isAdapter ? folder : options.adapter;
    auto place = isAdapter ? baseFolderOf(folder, {}) : Result<fs::path>(folder);
    if (!place)
        return forward(place);
    auto base = openBaseModel(*place);
    if (!base)
        return forward(base);
    auto chatTemplate = chosenTemplate(adapter, base->files, options);
    if (!chatTemplate)
        return forward(chatTemplate);
    return guarded("the model's weights", [&]() -> Result<std::shared_ptr<TorchModel>> {
        auto weights = loadBaseModel(*base, options.dtype, progress, stop);
        if (!weights)
            return forward(weights);
        auto model = assemble(*weights, adapter);
        if (!model)
            return forward(model);
        const ModelSpec& spec = model->spec;
        auto tokenizer = fittingTokenizer(adapter, base->files, spec);
        if (!tokenizer)
            return forward(tokenizer);
        ModelInfo info;
        info.path = adapter.empty() ? folder.string() : adapter.string();
        info.family = spec.family;
        info.hash = model->hash;
        info.tokenizerHash = *tokenizer ? (*tokenizer)->hash() : std::string();
        info.templateName = *chatTemplate ? (*chatTemplate)->name() : std::string();
        info.templateHash = *chatTemplate ? (*chatTemplate)->hash() : std::string();
        info.dtype = dtypeName(options.dtype);
        info.device = "cpu";
        info.parameters = model->parameters;
        info.vocabularySize = spec.vocabularySize;
        info.layers = spec.layers;
        info.hiddenSize = spec.hiddenSize;
        info.maxPositions = spec.maxPositions;
        return std::make_shared<TorchModel>(
            std::move(info), model->decoder, *tokenizer, *chatTemplate);
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
