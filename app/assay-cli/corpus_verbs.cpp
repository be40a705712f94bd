#include "app/assay-cli/verbs.h"

#include "core/corpus/cooccurrence.h"
#include "core/corpus/project_corpus.h"

#include <cstdio>
#include <memory>

namespace assay {

namespace {

void print(const Json& json) {
    std::printf("%s\n", dumpJson(json).c_str());
}

struct BuildVerb {
    std::vector<std::string> inputs;
    std::string project;
    std::string tokenizer;
    std::string out;
    std::string unit = "paragraph";
};

Result<void> build(const BuildVerb& verb) {
    CorpusEncoding encoding;
    if (!verb.tokenizer.empty()) {
        auto loaded = corpusEncodingOf(verb.tokenizer);
        if (!loaded)
            return forward(loaded);
        encoding = std::move(*loaded);
    }
    const auto progress = terminalProgress("indexing");
    Result<CorpusFacts> facts;
    if (verb.project.empty()) {
        const CorpusBuildOptions options{verb.unit == "line" ? TextUnit::Line
                : verb.unit == "document"                    ? TextUnit::Document
                                                             : TextUnit::Paragraph};
        facts = buildCorpusIndex({verb.inputs.begin(), verb.inputs.end()}, std::move(encoding),
            verb.out, options, progress, interruptToken());
    } else {
        auto project = Project::open(verb.project, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        const auto out = verb.out.empty() ? projectIndexPath(project->folder())
                                          : std::filesystem::path(verb.out);
        facts = buildProjectIndex(*project, std::move(encoding), out, progress, interruptToken());
    }
    if (!facts)
        return forward(facts);
    if (facts->rejectedRows > 0)
        std::fprintf(stderr, "%lld rows could not be read and are left out\n",
            static_cast<long long>(facts->rejectedRows));
    print(corpusFactsToJson(*facts));
    return {};
}

struct QueryVerb {
    std::string index;
    std::string text;
    std::vector<TokenId> ids;
    std::string tokenizer;
    std::string a;
    std::string b;
    PriorQuestion question;
    bool anyCase = false;
    std::int64_t window = 100;
    std::size_t limit = 10;
};

std::vector<CorpusHits> hitsOf(const CorpusIndex& index, const QueryVerb& verb) {
    if (!verb.ids.empty())
        return {index.findIds(verb.ids)};
    if (verb.anyCase)
        return index.findTextAnyCase(verb.text);
    return {index.findText(verb.text)};
}

Result<CorpusIndex> openFor(const QueryVerb& verb) {
    auto index = CorpusIndex::open(verb.index);
    if (index && !verb.ids.empty() && index->facts().tokens == 0)
        return fail("corpus.no_ids", {{"path", verb.index}});
    return index;
}

Result<void> count(const QueryVerb& verb) {
    auto index = openFor(verb);
    if (!index)
        return forward(index);
    std::int64_t all = 0;
    for (const CorpusHits& hits : hitsOf(*index, verb))
        all += hits.count();
    print({{"count", all}});
    return {};
}

Result<void> find(const QueryVerb& verb) {
    auto index = openFor(verb);
    if (!index)
        return forward(index);
    const auto hits = hitsOf(*index, verb);
    std::vector<CorpusContext> contexts;
    if (!verb.ids.empty()) {
        auto encoding = corpusEncodingOf(verb.tokenizer);
        if (!encoding)
            return forward(encoding);
        contexts = index->contextsOfIds(
            hits.front(), std::int64_t(verb.ids.size()), verb.limit, *encoding->tokenizer);
    } else {
        contexts = index->contexts(hits, std::int64_t(corpusPhrase(verb.text).size()), verb.limit);
    }
    for (const CorpusContext& context : contexts) {
        Json line = {{"file", context.file}, {"line", context.line}, {"document", context.document},
            {"before", context.before}, {"match", context.match}, {"after", context.after}};
        if (context.sample > 0)
            line["sample"] = context.sample;
        print(line);
    }
    return {};
}

Result<void> check(const QueryVerb& verb) {
    auto index = CorpusIndex::open(verb.index);
    if (!index)
        return forward(index);
    if (auto good = index->verify(); !good)
        return good;
    Json facts = corpusFactsToJson(index->facts());
    facts["file_bytes"] = index->fileBytes();
    print(facts);
    return {};
}

CLI::App& queryVerb(
    CLI::App& corpus, const char* name, const char* help, const std::shared_ptr<QueryVerb>& verb) {
    CLI::App& app = *corpus.add_subcommand(name, help);
    app.add_option("index", verb->index, "An index made by corpus build")->required();
    return app;
}

void addPhrase(CLI::App& app, const std::shared_ptr<QueryVerb>& verb) {
    CLI::Option_group& phrase = *app.add_option_group("phrase");
    phrase.add_option("--text", verb->text, "A phrase: white space and composition do not count");
    phrase.add_option("--ids", verb->ids, "Token ids")->delimiter(',');
    phrase.require_option(1);
    app.add_flag("--ignore-case", verb->anyCase, "Every spelling that differs only in case");
}

void addBuild(CLI::App& corpus) {
    auto verb = std::make_shared<BuildVerb>();
    CLI::App& app = *corpus.add_subcommand("build", "Make the index of files or of a project");
    CLI::Option_group& input = *app.add_option_group("text");
    input.add_option("--input", verb->inputs, "Files in any format that import reads");
    input.add_option("--project", verb->project, "A project: its samples but the rejected ones");
    input.require_option(1);
    app.add_option("--tokenizer", verb->tokenizer,
        "A model folder: index token ids too, conversations in its chat template");
    CLI::Option& out = *app.add_option(
        "--out", verb->out, "The index to write (a project has a place for its own)");
    app.add_option("--unit", verb->unit, "What a document of a plain text file is")
        ->check(CLI::IsMember({"paragraph", "line", "document"}))
        ->capture_default_str();
    app.parse_complete_callback([&out, verb] {
        if (verb->project.empty() && out.count() == 0)
            throw CLI::RequiredError("--out");
    });
    onRun(app, [verb] { return build(*verb); });
}

} // namespace

void addCorpusVerbs(CLI::App& program) {
    CLI::App& corpus = *program.add_subcommand(
        "corpus", "How often is what in the training text: phrase index, counts, contexts");
    corpus.require_subcommand(1);
    addBuild(corpus);
    {
        auto verb = std::make_shared<QueryVerb>();
        CLI::App& app = queryVerb(corpus, "count", "How often a phrase occurs", verb);
        addPhrase(app, verb);
        onRun(app, [verb] { return count(*verb); });
    }
    {
        auto verb = std::make_shared<QueryVerb>();
        CLI::App& app
            = queryVerb(corpus, "find", "Where a phrase occurs, one JSON line a place", verb);
        addPhrase(app, verb);
        app.add_option("--limit", verb->limit, "The most places")->capture_default_str();
        app.add_option("--tokenizer", verb->tokenizer, "With --ids: what spells them");
        onRun(app, [verb] { return find(*verb); });
    }
    {
        auto verb = std::make_shared<QueryVerb>();
        CLI::App& app = queryVerb(
            corpus, "cooccur", "How often two phrases come together: counts, PMI, NPMI, G2", verb);
        app.add_option("--a", verb->a, "One phrase")->required();
        app.add_option("--b", verb->b, "The other")->required();
        app.add_option("--window", verb->window, "In words; 0: whole documents only")
            ->check(CLI::NonNegativeNumber)
            ->capture_default_str();
        onRun(app, [verb]() -> Result<void> {
            auto index = CorpusIndex::open(verb->index);
            if (!index)
                return forward(index);
            print(cooccurrenceToJson(cooccurrence(*index, verb->a, verb->b, verb->window)));
            return {};
        });
    }
    {
        auto verb = std::make_shared<QueryVerb>();
        CLI::App& app = queryVerb(corpus, "priors",
            "A right and a wrong object beside a subject and a relation: P(o|s), P(o|r), P(o|s,r)",
            verb);
        PriorQuestion& question = verb->question;
        app.add_option("--subject", question.subject, "For example Japan")->required();
        app.add_option("--relation", question.relation, "For example capital")->required();
        app.add_option("--gold", question.gold, "For example Tokyo")->required();
        app.add_option("--wrong", question.wrong, "For example Beijing")->required();
        app.add_option("--window", question.window, "In words; 0: whole documents")
            ->check(CLI::NonNegativeNumber)
            ->capture_default_str();
        onRun(app, [verb]() -> Result<void> {
            auto index = CorpusIndex::open(verb->index);
            if (!index)
                return forward(index);
            print(priorTableToJson(verb->question, priorTable(*index, verb->question)));
            return {};
        });
    }
    {
        auto verb = std::make_shared<QueryVerb>();
        CLI::App& app = queryVerb(
            corpus, "check", "Compare every checksum; print what the index holds", verb);
        onRun(app, [verb] { return check(*verb); });
    }
}

} // namespace assay
