#pragma once

#include "core/job/train_rows.h"
#include "core/job/train_spec.h"

#include <cstdint>
#include <span>
#include <vector>

namespace assay {

/// Micro-batches of one epoch: indices into the rows. No padding exists: rows stand end to end.
using EpochPlan = std::vector<std::vector<std::int64_t>>;

/// A pure function of spec, rows (their lengths in tokens decide) and epoch (from 0), so that a
/// resumed run sees the same order without storing it, and a preview the same as the run.
/// "shuffle": rows are shuffled by seed and epoch, packed (best-fit, or in their order where all
/// are much shorter than a pack), and the packs shuffled. "file": rows stay in order. Without
/// packing a micro-batch is a fixed number of rows.
EpochPlan planEpoch(
    const TrainSpec& spec, std::span<const std::int64_t> lengths, std::int64_t epoch);
std::vector<std::int64_t> lengthsOf(const std::vector<TrainRow>& rows);

/// Steps of one epoch: its micro-batches by the accumulation, the last step may be smaller.
std::int64_t stepsOf(const EpochPlan& plan, std::int64_t accumulation);

/// Steps of the whole run.
std::int64_t totalSteps(const TrainSpec& spec, std::span<const std::int64_t> lengths);

} // namespace assay
