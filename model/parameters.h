#pragma once

#include "core/base/progress.h"
#include "core/job/engine_interface.h"
#include "core/job/model_spec.h"
#include "core/weights/weights.h"

#include <ATen/ATen.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay {

/// A named piece of the flat buffers.
struct Parameter {
    std::string name; ///< as in a Hugging Face file
    std::vector<std::int64_t> shape; ///< as computed with
    bool transposed = false; ///< the file holds [columns, rows]
    std::int64_t offset = 0; ///< elements
    std::int64_t count = 0;
    bool isMatrix() const { return shape.size() >= 2; }
    /// As in the file.
    std::vector<std::int64_t> fileShape() const;
};

enum class ParameterUse {
    Inference, ///< nothing learns
    Training, ///< all, or those that a predicate names; every weight has its fp32 master
    Base, ///< only those that a predicate names, and only they have a master
};

/// All weights of a model as views into flat buffers: one fp32 master, one gradient, and for bf16
/// one copy to compute with. The optimizer, clipping and exact memory accounting work on the flat
/// buffers. What learns stands first in them, so that gradients and moments exist for it alone.
class Parameters {
public:
    using Learns = std::function<bool(const std::string& name)>;
    Parameters(
        std::vector<Parameter> layout, Dtype dtype, ParameterUse use, const Learns& learns = {});

    const std::vector<Parameter>& layout() const { return m_layout; }
    const Parameter& find(const std::string& name) const;
    Dtype dtype() const { return m_dtype; }
    std::int64_t count() const { return m_count; }
    /// Elements that learn: the first of the flat buffers.
    std::int64_t trainedCount() const { return m_trained; }
    bool learns(const Parameter& parameter) const { return parameter.offset < m_trained; }

    /// The weight in the type that is computed in.
    at::Tensor weight(const std::string& name) const;
    /// Its fp32 gradient; undefined where it does not learn.
    at::Tensor gradient(const std::string& name) const;
    /// The weight in fp32: its master, else what is computed with.
    at::Tensor masterWeight(const std::string& name) const;

    /// Flat fp32; undefined for bf16 inference, and of a bf16 Base [trainedCount].
    const at::Tensor& master() const { return m_master; }
    /// Flat, in the type computed in; the master itself for fp32.
    const at::Tensor& compute() const { return m_compute; }
    /// Flat fp32 [trainedCount]; undefined where nothing learns.
    const at::Tensor& gradients() const { return m_gradients; }

    /// Sets one parameter from fp32 values, rounding where bf16 is computed in.
    void set(const Parameter& parameter, std::span<const float> values);

    /// The same weights in memory, but other tensors under some names, which may be new: for asking
    /// only.
    Parameters withReplaced(std::map<std::string, at::Tensor> replaced) const;

    /// Some uploads leave out the first part of all names ("transformer." of GPT-2); it is left out
    /// again when the weights are written.
    const std::string& omittedPrefix() const { return m_omittedPrefix; }
    void setOmittedPrefix(std::string prefix) { m_omittedPrefix = std::move(prefix); }
    std::string fileName(const Parameter& parameter) const;

private:
    std::vector<Parameter> m_layout;
    std::unordered_map<std::string, std::size_t> m_byName;
    Dtype m_dtype;
    std::int64_t m_count = 0;
    std::int64_t m_trained = 0;
    std::map<std::string, at::Tensor> m_replaced;
    std::string m_omittedPrefix;
    at::Tensor m_master;
    at::Tensor m_compute;
    at::Tensor m_gradients;
};

/// Names and shapes of a decoder's parameters, in the order of the forward pass.
std::vector<Parameter> parameterLayout(const ModelSpec& spec);

/// Random start: normal with `standardDeviation`, the two projections that write into the residual
/// stream divided by sqrt(2 * layers) so that its variance does not grow with depth; norms are 1.
void initialise(
    Parameters& parameters, const ModelSpec& spec, double standardDeviation, std::uint64_t seed);

/// Reads all parameters from weights of any format. Missing and surplus tensors, wrong shapes and
/// types are listed together. Buffers that some exporters write (rotary inverse frequencies, causal
/// masks) and an lm_head that repeats tied embeddings are accepted.
Result<void> loadWeights(const Weights& weights, const ModelSpec& spec, Parameters& parameters,
    const ProgressFunction& progress, StopToken stop);
/// The same of a folder.
Result<void> loadWeights(const std::filesystem::path& folder, const ModelSpec& spec,
    Parameters& parameters, const ProgressFunction& progress, StopToken stop);
/// Writes model.safetensors in fp32 from the master weights, under the names and in the layout in
/// which they were read.
Result<void> saveWeights(const std::filesystem::path& folder, const Parameters& parameters);

} // namespace assay
