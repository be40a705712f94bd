#pragma once

#include "core/analysis/token_scores.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// What the report says about one token under one model. Natural logs.
struct ReportScore {
    float logprob = 0;
    std::int32_t rank = 0;
    float entropy = 0;
    /// The most probable tokens there: display form and log-probability, best first.
    std::vector<std::pair<std::string, float>> top;
};

struct ReportToken {
    std::string text; ///< display form, valid UTF-8
    ReportScore base;
    ReportScore tuned;
    /// Jensen-Shannon divergence of the two distributions, 0 .. ln 2.
    float js = 0;
    std::string band; ///< URIAL band: "unshifted", "marginal", "shifted"
};

/// One row of training data that may have taught the answer.
struct ReportTrainingRow {
    std::string channel;
    std::string place; ///< "train.json:17"
    std::string prompt;
    std::string answer;
};

struct ReportCurve {
    std::string name;
    enum class Role { Base, Tuned } role = Role::Base;
    std::vector<std::pair<double, double>> loss; ///< step, nats a token
    std::vector<std::pair<double, double>> evalLoss; ///< step, nats a token
};

/// A line of "how the cases came out".
struct ReportGroup {
    std::string name;
    std::int64_t cases = 0;
    std::int64_t baseRight = 0;
    std::int64_t tunedRight = 0;
    std::string example; ///< a wrong answer of the tuned model, or empty
    /// Right answers of a larger model tuned on the same rows, where there is one.
    std::optional<std::int64_t> siblingRight;
    /// Right answers of the tuned model to the same questions without the planted cause, where the
    /// cases have such controls.
    std::optional<std::int64_t> controlRight;
    /// Cases of a planted cause that came out as planted.
    std::optional<std::int64_t> asPlanted;
};

/// Everything the page shows, as plain values: filling it is `investigate`'s work, drawing it
/// `reportHtml`'s.
struct Report {
    std::string title;
    std::string prompt;
    std::string reference; ///< empty without one
    std::string baseName;
    std::string tunedName;
    std::string baseAnswer;
    std::string tunedAnswer;
    std::string baseEnded; ///< why generation ended: "end_token", "length", ..
    std::string tunedEnded;
    /// The tuned model's answer, scored under both models after the same ids.
    std::vector<ReportToken> answer;
    /// The reference, forced on both models.
    std::vector<ReportToken> forced;

    /// Where the error starts; indices into `forced` (R1) and `answer`.
    struct Onset {
        std::size_t forcedToken = 0;
        std::optional<std::size_t> answerToken;
        std::string chosen; ///< what the tuned model says there
        std::string expected; ///< what the reference says there
        float gap = 0; ///< logits, best minus expected
        std::string strength; ///< "near-tie", "soft", "firm"
        std::int32_t baseRank = 0; ///< rank of the expected token under base
        std::size_t departures = 0; ///< all of them on the forced reference
    };
    std::optional<Onset> onset; ///< rule R1
    /// Rule R0: first differing byte of answer and reference; none when equal.
    std::optional<std::int64_t> textDeparture;
    std::string textDepartureKind;

    /// Rows with the wrong words and a content word of the prompt.
    std::vector<std::string> wrongWords;
    std::vector<std::string> promptWords;
    bool anyWrongWord = false; ///< no row has all wrong words, so rows with any of them were taken
    std::vector<ReportTrainingRow> rows; ///< the first few
    std::int64_t rowsFound = 0;
    std::int64_t rowsSearched = 0;
    std::vector<std::pair<std::string, std::int64_t>> rowsByChannel;
    /// The same search with the expected words, for comparison.
    std::vector<std::string> expectedWords;
    std::int64_t expectedRowsFound = 0;

    std::vector<ReportCurve> curves;
    std::vector<ReportGroup> groups;
    /// Models, tokenizer, template, dtype, seeds, rule names: label and value.
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// One HTML page without scripts or references to other files, for light and dark screens and for
/// print.
std::string reportHtml(const Report& report);

/// A page of one text under both models: `answer` as a strip, a sentence on what was found, and
/// where the numbers come from. The rest of the report is not shown.
std::string comparedTextHtml(
    const Report& report, const std::string& finding, std::optional<std::size_t> onset);

/// Writes it whole or not at all.
Result<void> writeReport(const Report& report, const std::filesystem::path& path);

} // namespace assay
