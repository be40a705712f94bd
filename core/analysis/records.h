#pragma once

#include "core/analysis/model_input.h"

namespace assay {

/// The JSON shapes that verbs write and the live session sends; docs/protocol.md and the reader's
/// guide name their keys. Numbers are natural logarithms; what is not finite becomes null.

/// A float as the shortest decimal that reads back as the same float: records stay small.
Json floatToJson(float value);
Json textSpansToJson(const std::vector<TextSpan>& spans);

/// What `tokenFields` gives, and, for messages, `spans`.
Json tokensToJson(const PreparedInput& input, const Tokenizer* tokenizer);

/// Adds `logprob`, `rank`, `entropy`, `varentropy`, `margin` and, when top-K was asked for, `top`
/// (a list of [id, logprob] a token): entries [begin, end) of the scores, after one null in each
/// when `leadingNull`.
void addScoreArrays(Json& record, const SequenceScores& scores, std::size_t begin, std::size_t end,
    bool leadingNull);

/// How a text came to be scored: program, model, template, temperature and filters.
Json scoreProvenance(const ModelInfo& info, const PreparedInput& input);
/// One line of `assay-cli score`: tokens, score arrays with null for the first token, `count` and
/// `provenance`.
Json scoreRecord(
    const ModelUnderTest& model, const PreparedInput& input, const SequenceScores& scores);

/// A generation as `assay-cli generate --json` prints it: `ids` and `text` of what is new (the text
/// up to the stop string), `ended`, `end_id`, the score arrays when captured, `prompt` (text and
/// ids), `provenance`.
Json generationRecord(const ModelUnderTest& model, const PreparedInput& prompt,
    const GenerateOptions& options, const Generation& generation);
Json generationProvenance(
    const ModelInfo& info, const PreparedInput& prompt, const GenerateOptions& options);

/// Text before the first of the stop strings.
std::string cutAtStop(const std::string& text, const std::vector<std::string>& stopStrings);

} // namespace assay
