#include "core/base/rng.h"
#include "tests/train/training_jobs.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Direct preference optimisation: the loss by hand, its gradient, and a run on pairs.
class TestPreferences : public QObject {
    Q_OBJECT

private:
    static PairLoss lossOf(double beta, double smoothing, PairScore score, PairScore reference) {
        TrainSpec::Dpo dpo;
        dpo.beta = beta;
        dpo.labelSmoothing = smoothing;
        return pairLoss(dpo, score, reference);
    }

    /// A run of pairs of ids: rows of a snapshot that the engine would make of conversations.
    static std::unique_ptr<TrainingRun> runOf(const Golden& golden, int pairs) {
        auto run = std::make_unique<TrainingRun>();
        run->spec.kind = "dpo";
        run->spec.dpo.beta = 0.3;
        run->spec.dpo.labelSmoothing = 0.1;
        run->model.decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        Rng rng(5);
        for (int i = 0; i < pairs; ++i) {
            TrainRow row;
            const std::size_t prompt = 4 + rng.below(4);
            std::vector<TokenId> start;
            for (std::size_t t = 0; t < prompt; ++t)
                start.push_back(TokenId(rng.below(320)));
            for (int side = 0; side < 2; ++side) {
                if (side == 1)
                    row.split = std::int64_t(row.ids.size());
                row.ids.insert(row.ids.end(), start.begin(), start.end());
                row.labels.insert(row.labels.end(), prompt, ignoredLabel);
                for (std::uint64_t n = 3 + rng.below(6); n > 0; --n) {
                    row.ids.push_back(TokenId(rng.below(320)));
                    row.labels.push_back(row.ids.back());
                }
            }
            run->rows.train.push_back(std::move(row));
            run->reference.push_back({-20 - double(i), -22 + double(i)});
        }
        return run;
    }
    static double meanLoss(TrainingRun& run, const MicroBatch& batch) {
        const at::Tensor hidden = run.model.decoder->forward(batch.batch, run.activations);
        double sum = 0;
        for (const auto& [row, loss] : batchLoss(run, batch, hidden, run.reference, 0, {}).rows)
            sum += loss.nll;
        return sum / batchWeight(run, batch);
    }

private Q_SLOTS:
    /// beta 0.1, chosen gained 2 nats, rejected lost 1: d = 0.3; -log sigmoid(0.3) = 0.554355.
    void lossesByHand() {
        const PairLoss plain = lossOf(0.1, 0, {-10, -15}, {-12, -14});
        QVERIFY(std::abs(plain.margin - 0.3) < 1e-12);
        QVERIFY(std::abs(plain.loss - 0.554355244468527) < 1e-12);
        // -0.1 sigmoid(-0.3) = -0.1 * 0.425557
        QVERIFY(std::abs(plain.slope + 0.0425557483188341) < 1e-12);
        // A fifth of the pairs the wrong way round: 0.8 * 0.554355 + 0.2 * 0.854355
        const PairLoss smoothed = lossOf(0.1, 0.2, {-10, -15}, {-12, -14});
        QVERIFY(std::abs(smoothed.loss - 0.614355244468527) < 1e-12);
        // A model that did not move: log 2.
        QVERIFY(std::abs(lossOf(0.5, 0, {-3, -4}, {-3, -4}).loss - std::log(2.0)) < 1e-12);
        // Far away nothing overflows.
        QVERIFY(std::abs(lossOf(1, 0, {-5000, -10}, {-10, -10}).loss - 4990) < 1e-9);
        QVERIFY(lossOf(1, 0, {-10, -5000}, {-10, -10}).loss < 1e-12);
    }

    void slopesEqualFiniteDifferences() {
        for (const double smoothing : {0.0, 0.15}) {
            const double h = 1e-5;
            const double up = lossOf(0.4, smoothing, {-9 + h, -8}, {-10, -8.5}).loss;
            const double down = lossOf(0.4, smoothing, {-9 - h, -8}, {-10, -8.5}).loss;
            const double slope = lossOf(0.4, smoothing, {-9, -8}, {-10, -8.5}).slope;
            QVERIFY(std::abs((up - down) / (2 * h) - slope) < 1e-9);
        }
    }

