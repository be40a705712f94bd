#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace assay {

/// How often the rows of one channel are seen in an epoch.
struct MixRule {
    std::string channel;
    double amount = 1;
    /// False: each row `amount` times (0.5: half of them, others in the next epoch; 2: twice).
    /// True: the channel's rows are this share of all rows of an epoch, repeated where there are
    /// too few of them.
    bool isShare = false;
};

/// Reads "CHANNEL=2" and "CHANNEL=20%".
Result<std::vector<MixRule>> channelMix(const std::vector<std::string>& list);

/// The rows of one epoch, as indices, in ascending order with repetitions: a pure function of its
/// arguments. Every row of a channel is seen equally often, but for one time, over the epochs.
/// Channels without a rule are seen once. `channels` is each row's.
std::vector<std::int64_t> mixedRows(std::span<const MixRule> rules,
    std::span<const std::string> channels, std::uint64_t seed, std::int64_t epoch);

} // namespace assay
