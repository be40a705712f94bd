#include "core/text/chat_template.h"
#include "infer/torch_model.h"
#include "model/loss.h"
#include "tests/model/golden.h"
#include "tests/support/family_configs.h"
#include "tests/support/plain_model.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Families without reference numbers of another program: the engine against equations written out
/// plainly in double precision.
class TestFamilies : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    std::vector<FamilyCase> m_cases = familyCases();
    static constexpr std::size_t labelFrom = 3; ///< the first position that predicts

    void eachCase() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_cases.size(); ++i)
            QTest::newRow(m_cases[i].name.c_str()) << int(i);
    }
    fs::path folderOf(int index) {
        return fs::path(m_directory.path().toStdString()) / std::to_string(index);
    }
    PlainModel written(int index) {
        PlainModel model(m_cases[std::size_t(index)].config, std::uint64_t(index) + 5);
        model.write(folderOf(index));
        return model;
    }
    std::vector<TokenId> textOf(int index) {
        Rng rng(std::uint64_t(index) + 77);
        std::vector<TokenId> ids(m_cases[std::size_t(index)].tokens);
        for (TokenId& id : ids)
            id = TokenId(rng.below(61));
        return ids;
    }
    std::shared_ptr<Decoder> decoder(int index, Dtype dtype, ParameterUse use) {
        const auto spec = readModelSpec(folderOf(index));
        if (!spec)
            qFatal("%s", message(spec.error()).c_str());
        auto parameters = std::make_shared<Parameters>(parameterLayout(*spec), dtype, use);
        if (auto done = loadWeights(folderOf(index), *spec, *parameters, {}, {}); !done)
            qFatal("%s", message(done.error()).c_str());
        return std::make_shared<Decoder>(*spec, parameters);
    }
    static at::Tensor logitsOf(const Decoder& decoder, const at::Tensor& hidden) {
        at::Tensor logits = at::empty({hidden.size(0), decoder.head().size(0)}, hidden.options());
        decoder.logits(hidden, logits);
        return logits.to(at::kFloat);
    }
    /// The largest difference of row `row` from the reference.
    static double difference(const at::Tensor& logits, std::int64_t row, const Vector& expected) {
        const float* found = nn::elements<float>(logits) + row * logits.size(1);
        double largest = 0;
        for (std::size_t i = 0; i < expected.size(); ++i)
            largest = std::max(largest, std::abs(double(found[i]) - expected[i]));
        return largest;
    }
    /// Loss and gradients of sequences in one pack, each predicted from labelFrom on.
    static double train(Decoder& decoder, const std::vector<std::vector<TokenId>>& rows) {
        PackedBatch batch;
        std::vector<TokenId> labels;
        for (const auto& row : rows) {
            batch.add(row);
            for (std::size_t i = 0; i < row.size(); ++i)
                labels.push_back(i <= labelFrom ? ignoredLabel : row[i]);
        }
        Activations activations;
        const at::Tensor hidden = decoder.forward(batch, activations);
        const LossTargets targets = lossTargets(batch, labels);
        at::Tensor dHidden = at::empty_like(hidden);
        decoder.parameters().gradients().zero_();
        const LossResult loss
            = lossAndGradient(decoder, hidden, targets, 1.0 / double(targets.rows.size()), dHidden);
        decoder.backward(batch, activations, dHidden);
        return loss.weightedSum / loss.weight;
    }

