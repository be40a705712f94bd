#include "core/models/gguf_pre_tokenizer.h"
#include "core/models/model_files.h"
#include "core/models/piece_list.h"

namespace assay {

namespace {

tl::unexpected<Error> unsupported(const GgufFile& file, const std::string& part) {
    return fail("text.unsupported_tokenizer", {{"path", file.path().string()}, {"part", part}},
        file.path().string());
}

tl::unexpected<Error> damaged(const GgufFile& file, const std::string& reason) {
    return fail("text.tokenizer_file", {{"path", file.path().string()}, {"reason", reason}},
        file.path().string());
}

/// -1 where it is absent or means "none".
std::int64_t idOf(const GgufFile& file, const char* key, std::size_t size) {
    const auto id = file.integer(key);
    return id && *id >= 0 && *id < std::int64_t(size) ? *id : -1;
}

struct Ids {
    std::int64_t bos = -1, eos = -1, unknown = -1, pad = -1;
};

Ids idsOf(const GgufFile& file, std::size_t size) {
    return {idOf(file, "tokenizer.ggml.bos_token_id", size),
        idOf(file, "tokenizer.ggml.eos_token_id", size),
        idOf(file, "tokenizer.ggml.unknown_token_id", size),
        idOf(file, "tokenizer.ggml.padding_token_id", size)};
}

struct Vocabulary {
    std::vector<std::string_view> tokens;
    std::vector<PieceKind> kinds; ///< aligned to tokens
};

Result<Vocabulary> vocabularyOf(const GgufFile& file) {
    Vocabulary vocabulary;
    vocabulary.tokens = file.texts("tokenizer.ggml.tokens");
    if (vocabulary.tokens.empty())
        return damaged(file, "it has no tokens");
    const std::vector<std::int64_t> kinds = file.integers("tokenizer.ggml.token_type");
    if (!kinds.empty() && kinds.size() != vocabulary.tokens.size())
        return damaged(file, "it has not as many kinds as tokens");
    vocabulary.kinds.assign(vocabulary.tokens.size(), PieceKind::Normal);
    for (std::size_t i = 0; i < kinds.size(); ++i)
        if (kinds[i] >= 1 && kinds[i] <= 6)
            vocabulary.kinds[i] = PieceKind(kinds[i]);
    return vocabulary;
}

/// tokenizer_config.json, as transformers reads it.
Json configOf(const GgufFile& file, const Vocabulary& vocabulary, const Ids& ids,
    const char* className, bool addsBos) {
    Json config;
    config["tokenizer_class"] = className;
    config["add_bos_token"]
        = file.flag("tokenizer.ggml.add_bos_token").value_or(addsBos) && ids.bos >= 0;
    config["add_eos_token"] = file.flag("tokenizer.ggml.add_eos_token").value_or(false);
    const auto name = [&](const char* key, std::int64_t id) {
        config[key] = id >= 0 ? Json(std::string(vocabulary.tokens[std::size_t(id)])) : Json();
    };
    name("bos_token", ids.bos);
    name("eos_token", ids.eos);
    name("unk_token", ids.unknown);
    name("pad_token", ids.pad);
    config["clean_up_tokenization_spaces"] = false;
    return config;
}

Result<SideFiles> sentencePieceFiles(const GgufFile& file, const Vocabulary& vocabulary) {
    PieceList list;
    const std::vector<double> scores = file.reals("tokenizer.ggml.scores");
    if (scores.size() != vocabulary.tokens.size())
        return damaged(file, "it has not as many scores as tokens");
    const Ids ids = idsOf(file, scores.size());
    list.unknown = ids.unknown;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        list.pieces.push_back(
            {std::string(vocabulary.tokens[i]), float(scores[i]), vocabulary.kinds[i]});
        if (list.unknown < 0 && vocabulary.kinds[i] == PieceKind::Unknown)
            list.unknown = std::int64_t(i);
    }
    if (list.unknown < 0)
        return unsupported(file, "a vocabulary without an unknown piece");
    list.pieces[std::size_t(list.unknown)].kind = PieceKind::Unknown;
    list.bos = ids.bos;
    list.eos = ids.eos;
    list.pad = ids.pad;
    list.spaceInFront = file.flag("tokenizer.ggml.add_space_prefix").value_or(true);
    list.trimsSpaces = file.flag("tokenizer.ggml.remove_extra_whitespaces").value_or(false);
    SideFiles files;
    Json config = configOf(file, vocabulary, ids, "LlamaTokenizer", true);
    config["legacy"] = true;
    files["tokenizer.model"] = sentencePieceModel(list);
    files["tokenizer_config.json"] = dumpJson(config, 1);
    return files;
}

/// Which of GPT-2's relatives cut the text; GGUF says it by a name of its own.
Result<SideFiles> byteLevelFiles(const GgufFile& file, const Vocabulary& vocabulary) {
    const std::string_view pre = file.text("tokenizer.ggml.pre").value_or("gpt-2");
    const auto preTokenizer = preTokenizerNamed(pre);
    if (!preTokenizer)
        return unsupported(file, "the pre-tokenizer " + std::string(pre));
    Json added = Json::array();
    std::string vocab; // Json would look for each of 150 000 keys among all others
    for (std::size_t i = 0; i < vocabulary.tokens.size(); ++i) {
        const PieceKind kind = vocabulary.kinds[i];
        const std::string token(vocabulary.tokens[i]);
        if (kind == PieceKind::Control || kind == PieceKind::UserDefined)
            added.push_back({{"id", i}, {"content", token}, {"single_word", false},
                {"lstrip", false}, {"rstrip", false}, {"normalized", false},
                {"special", kind == PieceKind::Control}});
        else if (kind != PieceKind::Unused)
            vocab.append(vocab.empty() ? "" : ",")
                .append(dumpJson(Json(token)))
                .append(":")
                .append(std::to_string(i));
    }
    Json merges = Json::array();
    for (const std::string_view merge : file.texts("tokenizer.ggml.merges"))
        merges.push_back(std::string(merge));
    const Json byteLevel = {{"type", "ByteLevel"}, {"add_prefix_space", false},
        {"trim_offsets", true}, {"use_regex", true}};
    const std::string text = "{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,"
                             "\"added_tokens\":"
        + dumpJson(added) + ",\"normalizer\":" + dumpJson(preTokenizer->normaliser)
        + ",\"pre_tokenizer\":" + dumpJson(preTokenizer->preTokenizer)
        + ",\"post_processor\":null,\"decoder\":" + dumpJson(byteLevel)
        + ",\"model\":{\"type\":\"BPE\",\"dropout\":null,\"unk_token\":null,"
          "\"continuing_subword_prefix\":null,\"end_of_word_suffix\":null,\"fuse_unk\":false,"
          "\"byte_fallback\":false,\"ignore_merges\":"
        + (preTokenizer->wholeWordsFirst ? "true" : "false") + ",\"vocab\":{" + vocab
        + "},\"merges\":" + dumpJson(merges) + "}}";
    SideFiles files;
    files["tokenizer.json"] = text;
    files["tokenizer_config.json"]
        = dumpJson(configOf(file, vocabulary, idsOf(file, vocabulary.tokens.size()),
                       "PreTrainedTokenizerFast", preTokenizer->addsBos),
            1);
    return files;
}

} // namespace

Result<SideFiles> ggufTokenizerFiles(const GgufFile& file) {
    const auto kind = file.text("tokenizer.ggml.model");
    if (!kind || *kind == "no_vocab")
        return SideFiles();
    auto vocabulary = vocabularyOf(file);
    if (!vocabulary)
        return forward(vocabulary);
    Result<SideFiles> files = SideFiles();
    if (*kind == "llama")
        files = sentencePieceFiles(file, *vocabulary);
    else if (*kind == "gpt2")
        files = byteLevelFiles(file, *vocabulary);
    else
        return unsupported(file, "the kind \"" + std::string(*kind) + "\"");
    if (const auto chatTemplate = file.text("tokenizer.chat_template"); files && chatTemplate)
        (*files)["chat_template.jinja"] = std::string(*chatTemplate);
    return files;
}

} // namespace assay
