#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    // general
    {"cancelled", "Cancelled.", "Start it again when you are ready."},
    {"internal", "Something went wrong inside the program: {what}",
        "Please report this text together with what you did."},
    {"memory.exhausted", "There is not enough memory for {what}.",
        "Close other models or programs, or choose a smaller batch, length or model."},
    {"several", "{count} problems were found:", "Mend the listed places and try again."},
    {"usage", "{what}", "Run the command with --help to see its options."},

    // the demo
    {"demo.no_checkpoint", "The training in {path} ended without a checkpoint.",
        "Look into its log.txt, and start the demo again."},

    // files
    {"file.exists", "{path} exists already.", "Choose another place, or remove it first."},
    {"file.missing", "{path} does not exist.", "Check the path."},
    {"file.open", "{path} cannot be opened: {reason}.",
        "Check that it exists and that you may read it."},
    {"file.read", "{path} cannot be read: {reason}.", "Check the disk and the rights on the file."},
    {"file.write", "{path} cannot be written: {reason}.",
        "Free some space on the disk, or choose another place; what was saved before is "
        "untouched."},

    // JSON
    {"json.syntax", "This is not valid JSON: {reason}.", "Mend the file at the place named."},
    {"json.type", "{key} must be {expected}, but it is {found}.", "Mend the value."},
    {"json.missing", "{key} is missing.", "Add the key."},
    {"json.unknown_key", "{key} is not a known key.",
        "Remove it, or check its spelling. Known: {known}."},
    {"json.value", "{key} has a value that cannot be used: {reason}.", "Mend the value."},
};

} // namespace

std::span<const CatalogueEntry> generalErrors() {
    return entries;
}

} // namespace assay::catalogue
