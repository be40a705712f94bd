#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    // reading files of data
    {"import.nothing_kept", "{path} has no row that can be used: {rejected} were rejected.",
        "Look at the first reasons below; mend the file, or name its dialect or columns."},
    {"import.unrecognised", "The rows of {path} are of no known shape. Keys seen: {keys}.",
        "Name the dialect, or say which keys hold the question and the answer. Known: {known}."},
    {"import.unknown_dialect", "There is no dialect called {dialect}.", "Choose one of: {known}."},
    {"import.empty_file", "{path} is empty.", "Choose a file that holds rows."},
    {"import.not_text", "{path} is not a text file: it looks like {kind}.",
        "Unpack or convert it to JSON, JSONL, CSV or plain text in UTF-8."},
    {"import.no_column", "{path} has no column called {column}. Its columns are: {columns}.",
        "Map the column to one that the file has."},
    {"import.map_columns", "The columns of {path} are not understood. They are: {columns}.",
        "Say which column is the question and which the answer, or name the dialect text where it "
        "is prose."},

    // one row
    {"row.syntax", "This is not valid JSON: {reason}.", "Mend the row at the place named."},
    {"row.not_utf8", "The byte {byte} is not UTF-8.",
        "Convert the file to UTF-8, for example with iconv."},
    {"row.not_object", "The row is {found}, not an object.", "Write one object a row."},
    {"row.too_large", "The row has {bytes} bytes, more than the {limit} allowed.",
        "Look whether a quote or bracket before it is missing; else raise the limit."},
    {"row.too_deep", "The row is nested more than {limit} levels deep.", "Flatten it."},
    {"row.missing", "{field} is missing.", "Add it, or map the key that holds it."},
    {"row.type", "{field} must be {expected}, but it is {found}.", "Mend the value."},
    {"row.unknown_role", "The role \"{tag}\" is not known.",
        "Map it to system, user, assistant or tool, for example {tag}=assistant."},
    {"row.part_type",
        "{field} is a part of type \"{type}\", which a text conversation cannot hold.",
        "Leave the row out, or replace the part by text."},
    {"row.no_messages", "The conversation has no messages.", "Add turns or remove the row."},
    {"row.list_lengths", "{field} has {found} entries where {expected} were expected.",
        "Give each question one answer."},
    {"row.history", "{field} must be a list of [question, answer] pairs.", "Mend the value."},
    {"row.no_common_prompt", "chosen and rejected share no beginning that could be the prompt.",
        "Add a prompt key."},
    {"row.fields", "The row has {found} fields where the first row has {expected}.",
        "Look for a delimiter or a quote that is missing."},
    {"row.quote", "A quoted field is {problem}.", "Double the quotes that belong to the text."},
    {"row.cut_off", "The file ends in the middle of this row.", "Get the whole file."},
    {"row.not_closed", "The file ends without the closing bracket.",
        "Check whether rows are missing."},
    {"row.separator", "{found} between two rows.",
        "Nothing is lost; mend the file when convenient."},
    {"row.empty_turn", "{field} is empty.", "Fill in the turn or remove the row."},
    {"row.turn_order", "{field}: {problem}.", "Add the turn that is missing, or remove the row."},
    {"row.json_text", "{field} should hold JSON, but: {reason}.",
        "Mend the text; it was kept as it is."},
    {"row.text_cut", "A text of {bytes} bytes was cut at a line's end.",
        "Separate documents by blank lines."},

    // stored samples
    {"sample.value", "{field} has a value that cannot be used: {reason}.",
        "Write the sample in the form of the documentation."},

    // writing
    {"export.unknown_format", "There is no export format called {format}.",
        "Choose one of: {known}."},
    {"export.cannot_hold", "The {format} format cannot hold {what}.",
        "Export this sample in another format, such as openai."},
    {"export.finished", "The export to {path} has ended already.", "Start a new one."},
};

} // namespace

std::span<const CatalogueEntry> dataErrors() {
    return entries;
}

} // namespace assay::catalogue
