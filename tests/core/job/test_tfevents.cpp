#include "core/base/file.h"
#include "core/job/tfevents.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <map>

using namespace assay;
namespace fs = std::filesystem;

namespace {

/// A second decoder of event files, written from the format's description and sharing nothing with
/// the product's: it checks both the writer and the reader. Bit-wise checksum, recursive field
/// walk.
namespace plain {

std::uint32_t checksum(const std::string& bytes) {
    std::uint32_t crc = ~0U;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            const bool low = crc & 1U;
            crc >>= 1;
            if (low)
                crc ^= 0x82F63B78U;
        }
    }
    crc = ~crc;
    return ((crc >> 15) | (crc << 17)) + 0xa282ead8U;
}

std::uint64_t littleEndian(const std::string& bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t i = count; i-- > 0;)
        value = value * 256 + static_cast<unsigned char>(bytes.at(at + i));
    return value;
}

/// Field number to its raw values, in order; varints as eight bytes.
using Fields = std::multimap<int, std::string>;

std::uint64_t varint(const std::string& bytes, std::size_t& at) {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.at(at++));
        value += std::uint64_t(byte % 128) << shift;
        if (byte < 128)
            return value;
    }
}

Fields fieldsOf(const std::string& bytes) {
    Fields fields;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::uint64_t key = varint(bytes, at);
        std::size_t length = 0;
        switch (key % 8) {
        case 0: {
            const std::uint64_t value = varint(bytes, at);
            std::string raw(8, '\0');
            std::memcpy(raw.data(), &value, 8);
            fields.emplace(int(key / 8), raw);
            continue;
        }
        case 1:
            length = 8;
            break;
        case 2:
            length = varint(bytes, at);
            break;
        case 5:
            length = 4;
            break;
        default:
            throw std::runtime_error("wire type");
        }
        if (at + length > bytes.size())
            throw std::runtime_error("field length");
        fields.emplace(int(key / 8), bytes.substr(at, length));
        at += length;
    }
    return fields;
}

template <class T> T as(const std::string& raw) {
    T value;
    std::memcpy(&value, raw.data(), sizeof value);
    return value;
}

struct File {
    std::vector<TfScalar> scalars;
    std::vector<std::string> otherTags; ///< images, histograms, tensors
    int records = 0;
    std::size_t cutBytes = 0;
};

File read(const std::string& bytes) {
    File file;
    std::size_t at = 0;
    while (at + 12 <= bytes.size()) {
        const std::uint64_t length = littleEndian(bytes, at, 8);
        if (littleEndian(bytes, at + 8, 4) != checksum(bytes.substr(at, 8)))
            throw std::runtime_error("length checksum");
        if (at + 16 + length > bytes.size())
            break;
        const std::string data = bytes.substr(at + 12, length);
        if (littleEndian(bytes, at + 12 + length, 4) != checksum(data))
            throw std::runtime_error("data checksum");
        at += 16 + length;
        ++file.records;
        const Fields event = fieldsOf(data);
        const double wallTime = as<double>(event.find(1)->second);
        const auto step = event.count(2) ? as<std::int64_t>(event.find(2)->second) : 0;
        if (!event.count(5))
            continue;
        for (const auto& [number, value] : fieldsOf(event.find(5)->second)) {
            const Fields entry = fieldsOf(value);
            const std::string tag = entry.find(1)->second;
            if (entry.count(2))
                file.scalars.push_back({tag, step, wallTime, as<float>(entry.find(2)->second)});
            else
                file.otherTags.push_back(tag);
        }
    }
    file.cutBytes = bytes.size() - at;
    return file;
}

} // namespace plain

std::string bytesOf(std::initializer_list<int> values) {
    std::string bytes;
    for (const int value : values)
        bytes.push_back(char(value));
    return bytes;
}

std::map<std::string, int> countsByTag(const std::vector<TfScalar>& scalars) {
    std::map<std::string, int> counts;
    for (const TfScalar& scalar : scalars)
        ++counts[scalar.tag];
    return counts;
}

/// Both decoders on a real file.
struct Both {
    plain::File plain;
    TfEventsReader::Batch product;
};

Both readBoth(const fs::path& path) {
    Both both;
    both.plain = plain::read(*readFile(path));
    TfEventsReader reader(path);
    both.product = *reader.poll();
    return both;
}

} // namespace

