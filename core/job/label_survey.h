#pragma once

#include "core/job/batch_plan.h"
#include "core/job/train_inputs.h"

namespace assay {

/// What can be wrong with a row as the model will see it.
enum class LabelProblem {
    Untrained, ///< no token of it is trained
    DoubledBos, ///< two BOS in a row
    MissingEnd, ///< what is learnt does not end with a token that ends an answer
    CutAnswer, ///< trained tokens lie beyond max_length
    Overlong, ///< longer than max_length and dropped, or the run ends for it
    Unrendered, ///< template or tokenizer refused it; the run would end
};
constexpr int labelProblemCount = 6;
/// "untrained", "doubled_bos", "missing_end", "cut_answer", "overlong", "unrendered"
std::string_view labelProblemName(LabelProblem problem);

/// One row, or piece of a document, in a few bytes: a million fit.
struct SurveyRow {
    std::int64_t byte = 0; ///< of its line in the snapshot
    std::int32_t row = 0; ///< in the snapshot
    std::int32_t piece = 0; ///< of a document, from 0
    std::int32_t tokens = 0; ///< after the limit
    std::int32_t trained = 0;
    std::int32_t cut = 0;
    std::int32_t cutTrained = 0;
    std::int16_t channel = 0;
    RowFate fate = RowFate::Trained;
    std::uint8_t problems = 0; ///< bit 1 << LabelProblem
    bool heldOut = false;
    bool has(LabelProblem problem) const { return (problems >> int(problem) & 1) != 0; }
};

/// How every row of a snapshot reaches the model.
struct LabelSurvey {
    SnapshotSummary snapshot;
    std::vector<SurveyRow> rows; ///< in the snapshot's order, pieces one after the other
    std::vector<std::string> channels;
    std::int64_t counts[labelProblemCount] = {};
    std::int64_t tokens = 0; ///< of all rows that are used, held-out ones included
    std::int64_t trainedTokens = 0;
    std::int64_t cutTrainedTokens = 0;
    std::int64_t heldOut = 0; ///< rows
    TokenId largestId = -1;
    /// Lengths before the limit, nearest rank.
    std::int64_t p50 = 0;
    std::int64_t p95 = 0;
    std::int64_t p99 = 0;
    std::int64_t longest = 0;
    /// The first row that template or tokenizer refused: the run would end with this error.
    std::optional<Error> refusal;

    std::int64_t count(LabelProblem problem) const { return counts[int(problem)]; }
    /// Indices into `rows` of those that are trained: what the indices of an EpochPlan count.
    std::vector<std::int64_t> trainRows() const;
    std::vector<std::int64_t> trainLengths() const;
    PlannedRows trainPlan() const;
};

/// Puts every row of a snapshot through `encodeRow`, as the run will, and notes what is wrong.
Result<LabelSurvey> surveyLabels(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const TrainInputs& inputs, const ProgressFunction& progress, StopToken stop);

/// One token as it is shown.
struct PreviewToken {
    TokenId id = 0;
    std::string text; ///< valid UTF-8; the vocabulary's spelling for a control token
    bool control = false;
    bool trained = false;
    float weight = 1;
};
struct RowPreview {
    SurveyRow row;
    std::string id;
    std::string channel;
    std::vector<PreviewToken> tokens;
    /// Tokens beyond the limit, which the run never sees.
    std::vector<PreviewToken> cutTokens;
    std::optional<Error> refusal;
};
/// The exact tokens of `survey.rows[index]`, made anew from the snapshot.
Result<RowPreview> previewRow(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const TrainInputs& inputs, const LabelSurvey& survey, std::int64_t index);

/// What one epoch looks like in micro-batches and steps.
struct BatchSummary {
    std::int64_t microBatches = 0;
    std::int64_t steps = 0; ///< of the first epoch
    std::int64_t totalSteps = 0;
    std::int64_t tokens = 0;
    /// Share of the micro-batches' room that stays empty: with packing of micro_batch_tokens a
    /// micro-batch. Rows stand end to end, so this room costs no time; it makes steps smaller.
    double emptyShare = 0;
    /// What padding every row of a micro-batch to its longest would cost: padding / all. Other
    /// trainers pay it where they do not pack.
    double paddingAvoided = 0;
    double tokensPerStep = 0;
    double trainedTokensPerStep = 0;
    double rowsPerStep = 0;
    std::int64_t largestTokens = 0; ///< of a micro-batch
    std::int64_t largestTrained = 0;
};
BatchSummary summariseBatches(
    const TrainSpec& spec, const LabelSurvey& survey, const EpochPlan& firstEpoch);

} // namespace assay
