#pragma once

#include "ui/common/word_diff.h"

namespace assay {

/// A word diff as rich text: what was added underlined in green, what was removed struck through in
/// magenta; long unchanged runs shortened to their ends.
QString diffHtml(const std::vector<DiffPart>& parts);

} // namespace assay
