#include "core/job/adapter_spec.h"

#include <algorithm>

namespace assay {

Result<AdapterTargets> adapterTargetsOf(const std::vector<std::string>& list) {
    constexpr std::string_view mark = "re:";
    AdapterTargets targets;
    for (const std::string& entry : list) {
        const bool special = entry == "all-linear" || entry.starts_with(mark);
        if (special && list.size() > 1)
            return fail("json.value",
                {{"key", "targets"}, {"reason", "\"" + entry + "\" must stand alone"}});
        if (entry == "all-linear")
            targets.allLinear = true;
        else if (entry.starts_with(mark))
            targets.pattern = entry.substr(mark.size());
        else
            targets.names.push_back(entry);
    }
    if (auto matcher = AdapterMatcher::of(targets); !matcher)
        return fail("json.value",
            {{"key", "targets"}, {"reason", "\"" + targets.pattern + "\" is no expression"}});
    return targets;
}

Result<AdapterConfig> trainedAdapter(const TrainSpec& spec) {
    AdapterConfig config;
    if (!spec.adapter.start.empty()) {
        auto read = readAdapterConfig(spec.adapter.start);
        if (!read)
            return forward(read);
        config = std::move(*read);
        config.dropout = spec.adapter.dropout;
    } else {
        config.rank = spec.adapter.rank;
        config.alpha = spec.adapter.alpha;
        config.dropout = spec.adapter.dropout;
        config.rankStabilised = spec.adapter.kind == "rslora";
        config.decomposed = spec.adapter.kind == "dora";
        auto targets = adapterTargetsOf(spec.adapter.targets);
        if (!targets)
            return forward(targets);
        config.targets = std::move(*targets);
        config.savedWhole = spec.adapter.savedWhole;
    }
    config.base = spec.model.path;
    return config;
}

} // namespace assay
