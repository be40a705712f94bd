#pragma once

namespace assay {

/// Makes every ScoreLanes speak: one accessible child a cell, named by its text, both models'
/// probabilities and ranks, and what is marked there. Safe to call more than once.
void installLanesAccessibility();

} // namespace assay
