#include "ui/service/data_access.h"

#include "core/store/check_project.h"

namespace assay {

namespace {

/// A change of the project that has nothing to tell but that it is done.
template <class Change> auto asAnswer(Change change) {
    return [change = std::move(change)](Project& project) -> Result<bool> {
        const Result<void> done = change(project);
        if (!done)
            return tl::unexpected<Error>(done.error());
        return true;
    };
}

std::vector<CountByName> findingChoices(const OverviewPart& all) {
    std::vector<CountByName> choices;
    for (const CheckInfo& check : checkList())
        if (const auto found = all.findings.find(check.name); found != all.findings.end())
            choices.push_back({check.name, found->second});
    std::vector<CountByName> languages;
    for (const auto& [language, count] : all.languages)
        languages.push_back({std::string(languagePrefix) + language, count});
    std::ranges::stable_sort(languages, std::ranges::greater(), &CountByName::count);
    choices.insert(choices.end(), languages.begin(), languages.end());
    return choices;
}

} // namespace

void DataAccess::choices(QObject* guard, Done<FilterChoices> done) {
    m_project->survey<FilterChoices>(
        guard,
        [](Project& project) -> Result<FilterChoices> {
            FilterChoices choices;
            const auto take = [](auto result, auto& target) -> Result<void> {
                if (!result)
                    return forward(result);
                target = std::move(*result);
                return {};
            };
            Samples& samples = project.samples();
            if (auto read = take(samples.count(), choices.samples); !read)
                return forward(read);
            if (auto read = take(samples.channels(), choices.channels); !read)
                return forward(read);
            if (auto read = take(samples.files(), choices.files); !read)
                return forward(read);
            if (auto read = take(samples.tags(), choices.tags); !read)
                return forward(read);
            if (auto read = take(samples.tokensKnown(), choices.tokensKnown); !read)
                return forward(read);
            if (auto read = take(samples.largestLoss(), choices.largestLoss); !read)
                return forward(read);
            auto checked = project.findings().newest();
            if (!checked)
                return forward(checked);
            if (*checked)
                choices.findings = findingChoices((*checked)->overview.all);
            return choices;
        },
        std::move(done));
}

void DataAccess::figures(QObject* guard, Done<ReviewFigures> done) {
    m_project->survey<ReviewFigures>(
        guard, [](Project& project) { return project.decisions().figures(); }, std::move(done));
}

void DataAccess::overview(QObject* guard, Done<StoredChecks> done) {
    m_project->call<StoredChecks>(
        guard,
        [](Project& project) -> Result<StoredChecks> {
            StoredChecks checks;
            auto count = project.samples().count();
            if (!count)
                return forward(count);
            auto overview = project.findings().newest();
            if (!overview)
                return forward(overview);
            checks.samples = *count;
            checks.overview = std::move(*overview);
            return checks;
        },
        std::move(done));
}

void DataAccess::views(QObject* guard, Done<std::vector<SavedView>> done) {
    m_project->call<std::vector<SavedView>>(
        guard, [](Project& project) { return project.registry().views(); }, std::move(done));
}

void DataAccess::saveView(
    const QString& name, const SampleFilter& filter, QObject* guard, Done<bool> done) {
    m_project->call<bool>(guard, asAnswer([name = name.toStdString(), filter](Project& project) {
        return project.registry().saveView(name, filter);
    }),
        std::move(done));
}

void DataAccess::renameView(
    const QString& name, const QString& newName, QObject* guard, Done<bool> done) {
    m_project->call<bool>(guard,
        asAnswer([name = name.toStdString(), newName = newName.toStdString()](
                     Project& project) { return project.registry().renameView(name, newName); }),
        std::move(done));
}

void DataAccess::removeView(const QString& name, QObject* guard, Done<bool> done) {
    m_project->call<bool>(guard, asAnswer([name = name.toStdString()](Project& project) {
        return project.registry().removeView(name);
    }),
        std::move(done));
}

void DataAccess::undo(
    const QString& event, const QString& author, QObject* guard, Done<Event> done) {
    m_project->call<Event>(
        guard,
        [event = event.toStdString(), author = author.toStdString()](
            Project& project) { return project.decisions().undo(event, author); },
        std::move(done));
}

Result<Event> recordInBulk(Project& project, const BulkTarget& target, Decision decision,
    const ProgressFunction& progress, const StopToken& stop) {
    decision.inBulk = true;
    decision.samples = target.samples;
    decision.saw["in_bulk"] = true;
    if (!decision.samples.empty())
        return project.decisions().record(decision, progress, stop);
    decision.saw["filter"] = filterToJson(target.filter);
    return project.decisions().recordAll(decision, target.filter, progress, stop);
}

Result<Overview> checkWork(Project& project, const CheckRequest& request,
    const ProgressFunction& progress, const StopToken& stop) {
    CheckOptions options;
    options.maxLength = request.maxLength;
    if (!request.modelFolder.isEmpty()) {
        auto made = checkOptionsFor(
            request.modelFolder.toStdString(), request.modelName.toStdString(), request.maxLength);
        if (!made)
            return forward(made);
        options = std::move(*made);
    }
    std::optional<HeldOutRows> heldOut;
    if (request.heldOut)
        heldOut = HeldOutRows{*request.heldOut, request.heldOutName.toStdString()};
    return checkProject(project, options, progress, stop, heldOut);
}

} // namespace assay
