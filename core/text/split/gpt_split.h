#pragma once

#include <optional>
#include <string_view>

namespace assay {

/// The family of patterns that GPT-2 began: contractions, words, numbers, signs, white space. The
/// members differ in four points. Matched by hand, several times faster than a regular expression;
/// the tests hold both against each other.
struct GptPattern {
    /// A word may begin with any character that is neither letter, number nor line break; otherwise
    /// with a space only.
    bool anyLead = false;
    bool contractionsOfAnyCase = false;
    /// Digits of one number; 0 is any number of them, behind an optional space.
    int maxDigits = 0;
    /// Line breaks belong to the signs before them, and white space ends with them.
    bool breaksAtLines = false;
    bool operator==(const GptPattern&) const = default;
};

inline constexpr GptPattern gpt2Pattern{false, false, 0, false};
inline constexpr GptPattern llama3Pattern{true, true, 3, true};
inline constexpr GptPattern qwen2Pattern{true, true, 1, true};

/// The regular expression of a pattern, as tokenizer.json writes it.
std::string_view expressionOf(const GptPattern& pattern);
/// The pattern that this regular expression is, where it is one of the family.
std::optional<GptPattern> gptPatternOf(std::string_view expression);

/// The end of the word that starts at `at`, which must lie before `end`; the text is well-formed
/// UTF-8.
const char* gptWordEnd(
    const GptPattern& pattern, const unsigned char* classes, const char* at, const char* end);

} // namespace assay
