#include "core/text/chat_template.h"
#include "model/adapter.h"
#include "model/loss.h"
#include "tests/model/golden.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Adapters in memory: numbers against PEFT's, gradients against finite differences, files.
class TestAdapters : public QObject {
    Q_OBJECT

private:
    struct Model {
        ModelSpec spec;
        std::shared_ptr<Parameters> base;
        std::shared_ptr<Adapter> adapter;
        std::shared_ptr<Decoder> decoder;
    };

    static Model modelWith(
        const Golden& golden, std::shared_ptr<Parameters> base, std::shared_ptr<Adapter> adapter) {
        Model model{*readModelSpec(golden.folder), std::move(base), std::move(adapter), nullptr};
        model.decoder = std::make_shared<Decoder>(model.spec, model.base);
        model.decoder->attach(model.adapter);
        return model;
    }
    static std::shared_ptr<Parameters> baseOf(const Golden& golden, Dtype dtype = Dtype::F32) {
        const auto spec = readModelSpec(golden.folder);
        auto base = std::make_shared<Parameters>(parameterLayout(*spec), dtype, ParameterUse::Base,
            [](const std::string&) { return false; });
        if (auto done = loadWeights(golden.folder, *spec, *base, {}, {}); !done)
            qFatal("%s", message(done.error()).c_str());
        return base;
    }
    static Model goldenModel(const Golden& golden, const char* folder, Dtype dtype = Dtype::F32) {
        auto base = baseOf(golden, dtype);
        const auto file = openAdapter(golden.folder / folder);
        if (!file)
            qFatal("%s", message(file.error()).c_str());
        auto adapter = Adapter::load(
            *file, modelPlan(*readModelSpec(golden.folder)), *base, ParameterUse::Training);
        if (!adapter)
            qFatal("%s", message(adapter.error()).c_str());
        return modelWith(golden, base, *adapter);
    }
    /// A new adapter with numbers in all its parts, so that every gradient shows.
    static Model freshModel(const Golden& golden, AdapterConfig config, Dtype dtype = Dtype::F32) {
        auto base = baseOf(golden, dtype);
        auto adapter = Adapter::make(
            config, modelPlan(*readModelSpec(golden.folder)), *base, ParameterUse::Training, 3);
        if (!adapter)
            qFatal("%s", message(adapter.error()).c_str());
        at::Tensor numbers = (*adapter)->parameters()->master();
        for (std::int64_t i = 0; i < numbers.numel(); ++i)
            nn::elements<float>(numbers)[i] += 0.05F * float(std::sin(double(i)));
        (*adapter)->refresh(*base);
        return modelWith(golden, base, *adapter);
    }
    static AdapterConfig configOf(const char* kind) {
        AdapterConfig config;
        config.rank = 3;
        config.alpha = 5;
        config.targets.allLinear = true;
        config.rankStabilised = QByteArray(kind) == "rslora";
        config.decomposed = QByteArray(kind) == "dora";
        return config;
    }

