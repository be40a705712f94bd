#pragma once

#include "core/store/findings.h"
#include "ui/service/project_access.h"

namespace assay {

/// What a check found in a sample, and what in its text made it speak.
struct ExplainedFinding {
    SampleFinding finding;
    /// In the sample's own words or figures; empty where the rule says it all.
    std::string evidence;
};

/// What the last check found in the sample, asked from the window's thread.
void askFindings(ProjectAccess* project, qint64 sample, QObject* guard,
    ProjectAccess::Done<std::vector<ExplainedFinding>> done);

} // namespace assay
