#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/text/sentencepiece_tokenizer.h"

#include <cstdio>

namespace assay {

Result<std::shared_ptr<const Tokenizer>> loadTokenizer(const std::filesystem::path& folder) {
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error))
        return fail("file.missing", {{"path", folder.string()}});
    const std::filesystem::path path = folder / "tokenizer.model";
    if (!std::filesystem::exists(path, error)) {
        for (const char* other : {"tokenizer.json", "vocab.json", "tekken.json"}) {
            if (std::filesystem::exists(folder / other, error))
                return fail("text.unsupported_tokenizer", {{"path", (folder / other).string()}});
        }
        return std::shared_ptr<const Tokenizer>();
    }
    Result<std::string> bytes = readFile(path);
    if (!bytes)
        return forward(bytes);
    Result<TokenizerConfig> config = readTokenizerConfig(folder);
    if (!config)
        return forward(config);
    return SentencePieceTokenizer::create(*bytes, *config, path.string());
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
