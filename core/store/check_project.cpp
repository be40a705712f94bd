#include "core/store/check_project.h"

#include "core/base/parallel.h"

#include <unordered_set>

namespace assay {

namespace {

constexpr std::size_t batchSize = 512;

} // namespace

Result<Overview> checkProject(Project& project, const CheckOptions& given,
    const ProgressFunction& progress, const StopToken& stop,
    const std::optional<HeldOutRows>& heldOut) {
    CheckOptions options = given;
    std::unordered_set<std::int64_t> heldOutIds;
    if (heldOut) {
        auto index = std::make_shared<LeakIndex>();
        auto read = project.samples().forEach(
            heldOut->filter,
            [&](StoredSample&& sample) -> Result<void> {
                index->add(sample.id, sample.sample);
                heldOutIds.insert(sample.id);
                return {};
            },
            stop);
        if (!read)
            return forward(read);
        if (!index->isEmpty())
            options.heldOut = std::move(index);
    }
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
            builder.add(
                batch[i].id, batch[i].sample.channel, checked[i], heldOutIds.contains(batch[i].id));
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
    Overview overview = builder.finish(
        [&](std::int64_t id) {
            // One that cannot be read resembles nothing.
            const auto stored = project.samples().sample(id);
            return stored ? piecesOf(textForNearness(stored->sample))
                          : std::vector<std::uint64_t>();
        },
        stop);
    if (stop.stop_requested())
        return fail("cancelled");
    if (heldOut)
        overview.heldOutName = heldOut->name;
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
