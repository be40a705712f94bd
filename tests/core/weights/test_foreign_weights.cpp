#include "core/weights/gguf.h"
#include "core/weights/weights.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

fs::path model(const char* name) {
    return dataFolder() / "models" / name;
}

std::vector<float> floatsOf(const TensorView& tensor) {
    std::vector<float> values(std::size_t(tensor.elements()));
    if (!toFloats(tensor, values))
        values.clear();
    return values;
}

std::vector<float> floatsOf(const Weights& weights, const char* name) {
    const TensorView* tensor = weights.find(name);
    return tensor ? floatsOf(*tensor) : std::vector<float>();
}

std::string codeOf(const Result<Weights>& weights) {
    return weights ? std::string() : weights.error().code;
}

/// Little-endian bytes of a number.
template <class T> std::string raw(T value) {
    return {reinterpret_cast<const char*>(&value), sizeof(T)};
}

/// A short text as pickle's protocol 2 writes it.
std::string text(const std::string& value) {
    return "X" + raw(std::uint32_t(value.size())) + value;
}

std::string global(const std::string& module, const std::string& name) {
    return "c" + module + "\n" + name + "\n";
}

std::string number(int value) {
    return "J" + raw(value);
}

/// A call of _rebuild_tensor_v2 on a storage of fp32.
std::string tensor(const std::string& key, int held, int offset, const std::string& shape,
    const std::string& strides) {
    return global("torch._utils", "_rebuild_tensor_v2") + "((" + text("storage")
        + global("torch", "FloatStorage") + text(key) + text("cpu") + number(held) + "N" + "tQ"
        + number(offset) + shape + strides + "\x89" + global("collections", "OrderedDict") + ")RtR";
}

/// What torch.save wrote before 1.6: five pickles, then the storages.
std::string legacyFile(const std::string& object, const std::string& keys,
    const std::vector<std::vector<float>>& storages) {
    std::string bytes = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.";
    bytes += "\x80\x02M\xe9\x03.";
    bytes += "\x80\x02}" + text("little_endian") + "\x88s.";
    bytes += "\x80\x02" + object + ".";
    bytes += "\x80\x02](" + keys + "e.";
    for (const auto& storage : storages) {
        bytes += raw(std::int64_t(storage.size()));
        for (const float value : storage)
            bytes += raw(value);
    }
    return bytes;
}

} // namespace

class TestForeignWeights : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;

    fs::path written(const std::string& bytes) const {
        const fs::path path = fs::path(m_directory.path().toStdString()) / "file.pt";
        std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
        return path;
    }

