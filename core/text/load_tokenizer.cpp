#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/text/sentencepiece_tokenizer.h"
#include "core/text/tokenizer_files.h"
#include "core/text/tokenizer_json.h"

#include <cstdio>

namespace assay {

namespace {

Result<std::shared_ptr<const Tokenizer>> readModelFile(
    const std::filesystem::path& path, const TokenizerConfig& config) {
    Result<std::string> bytes = readFile(path);
    if (!bytes)
        return forward(bytes);
    if (looksLikeTiktoken(*bytes))
        return readTiktoken(path, config);
    return SentencePieceTokenizer::create(*bytes, config, path.string());
}

/// The file of tiktoken's kind, which is named after the model (qwen.tiktoken).
std::filesystem::path tiktokenFile(const std::filesystem::path& folder) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".tiktoken")
            return entry.path();
    return {};
}

} // namespace

Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        return fail("file.missing", {{"path", folder.string()}});
    const auto has
        = [&](const char* name) { return std::filesystem::exists(folder / name, error); };
    Result<TokenizerConfig> config = readTokenizerConfig(folder);
    if (!config)
        return forward(config);
    if (has("tokenizer.json"))
        return readTokenizerJson(folder / "tokenizer.json", *config);
    if (has("tokenizer.model"))
        return readModelFile(folder / "tokenizer.model", *config);
    if (const std::filesystem::path file = tiktokenFile(folder); !file.empty())
        return readTiktoken(file, *config);
    if (has("vocab.json") && has("merges.txt"))
        return readVocabularyAndMerges(folder / "vocab.json", folder / "merges.txt", *config);
    if (has("encoder.json") && has("vocab.bpe"))
        return readVocabularyAndMerges(folder / "encoder.json", folder / "vocab.bpe", *config);
    for (const char* other : {"vocab.json", "tekken.json"})
        if (has(other))
            return fail("text.unsupported_tokenizer",
                {{"path", (folder / other).string()},
                    {"part", std::string("the kind of ") + other}});
    return std::shared_ptr<const Tokenizer>();
}

bool hasTokenizerFiles(const std::filesystem::path& folder) {
    std::error_code error;
    const auto has
        = [&](const char* name) { return std::filesystem::exists(folder / name, error); };
    return has("tokenizer.json") || has("tokenizer.model") || !tiktokenFile(folder).empty()
        || (has("vocab.json") && has("merges.txt")) || (has("encoder.json") && has("vocab.bpe"));
}

std::vector<ControlToken> Tokenizer::controlTokens() const {
    std::vector<ControlToken> controls;
    for (TokenId id = 0; id < vocabularySize(); ++id)
        if (isControl(id) && !piece(id).empty())
            controls.push_back({id, piece(id)});
    return controls;
}

std::string displayPiece(const Tokenizer& tokenizer, TokenId id) {
    if (id < 0 || id >= tokenizer.vocabularySize())
        return "<id " + std::to_string(id) + ">";
    const std::string piece = tokenizer.piece(id);
    if (isValidUtf8(piece))
        return piece;
    std::string display;
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t length = utf8SequenceLength(std::string_view(piece).substr(at));
        if (length == 0) {
            char hex[8];
            std::snprintf(hex, sizeof hex, "<0x%02X>", static_cast<unsigned char>(piece[at]));
            display += hex;
        } else {
            display.append(piece, at, length);
        }
        at += std::max<std::size_t>(length, 1);
    }
    return display;
}

} // namespace assay
