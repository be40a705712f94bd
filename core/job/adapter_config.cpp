#include "core/job/adapter_config.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr const char* fileName = "adapter_config.json";
constexpr std::int64_t mostRank = 65536;

/// Whether a key asks for something: absent, null, false, "" and an empty container do not.
bool asks(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null())
        return false;
    if (found->is_boolean())
        return found->get<bool>();
    if (found->is_string())
        return !found->get_ref<const std::string&>().empty();
    return !found->is_structured() || !found->empty();
}

/// PEFT finds the entry whose key is the end of the module's name, or a pattern for it.
template <class T>
T patternValue(const std::map<std::string, T>& patterns, const std::string& module, T otherwise) {
    for (const auto& [key, value] : patterns) {
        if (namesModule(key, module))
            return value;
        const auto expression = Regex::compile("^(?:.*\\.)?(?:" + key + ")$", fileName);
        ByteRange match;
        if (expression && expression->find(module, 0, match))
            return value;
    }
    return otherwise;
}

class ConfigReader {
public:
    ConfigReader(const Json& json, const std::string& place)
        : m_json(json)
        , m_reader(json, place) {
        m_reader.ignoreOthers();
    }

    Result<AdapterConfig> read() {
        std::string type;
        m_reader.read("peft_type", type);
        if (!type.empty() && type != "LORA")
            return fail(
                "adapter.unsupported_type", {{"name", type}, {"known", "LORA"}}, m_reader.place());
        whole("r", m_config.rank, 1);
        number("lora_alpha", m_config.alpha);
        number("lora_dropout", m_config.dropout);
        if (!(m_config.dropout >= 0 && m_config.dropout < 1))
            problem("lora_dropout", "it must be 0 or more and below 1");
        flag("use_rslora", m_config.rankStabilised);
        flag("use_dora", m_config.decomposed);
        targets();
        m_config.targets.excluded = names("exclude_modules");
        m_config.savedWhole = names("modules_to_save");
        layers();
        patterns();
        if (const Json* base = given("base_model_name_or_path"); base && base->is_string())
            m_config.base = base->get<std::string>();
        variants();
        m_config.source = m_json;
        if (auto done = m_reader.finish(); !done)
            return forward(done);
        return std::move(m_config);
    }

private:
    /// The value of a key, null where it is absent or null.
    const Json* given(const char* key) {
        const Json* value = m_reader.optional(key);
        return value && !value->is_null() ? value : nullptr;
    }
    void problem(const char* key, const std::string& reason) {
        m_reader.report(Error("json.value", {{"key", key}, {"reason", reason}}));
    }
    void flag(const char* key, bool& target) {
        if (given(key))
            m_reader.readOptional(key, target);
    }
    void number(const char* key, double& target) {
        if (given(key))
            m_reader.readOptional(key, target);
        if (!std::isfinite(target))
            problem(key, "it must be a finite number");
    }
    void whole(const char* key, std::int64_t& target, std::int64_t least) {
        if (given(key))
            m_reader.readOptional(key, target);
        if (target < least || target > mostRank)
            problem(key, "it must be from 1 to 65536");
    }

    std::vector<std::string> names(const char* key) {
        std::vector<std::string> list;
        const Json* value = given(key);
        if (!value)
            return list;
        if (value->is_string())
            return {value->get<std::string>()};
        m_reader.readOptional(key, list);
        return list;
    }

    void targets() {
        const Json* value = given("target_modules");
        if (!value)
            return;
        if (!value->is_string()) {
            m_config.targets.names = names("target_modules");
            return;
        }
        const auto text = value->get<std::string>();
        if (text == "all-linear")
            m_config.targets.allLinear = true;
        else
            m_config.targets.pattern = text;
    }

    void layers() {
        const Json* value = given("layers_to_transform");
        if (!value)
            return;
        const auto add = [&](const Json& layer) {
            if (layer.is_number_integer() && layer.get<std::int64_t>() >= 0)
                m_config.targets.layers.push_back(layer.get<std::int64_t>());
            else
                problem("layers_to_transform", "it must hold layer numbers from 0 on");
        };
        if (value->is_array())
            std::ranges::for_each(*value, add);
        else
            add(*value);
    }

    void patterns() {
        if (const Json* value = given("rank_pattern"); value && value->is_object())
            for (const auto& [key, rank] : value->items()) {
                const bool good = rank.is_number_integer() && rank.get<std::int64_t>() >= 1
                    && rank.get<std::int64_t>() <= mostRank;
                if (good)
                    m_config.rankPattern[key] = rank.get<std::int64_t>();
                else
                    problem("rank_pattern", "every rank must be from 1 to 65536");
            }
        if (const Json* value = given("alpha_pattern"); value && value->is_object())
            for (const auto& [key, alpha] : value->items()) {
                if (alpha.is_number())
                    m_config.alphaPattern[key] = alpha.get<double>();
                else
                    problem("alpha_pattern", "every value must be a number");
            }
    }

