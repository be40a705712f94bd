#pragma once

#include "core/job/adapter_file.h"
#include "core/job/trained_parameters.h"
#include "model/low_rank.h"
#include "model/parameters.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay {

/// A low-rank adapter in memory. Its pairs stand in Parameters of their own, in fp32, so that the
/// optimizer, checkpoints and memory accounting work as for a model; modules that it keeps whole
/// stand in the base's.
class Adapter {
public:
    /// A new one for all maps that `config` names: A uniform within 1 / sqrt(in) as PEFT begins,
    /// B zero, DoRA's magnitudes the lengths of the base's rows. Nothing to adapt is an error that
    /// lists the maps.
    static Result<std::shared_ptr<Adapter>> make(const AdapterConfig& config, const ModelPlan& plan,
        const Parameters& base, ParameterUse use, std::uint64_t seed);
    /// One read from a folder. Modules that the model does not have and wrong shapes are listed.
    static Result<std::shared_ptr<Adapter>> load(
        const AdapterFile& file, const ModelPlan& plan, const Parameters& base, ParameterUse use);

    const AdapterConfig& config() const { return m_config; }
    const std::shared_ptr<Parameters>& parameters() const { return m_parameters; }
    /// What it adds to a map; null where it adds nothing.
    std::shared_ptr<const LowRank> termOf(const LinearPlan& plan) const;

    /// Takes DoRA's lengths anew: after its numbers changed, before the next pass.
    void refresh(const Parameters& base);
    /// Dropout of the coming passes; off at first.
    void setNoise(std::uint64_t seed);
    void setNoiseOff();

    /// Writes adapter_config.json and adapter_model.safetensors in PEFT's layout; modules kept
    /// whole are taken from the base's master weights.
    Result<void> save(
        const std::filesystem::path& folder, const ModelPlan& plan, const Parameters& base) const;

private:
    /// A module with its pair: all maps that share one weight have one.
    struct Module {
        std::string name;
        std::string weight; ///< of the base
        std::int64_t out = 0;
        std::int64_t in = 0;
        bool transposed = false; ///< in the base's file
        std::int64_t rank = 0;
        at::Tensor lengths;
    };
    static Result<std::shared_ptr<Adapter>> lay(const AdapterConfig& config, const ModelPlan& plan,
        const std::vector<std::string>* names, ParameterUse use);
    std::string tensorName(AdapterPart part, const Module& module) const;

    AdapterConfig m_config;
    std::vector<Module> m_modules;
    std::map<std::string, std::size_t> m_byName;
    std::shared_ptr<Parameters> m_parameters;
    std::shared_ptr<AdapterNoise> m_noise = std::make_shared<AdapterNoise>();
};

/// A base with the modules that an adapter keeps whole in place of its own. Where the embeddings
/// are tied and only one side was trained, or each to something else, they are tied no more (a tie
/// that is kept would lose one of them: huggingface/transformers issue 45127).
struct AdaptedBase {
    ModelSpec spec;
    std::shared_ptr<Parameters> parameters; ///< shares all other weights with the base
};
Result<AdaptedBase> adaptedBase(
    const AdapterFile& file, const ModelSpec& spec, const std::shared_ptr<Parameters>& base);

/// Puts the modules that an adapter's file keeps whole into a base that is trained on.
Result<void> takeWhole(const AdapterFile& file, const ModelPlan& plan, Parameters& base);

/// A model that needs no adapter: W + s B A in fp32 for every map (DoRA: its rows brought to their
/// magnitudes), with the modules kept whole.
Result<AdaptedBase> mergedModel(
    const AdapterFile& file, const ModelSpec& spec, const std::shared_ptr<Parameters>& base);

} // namespace assay
