#pragma once

#include "core/analysis/forced_reference.h"
#include "core/analysis/grader.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// The beginning of an answer that a model is given, to see how it goes on.
struct ForcedPrefix {
    std::vector<TokenId> ids; ///< of the prefix alone, behind the prompt's
    std::string text; ///< what they spell; with back-off it may go beyond the text asked for
    /// Whether the tokenizer would cut there too when the text goes on as `checkedAgainst`, or as
    /// the model does.
    bool natural = true;
    std::size_t backedOff = 0; ///< tokens taken back and chosen again by the model
};

struct ForcePrefixOptions {
    /// Tokens at the end that the model chooses again, under the condition that they spell the
    /// same bytes or go on from them.
    std::size_t backOff = 0;
    /// How the text goes on, where it is known; else the model is asked for a few tokens.
    std::optional<std::string> goesOn;
};

/// Text mode. Errors: "analysis.no_tokenizer", "analysis.no_spelling" where no token goes on as the
/// back-off demands.
Result<ForcedPrefix> forceText(ModelUnderTest& model, const PreparedInput& prompt,
    const std::string& text, const ForcePrefixOptions& options, StopToken stop);

struct ForcedContinuation {
    std::vector<TokenId> ids; ///< prefix and continuation
    std::string text; ///< valid UTF-8, without end token and stop string
    std::size_t prefixBytes = 0; ///< of `text`, where the continuation begins
    EndReason ended = EndReason::Length;
};

/// Greedy continuation after prompt and prefix; token-exact: the ids stay as they are. A model
/// without tokenizer spells ids as numbers.
Result<ForcedContinuation> continueFrom(ModelUnderTest& model, const PreparedInput& prompt,
    std::span<const TokenId> prefix, int maxNew, StopToken stop);

/// How much of a reference must be given until the model finishes correctly (rule R3 where it
/// begins at a departure).
struct RepairTest {
    struct Try {
        std::size_t given = 0; ///< tokens of the reference
        Grade grade;
        std::string text; ///< what was given and how it went on
        std::size_t givenBytes = 0; ///< of `text`
    };
    std::size_t departure = 0; ///< tokens that the model says by itself
    /// Tokens from the departure on: 1 is a slip of one token, 0 right by itself. None where even
    /// the whole reference is not finished correctly.
    std::optional<std::size_t> length;
    std::size_t given() const { return length && *length > 0 ? departure + *length : 0; }
    std::vector<Try> tries; ///< in the order made
};

/// Forces reference[0 .. departure + j), j = 1, 2, 4, .. and the whole, then bisects between the
/// last wrong and the first right one: about 2 log2 M generations. The smallest j is exact where
/// more of the reference never makes it worse.
Result<RepairTest> repairTest(ModelUnderTest& model, const PreparedInput& prompt,
    std::span<const TokenId> reference, std::size_t departure, const Grader& grader,
    std::span<const std::string> references, int maxNew, StopToken stop);

} // namespace assay
