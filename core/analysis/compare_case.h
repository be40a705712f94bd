#pragma once

#include "core/analysis/paired_text.h"
#include "core/data/sample.h"

namespace assay {

/// Which answer both models are made to read.
enum class AnswerSource { Reference, Tuned, Base };
std::string_view answerSourceName(AnswerSource source);
std::optional<AnswerSource> answerSourceFromName(std::string_view name);

/// A sample as a question with, where it has one, the answer it holds: the last turn of a
/// conversation, the chosen answer of a preference pair, all of a plain text (after an empty
/// prompt, continued as it stands).
struct SampleCase {
    ModelInput prompt;
    bool raw = false;
    std::optional<std::string> answer;
    /// What a right answer says: the sample's reference, else its answer.
    std::optional<std::string> reference;
};
SampleCase sampleCase(const Sample& sample);
/// `messages` or `prompt` and `raw`, as the methods of the live session read them.
Json sampleCaseParams(const SampleCase& asked);

struct CompareCaseRequest {
    ModelInput prompt;
    bool raw = false;
    AnswerSource source = AnswerSource::Reference;
    /// The given answer; needed for `Reference`.
    std::optional<std::string> answer;
    std::optional<std::string> reference;
    int maxNew = 64;
};
/// Reads `prompt`, `messages` or `ids`; `source`, `answer`?, `reference`?, `template`?, `raw`?,
/// `max_new`?.
CompareCaseRequest readCompareCaseRequest(JsonReader& params);

/// One row of a batch: the aggregates of one case (docs/protocol.md, `analysis.compare_case`).
/// "analysis.no_answer" where the source is the reference and there is none.
Result<Json> compareCase(ModelUnderTest& base, ModelUnderTest& tuned,
    const CompareCaseRequest& request, const StopToken& stop);

/// Both models' own greedy answers to one question, rendered through the tuned model's template:
/// `base` and `tuned` with `text` and `ended`.
Result<Json> answerBoth(ModelUnderTest& base, ModelUnderTest& tuned,
    const CompareCaseRequest& request, const StopToken& stop);

} // namespace assay
