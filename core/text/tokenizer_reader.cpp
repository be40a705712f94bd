#include "core/text/tokenizer_reader.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/text/normalise/charsmap.h"
#include "core/text/split/char_class.h"

#include <algorithm>

namespace assay::tokenizer_reader {

void damaged(const std::string& path, std::string reason) {
    throw Failure{
        Error("text.tokenizer_file", {{"path", path}, {"reason", std::move(reason)}}, path)};
}

void unsupported(const std::string& path, std::string part) {
    throw Failure{
        Error("text.unsupported_tokenizer", {{"path", path}, {"part", std::move(part)}}, path)};
}

std::string readChecked(const std::filesystem::path& path) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (!error && size > largestFile)
        damaged(path.string(),
            "it has " + std::to_string(size >> 20) + " MB, more than a tokenizer can have ("
                + std::to_string(largestFile >> 20) + ")");
    Result<std::string> bytes = readFile(path);
    if (!bytes)
        throw Failure{bytes.error()};
    return std::move(*bytes);
}

bool Node::has(const char* key) const {
    simdjson::dom::element value;
    return isObject() && m_element[key].get(value) == simdjson::SUCCESS && !value.is_null();
}

Node Node::at(const char* key) const {
    simdjson::dom::element value;
    if (!isObject() || m_element[key].get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " has no " + key);
    return {value, m_path, m_name.empty() ? key : m_name + "/" + key};
}

std::string_view Node::text() const {
    std::string_view value;
    if (m_element.get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " is not a text");
    return value;
}

std::int64_t Node::integer() const {
    std::int64_t value = 0;
    if (m_element.get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " is not a whole number");
    return value;
}

double Node::number() const {
    double value = 0;
    if (m_element.get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " is not a number");
    return value;
}

bool Node::flag(const char* key, bool absent) const {
    if (!has(key))
        return absent;
    bool value = false;
    if (m_element[key].get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + "/" + key + " is neither true nor false");
    return value;
}

simdjson::dom::object Node::object() const {
    simdjson::dom::object value;
    if (m_element.get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " is not an object");
    return value;
}

simdjson::dom::array Node::array() const {
    simdjson::dom::array value;
    if (m_element.get(value) != simdjson::SUCCESS)
        damaged(m_path, m_name + " is not a list");
    return value;
}

std::vector<Node> Node::items() const {
    std::vector<Node> nodes;
    for (const simdjson::dom::element item : array())
        nodes.emplace_back(item, m_path, m_name + "/" + std::to_string(nodes.size()));
    return nodes;
}

namespace {

Regex regexOf(const Node& pattern) {
    Result<Regex> regex = Regex::compile(pattern.text("Regex"), pattern.path());
    if (!regex)
        throw Failure{regex.error()};
    return std::move(*regex);
}

SplitBehaviour behaviourOf(const Node& node) {
    const std::string_view name = node.has("behavior") ? node.text("behavior") : "Isolated";
    if (name == "Removed")
        return SplitBehaviour::Removed;
    if (name == "Isolated")
        return SplitBehaviour::Isolated;
    if (name == "MergedWithPrevious")
        return SplitBehaviour::MergedWithPrevious;
    if (name == "MergedWithNext")
        return SplitBehaviour::MergedWithNext;
    if (name == "Contiguous")
        return SplitBehaviour::Contiguous;
    damaged(node.path(), node.name() + ": there is no behavior " + std::string(name));
}

PrependScheme schemeOf(const Node& node) {
    if (!node.has("prepend_scheme"))
        return node.flag("add_prefix_space", true) ? PrependScheme::Always : PrependScheme::Never;
    const std::string_view name = node.text("prepend_scheme");
    return name == "always" ? PrependScheme::Always
        : name == "first"   ? PrependScheme::First
                            : PrependScheme::Never;
}

void readSplit(const Node& node, PreTokenizer& preTokenizer) {
    const Node pattern = node.at("pattern");
    const SplitBehaviour behaviour = behaviourOf(node);
    const bool invert = node.flag("invert", false);
    if (pattern.has("String")) {
        preTokenizer.add(
            splitStep(findLiteral(std::string(pattern.text("String"))), behaviour, invert));
        return;
    }
    const auto known = gptPatternOf(pattern.text("Regex"));
    // The known patterns leave no gaps, so these two say the same.
    if (known
        && ((behaviour == SplitBehaviour::Isolated && !invert)
            || (behaviour == SplitBehaviour::Removed && invert)))
        preTokenizer.addPattern(*known);
    else
        preTokenizer.add(splitStep(findRegex(regexOf(pattern)), behaviour, invert));
}

} // namespace

