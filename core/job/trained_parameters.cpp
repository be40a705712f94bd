#include "core/job/trained_parameters.h"

#include "core/job/adapter_spec.h"

#include <algorithm>
#include <set>

namespace assay {

namespace {

std::string moduleOf(const std::string& parameter) {
    return parameter.substr(0, parameter.rfind('.'));
}

std::int64_t pairNumbers(const AdapterConfig& config, const ModelPlan& plan) {
    const auto matcher = AdapterMatcher::of(config.targets);
    if (!matcher)
        return 0;
    std::set<std::string> seen; // maps that share a weight share a pair
    std::int64_t count = 0;
    for (const LinearPlan& map : linearPlans(plan)) {
        const std::string module = map.module();
        if (matcher->matches(module) && seen.insert(module).second)
            count += config.rankOf(module) * (map.allRows + map.in)
                + (config.decomposed ? map.allRows : 0);
    }
    return count;
}

} // namespace

std::vector<std::string> wholeParameters(const AdapterConfig& config, const ModelPlan& plan) {
    std::vector<std::string> found;
    for (const ParameterShape& parameter : parameterShapes(plan)) {
        const auto names = [&](const std::string& name) {
            return namesModule(name, moduleOf(parameter.name))
                || (name == "lm_head" && parameter.name == plan.head);
        };
        if (std::ranges::any_of(config.savedWhole, names))
            found.push_back(parameter.name);
    }
    return found;
}

std::function<bool(const std::string&)> learningParameters(
    const TrainSpec& spec, const ModelPlan& plan, const std::optional<AdapterConfig>& adapter) {
    if (adapter)
        return [whole = wholeParameters(*adapter, plan)](const std::string& name) {
            return std::ranges::find(whole, name) != whole.end();
        };
    return [freeze = spec.freeze, embedding = plan.embedding, positions = plan.positions](
               const std::string& name) {
        if (freeze.embeddings && (name == embedding || name == positions))
            return false;
        const std::string module = moduleOf(name);
        const std::int64_t layer = layerOfModule(module);
        if (layer >= 0 && layer < freeze.firstLayers)
            return false;
        return std::ranges::none_of(
            freeze.modules, [&](const std::string& frozen) { return namesModule(frozen, module); });
    };
}

Result<void> checkModuleNames(const TrainSpec& spec, const ModelPlan& plan) {
    const std::vector<ParameterShape> parameters = parameterShapes(plan);
    const auto check = [&](const char* key, const std::vector<std::string>& names) -> Result<void> {
        for (const std::string& name : names) {
            const bool known = name == "lm_head"
                || std::ranges::any_of(parameters, [&](const ParameterShape& parameter) {
                       return namesModule(name, moduleOf(parameter.name));
                   });
            if (!known)
                return fail("train.no_module", {{"key", key}, {"name", name}});
        }
        return {};
    };
    if (auto done = check("freeze.modules", spec.freeze.modules); !done)
        return done;
    if (!spec.adapter.wanted())
        return {};
    if (auto done = check("adapter.saved_whole", spec.adapter.savedWhole); !done)
        return done;
    auto config = trainedAdapter(spec);
    if (!config)
        return forward(config);
    if (!spec.adapter.start.empty() || pairNumbers(*config, plan) > 0)
        return {};
    std::set<std::string> names;
    for (const LinearPlan& map : linearPlans(plan))
        names.insert(map.module().substr(map.module().rfind('.') + 1));
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return fail("adapter.no_target", {{"known", list}});
}

TrainedCount countTrained(const TrainSpec& spec, const ModelSpec& model) {
    const ModelPlan plan = modelPlan(model);
    std::optional<AdapterConfig> adapter;
    if (spec.adapter.wanted()) {
        auto config = trainedAdapter(spec);
        adapter = config ? std::move(*config) : AdapterConfig();
    }
    TrainedCount count;
    const auto learns = learningParameters(spec, plan, adapter);
    for (const ParameterShape& parameter : parameterShapes(plan)) {
        if (!learns(parameter.name))
            continue;
        std::int64_t size = 1;
        for (const std::int64_t dimension : parameter.shape)
            size *= dimension;
        count.own += size;
    }
    if (adapter)
        count.adapter = pairNumbers(*adapter, plan);
    return count;
}

} // namespace assay
