#include "core/base/rng.h"
#include "core/weights/safetensors.h"
#include "model/adapter.h"
#include "tests/train/training_jobs.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestAdapterTraining : public QObject {
    Q_OBJECT

private:
    static std::vector<std::vector<TokenId>> someRows(int count, std::uint64_t seed) {
        Rng rng(seed);
        std::vector<std::vector<TokenId>> rows;
        for (int i = 0; i < count; ++i) {
            std::vector<TokenId> row;
            for (std::uint64_t n = 8 + rng.below(40); n > 0; --n)
                row.push_back(TokenId(rng.below(320)));
            rows.push_back(std::move(row));
        }
        return rows;
    }
    static fs::path checkpoint(const fs::path& job) {
        const auto folder = JobFolder::open(job);
        return folder->checkpointFolder(folder->checkpointSteps().back());
    }

private Q_SLOTS:
    void twelveLossesOfPeft_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("kind");
        for (const char* folder : {"llama-tiny", "qwen2-tiny"})
            for (const char* kind : {"lora", "rslora"})
                QTest::addRow("%s %s", folder, kind) << QByteArray(folder) << QByteArray(kind);
    }

    /// From the stored adapter on, only its pairs trained: PEFT's losses and gradient norms.
    void twelveLossesOfPeft() {
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, kind);
        const Golden golden(folder.constData());
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.adapter.kind = kind.toStdString();
        spec.adapter.start = (golden.folder / ("adapter-" + kind.toStdString())).string();
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const Json& expected = golden.json["adapters"][kind.toStdString()]["train"];
        const auto metrics = lines(base / "job" / "metrics.jsonl");
        QCOMPARE(metrics.size(), expected["losses"].size());
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            const double found = metrics[i]["loss"].get<double>();
            QVERIFY2(std::abs(found / expected["losses"][i].get<double>() - 1) < 1e-5,
                qPrintable(QString::number(found, 'g', 9)));
            QVERIFY(std::abs(metrics[i]["grad_norm"].get<double>()
                            / expected["grad_norm_before_clip"][i].get<double>()
                        - 1)
                < 1e-4);
        }
        // What is left is a PEFT folder of the adapter alone, which names its base.
        const fs::path step = checkpoint(base / "job");
        QVERIFY(!fs::exists(step / "model.safetensors"));
        QVERIFY(!fs::exists(step / "config.json"));
        const auto file = openAdapter(step);
        ASSAY_VERIFY_RESULT(file);
        QCOMPARE(file->config.kind(), kind.toStdString());
        QVERIFY(fs::equivalent(*baseFolderOf(step, {}), golden.folder));
    }

    void everyKindLearnsAndLeavesTheBaseAlone_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::addColumn<QByteArray>("dtype");
        for (const char* kind : {"lora", "rslora", "dora"})
            QTest::addRow("%s", kind) << QByteArray(kind) << QByteArray("f32");
        QTest::addRow("dora bf16") << QByteArray("dora") << QByteArray("bf16");
    }

    void everyKindLearnsAndLeavesTheBaseAlone() {
        QFETCH(QByteArray, kind);
        QFETCH(QByteArray, dtype);
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.adapter.kind = kind.toStdString();
        spec.adapter.rank = 4;
        spec.adapter.alpha = 8;
        spec.adapter.dropout = 0.05;
        spec.optimizer.learningRate = 1e-2;
        spec.schedule.epochs = 16;
        spec.dtype = *dtypeFromName(dtype.toStdString());
        makeJob(spec, base / "job");
        auto folder = JobFolder::open(base / "job");
        auto job = JobWriter::acquire(*folder);
        ASSAY_VERIFY_RESULT(job);
        c10::InferenceMode mode;
        auto run = prepareRun(**job, {});
        ASSAY_VERIFY_RESULT(run);
        const at::Tensor before = (*run)->model.parameters->compute().clone();
        QCOMPARE((*run)->model.parameters->trainedCount(), std::int64_t(0));
        QVERIFY(!(*run)->model.parameters->gradients().defined());
        // r (in + out) of seven maps in three layers; DoRA: a number for each row besides
        const std::int64_t sums = 2 * (64 + 64) + 2 * (64 + 32) + 3 * (64 + 128);
        const std::int64_t rows = 64 + 32 + 32 + 64 + 128 + 128 + 64;
        QCOMPARE((*run)->model.optimizer->count(), 3 * (4 * sums + (kind == "dora" ? rows : 0)));
        job->reset();
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto metrics = lines(base / "job" / "metrics.jsonl");
        QVERIFY2(metrics.back()["loss"].get<double>() < 0.7 * metrics[0]["loss"].get<double>(),
            metrics.back().dump().c_str());
        // The first loss is the base's: a new adapter adds nothing.
        const double start = golden.json["sft"]["loss"].get<double>();
        QVERIFY(std::abs(metrics[0]["loss"].get<double>() / start - 1)
            < (dtype == "bf16" ? 2e-2 : 1e-5));
        QVERIFY((*run)->model.parameters->compute().equal(before));
        const QString log = QString::fromStdString(readFile(base / "job" / "log.txt").value());
        QVERIFY2(log.contains(QStringLiteral("parameters are trained")), qPrintable(log));
    }

    void killedAndResumedIsBitEqual_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("lora") << QByteArray("lora");
        QTest::newRow("dora") << QByteArray("dora");
        QTest::newRow("all weights, with noise and checkpointing") << QByteArray("none");
    }

    /// With dropout, noise, a mix and whole modules: stopped in mid-epoch and gone on with, the
    /// files are those of a run without a stop.
    void killedAndResumedIsBitEqual() {
        QFETCH(QByteArray, kind);
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", someRows(24, 4), 4);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.adapter.kind = kind.toStdString();
        spec.adapter.rank = 2;
        spec.adapter.dropout = kind == "none" ? 0 : 0.2;
        if (kind == "dora")
            spec.adapter.savedWhole = {"embed_tokens"};
        spec.data.order = "shuffle";
        spec.data.packing = true;
        spec.data.heldOut = 4;
        spec.optimizer.neftuneAlpha = 5;
        spec.schedule.gradientCheckpointing = kind == "none";
        spec.schedule.microBatchTokens = 128;
        spec.schedule.epochs = 3;
        spec.checkpoints.everySteps = 4;
        spec.checkpoints.keep = 50;
        spec.evaluation.everySteps = 5;
        makeJob(spec, base / "whole");
        makeJob(spec, base / "cut");
        ASSAY_VERIFY_RESULT(work(base / "whole"));
        // The first part, ended by a command after step 6: between two checkpoints it makes one.
        const auto folder = JobFolder::open(base / "cut");
        std::stop_source stop;
        std::thread watcher([&] {
            for (int i = 0; i < 20000 && !fs::exists(folder->checkpointFolder(4)); ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            stop.request_stop();
        });
        (void)work(base / "cut", stop.get_token());
        watcher.join();
        const std::size_t before = lines(base / "cut" / "metrics.jsonl").size();
        ASSAY_VERIFY_RESULT(work(base / "cut"));
        const auto expected = lines(base / "whole" / "metrics.jsonl");
        const auto found = lines(base / "cut" / "metrics.jsonl");
        QVERIFY(before >= 4);
        QCOMPARE(found.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QCOMPARE(found[i]["loss"].get<double>(), expected[i]["loss"].get<double>());
            QCOMPARE(found[i]["grad_norm"].get<double>(), expected[i]["grad_norm"].get<double>());
        }
        const char* name = kind == "none" ? "model.safetensors" : "adapter_model.safetensors";
        QCOMPARE(readFile(checkpoint(base / "cut") / name).value(),
            readFile(checkpoint(base / "whole") / name).value());
    }

    /// Tied embeddings trained whole are stored for both sides, as PEFT loads copies of each.
    void wholeModulesAreStoredWithTheAdapter() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.adapter.kind = "lora";
        spec.adapter.targets = {"q_proj", "v_proj"};
        spec.adapter.savedWhole = {"embed_tokens"};
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto file = openAdapter(checkpoint(base / "job"));
        ASSAY_VERIFY_RESULT(file);
        QCOMPARE(file->config.savedWhole, (std::vector<std::string>{"embed_tokens", "lm_head"}));
        const TensorView* input = file->find(AdapterPart::Whole, "model.embed_tokens.weight");
        const TensorView* output = file->find(AdapterPart::Whole, "lm_head.weight");
        QVERIFY(input && output);
        QVERIFY(std::ranges::equal(input->bytes, output->bytes));
        const auto modelSpec = readModelSpec(golden.folder);
        auto parameters = std::make_shared<Parameters>(
            parameterLayout(*modelSpec), Dtype::F32, ParameterUse::Inference);
        ASSAY_VERIFY_RESULT(loadWeights(golden.folder, *modelSpec, *parameters, {}, {}));
        const auto adapted = adaptedBase(*file, *modelSpec, parameters);
        ASSAY_VERIFY_RESULT(adapted);
        QVERIFY(adapted->spec.tiedEmbeddings); // both sides are the same: they stay one
        QVERIFY(!adapted->parameters->weight("model.embed_tokens.weight")
                     .equal(parameters->weight("model.embed_tokens.weight")));
    }

    void frozenPartsStayBitEqual() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.freeze.embeddings = true;
        spec.freeze.firstLayers = 2;
        spec.freeze.modules = {"o_proj"};
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto before = SafetensorsFile::open(golden.folder / "model.safetensors");
        const auto after = SafetensorsFile::open(checkpoint(base / "job") / "model.safetensors");
        ASSAY_VERIFY_RESULT(after);
        int moved = 0;
        for (const auto& [name, tensor] : before->tensors()) {
            const bool same = std::ranges::equal(tensor.bytes, after->find(name)->bytes);
            const bool frozen = name == "model.embed_tokens.weight"
                || name.find("layers.0.") != std::string::npos
                || name.find("layers.1.") != std::string::npos
                || name.find("o_proj") != std::string::npos;
            QVERIFY2(same == frozen, name.c_str());
            moved += same ? 0 : 1;
        }
        QVERIFY(moved >= 8);
    }

    void freezingEverythingIsRefused() {
        const Golden golden("llama-tiny");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        writeTokenized(base / "data.jsonl", golden.rows(), 10);
        TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
        spec.freeze.embeddings = true;
        spec.freeze.firstLayers = 3;
        spec.freeze.modules = {"model.norm"};
        makeJob(spec, base / "job");
        const auto done = work(base / "job");
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("train.nothing_learns"));
    }

    /// NEFTune changes the loss while training and nothing else: the first evaluation is that of
    /// the run without it.
    void embeddingNoiseIsForTrainingOnly() {
        const Golden golden("llama-tiny");
        std::vector<Json> first;
        for (const double alpha : {0.0, 10.0}) {
            QTemporaryDir directory;
            const fs::path base = directory.path().toStdString();
            auto rows = golden.rows();
            rows.push_back(rows[0]);
            writeTokenized(base / "data.jsonl", rows, 10);
            TrainSpec spec = goldenSpec(golden, base / "data.jsonl");
            spec.data.heldOut = 1;
            spec.optimizer.neftuneAlpha = alpha;
            spec.optimizer.learningRate = 1e-30;
            spec.schedule.maxSteps = 1;
            spec.evaluation.everySteps = 1;
            makeJob(spec, base / "job");
            ASSAY_VERIFY_RESULT(work(base / "job"));
            first.push_back(lines(base / "job" / "metrics.jsonl")[0]);
        }
        QVERIFY(first[0]["loss"] != first[1]["loss"]);
        QCOMPARE(first[0]["eval_loss"], first[1]["eval_loss"]);
    }
};

QTEST_APPLESS_MAIN(TestAdapterTraining)
#include "test_adapter_training.moc"
