#include "core/base/rng.h"
#include "tests/support/family_configs.h"
#include "tests/support/plain_model.h"
#include "tests/train/training_jobs.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Whole runs with models of every family: what holds for Llama holds for all.
class TestFamilyTraining : public QObject {
    Q_OBJECT

private:
    /// The model's folder inside `base`: a golden one, or a tiny random one of familyCases().
    static fs::path modelFolder(const std::string& name, const fs::path& base) {
        if (fs::exists(goldenFolder() / name))
            return goldenFolder() / name;
        for (const FamilyCase& found : familyCases())
            if (found.name == name) {
                PlainModel(found.config, 3).write(base / "model");
                return base / "model";
            }
        qFatal("no such case: %s", name.c_str());
    }

    static TrainSpec specOf(const fs::path& model, const fs::path& data) {
        TrainSpec spec;
        spec.name = "families";
        spec.model.path = model.string();
        spec.data.tokenized = data.string();
        spec.data.order = "shuffle";
        spec.data.packing = true;
        spec.data.heldOut = 3;
        spec.data.maxLength = 40;
        spec.schedule.microBatchTokens = 80;
        spec.schedule.accumulation = 2;
        spec.schedule.epochs = 4;
        spec.optimizer.learningRate = 5e-3;
        spec.optimizer.warmupSteps = 1;
        spec.checkpoints.everySteps = 5;
        spec.checkpoints.keep = 50;
        spec.evaluation.everySteps = 4;
        spec.evaluation.probePrompts = 2;
        spec.evaluation.probeMaxNew = 8;
        spec.evaluation.probeRows = 3;
        return spec;
    }

    static std::string bytes(const fs::path& path) { return readFile(path).value(); }

private Q_SLOTS:
    void trainsResumesAndSaves_data() {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<bool>("bf16");
        const auto row = [](const char* name, bool bf16) {
            QTest::addRow("%s, %s", name, bf16 ? "bf16" : "fp32") << QByteArray(name) << bf16;
        };
        for (const char* name : {"gpt2-tiny", "mistral-tiny", "qwen2-tiny",
                 "qwen3, window in later layers, biases", "gemma2", "gemma3, pattern, linear",
                 "phi3, longrope, beyond", "llama, dynamic, beyond"})
            row(name, false);
        for (const char* name : {"gpt2-tiny", "gemma3, pattern, linear", "phi3, longrope, beyond"})
            row(name, true);
    }

    void trainsResumesAndSaves() {
        QFETCH(QByteArray, name);
        QFETCH(bool, bf16);
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        const fs::path model = modelFolder(name.toStdString(), base);
        Rng rng(4);
        std::vector<std::vector<TokenId>> rows;
        for (int i = 0; i < 18; ++i) {
            std::vector<TokenId> row;
            for (std::uint64_t n = 8 + rng.below(32); n > 0; --n)
                row.push_back(TokenId(3 + rng.below(9)));
            rows.push_back(std::move(row));
        }
        writeTokenized(base / "data.jsonl", rows, 4);
        TrainSpec spec = specOf(model, base / "data.jsonl");
        spec.dtype = bf16 ? Dtype::Bf16 : Dtype::F32;
        makeJob(spec, base / "whole");
        ASSAY_VERIFY_RESULT(work(base / "whole"));
        const auto metrics = lines(base / "whole" / "metrics.jsonl");
        QVERIFY(metrics.size() >= 8);
        QVERIFY(metrics.back()["loss"].get<double>() < 0.9 * metrics.front()["loss"].get<double>());

        // Cut back to an early checkpoint, as a crash would leave it: the rest comes out the same.
        fs::copy(base / "whole", base / "cut", fs::copy_options::recursive);
        const auto cut = JobFolder::open(base / "cut");
        const auto steps = cut->checkpointSteps();
        for (const std::int64_t step : steps)
            if (step > 5)
                fs::remove_all(cut->checkpointFolder(step));
        ASSAY_VERIFY_RESULT(work(base / "cut"));
        const auto again = lines(base / "cut" / "metrics.jsonl");
        QCOMPARE(again.size(), metrics.size());
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            QCOMPARE(again[i]["loss"], metrics[i]["loss"]);
            QCOMPARE(again[i]["grad_norm"], metrics[i]["grad_norm"]);
        }
        for (const char* file : {"samples.jsonl", "probes.jsonl"})
            QCOMPARE(bytes(base / "cut" / file), bytes(base / "whole" / file));
        const fs::path last = cut->checkpointFolder(steps.back());
        QCOMPARE(bytes(last / "model.safetensors"),
            bytes(JobFolder::open(base / "whole")->checkpointFolder(steps.back())
                / "model.safetensors"));

        // The result is a model of the same family under the same names.
        const auto before = SafetensorsFile::open(model / "model.safetensors");
        const auto after = SafetensorsFile::open(last / "model.safetensors");
        ASSAY_VERIFY_RESULT(after);
        QCOMPARE(after->tensors().size(), before->tensors().size());
        for (const auto& [key, tensor] : after->tensors()) {
            QVERIFY2(before->find(key) != nullptr, key.c_str());
            QCOMPARE(tensor.shape, before->find(key)->shape);
        }
        const Json config = readJsonFile(last / "config.json").value();
        const Json original = readJsonFile(model / "config.json").value();
        for (const auto& [key, value] : original.items())
            QVERIFY2(config[key] == value || key == "dtype" || key == "eos_token_id", key.c_str());
        LoadOptions options;
        options.dtype = spec.dtype;
        const auto loaded = TorchModel::load(last, options, {}, {});
        ASSAY_VERIFY_RESULT(loaded);
        ModelUnderTest& asked = **loaded;
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(
            asked.score(rows[0], {}, stopped.get_token()).error().code, std::string("cancelled"));
        QVERIFY(asked.score(rows[0], {}, {}));
    }
};

QTEST_APPLESS_MAIN(TestFamilyTraining)
#include "test_family_training.moc"
