#include "core/models/gguf_pre_tokenizer.h"

#include "core/text/split/gpt_split.h"

namespace assay {

namespace {

Json byteLevel(bool useRegex) {
    return {{"type", "ByteLevel"}, {"add_prefix_space", false}, {"trim_offsets", true},
        {"use_regex", useRegex}};
}

Json sequence(Json first) {
    return {
        {"type", "Sequence"}, {"pretokenizers", Json::array({std::move(first), byteLevel(false)})}};
}

Json splitBy(const GptPattern& pattern) {
    return sequence(
        {{"type", "Split"}, {"pattern", {{"Regex", std::string(expressionOf(pattern))}}},
            {"behavior", "Isolated"}, {"invert", false}});
}

/// The steps of a pre-tokenizer without its outer list.
std::vector<Json> stepsOf(const Json& preTokenizer) {
    if (preTokenizer.value("type", "") != "Sequence")
        return {preTokenizer};
    const auto list = preTokenizer.find("pretokenizers");
    return list != preTokenizer.end() && list->is_array()
        ? std::vector<Json>(list->begin(), list->end())
        : std::vector<Json>();
}

} // namespace

std::optional<GgufPreTokenizer> preTokenizerNamed(std::string_view name) {
    GgufPreTokenizer result;
    if (name == "gpt-2" || name == "default" || name == "olmo" || name == "jina-v2-code") {
        result.preTokenizer = byteLevel(true);
    } else if (name == "llama-bpe" || name == "llama3" || name == "llama-v3") {
        result.preTokenizer = splitBy(llama3Pattern);
        result.wholeWordsFirst = true;
        result.addsBos = true;
    } else if (name == "qwen2" || name == "deepseek-r1-qwen") {
        result.preTokenizer = splitBy(qwen2Pattern);
        result.normaliser = {{"type", "NFC"}};
    } else if (name == "smollm" || name == "starcoder" || name == "refact" || name == "command-r") {
        Json digits = {{"type", "Digits"}, {"individual_digits", true}};
        result.preTokenizer = {{"type", "Sequence"},
            {"pretokenizers", Json::array({std::move(digits), byteLevel(true)})}};
    } else {
        return std::nullopt;
    }
    return result;
}

std::optional<std::string> preTokenizerName(const Json& preTokenizer) {
    if (!preTokenizer.is_object())
        return std::nullopt;
    const std::vector<Json> steps = stepsOf(preTokenizer);
    if (steps.empty() || steps.back().value("type", "") != "ByteLevel"
        || steps.back().value("add_prefix_space", true))
        return std::nullopt;
    const bool gpt2 = steps.back().value("use_regex", true);
    if (steps.size() == 1)
        return gpt2 ? std::optional<std::string>("gpt-2") : std::nullopt;
    if (steps.size() > 2)
        return std::nullopt;
    const Json& first = steps.front();
    const std::string type = first.value("type", "");
    if (type == "Digits" && first.value("individual_digits", false) && gpt2)
        return "smollm";
    if (type != "Split" || gpt2 || !first.contains("pattern") || !first["pattern"].is_object())
        return std::nullopt;
    const auto pattern = gptPatternOf(first["pattern"].value("Regex", ""));
    if (pattern == llama3Pattern)
        return "llama-bpe";
    if (pattern == qwen2Pattern)
        return "qwen2";
    return std::nullopt;
}

} // namespace assay