private Q_SLOTS:
    void llama2cIsTheSameModelAsItsHuggingFaceFolder_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("folder");
        QTest::addColumn<float>("tolerance");
        QTest::newRow("version 0") << "stories260k/stories260K.bin"
                                   << "stories260k-hf" << 0.0F;
        QTest::newRow("version 1") << "stories260k/stories260K_v1.bin"
                                   << "stories260k-hf" << 0.0F;
        QTest::newRow("version 2") << "stories260k/stories260K-q8.bin"
                                   << "stories260k-hf" << 0.02F;
        QTest::newRow("another") << "llama2xs-279k/model.bin"
                                 << "llama2xs-279k-hf" << 0.0F;
    }

    void llama2cIsTheSameModelAsItsHuggingFaceFolder() {
        ASSAY_NEED_DATA("models/stories260k");
        QFETCH(QString, file);
        QFETCH(QString, folder);
        QFETCH(float, tolerance);
        const auto weights = openWeights(model(file.toUtf8().constData()));
        ASSAY_VERIFY_RESULT(weights);
        QVERIFY(weights->format() == WeightFormat::Llama2c);
        const auto reference = openWeights(model(folder.toUtf8().constData()));
        ASSAY_VERIFY_RESULT(reference);
        QCOMPARE(weights->tensors().size(), reference->tensors().size());
        for (const TensorView& expected : reference->tensors()) {
            const TensorView* found = weights->find(expected.name);
            QVERIFY2(found, expected.name.c_str());
            QCOMPARE(found->shape, expected.shape);
            const auto values = floatsOf(*found);
            const auto right = floatsOf(expected);
            float worst = 0;
            for (std::size_t i = 0; i < right.size(); ++i)
                worst = std::max(worst, std::abs(values[i] - right[i]));
            QVERIFY2(worst <= tolerance, (expected.name + " " + std::to_string(worst)).c_str());
        }
        QCOMPARE(weights->metadata["n_layers"].get<int>(), 5);
    }

    void aCheckpointGivesItsModelAndSaysWhatItWas() {
        ASSAY_NEED_DATA("models/llama2xs-279k/ckpt.pt");
        const auto weights = openWeights(model("llama2xs-279k/ckpt.pt"));
        ASSAY_VERIFY_RESULT(weights);
        QVERIFY(weights->format() == WeightFormat::Pickle);
        QCOMPARE(weights->tensors().size(), std::size_t(48));
        QCOMPARE(weights->metadata["model_args"]["dim"].get<int>(), 64);
        QCOMPARE(weights->metadata["iter_num"].get<int>(), 500);
        const auto reference = openWeights(model("llama2xs-279k/model.bin"));
        ASSAY_VERIFY_RESULT(reference);
        QCOMPARE(floatsOf(*weights, "tok_embeddings.weight"),
            floatsOf(*reference, "model.embed_tokens.weight"));
        QCOMPARE(floatsOf(*weights, "layers.4.feed_forward.w2.weight"),
            floatsOf(*reference, "model.layers.4.mlp.down_proj.weight"));
    }

    void aStateDictionaryIsRead() {
        ASSAY_NEED_DATA("models/format-fixtures/example-model.pth");
        const auto weights = openWeights(model("format-fixtures/example-model.pth"));
        ASSAY_VERIFY_RESULT(weights);
        QCOMPARE(weights->tensors().size(), std::size_t(2));
        QCOMPARE(weights->find("weight")->shape, (std::vector<std::int64_t>{2, 10}));
        QVERIFY(std::abs(floatsOf(*weights, "weight")[0]) < 1);
    }

    void aPickleThatWouldCallSomethingIsRefusedByName() {
        ASSAY_NEED_DATA("models/format-fixtures/example-model.pt");
        const auto weights = openWeights(model("format-fixtures/example-model.pt"));
        QCOMPARE(codeOf(weights), std::string("weights.pickle_refused"));
        QCOMPARE(std::string(weights.error().argument("name")),
            std::string("torch.nn.modules.linear.Linear"));
        const auto evil = openWeights(
            written(legacyFile(global("os", "system") + "(" + text("true") + "tR", "", {})));
        QCOMPARE(std::string(evil.error().argument("name")), std::string("os.system"));
        QCOMPARE(codeOf(openWeights(model("format-fixtures/example-model.pt2"))),
            std::string("weights.pickle_refused"));
    }

    void theOlderFormOfTorchSaveIsRead() {
        const std::string first
            = tensor("a", 6, 0, number(2) + number(3) + "\x86", number(1) + number(2) + "\x86");
        const std::string second = tensor("a", 6, 4, number(2) + "\x85", number(1) + "\x85");
        const std::string object
            = "}(" + text("one") + first + text("two") + second + text("step") + number(7) + "u";
        const auto weights
            = openWeights(written(legacyFile(object, text("a"), {{1, 2, 3, 4, 5, 6}})));
        ASSAY_VERIFY_RESULT(weights);
        QCOMPARE(floatsOf(*weights, "one"), (std::vector<float>{1, 3, 5, 2, 4, 6})); // transposed
        QCOMPARE(floatsOf(*weights, "two"), (std::vector<float>{5, 6}));
        QCOMPARE(weights->metadata["step"].get<int>(), 7);
    }

    void picklesThatLieAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& object, const std::string& keys,
                             const std::vector<std::vector<float>>& storages) {
            QTest::newRow(name) << QByteArray::fromStdString(legacyFile(object, keys, storages));
        };
        const auto dictionary
            = [](const std::string& value) { return "}(" + text("x") + value + "u"; };
        const std::string two = number(2) + "\x85";
        const std::string one = number(1) + "\x85";
        row("shape beyond the storage", dictionary(tensor("a", 2, 1, two, one)), text("a"),
            {{1, 2}});
        row("storage shorter than it says", dictionary(tensor("a", 3, 0, two, one)), text("a"),
            {{1, 2}});
        row("expanded to a huge shape",
            dictionary(tensor("a", 2, 0, number(1 << 30) + "\x85", number(0) + "\x85")), text("a"),
            {{1, 2}});
        row("negative stride", dictionary(tensor("a", 2, 0, two, number(-1) + "\x85")), text("a"),
            {{1, 2}});
        row("negative shape", dictionary(tensor("a", 2, 0, number(-2) + "\x85", one)), text("a"),
            {{1, 2}});
        row("overflowing strides",
            dictionary(tensor(
                "a", 2, 0, two, std::string("\x8a\x08") + raw(std::int64_t(INT64_MAX)) + "\x85")),
            text("a"), {{1, 2}});
        row("no storage", dictionary(tensor("b", 2, 0, two, one)), text("a"), {{1, 2}});
        row("a list in itself", "}(" + text("x") + "]q\x01h\x01" + "a" + "u", "", {});
        std::string doubling = "]q\x01"; // lists of twice the one before: 2^40 ways down
        for (int i = 0; i < 40; ++i)
            doubling += "](h\x01h\x01"
                        "eq\x01";
        row("lists of lists without end", dictionary(doubling), "", {});
        row("nothing on the stack", "R", "", {});
        row("a mark that is missing", "u", "", {});
        row("a memo that is missing", "h\x05", "", {});
        row("a list at the top", "]", "", {});
    }

    void picklesThatLieAreRefused() {
        QFETCH(QByteArray, bytes);
        const auto weights = openWeights(written(bytes.toStdString()));
        QVERIFY2(!weights, "it was read");
    }

    void ggufIsTheSameModelAsItsSource() {
        ASSAY_NEED_DATA("models/stories260k/stories260K.gguf");
        const auto file = GgufFile::open(model("stories260k/stories260K.gguf"));
        ASSAY_VERIFY_RESULT(file);
        QCOMPARE(file->tensors().size(), std::size_t(48));
        QCOMPARE(file->text("general.architecture").value_or(""), std::string_view("llama"));
        QCOMPARE(file->integer("llama.block_count").value_or(0), std::int64_t(5));
        QCOMPARE(file->texts("tokenizer.ggml.tokens").size(), std::size_t(512));
        QCOMPARE(file->reals("tokenizer.ggml.scores").size(), std::size_t(512));
        QVERIFY(!file->text("llama.block_count"));
        QVERIFY(!file->integer("no such key"));
        const auto weights = openWeights(model("stories260k/stories260K.gguf"));
        ASSAY_VERIFY_RESULT(weights);
        QVERIFY(weights->format() == WeightFormat::Gguf);
        const auto reference = openWeights(model("stories260k-hf"));
        QCOMPARE(floatsOf(*weights, "token_embd.weight"),
            floatsOf(*reference, "model.embed_tokens.weight"));
        QCOMPARE(floatsOf(*weights, "blk.3.ffn_down.weight"),
            floatsOf(*reference, "model.layers.3.mlp.down_proj.weight"));
        QCOMPARE(weights->find("blk.3.ffn_down.weight")->shape,
            reference->find("model.layers.3.mlp.down_proj.weight")->shape);
    }

    void aVocabularyWithoutTensorsIsAlsoGguf() {
        ASSAY_NEED_DATA("tokenizers/llama2/ggml-vocab-llama-spm.gguf");
        const auto file
            = GgufFile::open(dataFolder() / "tokenizers/llama2/ggml-vocab-llama-spm.gguf");
        ASSAY_VERIFY_RESULT(file);
        QVERIFY(file->tensors().empty());
        QCOMPARE(file->texts("tokenizer.ggml.tokens").size(), std::size_t(32000));
    }

    /// Wherever a file ends, and whichever byte of its beginning is wrong, there is an answer.
    void cutAndChangedFilesNeverCrash_data() {
        QTest::addColumn<QString>("file");
        for (const char* name :
            {"stories260k/stories260K.gguf", "stories260k/stories260K.bin",
                "stories260k/stories260K-q8.bin", "llama2xs-279k/ckpt.pt",
                "format-fixtures/example-model.pth", "format-fixtures/phi-tiny-random.safetensors"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void cutAndChangedFilesNeverCrash() {
        QFETCH(QString, file);
        ASSAY_NEED_DATA("models/stories260k");
        const auto whole = readFile(model(file.toUtf8().constData()));
        ASSAY_VERIFY_RESULT(whole);
        for (std::size_t size = 0; size < whole->size();
             size += size < 400 ? 7 : whole->size() / 37 + 1) {
            const auto weights = openWeights(written(whole->substr(0, size)));
            QVERIFY2(!weights, std::to_string(size).c_str());
        }
        const fs::path path = written(*whole);
        std::fstream changed(path, std::ios::binary | std::ios::in | std::ios::out);
        const auto put = [&changed](std::size_t at, char value) {
            changed.seekp(std::streamoff(at));
            changed.put(value);
            changed.flush();
        };
        for (std::size_t i = 0; i < 200; ++i) {
            const std::size_t at = i < 60 ? i : i * 97 % std::min<std::size_t>(whole->size(), 4000);
            const char before = (*whole)[at];
            put(at, char(i % 3 == 0 ? 0xff : i % 3 == 1 ? 0x7f : before ^ 1));
            const auto weights = openWeights(path);
            if (weights) // a number inside a name or a value
                for (const TensorView& tensor : weights->tensors())
                    floatsOf(tensor);
            put(at, before);
        }
    }

    void ggufHeadersThatLieAreRefused() {
        const auto header = [](std::uint64_t tensors, std::uint64_t values) {
            return "GGUF" + raw(std::uint32_t(3)) + raw(tensors) + raw(values);
        };
        const auto name
            = [](const std::string& value) { return raw(std::uint64_t(value.size())) + value; };
        const auto tensor = [&](const char* called, std::uint64_t size, std::uint32_t type,
                                std::uint64_t offset) {
            return name(called) + raw(std::uint32_t(1)) + raw(size) + raw(type) + raw(offset);
        };
        const auto codeFor
            = [&](const std::string& bytes) { return codeOf(openWeights(written(bytes))); };
        const std::string damaged = "weights.damaged";
        QCOMPARE(codeFor(header(1ULL << 60, 0)), damaged);
        QCOMPARE(codeFor(header(0, 1ULL << 60)), damaged);
        QCOMPARE(codeFor("GGUF" + raw(std::uint32_t(1)) + std::string(16, '\0')),
            std::string("weights.gguf_version"));
        const std::string list = name("a") + raw(std::uint32_t(9));
        const std::string pad(64, '\0');
        QCOMPARE(codeFor(header(0, 1) + list + raw(std::uint32_t(8)) + raw(1ULL << 61) + pad),
            damaged); // texts without end
        QCOMPARE(codeFor(header(0, 1) + list + raw(std::uint32_t(10)) + raw(1ULL << 61) + pad),
            damaged); // 2^64 bytes
        QCOMPARE(codeFor(header(0, 1) + list + raw(std::uint32_t(9)) + raw(1ULL) + pad), damaged);
        const std::string flag = name("a") + raw(std::uint32_t(7)) + "\x01";
        QCOMPARE(codeFor(header(0, 2) + flag + flag + pad), damaged); // one name twice
        QCOMPARE(codeFor(header(1, 0) + tensor("a", 1ULL << 62, 0, 0) + pad), damaged);
        QCOMPARE(codeFor(header(1, 0) + tensor("a", 8, 0, 1ULL << 63) + pad), damaged);
        QCOMPARE(codeFor(header(1, 0) + tensor("a", 8, 0, 4) + pad), damaged); // not aligned
        QCOMPARE(codeFor(header(1, 0) + tensor("a", 33, 8, 0) + pad), damaged); // no whole block
        const std::string both = header(2, 0) + tensor("a", 8, 0, 0);
        const std::string data(160, '\0');
        QCOMPARE(codeFor(both + tensor("b", 8, 0, 0) + data), damaged); // overlap
        QCOMPARE(codeFor(both + tensor("a", 8, 0, 32) + data), damaged); // one name twice
        QCOMPARE(codeFor(both + tensor("b", 8, 0, 32) + data), std::string());
    }
};

QTEST_APPLESS_MAIN(TestForeignWeights)
#include "test_foreign_weights.moc"
