#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"engine.absent", "The engine is not installed: {reason}.",
        "Install the package assay-engine, or build with ASSAY_ENGINE=ON."},

    // job folders
    {"job.ended_first", "The job ended ({phase}) before it answered to {command}.",
        "Look at its state with the verb: job status."},
    {"job.file_short",
        "{path} holds {size} bytes, but the checkpoint was taken when it held {expected}.",
        "Lines were lost from this file; continue from an older checkpoint, or start the job "
        "anew."},
    {"job.folder_taken", "{path} exists already and is not an empty folder.",
        "Choose another folder for the job, or continue the one there with: assay-cli run {path}"},
    {"job.no_answer",
        "The job in {path} has not answered to {command} in time; it will when its step is done.",
        "Look again with: assay-cli job status {path}"},
    {"job.no_folder", "{path} is not a job folder: it has no spec.json.",
        "Check the path, or make a job with: assay-cli train --spec SPEC --job {path}"},
    {"job.not_running", "No process works on the job in {path}.",
        "Start it with: assay-cli run {path}"},
    {"job.owned", "The job in {path} is being worked on by process {pid} on {host} since {since}.",
        "Wait until it is done, or end it with: assay-cli job stop {path}"},
    {"job.refused", "The job did not carry out {command}: {reason}.",
        "Look at its state with the verb: job status."},
    {"job.spec_changed", "{path} was changed after the job was made.",
        "A job's spec is fixed, so that its results can be trusted. Put back the old text, or make "
        "a new job "
        "with the changed spec."},
    {"job.start", "The job could not be started: {reason}.", "Look at the end of {log}."},

    // logs of other trainers
    {"runlog.none_here", "No training log was found in {path}.",
        "Assay reads TensorBoard event files, trainer_state.json, trainer_log.jsonl and "
        "logging.jsonl; choose the folder that a trainer wrote into."},
    {"runlog.settings", "{path} holds settings, no curve.",
        "Open trainer_state.json, trainer_log.jsonl, logging.jsonl or an event file instead."},
    {"runlog.totals", "{path} holds the totals of a run, no curve.",
        "Open trainer_state.json or trainer_log.jsonl of the same run; its totals are shown with "
        "it."},
    {"runlog.unknown", "{path} is no training log that Assay reads.",
        "It reads TensorBoard event files, trainer_state.json, trainer_log.jsonl and "
        "logging.jsonl."},

    {"measure.too_few", "The measured job in {path} ended before its second step.",
        "The data may hold fewer rows than one step takes; give it more, or make the steps "
        "smaller."},
    {"preview.no_row", "There is no row {row}; the data gives {count}.",
        "Give a number below that."},

    // jobs one after another
    {"queue.absent", "{job} is not in the queue.",
        "Look at the queue with: assay-cli queue list FOLDER"},
    {"queue.twice", "{job} is in the queue already.", "Move it instead of adding it again."},
    {"queue.vanished", "The process of the job in {path} ended without a word.",
        "Look at the end of its log.txt; its memory may have run out. Continue it with: assay-cli "
        "run {path}"},

    // what a run is told to do
    {"spec.data_source", "A run has exactly one data source, but {found}.",
        "Give one of data.project, data.files and data.tokenized."},
    {"spec.model_start", "A run starts either from a model folder or from a shape, but {found}.",
        "Give model.path, or model.shape together with model.tokenizer."},
    {"spec.version", "This spec has version {found}; this program knows version {known}.",
        "Use the program that wrote it, or write the spec anew from the example that the verb spec "
        "prints."},

    // the rows of a run
    {"snapshot.changed", "{path} was changed after the job was made.",
        "A job's rows are fixed, so that it can be repeated. Make a new job from the changed "
        "data."},
    {"snapshot.no_rows", "No row of the data can be used; {rejected} were left out.",
        "Mend the rows listed, or choose other data."},
    {"snapshot.row", "This row cannot be used: {reason}.",
        "Leave it out, or choose another kind of run."},

    // TensorBoard event files
    {"tfevents.damaged", "{path} is damaged at byte {byte}: {reason}.",
        "What stands before that place was read; copy the file anew if more is expected."},
};

} // namespace

std::span<const CatalogueEntry> jobErrors() {
    return entries;
}

} // namespace assay::catalogue