class TestTfevents : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path file(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

    void compare(const Both& both) {
        QVERIFY(!both.product.problem);
        QCOMPARE(both.product.records, std::int64_t(both.plain.records));
        QCOMPARE(both.product.pendingBytes, std::int64_t(both.plain.cutBytes));
        QCOMPARE(countsByTag(both.product.scalars), countsByTag(both.plain.scalars));
        QVERIFY(both.product.scalars == both.plain.scalars);
    }

private Q_SLOTS:
    void checksumsAreCastagnoli() {
        QCOMPARE(crc32c("123456789"), 0xE3069283U);
        QCOMPARE(maskedCrc32c("123456789"), 0xC78AB0E5U);
        QCOMPARE(plain::checksum("123456789"), 0xC78AB0E5U);
    }

    void recordsAreByteForByteAsTheFormatSays() {
        auto writer = TfEventsWriter::create(file("vector"), 1.5);
        ASSAY_VERIFY_RESULT(writer);
        const std::pair<std::string, double> scalar{"train/loss", 0.5};
        ASSAY_VERIFY_RESULT(writer->addScalars(1.5, 3, std::span(&scalar, 1)));
        const std::string first = bytesOf({0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09,
            0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0x1a, 0x0d, 0x62, 0x72, 0x61, 0x69, 0x6e, 0x2e, 0x45,
            0x76, 0x65, 0x6e, 0x74, 0x3a, 0x32, 0x2a, 0x28, 0x64, 0x6c});
        const std::string second
            = bytesOf({0x20, 0, 0, 0, 0, 0, 0, 0, 0x29, 0xed, 0xa9, 0x50, 0x09, 0, 0, 0, 0, 0, 0,
                0xf8, 0x3f, 0x10, 0x03, 0x2a, 0x13, 0x0a, 0x11, 0x0a, 0x0a, 0x74, 0x72, 0x61, 0x69,
                0x6e, 0x2f, 0x6c, 0x6f, 0x73, 0x73, 0x15, 0, 0, 0, 0x3f, 0x13, 0x41, 0xef, 0xbe});
        QCOMPARE(QByteArray::fromStdString(*readFile(file("vector"))),
            QByteArray::fromStdString(first + second));
    }

    void independentDecoderReadsWhatIsWritten() {
        auto writer = TfEventsWriter::create(file("own"), 100);
        ASSAY_VERIFY_RESULT(writer);
        for (int step = 0; step < 300; ++step) {
            const std::vector<std::pair<std::string, double>> scalars
                = {{"train/loss", 4.0 / (1 + step)}, {"损失", double(step)}, {"zero", 0.0}};
            ASSAY_VERIFY_RESULT(writer->addScalars(100.25 + step, step, scalars));
        }
        const Both both = readBoth(file("own"));
        compare(both);
        QCOMPARE(both.plain.records, 301);
        QCOMPARE(both.plain.scalars.size(), std::size_t(900));
        QCOMPARE(both.plain.scalars[3].step, std::int64_t(1));
        QCOMPARE(both.plain.scalars[3].value, 2.0);
        QCOMPARE(both.plain.scalars[4].tag, std::string("损失"));
        QCOMPARE(both.plain.scalars.back().wallTime, 399.25);
    }

    void nanAndInfinityAreKept() {
        auto writer = TfEventsWriter::create(file("nan"), 0);
        const double infinity = std::numeric_limits<double>::infinity();
        const std::vector<std::pair<std::string, double>> scalars
            = {{"a", std::nan("")}, {"b", infinity}, {"c", -infinity}, {"d", -1e300}};
        ASSAY_VERIFY_RESULT(writer->addScalars(0, 1, scalars));
        const plain::File read = plain::read(*readFile(file("nan")));
        QVERIFY(std::isnan(read.scalars[0].value));
        QCOMPARE(read.scalars[1].value, infinity);
        QCOMPARE(read.scalars[2].value, -infinity);
        QCOMPARE(read.scalars[3].value, -infinity);
    }

    void growingFileIsReadPieceByPiece() {
        auto writer = TfEventsWriter::create(file("growing"), 0);
        const std::pair<std::string, double> scalar{"loss", 1};
        ASSAY_VERIFY_RESULT(writer->addScalars(1, 1, std::span(&scalar, 1)));
        ASSAY_VERIFY_RESULT(writer->addScalars(2, 2, std::span(&scalar, 1)));
        const std::string whole = *readFile(file("growing"));
        // Cut inside the last record: it is pending, then it comes.
        fs::resize_file(file("growing"), whole.size() - 7);
        TfEventsReader reader(file("growing"));
        auto batch = reader.poll();
        QCOMPARE(batch->scalars.size(), std::size_t(1));
        QVERIFY(batch->pendingBytes > 0);
        QVERIFY(!batch->problem);
        AppendFile rest = *AppendFile::open(file("growing"));
        ASSAY_VERIFY_RESULT(rest.append(std::string_view(whole).substr(whole.size() - 7)));
        batch = reader.poll();
        QCOMPARE(batch->scalars.size(), std::size_t(1));
        QCOMPARE(batch->scalars[0].step, std::int64_t(2));
        QCOMPARE(batch->pendingBytes, std::int64_t(0));
        QCOMPARE(reader.recordOffsets().size(), std::size_t(3));
        // A file that was cut back to a checkpoint is read anew.
        fs::resize_file(file("growing"), std::uintmax_t(reader.recordOffsets()[2]));
        batch = reader.poll();
        QVERIFY(batch->restarted);
        QCOMPARE(batch->scalars.size(), std::size_t(1));
        QCOMPARE(batch->scalars[0].step, std::int64_t(1));
    }

    void wrongChecksumInTheMiddleEndsWithAMessage() {
        auto writer = TfEventsWriter::create(file("bad"), 0);
        const std::pair<std::string, double> scalar{"loss", 1};
        for (int step = 1; step <= 3; ++step)
            ASSAY_VERIFY_RESULT(writer->addScalars(1, step, std::span(&scalar, 1)));
        TfEventsReader probe(file("bad"));
        ASSAY_VERIFY_RESULT(probe.poll());
        const std::int64_t second = probe.recordOffsets()[2];
        std::string bytes = *readFile(file("bad"));
        bytes[std::size_t(second) + 14] ^= 1;
        ASSAY_VERIFY_RESULT(writeFileAtomically(file("bad"), bytes));
        TfEventsReader reader(file("bad"));
        const auto batch = reader.poll();
        QCOMPARE(batch->scalars.size(), std::size_t(1));
        QVERIFY(batch->problem.has_value());
        QCOMPARE(batch->problem->code, std::string("tfevents.damaged"));
        QCOMPARE(batch->problem->argument("byte"), std::string_view(std::to_string(second)));
        QVERIFY(reader.poll()->scalars.empty());
    }

    void scalarTensorsAreReadAndOthersSkipped() {
        const auto delimited = [](int field, const std::string& body) {
            return std::string(1, char(field * 8 + 2)) + std::string(1, char(body.size())) + body;
        };
        const auto floatBytes = [](float value) {
            std::string raw(4, '\0');
            std::memcpy(raw.data(), &value, 4);
            return raw;
        };
        const std::string doubleBytes = [] {
            const double value = 2.25;
            std::string raw(8, '\0');
            std::memcpy(raw.data(), &value, 8);
            return raw;
        }();
        const std::string scalars = delimited(9, delimited(1, delimited(1, "scalars")));
        const std::string text = delimited(9, delimited(1, delimited(1, "text")));
        const std::string shape1 = delimited(2, delimited(2, "\x08\x01"));
        std::string summary;
        // tensor_content; float_val packed; float_val not packed; double_val; a string; a vector;
        // an int64
        summary += delimited(1,
            delimited(1, "content") + delimited(8, "\x08\x01" + delimited(4, floatBytes(0.5f)))
                + scalars);
        summary += delimited(
            1, delimited(1, "packed") + delimited(8, "\x08\x01" + delimited(5, floatBytes(1.5f))));
        summary += delimited(
            1, delimited(1, "single") + delimited(8, "\x08\x01\x2d" + floatBytes(3.5f)));
        summary += delimited(
            1, delimited(1, "double") + delimited(8, "\x08\x02" + delimited(6, doubleBytes)));
        summary += delimited(
            1, delimited(1, "text") + delimited(8, "\x08\x07" + delimited(8, "words")) + text);
        summary += delimited(1,
            delimited(1, "vector")
                + delimited(8, "\x08\x01" + shape1 + delimited(5, floatBytes(9))));
        summary += delimited(1, delimited(1, "whole") + delimited(8, "\x08\x09\x50\x07"));
        std::string event = "\x09" + std::string(8, '\0') + "\x10\x05\x2a";
        event.push_back(char(0x80 | (summary.size() & 0x7F)));
        event.push_back(char(summary.size() >> 7));
        event += summary + delimited(15, "unknown");
        std::string record(8, '\0');
        record[0] = char(event.size() & 0xFF);
        record[1] = char(event.size() >> 8);
        const auto addChecksum = [&](const std::string& of) {
            const std::uint32_t crc = plain::checksum(of);
            for (int shift = 0; shift < 32; shift += 8)
                record.push_back(char(crc >> shift));
        };
        addChecksum(record.substr(0, 8));
        record += event;
        addChecksum(event);
        ASSAY_VERIFY_RESULT(writeFileAtomically(file("tensors"), record));
        TfEventsReader reader(file("tensors"));
        const auto batch = reader.poll();
        QVERIFY(!batch->problem);
        std::vector<std::pair<std::string, double>> seen;
        for (const TfScalar& scalar : batch->scalars) {
            QCOMPARE(scalar.step, std::int64_t(5));
            seen.emplace_back(scalar.tag, scalar.value);
        }
        const std::vector<std::pair<std::string, double>> expected
            = {{"content", 0.5}, {"packed", 1.5}, {"single", 3.5}, {"double", 2.25}, {"whole", 7}};
        QCOMPARE(seen, expected);
    }

    void pytorchSummaryWriterRun() {
        ASSAY_NEED_DATA("runs/tfevents-smolgpt-es");
        const Both both = readBoth(test::dataFolder()
            / "runs/tfevents-smolgpt-es/events.out.tfevents.1775586644.c38bccebfc7c.2723.0");
        compare(both);
        const std::map<std::string, int> expected
            = {{"lr", 21}, {"train_loss", 21}, {"val_loss", 21}};
        QCOMPARE(countsByTag(both.product.scalars), expected);
        QCOMPARE(both.product.records, std::int64_t(64));
        QCOMPARE(both.product.scalars.back().step, std::int64_t(10000));
    }

    void huggingFaceTrainerRuns() {
        ASSAY_NEED_DATA("runs/tfevents-baichuan2-sft");
        int files = 0;
        for (const auto& entry :
            fs::recursive_directory_iterator(test::dataFolder() / "runs/tfevents-baichuan2-sft")) {
            if (!entry.path().filename().string().starts_with("events.out."))
                continue;
            ++files;
            const Both both = readBoth(entry.path());
            compare(both);
            const auto counts = countsByTag(both.product.scalars);
            QVERIFY(counts.contains("train/loss"));
            QVERIFY(!counts.contains("args/text_summary"));
            QVERIFY(std::ranges::find(both.plain.otherTags, "args/text_summary")
                != both.plain.otherTags.end());
        }
        QCOMPARE(files, 4);
    }

    void imagesAndHistogramsAreSkipped() {
        ASSAY_NEED_DATA("runs/tfevents-mnist-summaries");
        const Both both = readBoth(test::dataFolder()
            / "runs/tfevents-mnist-summaries/events.out.tfevents.1515280092.tayo-glaptop");
        compare(both);
        QVERIFY(!both.product.scalars.empty());
        QVERIFY(!both.plain.otherTags.empty());
    }

    void cutAndTextOnlyFiles() {
        ASSAY_NEED_DATA("runs/tfevents-edge");
        const Both cut = readBoth(test::dataFolder()
            / "runs/tfevents-edge/truncated/"
              "events.out.tfevents.1721063393.mert-lambda-scalar.530351.0");
        compare(cut);
        QVERIFY(cut.product.pendingBytes > 0);
        const Both text = readBoth(test::dataFolder()
            / "runs/tfevents-edge/text-only/events.out.tfevents.1720349675.Evans-MBP.lan.3622.0");
        compare(text);
        QVERIFY(text.product.scalars.empty());
        QVERIFY(text.product.records > 1);
    }
};

QTEST_APPLESS_MAIN(TestTfevents)
#include "test_tfevents.moc"
