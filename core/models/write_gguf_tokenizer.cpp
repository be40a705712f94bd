#include "core/models/gguf_pre_tokenizer.h"
#include "core/models/piece_list.h"
#include "core/models/write_model.h"
#include "core/text/tokenizer_config.h"

namespace assay {

namespace {

/// nlohmann's own object finds a key in logarithmic time, which a vocabulary needs.
using SortedJson = nlohmann::json;

constexpr float addedScore = -1000; // what llama.cpp's converter gives pieces without one

struct Pieces {
    std::vector<std::string> texts;
    std::vector<float> scores; ///< empty where the kind has none
    std::vector<std::int32_t> kinds;

    void set(std::int64_t id, std::string text, PieceKind kind, float score = addedScore) {
        if (std::size_t(id) >= texts.size())
            grow(std::size_t(id) + 1);
        texts[std::size_t(id)] = std::move(text);
        kinds[std::size_t(id)] = std::int32_t(kind);
        scores[std::size_t(id)] = score;
    }
    void grow(std::size_t size) {
        for (std::size_t id = texts.size(); id < size; ++id) {
            texts.push_back("[PAD" + std::to_string(id) + "]");
            kinds.push_back(std::int32_t(PieceKind::Unused));
            scores.push_back(addedScore);
        }
    }
};

constexpr std::int64_t largestId = 4'000'000;

tl::unexpected<Error> unsupported(const ModelFiles& model, const std::string& part) {
    return fail("text.unsupported_tokenizer",
        {{"path", model.path.string()}, {"part", part + " in GGUF"}}, model.path.string());
}

void addAdded(const std::vector<AddedToken>& added, Pieces& pieces) {
    for (const AddedToken& token : added)
        if (token.id >= 0 && token.id < largestId
            && (std::size_t(token.id) >= pieces.texts.size()
                || pieces.texts[std::size_t(token.id)] != token.content))
            pieces.set(token.id, token.content,
                token.special ? PieceKind::Control : PieceKind::UserDefined);
}

Result<std::vector<AddedToken>> addedTokensOf(const ModelFiles& model) {
    if (model.folder.empty())
        return std::vector<AddedToken>();
    auto config = readTokenizerConfig(model.folder);
    if (!config)
        return forward(config);
    return config->addedTokens;
}

Result<Pieces> sentencePieces(const ModelFiles& model, std::string_view bytes, GgufWriter& writer) {
    auto list = readSentencePieceModel(bytes, model.path.string());
    if (!list)
        return forward(list);
    if (!list->merges)
        return unsupported(model, "a Unigram model");
    Pieces pieces;
    for (std::size_t id = 0; id < list->pieces.size(); ++id)
        pieces.set(
            std::int64_t(id), list->pieces[id].text, list->pieces[id].kind, list->pieces[id].score);
    auto added = addedTokensOf(model);
    if (!added)
        return forward(added);
    addAdded(*added, pieces);
    writer.add("tokenizer.ggml.model", "llama");
    writer.add("tokenizer.ggml.pre", "default");
    writer.add("tokenizer.ggml.add_space_prefix", list->spaceInFront);
    writer.add("tokenizer.ggml.remove_extra_whitespaces", list->trimsSpaces);
    return pieces;
}

std::vector<std::string> mergesOf(const SortedJson& merges) {
    std::vector<std::string> lines;
    for (const SortedJson& merge : merges)
        if (merge.is_string())
            lines.push_back(merge.get<std::string>());
        else if (merge.is_array() && merge.size() == 2 && merge[0].is_string()
            && merge[1].is_string())
            lines.push_back(merge[0].get<std::string>() + " " + merge[1].get<std::string>());
    return lines;
}

bool isByteName(const std::string& text) {
    return text.size() == 6 && text.starts_with("<0x") && text.ends_with('>');
}

/// Merges in the order of their ranks are the same as scores that fall with the rank.
void scoreByMerges(
    const std::vector<std::string>& merges, const SortedJson& vocabulary, Pieces& pieces) {
    float rank = 0;
    for (const std::string& merge : merges) {
        std::string whole = merge;
        whole.erase(whole.find(' '), 1);
        const auto found = vocabulary.find(whole);
        if (found == vocabulary.end() || !found->is_number_unsigned()
            || found->get<std::size_t>() >= pieces.scores.size())
            continue;
        float& score = pieces.scores[found->get<std::size_t>()];
        if (score == addedScore)
            score = -rank;
        rank += 1;
    }
}

/// Vocabulary, merges and added tokens of a tokenizer.json.
Result<Pieces> jsonPieces(const ModelFiles& model, const std::string& text, GgufWriter& writer) {
    const SortedJson json = SortedJson::parse(text, nullptr, false);
    const auto bpe = json.is_object() ? json.find("model") : json.end();
    if (bpe == json.end() || !bpe->is_object() || bpe->value("type", "") != "BPE"
        || !bpe->contains("vocab") || !(*bpe)["vocab"].is_object() || !bpe->contains("merges"))
        return unsupported(model, "a tokenizer.json that is not BPE");
    const SortedJson& vocabulary = (*bpe)["vocab"];
    const std::vector<std::string> merges = mergesOf((*bpe)["merges"]);
    const bool fallback = bpe->value("byte_fallback", false);
    const std::string unknown
        = bpe->contains("unk_token") && (*bpe)["unk_token"].is_string() ? (*bpe)["unk_token"] : "";
    Pieces pieces;
    for (const auto& [piece, id] : vocabulary.items()) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > std::uint64_t(largestId))
            return unsupported(model, "a piece without an id");
        pieces.set(id.get<std::int64_t>(), piece,
            fallback && isByteName(piece) ? PieceKind::Byte
                : piece == unknown        ? PieceKind::Unknown
                                          : PieceKind::Normal);
    }
    for (const SortedJson& token : json.value("added_tokens", SortedJson::array()))
        if (token.is_object() && token.value("content", "") != unknown)
            addAdded({{TokenId(std::clamp<std::int64_t>(
                           token.value("id", std::int64_t(-1)), -1, largestId)),
                         token.value("content", ""), token.value("special", false)}},
                pieces);
    for (const SortedJson& token : json.value("added_tokens", SortedJson::array()))
        if (token.is_object() && token.value("special", false)
            && token.value("content", "") != unknown)
            if (const auto id = token.value("id", std::int64_t(-1));
                id >= 0 && std::size_t(id) < pieces.kinds.size())
                pieces.kinds[std::size_t(id)] = std::int32_t(PieceKind::Control);
    if (fallback) {
        scoreByMerges(merges, vocabulary, pieces);
        writer.add("tokenizer.ggml.model", "llama");
        writer.add("tokenizer.ggml.pre", "default");
        writer.add("tokenizer.ggml.add_space_prefix", true);
        return pieces;
    }
    const auto pre = json.find("pre_tokenizer");
    const auto name = pre == json.end()
        ? std::nullopt
        : preTokenizerName(
            Json::parse(pre->dump(-1, ' ', false, SortedJson::error_handler_t::replace)));
    if (!name)
        return unsupported(model, "its pre-tokenizer, which has no name");
    pieces.scores.clear();
    writer.add("tokenizer.ggml.model", "gpt2");
    writer.add("tokenizer.ggml.pre", *name);
    writer.add("tokenizer.ggml.merges", merges);
    return pieces;
}

