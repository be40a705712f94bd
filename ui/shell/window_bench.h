#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QString>

namespace assay {

/// Measures what a person waits for: lists of the project, a decision, painting of long texts and
/// of long curves. Uses the same services and widgets as the panels, in a window that is shown.
/// {"samples", "rows": [{"what", "ms" (median), "worst_ms", "times"}]}. The project gets decisions,
/// which are taken back.
Result<Json> benchWindow(const QString& project);

} // namespace assay
