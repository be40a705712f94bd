#include "core/base/file.h"
#include "core/job/job_queue.h"
#include "core/job/job_reader.h"
#include "core/job/plan_run.h"
#include "core/job/prepare_job.h"
#include "core/job/process_identity.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <set>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

constexpr int patienceMs = 120'000; // libtorch from a cold disk on a busy machine

} // namespace

/// Jobs one after another by the real process, and plans against what the real run did.
class TestQueue : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path jobs() const { return fs::path(m_temporary->path().toStdString()) / "jobs"; }
    fs::path program() const { return binaryFolder() / "assay-cli"; }

    TrainSpec smallSpec(int steps) {
        const fs::path file = fs::path(m_temporary->path().toStdString()) / "rows.jsonl";
        std::string text;
        for (int i = 0; i < 30; ++i)
            text += dumpJson(Json{{"messages",
                        {{{"role", "user"}, {"content", "Question " + std::to_string(i) + "?"}},
                            {{"role", "assistant"},
                                {"content", "The answer is " + std::to_string(i * i) + "."}}}}})
                + "\n";
        if (!writeFileAtomically(file, text))
            qFatal("cannot write");
        TrainSpec spec;
        spec.model.path = (dataFolder() / "models/stories260k-hf").string();
        spec.chatTemplate = "plain";
        spec.data.files = {file.string()};
        spec.data.maxLength = 64;
        spec.schedule.microBatchTokens = 128;
        spec.schedule.maxSteps = steps;
        spec.evaluation.probePrompts = 1;
        spec.evaluation.probeMaxNew = 4;
        spec.evaluation.probeRows = 4;
        spec.threads = 1;
        return spec;
    }
    void make(const char* name, int steps) {
        const auto job = prepareJob(jobs() / name, smallSpec(steps), "/", {}, {});
        ASSAY_VERIFY_RESULT(job);
    }
    JobPhase phaseOf(const char* name) {
        const auto job = JobFolder::open(jobs() / name);
        const auto state = job ? job->state() : Result<JobState>(fail("cancelled"));
        return state ? state->phase : JobPhase::Failed;
    }
    bool isOwned(const char* name) {
        const auto job = JobFolder::open(jobs() / name);
        const auto owner = job->owner();
        return owner && owner->has_value();
    }
    std::vector<std::string> waiting() {
        const auto queue = readQueue(jobs());
        return queue ? queue->jobs : std::vector<std::string>{"unreadable"};
    }

