#include "core/store/check_project.h"

#include "core/base/parallel.h"

namespace assay {

namespace {

constexpr std::size_t batchSize = 512;

} // namespace

Result<Overview> checkProject(Project& project, const CheckOptions& options,
    const ProgressFunction& progress, const StopToken& stop) {
    auto version = project.findings().textVersion();
    if (!version)
        return forward(version);
    auto total = project.samples().count();
    if (!total)
        return forward(total);
    OverviewBuilder builder(options);
    std::vector<Measure> measures;
    std::vector<StoredSample> batch;
    std::vector<CheckedSample> checked;
    std::int64_t done = 0;
    const auto checkBatch = [&] {
        checked.assign(batch.size(), {});
        parallelFor(0, std::int64_t(batch.size()), 16, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                checked[std::size_t(i)] = checkSample(batch[std::size_t(i)].sample, options);
        });
        for (std::size_t i = 0; i < batch.size(); ++i) {
            builder.add(batch[i].id, batch[i].sample.channel, checked[i]);
            if (options.tokenizer)
                measures.push_back(
                    {batch[i].id, batch[i].revision, checked[i].tokens, checked[i].answerTokens});
        }
        done += std::int64_t(batch.size());
        batch.clear();
        if (progress)
            progress({done, 2 * *total});
    };
    auto walked = project.samples().forEach(
        {},
        [&](StoredSample&& sample) -> Result<void> {
            batch.push_back(std::move(sample));
            if (batch.size() == batchSize)
                checkBatch();
            return {};
        },
        stop);
    if (!walked)
        return forward(walked);
    checkBatch();
    Overview overview = builder.finish();
    const auto writing = [&](const Progress& p) {
        if (progress && p.total > 0)
            progress({*total + *total * p.done / p.total, 2 * *total});
    };
    auto stored
        = project.findings().store(overview, builder.found(), measures, *version, writing, stop);
    if (!stored)
        return forward(stored);
    return overview;
}

Result<CheckOptions> checkOptionsFor(
    const std::filesystem::path& modelFolder, const std::string& name, std::int64_t maxLength) {
    CheckOptions options;
    options.maxLength = maxLength;
    options.tokenizerName = name.empty() ? modelFolder.filename().string() : name;
    auto tokenizer = loadTokenizer(modelFolder);
    if (!tokenizer)
        return forward(tokenizer);
    if (!*tokenizer)
        return fail("text.no_tokenizer", {{"path", modelFolder.string()}});
    options.tokenizer = std::move(*tokenizer);
    // A template of a kind that cannot be read is no reason not to count tokens.
    if (auto found = chatTemplateOf(modelFolder); found && *found)
        options.chatTemplate = std::move(*found);
    return options;
}

} // namespace assay
