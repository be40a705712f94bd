#include "ui/service/finding_access.h"

#include "core/quality/checks.h"

#include <algorithm>
#include <cstdio>

namespace assay {

namespace {

/// More rows of a group than these are better looked at in the table.
constexpr int mostOthers = 6;

/// What the sample has in common with another of its group: of near duplicates the share, of leaks
/// the words.
std::string likeness(Project& project, const SampleFinding& finding, const Sample& sample) {
    if (finding.others.empty())
        return {};
    if (finding.name == "duplicate-near") {
        const auto other = project.samples().sample(finding.others.front());
        if (!other)
            return {};
        char text[16];
        std::snprintf(text, sizeof text, "%.2f",
            jaccard(piecesOf(textForNearness(sample)), piecesOf(textForNearness(other->sample))));
        return text;
    }
    if (finding.name == "leak") {
        // Of a training row its held-out row, of a held-out row the first that knows it.
        const bool trained = finding.others.front() == finding.group
            || std::ranges::find(finding.others, finding.group) != finding.others.end();
        const auto other
            = project.samples().sample(trained ? finding.group : finding.others.front());
        if (!other)
            return {};
        LeakIndex index;
        index.add(other->id, other->sample);
        const auto leak = index.find(sample);
        return leak ? leak->words : std::string();
    }
    return {};
}

Result<std::vector<ExplainedFinding>> explain(Project& project, qint64 sample) {
    auto found = project.findings().withGroups(sample, mostOthers);
    if (!found)
        return forward(found);
    std::vector<ExplainedFinding> explained;
    if (found->empty())
        return explained;
    auto stored = project.samples().sample(sample);
    if (!stored)
        return forward(stored);
    // The text may have been edited since the check: what its own rules no longer find is gone.
    const std::vector<const CheckInfo*> now = checkSample(stored->sample, {}).found;
    for (SampleFinding& finding : *found) {
        const CheckInfo* info = findCheck(finding.name);
        if (!info)
            continue;
        const bool ofText = info->group == CheckGroup::Structure || info->group == CheckGroup::Text
            || info->group == CheckGroup::Content;
        if (ofText && std::ranges::find(now, info) == now.end())
            continue;
        std::string evidence = finding.group != 0 ? likeness(project, finding, stored->sample)
                                                  : findingEvidence(finding.name, stored->sample);
        explained.push_back({std::move(finding), std::move(evidence)});
    }
    return explained;
}

} // namespace

void askFindings(ProjectAccess* project, qint64 sample, QObject* guard,
    ProjectAccess::Done<std::vector<ExplainedFinding>> done) {
    project->call<std::vector<ExplainedFinding>>(
        guard, [sample](Project& open) { return explain(open, sample); }, std::move(done));
}

} // namespace assay