private Q_SLOTS:
    void initTestCase() {
        if (!fs::exists(program()) || !fs::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("assay-cli with its engine is not built");
        ASSAY_NEED_DATA("models/stories260k-hf");
    }
    void init() {
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(makeFolder(jobs()));
    }

    void orderIsKeptChangedAndRefusedInWords() {
        for (const char* name : {"a", "b", "c"}) {
            make(name, 1);
            ASSAY_VERIFY_RESULT(addToQueue(jobs(), name));
        }
        QCOMPARE(addToQueue(jobs(), "a").error().code, std::string("queue.twice"));
        QCOMPARE(addToQueue(jobs(), "z").error().code, std::string("job.no_folder"));
        ASSAY_VERIFY_RESULT(moveInQueue(jobs(), "c", 0));
        QCOMPARE(waiting(), (std::vector<std::string>{"c", "a", "b"}));
        ASSAY_VERIFY_RESULT(moveInQueue(jobs(), "c", 99));
        QCOMPARE(waiting(), (std::vector<std::string>{"a", "b", "c"}));
        ASSAY_VERIFY_RESULT(removeFromQueue(jobs(), "b"));
        QCOMPARE(removeFromQueue(jobs(), "b").error().code, std::string("queue.absent"));
        QCOMPARE(waiting(), (std::vector<std::string>{"a", "c"}));
        ASSAY_VERIFY_RESULT(setQueuePaused(jobs(), true));
        // A paused queue is left at once.
        ASSAY_VERIFY_RESULT(runQueue(program(), jobs(), [](const std::string&) {}, {}));
        QCOMPARE(waiting().size(), std::size_t(2));
    }

    void jobsRunOneAfterAnotherAndABrokenOneStopsNothing() {
        make("first", 2);
        make("broken", 2);
        make("last", 2);
        for (const char* name : {"first", "broken", "last"})
            ASSAY_VERIFY_RESULT(addToQueue(jobs(), name));
        fs::remove_all(jobs() / "broken"); // gone while it waited
        const ProcessOutcome outcome = runCli({"queue", "run", jobs().string()});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        QCOMPARE(phaseOf("first"), JobPhase::Done);
        QCOMPARE(phaseOf("last"), JobPhase::Done);
        const auto queue = readQueue(jobs());
        ASSAY_VERIFY_RESULT(queue);
        QVERIFY(queue->jobs.empty());
        QCOMPARE(queue->problems.size(), std::size_t(1));
        QCOMPARE(queue->problems[0].job, std::string("broken"));
        const auto first = JobFolder::open(jobs() / "first")->state();
        const auto last = JobFolder::open(jobs() / "last")->state();
        QVERIFY(first->heartbeat <= last->started); // one after the other
    }

    void killedInTheMiddleItGoesOnWhereItWas() {
        make("long", 20'000);
        make("next", 2);
        ASSAY_VERIFY_RESULT(addToQueue(jobs(), "long"));
        ASSAY_VERIFY_RESULT(addToQueue(jobs(), "next"));
        const auto first = launchQueue(program(), jobs());
        ASSAY_VERIFY_RESULT(first);
        QTRY_COMPARE_WITH_TIMEOUT(phaseOf("long"), JobPhase::Running, patienceMs);
        // A second runner is refused by name.
        const ProcessOutcome second = runCli({"queue", "run", jobs().string()});
        QCOMPARE(second.status, 1);
        QVERIFY(second.err.find("being worked on by process") != std::string::npos);
        QCOMPARE(launchQueue(program(), jobs()).value_or(-1), *first);

        QCOMPARE(::kill(pid_t(*first), SIGKILL), 0);
        QTRY_VERIFY(!isProcessAlive(*first));
        QVERIFY(isOwned("long")); // the run itself does not mind
        QCOMPARE(waiting(), (std::vector<std::string>{"long", "next"}));

        const auto again = launchQueue(program(), jobs());
        ASSAY_VERIFY_RESULT(again);
        QVERIFY(*again != *first);
        QTest::qWait(300);
        QCOMPARE(
            JobFolder::open(jobs() / "long")->state()->attempt, 1); // waited for, not begun anew
        JobReader reader(*JobFolder::open(jobs() / "long"));
        ASSAY_VERIFY_RESULT(reader.send(ControlVerb::Stop));
        QTRY_COMPARE_WITH_TIMEOUT(phaseOf("next"), JobPhase::Done, patienceMs);
        QCOMPARE(phaseOf("long"), JobPhase::Stopped);
        QTRY_VERIFY_WITH_TIMEOUT(waiting().empty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!isProcessAlive(*again), patienceMs); // an empty queue ends it
    }

    void killedWithItsJobItContinuesTheJob() {
        make("long", 20'000);
        ASSAY_VERIFY_RESULT(addToQueue(jobs(), "long"));
        const auto first = launchQueue(program(), jobs());
        ASSAY_VERIFY_RESULT(first);
        QTRY_COMPARE_WITH_TIMEOUT(phaseOf("long"), JobPhase::Running, patienceMs);
        const auto owner = JobFolder::open(jobs() / "long")->owner();
        QVERIFY(owner && *owner);
        QCOMPARE(::kill(pid_t(*first), SIGKILL), 0);
        QCOMPARE(::kill(pid_t((*owner)->pid), SIGKILL), 0);
        QTRY_VERIFY(!isOwned("long"));
        ASSAY_VERIFY_RESULT(launchQueue(program(), jobs()));
        // The state says what the killed process wrote until the new one has taken it up.
        QTRY_COMPARE_WITH_TIMEOUT(
            JobFolder::open(jobs() / "long")->state()->attempt, 2, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(phaseOf("long"), JobPhase::Running, patienceMs);
        QVERIFY(isOwned("long"));
        JobReader reader(*JobFolder::open(jobs() / "long"));
        ASSAY_VERIFY_RESULT(reader.send(ControlVerb::Stop));
        QTRY_VERIFY_WITH_TIMEOUT(waiting().empty(), patienceMs);
        QCOMPARE(phaseOf("long"), JobPhase::Stopped);
    }

    void aRealRunSeesTheRowsInThePlannedOrder() {
        TrainSpec spec = smallSpec(-1);
        spec.schedule.epochs = 2;
        const auto plan = RunPlan::make(spec, "/", {}, {}, {});
        ASSAY_VERIFY_RESULT(plan);
        const auto job = prepareJob(jobs() / "run", spec, "/", {}, {});
        ASSAY_VERIFY_RESULT(job);
        const ProcessOutcome outcome = runCli({"run", job->path().string(), "--quiet"});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        JobReader reader(*job);
        const auto update = reader.poll(JobReader::Samples::Read);
        ASSAY_VERIFY_RESULT(update);
        QCOMPARE(update->state.totalSteps, (*plan)->batches().totalSteps);

        const std::vector<std::int64_t> rows = (*plan)->survey().trainRows();
        std::vector<std::set<std::int64_t>> planned; // rows of each step
        for (const auto& micro : (*plan)->firstEpoch()) {
            std::set<std::int64_t>& step = planned.emplace_back();
            for (const std::int64_t index : micro)
                step.insert((*plan)->survey().rows[std::size_t(rows[std::size_t(index)])].row);
        }
        std::vector<std::set<std::int64_t>> seen(planned.size());
        for (const Json& line : update->samples)
            if (line.at("kind") == "seen" && line.at("epoch") == 0)
                seen[line.at("step").get<std::size_t>() - 1].insert(
                    line.at("row").get<std::int64_t>());
        QVERIFY(seen == planned);
        // Tokens, all and trained, of the whole first epoch.
        const Json& last = update->metrics[planned.size() - 1];
        QCOMPARE(last.at("tokens").get<std::int64_t>(), (*plan)->batches().tokens);
        std::int64_t trained = 0;
        for (const std::int64_t row : rows)
            trained += (*plan)->survey().rows[std::size_t(row)].trained;
        QCOMPARE(last.at("trained_tokens").get<std::int64_t>(), trained);
    }

    void theEstimateOfMemoryIsNearWhatThreeStepsTake() {
        Json json = trainSpecToJson(smallSpec(3));
        const fs::path file = fs::path(m_temporary->path().toStdString()) / "spec.json";
        ASSAY_VERIFY_RESULT(writeFileAtomically(file, dumpJson(json)));
        const ProcessOutcome outcome
            = runCli({"estimate", "--spec", file.string(), "--json", "--measure"});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        const auto answer = parseJson(outcome.out, "estimate");
        ASSAY_VERIFY_RESULT(answer);
        const double estimated = answer->at("memory_bytes").get<double>();
        const double measured = answer->at("measured").at("peak_bytes").get<double>();
        QVERIFY2(estimated < 1.6 * measured && measured < 1.6 * estimated,
            qPrintable(QStringLiteral("%1 against %2").arg(estimated).arg(measured)));
        QCOMPARE(answer->at("rate").get<std::string>(), std::string("measured"));
        QCOMPARE(answer->at("measured").at("steps").get<int>(), 3);
    }

    void thePreviewVerbShowsTokensAndCounts() {
        const fs::path file = fs::path(m_temporary->path().toStdString()) / "spec.json";
        ASSAY_VERIFY_RESULT(writeFileAtomically(file, dumpJson(trainSpecToJson(smallSpec(3)))));
        const ProcessOutcome outcome
            = runCli({"preview", "--spec", file.string(), "--json", "--row", "2"});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        const auto answer = parseJson(outcome.out, "preview");
        ASSAY_VERIFY_RESULT(answer);
        QCOMPARE(answer->at("rows").get<int>(), 30);
        QCOMPARE(answer->at("problems").at("untrained").get<int>(), 0);
        const Json& tokens = answer->at("previews").at(0).at("tokens");
        QCOMPARE(tokens.back().at("text").get<std::string>(), std::string("</s>"));
        QVERIFY(tokens.back().at("trained").get<bool>());
        const ProcessOutcome beyond = runCli({"preview", "--spec", file.string(), "--row", "30"});
        QCOMPARE(beyond.status, 1);
    }
};

QTEST_GUILESS_MAIN(TestQueue)
#include "test_queue.moc"
