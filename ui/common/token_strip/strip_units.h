#pragma once

#include "ui/common/token_strip/strip_look.h"

namespace assay {

/// The numbers by which each token is coloured when a whole unit of the text is read as one; no
/// text and no alternatives. A word has the sum of its tokens (surprisal, entropy, difference): the
/// cost of the word. Sentences and lines have the mean, so that long ones do not look worse. Rank
/// and margin are those of the worst token. Empty for StripUnit::Token. Units end with their turn;
/// tokens of the template's frame, unscored ones and those beyond the context stay as they are.
std::vector<StripToken> unitNumbers(const StripText& text, StripUnit unit);

} // namespace assay
