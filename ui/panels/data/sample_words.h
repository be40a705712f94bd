#pragma once

#include "core/data/sample.h"

#include <QString>

namespace assay {

/// A sample in three texts, for a preview.
struct SampleWords {
    QString system;
    QString query;
    QString answer;
};
SampleWords wordsOf(const Sample& sample);

} // namespace assay
