#pragma once

#include "core/analysis/model_input.h"
#include "core/analysis/report.h"

#include <string>
#include <vector>

namespace assay {

struct InvestigateOptions {
    std::string prompt;
    std::string reference; ///< empty: nothing is called an error
    int maxNew = 64;
    int topK = 5; ///< alternatives kept for each token
};

/// Asks both models greedily, scores the tuned model's answer and the reference under both after
/// the same ids, and finds where the error starts (R0, R1). Both prompts are rendered through the
/// tuned model's template, so that every number compares the same context. Fills all of the report
/// but rows, curves and groups. Errors: those of `prepareInput`; "analysis.vocabularies" when the
/// models do not share theirs.
Result<Report> investigate(
    ModelUnderTest& base, ModelUnderTest& tuned, const InvestigateOptions& options, StopToken stop);

/// One greedy answer as text, rendered as `investigate` does: `templateOf` names the template.
struct GreedyAnswer {
    PreparedInput prompt;
    Generation generation;
    std::string text; ///< valid UTF-8, without end token and stop string
};
Result<GreedyAnswer> greedyAnswer(ModelUnderTest& model, const std::string& templateName,
    const std::string& prompt, int maxNew, StopToken stop);

/// The words of a text in order, without repeats: runs of letters and digits (any script; Chinese
/// without spaces gives runs). Case is kept; words that differ only in ASCII case count once.
std::vector<std::string> wordsOf(std::string_view text);
/// Words that carry the matter: no English function words, nothing shorter than three letters (CJK
/// two bytes or more always count).
std::vector<std::string> contentWords(std::string_view text);
/// Content words of `text` that none of the others has.
std::vector<std::string> wordsOnlyIn(
    std::string_view text, const std::vector<std::string_view>& others);

} // namespace assay
