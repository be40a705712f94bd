#pragma once

#include "core/base/json.h"
#include "core/text/chat_template.h"

#include <optional>

namespace assay {

/// Ids with the text they stand for: what a scored or tokenized line shows of its tokens.
struct TokenView {
    std::vector<TokenId> ids;
    /// Absent without a tokenizer.
    std::optional<std::string> text;
    std::vector<ByteRange> ranges; ///< into `text`; aligned to ids where there is a text
};

/// Plain text as a model reads it: BOS in front where the tokenizer adds one.
TokenView viewOfText(const Tokenizer& tokenizer, std::string_view text);
TokenView viewOfSample(const EncodedSample& sample);
/// Ids as given, no BOS added. The text is put together from the tokens' bytes (control tokens have
/// none, so their ranges are empty); the space marker in front of the first token with text is no
/// space of the text.
TokenView viewOfIds(const Tokenizer* tokenizer, std::vector<TokenId> ids);

/// The fields `text, ids, pieces, byte_offsets, bytes_hex` of an output line. `pieces` are display
/// forms in valid UTF-8. `bytes_hex` holds the token's bytes in hexadecimal where they are not
/// UTF-8 by themselves, null elsewhere. Without a tokenizer all but `ids` are null.
Json tokenFields(const Tokenizer* tokenizer, const TokenView& view);

/// Puts generated tokens together to text, whole characters at a time.
class TextStream {
public:
    /// `atStart` says that nothing stands before the first token, whose space marker is then
    /// dropped.
    explicit TextStream(const Tokenizer& tokenizer, bool atStart = false)
        : m_tokenizer(tokenizer)
        , m_dropSpace(atStart) { }

    /// Takes the next token and returns the characters it completes; empty while one is unfinished.
    std::string push(TokenId id);
    /// The rest at the end: each byte of an unfinished character as U+FFFD.
    std::string finish();

private:
    const Tokenizer& m_tokenizer;
    bool m_dropSpace;
    std::string m_held;
};

} // namespace assay
