#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"store.moved", "The project folder {path} was moved, renamed or taken away.",
        "Your decisions are safe. Open the project at its new place, so that runs and exports find "
        "it."},
    {"store.damaged", "The project database {path} is damaged: {reason}.",
        "Copy the project folder before you do anything else. Then restore a backup, or let "
        "sqlite3's command "
        ".recover read what can still be read."},
    {"store.newer",
        "The project {path} was written by a newer version of the program (data version {found}; "
        "this one knows "
        "{known}).",
        "Open it with the newer version; nothing was changed."},
    {"store.older",
        "The project {path} has data version {found}, but {known} is needed to read it.",
        "Open it once for writing, which brings it up to date."},
    {"store.not_a_project", "{path} is not an Assay project.",
        "Choose a folder that holds project.db, or make one with \"assay-cli project new\"."},
    {"store.busy", "The project database {path} is in use by another process for too long.",
        "Wait until the other import or program has finished, and try again."},
    {"store.full", "There is no space left to write {path}.",
        "Free some space and try again; what was saved before is untouched."},
    {"store.io", "The project database {path} cannot be read or written: {reason}.",
        "Check the disk and the rights on the project folder."},
    {"store.read_only", "The project database {path} may only be read.",
        "Check the rights on the project folder, or copy the project to a place of your own."},
    {"store.database", "The project database {path} reports: {reason}.",
        "Please report this text together with what you did."},
    {"store.window_open", "The project {path} is open in another window ({owner}).",
        "Use that window, or close it first. Commands in a terminal may use the project at the "
        "same time."},

    {"store.sample_missing", "There is no sample {id} in this project.",
        "List the samples to see their ids."},
    {"store.revision_missing", "The sample {id} never had the revision {revision}.",
        "See its history for the revisions it had."},
    {"store.duplicate_sample", "A sample with the id {uid} is already there.",
        "Remove the id from the row to take it in as a new sample."},
    {"store.nothing_imported", "No row could be kept; {rejected} were rejected.",
        "Look at the reasons above; often --dialect, --map or --role says what the file means."},
    {"store.malformed_rows",
        "The data is malformed in {count} places, of which this is the first; the {kept} good rows "
        "are imported.",
        "Mend the places listed, and import the mended rows from a file of their own."},
    {"store.nothing_exported", "The format {format} can hold none of the {count} samples.",
        "Choose another format, or other samples."},
    {"store.view_exists", "There is already a saved view called {name}.",
        "Choose another name, or delete that view first."},
    {"store.view_missing", "There is no saved view called {name}.",
        "Check the spelling of its name."},

    {"store.search_words", "There is nothing to search for in \"{query}\".",
        "Type at least one word; punctuation and words to leave out are not enough."},
    {"store.search_syntax", "The search expression \"{query}\" cannot be read: {reason}.",
        "Mend it, or search for plain words without the expert syntax."},

    {"store.event_missing", "There is no decision {uid} in this project.",
        "See the history of the sample for its decisions."},
    {"store.already_undone", "The decision {uid} has been undone already.",
        "Redo it, or undo another one."},
    {"store.nothing_to_undo", "There is nothing to undo.",
        "Only decisions that are in effect can be undone."},
    {"store.nothing_to_redo", "There is nothing to redo.",
        "What was undone can be redone until a new decision is made."},
    {"store.decision_value", "This {kind} cannot be recorded: {reason}.",
        "Mend the decision and try again."},
    {"store.task_value", "This task definition cannot be used: {reason}.",
        "Mend it and try again; the one in force is unchanged."},
    {"store.guideline_missing", "This project never had the guideline {hash}.",
        "See the versions of the guideline for their hashes."},
    {"store.clock_ahead",
        "A decision comes from a clock that is {seconds} seconds ahead of this machine's.",
        "Set the clocks of both machines, then exchange the decisions again."},
};

} // namespace

std::span<const CatalogueEntry> storeErrors() {
    return entries;
}

} // namespace assay::catalogue
