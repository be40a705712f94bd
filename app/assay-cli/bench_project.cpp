#include "app/assay-cli/data_verbs.h"

#include "core/base/rng.h"
#include "core/store/findings.h"

#include <chrono>
#include <cstdio>

namespace assay {

namespace {

struct BenchProject {
    std::string project;
    std::int64_t samples = 1000000;
};

/// A made-up conversation; the same for the same number.
Sample madeUpSample(std::int64_t number) {
    static constexpr const char* subjects[] = {"Japan", "Peru", "France", "Kenya", "Norway",
        "Chile", "Canada", "Egypt", "Nepal", "Cuba", "Ghana", "Spain"};
    static constexpr const char* questions[] = {"What is the capital of %?",
        "Summarise the history of % in two sentences.", "写一首关于 % 的诗",
        "List three colours of the flag of % as JSON.", "How far is it from % to the sea?",
        "Translate “I live in %” into French.", "Explain why % is known for its food."};
    static constexpr const char* channels[]
        = {"geography", "news", "poem", "format", "tools", "arithmetic", "daily", "science"};
    Rng rng(std::uint64_t(number) + 1);
    const std::string subject = subjects[rng.below(std::size(subjects))];
    std::string question = questions[rng.below(std::size(questions))];
    question.replace(question.find('%'), 1, subject);
    question += " (" + std::to_string(number) + ")";
    std::string answer;
    const std::uint64_t sentences = 1 + rng.below(6);
    for (std::uint64_t i = 0; i < sentences; ++i)
        answer += "Of " + subject + " it is said that number " + std::to_string(rng.below(100000))
            + " stands for its people, hills and rivers. ";
    Sample sample;
    sample.channel = channels[rng.below(std::size(channels))];
    Message user;
    user.role = Role::User;
    user.content = question;
    Message assistant;
    assistant.role = Role::Assistant;
    assistant.content = answer;
    sample.messages = {user, assistant};
    return sample;
}

/// Tens of thousands of decisions, tokens for all and losses for most, as a project in use has.
Result<void> addReview(Project& project, std::int64_t samples) {
    Rng rng(7);
    for (const EventKind kind : {EventKind::Accept, EventKind::Reject}) {
        Decision decision;
        decision.kind = kind;
        decision.author = "bench";
        for (std::int64_t i = 0; i < samples / 10; ++i)
            decision.samples.push_back(1 + std::int64_t(rng.below(std::uint64_t(samples))));
        if (auto recorded = project.decisions().record(decision); !recorded)
            return forward(recorded);
    }
    std::vector<AnswerLoss> losses;
    constexpr std::int64_t page = 20000;
    for (std::int64_t last = 0;;) {
        auto rows = project.samples().pageAfter({}, last, page);
        if (!rows)
            return forward(rows);
        if (rows->empty())
            break;
        losses.clear();
        for (const SampleRow& row : *rows)
            losses.push_back({row.id, row.revision, double(rng.below(400)) / 100.0, "bench"});
        if (auto stored = project.findings().storeLosses(losses); !stored)
            return stored;
        last = rows->back().id;
    }
    return {};
}

Result<void> run(const BenchProject& options) {
    const auto start = std::chrono::steady_clock::now();
    auto project = Project::create(options.project, "bench");
    if (!project)
        return forward(project);
    auto session = project->imports().begin();
    if (!session)
        return forward(session);
    const ProgressFunction progress = terminalProgress("samples");
    for (std::int64_t i = 0; i < options.samples; ++i) {
        if (interruptToken().stop_requested())
            return fail("cancelled");
        if (auto added = (*session)->accept(madeUpSample(i)); !added)
            return added;
        if (progress && i % 10000 == 0)
            progress({i, options.samples});
    }
    if (auto finished = (*session)->finish(); !finished)
        return forward(finished);
    if (auto reviewed = addReview(*project, options.samples); !reviewed)
        return reviewed;
    std::printf("%s: %lld samples in %.0f s\n", project->folder().c_str(),
        static_cast<long long>(options.samples),
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return {};
}

} // namespace

void addBenchProjectVerb(CLI::App& program) {
    auto options = std::make_shared<BenchProject>();
    CLI::App& verb = *program.add_subcommand(
        "bench-project", "Make a large project of made-up samples, to measure with");
    verb.group(""); // not for everyday use: left out of the list of verbs
    verb.add_option("PROJECT", options->project, "The project to make")->required();
    verb.add_option("--samples", options->samples, "How many")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    onRun(verb, [options] { return run(*options); });
}

} // namespace assay
