#pragma once

#include <string>
#include <string_view>

namespace assay {

/// GPT-2 writes every byte as a visible character ("Ġ" is a space). The bytes of such a spelling;
/// false where a character is not of that alphabet.
bool bytesOfAlphabet(std::string_view spelling, std::string& bytes);

} // namespace assay
