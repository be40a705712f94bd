#include "core/weights/blocks.h"
#include "core/weights/safetensors.h"
#include "core/weights/weights.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

void writeBytes(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
}

/// A block of bytes that says where they come from.
std::vector<std::byte> bytesOf(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values)
        bytes.push_back(std::byte(value));
    return bytes;
}

} // namespace

class TestSafetensors : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    fs::path folder() const { return m_directory.path().toStdString(); }

    void writeShard(const char* name, const char* tensor, float first) const {
        const float values[] = {first, first + 1};
        const TensorToWrite one[]
            = {{tensor, TensorType::F32, {2}, std::as_bytes(std::span(values))}};
        ASSAY_VERIFY_RESULT(writeSafetensors(folder() / name, one));
    }

private Q_SLOTS:
    void shardsAreOneModel() {
        writeShard("model-00001-of-00002.safetensors", "b", 1);
        writeShard("model-00002-of-00002.safetensors", "a", 3);
        const fs::path index = folder() / "model.safetensors.index.json";
        const Json map = {
            {"b", "model-00001-of-00002.safetensors"}, {"a", "model-00002-of-00002.safetensors"}};
        writeBytes(index, dumpJson(Json{{"metadata", {{"total_size", 16}}}, {"weight_map", map}}));
        const auto weights = openShards(index);
        ASSAY_VERIFY_RESULT(weights);
        QCOMPARE(weights->tensors().size(), std::size_t(2));
        QCOMPARE(weights->tensors()[0].name, std::string("a"));
        std::vector<float> values(2);
        QVERIFY(toFloats(*weights->find("a"), values));
        QCOMPARE(values, (std::vector<float>{3, 4}));
        QCOMPARE(weights->elements(), std::int64_t(4));
        QVERIFY(!weights->find("c"));
    }

    void anIndexThatDoesNotFitItsShardsIsRefused() {
        writeShard("one.safetensors", "a", 1);
        const fs::path index = folder() / "wrong.index.json";
        const auto codeFor = [&](const Json& map) {
            writeBytes(index, dumpJson(Json{{"weight_map", map}}));
            const auto weights = openShards(index);
            return weights ? std::string() : message(weights.error());
        };
        QVERIFY(codeFor({{"a", "one.safetensors"}}).empty());
        const std::string missing = codeFor({{"a", "two.safetensors"}});
        QVERIFY2(missing.find("two.safetensors") != std::string::npos, missing.c_str());
        const std::string absent = codeFor({{"a", "one.safetensors"}, {"z", "one.safetensors"}});
        QVERIFY2(absent.find("z is not in one.safetensors") != std::string::npos, absent.c_str());
        QVERIFY(!codeFor({{"a", "../one.safetensors"}}).empty());
        QVERIFY(!codeFor({{"a", ".."}}).empty());
        QVERIFY(!codeFor({{"a", 5}}).empty());
        QVERIFY(!codeFor(5).empty());
    }

    void oneTensorInTwoShardsIsRefused() {
        writeShard("first.safetensors", "a", 1);
        writeShard("second.safetensors", "a", 1);
        writeShard("third.safetensors", "b", 1);
        const fs::path index = folder() / "twice.index.json";
        writeBytes(index,
            dumpJson(Json{{"weight_map",
                {{"a", "first.safetensors"}, {"b", "third.safetensors"},
                    {"c", "second.safetensors"}}}}));
        QVERIFY(!openShards(index));
    }

    void aHeaderOfManyKeysIsReadInLinearTime() {
        std::string header = "{";
        for (int i = 0; i < 300000; ++i)
            header += (i ? ",\"" : "\"") + std::to_string(i)
                + "\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}";
        header += "}";
        std::uint64_t size = header.size();
        std::string bytes(reinterpret_cast<const char*>(&size), 8);
        writeBytes(folder() / "many.safetensors", bytes + header);
        const auto weights = openSafetensors(folder() / "many.safetensors");
        ASSAY_VERIFY_RESULT(weights);
        QCOMPARE(weights->tensors().size(), std::size_t(300000));
    }

    void halvesAndBfloatsRoundToTheNearestEven() {
        for (std::uint32_t bits = 0; bits < 0x10000; ++bits) { // every half and bfloat is itself
            const float half = halfToFloat(std::uint16_t(bits));
            if (!std::isnan(half))
                QCOMPARE(floatToHalf(half), std::uint16_t(bits));
            const float brain = bfloatToFloat(std::uint16_t(bits));
            if (!std::isnan(brain))
                QCOMPARE(floatToBfloat(brain), std::uint16_t(bits));
        }
        QCOMPARE(floatToHalf(65519.0F), std::uint16_t(0x7bff));
        QCOMPARE(floatToHalf(65520.0F), std::uint16_t(0x7c00));
        QCOMPARE(floatToHalf(1.0F + 0x1.0p-11F), std::uint16_t(0x3c00)); // tie, to even
        QCOMPARE(floatToHalf(1.0F + 0x1.8p-10F), std::uint16_t(0x3c02)); // tie, up to even
        QCOMPARE(floatToHalf(0x1.0p-25F), std::uint16_t(0)); // tie between 0 and 2^-24
        QCOMPARE(floatToHalf(0x1.8p-25F), std::uint16_t(1));
        QCOMPARE(floatToBfloat(1.0F + 0x1.0p-8F), std::uint16_t(0x3f80));
        QCOMPARE(floatToBfloat(1.0F + 0x1.8p-7F), std::uint16_t(0x3f82));
        QVERIFY(std::isnan(halfToFloat(floatToHalf(std::numeric_limits<float>::quiet_NaN()))));
        QVERIFY(std::isnan(bfloatToFloat(floatToBfloat(std::numeric_limits<float>::quiet_NaN()))));
    }

    void q8BlocksAreWithinHalfAStepAndReadBack() {
        std::vector<float> values(64);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = std::sin(float(i)) * (i < 32 ? 3.0F : 0.01F);
        std::string packed;
        appendQ8_0(values, packed);
        QCOMPARE(packed.size(), std::size_t(68));
        std::vector<float> back(64);
        fromBlocks(TensorType::Q8_0, std::as_bytes(std::span(packed)), back);
        for (std::size_t i = 0; i < values.size(); ++i)
            QVERIFY(std::abs(back[i] - values[i]) < (i < 32 ? 3.0F : 0.01F) / 127 * 0.55F);
    }

    void fourBitBlocksAreReadNibbleByNibble() {
        std::vector<std::byte> block = bytesOf({0x00, 0x38}); // d = 0.5
        for (int i = 0; i < 16; ++i)
            block.push_back(std::byte(i | (15 - i) << 4));
        std::vector<float> values(32);
        fromBlocks(TensorType::Q4_0, block, values);
        for (int i = 0; i < 16; ++i) {
            QCOMPARE(values[std::size_t(i)], 0.5F * float(i - 8));
            QCOMPARE(values[std::size_t(i + 16)], 0.5F * float(7 - i));
        }
    }

    void superBlocksOfFourBitsHaveScalesAndMinima() {
        // d = 1, dmin = 2; scale and minimum of sub-block j are 33 + j and 20 + j, packed by hand.
        std::vector<std::byte> block = bytesOf({0x00, 0x3c, 0x00, 0x40});
        int scale[8];
        int minimum[8];
        for (int j = 0; j < 8; ++j) {
            scale[j] = 33 + j;
            minimum[j] = 20 + j;
        }
        for (int j = 0; j < 4; ++j)
            block.push_back(std::byte(scale[j] | (scale[j + 4] >> 4) << 6));
        for (int j = 0; j < 4; ++j)
            block.push_back(std::byte(minimum[j] | (minimum[j + 4] >> 4) << 6));
        for (int j = 4; j < 8; ++j)
            block.push_back(std::byte((scale[j] & 15) | (minimum[j] & 15) << 4));
        const auto nibble = [](int value) { return (value * 7 + value / 32) % 16; };
        for (int pair = 0; pair < 4; ++pair)
            for (int i = 0; i < 32; ++i)
                block.push_back(std::byte(nibble(64 * pair + i) | nibble(64 * pair + 32 + i) << 4));
        QCOMPARE(block.size(), std::size_t(blockLayout(TensorType::Q4K).bytes));
        std::vector<float> values(256);
        fromBlocks(TensorType::Q4K, block, values);
        for (int i = 0; i < 256; ++i)
            QCOMPARE(values[std::size_t(i)],
                float(scale[i / 32] * nibble(i)) - 2.0F * float(minimum[i / 32]));
    }

    void superBlocksOfSixBitsHaveSignedScales() {
        const auto six = [](int i) { return (i * 13 + i / 64) % 64; };
        std::vector<std::byte> block(210);
        for (int i = 0; i < 256; ++i) {
            const int half = i / 128;
            const int quarter = i % 128 / 32;
            const int at = i % 32;
            block[std::size_t(64 * half + 32 * (quarter % 2) + at)]
                |= std::byte((six(i) & 15) << (quarter < 2 ? 0 : 4));
            block[std::size_t(128 + 32 * half + at)] |= std::byte((six(i) >> 4) << (2 * quarter));
        }
        for (int j = 0; j < 16; ++j)
            block[std::size_t(192 + j)] = std::byte(j - 8); // scales -8 to 7
        block[208] = std::byte(0x00);
        block[209] = std::byte(0x34); // d = 0.25
        std::vector<float> values(256);
        fromBlocks(TensorType::Q6K, block, values);
        for (int i = 0; i < 256; ++i)
            QCOMPARE(values[std::size_t(i)], 0.25F * float(i / 16 - 8) * float(six(i) - 32));
    }

    void rowsOfInterleavedPairsBecomeHalves() {
        const float rows[] = {0, 1, 2, 3, 10, 11, 12, 13}; // two heads of four rows
        TensorView view;
        view.type = TensorType::F32;
        view.shape = {8, 1};
        view.bytes = std::as_bytes(std::span(rows));
        view.reading.interleavedHeads = 2;
        std::vector<float> values(8);
        QVERIFY(toFloats(view, values));
        QCOMPARE(values, (std::vector<float>{0, 2, 1, 3, 10, 12, 11, 13}));
    }

    void transposedAndStridedTensorsAreReadInOrder() {
        const float stored[] = {1, 2, 3, 4, 5, 6};
        TensorView view;
        view.type = TensorType::F32;
        view.shape = {3, 2};
        view.bytes = std::as_bytes(std::span(stored));
        std::vector<float> values(6);
        view.reading.transposed = true;
        QVERIFY(toFloats(view, values));
        QCOMPARE(values, (std::vector<float>{1, 4, 2, 5, 3, 6}));
        view.reading = {};
        view.strides = {1, 3};
        QVERIFY(toFloats(view, values));
        QCOMPARE(values, (std::vector<float>{1, 4, 2, 5, 3, 6}));
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "test_safetensors.moc"
