#include "core/base/hash.h"
#include "core/text/byte_alphabet.h"
#include "core/text/normalise/charsmap.h"
#include "core/text/tokenizer_json.h"
#include "core/text/tokenizer_reader.h"

#include <algorithm>
#include <charconv>

namespace assay {

namespace {

using namespace tokenizer_reader;

/// What a family's own code says beside its files of ranks.
struct Family {
    GptPattern pattern;
    bool nfc = false;
    std::vector<std::string> specials; ///< ids from the first one behind the vocabulary
    const char* bos = nullptr;
    const char* eos = nullptr;
};

Family llama3() {
    // github meta-llama/llama3, llama/tokenizer.py
    Family family{llama3Pattern, false, {"<|begin_of_text|>", "<|end_of_text|>"},
        "<|begin_of_text|>", "<|end_of_text|>"};
    const auto reserve = [&family](int from, int to) {
        for (int i = from; i <= to; ++i)
            family.specials.push_back("<|reserved_special_token_" + std::to_string(i) + "|>");
    };
    reserve(0, 3);
    family.specials.insert(family.specials.end(), {"<|start_header_id|>", "<|end_header_id|>"});
    reserve(4, 4);
    family.specials.emplace_back("<|eot_id|>");
    reserve(5, 250);
    return family;
}

Family qwen() {
    // github QwenLM/Qwen, tokenization_note.md
    Family family{qwen2Pattern, true, {"<|endoftext|>", "<|im_start|>", "<|im_end|>"}, nullptr,
        "<|endoftext|>"};
    for (int i = 0; i <= 204; ++i)
        family.specials.push_back("<|extra_" + std::to_string(i) + "|>");
    return family;
}

Family gpt2() {
    return {gpt2Pattern, false, {"<|endoftext|>"}, "<|endoftext|>", "<|endoftext|>"};
}

/// By the model's name, else by the size that only one vocabulary has.
std::optional<Family> familyFor(const std::string& name, std::size_t vocabularySize) {
    if (name.starts_with("qwen"))
        return qwen();
    if (name.starts_with("gpt2") || name.starts_with("roberta"))
        return gpt2();
    // Of Llama's tokenizers only the third is one of ranks.
    if (name.starts_with("llama") || name == "pretrainedtokenizerfast" || name.empty()) {
        if (vocabularySize == 128000)
            return llama3();
        if (vocabularySize == 151643)
            return qwen();
        if (vocabularySize == 50256 || vocabularySize == 50257)
            return gpt2();
    }
    return std::nullopt;
}

std::string_view nextLine(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

/// Any two pieces whose bytes together are a piece merge, the piece's id being the rank.
void mergesOfRanks(const PipelineParts& parts, BpeModel::Parts& model) {
    for (std::size_t id = 0; id < parts.tokens.size(); ++id) {
        const std::string& piece = parts.tokens[id].bytes;
        // A rank file for words holds no piece of this length; a damaged one must not take hours.
        if (piece.size() > 1024)
            continue;
        for (std::size_t cut = 1; cut < piece.size(); ++cut) {
            const TokenId left = model.vocabulary.find(std::string_view(piece).substr(0, cut));
            if (left < 0)
                continue;
            const TokenId right = model.vocabulary.find(std::string_view(piece).substr(cut));
            if (right >= 0)
                model.merges.add(left, right, {std::uint32_t(id), TokenId(id)});
        }
    }
}

/// The added tokens of the configuration, or the family's own where it has none.
void addSpecials(PipelineParts& parts, const Family& family, const TokenizerConfig& config,
    const std::string& path) {
    for (const AddedToken& token : config.addedTokens)
        placeAdded(parts,
            {token.id, token.content, token.special, token.stripLeft, token.stripRight,
                token.singleWord, token.normalised},
            path);
    if (config.addedTokens.empty()) {
        for (const std::string& special : family.specials) {
            // Where the vocabulary holds it (GPT-2), it keeps its id.
            const auto held = std::ranges::find(parts.tokens, special,
                [](const PipelineParts::Token& token) { return token.piece; });
            placeAdded(parts, {TokenId(held - parts.tokens.begin()), special, true}, path);
        }
    }
    TokenizerConfig names = config;
    if (!names.bosToken && family.bos && config.tokenizerClass.empty())
        names.bosToken = family.bos;
    if (!names.eosToken && family.eos)
        names.eosToken = family.eos;
    applyNames(parts, names);
}

std::shared_ptr<const Tokenizer> finish(PipelineParts parts, BpeModel::Parts model,
    const Family& family, const TokenizerConfig& config, const std::string& path) {
    addSpecials(parts, family, config, path);
    model.bytes = true;
    parts.takesBytes = true;
    parts.preTokenizer.addPattern(family.pattern);
    if (family.nfc)
        parts.normaliser.add(unicodeFormStep("NFC"));
    parts.model = std::make_unique<BpeModel>(std::move(model));
    // Llama 3 begins with BOS; GPT-2 and Qwen do not unless the configuration says so.
    parts.addsBos = parts.bos >= 0 && config.addBosToken.value_or(family.pattern == llama3Pattern);
    return std::make_shared<PipelineTokenizer>(std::move(parts));
}

std::shared_ptr<const Tokenizer> tiktoken(
    const std::filesystem::path& path, const TokenizerConfig& config) {
    const std::string place = path.string();
    const std::string file = readChecked(path);
    PipelineParts parts;
    BpeModel::Parts model;
    std::int64_t number = 0;
    for (std::string_view rest = file; !rest.empty();) {
        const std::string_view line = nextLine(rest);
        ++number;
        if (line.empty())
            continue;
        const std::size_t space = line.find(' ');
        std::string bytes;
        std::int64_t rank = -1;
        if (space == std::string_view::npos || !decodeBase64(line.substr(0, space), bytes)
            || bytes.empty()
            || std::from_chars(line.data() + space + 1, line.data() + line.size(), rank).ptr
                != line.data() + line.size())
            damaged(place, "line " + std::to_string(number) + " is not base64 and a rank");
        placePiece(parts, rank, place, bytes, bytes);
        model.vocabulary.add(std::move(bytes), TokenId(rank));
    }
    const std::string name = familyOf(path, config);
    const std::optional<Family> family = familyFor(name, parts.tokens.size());
    if (!family)
        unsupported(place,
            "the pattern of " + (name.empty() ? "an unnamed model" : name) + " with "
                + std::to_string(parts.tokens.size()) + " ranks");
    mergesOfRanks(parts, model);
    model.wholeWordsFirst = true;
    parts.hash = contentHash(file);
    return finish(std::move(parts), std::move(model), *family, config, place);
}

void readMergeLines(std::string_view lines, const std::string& place, BpeModel::Parts& model) {
    std::uint32_t rank = 0;
    std::string left, right;
    for (std::int64_t number = 1; !lines.empty(); ++number) {
        const std::string_view line = nextLine(lines);
        if (line.empty() || line.starts_with("#version"))
            continue;
        const std::size_t space = line.find(' ');
        if (space == std::string_view::npos || !bytesOfAlphabet(line.substr(0, space), left)
            || !bytesOfAlphabet(line.substr(space + 1), right))
            damaged(place, "line " + std::to_string(number) + " is not two pieces");
        const TokenId first = model.vocabulary.find(left);
        const TokenId second = model.vocabulary.find(right);
        const TokenId both = model.vocabulary.find(left + right);
        if (first < 0 || second < 0 || both < 0)
            damaged(place, "line " + std::to_string(number) + " merges what is no piece");
        model.merges.add(first, second, {rank++, both});
    }
}

std::shared_ptr<const Tokenizer> vocabularyAndMerges(const std::filesystem::path& vocabulary,
    const std::filesystem::path& merges, const TokenizerConfig& config) {
    const std::string place = vocabulary.string();
    const std::string json = readChecked(vocabulary);
    simdjson::dom::parser parser;
    simdjson::dom::element document;
    if (const auto error = parser.parse(json).get(document))
        damaged(place, std::string("it is not JSON: ") + simdjson::error_message(error));
    PipelineParts parts;
    BpeModel::Parts model;
    const simdjson::dom::object pieces = Node(document, place, "the file").object();
    model.vocabulary.reserve(pieces.size());
    for (const auto& [piece, id] : pieces) {
        std::string bytes;
        if (!bytesOfAlphabet(piece, bytes))
            damaged(place, "the piece " + std::string(piece) + " is not of the byte alphabet");
        const std::int64_t number = Node(id, place, std::string(piece)).integer();
        placePiece(parts, number, place, bytes, bytes);
        model.vocabulary.add(std::move(bytes), TokenId(number));
    }
    const std::string name = familyOf(vocabulary, config);
    const std::optional<Family> family = familyFor(name, parts.tokens.size());
    if (!family)
        unsupported(place, "the pattern of " + (name.empty() ? "an unnamed model" : name));
    const std::string lines = readChecked(merges);
    readMergeLines(lines, merges.string(), model);
    ContentHasher hasher;
    hasher.add(json);
    hasher.add(lines);
    parts.hash = hasher.hex();
    return finish(std::move(parts), std::move(model), *family, config, place);
}

} // namespace

bool looksLikeTiktoken(std::string_view bytes) {
    const std::string_view line = nextLine(bytes);
    const std::size_t space = line.find(' ');
    std::string piece;
    return space != std::string_view::npos && space > 0 && space + 1 < line.size()
        && decodeBase64(line.substr(0, space), piece)
        && line.find_first_not_of("0123456789", space + 1) == std::string_view::npos;
}

Result<std::shared_ptr<const Tokenizer>> readTiktoken(
    const std::filesystem::path& path, const TokenizerConfig& config) {
    try {
        return tiktoken(path, config);
    } catch (const Failure& failure) {
        return fail(failure.error);
    }
}

Result<std::shared_ptr<const Tokenizer>> readVocabularyAndMerges(
    const std::filesystem::path& vocabulary, const std::filesystem::path& merges,
    const TokenizerConfig& config) {
    try {
        return vocabularyAndMerges(vocabulary, merges, config);
    } catch (const Failure& failure) {
        return fail(failure.error);
    }
}

} // namespace assay