    struct Batch {
        PackedBatch batch;
        LossTargets targets;
    };
    static Batch batchOf(const Golden& golden) {
        Batch made;
        std::vector<TokenId> labels;
        for (const auto& row : golden.rows()) {
            made.batch.add(row);
            for (std::size_t i = 0; i < row.size(); ++i)
                labels.push_back(i < 10 ? ignoredLabel : row[i]);
        }
        made.targets = lossTargets(made.batch, labels);
        return made;
    }
    static double loss(Model& model, const Batch& batch) {
        Activations activations;
        const at::Tensor hidden = model.decoder->forward(batch.batch, activations);
        const LossResult result = evaluateLoss(*model.decoder, hidden, batch.targets);
        return result.weightedSum / result.weight;
    }
    static double lossAndGradients(Model& model, const Batch& batch) {
        Activations activations;
        const at::Tensor hidden = model.decoder->forward(batch.batch, activations);
        at::Tensor dHidden = at::empty_like(hidden);
        model.adapter->parameters()->gradients().zero_();
        const LossResult result = lossAndGradient(*model.decoder, hidden, batch.targets,
            1.0 / double(batch.targets.rows.size()), dHidden);
        model.decoder->backward(batch.batch, activations, dHidden);
        return result.weightedSum / result.weight;
    }

private Q_SLOTS:
    void goldenAdapters_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("kind");
        for (const char* folder : {"llama-tiny", "qwen2-tiny"})
            for (const char* kind : {"lora", "rslora"})
                QTest::addRow("%s %s", folder, kind) << QByteArray(folder) << QByteArray(kind);
    }

    void goldenAdapters() {
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, kind);
        const Golden golden(folder.constData());
        const Json& expected = golden.json["adapters"][kind.toStdString()];
        Model model = goldenModel(golden, QByteArray("adapter-" + kind).constData());
        const auto logits = golden.floats("adapter_" + kind.toStdString() + ".logits");
        const auto rows = golden.rows();
        const auto vocabulary = std::size_t(model.spec.vocabularySize);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            PackedBatch batch;
            batch.add(rows[r]);
            Activations activations;
            const at::Tensor hidden = model.decoder->forward(batch, activations);
            at::Tensor found = at::empty({hidden.size(0), std::int64_t(vocabulary)}, at::kFloat);
            model.decoder->logits(hidden, found);
            const float* wanted = logits.data() + r * 48 * vocabulary;
            for (std::int64_t i = 0; i < found.numel(); ++i) {
                const float difference = std::abs(nn::elements<float>(found)[i] - wanted[i]);
                QVERIFY2(difference < 1e-4F * std::max(1.0F, std::abs(wanted[i])),
                    qPrintable(QString::number(double(difference))));
            }
        }
        const double found = lossAndGradients(model, batchOf(golden));
        QVERIFY2(std::abs(found / expected["sft_loss"].get<double>() - 1) < 1e-5,
            qPrintable(QString::number(found, 'g', 9)));
        int compared = 0;
        for (const auto& [name, norm] : expected["grad_norms"].items()) {
            const double own = model.adapter->parameters()->gradient(name).norm().item<double>();
            QVERIFY2(std::abs(own / norm.get<double>() - 1) < 1e-4, name.c_str());
            ++compared;
        }
        QVERIFY(compared >= 42);
    }

    /// The cached pass, one token at a time, gives what one pass over the whole gives.
    void decodingUsesTheAdapterToo() {
        const Golden golden("llama-tiny");
        Model model = goldenModel(golden, "adapter-lora");
        const auto row = golden.rows()[0];
        PackedBatch batch;
        batch.add(row);
        Activations activations;
        const at::Tensor whole = model.decoder->forward(batch, activations).clone();
        KeyValueCache cache = model.decoder->makeCache(std::int64_t(row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            const at::Tensor one = model.decoder->forwardCached(std::span(&row[i], 1), cache);
            QVERIFY((one - whole.narrow(0, std::int64_t(i), 1)).abs().max().item<float>() < 1e-5F);
        }
    }

    void gradientsEqualFiniteDifferences_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::addColumn<QByteArray>("kind");
        for (const char* kind : {"lora", "rslora", "dora"})
            QTest::addRow("%s", kind) << QByteArray("llama-tiny") << QByteArray(kind);
        QTest::newRow("dora, biased maps") << QByteArray("qwen2-tiny") << QByteArray("dora");
        QTest::newRow("dora, fused and transposed maps")
            << QByteArray("gpt2-tiny") << QByteArray("dora");
    }

    /// One direction through all numbers of each parameter; DoRA's lengths are held fixed, as its
    /// gradient takes them to be.
    void gradientsEqualFiniteDifferences() {
        QFETCH(QByteArray, folder);
        QFETCH(QByteArray, kind);
        const Golden golden(folder.constData());
        Model model = freshModel(golden, configOf(kind.constData()));
        const Batch batch = batchOf(golden);
        lossAndGradients(model, batch);
        Parameters& parameters = *model.adapter->parameters();
        const at::Tensor gradients = parameters.gradients().clone();
        for (const Parameter& parameter : parameters.layout()) {
            float* numbers = nn::elements<float>(parameters.master()) + parameter.offset;
            const float* slope = nn::elements<float>(gradients) + parameter.offset;
            double size = 0;
            for (std::int64_t i = 0; i < parameter.count; ++i)
                size += double(slope[i]) * double(slope[i]);
            size = std::sqrt(size);
            QVERIFY2(size > 0, parameter.name.c_str());
            // Along the gradient itself the loss changes by its norm.
            const double step = 2e-2;
            const std::vector<float> kept(numbers, numbers + parameter.count);
            const auto moved = [&](double by) {
                for (std::int64_t i = 0; i < parameter.count; ++i)
                    numbers[i] = float(double(kept[std::size_t(i)]) + by * double(slope[i]) / size);
                const double value = loss(model, batch);
                std::ranges::copy(kept, numbers);
                return value;
            };
            const double h = step / std::max(1.0, size);
            const double found = (moved(h) - moved(-h)) / (2 * h);
            QVERIFY2(std::abs(found / size - 1) < 2e-2,
                qPrintable(QStringLiteral("%1: %2 against %3")
                               .arg(QString::fromStdString(parameter.name))
                               .arg(found)
                               .arg(size)));
        }
    }

    /// A fresh adapter changes nothing: B is zero, DoRA's magnitudes are the rows' lengths.
    void aFreshAdapterIsTheBase_data() {
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("lora") << QByteArray("lora");
        QTest::newRow("dora") << QByteArray("dora");
    }
    void aFreshAdapterIsTheBase() {
        QFETCH(QByteArray, kind);
        const Golden golden("llama-tiny");
        auto base = baseOf(golden);
        auto adapter = Adapter::make(configOf(kind.constData()),
            modelPlan(*readModelSpec(golden.folder)), *base, ParameterUse::Training, 3);
        ASSAY_VERIFY_RESULT(adapter);
        Model with = modelWith(golden, base, *adapter);
        Model without = modelWith(golden, base, nullptr);
        const Batch batch = batchOf(golden);
        QVERIFY(std::abs(loss(with, batch) / loss(without, batch) - 1) < 1e-6);
    }

    /// What is dropped differs from seed to seed, is the same for one seed, and vanishes when off.
    void dropoutIsAFunctionOfItsSeed() {
        const Golden golden("llama-tiny");
        AdapterConfig config = configOf("lora");
        config.dropout = 0.3;
        Model model = freshModel(golden, config);
        const Batch batch = batchOf(golden);
        const double plain = loss(model, batch);
        model.adapter->setNoise(1);
        const double first = loss(model, batch);
        QCOMPARE(loss(model, batch), first);
        model.adapter->setNoise(2);
        QVERIFY(loss(model, batch) != first);
        model.adapter->setNoiseOff();
        QCOMPARE(loss(model, batch), plain);
    }

    /// The gradient through a dropped input, along the gradient.
    void dropoutHasTheGradientOfWhatWasSeen() {
        const Golden golden("llama-tiny");
        AdapterConfig config = configOf("lora");
        config.dropout = 0.4;
        Model model = freshModel(golden, config);
        const Batch batch = batchOf(golden);
        model.adapter->setNoise(9);
        lossAndGradients(model, batch);
        Parameters& parameters = *model.adapter->parameters();
        const at::Tensor slope = parameters.gradients().clone();
        const at::Tensor kept = parameters.master().clone();
        const double size = slope.norm().item<double>();
        const double h = 1e-2 / size;
        at::Tensor numbers = parameters.master();
        const auto moved = [&](double by) {
            numbers.copy_(kept + slope * (by / size));
            return loss(model, batch);
        };
        const double found = (moved(h) - moved(-h)) / (2 * h);
        QVERIFY2(std::abs(found / size - 1) < 1e-2, qPrintable(QString::number(found / size)));
    }

    void bf16BaseFollowsFp32() {
        const Golden golden("llama-tiny");
        for (const char* kind : {"lora", "dora"}) {
            Model exact = freshModel(golden, configOf(kind));
            Model rounded = freshModel(golden, configOf(kind), Dtype::Bf16);
            const Batch batch = batchOf(golden);
            const double a = lossAndGradients(exact, batch);
            const double b = lossAndGradients(rounded, batch);
            QVERIFY(std::abs(b / a - 1) < 0.02);
            const at::Tensor g = exact.adapter->parameters()->gradients();
            const at::Tensor h = rounded.adapter->parameters()->gradients();
            QVERIFY((g.dot(h) / (g.norm() * h.norm())).item<double>() > 0.99);
            QVERIFY(!rounded.base->master().defined()); // no fp32 copy of a base that is kept
        }
    }

    void whatIsSavedLoadsAsTheSame_data() {
        QTest::addColumn<QByteArray>("folder");
        for (const char* folder : {"llama-tiny", "qwen2-tiny", "gpt2-tiny"})
            QTest::newRow(folder) << QByteArray(folder);
    }
    void whatIsSavedLoadsAsTheSame() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        for (const char* kind : {"lora", "rslora", "dora"}) {
            Model model = freshModel(golden, configOf(kind));
            QTemporaryDir directory;
            const fs::path place = directory.path().toStdString();
            ASSAY_VERIFY_RESULT(model.adapter->save(place, model.decoder->plan(), *model.base));
            const auto file = openAdapter(place);
            ASSAY_VERIFY_RESULT(file);
            QCOMPARE(file->config.kind(), std::string(kind));
            QCOMPARE(file->config.source["fan_in_fan_out"].get<bool>(), folder == "gpt2-tiny");
            auto again
                = Adapter::load(*file, model.decoder->plan(), *model.base, ParameterUse::Inference);
            ASSAY_VERIFY_RESULT(again);
            QVERIFY((*again)->parameters()->compute().equal(model.adapter->parameters()->master()));
        }
    }

    void mergedWeightsGiveTheSameLogits_data() { whatIsSavedLoadsAsTheSame_data(); }
    void mergedWeightsGiveTheSameLogits() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        for (const char* kind : {"lora", "dora"}) {
            Model model = freshModel(golden, configOf(kind));
            QTemporaryDir directory;
            const fs::path place = directory.path().toStdString();
            ASSAY_VERIFY_RESULT(model.adapter->save(place, model.decoder->plan(), *model.base));
            auto merged = mergedModel(*openAdapter(place), model.spec, model.base);
            ASSAY_VERIFY_RESULT(merged);
            QCOMPARE(merged->spec.tiedEmbeddings, model.spec.tiedEmbeddings);
            Model alone = modelWith(golden, merged->parameters, nullptr);
            const Batch batch = batchOf(golden);
            QVERIFY(std::abs(loss(alone, batch) / loss(model, batch) - 1) < 1e-5);
        }
    }

    /// PEFT trains a copy of the input embedding; a tied head stays what it was. A merge that keeps
    /// the tie would lose one of the two.
    void tiedEmbeddingsComeApartWhereOnlyOneSideWasTrained() {
        const Golden golden("llama-tiny");
        AdapterConfig config = configOf("lora");
        Model model = freshModel(golden, config);
        QTemporaryDir directory;
        const fs::path place = directory.path().toStdString();
        ASSAY_VERIFY_RESULT(model.adapter->save(place, model.decoder->plan(), *model.base));
        // The file as PEFT would write it, with one whole module more.
        const auto file = openAdapter(place);
        ASSAY_VERIFY_RESULT(file);
        const at::Tensor embedding = model.base->weight("model.embed_tokens.weight") * 1.5;
        std::vector<TensorToWrite> tensors;
        for (const TensorView& view : file->weights.tensors())
            tensors.push_back({view.name, TensorType::F32, view.shape, view.bytes});
        tensors.push_back(
            {"base_model.model.model.embed_tokens.weight", TensorType::F32, embedding.sizes().vec(),
                {nn::elements<std::byte>(embedding), std::size_t(embedding.nbytes())}});
        const fs::path other = place / "other";
        fs::create_directory(other);
        fs::copy_file(place / "adapter_config.json", other / "adapter_config.json");
        ASSAY_VERIFY_RESULT(writeSafetensors(other / "adapter_model.safetensors", tensors));

        const auto apart = openAdapter(other);
        ASSAY_VERIFY_RESULT(apart);
        auto merged = mergedModel(*apart, model.spec, model.base);
        ASSAY_VERIFY_RESULT(merged);
        QVERIFY(!merged->spec.tiedEmbeddings);
        QCOMPARE(modelSpecToConfig(merged->spec)["tie_word_embeddings"], Json(false));
        QVERIFY(merged->parameters->weight("lm_head.weight")
                    .equal(model.base->weight("model.embed_tokens.weight")));
        QVERIFY(merged->parameters->weight("model.embed_tokens.weight").equal(embedding));
        // Asked without a merge it says the same.
        auto adapted = adaptedBase(*apart, model.spec, model.base);
        ASSAY_VERIFY_RESULT(adapted);
        Model whole = modelWith(golden, merged->parameters, nullptr);
        whole.decoder = std::make_shared<Decoder>(merged->spec, merged->parameters);
        Model laid = modelWith(golden, adapted->parameters, model.adapter);
        laid.decoder = std::make_shared<Decoder>(adapted->spec, adapted->parameters);
        laid.decoder->attach(model.adapter);
        const Batch batch = batchOf(golden);
        QVERIFY(std::abs(loss(whole, batch) / loss(laid, batch) - 1) < 1e-5);
        QVERIFY(std::abs(loss(laid, batch) / loss(model, batch) - 1) > 1e-4); // it shows
    }

    void anAdapterOfAnotherModelIsRefused() {
        const Golden golden("llama-tiny");
        const Golden other("gpt2-tiny");
        const auto file = openAdapter(golden.folder / "adapter-lora");
        ASSAY_VERIFY_RESULT(file);
        auto base = baseOf(other);
        const auto adapter = Adapter::load(
            *file, modelPlan(*readModelSpec(other.folder)), *base, ParameterUse::Inference);
        QVERIFY(!adapter);
        QCOMPARE(adapter.error().code, std::string("adapter.no_target"));
        QVERIFY(adapter.error().argument("known").find("c_attn") != std::string_view::npos);
    }

    void checkpointingIsBitEqual_data() {
        QTest::addColumn<QByteArray>("folder");
        for (const char* folder : {"llama-tiny", "qwen2-tiny", "gpt2-tiny", "mistral-tiny"})
            QTest::newRow(folder) << QByteArray(folder);
    }
    void checkpointingIsBitEqual() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        AdapterConfig config = configOf("dora");
        config.dropout = 0.2;
        Model model = freshModel(golden, config);
        model.adapter->setNoise(5);
        model.decoder->setNoise(5, 8);
        const Batch batch = batchOf(golden);
        const double kept = lossAndGradients(model, batch);
        const at::Tensor gradients = model.adapter->parameters()->gradients().clone();
        model.decoder->setCheckpointing(true);
        QCOMPARE(lossAndGradients(model, batch), kept);
        QVERIFY(model.adapter->parameters()->gradients().equal(gradients));

        // All weights learning, too.
        auto whole = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        const auto run = [&](bool checkpointing) {
            whole->setCheckpointing(checkpointing);
            whole->parameters().gradients().zero_();
            Activations activations;
            const at::Tensor hidden = whole->forward(batch.batch, activations);
            at::Tensor dHidden = at::empty_like(hidden);
            lossAndGradient(*whole, hidden, batch.targets, 0.1, dHidden);
            whole->backward(batch.batch, activations, dHidden);
            return whole->parameters().gradients().clone();
        };
        QVERIFY(run(true).equal(run(false)));
    }

    /// Uniform within alpha / sqrt(length x width): a third of its square as variance.
    void embeddingNoiseHasItsSize() {
        const Golden golden("llama-tiny");
        auto decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Inference);
        PackedBatch batch;
        batch.add(golden.rows()[0]);
        Activations plain;
        decoder->forward(batch, plain);
        const std::int64_t rows = batch.tokens();
        const auto embedded = [&](Activations& activations) {
            return activations.layers.front().input.get(rows, 64, at::kFloat).clone();
        };
        const at::Tensor before = embedded(plain);
        decoder->setNoise(5, 17);
        Activations noisy;
        decoder->forward(batch, noisy);
        const at::Tensor noise = embedded(noisy) - before;
        const double bound = 5 / std::sqrt(double(rows) * 64);
        QVERIFY(noise.abs().max().item<double>() <= bound * (1 + 1e-4));
        QVERIFY(std::abs(noise.square().mean().item<double>() / (bound * bound / 3) - 1) < 0.08);
        QVERIFY(std::abs(noise.mean().item<double>()) < bound * 0.05);
        decoder->setNoise(0, 0);
        Activations off;
        decoder->forward(batch, off);
        QVERIFY(embedded(off).equal(before));
    }

    /// Frozen parts have no gradient; the others have those of a whole run.
    void frozenPartsTakeNoGradientAndChangeNoOther() {
        const Golden golden("llama-tiny");
        const auto spec = readModelSpec(golden.folder);
        const auto learns = [](const std::string& name) {
            return name != "model.embed_tokens.weight" && layerOfModule(name) != 0
                && name.find("k_proj") == std::string::npos;
        };
        auto parameters = std::make_shared<Parameters>(
            parameterLayout(*spec), Dtype::F32, ParameterUse::Training, learns);
        ASSAY_VERIFY_RESULT(loadWeights(golden.folder, *spec, *parameters, {}, {}));
        Decoder decoder(*spec, parameters);
        auto whole = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        const Batch batch = batchOf(golden);
        for (Decoder* each : {&decoder, whole.get()}) {
            Activations activations;
            const at::Tensor hidden = each->forward(batch.batch, activations);
            at::Tensor dHidden = at::empty_like(hidden);
            lossAndGradient(*each, hidden, batch.targets, 0.1, dHidden);
            each->backward(batch.batch, activations, dHidden);
        }
        std::int64_t learning = 0;
        for (const Parameter& parameter : parameters->layout()) {
            const at::Tensor gradient = parameters->gradient(parameter.name);
            QCOMPARE(gradient.defined(), learns(parameter.name));
            if (!gradient.defined())
                continue;
            learning += parameter.count;
            QVERIFY2(gradient.equal(whole->parameters().gradient(parameter.name)),
                parameter.name.c_str());
        }
        QCOMPARE(parameters->trainedCount(), learning);
        QVERIFY(learning < parameters->count());
    }
};

QTEST_APPLESS_MAIN(TestAdapters)
#include "test_adapters.moc"
