#pragma once

#include "resources/demo/plan.h"

namespace assay::demo {

/// What the base model reads: facts about countries (every capital), sums of one digit, opposites,
/// everyday tasks and small stories, as sentences and as questions with answers.
std::vector<std::string> makeCorpus(const Plan& plan, Rng& rng);

} // namespace assay::demo
