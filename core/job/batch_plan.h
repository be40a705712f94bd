#pragma once

#include "core/job/train_rows.h"
#include "core/job/train_spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace assay {

/// Micro-batches of one epoch: indices into the rows. No padding exists: rows stand end to end.
using EpochPlan = std::vector<std::vector<std::int64_t>>;

/// What an epoch's plan depends on, of each row to train on.
struct PlannedRows {
    std::vector<std::int64_t> lengths; ///< tokens
    std::vector<std::string> channels;
};
PlannedRows plannedRows(const std::vector<TrainRow>& rows);

/// A pure function of spec, rows (their lengths in tokens and their channels decide) and epoch
/// (from 0), so that a resumed run sees the same order without storing it, and a preview the same
/// as the run. data.mix says how often rows of a channel are seen. "shuffle": rows are shuffled by
/// seed and epoch, packed (best-fit, or in their order where all are much shorter than a pack), and
/// the packs shuffled. "file": rows stay in order. Without packing a micro-batch is a fixed number
/// of rows.
EpochPlan planEpoch(const TrainSpec& spec, const PlannedRows& rows, std::int64_t epoch);

/// Steps of one epoch: its micro-batches by the accumulation, the last step may be smaller.
std::int64_t stepsOf(const EpochPlan& plan, std::int64_t accumulation);

/// Steps of the whole run.
std::int64_t totalSteps(const TrainSpec& spec, const PlannedRows& rows);

} // namespace assay
