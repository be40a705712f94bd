#include "core/data/importer.h"
#include "core/store/check_project.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

/// The whole check over projects whose numbers are known.
class TestOverview : public QObject {
    Q_OBJECT

private:
    static std::int64_t countOf(Project& project, const std::string& finding) {
        SampleFilter filter;
        filter.findings = {finding};
        const auto count = project.samples().count(filter);
        return count ? *count : -1;
    }

private Q_SLOTS:
    void percentilesAreNearestRank() {
        std::vector<std::int64_t> lengths;
        for (std::int64_t i = 100; i >= 1; --i)
            lengths.push_back(i);
        const LengthFigures figures = lengthFigures(lengths);
        QCOMPARE(figures.median, std::int64_t(50));
        QCOMPARE(figures.p95, std::int64_t(95));
        QCOMPARE(figures.p99, std::int64_t(99));
        QCOMPARE(figures.largest, std::int64_t(100));
        QCOMPARE(figures.sum, std::int64_t(5050));
        QCOMPARE(lengthFigures({7}).p99, std::int64_t(7));
        QCOMPARE(lengthFigures({}).median, std::int64_t(0));
    }

    void duplicatesAndConflictsAreCountedByHand() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        const std::string tokyo = "The capital of Japan is the city of Tokyo.";
        ASSAY_VERIFY_RESULT(addSamples(*project,
            {
                makeSample("What is the capital of Japan?", tokyo, "a"), // 1: group A
                makeSample("What is  the capital of Japan?", tokyo + "\n", "b"), // 2: group A
                makeSample(
                    "What is the capital of Japan?", "It is Beijing, in the north.", "a"), // 3
                makeSample(
                    "Name a fruit of the garden.", "An apple is a fruit of the garden.", "a"),
                makeSample("Say no to this, please.", "No.", "b"), // 5: short
                makeSample("Say no to this, please.", "No.", "b"), // 6: short, group B
            }));
        auto overview = checkProject(*project, {});
        ASSAY_VERIFY_RESULT(overview);
        QCOMPARE(overview->all.rows, std::int64_t(6));
        QCOMPARE(overview->all.turns, std::int64_t(6));
        QCOMPARE(overview->duplicateGroups, std::int64_t(2));
        QCOMPARE(overview->surplusRows, std::int64_t(2));
        QCOMPARE(overview->conflictGroups, std::int64_t(1));
        QCOMPARE(overview->all.findings["duplicate-exact"], std::int64_t(4));
        QCOMPARE(overview->all.findings["conflict"], std::int64_t(3));
        // An estimate of tokens decides nothing: only the two of three characters.
        QCOMPARE(overview->all.findings["answer-short"], std::int64_t(2));
        QCOMPARE(overview->channels.size(), std::size_t(2));
        QCOMPARE(overview->channels[0].rows + overview->channels[1].rows, std::int64_t(6));
        QVERIFY(overview->estimated);
        // Every number opens exactly its rows.
        for (const auto& [name, number] : overview->all.findings)
            QCOMPARE(countOf(*project, name), number);
        for (const auto& [language, number] : overview->all.languages)
            QCOMPARE(countOf(*project, std::string(languagePrefix) + language), number);
        SampleFilter filter;
        filter.findings = {"duplicate-exact"};
        QCOMPARE(*project->samples().ids(filter, SampleOrder::Group),
            (std::vector<std::int64_t>{1, 2, 5, 6}));
        filter.findings = {"conflict", "answer-short"};
        QCOMPARE(*project->samples().count(filter), std::int64_t(5));
        filter.channels = {"b"};
        QCOMPARE(*project->samples().count(filter), std::int64_t(3));
        QCOMPARE(project->findings().of(2)->size(), std::size_t(2));
    }

    void nearDuplicatesAndLeaksNameTheirGroups() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        const std::string shore = "The longest river of the country rises in the western hills and "
                                  "reaches the sea after eight hundred kilometres.";
        std::string changed = shore;
        changed.replace(changed.find("western"), 7, "eastern");
        ASSAY_VERIFY_RESULT(addSamples(*project,
            {
                makeSample("Describe the longest river.", shore, "train"), // 1
                makeSample("Describe the longest river!", changed, "train"), // 2: near 1
                makeSample("Describe the longest river.", shore, "train"), // 3: same as 1
                makeSample("How far is the moon?", "Far away, as everybody knows.", "train"), // 4
                makeSample("Where does it rise?",
                    "It rises in the WESTERN hills, and reaches the sea after eight hundred "
                    "kilometres, they say.",
                    "eval"), // 5
                makeSample("How far is the Moon", "384,400 kilometres.", "eval"), // 6
                makeSample("Hello there", "Hello.", "eval"), // 7: nothing in common
            }));
        HeldOutRows heldOut;
        heldOut.filter.channels = {"eval"};
        heldOut.name = "eval";
        auto overview = checkProject(*project, {}, {}, {}, heldOut);
        ASSAY_VERIFY_RESULT(overview);
        QCOMPARE(overview->nearGroups, std::int64_t(1));
        QCOMPARE(overview->all.findings["duplicate-near"], std::int64_t(2));
        QCOMPARE(overview->heldOutRows, std::int64_t(3));
        SampleFilter filter;
        filter.findings = {"duplicate-near"};
        QCOMPARE(*project->samples().ids(filter), (std::vector<std::int64_t>{1, 2}));
        // 1 and 3 share "hills and reaches the sea ..", 4 its question; each beside what it
        // gives away.
        filter.findings = {"leak"};
        QCOMPARE(*project->samples().ids(filter, SampleOrder::Group),
            (std::vector<std::int64_t>{1, 3, 5, 4, 6}));
        auto of = project->findings().withGroups(4, 5);
        ASSAY_VERIFY_RESULT(of);
        QCOMPARE(of->size(), std::size_t(1));
        QCOMPARE(of->front().group, std::int64_t(6));
        QCOMPARE(of->front().others, (std::vector<std::int64_t>{6}));
        auto stored = project->findings().newest();
        QCOMPARE((*stored)->overview.heldOutName, std::string("eval"));
        // Without held-out rows nothing is a leak.
        QCOMPARE(checkProject(*project, {})->all.findings["leak"], std::int64_t(0));
    }

    void anEditMakesTheOverviewStaleAndACheckRenewsIt() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project,
            {makeSample("One question?", "One answer that is long enough, and a bit more of it."),
                makeSample("One question?", "Another answer that is long enough to be read.")}));
        QVERIFY(!project->findings().newest()->has_value());
        ASSAY_VERIFY_RESULT(checkProject(*project, {}));
        auto stored = project->findings().newest();
        ASSAY_VERIFY_RESULT(stored);
        QVERIFY(stored->has_value() && !(*stored)->stale);
        QCOMPARE((*stored)->overview.conflictGroups, std::int64_t(1));
        QCOMPARE(overviewToJson((*stored)->overview).dump(),
            overviewToJson(*checkProject(*project, {})).dump());
        Decision decision;
        decision.author = "anna";
        decision.samples = {1};
        ASSAY_VERIFY_RESULT(project->decisions().record(decision));
        QVERIFY(!(*project->findings().newest())->stale); // judging changes no text
        decision.kind = EventKind::Edit;
        decision.samples = {2};
        decision.edited
            = makeSample("Another question?", "Another answer that is long enough to be read.");
        ASSAY_VERIFY_RESULT(project->decisions().record(decision));
        QVERIFY((*project->findings().newest())->stale);
        ASSAY_VERIFY_RESULT(checkProject(*project, {}));
        stored = project->findings().newest();
        QVERIFY(!(*stored)->stale);
        QCOMPARE((*stored)->overview.conflictGroups, std::int64_t(0));
        QCOMPARE(countOf(*project, "conflict"), std::int64_t(0));
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("New?", "New.")}));
        QVERIFY((*project->findings().newest())->stale);
    }

    void aCancelledCheckKeepsTheOneBefore() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(
            addSamples(*project, {makeSample("q", "No."), makeSample("q", "Yes.")}));
        ASSAY_VERIFY_RESULT(checkProject(*project, {}));
        std::stop_source stop;
        auto again = checkProject(
            *project, {}, [&](const Progress&) { stop.request_stop(); }, stop.get_token());
        QCOMPARE(again.error().code, std::string("cancelled"));
        QCOMPARE(countOf(*project, "conflict"), std::int64_t(2));
        QVERIFY(!(*project->findings().newest())->stale);
    }

    void lossesAreShownUntilTheTextChanges() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("q", "a"), makeSample("r", "b")}));
        const std::string revision = project->samples().row(1)->revision;
        const AnswerLoss losses[] = {{1, revision, 1.25, "run, step 3"}, {99, revision, 1, "x"}};
        ASSAY_VERIFY_RESULT(project->findings().storeLosses(losses));
        QCOMPARE(*project->samples().row(1)->loss, 1.25);
        QVERIFY(!project->samples().row(1)->lossStale);
        QVERIFY(!project->samples().row(2)->loss);
        Decision edit;
        edit.kind = EventKind::Edit;
        edit.author = "anna";
        edit.samples = {1};
        edit.edited = makeSample("q", "another");
        ASSAY_VERIFY_RESULT(project->decisions().record(edit));
        QVERIFY(project->samples().row(1)->lossStale);
    }

    void figuresCountOnlyWhatWasLookedAt() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        std::vector<Sample> samples;
        for (int i = 0; i < 8; ++i)
            samples.push_back(makeSample("q" + std::to_string(i), "a"));
        ASSAY_VERIFY_RESULT(addSamples(*project, std::move(samples)));
        const auto decide
            = [&](EventKind kind, std::vector<std::int64_t> ids, std::int64_t ms, bool bulk) {
                  Decision decision;
                  decision.kind = kind;
                  decision.author = "anna";
                  decision.samples = std::move(ids);
                  decision.activeMs = ms;
                  decision.inBulk = bulk;
                  return project->decisions().record(decision);
              };
        ASSAY_VERIFY_RESULT(decide(EventKind::Accept, {1}, 4000, false));
        ASSAY_VERIFY_RESULT(decide(EventKind::Accept, {2}, 8000, false));
        ASSAY_VERIFY_RESULT(decide(EventKind::Reject, {3}, 5000, false));
        ASSAY_VERIFY_RESULT(decide(EventKind::Accept, {3, 4, 5}, 0, true));
        ASSAY_VERIFY_RESULT(decide(EventKind::Accept, {6}, 0, true)); // one row, and still in bulk
        auto undone = decide(EventKind::Accept, {7}, 90000, false);
        ASSAY_VERIFY_RESULT(undone);
        ASSAY_VERIFY_RESULT(project->decisions().undo(undone->uid, "anna"));
        const auto figures = project->decisions().figures();
        ASSAY_VERIFY_RESULT(figures);
        QCOMPARE(figures->samples, std::int64_t(8));
        QCOMPARE(figures->lookedAt, std::int64_t(3));
        QCOMPARE(figures->accepted, std::int64_t(3)); // sample 3 was accepted in bulk afterwards
        QCOMPARE(figures->rejected, std::int64_t(0));
        QCOMPARE(figures->inBulk, std::int64_t(3));
        QCOMPARE(*figures->medianActiveMs, 5000.0);
    }

    void realFilesGiveTheNumbersCountedOutside() {
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/alpaca_zh_demo.json");
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path sft = dataFolder() / "sft";
        const std::filesystem::path files[] = {sft / "llamafactory-alpaca/alpaca_zh_demo.json",
            sft / "llamafactory-alpaca/alpaca_en_demo.json",
            sft / "llamafactory-alpaca/identity.json",
            sft / "llamafactory-toolcall/glaive_toolcall_en_demo.json"};
        ASSAY_VERIFY_RESULT(project->imports().importFiles(files, {}));
        auto overview = checkProject(*project, {});
        ASSAY_VERIFY_RESULT(overview);
        // Counted by a script over the files: rows that equal another after NFC and collapsed
        // white space, and questions with several answers; the tool file has as many answers and
        // calls as assistant turns.
        QCOMPARE(overview->all.rows, std::int64_t(2390));
        QCOMPARE(overview->all.turns, std::int64_t(2090 + 746 + 211));
        const auto part = [&](const std::string& channel) {
            return *std::ranges::find(overview->channels, channel, &OverviewPart::channel);
        };
        QCOMPARE(part("alpaca_zh_demo").findings["duplicate-exact"], std::int64_t(16));
        QCOMPARE(part("alpaca_en_demo").findings["duplicate-exact"], std::int64_t(27));
        QCOMPARE(part("identity").findings["duplicate-exact"], std::int64_t(0));
        QCOMPARE(part("identity").findings["conflict"], std::int64_t(4));
        QVERIFY(part("alpaca_zh_demo").languages["zh"] > 950);
        QVERIFY(part("alpaca_en_demo").languages["en"] > 950);
        for (const char* name : {"text-invalid", "tool-result", "tool-call-id", "role-order"})
            QCOMPARE(overview->all.findings[name], std::int64_t(0));
        for (const auto& [name, number] : overview->all.findings)
            QCOMPARE(countOf(*project, name), number);
    }
};

QTEST_APPLESS_MAIN(TestOverview)
#include "test_overview.moc"
