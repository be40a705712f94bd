#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    // what a model is asked
    {"analysis.no_tokenizer", "{path} has no tokenizer, so it cannot take text.",
        "Put tokenizer.model into its folder, or give token ids."},
    {"analysis.no_template", "{path} has no chat template, so messages cannot be rendered for it.",
        "Name one with --template (chatml, llama-2, alpaca or plain)."},
    {"analysis.no_input", "Nothing was given to be scored or continued.",
        "Give ids, a text or messages."},
    {"analysis.one_input", "Exactly one of {keys} is needed, but {count} are given.",
        "Keep the one that is meant."},
    {"analysis.id_range", "Token id {id} (number {index}) is outside the vocabulary of {size}.",
        "Check that the ids were made with this model's tokenizer."},
    {"analysis.top_range",
        "The number of alternatives must lie between 0 and the vocabulary of {size}, not {top}.",
        "Choose a smaller number."},
    {"analysis.text_differs",
        "Base and tuned model have different tokenizers, and the prompt comes out as different "
        "text for them.",
        "Name one template for both with --template, or compare without one."},
    {"analysis.no_answer", "The sample holds no answer that both models could be made to read.",
        "Compare the tuned or the base model's own answer instead."},
    {"analysis.batch_other", "{path} holds the results of something else.",
        "Name another file: results of different models or settings are never mixed."},
    {"analysis.rule", "\"{rule}\" is no rule of error onset.", "Use R0, R1, R2, R3 and R4."},
    {"analysis.no_spelling", "No token of this model goes on with \"{text}\".",
        "Take fewer tokens back, or force the text as it is."},
    {"analysis.vocabularies",
        "{base} and {tuned} have different tokenizers, so their tokens cannot be compared.",
        "Choose a tuned model that was trained from this base, or use compare, which aligns by "
        "bytes."},

    // what is right
    {"grader.kind", "There is no grader of the kind {kind}.",
        "Use exact, aliases, regex, json_schema, choice, judge or person."},
    {"grader.pattern", "The expression {pattern} is wrong at character {character}: {reason}.",
        "Mend the expression (PCRE2 syntax)."},
    {"schema.keyword", "The JSON Schema keyword {keyword} is not supported.",
        "docs/analysis.md lists the keywords; leave this one out or say it with those."},
    {"schema.value", "{keyword} must be {expected}.", "Mend the schema."},
    {"schema.reference", "The schema refers to {reference}, which is not in the same document.",
        "Use references such as #/$defs/name."},

    // the phrase index
    {"corpus.empty", "There is no text to index.",
        "Choose files that hold text, or import rows into the project first."},
    {"corpus.too_large",
        "An index holds at most 2 GiB of text and 2 billion tokens; this would be {bytes} bytes.",
        "Index the files one by one, each into an index of its own."},
    {"corpus.memory", "There is not enough memory for the index: {bytes} bytes more are needed.",
        "Close other programs, or index the files one by one."},
    {"corpus.no_tokenizer", "{path} has no tokenizer.",
        "Name a model folder with tokenizer.json or tokenizer.model."},
    {"corpus.no_ids", "{path} holds text only, no token ids.",
        "Build it again with --tokenizer, or ask with --text."},
    {"corpus.not_index", "{path} is no phrase index.", "Name a file that corpus build has made."},
    {"corpus.version", "{path} has version {version}; this program reads version {own}.",
        "Build the index again."},
    {"corpus.damaged", "{path} is damaged: {what}.", "Build the index again."},

    // the live session
    {"session.hello_first", "The first request of a session must be hello.",
        "Send hello, then try again."},
    {"session.protocol",
        "This engine speaks protocol version {own}, but version {asked} was asked for.",
        "Use the window and the engine of the same release."},
    {"session.line_too_long", "A line of more than {limit} bytes came in.",
        "Send less in one request, for example a shorter text."},
    {"session.reply_too_long", "The answer would have {size} bytes; a line holds {limit}.",
        "Ask for less: a shorter text, or fewer alternatives."},
    {"session.not_request", "This is not a JSON-RPC 2.0 request: {reason}.",
        "See docs/protocol.md."},
    {"session.unknown_method", "There is no method {method}.",
        "See docs/protocol.md; a newer window may need a newer engine."},
    {"session.unknown_model", "No model is loaded as {model}.", "Load it first with model.load."},
    {"session.duplicate_id", "A request with the id {id} is still being answered.",
        "Use another id."},
};

} // namespace

std::span<const CatalogueEntry> analysisErrors() {
    return entries;
}

} // namespace assay::catalogue