    /// Variants of LoRA whose numbers would be wrong if they were read as plain ones.
    void variants() {
        const auto refuse = [&](const std::string& what) {
            m_reader.report(Error("adapter.unsupported_variant", {{"name", what}}));
        };
        for (const char* key : {"lora_bias", "layer_replication", "trainable_token_indices",
                 "use_qalora", "use_bdlora", "alora_invocation_tokens", "target_parameters",
                 "arrow_config", "velora_config"})
            if (asks(m_json, key))
                refuse(key);
        // These starts take a part out of the base's weights: the adapter alone does not give it
        // back.
        if (const Json* start = given("init_lora_weights"); start && start->is_string()) {
            const auto name = start->get<std::string>();
            for (const char* changing : {"pissa", "olora", "loftq", "corda"})
                if (name.starts_with(changing))
                    refuse("init_lora_weights \"" + name + "\"");
        }
    }

    const Json& m_json;
    JsonReader m_reader;
    AdapterConfig m_config;
};

} // namespace

bool namesModule(const std::string& name, const std::string& module) {
    return !name.empty() && (module == name || module.ends_with("." + name));
}

std::int64_t layerOfModule(const std::string& module) {
    for (std::size_t at = 0; at < module.size();) {
        const std::size_t dot = std::min(module.find('.', at), module.size());
        std::int64_t layer = 0;
        const char* end = module.data() + dot;
        const auto [stop, problem] = std::from_chars(module.data() + at, end, layer);
        if (problem == std::errc() && stop == end)
            return layer;
        at = dot + 1;
    }
    return -1;
}

std::int64_t AdapterConfig::rankOf(const std::string& module) const {
    return patternValue(rankPattern, module, rank);
}

double AdapterConfig::alphaOf(const std::string& module) const {
    return patternValue(alphaPattern, module, alpha);
}

double AdapterConfig::scaleOf(const std::string& module) const {
    const auto own = double(rankOf(module));
    return alphaOf(module) / (rankStabilised ? std::sqrt(own) : own);
}

std::string AdapterConfig::kind() const {
    return std::string(rankStabilised ? "rs" : "") + (decomposed ? "dora" : "lora");
}

Result<AdapterMatcher> AdapterMatcher::of(const AdapterTargets& targets) {
    AdapterMatcher matcher;
    matcher.m_targets = targets;
    if (!targets.pattern.empty()) {
        auto pattern = Regex::compile("^(?:" + targets.pattern + ")$", fileName);
        if (!pattern)
            return forward(pattern);
        matcher.m_pattern = std::move(*pattern);
    }
    return matcher;
}

bool AdapterMatcher::matches(const std::string& module) const {
    const auto names = [&](const std::string& name) { return namesModule(name, module); };
    if (std::ranges::any_of(m_targets.excluded, names))
        return false;
    if (!m_targets.layers.empty()
        && std::ranges::find(m_targets.layers, layerOfModule(module)) == m_targets.layers.end())
        return false;
    if (m_targets.allLinear)
        return true;
    ByteRange match;
    if (m_pattern)
        return m_pattern->find(module, 0, match);
    return std::ranges::any_of(m_targets.names, names);
}

bool isAdapterFolder(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / fileName, ignored);
}

Result<AdapterConfig> adapterConfigFromJson(const Json& json, const std::string& place) {
    return ConfigReader(json, place).read();
}

Result<AdapterConfig> readAdapterConfig(const fs::path& folder) {
    if (!isAdapterFolder(folder))
        return fail("adapter.no_folder", {{"path", folder.string()}});
    const fs::path path = folder / fileName;
    auto json = readJsonFile(path);
    if (!json)
        return forward(json);
    return adapterConfigFromJson(*json, path.string());
}

Json adapterConfigToJson(const AdapterConfig& config, bool savedAsTransposed) {
    Json json = config.source;
    const auto otherwise = [&](const char* key, const Json& value) {
        if (!json.contains(key))
            json[key] = value;
    };
    const auto whole = [](double number) { // PEFT's own files say 16, not 16.0
        return number == std::floor(number) && std::abs(number) < 1e15 ? Json(std::int64_t(number))
                                                                       : Json(number);
    };
    json["peft_type"] = "LORA";
    otherwise("task_type", "CAUSAL_LM");
    otherwise("auto_mapping", nullptr);
    json["base_model_name_or_path"] = config.base.empty() ? Json() : Json(config.base);
    otherwise("revision", nullptr);
    json["inference_mode"] = true;
    json["r"] = config.rank;
    json["lora_alpha"] = whole(config.alpha);
    json["lora_dropout"] = config.dropout;
    json["use_rslora"] = config.rankStabilised;
    json["use_dora"] = config.decomposed;
    if (config.targets.allLinear)
        json["target_modules"] = "all-linear";
    else if (!config.targets.pattern.empty())
        json["target_modules"] = config.targets.pattern;
    else if (!config.targets.names.empty())
        json["target_modules"] = config.targets.names;
    else
        json["target_modules"] = nullptr;
    json["exclude_modules"]
        = config.targets.excluded.empty() ? Json() : Json(config.targets.excluded);
    json["modules_to_save"] = config.savedWhole.empty() ? Json() : Json(config.savedWhole);
    json["layers_to_transform"]
        = config.targets.layers.empty() ? Json() : Json(config.targets.layers);
    otherwise("layers_pattern", nullptr);
    json["rank_pattern"] = config.rankPattern;
    json["alpha_pattern"] = Json::object();
    for (const auto& [key, alpha] : config.alphaPattern)
        json["alpha_pattern"][key] = whole(alpha);
    otherwise("bias", "none");
    json["fan_in_fan_out"] = savedAsTransposed;
    otherwise("init_lora_weights", true);
    return json;
}

} // namespace assay
