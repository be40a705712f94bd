#pragma once

#include "ui/service/project_access.h"

namespace assay {

/// What of a project can be trained on.
struct TrainSources {
    struct View {
        QString name;
        qint64 samples = 0; ///< that a run would take: rejected ones only where the view asks
    };
    qint64 samples = 0; ///< not rejected
    std::vector<View> views;
    std::vector<View> channels;
};
void askTrainSources(
    ProjectAccess* project, QObject* guard, ProjectAccess::Done<TrainSources> done);

/// A filter as the spec's `view` holds it.
QString filterText(const SampleFilter& filter);

} // namespace assay
