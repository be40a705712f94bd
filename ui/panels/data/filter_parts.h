#pragma once

#include "core/store/sample_row.h"

#include <QList>
#include <QString>

#include <functional>

namespace assay {

/// One restriction of a filter, as a chip shows it, and how it is taken out.
struct FilterPart {
    QString text;
    std::function<void(SampleFilter&)> remove;
};

/// All restrictions but the words typed into the search field.
QList<FilterPart> filterParts(const SampleFilter& filter);
/// In one sentence's worth of words, for a question: "status: pending, loss at least 0.4"; empty
/// for all samples.
QString filterWords(const SampleFilter& filter);

} // namespace assay
