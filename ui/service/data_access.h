#pragma once

#include "core/store/decisions.h"
#include "core/store/findings.h"
#include "core/store/registry.h"
#include "ui/service/project_access.h"

namespace assay {

/// What filters can be made of.
struct FilterChoices {
    std::vector<CountByName> channels;
    std::vector<CountByName> files;
    std::vector<CountByName> tags;
    /// What the last check found, in the order of its list, then "language.xx" by number; of those
    /// that found something.
    std::vector<CountByName> findings;
    std::int64_t samples = 0;
    bool tokensKnown = false; ///< of some samples at least
    /// The largest loss known; no value without any.
    std::optional<double> largestLoss;
};

/// The samples that a bulk action is about: these, or all that the filter leaves.
struct BulkTarget {
    std::vector<std::int64_t> samples;
    SampleFilter filter;
};

/// What the last check found, and how many samples there are now.
struct StoredChecks {
    std::int64_t samples = 0;
    std::optional<StoredOverview> overview;
};

/// What to count tokens with, and where answers are cut.
struct CheckRequest {
    QString modelFolder; ///< empty: tokens are estimated
    QString modelName;
    qint64 maxLength = 2048;
    /// The rows that a model is to be judged by; no value looks for no leaks.
    std::optional<SampleFilter> heldOut;
    QString heldOutName;
};

/// The data panel's own questions to the project. Answers come on the window's thread unless the
/// guard has died.
class DataAccess final {
public:
    template <class T> using Done = ProjectAccess::Done<T>;

    explicit DataAccess(ProjectAccess* project)
        : m_project(project) { }

    void choices(QObject* guard, Done<FilterChoices> done);
    void figures(QObject* guard, Done<ReviewFigures> done);

    void overview(QObject* guard, Done<StoredChecks> done);

    void views(QObject* guard, Done<std::vector<SavedView>> done);
    void saveView(const QString& name, const SampleFilter& filter, QObject* guard, Done<bool> done);
    void renameView(const QString& name, const QString& newName, QObject* guard, Done<bool> done);
    void removeView(const QString& name, QObject* guard, Done<bool> done);

    /// Takes one decision back; undoing that event again brings it back.
    void undo(const QString& event, const QString& author, QObject* guard, Done<Event> done);

private:
    ProjectAccess* m_project;
};

/// The work of a bulk action, for a BackgroundWork: one decision about all of them, whose event is
/// the answer. "cancelled" leaves everything as it was.
Result<Event> recordInBulk(Project& project, const BulkTarget& target, Decision decision,
    const ProgressFunction& progress = {}, const StopToken& stop = {});

/// The work of a check of the whole project, for a BackgroundWork.
Result<Overview> checkWork(Project& project, const CheckRequest& request,
    const ProgressFunction& progress, const StopToken& stop);

} // namespace assay
