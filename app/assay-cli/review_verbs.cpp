#include "app/assay-cli/data_verbs.h"

#include "core/base/file.h"

#include <cstdlib>

namespace assay {

namespace {

struct ReviewOptions {
    std::string project;
    std::vector<std::string> ids;
    std::string author;
    std::string guideline;
    std::string event;
    std::string answer;
    std::string sampleFile;
    std::string text;
    std::string status;
    double rating = 0;
    bool json = false;
    FilterOptions filter;
};

Result<std::vector<std::int64_t>> chosenIds(Project& project, const ReviewOptions& options) {
    if (options.ids.empty()) {
        if (!options.filter.any())
            return fail("usage",
                {{"what", "Name the samples, or choose them with --status, --channel, --text .."}});
        auto filter = filterOf(project, options.filter);
        if (!filter)
            return forward(filter);
        return project.samples().ids(*filter);
    }
    std::vector<std::int64_t> ids;
    for (const std::string& text : options.ids) {
        auto id = project.samples().findId(text);
        if (!id)
            return forward(id);
        ids.push_back(*id);
    }
    return ids;
}

void printEvent(const Event& event, bool json) {
    if (json) {
        printJson(eventToJson(event));
        return;
    }
    std::string line = event.uid + "  " + fitted(std::string(eventKindName(event.kind)), 12) + "  "
        + fitted(event.author, 12) + "  " + std::to_string(event.sampleCount)
        + (event.sampleCount == 1 ? " sample" : " samples");
    if (!event.target.empty())
        line += "  of " + event.target;
    if (!event.inEffect)
        line += "  (undone)";
    printLine(line);
}

Result<void> printRecorded(Result<Event> event, bool json) {
    if (!event)
        return forward(event);
    printEvent(*event, json);
    return {};
}

Result<void> decide(const ReviewOptions& options, EventKind kind, Json value = {}) {
    auto project = Project::open(options.project);
    if (!project)
        return forward(project);
    auto ids = chosenIds(*project, options);
    if (!ids)
        return forward(ids);
    Decision decision;
    decision.kind = kind;
    decision.samples = std::move(*ids);
    decision.value = std::move(value);
    decision.author = options.author;
    decision.guideline = options.guideline;
    decision.saw = {{"mode", options.ids.size() == 1 ? "named" : "bulk"}};
    return printRecorded(project->decisions().record(decision), options.json);
}

Result<void> edit(const ReviewOptions& options) {
    auto project = Project::open(options.project);
    if (!project)
        return forward(project);
    auto id = project->samples().findId(options.ids.front());
    if (!id)
        return forward(id);
    auto stored = project->samples().sample(*id);
    if (!stored)
        return forward(stored);
    Decision decision;
    decision.kind = EventKind::Edit;
    decision.samples = {*id};
    decision.author = options.author;
    decision.guideline = options.guideline;
    decision.edited = stored->sample;
    if (!options.sampleFile.empty()) {
        auto json = readJsonFile(options.sampleFile);
        if (!json)
            return forward(json);
        auto sample = sampleFromJson(*json, options.sampleFile);
        if (!sample)
            return forward(sample);
        if (sample->channel.empty())
            sample->channel = stored->sample.channel;
        decision.edited = std::move(*sample);
    } else {
        auto& messages = decision.edited->messages;
        if (messages.empty() || messages.back().role != Role::Assistant)
            return fail("usage",
                {{"what",
                    "This sample does not end with an answer; give the whole sample with "
                    "--sample."}});
        messages.back().content = options.answer;
    }
    return printRecorded(project->decisions().record(decision), options.json);
}

Result<void> undo(const ReviewOptions& options) {
    auto project = Project::open(options.project);
    if (!project)
        return forward(project);
    if (!options.event.empty())
        return printRecorded(
            project->decisions().undo(options.event, options.author), options.json);
    if (options.ids.empty())
        return printRecorded(project->decisions().undoLast(options.author), options.json);
    for (const std::string& text : options.ids) {
        auto id = project->samples().findId(text);
        if (!id)
            return forward(id);
        if (auto done
            = printRecorded(project->decisions().undoLastOf(*id, options.author), options.json);
            !done)
            return done;
    }
    return {};
}

Result<void> history(const ReviewOptions& options) {
    auto project = Project::open(options.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto id = project->samples().findId(options.ids.front());
    if (!id)
        return forward(id);
    auto events = project->decisions().history(*id);
    if (!events)
        return forward(events);
    for (const Event& event : *events)
        printEvent(event, options.json);
    return {};
}

/// The options that every decision takes.
CLI::App* addDecision(CLI::App& review, const char* name, const char* about,
    const std::shared_ptr<ReviewOptions>& options) {
    options->author = defaultAuthor();
    CLI::App* verb = review.add_subcommand(name, about);
    verb->add_option("PROJECT", options->project, "The project")->required();
    verb->add_option(
        "--author", options->author, "Who decides; $ASSAY_AUTHOR or the user's name when absent");
    verb->add_option("--guideline", options->guideline, "Hash of the guideline text in force");
    verb->add_flag("--json", options->json, "Print the recorded event as one JSON object a line");
    return verb;
}

CLI::App* addBulkDecision(CLI::App& review, const char* name, const char* about,
    const std::shared_ptr<ReviewOptions>& options) {
    CLI::App* verb = addDecision(review, name, about, options);
    verb->add_option("ID", options->ids,
        "Samples, by number or uid; several make one decision with one undo. Without any, all "
        "chosen by the filter");
    addFilterOptions(*verb, options->filter);
    return verb;
}

} // namespace

std::string defaultAuthor() {
    for (const char* name : {"ASSAY_AUTHOR", "USER", "LOGNAME"})
        if (const char* value = std::getenv(name); value && *value)
            return value;
    return "unknown";
}

void addReviewVerbs(CLI::App& program) {
    CLI::App* review
        = program.add_subcommand("review", "Decide about samples, and see what was decided");
    review->require_subcommand(1);
    const auto fresh = [] { return std::make_shared<ReviewOptions>(); };

    auto accept = fresh();
    onRun(*addBulkDecision(*review, "accept", "Accept samples", accept),
        [accept] { return decide(*accept, EventKind::Accept); });
    auto reject = fresh();
    onRun(*addBulkDecision(*review, "reject", "Reject samples; they stay in the project", reject),
        [reject] { return decide(*reject, EventKind::Reject); });

    auto rate = fresh();
    CLI::App* rateVerb = addBulkDecision(*review, "rate", "Rate samples", rate);
    rateVerb->add_option("--value", rate->rating, "The rating")->required();
    onRun(*rateVerb, [rate] {
        return decide(*rate, EventKind::Rating, {{"value", rate->rating}});
    });

    auto comment = fresh();
    CLI::App* commentVerb = addBulkDecision(*review, "comment", "Leave a comment", comment);
    commentVerb->add_option("--say", comment->text, "The comment")->required();
    onRun(*commentVerb, [comment] {
        return decide(*comment, EventKind::Comment, {{"text", comment->text}});
    });

    auto verdict = fresh();
    CLI::App* verdictVerb
        = addBulkDecision(*review, "adjudicate", "Settle samples against all answers", verdict);
    verdictVerb->add_option("--verdict", verdict->status, "accepted or rejected")
        ->required()
        ->check(CLI::IsMember({"accepted", "rejected"}));
    onRun(*verdictVerb, [verdict] {
        return decide(*verdict, EventKind::Adjudication, {{"status", verdict->status}});
    });

    auto change = fresh();
    CLI::App* editVerb
        = addDecision(*review, "edit", "Change a sample's text; the old one is kept", change);
    editVerb->add_option("ID", change->ids, "The sample")->required()->expected(1);
    auto* answer = editVerb->add_option("--answer", change->answer, "New text of its last answer");
    auto* whole = editVerb->add_option("--sample", change->sampleFile,
        "File with the whole sample as JSON, in the form that \"show\" prints under \"sample\"");
    answer->excludes(whole);
    onRun(*editVerb, [change, answer, whole]() -> Result<void> {
        if (answer->count() + whole->count() == 0)
            return fail("usage", {{"what", "Give --answer or --sample."}});
        return edit(*change);
    });

    auto undone = fresh();
    CLI::App* undoVerb = addDecision(*review, "undo",
        "Undo the newest decision about each named sample, or without any the author's newest "
        "decision",
        undone);
    undoVerb->add_option("ID", undone->ids, "Samples");
    undoVerb->add_option("--event", undone->event, "Undo this decision (undoing an undo redoes)");
    onRun(*undoVerb, [undone] { return undo(*undone); });

    auto redone = fresh();
    onRun(*addDecision(*review, "redo", "Redo what the author undid last", redone),
        [redone]() -> Result<void> {
            auto project = Project::open(redone->project);
            if (!project)
                return forward(project);
            return printRecorded(project->decisions().redoLast(redone->author), redone->json);
        });

    auto shown = fresh();
    CLI::App* historyVerb
        = review->add_subcommand("history", "All decisions about a sample, oldest first");
    historyVerb->add_option("PROJECT", shown->project, "The project")->required();
    historyVerb->add_option("ID", shown->ids, "The sample")->required()->expected(1);
    historyVerb->add_flag("--json", shown->json, "One JSON object a line");
    onRun(*historyVerb, [shown] { return history(*shown); });
}

} // namespace assay
