#include "core/models/describe_model.h"
#include "core/models/piece_list.h"
#include "core/models/rope_factors.h"
#include "core/models/write_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <set>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

fs::path data(const std::string& name) {
    return dataFolder() / name;
}

std::vector<float> floatsOf(const TensorView& tensor) {
    std::vector<float> values(std::size_t(tensor.elements()));
    if (!toFloats(tensor, values))
        values.clear();
    return values;
}

/// The largest difference of any value; -1 where names or shapes differ.
double worstDifference(const Weights& a, const Weights& b) {
    double worst = a.tensors().size() == b.tensors().size() ? 0 : -1;
    for (const TensorView& tensor : a.tensors()) {
        const TensorView* other = b.find(tensor.name);
        if (!other || other->shape != tensor.shape || worst < 0)
            return -1;
        const auto left = floatsOf(tensor);
        const auto right = floatsOf(*other);
        for (std::size_t i = 0; i < left.size(); ++i)
            worst = std::max(worst, double(std::abs(left[i] - right[i])));
    }
    return worst;
}

std::vector<TokenId> idsOf(const ModelFiles& model, const std::string& text) {
    const auto tokenizer = tokenizerOf(model);
    return tokenizer && *tokenizer ? (*tokenizer)->encode(text).ids : std::vector<TokenId>();
}

const std::string story
    = "Once upon a time, there was a little girl named Lily.\nShe said: \"Hi! 3 caf\xc3\xa9s?\"  ";

} // namespace

class TestModelFiles : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    int m_count = 0;
    fs::path fresh() {
        return fs::path(m_directory.path().toStdString()) / ("out" + std::to_string(++m_count));
    }

