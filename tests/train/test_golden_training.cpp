#include "core/base/rng.h"
#include "model/safetensors.h"
#include "tests/train/training_jobs.h"
#include "train/learning_rate.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestGoldenTraining : public QObject {
    Q_OBJECT

private:
    static void compareLosses(const fs::path& job, const Json& expected, const char* norms) {
        const auto metrics = lines(job / "metrics.jsonl");
        QCOMPARE(metrics.size(), expected["losses"].size());
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            const double found = metrics[i]["loss"].get<double>();
            const double wanted = expected["losses"][i].get<double>();
            QVERIFY2(std::abs(found / wanted - 1) < 1e-5,
                qPrintable(QStringLiteral("step %1: %2 against %3")
                               .arg(i)
                               .arg(found, 0, 'g', 9)
                               .arg(wanted, 0, 'g', 9)));
            QVERIFY(
                std::abs(
                    metrics[i]["grad_norm"].get<double>() / expected[norms][i].get<double>() - 1)
                < 1e-4);
        }
    }

private Q_SLOTS:
    void scheduleEqualsTheReference() {
        const Golden golden("llama-tiny");
        TrainSpec::Optimizer optimizer;
        optimizer.learningRate = 1e-3;
        optimizer.warmupSteps = 3;
        const Json& expected = golden.json["train"]["lr"];
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(
                std::abs(learningRateAt(optimizer, std::int64_t(i), 12) - expected[i].get<double>())
                < 1e-12);
    }

    void twelveLosses_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("accumulation");
        QTest::addColumn<bool>("packing");
        for (const char* folder :
            {"llama-tiny", "llama-untied", "mistral-tiny", "qwen2-tiny", "gpt2-tiny"}) {
            QTest::addRow("%s whole", folder) << QByteArray(folder) << 2 << 1 << false;
            QTest::addRow("%s micro-batches", folder) << QByteArray(folder) << 1 << 2 << false;
            QTest::addRow("%s packed", folder) << QByteArray(folder) << 2 << 1 << true;
        }
    }

    void twelveLosses() {
        QFETCH(QByteArray, folder);
        QFETCH(int, rows);
        QFETCH(int, accumulation);
        QFETCH(bool, packing);
        const Golden golden(folder.constData());
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.schedule.microBatchRows = rows;
        spec.schedule.accumulation = accumulation;
        spec.data.packing = packing;
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const Json& expected = golden.json[accumulation == 2 ? "train_micro_batches" : "train"];
        compareLosses(base / "job", expected, "grad_norm_before_clip");

        // The weights after the last step, from the checkpoint as others would read it.
        auto file
            = SafetensorsFile::open(base / "job" / "checkpoints" / "step-12" / "model.safetensors");
        ASSAY_VERIFY_RESULT(file);
        for (const auto& [key, tensor] : golden.numbers.tensors()) {
            if (!key.starts_with("trained."))
                continue;
            const TensorView* trained = file->find(key.substr(8));
            QVERIFY(trained != nullptr);
            std::vector<float> values(std::size_t(trained->elements()));
            toFloats(*trained, values);
            const double distance = relativeDistance(values, golden.floats(key));
            QVERIFY2(distance < 2e-5, (key + " " + std::to_string(distance)).c_str());
        }
    }

    void channelsAddUpAndSamplesAreRecorded() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.schedule.maxSteps = 3;
        spec.evaluation.probeRows = 2;
        spec.evaluation.everySteps = 0;
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        for (const Json& line : lines(base / "job" / "metrics.jsonl")) {
            double nll = 0;
            double tokens = 0;
            for (const auto& [name, loss] : line["channel_loss"].items()) {
                nll += loss.get<double>() * line["channel_tokens"][name].get<double>();
                tokens += line["channel_tokens"][name].get<double>();
            }
            QCOMPARE(tokens, 65.0);
            QVERIFY(std::abs(nll / tokens - line["loss"].get<double>()) < 1e-9);
        }
        std::map<std::string, int> kinds;
        for (const Json& line : lines(base / "job" / "samples.jsonl"))
            ++kinds[line["kind"].get<std::string>()
                + (line.contains("at") ? " " + line["at"].get<std::string>() : "")];
        QCOMPARE(kinds["seen"], 6);
        QCOMPARE(kinds["probe base"], 2);
        QCOMPARE(kinds["probe epoch 1"], 2);
        QCOMPARE(kinds["probe epoch 3"], 2);
    }

    void killedAndResumedIsBitEqual_data() {
        QTest::addColumn<bool>("packing");
        QTest::newRow("packed, shuffled") << true;
        QTest::newRow("rows, accumulated") << false;
    }

    /// A child process is killed in mid-epoch; another continues from its checkpoint.
    void killedAndResumedIsBitEqual() {
        QFETCH(bool, packing);
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        Rng rng(4);
        std::vector<std::vector<TokenId>> rows;
        for (int i = 0; i < 40; ++i) {
            std::vector<TokenId> row;
            for (std::uint64_t n = 8 + rng.below(50); n > 0; --n)
                row.push_back(TokenId(rng.below(320)));
            rows.push_back(std::move(row));
        }
        writeTokenized(base / "data.jsonl", rows, 4);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.data.order = "shuffle";
        spec.data.packing = packing;
        spec.data.heldOut = 4;
        spec.schedule.microBatchTokens = 128;
        spec.schedule.accumulation = packing ? 1 : 3;
        spec.schedule.epochs = 3;
        spec.checkpoints.everySteps = 4;
        spec.checkpoints.keep = 50;
        spec.evaluation.everySteps = 5;
        spec.evaluation.probePrompts = 2;
        spec.evaluation.probeRows = 3;
        makeJob(spec, base / "whole");
        makeJob(spec, base / "cut");
        ASSAY_VERIFY_RESULT(work(base / "whole"));

        const fs::path metrics = base / "cut" / "metrics.jsonl";
        const pid_t child = ::fork();
        if (child == 0) {
            // OpenMP does not survive a fork, so the child becomes the real program.
            const std::string program = (binaryFolder() / "assay-cli").string();
            ::execl(program.c_str(), "assay-cli", "run", (base / "cut").c_str(), nullptr);
            ::_exit(127);
        }
        const auto written = [&] { return fs::exists(metrics) ? lines(metrics).size() : 0; };
        for (int i = 0; i < 3000 && !fs::exists(base / "cut" / "checkpoints" / "step-8"); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY2(WIFSIGNALED(status) || written() > 0, "the program could not be started");

        ASSAY_VERIFY_RESULT(work(base / "cut"));
        const auto expected = lines(base / "whole" / "metrics.jsonl");
        const auto found = lines(metrics);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(found[i]["step"].get<int>(), int(i + 1)); // no step twice, none missing
            QCOMPARE(found[i]["loss"].get<double>(), expected[i]["loss"].get<double>());
            QCOMPARE(found[i]["grad_norm"].get<double>(), expected[i]["grad_norm"].get<double>());
            QCOMPARE(found[i].contains("eval_loss"), expected[i].contains("eval_loss"));
            if (expected[i].contains("eval_loss"))
                QCOMPARE(
                    found[i]["eval_loss"].get<double>(), expected[i]["eval_loss"].get<double>());
        }
        QCOMPARE(readFile(base / "cut" / "samples.jsonl").value(),
            readFile(base / "whole" / "samples.jsonl").value());
        QCOMPARE(readFile(base / "cut" / "probes.jsonl").value(),
            readFile(base / "whole" / "probes.jsonl").value());
        const auto last = JobFolder::open(base / "whole")->checkpointSteps().back();
        const fs::path name
            = fs::path("checkpoints") / ("step-" + std::to_string(last)) / "model.safetensors";
        QCOMPARE(readFile(base / "cut" / name).value(), readFile(base / "whole" / name).value());
    }

    void aNotFiniteLossStopsOrIsSkippedByTheRule_data() {
        QTest::addColumn<QByteArray>("rule");
        QTest::newRow("stop") << QByteArray("stop");
        QTest::newRow("skip") << QByteArray("skip");
    }

    void aNotFiniteLossStopsOrIsSkippedByTheRule() {
        QFETCH(QByteArray, rule);
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        // A model with one weight that is no number.
        fs::copy(golden.folder, base / "model");
        auto spec = readModelSpec(base / "model");
        Parameters parameters(parameterLayout(*spec), Dtype::F32, ParameterUse::Training);
        ASSAY_VERIFY_RESULT(loadWeights(base / "model", *spec, parameters, {}, {}));
        nn::elements<float>(parameters.master())[parameters.find("model.norm.weight").offset] = NAN;
        ASSAY_VERIFY_RESULT(saveWeights(base / "model", parameters));
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec train = goldenSpec(golden, base / "data.jsonl");
        train.model.path = (base / "model").string();
        train.onNan = rule.toStdString();
        makeJob(train, base / "job");
        const auto done = work(base / "job");
        const auto metrics = lines(base / "job" / "metrics.jsonl");
        QCOMPARE(metrics[0]["loss"], Json("NaN")); // stored as what it is
        if (rule == "stop") {
            QVERIFY(!done);
            QCOMPARE(done.error().code, std::string("train.not_finite"));
            QCOMPARE(metrics.size(), std::size_t(1));
        } else {
            ASSAY_VERIFY_RESULT(done);
            QCOMPARE(metrics.size(), std::size_t(12));
            QCOMPARE(metrics.back()["skipped_steps"].get<int>(), 12);
        }
    }

    void schedulesEndWhereTheyShould() {
        TrainSpec::Optimizer optimizer;
        optimizer.learningRate = 2e-3;
        optimizer.warmupSteps = 4;
        optimizer.minLearningRateRatio = 0.1;
        optimizer.schedule = "constant";
        QCOMPARE(learningRateAt(optimizer, 0, 20), 0.0);
        QCOMPARE(learningRateAt(optimizer, 2, 20), 1e-3);
        QCOMPARE(learningRateAt(optimizer, 19, 20), 2e-3);
        optimizer.schedule = "linear";
        QCOMPARE(learningRateAt(optimizer, 4, 20), 2e-3);
        QVERIFY(std::abs(learningRateAt(optimizer, 12, 20) - 1.1e-3) < 1e-12); // half way to 0.2e-3
        QVERIFY(std::abs(learningRateAt(optimizer, 20, 20) - 2e-4) < 1e-12);
        optimizer.warmupSteps = -1;
        optimizer.warmupRatio = 0.03;
        QCOMPARE(warmupSteps(optimizer, 101), std::int64_t(4)); // rounded up
    }

    /// With next to no learning rate the held-out loss cannot fall: the first evaluation is the
    /// best, two more end it.
    void trainingStopsEarlyWhenTheHeldOutLossNoLongerFalls() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        auto rows = golden.rows();
        rows.push_back(rows[0]);
        writeTokenized(base / "data.jsonl", rows, 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.data.heldOut = 1;
        spec.optimizer.learningRate = 1e-30;
        spec.evaluation.everySteps = 1;
        spec.evaluation.patience = 2;
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto folder = JobFolder::open(base / "job");
        QCOMPARE(folder->state()->phase, JobPhase::Done);
        QCOMPARE(lines(folder->metricsFile()).size(), std::size_t(3));
        // The best is kept beside the last.
        QCOMPARE(folder->checkpointSteps(), (std::vector<std::int64_t>{1, 3}));
    }

    void bf16FollowsFp32() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.dtype = Dtype::Bf16;
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto metrics = lines(base / "job" / "metrics.jsonl");
        const Json& expected = golden.json["train"]["losses"];
        for (std::size_t i = 0; i < metrics.size(); ++i)
            QVERIFY(
                std::abs(metrics[i]["loss"].get<double>() / expected[i].get<double>() - 1) < 0.02);
    }

    /// The first checkpoint does not fit: the job says so, leaves no half of it, and can go on
    /// later.
    void aFullDiskIsToldAndNothingIsLost() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        const JobFolder folder = makeJob(goldenSpec(golden, base / "data.jsonl"), base / "job");
        const pid_t child = ::fork();
        if (child == 0) {
            const rlimit limit{300'000, 300'000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            const std::string program = (binaryFolder() / "assay-cli").string();
            const int quiet = ::open("/dev/null", O_WRONLY);
            ::dup2(quiet, STDERR_FILENO);
            ::execl(program.c_str(), "assay-cli", "run", folder.path().c_str(), nullptr);
            ::_exit(127);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        QCOMPARE(WEXITSTATUS(status), 1);
        const auto state = folder.state();
        ASSAY_VERIFY_RESULT(state);
        QCOMPARE(state->phase, JobPhase::Failed);
        QVERIFY(state->error.has_value());
        QCOMPARE(state->error->code, std::string("file.write"));
        QVERIFY(fs::is_empty(folder.checkpointsFolder()));
        QCOMPARE(lines(folder.metricsFile()).size(), std::size_t(12)); // whole lines only
        ASSAY_VERIFY_RESULT(work(folder.path()));
        QCOMPARE(folder.state()->phase, JobPhase::Done);
        QCOMPARE(folder.checkpointSteps(), (std::vector<std::int64_t>{12}));
    }

    void rowsWithoutATrainedTokenAreListed() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        auto rows = golden.rows();
        writeTokenized(base / "data.jsonl", rows, 37); // row 1 has 37 ids: all masked
        makeJob(goldenSpec(golden, base / "data.jsonl"), base / "job");
        const auto done = work(base / "job");
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("train.empty_rows"));
        QCOMPARE(done.error().details.size(), std::size_t(1));
        QVERIFY(QString::fromStdString(done.error().details[0].where)
                    .startsWith(QStringLiteral("row 1")));
    }

    void controlCommandsAreObeyed() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.schedule.maxSteps = 1000000;
        const JobFolder folder = makeJob(spec, base / "job");
        Result<void> done;
        std::thread worker([&] { done = work(base / "job"); });
        const auto waitFor = [&](auto&& condition) {
            for (int i = 0; i < 5000; ++i) {
                if (const auto state = folder.state(); state && condition(*state))
                    return true;
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            }
            return false;
        };
        QVERIFY(waitFor([](const JobState& state) { return state.phase == JobPhase::Running; }));
        QVERIFY(sendControl(folder.controlFile(), ControlVerb::Pause));
        QVERIFY(waitFor([](const JobState& state) { return state.phase == JobPhase::Paused; }));
        const auto paused = lines(folder.metricsFile()).size();
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        QCOMPARE(lines(folder.metricsFile()).size(), paused);
        QVERIFY(sendControl(folder.controlFile(), ControlVerb::CheckpointNow));
        QVERIFY(waitFor([&](const JobState&) { return !folder.checkpointSteps().empty(); }));
        QVERIFY(sendControl(folder.controlFile(), ControlVerb::Resume));
        QVERIFY(waitFor([](const JobState& state) { return state.phase == JobPhase::Running; }));
        QVERIFY(sendControl(folder.controlFile(), ControlVerb::Stop));
        worker.join();
        ASSAY_VERIFY_RESULT(done);
        const auto state = folder.state();
        QCOMPARE(state->phase, JobPhase::Stopped);
        QCOMPARE(state->acknowledged.size(), std::size_t(4));
        QCOMPARE(folder.checkpointSteps().back(), std::int64_t(lines(folder.metricsFile()).size()));
    }
};

QTEST_APPLESS_MAIN(TestGoldenTraining)
#include "test_golden_training.moc"
