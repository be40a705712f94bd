#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/built_in_templates.h"
#include "core/text/own_template.h"

#include <optional>

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

/// A built-in template whose Jinja text this is, else the text itself as a template.
TemplateResult templateOfText(const std::string& jinja, const std::filesystem::path& folder,
    const std::filesystem::path& path) {
    for (const auto& one : builtInTemplates())
        if (jinja == one->jinja(false) || jinja == one->jinja(true))
            return one;
    Result<TokenizerConfig> config = readTokenizerConfig(folder);
    if (!config)
        return forward(config);
    return ownTemplate(jinja, *config, path.string());
}

/// The text of "chat_template": itself, or of several the one named "default", else the first.
std::optional<std::string> chosenText(const Json& own) {
    if (own.is_string())
        return own.get<std::string>();
    std::optional<std::string> chosen;
    if (!own.is_array())
        return chosen;
    for (const Json& one : own) {
        const auto name = one.is_object() ? one.find("name") : one.end();
        const auto text = one.is_object() ? one.find("template") : one.end();
        if (!one.is_object() || text == one.end() || !text->is_string())
            continue;
        const bool isDefault
            = name != one.end() && name->is_string() && name->get<std::string>() == "default";
        if (!chosen || isDefault)
            chosen = text->get<std::string>();
        if (isDefault)
            break;
    }
    return chosen;
}

TemplateResult foldersOwn(const std::filesystem::path& folder) {
    const std::filesystem::path jinjaPath = folder / jinjaFile;
    if (std::filesystem::exists(jinjaPath)) {
        Result<std::string> text = readFile(jinjaPath);
        if (!text)
            return forward(text);
        return templateOfText(*text, folder, jinjaPath);
    }
    const std::filesystem::path configPath = folder / configFile;
    Result<Json> config = readConfig(configPath);
    if (!config)
        return forward(config);
    const auto own = config->find("chat_template");
    if (own == config->end() || own->is_null())
        return std::shared_ptr<const ChatTemplate>();
    const std::optional<std::string> text = chosenText(*own);
    if (!text)
        return fail("json.value",
            {{"key", "chat_template"}, {"reason", "it is neither a text nor a list of named ones"}},
            configPath.string());
    return templateOfText(*text, folder, configPath);
}

TemplateResult storedChoice(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / choiceFile;
    Result<Json> json = readJsonFile(path);
    if (!json)
        return forward(json);
    std::string name;
    JsonReader reader(*json, path.string());
    reader.read("name", name);
    reader.ignoreOthers(); // The hash is for people and records.
    if (Result<void> done = reader.finish(); !done)
        return forward(done);
    return name == ownTemplateName ? foldersOwn(folder) : chatTemplateByName(name);
}

} // namespace

TemplateResult chatTemplateOf(const std::filesystem::path& modelFolder) {
    if (std::filesystem::exists(modelFolder / choiceFile))
        return storedChoice(modelFolder);
    return foldersOwn(modelFolder);
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
    const bool hasTokenizer = !config->empty() || chatTemplate.name() == ownTemplateName
        || std::filesystem::exists(modelFolder / "tokenizer.model")
        || std::filesystem::exists(modelFolder / "tokenizer.json");
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
