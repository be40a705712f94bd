#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    // tokenizers
    {"text.added_token_gap",
        "The added token {token} of {path} has the id {id}, but {expected} is the next free one.",
        "Correct added_tokens_decoder in tokenizer_config.json: added ids follow the vocabulary "
        "without gaps."},
    {"text.no_tokenizer", "{path} has no tokenizer.",
        "Add its tokenizer.json or tokenizer.model to the folder, or work with token ids."},
    {"text.spm_library", "The tokenizer library {path} cannot be loaded: {reason}.",
        "Install the program again; libassay_spm.so belongs beside libassay_core.so."},
    {"text.tokenizer_invalid", "{path} is not a SentencePiece model: {reason}",
        "Get the file again; a truncated download and a Git LFS pointer file are the common "
        "causes."},
    {"text.tokenizer_file", "{path} cannot be read as a tokenizer: {reason}.",
        "Get the file again; a truncated download and a Git LFS pointer file are the common "
        "causes."},
    {"text.unsupported_tokenizer", "The tokenizer {path} needs {part}, which is not supported.",
        "Supported are byte-level BPE, BPE with byte fallback and Unigram in tokenizer.json, "
        "tokenizer.model (SentencePiece), tiktoken files, and vocab.json with merges.txt."},

    // training of tokenizers
    {"text.empty_corpus", "The corpus holds no text.",
        "Give files with text, one sentence or paragraph a line."},
    {"text.tokenizer_training", "The tokenizer cannot be trained: {reason}",
        "Check the corpus; other sizes or the other model type may work."},
    {"text.vocabulary_too_large", "This corpus does not fill a vocabulary of {size} pieces.",
        "Choose {largest} pieces at most, or give more text."},
    {"text.vocabulary_too_small", "A vocabulary of {size} pieces is too small for this corpus.",
        "Choose {least} pieces at least, or a smaller character coverage."},

    // chat templates
    {"text.template_message",
        "Message {number} ({role}) does not fit the chat template {template}: {reason}.",
        "Choose another template (chatml holds every kind of message), or change the "
        "conversation."},
    {"text.unknown_template", "There is no chat template {name}.", "Choose one of: {known}."},
    {"text.template_mask",
        "What message {number} trains cannot be told from the chat template {template}: {reason}.",
        "Put {% generation %} and {% endgeneration %} around the answer in the template, give the "
        "message the weight 0, or choose another template."},
    {"text.template_refused", "The chat template {template} refuses this conversation: {reason}.",
        "Change the conversation, or choose another template."},
    {"text.template_render",
        "The chat template {template} fails at line {line}, column {column}: {reason}.",
        "Correct the template, or choose another one."},
    {"text.template_syntax",
        "The chat template {path} is wrong at line {line}, column {column}: {reason}.",
        "Correct the template, or choose another one."},
};

} // namespace

std::span<const CatalogueEntry> textErrors() {
    return entries;
}

} // namespace assay::catalogue
