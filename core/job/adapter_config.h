#pragma once

#include "core/base/json.h"
#include "core/text/split/regex.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Which maps of a model an adapter works on. Module names are those of the weights without
/// ".weight": "model.layers.0.self_attn.q_proj".
struct AdapterTargets {
    std::vector<std::string> names; ///< a whole module name, or its last parts: "q_proj"
    std::string pattern; ///< instead of names: a regular expression for whole module names
    bool allLinear = false; ///< every map of every layer; the head is none of them
    std::vector<std::string> excluded; ///< names as above
    std::vector<std::int64_t> layers; ///< only of these layers; empty: of all

    bool given() const { return allLinear || !names.empty() || !pattern.empty(); }
};

/// A low-rank adapter as PEFT describes it in adapter_config.json (LoRA: Hu et al., arXiv
/// 2106.09685; rsLoRA: Kalajdzievski, arXiv 2312.03732; DoRA: Liu et al., arXiv 2402.09353).
struct AdapterConfig {
    std::int64_t rank = 8;
    double alpha = 8;
    double dropout = 0; ///< share of a map's inputs that the adapter does not see in training
    bool rankStabilised = false; ///< scale alpha / sqrt(rank) in place of alpha / rank
    bool decomposed = false; ///< DoRA: a trained length for each row of the weight
    AdapterTargets targets;
    std::map<std::string, std::int64_t> rankPattern; ///< end of a module name -> its own rank
    std::map<std::string, double> alphaPattern;
    std::vector<std::string> savedWhole; ///< modules that are trained and stored whole
    std::string base; ///< folder or hub name of the model that it adapts; may be empty
    /// The file as it was read: keys without a field here are kept when it is written again.
    Json source = Json::object();

    std::int64_t rankOf(const std::string& module) const;
    double alphaOf(const std::string& module) const;
    /// What the low-rank product is multiplied with.
    double scaleOf(const std::string& module) const;
    /// "lora", "rslora", "dora" or "rsdora".
    std::string kind() const;
};

/// Reads adapter_config.json of a folder. Other kinds of adapters, and variants of LoRA that change
/// the base or add what is not computed here, are refused by name; all problems are listed.
Result<AdapterConfig> readAdapterConfig(const std::filesystem::path& folder);
Result<AdapterConfig> adapterConfigFromJson(const Json& json, const std::string& place);
/// In PEFT's layout; `savedAsTransposed` for families that keep their weights the other way round.
Json adapterConfigToJson(const AdapterConfig& config, bool savedAsTransposed);
/// Whether a folder holds an adapter.
bool isAdapterFolder(const std::filesystem::path& folder);

/// Decides for module after module whether the adapter works on it.
class AdapterMatcher {
public:
    static Result<AdapterMatcher> of(const AdapterTargets& targets);
    bool matches(const std::string& module) const;

private:
    AdapterTargets m_targets;
    std::optional<Regex> m_pattern;
};

/// Whether `name` is the module's name or its last parts.
bool namesModule(const std::string& name, const std::string& module);
/// The layer that a module name speaks of: its first part that is a number; -1: none.
std::int64_t layerOfModule(const std::string& module);

} // namespace assay
