#pragma once

#include "core/job/model_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// A linear map, and where its numbers stand in the file. Several maps may share one parameter
/// ("fused"): each is a range of its rows.
struct LinearPlan {
    std::string weight; ///< empty: there is no such map
    std::string bias; ///< empty: none
    std::int64_t out = 0;
    std::int64_t in = 0;
    std::int64_t firstRow = 0; ///< of the parameter
    std::int64_t allRows = 0; ///< of the parameter
    bool transposed = false; ///< the file stores [in, out]
    bool exists() const { return !weight.empty(); }
    /// The name that adapters know it by: the weight's without ".weight".
    std::string module() const;
};

enum class NormKind {
    Rms, ///< x / rms(x) * w
    RmsPlusOne, ///< x / rms(x) * (1 + w)
    Layer ///< (x - mean) / deviation * w + b
};
struct NormPlan {
    NormKind kind = NormKind::Rms;
    std::string weight; ///< empty: there is no such norm
    std::string bias; ///< Layer only
    std::int64_t width = 0;
    double epsilon = 1e-5;
    bool exists() const { return !weight.empty(); }
};

struct AttentionPlan {
    LinearPlan query, key, value, output;
    NormPlan queryNorm, keyNorm; ///< of each head, before the rotation
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t headDimension = 0;
    double scale = 1; ///< of the scores
    double softcap = 0; ///< scores become softcap * tanh(score / softcap); 0: they stay
    std::int64_t window = 0; ///< a position sees itself and window - 1 before it; 0: all
    int rope = -1; ///< index into ModelPlan::ropes; -1: not rotated
};

/// down(activation(gate(x)) * up(x)), or without a gate down(activation(up(x))).
struct MlpPlan {
    LinearPlan gate, up, down;
    Activation activation = Activation::Silu;
};

/// x + attention(norm(x)), then x + mlp(norm(x)). A post-norm stands between a branch and the sum.
struct LayerPlan {
    NormPlan attentionNorm;
    AttentionPlan attention;
    NormPlan attentionPostNorm;
    NormPlan mlpNorm;
    MlpPlan mlp;
    NormPlan mlpPostNorm;
};

struct RopePlan {
    RopeSpec spec;
    std::int64_t dimension = 0; ///< rotated numbers of each head, the first ones
};

/// A decoder as shared blocks with the names of their parameters: what a family's builder makes of
/// a ModelSpec, and all that the engine needs to compute it.
struct ModelPlan {
    std::string embedding; ///< [vocabulary, hidden]
    double embeddingScale = 1;
    std::string positions; ///< learned positions [maxPositions, hidden]; empty: none
    std::vector<RopePlan> ropes;
    std::vector<LayerPlan> layers;
    NormPlan norm;
    std::string head; ///< [vocabulary, hidden]; the embedding's name where they are tied
    double headSoftcap = 0;
    std::int64_t vocabularySize = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t maxPositions = 0;
};

/// Needs a family of supportedFamilies().
ModelPlan modelPlan(const ModelSpec& spec);

/// All maps of all layers, in the order of the forward pass; without the head.
std::vector<LinearPlan> linearPlans(const ModelPlan& plan);

/// A parameter as it is computed with; in the file a transposed one stands as [columns, rows].
struct ParameterShape {
    std::string name;
    std::vector<std::int64_t> shape;
    bool transposed = false;
};
/// All parameters of a model in the order of the forward pass, each once.
std::vector<ParameterShape> parameterShapes(const ModelPlan& plan);

} // namespace assay
