#include "core/quality/check_list.h"

#include <algorithm>
#include <array>

namespace assay {

namespace {

using enum CheckLevel;
using enum CheckGroup;

constexpr auto checks = std::to_array<CheckInfo>({
    {"answer-cut", Error, Length, "Answer cut",
        "the tokens after the template exceed the chosen length, so the end of the row is not "
        "learnt"},
    {"answer-short", Info, Length, "Very short answer",
        "all answers together have fewer than 10 characters or, where a model counts them, fewer "
        "than 10 tokens (Data-Juicer: text_length, token_num)"},
    {"duplicate-exact", Warning, Duplicates, "Exact duplicates",
        "same system prompt, question and answer after Unicode NFC and collapsed white space "
        "(128-bit hash); the rows of a group stand together"},
    {"conflict", Warning, Duplicates, "Same question, different answers",
        "same system prompt and question, another answer: to be reviewed, not removed; "
        "preference pairs are left out"},
    {"duplicate-near", Warning, Duplicates, "Near duplicates",
        "at least 0.8 of the 5-character pieces in common with another row of the group (Jaccard; "
        "lower case, digits and white space collapsed, no system prompts); candidates by MinHash "
        "16 × 8, and of exact duplicates one row takes part"},
    {"leak", Error, Duplicates, "Leak from held-out rows",
        "12 words in a row (or Chinese, Japanese, Korean characters), or a shorter whole question "
        "of 3 words and more, that stand in a held-out row too (n-grams as datatrove's); the rows "
        "of a group stand together, the held-out one among them"},
    {"query-empty", Error, Structure, "Empty question",
        "no user message, or one of only white space"},
    {"answer-empty", Error, Structure, "Empty answer",
        "no assistant message, or one without words and without a tool call"},
    {"role-order", Error, Structure, "Roles out of order",
        "system only first, then user and assistant in turn, the assistant last; tool results "
        "directly after the call"},
    {"tool-result", Error, Structure, "Tool result without a call",
        "a tool message that follows no tool call"},
    {"tool-call-id", Error, Structure, "Tool call id missing or unknown",
        "a tool message whose tool_call_id is empty or names no earlier call"},
    {"tool-arguments", Error, Structure, "Tool arguments are not JSON",
        "the arguments of a tool call cannot be read as JSON"},
    {"pair-equal", Error, Structure, "Chosen equals rejected",
        "both answers of a preference pair are the same after collapsed white space"},
    {"text-invalid", Error, Text, "Broken characters",
        "U+FFFD, which stands where bytes could not be read"},
    {"mojibake", Warning, Text, "Wrongly decoded text",
        "two or more places where UTF-8 was read as Latin-1, such as Ã© or â€™"},
    {"control-characters", Warning, Text, "Control characters",
        "characters below U+0020 other than tab and line breaks, or U+007F"},
    {"alphanumeric-low", Warning, Text, "Few letters and digits",
        "letters and digits are less than 0.25 of the answer's characters (Data-Juicer)"},
    {"special-high", Warning, Text, "Many special characters",
        "more than 0.25 of the answer's characters are neither letter, digit nor white space; "
        "not for code (Data-Juicer, NeMo)"},
    {"repetition-characters", Warning, Text, "Repeated characters",
        "10-character pieces that occur again among the most frequent ones make up more than 0.5 "
        "of the answer (Data-Juicer)"},
    {"repetition-words", Warning, Text, "Repeated words",
        "more than 0.5 of the answer's 10-word pieces occur more than once (Data-Juicer)"},
    {"repetition-top", Warning, Text, "One phrase over and over",
        "the most frequent 2, 3 or 4 words hold more than 0.20, 0.18 or 0.16 of the characters; "
        "from 50 words on (Gopher)"},
    {"repetition-phrases", Warning, Text, "Repeated phrases",
        "repeated 5 to 10 words hold more than 0.15, 0.14, 0.13, 0.12, 0.11 or 0.10 of the "
        "characters; from 50 words on (Gopher)"},
    {"duplicate-lines", Warning, Text, "Repeated lines",
        "lines that stood before hold more than 0.30 of the answer's lines, or more than 0.20 of "
        "its characters; not for code (datatrove)"},
    {"duplicate-paragraphs", Warning, Text, "Repeated paragraphs",
        "paragraphs that stood before hold more than 0.30 of the answer's paragraphs, or more than "
        "0.20 of its characters (datatrove)"},
    {"word-long", Warning, Text, "Overlong word", "a word of more than 1000 characters (C4, NeMo)"},
    {"word-length", Info, Text, "Unusual word length",
        "mean word length outside 3 to 10 characters, from 10 words on; not for Chinese, Japanese "
        "and Korean (Gopher)"},
    {"urls-digits", Info, Text, "Many links, digits or brackets",
        "links hold more than 0.2, digits more than 0.15 or round brackets more than 0.1 of the "
        "answer's characters (NeMo)"},
    {"boilerplate", Info, Content, "Boilerplate",
        "an answer that opens with a refusal, says “as an AI” or holds lorem ipsum; the list of "
        "phrases is ours"},
    {"flagged-words", Warning, Content, "Flagged words",
        "more than 0.045 of the words are in a list of swear words and slurs (Data-Juicer's "
        "threshold; the list is ours)"},
    {"pii-email", Warning, Content, "E-mail address", "text of the form name@host.domain"},
    {"pii-ip", Warning, Content, "Public IP address",
        "an IPv4 address outside the private, loopback and documentation ranges"},
    {"pii-secret", Warning, Content, "Secret",
        "a private key block, or a token in the form of AWS, GitHub, Slack, Google or OpenAI keys"},
});

} // namespace

std::string_view checkLevelName(CheckLevel level) {
    return level == Error ? "error" : level == Warning ? "warning" : "info";
}

std::span<const CheckInfo> checkList() {
    return checks;
}

const CheckInfo* findCheck(std::string_view name) {
    const auto found
        = std::ranges::find_if(checks, [&](const CheckInfo& info) { return name == info.name; });
    return found != checks.end() ? &*found : nullptr;
}

} // namespace assay
