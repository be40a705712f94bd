#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    // the live session, as the window sees it
    {"session.no_command", "No engine command is set.",
        "Set one in the preferences, or start the window with --engine COMMAND."},
    {"session.start", "The engine cannot be started: {command}: {reason}.",
        "Check the engine command, or install the package assay-engine."},
    {"session.ended", "The engine has ended ({reason}). Nothing that was saved is lost.",
        "Restart the engine; if it ends again, read what it wrote last."},
    {"session.log_line", "{line}", "This is what the engine wrote last."},
    {"session.silent", "The engine does not answer.",
        "Check the engine command; through ssh, check that a login needs no password."},
    {"session.version",
        "The engine speaks protocol version {found}, this window version {expected}.",
        "Install the same version of assay and of assay-engine on both machines."},
    {"session.garbled", "The engine sent a line that is not a message: {line}",
        "Check that the engine command prints nothing of its own, then restart the engine."},
    {"session.refused", "The engine refused the request: {reason}",
        "Restart the engine and try again."},
    {"session.stopped", "The engine is not running.", "Start the engine."},
    {"session.too_long", "This text is too long to send to the engine at once ({bytes} bytes).",
        "Choose a shorter sample."},
    {"window.tokenizer", "The tokenizer could not be trained: {reason}",
        "Choose a smaller vocabulary, or give it more text."},
    {"session.score_record", "The engine's answer about this text cannot be used: {reason}.",
        "Restart the engine; check that window and engine have the same version."},

    // the window
    {"window.long_table", "The table has {count} rows, which is too long to save at once.",
        "Use Export in the data panel, which shows its progress and can be stopped."},
    {"window.no_project", "No project is open.", "Open a project first."},
    {"window.demo_failed", "The demo could not be made: {reason}.",
        "Run `assay-cli demo --out FOLDER` in a terminal to see everything that it says."},
    {"window.nothing_to_open", "{path} is neither a project, a model, a trainer's log nor a file.",
        "Drop the folder that holds project.db, config.json or the log itself."},
    {"window.bench_empty", "{path} holds no samples to measure with.",
        "Make a project for it with: assay-cli bench-project PROJECT"},
    {"window.shot", "The picture {name} cannot be taken: the panel or its sample is not there.",
        "Run ./dev shots, which makes the project that the pictures are of."},
    {"window.screenshot", "The picture cannot be saved as {path}.",
        "Choose a folder that exists and a name that ends in .png."},
    {"export.picture_format", "A picture cannot be saved as {path}.",
        "Choose a name that ends in .png or .svg."},
    {"export.picture", "There is nothing to draw into {path}.",
        "Make the view larger, then save it again."},
};

} // namespace

std::span<const CatalogueEntry> windowErrors() {
    return entries;
}

} // namespace assay::catalogue
