#pragma once

#include "core/text/normalise/aligned_text.h"

namespace assay {

enum class UnicodeForm { Nfc, Nfd, Nfkc, Nfkd };

/// Whether the text surely is in that form already: a quick look that never says yes wrongly.
bool isSurelyInForm(UnicodeForm form, std::string_view text);
/// Appends the text in that form. The bytes of a character and its marks are aligned as one.
void appendInForm(UnicodeForm form, const TextView& view, AlignedText& out);

} // namespace assay
