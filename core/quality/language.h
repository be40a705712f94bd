#pragma once

#include "core/quality/text_measures.h"

#include <string>

namespace assay {

/// The language of a text as an ISO 639-1 code, or "und" where it cannot be told. By script; among
/// languages in Latin letters by their function words (our own lists: en, de, fr, es, it, pt, nl),
/// of which there must be at least two, and twice as many as of any other.
std::string languageOf(const MeasuredText& text);

} // namespace assay
