#include "core/base/file.h"
#include "infer/torch_model.h"
#include "model/safetensors.h"
#include "tests/model/golden.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Damaged, missing and unfit model files: one clear message each.
class TestBadModels : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_directory;
    int m_count = 0;

    fs::path copyOfGolden() {
        const fs::path folder
            = fs::path(m_directory.path().toStdString()) / std::to_string(m_count++);
        fs::copy(goldenFolder() / "llama-tiny", folder);
        return folder;
    }
    static Error errorOf(const fs::path& folder) {
        auto model = TorchModel::load(folder, {}, {}, {});
        return model ? Error("none") : model.error();
    }
    static void changeConfig(const fs::path& folder, const std::function<void(Json&)>& change) {
        Json config = readJsonFile(folder / "config.json").value();
        change(config);
        std::ofstream(folder / "config.json") << config.dump();
    }
    static std::string withHeader(
        const std::string& header, std::size_t dataBytes, std::uint64_t claimed = 0) {
        const std::uint64_t length = claimed ? claimed : header.size();
        return std::string(reinterpret_cast<const char*>(&length), 8) + header
            + std::string(dataBytes, '\0');
    }

private Q_SLOTS:
    void missingFolderAndFiles() {
        QCOMPARE(errorOf("/nowhere/at/all").code, std::string("model.no_folder"));
        const fs::path folder = copyOfGolden();
        fs::remove(folder / "model.safetensors");
        fs::remove(folder / "golden.safetensors"); // else it would be taken as the weights
        const Error error = errorOf(folder);
        QCOMPARE(error.code, std::string("weights.none"));
        QVERIFY(remedy(error).find("model.safetensors") != std::string::npos);
    }

    void unknownFamilyNamesTheKnownOnes() {
        const fs::path folder = copyOfGolden();
        changeConfig(folder, [](Json& config) { config["model_type"] = "mamba9"; });
        const Error error = errorOf(folder);
        QCOMPARE(error.code, std::string("model.unknown_family"));
        QVERIFY(message(error).find("mamba9") != std::string::npos);
        QVERIFY(message(error).find("llama") != std::string::npos);
        QVERIFY(!remedy(error).empty());
    }

    void everyConfigProblemIsListed() {
        const fs::path folder = copyOfGolden();
        changeConfig(folder, [](Json& config) {
            config.erase("hidden_size");
            config["num_attention_heads"] = "four";
            config["hidden_act"] = "relu";
        });
        const Error error = errorOf(folder);
        QCOMPARE(error.code, std::string("several"));
        QCOMPARE(error.details.size(), std::size_t(3));
    }

    void wrongShapesAreListedByTensor() {
        const fs::path folder = copyOfGolden();
        changeConfig(folder, [](Json& config) { config["intermediate_size"] = 96; });
        const Error error = errorOf(folder);
        QCOMPARE(error.code, std::string("model.tensors"));
        QCOMPARE(error.details.size(), std::size_t(9)); // three matrices in three layers
        QVERIFY(message(error).find("model.layers.0.mlp.gate_proj.weight") != std::string::npos);
    }

    void missingAndSurplusTensors() {
        const fs::path folder = copyOfGolden();
        changeConfig(folder, [](Json& config) { config["num_hidden_layers"] = 2; });
        QCOMPARE(errorOf(folder).details.front().code, std::string("model.tensor_surplus"));
        changeConfig(folder, [](Json& config) { config["num_hidden_layers"] = 4; });
        QCOMPARE(errorOf(folder).details.front().code, std::string("model.tensor_missing"));
    }

    void aTruncatedFileSaysSo() {
        const fs::path folder = copyOfGolden();
        const std::string bytes = readFile(folder / "model.safetensors").value();
        for (const std::size_t size :
            {std::size_t(0), std::size_t(5), std::size_t(100), bytes.size() - 1}) {
            std::ofstream(folder / "model.safetensors", std::ios::binary) << bytes.substr(0, size);
            const Error error = errorOf(folder);
            QCOMPARE(error.code, std::string("safetensors.damaged"));
            QVERIFY(message(error).find("model.safetensors") != std::string::npos);
        }
    }

    void safetensorsRejects_data() {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QByteArray(bytes.data(), qsizetype(bytes.size()));
        };
        const std::string one = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
        row("header longer than the file", withHeader(one, 8, 1ULL << 62));
        row("header of 0 bytes", withHeader("", 8));
        row("header is no JSON", withHeader("{\"a\":", 8));
        row("header does not begin with {", withHeader(" {}", 0));
        row("trailing bytes", withHeader(one, 9));
        row("missing bytes", withHeader(one, 7));
        row("shape does not fit",
            withHeader(R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8));
        row("shape overflows",
            withHeader(
                R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}})",
                8));
        row("negative size",
            withHeader(R"({"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}})", 8));
        row("end before begin",
            withHeader(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8));
        row("hole", withHeader(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8));
        row("overlap",
            withHeader(
                R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                8));
        row("named twice",
            withHeader(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                8));
        row("unknown type",
            withHeader(R"({"a":{"dtype":"F3","shape":[2],"data_offsets":[0,8]}})", 8));
        row("entry without offsets", withHeader(R"({"a":{"dtype":"F32","shape":[2]}})", 8));
        row("entry is a number", withHeader(R"({"a":5})", 8));
        row("header is a list", withHeader("[1]", 0));
    }

    void safetensorsRejects() {
        QFETCH(QByteArray, bytes);
        const fs::path path = fs::path(m_directory.path().toStdString()) / "bad.safetensors";
        std::ofstream(path, std::ios::binary).write(bytes.data(), bytes.size());
        const auto file = SafetensorsFile::open(path);
        QVERIFY(!file);
        QCOMPARE(file.error().code, std::string("safetensors.damaged"));
    }

    void halfAndBf16AreReadExactly() {
        const fs::path path = fs::path(m_directory.path().toStdString()) / "types.safetensors";
        const std::uint16_t half[]
            = {0x3c00, 0xc000, 0x0001, 0x7c00, 0x03ff}; // 1, -2, 2^-24, inf, largest subnormal
        const std::uint16_t brain[] = {0x3f80, 0xc000};
        const TensorToWrite tensors[]
            = {{"h", TensorType::F16, {5}, std::as_bytes(std::span(half))},
                {"b", TensorType::Bf16, {2}, std::as_bytes(std::span(brain))}};
        ASSAY_VERIFY_RESULT(writeSafetensors(path, tensors));
        const auto file = SafetensorsFile::open(path);
        ASSAY_VERIFY_RESULT(file);
        std::vector<float> values(5);
        QVERIFY(toFloats(*file->find("h"), values));
        QCOMPARE(values[0], 1.0F);
        QCOMPARE(values[1], -2.0F);
        QCOMPARE(values[2], 0x1.0p-24F);
        QVERIFY(std::isinf(values[3]));
        QCOMPARE(values[4], 0x1.ff8p-15F);
        values.resize(2);
        QVERIFY(toFloats(*file->find("b"), values));
        QCOMPARE(values[0], 1.0F);
        QCOMPARE(values[1], -2.0F);
    }

    void phiFixtureIsReadAsAFile() {
        ASSAY_NEED_DATA("models/format-fixtures/phi-tiny-random.safetensors");
        const auto file = SafetensorsFile::open(
            dataFolder() / "models/format-fixtures/phi-tiny-random.safetensors");
        ASSAY_VERIFY_RESULT(file);
        QVERIFY(!file->tensors().empty());
    }

    void aTokenizerLargerThanTheVocabularyIsRefused() {
        ASSAY_NEED_DATA("models/stories260k-hf/tokenizer.model");
        const fs::path folder = copyOfGolden(); // vocabulary of 320, the tokenizer has 512
        fs::copy_file(
            dataFolder() / "models/stories260k-hf/tokenizer.model", folder / "tokenizer.model");
        QCOMPARE(errorOf(folder).code, std::string("model.tokenizer_too_large"));
    }

    void writtenWeightsAreReadBackBitForBit() {
        const Golden golden("llama-tiny");
        auto decoder = goldenDecoder(golden, Dtype::F32, ParameterUse::Training);
        const fs::path folder = copyOfGolden();
        ASSAY_VERIFY_RESULT(saveWeights(folder, decoder->parameters()));
        const auto before = SafetensorsFile::open(golden.folder / "model.safetensors");
        const auto after = SafetensorsFile::open(folder / "model.safetensors");
        ASSAY_VERIFY_RESULT(after);
        for (const auto& [name, tensor] : before->tensors())
            QVERIFY(std::ranges::equal(tensor.bytes, after->find(name)->bytes));
    }
};

QTEST_APPLESS_MAIN(TestBadModels)
#include "test_bad_models.moc"