void readNormaliser(const Node& node, Normaliser& normaliser) {
    const std::string_view type = node.text("type");
    if (type == "Sequence") {
        for (const Node& one : node.at("normalizers").items())
            readNormaliser(one, normaliser);
    } else if (type == "NFC" || type == "NFD" || type == "NFKC" || type == "NFKD") {
        normaliser.add(unicodeFormStep(type));
    } else if (type == "Lowercase") {
        normaliser.add(lowercaseStep());
    } else if (type == "StripAccents") {
        normaliser.add(stripAccentsStep());
    } else if (type == "Prepend") {
        normaliser.add(prependStep(std::string(node.text("prepend"))));
    } else if (type == "Strip") {
        normaliser.add(stripStep(node.flag("strip_left", true), node.flag("strip_right", true)));
    } else if (type == "Replace") {
        const Node pattern = node.at("pattern");
        const std::string to(node.text("content"));
        if (pattern.has("String"))
            normaliser.add(replaceStep(std::string(pattern.text("String")), to));
        else
            normaliser.add(replaceRegexStep(regexOf(pattern), to));
    } else if (type == "Precompiled") {
        if (!node.has("precompiled_charsmap") || node.text("precompiled_charsmap").empty())
            return;
        Result<Charsmap> map = Charsmap::read(node.text("precompiled_charsmap"), node.path());
        if (!map)
            throw Failure{map.error()};
        normaliser.add(charsmapStep(std::move(*map)));
    } else {
        unsupported(node.path(), "the normalizer " + std::string(type));
    }
}

void readPreTokenizer(const Node& node, PreTokenizer& preTokenizer, PreTokenizerFacts& facts) {
    const std::string_view type = node.text("type");
    if (type == "Sequence") {
        for (const Node& one : node.at("pretokenizers").items())
            readPreTokenizer(one, preTokenizer, facts);
    } else if (type == "ByteLevel") {
        facts.byteLevel = true;
        if (node.flag("add_prefix_space", true)) {
            facts.spaceBeforeEachStretch = true;
            preTokenizer.add(prefixSpaceStep());
        }
        if (node.flag("use_regex", true))
            preTokenizer.addPattern(gpt2Pattern);
    } else if (type == "Metaspace") {
        const PrependScheme scheme = schemeOf(node);
        facts.spaceBeforeEachStretch
            = facts.spaceBeforeEachStretch || scheme == PrependScheme::Always;
        preTokenizer.add(
            metaspaceStep(std::string(node.text("replacement")), scheme, node.flag("split", true)));
    } else if (type == "Split") {
        readSplit(node, preTokenizer);
    } else if (type == "Digits") {
        preTokenizer.add(splitStep(
            findCharacters([](char32_t, std::uint8_t kind) { return (kind & CharNumber) != 0; }),
            node.flag("individual_digits", false) ? SplitBehaviour::Isolated
                                                  : SplitBehaviour::Contiguous,
            false));
    } else if (type == "Punctuation") {
        preTokenizer.add(splitStep(findCharacters([](char32_t c, std::uint8_t kind) {
            const bool ascii = (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96)
                || (c >= 123 && c <= 126);
            return ascii || (kind & CharPunctuation) != 0;
        }),
            behaviourOf(node), false));
    } else if (type == "Whitespace") {
        preTokenizer.add(splitStep(findWordsAndSigns(), SplitBehaviour::Removed, true));
    } else if (type == "WhitespaceSplit") {
        preTokenizer.add(splitStep(
            findCharacters([](char32_t, std::uint8_t kind) { return (kind & CharSpace) != 0; }),
            SplitBehaviour::Removed, false));
    } else if (type == "CharDelimiterSplit") {
        preTokenizer.add(splitStep(
            findLiteral(std::string(node.text("delimiter"))), SplitBehaviour::Removed, false));
    } else {
        unsupported(node.path(), "the pre-tokenizer " + std::string(type));
    }
}

