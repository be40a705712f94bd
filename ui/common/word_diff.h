#pragma once

#include <QString>

#include <vector>

namespace assay {

/// A run of text that both versions have, or only one of them.
struct DiffPart {
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;
    bool operator==(const DiffPart&) const = default;
};

/// What changes `before` into `after`, in words (Myers, "An O(ND) difference algorithm and its
/// variations", 1986). White space belongs to the word before it; a CJK character or a mark of
/// punctuation is a word of its own. The parts without Added are `before`, those without Removed
/// `after`. Texts that differ by more than some thousand words are given as wholly replaced between
/// what they share at both ends.
std::vector<DiffPart> wordDiff(const QString& before, const QString& after);

} // namespace assay