    /// Through the whole model, along the gradient of all weights.
    void gradientsEqualFiniteDifferences() {
        const Golden golden("llama-tiny");
        auto run = runOf(golden, 3);
        const MicroBatch batch = makeMicroBatch(run->rows.train, {0, 1, 2});
        QCOMPARE(batch.batch.segments.size(), std::size_t(6));
        QCOMPARE(batchWeight(*run, batch), 3.0);
        Parameters& parameters = run->model.decoder->parameters();
        parameters.gradients().zero_();
        const at::Tensor hidden = run->model.decoder->forward(batch.batch, run->activations);
        at::Tensor dHidden = at::empty_like(hidden);
        const BatchLoss loss = batchLoss(*run, batch, hidden, run->reference, 1.0 / 3, dHidden);
        QCOMPARE(loss.pairs.count, std::int64_t(3));
        run->model.decoder->backward(batch.batch, run->activations, dHidden);
        const at::Tensor slope = parameters.gradients().clone();
        const at::Tensor kept = parameters.master().clone();
        const double size = slope.norm().item<double>();
        at::Tensor numbers = parameters.master();
        const double h = 2e-3 / std::max(1.0, size);
        const auto moved = [&](double by) {
            numbers.copy_(kept + slope * (by / size));
            return meanLoss(*run, batch);
        };
        const double found = (moved(h) - moved(-h)) / (2 * h);
        QVERIFY2(std::abs(found / size - 1) < 2e-2,
            qPrintable(QStringLiteral("%1 against %2").arg(found).arg(size)));
    }

    /// Both answers of a pair stand in one batch, and neither sees the other.
    void theTwoAnswersDoNotSeeEachOther() {
        const Golden golden("llama-tiny");
        auto run = runOf(golden, 1);
        MicroBatch batch = makeMicroBatch(run->rows.train, {0});
        const at::Tensor before
            = run->model.decoder->forward(batch.batch, run->activations).clone();
        TrainRow& row = run->rows.train[0];
        row.ids[0] = (row.ids[0] + 7) % 320;
        batch = makeMicroBatch(run->rows.train, {0});
        const at::Tensor after = run->model.decoder->forward(batch.batch, run->activations);
        const std::int64_t rest = after.size(0) - row.split;
        QVERIFY(after.narrow(0, row.split, rest).equal(before.narrow(0, row.split, rest)));
        QVERIFY(!after.narrow(0, 0, row.split).equal(before.narrow(0, 0, row.split)));
    }

    /// A run from conversations: starts at log 2, learns which answer is better, keeps the scores
    /// of the start, and goes on from them after a stop.
    void aRunLearnsWhichAnswerIsBetter_data() {
        QTest::addColumn<QByteArray>("adapter");
        QTest::newRow("all weights") << QByteArray("none");
        QTest::newRow("lora") << QByteArray("lora");
    }
    void aRunLearnsWhichAnswerIsBetter() {
        QFETCH(QByteArray, adapter);
        ASSAY_NEED_DATA("models/stories260k-hf");
        QTemporaryDir directory;
        const fs::path base = directory.path().toStdString();
        std::ofstream out(base / "pairs.jsonl");
        const char* names[] = {"Lily", "Tom", "Ben", "Mia"};
        for (const char* name : names) {
            Json row;
            row["prompt"] = std::string("Where is ") + name + "?";
            row["chosen"] = std::string(name) + " is in the park.";
            row["rejected"] = "I do not know.";
            out << row.dump() << "\n";
        }
        out.close();
        TrainSpec spec;
        spec.kind = "dpo";
        spec.model.path = (dataFolder() / "models/stories260k-hf").string();
        spec.adapter.kind = adapter.toStdString();
        spec.chatTemplate = "plain";
        spec.data.files = {(base / "pairs.jsonl").string()};
        spec.data.heldOut = 1;
        spec.data.maxLength = 64;
        spec.schedule.microBatchTokens = 256;
        spec.schedule.epochs = 12;
        spec.optimizer.learningRate = adapter == "none" ? 1e-3 : 2e-2;
        spec.optimizer.warmupSteps = 0;
        spec.evaluation.probePrompts = 1;
        spec.evaluation.probeMaxNew = 4;
        spec.checkpoints.everySteps = 4;
        makeJob(spec, base / "job");
        ASSAY_VERIFY_RESULT(work(base / "job"));
        const auto metrics = lines(base / "job" / "metrics.jsonl");
        QVERIFY(std::abs(metrics.front()["loss"].get<double>() - std::log(2.0)) < 1e-5);
        QVERIFY2(metrics.back()["loss"].get<double>() < 0.5, metrics.back().dump().c_str());
        QCOMPARE(metrics.back()["dpo_accuracy"].get<double>(), 1.0);
        QVERIFY(metrics.back()["dpo_margin"].get<double>() > 0.5);
        QVERIFY(metrics.back().contains("eval_dpo_accuracy"));
        const auto reference = readJsonFile(base / "job" / "reference.json");
        ASSAY_VERIFY_RESULT(reference);
        QCOMPARE((*reference)["train"].size(), std::size_t(3));
        QCOMPARE((*reference)["held_out"].size(), std::size_t(1));
        QVERIFY((*reference)["train"][0][0].get<double>() < -1);
    }
};

QTEST_APPLESS_MAIN(TestPreferences)
#include "test_preferences.moc"