void placePiece(PipelineParts& parts, std::int64_t id, const std::string& path, std::string piece,
    std::string bytes) {
    if (id < 0 || id > largestId)
        damaged(path, "the id " + std::to_string(id) + " of a piece is out of range");
    if (parts.tokens.size() <= std::size_t(id))
        parts.tokens.resize(std::size_t(id) + 1);
    PipelineParts::Token& token = parts.tokens[std::size_t(id)];
    if (!token.piece.empty())
        damaged(path, "two pieces have the id " + std::to_string(id));
    token = {std::move(piece), std::move(bytes), false};
}

void placeAdded(PipelineParts& parts, const AddedTokenRule& rule, const std::string& path) {
    if (rule.id < 0 || rule.id > largestId)
        damaged(path, "the id of the added token " + rule.content + " is out of range");
    if (parts.tokens.size() <= std::size_t(rule.id))
        parts.tokens.resize(std::size_t(rule.id) + 1);
    parts.tokens[std::size_t(rule.id)]
        = {rule.content, rule.special ? std::string() : rule.content, rule.special};
    parts.added.push_back(rule);
}

void applyNames(PipelineParts& parts, const TokenizerConfig& config) {
    const auto idOf = [&](const std::optional<std::string>& name) {
        if (!name)
            return TokenId(-1);
        for (const AddedTokenRule& rule : parts.added)
            if (rule.content == *name)
                return rule.id;
        for (std::size_t id = 0; id < parts.tokens.size(); ++id)
            if (parts.tokens[id].piece == *name)
                return TokenId(id);
        return TokenId(-1);
    };
    const auto set = [&](const std::optional<std::string>& name, TokenId& id, bool control) {
        const TokenId named = idOf(name);
        if (named < 0)
            return;
        id = named;
        PipelineParts::Token& token = parts.tokens[std::size_t(named)];
        if (!control || token.control)
            return;
        // What the configuration names is a mark, also where the vocabulary calls it a word.
        token.control = true;
        token.bytes.clear();
        const auto rule = std::find_if(parts.added.begin(), parts.added.end(),
            [&](const AddedTokenRule& one) { return one.id == named; });
        if (rule != parts.added.end())
            rule->special = true;
        else
            parts.added.push_back({named, token.piece, true});
    };
    set(config.bosToken, parts.bos, true);
    set(config.eosToken, parts.eos, true);
    set(config.padToken, parts.pad, true);
    set(config.unknownToken, parts.unknownId, false);
}

std::string familyOf(const std::filesystem::path& file, const TokenizerConfig& config) {
    std::string family = config.tokenizerClass;
    const std::filesystem::path modelConfig = file.parent_path() / "config.json";
    std::error_code error;
    if (family.empty() && std::filesystem::exists(modelConfig, error))
        if (const Result<Json> json = readJsonFile(modelConfig); json && json->is_object())
            if (const auto type = json->find("model_type");
                type != json->end() && type->is_string())
                family = type->get<std::string>();
    std::ranges::transform(
        family, family.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    return family;
}

} // namespace assay::tokenizer_reader
