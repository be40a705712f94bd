#pragma once

#include "core/job/snapshot_writer.h"

namespace assay {

/// Hands the rows of the spec's data source to the writer.
Result<void> takeSources(const TrainSpec& spec, SnapshotWriter& writer,
    const ProgressFunction& progress, StopToken stop);

} // namespace assay
