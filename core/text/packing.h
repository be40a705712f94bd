#pragma once

#include "core/text/chat_template.h"

namespace assay {

/// Which samples go together into each micro-batch, as indices into the list of lengths.
struct PackingPlan {
    std::vector<std::vector<std::int64_t>> bins;
    /// Samples longer than a bin, which have no place: cut them first.
    std::vector<std::int64_t> tooLong;
    /// Filled share of all bins, 0..1; 0 where there is none.
    double fill = 0;
};

enum class PackingOrder {
    /// Best-fit decreasing: the longest samples first, each into the fullest bin that still holds
    /// it (the
    /// oldest of equals). Within 11/9 of the least number of bins (Johnson et al., 1974).
    BestFit,
    /// The order of the samples is kept; a bin is closed by the first sample that does not fit.
    Keep,
};

/// Packs samples of the given lengths (tokens, empty ones included) into bins of `binTokens` > 0. A
/// pure function: the same lengths give the same plan. Indices within a bin ascend; bins come in
/// the order of their first index.
PackingPlan planPacking(
    std::span<const std::int64_t> lengths, std::int64_t binTokens, PackingOrder order);

/// What a length limit does to one sample.
struct Truncation {
    std::int64_t cutTokens = 0;
    std::int64_t cutTrainedTokens = 0;
    bool truncated() const { return cutTokens > 0; }
};

/// Keeps the first `maxLength` tokens; `text` stays whole, so that ranges keep their meaning.
Truncation truncateToLength(EncodedSample& sample, std::int64_t maxLength);

/// What a length limit would cut from a set, to be shown before a run.
struct LengthReport {
    std::int64_t samples = 0;
    std::int64_t tokens = 0;
    std::int64_t trainedTokens = 0;
    std::int64_t overlongSamples = 0;
    std::int64_t cutTokens = 0;
    std::int64_t cutTrainedTokens = 0;
    /// Samples without a trained token as they are, and those that lose their last by the limit.
    std::int64_t untrainedSamples = 0;
    std::int64_t untrainedByCut = 0;
    /// Lengths in tokens (nearest rank).
    std::int64_t p50 = 0;
    std::int64_t p95 = 0;
    std::int64_t p99 = 0;
    std::int64_t longest = 0;
};

/// Collects the figures sample by sample; samples are given before they are cut.
class LengthReporter {
public:
    explicit LengthReporter(std::int64_t maxLength)
        : m_maxLength(maxLength) { }
    void add(const EncodedSample& sample);
    LengthReport report() const;

private:
    std::int64_t m_maxLength;
    LengthReport m_report;
    std::vector<std::int64_t> m_lengths;
};

} // namespace assay