private Q_SLOTS:
    void logitsOfPackedSequences_data() { eachCase(); }

    void logitsOfPackedSequences() {
        QFETCH(int, index);
        const PlainModel plain = written(index);
        auto engine = decoder(index, Dtype::F32, ParameterUse::Inference);
        const std::vector<TokenId> longer = textOf(index);
        const std::vector<TokenId> shorter(longer.begin() + 2, longer.begin() + 11);
        PackedBatch batch;
        Activations activations;
        std::int64_t at = 0;
        batch.add(shorter);
        batch.add(longer);
        const at::Tensor logits = logitsOf(*engine, engine->forward(batch, activations));
        for (const auto& ids : {shorter, longer})
            for (const Vector& expected : plain.logits(ids)) {
                const double distance = difference(logits, at++, expected);
                QVERIFY2(distance < 1e-4, qPrintable(QString::number(distance)));
            }
    }

    /// Token after token over the cache: each answer is that of the whole text so far.
    void readingOverTheCache_data() { eachCase(); }

    void readingOverTheCache() {
        QFETCH(int, index);
        const PlainModel plain = written(index);
        auto engine = decoder(index, Dtype::F32, ParameterUse::Inference);
        const std::vector<TokenId> ids = textOf(index);
        KeyValueCache cache = engine->makeCache(std::int64_t(ids.size()));
        std::size_t read = 13;
        at::Tensor hidden = engine->forwardCached(std::span(ids).first(read), cache);
        for (;; ++read) {
            const Rows expected = plain.logits({ids.begin(), ids.begin() + std::ptrdiff_t(read)});
            const double distance = difference(logitsOf(*engine, hidden), 0, expected.back());
            QVERIFY2(distance < 1e-4, qPrintable(QString::number(distance)));
            if (read == ids.size())
                break;
            hidden = engine->forwardCached(std::span(ids).subspan(read, 1), cache);
        }
        QCOMPARE(cache.ids, ids);
    }

    /// Along the gradient, and along a random direction, the loss changes as the gradient says.
    void gradientsAgainstFiniteDifferences_data() { eachCase(); }

    void gradientsAgainstFiniteDifferences() {
        QFETCH(int, index);
        PlainModel plain = written(index);
        auto engine = decoder(index, Dtype::F32, ParameterUse::Training);
        const std::vector<TokenId> ids = textOf(index);
        const double loss = train(*engine, {ids});
        QVERIFY(std::abs(loss / plain.loss(ids, labelFrom) - 1) < 1e-5);
        Rng rng(9);
        for (const Parameter& parameter : engine->parameters().layout()) {
            const at::Tensor gradient
                = engine->parameters().gradient(parameter.name).to(at::kDouble).contiguous();
            const double* slope = static_cast<double*>(gradient.data_ptr());
            Vector& values = plain.tensors().at(parameter.name).values;
            const Vector before = values;
            double size = 0;
            for (std::size_t i = 0; i < values.size(); ++i)
                size += slope[i] * slope[i];
            size = std::sqrt(size);
            QVERIFY2(size > 1e-7, parameter.name.c_str());
            for (const bool random : {false, true}) {
                Vector direction(values.size());
                double length = 0;
                double expected = 0;
                for (std::size_t i = 0; i < values.size(); ++i) {
                    direction[i] = random ? rng.normal() : slope[i];
                    length += direction[i] * direction[i];
                }
                length = std::sqrt(length);
                for (std::size_t i = 0; i < values.size(); ++i)
                    expected += slope[i] * direction[i] / length;
                constexpr double step = 1e-4;
                double losses[2];
                for (const int sign : {0, 1}) {
                    for (std::size_t i = 0; i < values.size(); ++i)
                        values[i] = before[i] + (sign ? step : -step) * direction[i] / length;
                    losses[sign] = plain.loss(ids, labelFrom);
                }
                values = before;
                const double found = (losses[1] - losses[0]) / (2 * step);
                QVERIFY2(std::abs(found - expected) < 1e-4 * size + 2e-8,
                    qPrintable(QStringLiteral("%1: %2 against %3 of %4")
                                   .arg(QString::fromStdString(parameter.name))
                                   .arg(expected)
                                   .arg(found)
                                   .arg(size)));
            }
        }
    }

    void packingChangesNoGradient_data() { eachCase(); }

    void packingChangesNoGradient() {
        QFETCH(int, index);
        written(index);
        auto engine = decoder(index, Dtype::F32, ParameterUse::Training);
        const std::vector<TokenId> a = textOf(index);
        const std::vector<TokenId> b(a.begin() + 1, a.begin() + 12);
        train(*engine, {a, b});
        const at::Tensor together = engine->parameters().gradients().clone();
        const double trainedA = double(a.size() - 1 - labelFrom);
        const double trainedB = double(b.size() - 1 - labelFrom);
        train(*engine, {a});
        at::Tensor apart = engine->parameters().gradients() * (trainedA / (trainedA + trainedB));
        train(*engine, {b});
        apart += engine->parameters().gradients() * (trainedB / (trainedA + trainedB));
        const double distance = ((together - apart).norm() / apart.norm()).item<double>();
        QVERIFY2(distance < 1e-5, qPrintable(QString::number(distance)));
    }

    void bf16StaysClose_data() { eachCase(); }

    void bf16StaysClose() {
        QFETCH(int, index);
        const PlainModel plain = written(index);
        auto rounded = decoder(index, Dtype::Bf16, ParameterUse::Training);
        auto exact = decoder(index, Dtype::F32, ParameterUse::Training);
        const std::vector<TokenId> ids = textOf(index);
        const double loss = train(*rounded, {ids});
        QVERIFY2(std::abs(loss / plain.loss(ids, labelFrom) - 1) < 0.03,
            qPrintable(QString::number(loss)));
        train(*exact, {ids});
        const at::Tensor& g = exact->parameters().gradients();
        const at::Tensor& h = rounded->parameters().gradients();
        QVERIFY((g.dot(h) / (g.norm() * h.norm())).item<double>() > 0.98);
        KeyValueCache cache = rounded->makeCache(std::int64_t(ids.size()));
        const at::Tensor logits = logitsOf(*rounded, rounded->forwardCached(ids, cache));
        QVERIFY(difference(logits, 0, plain.logits(ids).back()) < 0.5);
    }

    void savedAsItWasRead_data() { eachCase(); }

    void savedAsItWasRead() {
        QFETCH(int, index);
        PlainModel plain = written(index);
        auto engine = decoder(index, Dtype::Bf16, ParameterUse::Training);
        const fs::path copy = folderOf(index) / "saved";
        fs::create_directories(copy);
        ASSAY_VERIFY_RESULT(saveWeights(copy, engine->parameters()));
        const auto file = SafetensorsFile::open(copy / "model.safetensors");
        ASSAY_VERIFY_RESULT(file);
        QCOMPARE(file->tensors().size(), plain.tensors().size());
        for (const auto& [name, tensor] : plain.tensors()) {
            const TensorView* saved = file->find(name);
            QVERIFY2(saved != nullptr, name.c_str());
            QCOMPARE(saved->shape, tensor.shape);
            std::vector<float> values(tensor.values.size());
            toFloats(*saved, values);
            QVERIFY2(std::ranges::equal(values, tensor.values), name.c_str());
        }
        // The config keeps what we do not read; what it says reads the same again.
        const Json config = modelSpecToConfig(engine->spec());
        for (const auto& [key, value] : plain.config().items())
            QVERIFY2(config[key] == value, key.c_str());
        const auto again = modelSpecFromConfig(config, "again");
        ASSAY_VERIFY_RESULT(again);
        QCOMPARE(again->parameterCount(), engine->parameters().count());
    }

    void cancelIsHeard() {
        written(0);
        auto engine = decoder(0, Dtype::F32, ParameterUse::Inference);
        std::stop_source stopped;
        stopped.request_stop();
        KeyValueCache cache = engine->makeCache(24);
        QVERIFY(!engine->forwardCached(textOf(0), cache, stopped.get_token()).defined());
        QCOMPARE(cache.length(), std::int64_t(0)); // nothing counts as read
    }

    /// The upload of GPT-2 itself leaves out "transformer." and holds causal masks.
    void gpt2InTheLayoutOfItsUpload() {
        const fs::path source = dataFolder() / "golden" / "gpt2-tiny" / "hub-layout";
        if (!fs::exists(source))
            QSKIP("test material is absent");
        const Golden golden("gpt2-tiny");
        const auto model = TorchModel::load(source, {}, {}, {});
        ASSAY_VERIFY_RESULT(model);
        const auto rows = golden.rows();
        const auto expected = golden.floats("next_logprob");
        ModelUnderTest& asked = **model;
        const auto scores = asked.score(rows[0], {}, {});
        ASSAY_VERIFY_RESULT(scores);
        for (std::size_t t = 0; t < scores->tokens.size(); ++t)
            QVERIFY(std::abs(scores->tokens[t].logprob - expected[t]) < 1e-4F);

        const auto spec = readModelSpec(source);
        Parameters parameters(parameterLayout(*spec), Dtype::F32, ParameterUse::Training);
        ASSAY_VERIFY_RESULT(loadWeights(source, *spec, parameters, {}, {}));
        const fs::path copy = m_directory.path().toStdString();
        ASSAY_VERIFY_RESULT(saveWeights(copy, parameters));
        const auto before = SafetensorsFile::open(source / "model.safetensors");
        const auto after = SafetensorsFile::open(copy / "model.safetensors");
        ASSAY_VERIFY_RESULT(after);
        for (const auto& [name, tensor] : after->tensors()) {
            const TensorView* original = before->find(name);
            QVERIFY2(original != nullptr, name.c_str());
            QCOMPARE(tensor.shape, original->shape);
            QVERIFY(std::ranges::equal(tensor.bytes, original->bytes)); // masks are left out
        }
    }

    void aModelInSeveralFiles() {
        const PlainModel plain = written(0);
        const auto whole = SafetensorsFile::open(folderOf(0) / "model.safetensors");
        ASSAY_VERIFY_RESULT(whole);
        const fs::path folder = fs::path(m_directory.path().toStdString()) / "shards";
        fs::create_directories(folder);
        fs::copy(folderOf(0) / "config.json", folder / "config.json");
        Json index;
        std::vector<TensorToWrite> parts[2];
        for (const auto& [name, tensor] : whole->tensors()) {
            const int part = name < "model.layers.1" ? 0 : 1;
            parts[part].push_back({name, tensor.type, tensor.shape, tensor.bytes});
            index["weight_map"][name] = "part-" + std::to_string(part) + ".safetensors";
        }
        for (const int part : {0, 1})
            ASSAY_VERIFY_RESULT(writeSafetensors(
                folder / ("part-" + std::to_string(part) + ".safetensors"), parts[part]));
        std::ofstream(folder / "model.safetensors.index.json") << index.dump();
        const auto model = TorchModel::load(folder, {}, {}, {});
        ASSAY_VERIFY_RESULT(model);
        const std::vector<TokenId> ids = textOf(0);
        ModelUnderTest& asked = **model;
        const auto pass = asked.forced(ids, {});
        ASSAY_VERIFY_RESULT(pass);
        std::vector<float> logits(ids.size() * 61);
        ASSAY_VERIFY_RESULT((*pass)->logits(0, (*pass)->positions(), logits));
        const Rows expected = plain.logits(ids);
        for (std::size_t i = 0; i < logits.size(); ++i)
            QVERIFY(std::abs(double(logits[i]) - expected[i / 61][i % 61]) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestFamilies)
#include "test_families.moc"
