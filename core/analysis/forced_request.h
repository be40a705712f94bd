#pragma once

#include "core/analysis/forced_prefix.h"

namespace assay {

/// A forced prefix as the verb and the live session ask for it. Exactly one of prefix, prefixIds
/// and reference is given.
struct ForcedPrefixRequest {
    ModelInput input;
    std::string prefix; ///< text mode
    std::vector<TokenId> prefixIds; ///< token-exact mode
    std::string reference; ///< how much of it must be given until the model finishes correctly
    std::optional<Grader> grader; ///< none: exact, a text without end marks at least begins with it
    std::size_t backOff = 0;
    int maxNew = 64;
};

/// Of a prefix: {"prefix":{text, ids, natural, backed_off}, "text", "continuation", "ids",
/// "ended"}. Of a reference: {"reference_ids", "departure", "given", "repair_length", "share",
/// "tries":[..]}; docs/analysis.md.
Result<Json> answerForcedPrefix(
    ModelUnderTest& model, const ForcedPrefixRequest& request, StopToken stop);

/// What is right where nobody says: the reference, which a plain text may go on behind.
Grader usualGrader(const ModelInput& input);

Json repairToJson(const RepairTest& test);

} // namespace assay
