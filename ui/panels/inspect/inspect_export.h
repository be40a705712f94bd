#pragma once

#include "ui/common/token_strip/strip_text.h"
#include "ui/service/score_record.h"

#include <QString>

#include <vector>

namespace assay {

/// A scored text with where it came from, as it is written to files.
struct InspectedScores {
    QString title; ///< "Sample 180 · geography"
    QString modelName;
    QString otherName; ///< empty without a second model
    const ScoreRecord* record = nullptr;
    const ScoreRecord* other = nullptr; ///< the same ids under the other model, or null
    std::vector<StripFlag> flags;
    Json branch; ///< how the text was made: forced words, cost, sampling; null for a sample
};

/// Model hash, template, dtype, seed and so on: label and value, as far as the record says.
std::vector<std::pair<QString, QString>> provenanceLines(const Json& provenance);

/// The score record of docs/protocol.md in one object, with `flags`, `branch`, and under `other`
/// the second model's arrays and provenance.
Json scoresToJson(const InspectedScores& scores);
/// One line a token under a head line; the provenance stands in lines that begin with '#'.
QString scoresToCsv(const InspectedScores& scores);
/// One page without scripts or references to other files.
QString scoresToHtml(const InspectedScores& scores);

} // namespace assay
