#pragma once

#include "core/analysis/forced_prefix.h"
#include "core/analysis/model_input.h"
#include "core/analysis/onset.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// A question with what a right answer says, and perhaps what was answered.
struct OnsetCase {
    Json id; ///< the case's own name, or null
    ModelInput input;
    /// Any of them is right; the first is the one that is forced.
    std::vector<std::string> references;
    /// In place of the first reference, ids as they are.
    std::optional<std::vector<TokenId>> referenceIds;
    /// None: the model's own greedy answer.
    std::optional<std::string> answer;
    /// None: exact; a plain text, which nothing ends, need only begin with the reference.
    std::optional<Grader> grader;
};
/// Reads `prompt`, `ids` or `messages`; `reference`, `references` or `reference_ids`; `answer`,
/// `id` and `grader`. Other keys are allowed. An empty text is no reference.
Result<OnsetCase> onsetCaseFromJson(
    const Json& json, const std::string& place, const std::optional<Grader>& grader = {});

struct OnsetOptions {
    bool r0 = true;
    bool r1 = true;
    bool r2 = true;
    bool r3 = true;
    bool r4 = false;
    int maxNew = 128;
    /// R4: continuations from each position, and the most positions tried.
    int rollouts = 16;
    int positions = 5;
    double temperature = 1;
    std::uint64_t seed = 1;
};
/// "R0,R1,R3". The error names what is no rule.
Result<void> readOnsetRules(const std::string& list, OnsetOptions& options);

/// A place that a rule names, in tokens and bytes of the text it speaks of.
struct OnsetPlace {
    std::size_t token = 0; ///< of the answer (R0, R4) or of the reference (R1, R2, R3), from 0
    std::int64_t byte = 0;
    std::string text; ///< the token there; empty at the end
};

/// Rule R4: the share of continuations that end right, from each of a few places of the answer.
struct RolloutPlace {
    OnsetPlace place;
    int right = 0;
    int known = 0; ///< with a verdict
};

enum class OnsetLabel {
    None, ///< nothing departs
    Departure, ///< from the reference, but the answer is right: another wording
    NotShown, ///< the answer is wrong, and forcing the reference did not repair it
    Onset, ///< the answer is wrong, and the reference's words from here on make it right
    Suspect, ///< no reference
};
std::string_view onsetLabelName(OnsetLabel label);

struct OnsetResult {
    std::string answer;
    bool ownAnswer = false; ///< generated here
    Grade grade;
    std::vector<TokenId> referenceIds;
    /// Whether the reference's tokens begin where the tokenizer would cut the joined text too.
    bool natural = true;
    std::optional<TextDeparture> r0;
    std::optional<OnsetPlace> r0Place;
    std::optional<GreedyDepartures> r1;
    std::optional<OnsetPlace> r1Place;
    std::string r1Chosen; ///< the token that greedy decoding says there
    std::optional<OnsetPlace> r2Place;
    float r2Surprisal = 0;
    std::int32_t r2Rank = 0;
    float r2Threshold = 0; ///< max(ln 10, H + 3 sqrt(W))
    std::optional<RepairTest> r3;
    std::vector<RolloutPlace> r4;
    std::optional<std::size_t> r4Critical; ///< index into r4: the first from which none ends right
    std::vector<OnsetPlace> suspects; ///< R5, without a reference
    OnsetLabel label = OnsetLabel::None;
};

/// Applies the rules to one case. Errors: those of `prepareInput`, "analysis.no_tokenizer".
Result<OnsetResult> findOnset(
    ModelUnderTest& model, const OnsetCase& asked, const OnsetOptions& options, StopToken stop);
Json onsetToJson(const OnsetCase& asked, const OnsetResult& result, const OnsetOptions& options);

/// Upper bound of the tokens that R4 generates for a case.
std::int64_t rolloutTokens(const OnsetOptions& options);

} // namespace assay
