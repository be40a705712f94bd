#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <CLI/CLI.hpp>

#include <functional>

namespace assay {

/// Each adds the sub-commands of one area; wiring only, the work is done by core and the engine.
void addDataVerbs(CLI::App& program); ///< project, import, export, list, search
void addTextVerbs(CLI::App& program); ///< tokenize, train-tokenizer
void addTrainVerbs(CLI::App& program); ///< spec, train, run, job
void addModelVerbs(CLI::App& program); ///< score, generate, compare, serve, inspect-model, convert
void addDemoVerbs(CLI::App& program); ///< demo-world, demo, report
void addCorpusVerbs(CLI::App& program); ///< corpus build, count, find, cooccur, priors, check
void addBenchVerbs(CLI::App& program); ///< bench
void addTextsVerb(CLI::App& program); ///< texts (hidden)

/// What a chosen sub-command does. A failure is printed with its remedy on stderr and becomes the
/// exit status: 1, or 130 when cancelled. (CLI11 itself answers wrong options, with a status that
/// is not 0.)
void onRun(CLI::App& verb, std::function<Result<void>()> run);

/// Requested by SIGINT or SIGTERM; a second signal ends the program at once.
StopToken interruptToken();

/// A progress function that redraws one line on stderr when that is a terminal, and is silent
/// otherwise.
ProgressFunction terminalProgress(const std::string& label);

} // namespace assay
