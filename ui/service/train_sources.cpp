#include "ui/service/train_sources.h"

namespace assay {

namespace {

/// What the snapshot of a run takes of a filter.
SampleFilter trained(SampleFilter filter) {
    if (filter.statuses.empty())
        filter.statuses = {ReviewStatus::Pending, ReviewStatus::Accepted};
    return filter;
}

Result<TrainSources> readSources(Project& project) {
    TrainSources sources;
    auto all = project.samples().count(trained({}));
    if (!all)
        return forward(all);
    sources.samples = *all;
    auto views = project.registry().views();
    if (!views)
        return forward(views);
    for (const SavedView& view : *views) {
        const auto count = project.samples().count(trained(view.filter));
        sources.views.push_back({QString::fromStdString(view.name), count ? *count : -1});
    }
    auto channels = project.samples().channels();
    if (!channels)
        return forward(channels);
    for (const CountByName& channel : *channels)
        sources.channels.push_back({QString::fromStdString(channel.name), channel.count});
    return sources;
}

} // namespace

void askTrainSources(
    ProjectAccess* project, QObject* guard, ProjectAccess::Done<TrainSources> done) {
    project->call<TrainSources>(guard, readSources, std::move(done));
}

QString filterText(const SampleFilter& filter) {
    return QString::fromStdString(dumpJson(filterToJson(filter)));
}

} // namespace assay
