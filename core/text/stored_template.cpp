#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/built_in_templates.h"

namespace assay {

namespace {

constexpr const char* choiceFile = "assay_template.json";
constexpr const char* configFile = "tokenizer_config.json";
constexpr const char* jinjaFile = "chat_template.jinja";

using TemplateResult = Result<std::shared_ptr<const ChatTemplate>>;

/// tokenizer_config.json, or an empty object where there is none.
Result<Json> readConfig(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path))
        return Json::object();
    Result<Json> config = readJsonFile(path);
    if (config && !config->is_object())
        return fail("json.type",
            {{"key", "The document"}, {"expected", "an object"}, {"found", jsonTypeName(*config)}},
            path.string());
    return config;
}

TemplateResult storedChoice(const std::filesystem::path& path) {
    Result<Json> json = readJsonFile(path);
    if (!json)
        return forward(json);
    std::string name;
    JsonReader reader(*json, path.string());
    reader.read("name", name);
    reader.ignoreOthers(); // The hash is for people and records.
    if (Result<void> done = reader.finish(); !done)
        return forward(done);
    return chatTemplateByName(name);
}

/// A built-in template whose Jinja text this is.
TemplateResult recognised(const std::string& jinja, const std::filesystem::path& path) {
    for (const auto& one : builtInTemplates()) {
        if (jinja == one->jinja(false) || jinja == one->jinja(true))
            return one;
    }
    return fail(
        "text.unsupported_template", {{"path", path.string()}, {"known", builtInTemplateList()}});
}

} // namespace

TemplateResult chatTemplateOf(const std::filesystem::path& modelFolder) {
    if (std::filesystem::exists(modelFolder / choiceFile))
        return storedChoice(modelFolder / choiceFile);
    const std::filesystem::path jinjaPath = modelFolder / jinjaFile;
    if (std::filesystem::exists(jinjaPath)) {
        Result<std::string> text = readFile(jinjaPath);
        if (!text)
            return forward(text);
        return recognised(*text, jinjaPath);
    }
    const std::filesystem::path configPath = modelFolder / configFile;
    Result<Json> config = readConfig(configPath);
    if (!config)
        return forward(config);
    const auto own = config->find("chat_template");
    if (own == config->end() || own->is_null())
        return std::shared_ptr<const ChatTemplate>();
    // A list of named templates is never one of ours.
    return recognised(own->is_string() ? own->get<std::string>() : std::string(), configPath);
}

Result<void> storeChatTemplate(
    const ChatTemplate& chatTemplate, const std::filesystem::path& modelFolder) {
    const std::filesystem::path configPath = modelFolder / configFile;
    Result<Json> config = readConfig(configPath);
    if (!config)
        return forward(config);
    const auto addsBos = config->find("add_bos_token");
    const bool withBos = addsBos == config->end() || !addsBos->is_boolean() || addsBos->get<bool>();
    const std::string jinja = chatTemplate.jinja(withBos);
    // A folder without a tokenizer gets no configuration of one.
    const bool hasTokenizer
        = !config->empty() || std::filesystem::exists(modelFolder / "tokenizer.model");
    if (hasTokenizer && !jinja.empty()) {
        (*config)["chat_template"] = jinja;
        if (Result<void> done = writeFileAtomically(configPath, dumpJson(*config, 2) + "\n"); !done)
            return done;
        if (Result<void> done = writeFileAtomically(modelFolder / jinjaFile, jinja); !done)
            return done;
    }
    const Json choice{{"name", chatTemplate.name()}, {"hash", chatTemplate.hash()}};
    return writeFileAtomically(modelFolder / choiceFile, dumpJson(choice, 2) + "\n");
}

} // namespace assay
