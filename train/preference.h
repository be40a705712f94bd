#pragma once

#include "core/job/train_spec.h"

#include <cstdint>

namespace assay {

/// Sums of the log-probabilities of a pair's answers, in nats.
struct PairScore {
    double chosen = 0;
    double rejected = 0;
};

/// The loss of one preference pair (Rafailov et al., arXiv 2305.18290, equation 7; with label
/// smoothing e as in Mitchell's note on noisy preferences): with the margin
///   d = beta ((chosen - its reference) - (rejected - its reference)),
///   loss = -(1 - e) log sigmoid(d) - e log sigmoid(-d).
struct PairLoss {
    double loss = 0;
    double margin = 0; ///< d
    /// d loss / d chosen; that of rejected is its negative.
    double slope = 0;
};
PairLoss pairLoss(const TrainSpec::Dpo& dpo, const PairScore& score, const PairScore& reference);

/// Of several pairs.
struct PairSums {
    std::int64_t count = 0;
    double margin = 0;
    std::int64_t right = 0; ///< pairs whose better answer gained more
    void add(const PairLoss& loss) {
        ++count;
        margin += loss.margin;
        right += loss.margin > 0 ? 1 : 0;
    }
    void add(const PairSums& other) {
        count += other.count;
        margin += other.margin;
        right += other.right;
    }
    double meanMargin() const { return count > 0 ? margin / double(count) : 0; }
    double accuracy() const { return count > 0 ? double(right) / double(count) : 0; }
};

} // namespace assay