private Q_SLOTS:
    void everyFormOfOneModelIsTheSameModel_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<double>("tolerance");
        const auto row = [](const char* file, const char* kind, double tolerance) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(kind)
                                << tolerance;
        };
        row("models/stories260k/stories260K.gguf", "GGUF", 0);
        row("models/stories260k/stories260K.bin", "llama2.c", 0);
        row("models/stories260k/stories260K_v1.bin", "llama2.c", 0);
        row("models/stories260k/stories260K-q8.bin", "llama2.c", 0.02);
        row("models/llama2xs-279k/model.bin", "llama2.c", 0);
        row("models/llama2xs-279k/ckpt.pt", "PyTorch checkpoint", 0);
    }

    void everyFormOfOneModelIsTheSameModel() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        QFETCH(QString, file);
        QFETCH(QString, kind);
        QFETCH(double, tolerance);
        const std::string name = file.toStdString();
        const auto model = openModel(data(name));
        ASSAY_VERIFY_RESULT(model);
        QCOMPARE(QString::fromStdString(model->kind), kind);
        const bool stories = name.find("stories") != std::string::npos;
        const auto reference
            = openModel(data(stories ? "models/stories260k-hf" : "models/llama2xs-279k-hf"));
        ASSAY_VERIFY_RESULT(reference);
        for (const char* key : {"model_type", "vocab_size", "hidden_size", "intermediate_size",
                 "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
                 "rms_norm_eps", "rope_theta", "bos_token_id"})
            QVERIFY2(model->config[key] == reference->config[key], key);
        std::vector<TensorView> tensors; // GGUF repeats the embedding as the head
        for (const TensorView& tensor : model->weights.tensors())
            if (tensor.name != "lm_head.weight")
                tensors.push_back(tensor);
        const auto weights = Weights::of(
            model->weights.format(), model->path, std::move(tensors), model->weights.files());
        const double worst = worstDifference(*weights, reference->weights);
        QVERIFY2(worst >= 0 && worst <= tolerance, std::to_string(worst).c_str());
        if (stories || name.ends_with(".gguf")) { // the other folder has no tokenizer
            // White space at the end is trimmed by the one and not by GGUF, which cannot say so.
            const std::string text = story.substr(0, story.size() - 2);
            QVERIFY(!idsOf(*model, text).empty());
            QCOMPARE(idsOf(*model, text), idsOf(*reference, text));
        }
    }

    void aModelSurvivesTheWayThroughGgufAndBack_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("dtype");
        QTest::addColumn<double>("tolerance");
        const auto row = [](const char* source, const char* dtype, double tolerance) {
            QTest::addRow("%s %s", source, dtype)
                << QString::fromLatin1(source) << QString::fromLatin1(dtype) << tolerance;
        };
        for (const char* source : {"models/stories260k-hf", "golden/llama-tiny",
                 "golden/llama-untied", "golden/qwen2-tiny", "golden/mistral-tiny",
                 "golden/gpt2-tiny", "golden/gpt2-tiny/hub-layout"})
            row(source, "f32", 0);
        row("models/stories260k-hf", "f16", 0.002);
        row("models/stories260k-hf", "bf16", 0.02);
        row("models/stories260k-hf", "q8_0", 0.02);
        row("models/stories260k-hf", "keep", 0);
    }

    void aModelSurvivesTheWayThroughGgufAndBack() {
        ASSAY_NEED_DATA("golden/gpt2-tiny");
        QFETCH(QString, source);
        QFETCH(QString, dtype);
        QFETCH(double, tolerance);
        const auto model = openModel(data(source.toStdString()));
        ASSAY_VERIFY_RESULT(model);
        const fs::path file = fresh().string() + ".gguf";
        const auto type = storedTypeFromName(dtype.toStdString());
        ASSAY_VERIFY_RESULT(writeGguf(*model, file, *type, {}, {}));
        QCOMPARE(writeGguf(*model, file, *type, {}, {}).error().code, std::string("file.exists"));
        const auto back = openModel(file);
        ASSAY_VERIFY_RESULT(back);
        QVERIFY2(back->notes.empty(), back->notes.empty() ? "" : back->notes[0].c_str());
        std::set<std::string> kept;
        double worst = 0;
        for (const TensorView& tensor : model->weights.tensors()) {
            std::string name = tensor.name;
            if (name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias"))
                continue;
            if (!back->weights.find(name))
                name = "transformer." + name;
            if (tensor.name == "lm_head.weight" && !back->weights.find(tensor.name))
                continue; // tied
            const TensorView* other = back->weights.find(name);
            QVERIFY2(other, name.c_str());
            QCOMPARE(other->shape, tensor.shape);
            kept.insert(name);
            const auto left = floatsOf(tensor);
            const auto right = floatsOf(*other);
            for (std::size_t i = 0; i < left.size(); ++i)
                worst = std::max(worst, double(std::abs(left[i] - right[i])));
        }
        QCOMPARE(kept.size(), back->weights.tensors().size());
        QVERIFY2(worst <= tolerance, std::to_string(worst).c_str());
        for (const auto& [key, value] : back->config.items())
            if (model->config.contains(key) && !model->config[key].is_null()
                && key != "architectures" && key != "rope_scaling" && key != "eos_token_id"
                && key != "bos_token_id")
                QVERIFY2(model->config[key] == value,
                    (key + ": " + dumpJson(model->config[key]) + " " + dumpJson(value)).c_str());
        QCOMPARE(idsOf(*back, story), idsOf(*model, story));
    }

    void llama3sStretchedRotationSurvivesGguf() {
        const Llama3Rope rule{32, 1, 4, 8192};
        const auto factors = llama3Factors(rule, 500000, 64);
        QCOMPARE(factors.front(), 1.0F);
        QCOMPARE(factors.back(), 32.0F);
        const auto found = llama3RuleOf(factors, 500000, 64);
        QVERIFY(found);
        QCOMPARE(found->factor, 32.0);
        QVERIFY(!llama3RuleOf(std::vector<float>(32, 3.5F), 500000, 64));
    }

    void aHuggingFaceFolderIsWrittenWhole_data() {
        QTest::addColumn<QString>("source");
        for (const char* source :
            {"models/stories260k/stories260K.gguf", "models/stories260k/stories260K.bin",
                "models/llama2xs-279k/ckpt.pt", "models/stories260k-hf", "golden/gpt2-tiny"})
            QTest::newRow(source) << QString::fromLatin1(source);
    }

    void aHuggingFaceFolderIsWrittenWhole() {
        ASSAY_NEED_DATA("models/stories260k");
        QFETCH(QString, source);
        const auto model = openModel(data(source.toStdString()));
        ASSAY_VERIFY_RESULT(model);
        const fs::path folder = fresh();
        ASSAY_VERIFY_RESULT(writeHuggingFace(*model, folder, StoredType::Keep, {}, {}));
        const auto back = openModel(folder);
        ASSAY_VERIFY_RESULT(back);
        QCOMPARE(worstDifference(model->weights, back->weights), 0.0);
        QCOMPARE(idsOf(*back, story), idsOf(*model, story));
        QCOMPARE(back->config["torch_dtype"].get<std::string>(), std::string("float32"));
        QVERIFY(fs::exists(folder / "generation_config.json"));
        QCOMPARE(writeHuggingFace(*model, folder, StoredType::Keep, {}, {}).error().code,
            std::string("file.exists"));
        const fs::path smaller = fresh();
        ASSAY_VERIFY_RESULT(writeHuggingFace(*model, smaller, StoredType::Bf16, {}, {}));
        const auto rounded = openModel(smaller);
        QCOMPARE(rounded->config["torch_dtype"].get<std::string>(), std::string("bfloat16"));
        QVERIFY(worstDifference(model->weights, rounded->weights) < 0.02);
    }

    void vocabulariesKeepTheirTokensThroughGguf_data() {
        QTest::addColumn<QString>("folder");
        QTest::addColumn<QString>("kind");
        QTest::newRow("gpt2") << "tokenizers/gpt2"
                              << "gpt2";
        QTest::newRow("qwen") << "tokenizers/qwen"
                              << "qwen2";
        QTest::newRow("llama2") << "tokenizers/llama2"
                                << "llama";
    }

    void vocabulariesKeepTheirTokensThroughGguf() {
        QFETCH(QString, folder);
        QFETCH(QString, kind);
        ASSAY_NEED_DATA("tokenizers/gpt2");
        const fs::path from = data(folder.toStdString());
        const fs::path copy = fresh(); // encoder.json and vocab.bpe have newer names
        fs::create_directories(copy);
        for (const auto& [name, as] :
            {std::pair("encoder.json", "vocab.json"), std::pair("vocab.bpe", "merges.txt"),
                std::pair("vocab.json", "vocab.json"), std::pair("merges.txt", "merges.txt"),
                std::pair("tokenizer.model", "tokenizer.model"),
                std::pair("tokenizer_config.json", "tokenizer_config.json")})
            if (fs::exists(from / name))
                fs::copy_file(from / name, copy / as);
        ModelFiles model;
        model.folder = copy;
        model.path = copy;
        model.config = {{"model_type", kind.toStdString()}};
        ASSAY_VERIFY_RESULT(writeFileAtomically(copy / "config.json", dumpJson(model.config)));
        GgufWriter writer;
        writer.add("general.architecture", kind.toStdString());
        ASSAY_VERIFY_RESULT(addGgufTokenizer(model, 0, writer));
        const fs::path path = fresh();
        ASSAY_VERIFY_RESULT(writer.write(path, {}));
        const auto file = GgufFile::open(path);
        ASSAY_VERIFY_RESULT(file);
        const auto side = ggufTokenizerFiles(*file);
        ASSAY_VERIFY_RESULT(side);
        ModelFiles back;
        back.sideFiles = *side;
        const std::string text = "Hello  world's 12345 tests!\n\n  \xe4\xbd\xa0\xe5\xa5\xbd "
                                 "caf\xc3\xa9 \xf0\x9f\x98\x80 I'LL";
        QVERIFY(!idsOf(back, text).empty());
        QCOMPARE(idsOf(back, text), idsOf(model, text));
    }

    /// Llama's own vocabulary, as llama.cpp's converter wrote it, and as its authors did.
    void llamasVocabularyInGgufIsThatOfItsModel() {
        ASSAY_NEED_DATA("tokenizers/llama2/ggml-vocab-llama-spm.gguf");
        const auto file = GgufFile::open(data("tokenizers/llama2/ggml-vocab-llama-spm.gguf"));
        ASSAY_VERIFY_RESULT(file);
        ModelFiles gguf;
        const auto side = ggufTokenizerFiles(*file);
        ASSAY_VERIFY_RESULT(side);
        gguf.sideFiles = *side;
        ModelFiles original;
        original.folder = fresh();
        fs::create_directories(original.folder);
        fs::copy_file(
            data("tokenizers/llama2/tokenizer.model"), original.folder / "tokenizer.model");
        QCOMPARE(idsOf(gguf, story), idsOf(original, story));
        const auto bytes = readFile(data("tokenizers/llama2/tokenizer.model"));
        const auto list = readSentencePieceModel(*bytes, "tokenizer.model");
        ASSAY_VERIFY_RESULT(list);
        QCOMPARE(list->pieces.size(), std::size_t(32000));
        QVERIFY(list->merges);
        QCOMPARE(list->bos, std::int64_t(1));
    }

    void everyModelAndConfigIsDescribed_data() {
        QTest::addColumn<QString>("path");
        std::error_code error;
        for (fs::recursive_directory_iterator it(dataFolder(), error), end; !error && it != end;
             it.increment(error)) {
            const std::string name = it->path().filename().string();
            const std::string ending = it->path().extension().string();
            const bool weights = ending == ".gguf" || ending == ".safetensors" || ending == ".pt"
                || ending == ".pth" || name == "model.bin" || name.starts_with("stories260K");
            const bool config = name == "config.json" || name == "adapter_config.json"
                || name == "base_config.json" || name == "lora_adapter_config.json";
            const bool upstream = ending == ".md";
            if ((weights || config) && !upstream)
                QTest::newRow(fs::relative(it->path(), dataFolder()).string().c_str())
                    << toQString(it->path());
            if (config && name != "base_config.json" && name != "lora_adapter_config.json")
                QTest::newRow(fs::relative(it->path().parent_path(), dataFolder()).string().c_str())
                    << toQString(it->path().parent_path());
        }
        QTest::newRow("nothing") << QString();
    }

    void everyModelAndConfigIsDescribed() {
        QFETCH(QString, path);
        if (path.isEmpty())
            return;
        const auto description = describeModel(path.toStdString());
        const bool refused = path.endsWith(QStringLiteral("example-model.pt"));
        const bool vocabularyOnly = path.endsWith(QStringLiteral("ggml-vocab-llama-spm.gguf"));
        if (refused || vocabularyOnly) {
            QVERIFY(!description);
            return;
        }
        ASSAY_VERIFY_RESULT(description);
        const std::string text = descriptionText(*description, true);
        QVERIFY(text.find(description->kind) != std::string::npos);
        const Json json = descriptionToJson(*description, true);
        QVERIFY(json["tensors"].size() == std::size_t(description->tensors));
        QVERIFY2(description->adapter || description->parameters > 0 || !description->supported,
            text.c_str());
    }

    void aDescriptionSaysWhatPeopleAsk() {
        ASSAY_NEED_DATA("models/lora-gptoss20b-finance");
        const auto lora = describeModel(data("models/lora-gptoss20b-finance"));
        ASSAY_VERIFY_RESULT(lora);
        QCOMPARE(lora->kind, std::string("PEFT adapter"));
        QCOMPARE(lora->adapter->rank, std::int64_t(4));
        QCOMPARE(lora->tensors, std::int64_t(96));
        const auto gguf = describeModel(data("models/stories260k/stories260K.gguf"));
        ASSAY_VERIFY_RESULT(gguf);
        QVERIFY(gguf->supported);
        QCOMPARE(gguf->shape->layers, std::int64_t(5));
        QCOMPARE(gguf->tokenizer->size, std::int64_t(512));
        QCOMPARE(gguf->types.front().type, std::string("F32"));
        const auto config = describeModel(data("runs/hf-configs/tinyllama-1.1b-chat"));
        ASSAY_VERIFY_RESULT(config);
        QCOMPARE(config->parameters, std::int64_t(1100048384));
        QVERIFY(config->parametersFromShape);
        QVERIFY(!config->templateName.empty());
        QVERIFY(!config->missing.empty());
        QVERIFY(!describeModel(data("no such model")));
    }
};

QTEST_APPLESS_MAIN(TestModelFiles)
#include "test_model_files.moc"
