#pragma once

#include "core/base/error.h"

#include <QString>

namespace assay {

/// The catalogue's text for the code, translated, with arguments, place and details filled in.
QString errorMessage(const Error& error);
/// What the person can do about it, translated; empty for a code without remedy.
QString errorRemedy(const Error& error);
/// Both, as one paragraph.
QString errorParagraph(const Error& error);

} // namespace assay
