#include "engine/bench.h"

#include "core/base/rng.h"
#include "infer/torch_model.h"
#include "model/loss.h"
#include "train/optimizer.h"

#include <c10/core/InferenceMode.h>
#include <chrono>
#include <sys/resource.h>
#include <thread>

namespace assay {

namespace {

using Clock = std::chrono::steady_clock;

ModelSpec shapeNamed(const std::string& name) {
    ModelSpec spec;
    spec.normEps = 1e-5;
    spec.tiedEmbeddings = true;
    spec.maxPositions = 2048;
    if (name == "smol") {
        spec.vocabularySize = 49152;
        spec.hiddenSize = 576;
        spec.intermediateSize = 1536;
        spec.layers = 30;
        spec.heads = 9;
        spec.kvHeads = 3;
    } else {
        spec.vocabularySize = 2048;
        spec.hiddenSize = 128;
        spec.intermediateSize = 352;
        spec.layers = 4;
        spec.heads = 4;
        spec.kvHeads = 2;
    }
    spec.headDimension = spec.hiddenSize / spec.heads;
    return spec;
}

/// Median seconds of one call, after a warm-up; runs for about `budget` seconds, at least three
/// times.
template <class Body> double medianSeconds(double budget, Body&& body) {
    body();
    std::vector<double> times;
    const Clock::time_point start = Clock::now();
    while (
        times.size() < 3 || std::chrono::duration<double>(Clock::now() - start).count() < budget) {
        const Clock::time_point begin = Clock::now();
        body();
        times.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    std::ranges::nth_element(times, times.begin() + std::ptrdiff_t(times.size() / 2));
    return times[times.size() / 2];
}

/// The matrix products of one layer and the head, forward and both gradients, on memory of their
/// own.
double productSeconds(
    const ModelSpec& spec, std::int64_t tokens, at::ScalarType type, bool backward) {
    const std::int64_t q = spec.heads * spec.headDimension;
    const std::int64_t kv = spec.kvHeads * spec.headDimension;
    const std::pair<std::int64_t, std::int64_t> layer[]
        = {{spec.hiddenSize, q}, {spec.hiddenSize, kv}, {spec.hiddenSize, kv}, {q, spec.hiddenSize},
            {spec.hiddenSize, spec.intermediateSize}, {spec.hiddenSize, spec.intermediateSize},
            {spec.intermediateSize, spec.hiddenSize}};
    double seconds = 0;
    const auto measure = [&](std::int64_t in, std::int64_t out, std::int64_t times) {
        const at::Tensor x = at::rand({tokens, in}).to(type);
        const at::Tensor w = at::rand({out, in}).to(type);
        const at::Tensor y = at::rand({tokens, out}).to(type);
        at::Tensor product = at::empty({tokens, out}, x.options());
        at::Tensor dx = at::empty({tokens, in}, x.options());
        at::Tensor dw = at::empty({out, in}, x.options());
        seconds += double(times) * medianSeconds(0.05, [&] {
            at::mm_out(product, x, w.t());
            if (backward) {
                at::mm_out(dx, y, w);
                at::mm_out(dw, y.t(), x);
            }
        });
    };
    for (const auto& [in, out] : layer)
        measure(in, out, spec.layers);
    measure(spec.hiddenSize, spec.vocabularySize, 1);
    return seconds;
}

/// The longest of several waits between the wish to stop and the end of a forward pass over the
/// whole context, which is the longest thing that a stop has to break into; the wish comes at
/// different places of the pass.
double longestCancelMs(ModelUnderTest& model, std::span<const TokenId> sequence) {
    constexpr int wishes = 8;
    const Clock::time_point begin = Clock::now();
    (void)model.score(sequence, {10, 256}, {});
    const std::chrono::duration<double> whole = Clock::now() - begin;
    double longest = 0;
    for (int wish = 0; wish < wishes; ++wish) {
        std::stop_source source;
        Clock::time_point wished;
        std::thread wisher([&] {
            std::this_thread::sleep_for(whole * (wish + 0.5) / wishes);
            wished = Clock::now();
            source.request_stop();
        });
        (void)model.score(sequence, {10, 256}, source.get_token());
        const Clock::time_point ended = Clock::now();
        wisher.join();
        longest
            = std::max(longest, std::chrono::duration<double, std::milli>(ended - wished).count());
    }
    return longest;
}

Json benchDtype(const ModelSpec& spec, Dtype dtype) {
    const std::int64_t length = 512;
    const std::int64_t sequences = 4;
    auto parameters
        = std::make_shared<Parameters>(parameterLayout(spec), dtype, ParameterUse::Training);
    initialise(*parameters, spec, 0.02, 7);
    auto decoder = std::make_shared<Decoder>(spec, parameters);
    Optimizer optimizer({parameters});
    Rng rng(3);
    PackedBatch batch;
    std::vector<TokenId> labels;
    for (std::int64_t s = 0; s < sequences; ++s) {
        std::vector<TokenId> ids;
        for (std::int64_t i = 0; i < length; ++i)
            ids.push_back(TokenId(rng.below(std::uint64_t(spec.vocabularySize))));
        batch.add(ids);
        labels.insert(labels.end(), ids.begin(), ids.end());
    }
    const LossTargets targets = lossTargets(batch, labels);
    const double tokens = double(batch.tokens());
    Activations activations;

    const double train = medianSeconds(2, [&] {
        parameters->gradients().zero_();
        const at::Tensor hidden = decoder->forward(batch, activations);
        at::Tensor dHidden = at::empty_like(hidden);
        lossAndGradient(*decoder, hidden, targets, 1.0 / tokens, dHidden);
        decoder->backward(batch, activations, dHidden);
        optimizer.step({}, 1e-5, optimizer.gradientNorm());
    });
    ModelInfo info;
    info.vocabularySize = spec.vocabularySize;
    info.maxPositions = spec.maxPositions;
    TorchModel asked(info, decoder, nullptr, nullptr);
    ModelUnderTest& model = asked;
    const std::span<const TokenId> sequence(batch.ids.data(), std::size_t(length));
    const double score = medianSeconds(2, [&] { (void)model.score(sequence, {10, 256}, {}); });
    GenerateOptions options;
    options.maxNew = 64;
    options.stopAtEnd = false;
    const double generate
        = medianSeconds(1, [&] { (void)model.generate(sequence.first(16), options, {}); });
    std::vector<TokenId> context;
    while (std::int64_t(context.size()) < spec.maxPositions)
        context.push_back(TokenId(rng.below(std::uint64_t(spec.vocabularySize))));
    const double cancel = longestCancelMs(model, context);
    const double productsForward = productSeconds(spec, length, nn::scalarType(dtype), false);
    const double productsTrain = productSeconds(spec, batch.tokens(), nn::scalarType(dtype), true);

    Json row;
    row["dtype"] = std::string(dtypeName(dtype));
    row["train_tokens_per_s"] = tokens / train;
    row["train_products_share"] = productsTrain / train;
    row["score_top10_tokens_per_s"] = double(length) / score;
    row["score_products_share"] = productsForward / score;
    row["generate_tokens_per_s"] = 64.0 / generate;
    row["cancel_ms"] = cancel;
    return row;
}

} // namespace

Result<Json> runEngineBench(const std::string& what) {
    if (what != "tiny" && what != "smol")
        return fail("usage", {{"what", "\"" + what + "\" is no bench; there are tiny and smol."}});
    c10::InferenceMode mode;
    const ModelSpec spec = shapeNamed(what);
    Json table;
    table["shape"] = what;
    table["parameters"] = spec.parameterCount();
    table["batch"] = "4 x 512 tokens";
    table["threads"] = at::get_num_threads();
    table["rows"] = Json::array();
    for (const Dtype dtype : {Dtype::F32, Dtype::Bf16})
        table["rows"].push_back(benchDtype(spec, dtype));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    table["peak_rss_mib"] = double(usage.ru_maxrss) / 1024.0;
    return table;
}

} // namespace assay
