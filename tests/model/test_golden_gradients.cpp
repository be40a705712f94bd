#include "core/text/chat_template.h"
#include "model/loss.h"
#include "tests/model/golden.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestGoldenGradients : public QObject {
    Q_OBJECT

private:
    /// Labels as the golden file defines them: ids from `from` on.
    static std::vector<TokenId> labelsFrom(const std::vector<TokenId>& ids, std::size_t from) {
        std::vector<TokenId> labels(ids.size(), ignoredLabel);
        std::copy(
            ids.begin() + std::ptrdiff_t(from), ids.end(), labels.begin() + std::ptrdiff_t(from));
        return labels;
    }

    static double run(Decoder& decoder, const std::vector<std::vector<TokenId>>& rows,
        std::size_t labelFrom, std::vector<std::vector<float>>* logits = nullptr) {
        PackedBatch batch;
        std::vector<TokenId> labels;
        for (const auto& row : rows) {
            batch.add(row);
            const auto more = labelsFrom(row, labelFrom);
            labels.insert(labels.end(), more.begin(), more.end());
        }
        Activations activations;
        const at::Tensor hidden = decoder.forward(batch, activations);
        if (logits) {
            const at::Tensor z = at::empty({hidden.size(0), decoder.spec().vocabularySize});
            decoder.logits(hidden, z);
            logits->emplace_back(nn::elements<float>(z), nn::elements<float>(z) + z.numel());
        }
        const LossTargets targets = lossTargets(batch, labels);
        at::Tensor dHidden = at::empty_like(hidden);
        decoder.parameters().gradients().zero_();
        const LossResult loss
            = lossAndGradient(decoder, hidden, targets, 1.0 / double(targets.rows.size()), dHidden);
        decoder.backward(batch, activations, dHidden);
        return loss.weightedSum / loss.weight;
    }

    static void compareGradient(
        Decoder& decoder, const Golden& golden, const std::string& key, const std::string& name) {
        at::Tensor gradient = decoder.parameters().gradient(name);
        if (decoder.parameters().find(name).transposed) // the golden one is as in the file
            gradient = gradient.t();
        gradient = gradient.contiguous();
        const auto expected = golden.floats(key);
        const double distance = relativeDistance(
            {nn::elements<float>(gradient), std::size_t(gradient.numel())}, expected);
        QVERIFY2(
            distance < 1e-4, qPrintable(QString::fromStdString(key) + QString::number(distance)));
    }

private Q_SLOTS:
    void lossAndGradients_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::newRow("grouped queries, tied") << QByteArray("llama-tiny");
        QTest::newRow("all heads, untied, llama3 rotary scaling") << QByteArray("llama-untied");
        QTest::newRow("sliding window") << QByteArray("mistral-tiny");
        QTest::newRow("biases") << QByteArray("qwen2-tiny");
        QTest::newRow("learned positions, layer norms, fused maps") << QByteArray("gpt2-tiny");
    }

    void lossAndGradients() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        auto decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        const double expected = golden.json["sft"]["loss"].get<double>();
        const double loss
            = run(*decoder, golden.rows(), golden.json["sft"]["label_from"].get<std::size_t>());
        QVERIFY2(std::abs(loss / expected - 1) < 1e-5, qPrintable(QString::number(loss, 'g', 9)));
        for (const auto& [name, norm] : golden.json["sft"]["grad_norms"].items()) {
            const double found = decoder->parameters().gradient(name).norm().item<double>();
            QVERIFY2(std::abs(found / norm.get<double>() - 1) < 1e-4, name.c_str());
        }
        for (const auto& [key, tensor] : golden.numbers.tensors())
            if (key.starts_with("grad."))
                compareGradient(*decoder, golden, key, key.substr(5));
    }

    void packedEqualsUnpacked_data() { lossAndGradients_data(); }

    void packedEqualsUnpacked() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        auto decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        const Json& packed = golden.json["packed"];
        const auto rows = packed["input_ids"].get<std::vector<std::vector<TokenId>>>();
        std::vector<std::vector<float>> logits;
        const double loss = run(*decoder, rows, packed["label_from"].get<std::size_t>(), &logits);
        QVERIFY(std::abs(loss / packed["loss"].get<double>() - 1) < 1e-5);
        const auto expected = golden.floats("packed.logits");
        QCOMPARE(logits[0].size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(logits[0][i] - expected[i]) < 1e-4F);
        for (const auto& [key, tensor] : golden.numbers.tensors())
            if (key.starts_with("packed.grad."))
                compareGradient(*decoder, golden, key, key.substr(12));
    }

    void anotherSequenceInThePackChangesNothing() {
        const Golden golden("llama-tiny");
        auto decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Inference);
        const auto rows = golden.rows();
        Activations activations;
        PackedBatch alone;
        alone.add(rows[1]);
        const at::Tensor expected = decoder->forward(alone, activations).clone();
        PackedBatch together;
        together.add(rows[0]);
        together.add(rows[1]);
        const at::Tensor hidden = decoder->forward(together, activations);
        const at::Tensor part
            = hidden.narrow(0, std::int64_t(rows[0].size()), std::int64_t(rows[1].size()));
        QVERIFY((part - expected).abs().max().item<float>() < 1e-5F);
    }

    void bf16StaysCloseToFp32() {
        const Golden golden("llama-tiny");
        auto exact = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        auto rounded = goldenDecoder(golden, Dtype::Bf16, ParameterUse::Training);
        const auto rows = golden.rows();
        const double a = run(*exact, rows, 10);
        const double b = run(*rounded, rows, 10);
        QVERIFY2(std::abs(b / a - 1) < 0.02, qPrintable(QString::number(b)));
        for (const Parameter& parameter : exact->parameters().layout()) {
            if (!parameter.isMatrix())
                continue;
            const at::Tensor g = exact->parameters().gradient(parameter.name).flatten();
            const at::Tensor h = rounded->parameters().gradient(parameter.name).flatten();
            const double cosine = (g.dot(h) / (g.norm() * h.norm())).item<double>();
            QVERIFY2(cosine > 0.99, (parameter.name + " " + std::to_string(cosine)).c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestGoldenGradients)
#include "test_golden_gradients.moc"
