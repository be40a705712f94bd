#pragma once

#include "core/analysis/run_log.h"
#include "ui/panels/runs/value_table.h"

namespace assay {

/// A line for each channel of a run: its name, loss now with its curve, change over the last 50
/// points, share of the trained tokens, held-out loss. Channels that only evaluation knows stand
/// there too. Highest loss first.
ValueModel::Rows channelRows(const RunLog& log);

} // namespace assay
