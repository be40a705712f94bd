#pragma once

#include "core/base/json.h"
#include "core/job/rope.h"
#include "core/text/tokenizer.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class Activation {
    Silu, ///< x * sigmoid(x)
    GeluTanh ///< the approximation of GELU by tanh (arXiv 1606.08415)
};

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
    std::int64_t maxPositions = 0; ///< after any stretching of the context
    double normEps = 1e-5;
    bool tiedEmbeddings = false;

    RopeSpec rope;
    std::int64_t rotaryDimension = 0; ///< rotated numbers of each head; 0: all
    std::optional<RopeSpec> windowedRope; ///< of layers with a window, where they differ
    Activation activation = Activation::Silu;
    bool attentionBias = false; ///< of query, key and value
    bool attentionOutputBias = false;
    bool mlpBias = false;
    double attentionScale = 0; ///< 0: 1 / sqrt(headDimension)
    double attentionSoftcap = 0; ///< 0: none
    double headSoftcap = 0; ///< 0: none
    std::vector<std::int64_t> windows; ///< of each layer, 0: sees all; empty: all see all

    TokenId bosId = -1;
    /// All ids that end generation: config.json's and generation_config.json's.
    std::vector<TokenId> endIds;
    /// config.json as it was read, so that what we do not know is written back; null for a new
    /// model.
    Json config;

    std::int64_t parameterCount() const;
};

/// Families that can be built, by model_type.
std::vector<std::string> supportedFamilies();

/// Reads config.json and generation_config.json of a model folder; every problem is listed. Unknown
/// keys are accepted: these files belong to others.
Result<ModelSpec> readModelSpec(const std::filesystem::path& folder);
/// The same from a config that stands elsewhere, such as one made from another format's metadata;
/// `place` is named in errors.
Result<ModelSpec> modelSpecFromConfig(const Json& config, const std::string& place);
/// config.json as transformers reads it: the one that was read, brought up to date, or a new one.
Json modelSpecToConfig(const ModelSpec& spec);
/// generation_config.json.
Json modelSpecToGenerationConfig(const ModelSpec& spec);

} // namespace assay