/// vocab.json and merges.txt, which say nothing of how text is cut: the family does.
Result<Pieces> mergeFilePieces(const ModelFiles& model, const std::string& vocabulary,
    std::string_view mergeFile, GgufWriter& writer) {
    const auto found = model.config.find("model_type");
    const std::string family
        = found != model.config.end() && found->is_string() ? found->get<std::string>() : "";
    if (family != "gpt2" && family != "qwen2" && family != "qwen3")
        return unsupported(model, "vocab.json of the family " + family);
    const SortedJson json = SortedJson::parse(vocabulary, nullptr, false);
    if (!json.is_object())
        return unsupported(model, "a vocab.json that is damaged");
    Pieces pieces;
    for (const auto& [piece, id] : json.items()) {
        if (!id.is_number_unsigned() || id.get<std::uint64_t>() > std::uint64_t(largestId))
            return unsupported(model, "a piece without an id");
        const bool mark = family == "gpt2" && piece == "<|endoftext|>";
        pieces.set(id.get<std::int64_t>(), piece, mark ? PieceKind::Control : PieceKind::Normal);
    }
    auto added = addedTokensOf(model);
    if (!added)
        return forward(added);
    addAdded(*added, pieces);
    std::vector<std::string> merges;
    while (!mergeFile.empty()) {
        const std::size_t end = std::min(mergeFile.find('\n'), mergeFile.size());
        const std::string_view line = mergeFile.substr(0, end);
        if (!line.empty() && !line.starts_with("#version"))
            merges.emplace_back(line);
        mergeFile.remove_prefix(std::min(end + 1, mergeFile.size()));
    }
    pieces.scores.clear();
    writer.add("tokenizer.ggml.model", "gpt2");
    writer.add("tokenizer.ggml.pre", family == "gpt2" ? "gpt-2" : "qwen2");
    writer.add("tokenizer.ggml.merges", merges);
    return pieces;
}

