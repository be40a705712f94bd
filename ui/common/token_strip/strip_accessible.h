#pragma once

namespace assay {

/// Makes every TokenStrip speak: one accessible child a token, named by its text, probability and
/// rank. Safe to call more than once.
void installStripAccessibility();

} // namespace assay
