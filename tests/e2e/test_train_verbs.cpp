#include "core/base/file.h"
#include "core/job/job_writer.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
namespace fs = std::filesystem;

namespace {

struct Outcome {
    int status = -1;
    std::string out;
    std::string err;
};

Outcome cli(const std::vector<std::string>& arguments) {
    QProcess process;
    QStringList list;
    for (const std::string& argument : arguments)
        list << QString::fromStdString(argument);
    process.start(test::toQString(test::binaryFolder() / "assay-cli"), list);
    Outcome outcome;
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    outcome.out = process.readAllStandardOutput().toStdString();
    outcome.err = process.readAllStandardError().toStdString();
    return outcome;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestTrainVerbs : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }
    std::string put(const char* name, const std::string& text) {
        if (!writeFileAtomically(root() / name, text))
            qFatal("cannot write %s", name);
        return (root() / name).string();
    }
    JobFolder makeJob(const char* name) {
        TrainSpec spec;
        spec.model.path = "/m";
        spec.data.files = {"/a"};
        return *JobFolder::create(root() / name, spec, "/");
    }

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void exampleSpecIsAcceptedByTheCheck() {
        for (const char* kind : {"sft", "pretrain", "dpo"}) {
            const Outcome example = cli({"spec", "--example", kind});
            QCOMPARE(example.status, 0);
            QVERIFY(contains(example.out, "// Size of a step at its highest."));
            const Outcome checked = cli({"spec", "--check", put("spec.json", example.out)});
            QCOMPARE(checked.status, 0);
            QVERIFY(!contains(checked.out, "//"));
        }
        QCOMPARE(cli({"spec", "--example", "rlhf"}).status, 1);
    }

    void wrongSpecNamesFilePlaceAndRemedy() {
        const std::string spec = put("spec.json",
            "{\"kind\":\"sft\", // "
            "why\n\"model\":{\"path\":\"m\"},\"data\":{\"files\":[\"a\"]},\"optimizer\":{\"lr\":1}"
            "}");
        const Outcome outcome = cli({"train", "--spec", spec, "--job", (root() / "job").string()});
        QCOMPARE(outcome.status, 1);
        QVERIFY(contains(outcome.err, spec + "#/optimizer: lr is not a known key."));
        QVERIFY(contains(outcome.err, "Known: learning_rate,"));
        QVERIFY(!fs::exists(root() / "job"));
        const Outcome syntax = cli({"spec", "--check", put("bad.json", "{\n\"kind\": }")});
        QCOMPARE(syntax.status, 1);
        QVERIFY(contains(syntax.err, "bad.json:2:"));
    }

    void dataWithoutAUsableRowMakeNoJob() {
        put("a.jsonl", "{\"instruction\":\"broken\n");
        fs::create_directory(root() / "model");
        put("model/config.json", "{}");
        const std::string spec = put("spec.json",
            "{\"kind\":\"sft\",\"model\":{\"path\":\"model\"},\"data\":{\"files\":[\"a.jsonl\"]}}");
        const Outcome outcome
            = cli({"train", "--detach", "--spec", spec, "--job", (root() / "job").string()});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(contains(outcome.err, "a.jsonl:1"), outcome.err.c_str());
        QVERIFY(!fs::exists(root() / "job"));
    }

    void statusAndListShowJobs() {
        makeJob("one");
        {
            auto writer = JobWriter::acquire(makeJob("two"));
            ASSAY_VERIFY_RESULT(writer);
            ASSAY_VERIFY_RESULT((*writer)->updateState([](JobState& state) {
                state.phase = JobPhase::Running;
                state.step = 5;
                state.totalSteps = 10;
                state.progress = 0.5;
            }));
            const Outcome alive = cli({"job", "status", (root() / "two").string()});
            QCOMPARE(alive.status, 0);
            QVERIFY(contains(alive.out, "running, step 5 of 10 (50 %)"));
        }
        // Its process is gone, but its state still says running.
        const Outcome dead = cli({"job", "status", "--json", (root() / "two").string()});
        const auto json = parseJson(dead.out, "status");
        ASSAY_VERIFY_RESULT(json);
        QCOMPARE(json->at("shown_phase").get<std::string>(), std::string("interrupted"));
        QCOMPARE(json->at("alive").get<bool>(), false);
        const Outcome list = cli({"job", "list", root().string(), "--json"});
        QCOMPARE(parseJson(list.out, "list")->size(), std::size_t(2));
        QCOMPARE(cli({"job", "status", root().string()}).status, 1);
    }

    void commandsNeedARunningJob() {
        const JobFolder job = makeJob("one");
        const Outcome idle = cli({"job", "stop", job.path().string()});
        QCOMPARE(idle.status, 1);
        QVERIFY(contains(idle.err, "No process works on the job"));
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        QCOMPARE(cli({"job", "pause", "--no-wait", job.path().string()}).status, 0);
        const auto commands = (*writer)->pollControl();
        ASSAY_VERIFY_RESULT(commands);
        QCOMPARE(commands->size(), std::size_t(1));
        QVERIFY(commands->front().verb == ControlVerb::Pause);
        const Outcome silent = cli({"job", "checkpoint", "--seconds", "0.1", job.path().string()});
        QCOMPARE(silent.status, 1);
        QVERIFY(contains(silent.err, "has not answered to checkpoint-now"));
    }
};

QTEST_GUILESS_MAIN(TestTrainVerbs)
#include "test_train_verbs.moc"
