#pragma once

#include "core/base/result.h"
#include "core/data/sample.h"

#include <string>
#include <string_view>

namespace assay {

/// What the full-text index holds of a sample: what is asked, and what the model answers. Thinking
/// text and tool calls count as answer, tool results and system prompts as question, plain
/// pre-training text as answer.
struct ShadowText {
    std::string query;
    std::string answer;
};
ShadowText shadowText(const Sample& sample);

/// Puts a space around every CJK character, so that the index's tokenizer, which splits at spaces,
/// makes each a token of its own.
std::string spaceCjk(std::string_view text);

enum class SearchSyntax {
    /// Words, all of which must occur; "quoted words" in this order; word* for a beginning; -word
    /// for absence.
    /// Anything else is text to be found, never an operator.
    Plain,
    /// SQLite's FTS5 language (AND, OR, NOT, NEAR, columns `query` and `answer`); CJK text in it
    /// needs no quotes.
    Expert,
};

/// The FTS5 expression for what a person typed. Errors: "store.search_words" when it holds no word
/// at all or only absent ones.
Result<std::string> searchExpression(
    std::string_view typed, SearchSyntax syntax = SearchSyntax::Plain);

} // namespace assay
