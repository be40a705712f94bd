#include "core/corpus/project_corpus.h"

#include "core/base/file.h"

namespace assay {

std::filesystem::path projectIndexPath(const std::filesystem::path& projectFolder) {
    return projectFolder / "corpora" / "training-text.index";
}

Result<CorpusFacts> buildProjectIndex(Project& project, CorpusEncoding encoding,
    const std::filesystem::path& out, const ProgressFunction& progress, StopToken stop) {
    SampleFilter kept;
    kept.statuses = {ReviewStatus::Pending, ReviewStatus::Accepted};
    auto count = project.samples().count(kept);
    if (!count)
        return forward(count);
    CorpusBuilder builder(std::move(encoding));
    builder.noteSource({{"project", project.uid()}, {"samples", *count}});
    std::int64_t done = 0;
    auto walked = project.samples().forEach(
        kept,
        [&](StoredSample&& stored) -> Result<void> {
            if (progress && done++ % 256 == 0)
                progress({done * 500 / std::max<std::int64_t>(1, *count), 1000});
            return builder.add(stored.sample, stored.id);
        },
        stop);
    if (!walked)
        return forward(walked);
    if (out.has_parent_path())
        if (auto made = makeFolder(out.parent_path()); !made)
            return forward(made);
    return builder.write(out, progress, stop);
}

} // namespace assay
