#include "core/text/tokenizer_config.h"

#include "core/base/json.h"

#include <algorithm>
#include <charconv>

namespace assay {

namespace {

/// A token named as a string or as an object with `content`; null and other types name none.
std::optional<std::string> tokenName(const Json& config, const char* key) {
    const auto found = config.find(key);
    if (found == config.end())
        return std::nullopt;
    if (found->is_string())
        return found->get<std::string>();
    if (found->is_object()) {
        const auto content = found->find("content");
        if (content != found->end() && content->is_string())
            return content->get<std::string>();
    }
    return std::nullopt;
}

bool flag(const Json& object, const char* key, bool absent) {
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : absent;
}

Result<AddedToken> addedToken(const std::string& key, const Json& value, const std::string& place) {
    AddedToken token;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), token.id);
    if (error != std::errc() || end != key.data() + key.size() || token.id < 0)
        return fail("json.value",
            {{"key", "added_tokens_decoder/" + key}, {"reason", "the key is not an id"}}, place);
    const auto content = value.is_object() ? value.find("content") : value.end();
    if (!value.is_object() || content == value.end() || !content->is_string()
        || content->get_ref<const std::string&>().empty())
        return fail("json.value",
            {{"key", "added_tokens_decoder/" + key}, {"reason", "it has no text `content`"}},
            place);
    token.content = content->get<std::string>();
    token.special = flag(value, "special", false);
    token.stripLeft = flag(value, "lstrip", false);
    token.stripRight = flag(value, "rstrip", false);
    token.singleWord = flag(value, "single_word", false);
    token.normalised = flag(value, "normalized", false);
    return token;
}

Result<std::vector<AddedToken>> readAddedTokensFile(const std::filesystem::path& path) {
    std::vector<AddedToken> tokens;
    if (!std::filesystem::exists(path))
        return tokens;
    Result<Json> json = readJsonFile(path);
    if (!json)
        return forward(json);
    if (!json->is_object())
        return fail("json.type",
            {{"key", "The document"}, {"expected", "an object"}, {"found", jsonTypeName(*json)}},
            path.string());
    for (const auto& [content, id] : json->items()) {
        if (!id.is_number_integer() || id.get<std::int64_t>() < 0
            || id.get<std::int64_t>() > INT32_MAX)
            return fail(
                "json.value", {{"key", content}, {"reason", "it is not an id"}}, path.string());
        AddedToken& token = tokens.emplace_back();
        token.id = id.get<TokenId>();
        token.content = content;
    }
    return tokens;
}

} // namespace

Result<TokenizerConfig> readTokenizerConfig(const std::filesystem::path& folder) {
    TokenizerConfig result;
    const std::filesystem::path path = folder / "tokenizer_config.json";
    if (std::filesystem::exists(path)) {
        Result<Json> config = readJsonFile(path);
        if (!config)
            return forward(config);
        if (!config->is_object())
            return fail("json.type",
                {{"key", "The document"}, {"expected", "an object"},
                    {"found", jsonTypeName(*config)}},
                path.string());
        if (const auto adds = config->find("add_bos_token");
            adds != config->end() && adds->is_boolean())
            result.addBosToken = adds->get<bool>();
        result.legacy = flag(*config, "legacy", true);
        result.bosToken = tokenName(*config, "bos_token");
        result.eosToken = tokenName(*config, "eos_token");
        result.unknownToken = tokenName(*config, "unk_token");
        result.padToken = tokenName(*config, "pad_token");
        if (const auto named = config->find("tokenizer_class");
            named != config->end() && named->is_string())
            result.tokenizerClass = named->get<std::string>();
        if (const auto added = config->find("added_tokens_decoder");
            added != config->end() && added->is_object()) {
            for (const auto& [key, value] : added->items()) {
                Result<AddedToken> token = addedToken(key, value, path.string());
                if (!token)
                    return forward(token);
                result.addedTokens.push_back(std::move(*token));
            }
        }
    }
    if (result.addedTokens.empty()) {
        // What was written before transformers 4.34.
        Result<std::vector<AddedToken>> tokens = readAddedTokensFile(folder / "added_tokens.json");
        if (!tokens)
            return forward(tokens);
        result.addedTokens = std::move(*tokens);
    }
    std::sort(result.addedTokens.begin(), result.addedTokens.end(),
        [](const AddedToken& a, const AddedToken& b) { return a.id < b.id; });
    return result;
}

} // namespace assay