/// The template as it stands in the model's files; empty where it has none.
Result<std::string> templateText(const ModelFiles& model) {
    auto text = sideFile(model, "chat_template.jinja");
    if (!text || !text->empty())
        return text;
    auto config = sideFile(model, "tokenizer_config.json");
    if (!config)
        return config;
    const SortedJson json = SortedJson::parse(*config, nullptr, false);
    const auto found = json.is_object() ? json.find("chat_template") : json.end();
    if (found == json.end())
        return std::string();
    if (found->is_string())
        return found->get<std::string>();
    for (const SortedJson& one : *found)
        if (one.is_object() && one.value("name", "") == "default")
            return one.value("template", "");
    return std::string();
}

} // namespace

Result<void> addGgufTokenizer(
    const ModelFiles& model, std::int64_t vocabulary, GgufWriter& writer) {
    auto tokenizer = tokenizerOf(model);
    if (!tokenizer)
        return forward(tokenizer);
    if (!*tokenizer) {
        writer.add("tokenizer.ggml.model", "no_vocab");
        return {};
    }
    Result<Pieces> pieces = Pieces();
    const auto native = sideFile(model, "tokenizer.model");
    const auto json = sideFile(model, "tokenizer.json");
    const auto words = sideFile(model, "vocab.json");
    const auto merges = sideFile(model, "merges.txt");
    for (const auto* file : {&native, &json, &words, &merges})
        if (!*file)
            return fail((*file).error());
    try {
        if (!native->empty()) // where both stand, this one has the scores
            pieces = sentencePieces(model, *native, writer);
        else if (!json->empty())
            pieces = jsonPieces(model, *json, writer);
        else if (!words->empty() && !merges->empty())
            pieces = mergeFilePieces(model, *words, *merges, writer);
        else
            return unsupported(model, "ranks of tiktoken");
    } catch (const SortedJson::exception& failure) {
        return fail("text.tokenizer_file",
            {{"path", model.path.string()}, {"reason", failure.what()}}, model.path.string());
    }
    if (!pieces)
        return forward(pieces);
    const bool scored = !pieces->scores.empty();
    if (vocabulary > 0 && vocabulary < largestId)
        pieces->grow(std::size_t(vocabulary));
    writer.add("tokenizer.ggml.tokens", pieces->texts);
    if (scored)
        writer.add("tokenizer.ggml.scores", pieces->scores);
    writer.add("tokenizer.ggml.token_type", pieces->kinds);
    const auto id = [&writer](const char* key, TokenId value) {
        if (value >= 0)
            writer.add(key, std::uint32_t(value));
    };
    id("tokenizer.ggml.bos_token_id", (*tokenizer)->bosId());
    id("tokenizer.ggml.eos_token_id", (*tokenizer)->eosId());
    id("tokenizer.ggml.unknown_token_id", (*tokenizer)->unknownId());
    id("tokenizer.ggml.padding_token_id", (*tokenizer)->padId());
    writer.add("tokenizer.ggml.add_bos_token", (*tokenizer)->addsBos());
    writer.add("tokenizer.ggml.add_eos_token", false);
    auto text = templateText(model);
    if (!text)
        return forward(text);
    if (!text->empty())
        writer.add("tokenizer.chat_template", *text);
    return {};
}

} // namespace assay
