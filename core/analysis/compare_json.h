#pragma once

#include "core/analysis/byte_alignment.h"
#include "core/analysis/compare.h"
#include "core/analysis/forced_reference.h"
#include "core/analysis/onset.h"

namespace assay {

/// What a model said by itself.
struct Continuation {
    Generation generation;
    /// Up to the stop string; raw bytes. Absent without a tokenizer.
    std::optional<std::string> text;
    std::vector<ByteRange> ranges; ///< of the ids, into the text before it was cut
};
Continuation continuationOf(const ModelUnderTest& model, const PreparedInput& prompt,
    const std::vector<std::string>& stopStrings, Generation generation);
Json continuationJson(const ModelUnderTest& model, const Continuation& continuation);

/// `byte` and the covering token on each side; null where the runs are equal.
Json divergenceJson(const std::optional<Divergence>& divergence, const ModelUnderTest& base,
    const Continuation& baseRun, const ModelUnderTest& tuned, const Continuation& tunedRun);

enum class Bands { Omit, Add };
/// Arrays aligned to all tokens of `whole`, null for the first; the answer begins at `first`. URIAL
/// bands make sense where the tuned model chose the answer's tokens.
Json comparisonJson(const ModelUnderTest& base, const ModelUnderTest& tuned,
    const PreparedInput& whole, std::size_t first, const Comparison& comparison, Bands bands);

/// For different tokenizers: log-probabilities summed over groups of tokens that cover the same
/// bytes.
Json groupsJson(const ForcedReference& base, const SequenceScores& baseScores,
    const ForcedReference& tuned, const SequenceScores& tunedScores);

/// Rule R1 for one model on a forced reference.
Json greedyDepartureJson(
    const ModelUnderTest& model, const ForcedReference& forced, const SequenceScores& scores);
/// Rule R0 for one model's own continuation.
Json textDepartureJson(
    const ModelUnderTest& model, const Continuation& continuation, const std::string& reference);

} // namespace assay
