#pragma once

#include "core/data/sample.h"

#include <QString>

#include <vector>

namespace assay {

/// What the engine is asked to score for a sample, and how its parts are called.
struct SampleInput {
    Json input; ///< {"text": ..} or {"messages": .., "tools": ..}
    /// Titles of the messages, in order; empty for plain text.
    std::vector<QString> titles;
};

/// Plain text as it is; a conversation with all turns; of a preference pair the chosen answer.
SampleInput sampleInput(const Sample& sample);
QString roleTitle(Role role);

} // namespace assay
