#include "infer/merge_model.h"

#include "core/base/rng.h"
#include "infer/base_models.h"
#include "infer/guarded.h"
#include "infer/model_files.h"
#include "model/adapter.h"
#include "model/decoder.h"

#include <algorithm>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr int textCount = 3;
constexpr std::int64_t textTokens = 32;

/// Logits of a few made-up texts, [tokens, vocabulary].
at::Tensor sampleLogits(Decoder& decoder, std::int64_t vocabulary) {
    Rng rng(1);
    const std::int64_t length = std::min(textTokens, decoder.spec().maxPositions);
    PackedBatch batch;
    for (int text = 0; text < textCount; ++text) {
        std::vector<TokenId> ids;
        for (std::int64_t i = 0; i < length; ++i)
            ids.push_back(TokenId(rng.below(std::uint64_t(vocabulary))));
        batch.add(ids);
    }
    Activations activations;
    const at::Tensor hidden = decoder.forward(batch, activations);
    at::Tensor logits = at::empty({hidden.size(0), decoder.head().size(0)}, at::kFloat);
    decoder.logits(hidden, logits);
    return logits;
}

Result<void> writeModel(
    const fs::path& out, const AdaptedBase& merged, const fs::path& base, const fs::path& adapter) {
    if (auto done = makeFolder(out); !done)
        return done;
    // The adapter's own tokenizer and template, where it has them.
    for (const fs::path& from : {base, adapter})
        if (auto done = copyModelFiles(from, out); !done)
            return done;
    if (auto done = writeFileAtomically(
            out / "config.json", dumpJson(modelSpecToConfig(merged.spec), 2) + "\n");
        !done)
        return done;
    if (!fs::exists(out / "generation_config.json"))
        if (auto done = writeFileAtomically(out / "generation_config.json",
                dumpJson(modelSpecToGenerationConfig(merged.spec), 2) + "\n");
            !done)
            return done;
    return saveWeights(out, *merged.parameters);
}

} // namespace

Result<MergeReport> mergeIntoModel(
    const fs::path& folder, const fs::path& adapter, const fs::path& out, StopToken stop) {
    std::error_code problem;
    if (fs::exists(out, problem) && !(fs::is_directory(out, problem) && fs::is_empty(out, problem)))
        return fail("file.exists", {{"path", out.string()}});
    auto place = baseFolderOf(adapter, folder);
    if (!place)
        return forward(place);
    auto file = openAdapter(adapter);
    if (!file)
        return forward(file);
    auto opened = openBaseModel(*place);
    if (!opened)
        return forward(opened);
    return guarded("the merged model", [&]() -> Result<MergeReport> {
        auto base = loadBaseModel(*opened, Dtype::F32, {}, stop);
        if (!base)
            return forward(base);
        auto merged = mergedModel(*file, base->spec, base->parameters);
        if (!merged)
            return forward(merged);
        auto under = adaptedBase(*file, base->spec, base->parameters);
        if (!under)
            return forward(under);
        auto terms = Adapter::load(
            *file, modelPlan(base->spec), *base->parameters, ParameterUse::Inference);
        if (!terms)
            return forward(terms);
        Decoder together(under->spec, under->parameters);
        together.attach(*terms);
        Decoder alone(merged->spec, merged->parameters);
        const std::int64_t vocabulary = merged->spec.vocabularySize;
        const at::Tensor expected = sampleLogits(together, vocabulary);
        const at::Tensor found = sampleLogits(alone, vocabulary);
        MergeReport report;
        report.modules = std::int64_t(file->modules().size());
        report.untied = base->spec.tiedEmbeddings && !merged->spec.tiedEmbeddings;
        report.largestDifference = (found - expected).abs().max().item<double>();
        report.largestLogit = expected.abs().max().item<double>();
        if (stop.stop_requested())
            return fail("cancelled");
        if (auto done = writeModel(out, *merged, *place, adapter); !done)
            return forward(done);
        return report;
    });
}

} // namespace assay
