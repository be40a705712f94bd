#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// What is known of the model and the data when a value is chosen; 0 where it is not known yet.
struct TrainingFacts {
    std::int64_t parameters = 0;
    bool randomStart = false;
    bool pretrain = false;
    bool adapter = false; ///< trained in place of the model's own weights
    std::int64_t adapterRank = 0;
    std::int64_t rows = 0; ///< to train on and held out
    std::int64_t p99Length = 0; ///< tokens, before the limit
    std::int64_t longest = 0;
    std::int64_t maxPositions = 0;
    std::int64_t maxLength = 0; ///< as the spec says now
    double rowsPerMicroBatch = 0;
    std::int64_t stepsPerEpoch = 0;
};

/// Values that are usual for this model and this data. A value outside is worth a second look, no
/// error.
struct ParameterRange {
    double low = 0;
    double high = 0;
    std::string reason; ///< why these, for this model and data; a sentence
    std::string source; ///< where from; "heuristic" where it is our own rule
};

/// None where the key has no numbers to recommend, or too little is known.
std::optional<ParameterRange> recommendedRange(std::string_view key, const TrainingFacts& facts);

} // namespace assay
