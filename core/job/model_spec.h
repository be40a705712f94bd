#pragma once

#include "core/base/json.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace assay {

/// What a decoder looks like, as plain data read from config.json.
struct ModelSpec {
    std::string family = "llama"; ///< config.json's model_type
    std::int64_t vocabularySize = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t intermediateSize = 0;
    std::int64_t layers = 0;
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headDimension = 0;
    std::int64_t maxPositions = 0;
    double normEps = 1e-5;
    bool tiedEmbeddings = false;

    struct Rope {
        double theta = 10000;
        std::string scaling; ///< empty, "linear" or "llama3"
        double factor = 1;
        double lowFrequencyFactor = 1;
        double highFrequencyFactor = 4;
        std::int64_t originalPositions = 0;
    } rope;

    TokenId bosId = -1;
    /// All ids that end generation: config.json's and generation_config.json's.
    std::vector<TokenId> endIds;

    std::int64_t parameterCount() const;
};

/// Families that can be built, by model_type.
std::vector<std::string> supportedFamilies();

/// Reads config.json and generation_config.json of a model folder; every problem is listed. Unknown
/// keys are accepted: these files belong to others.
Result<ModelSpec> readModelSpec(const std::filesystem::path& folder);
/// config.json as transformers reads it.
Json modelSpecToConfig(const ModelSpec& spec);
/// generation_config.json.
Json modelSpecToGenerationConfig(const ModelSpec& spec);

/// Inverse frequencies [headDimension / 2] after scaling. "linear": arXiv 2306.15595; "llama3": the
/// rule published with Llama 3.1, which leaves short wavelengths, divides long ones and blends
/// between.
std::vector<float> inverseFrequencies(const ModelSpec& spec);

} // namespace assay
