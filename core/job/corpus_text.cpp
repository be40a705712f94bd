#include "core/job/corpus_text.h"

#include "core/base/file.h"
#include "core/base/temporary_folder.h"
#include "core/job/data_snapshot.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

Result<void> writeRows(const TrainSpec& spec, const fs::path& folder, const fs::path& file,
    const ProgressFunction& progress, StopToken stop, std::int64_t maxBytes) {
    auto summary = makeSnapshot(spec, folder, progress, stop);
    if (!summary)
        return forward(summary);
    auto out = AppendFile::open(file, 0);
    if (!out)
        return forward(out);
    bool isFull = false;
    auto walked = forEachSnapshotRow(folder, *summary, [&](SnapshotRow&& row) -> Result<void> {
        if (stop.stop_requested())
            return fail("cancelled");
        std::string text = row.sample.text.value_or(std::string());
        for (const Message& message : row.sample.messages)
            text += message.content + "\n";
        if (auto written = out->append(text + "\n"); !written)
            return written;
        isFull = out->size() >= maxBytes;
        if (isFull)
            return fail("cancelled"); // ends the walk
        return {};
    });
    if (!walked && !isFull)
        return walked;
    return {};
}

} // namespace

Result<void> writeCorpusText(const TrainSpec& spec, const fs::path& file,
    const ProgressFunction& progress, StopToken stop, std::int64_t maxBytes) {
    auto folder = makeTemporaryFolder("assay-rows");
    if (!folder)
        return forward(folder);
    auto written = writeRows(spec, *folder, file, progress, stop, maxBytes);
    std::error_code ignored;
    fs::remove_all(*folder, ignored);
    return written;
}

} // namespace assay
