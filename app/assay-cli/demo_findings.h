#pragma once

#include "app/assay-cli/demo_cases.h"
#include "app/assay-cli/demo_console.h"

#include "core/analysis/report.h"
#include "core/job/job_folder.h"

namespace assay {

/// How many cases each model has right, a line a group; `kind` says what a group is.
void sayGroups(
    DemoConsole& console, const std::vector<ReportGroup>& groups, const std::string& kind);
/// The same for planted causes: what the columns mean, and whether every group shows its cause.
void sayPlanted(DemoConsole& console, const std::vector<ReportGroup>& groups);
/// Both answers, the tuned one token by token under both models, and where it leaves the reference.
void sayScores(DemoConsole& console, const Report& report);
/// The training rows that say the wrong words.
void sayRows(DemoConsole& console, const Report& report);

/// Training and evaluation loss from the job's metrics.
Result<ReportCurve> readCurve(
    const JobFolder& job, const std::string& name, ReportCurve::Role role);

} // namespace assay
