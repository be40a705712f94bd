#pragma once

#include "core/base/result.h"
#include "core/text/normalise/aligned_text.h"

namespace assay {

/// The precompiled normalisation table of sentencepiece: a double-array trie (Darts) whose values
/// point at replacements.
class Charsmap {
public:
    /// `base64` as it stands in tokenizer.json.
    static Result<Charsmap> read(std::string_view base64, const std::string& place);
    void apply(const TextView& view, AlignedText& out) const;

private:
    /// The replacement of the shortest entry that begins `text`; null where there is none.
    const char* replacement(std::string_view text) const;

    std::vector<std::uint32_t> m_units;
    std::string m_replacements; ///< ended by NUL each
};

/// The bytes of a base64 text; false where it is none.
bool decodeBase64(std::string_view text, std::string& bytes);

} // namespace assay
