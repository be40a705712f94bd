#include "tests/core/data/export_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

/// What an import or export of any size may need beside the file, in bytes. The address sanitizer
/// keeps freed memory for a while.
#ifdef __SANITIZE_ADDRESS__
constexpr std::int64_t allowance = 600'000'000;
#else
constexpr std::int64_t allowance = 4'000'000;
#endif

/// Memory of the process that is not a mapped file, in bytes.
std::int64_t ownMemory() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "RssAnon:") {
            std::int64_t kib = 0;
            status >> kib;
            return kib * 1024;
        }
    return -1;
}

/// Counts and forgets.
class CountingSink : public ImportSink {
public:
    Result<void> accept(Sample&& sample) override {
        ++accepted;
        bytes += std::int64_t(sample.messages.at(0).content.size());
        if (accepted % 1000 == 0)
            most = std::max(most, ownMemory());
        return {};
    }
    Result<void> reject(RejectedRow&&) override {
        ++rejected;
        return {};
    }
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t bytes = 0;
    std::int64_t most = 0;
};

} // namespace

class TestImportScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoHundredThousandRowsTakeConstantMemory_data() {
        QTest::addColumn<bool>("array");
        QTest::newRow("json array") << true;
        QTest::newRow("jsonl") << false;
    }
    void twoHundredThousandRowsTakeConstantMemory() {
        QFETCH(bool, array);
        constexpr int rows = 200000;
        Folder folder;
        const auto path = folder.path("many");
        {
            std::ofstream file(path);
            file << (array ? "[\n" : "");
            for (int i = 0; i < rows; ++i) {
                // One row in ten thousand is broken.
                const char* value
                    = i % 10000 == 9999 ? "oops" : "\"the answer to it, some words long\"";
                file << "{\"instruction\":\"question number " << i << "\",\"output\":" << value
                     << '}' << (array && i + 1 < rows ? ",\n" : "\n");
            }
            file << (array ? "]\n" : "");
        }
        CountingSink sink;
        const std::int64_t before = ownMemory();
        QVERIFY(before > 0);
        std::vector<std::int64_t> progress;
        const auto summary
            = importFile(path, {}, sink, [&](const Progress& at) { progress.push_back(at.done); });
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(sink.accepted, std::int64_t(rows - 20));
        QCOMPARE(sink.rejected, std::int64_t(20));
        const std::int64_t size = std::int64_t(std::filesystem::file_size(path));
        QCOMPARE(summary->bytes, size);
        QVERIFY(progress.size() > 10);
        QVERIFY(std::ranges::is_sorted(progress));
        QCOMPARE(progress.back(), size);
        qInfo("%lld bytes, memory grew by %lld", static_cast<long long>(size),
            static_cast<long long>(sink.most - before));
        QVERIFY(size > 16'000'000);
        QVERIFY2(sink.most - before < allowance, std::to_string(sink.most - before).c_str());
    }

    void manyBrokenRowsOfAnArrayDoNotEachReadTheRest() {
        // Ten thousand rows that never close their bracket: followed to the end each, they would
        // cost ten thousand times the file.
        constexpr int rows = 20000;
        Folder folder;
        std::string content = "[\n";
        for (int i = 0; i < rows; ++i)
            content += std::string("{\"instruction\":\"q\",\"output\":\"a\"")
                + (i % 2 == 0 ? "}" : "") + (i + 1 < rows ? ",\n" : "\n]\n");
        CollectingSink sink;
        const auto summary = importFile(folder.write("broken", content), {}, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->accepted, std::int64_t(rows / 2));
        QCOMPARE(summary->rejected, std::int64_t(rows / 2));
    }

    void exportNeedsNoMoreMemoryThanImport() {
        Folder folder;
        auto exporter = makeExporter("csv", folder.path("out.csv"));
        ASSAY_VERIFY_RESULT(exporter);
        Sample sample;
        sample.messages.resize(2);
        sample.messages[0].content = std::string(200, 'q');
        sample.messages[1].role = Role::Assistant;
        sample.messages[1].content = std::string(200, 'a');
        const std::int64_t before = ownMemory();
        for (int i = 0; i < 50000; ++i)
            ASSAY_VERIFY_RESULT((*exporter)->add(sample));
        const auto summary = (*exporter)->finish();
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->written, std::int64_t(50000));
        QVERIFY(summary->bytes > 20'000'000);
        QVERIFY(ownMemory() - before < allowance);
    }
};

QTEST_APPLESS_MAIN(TestImportScale)
#include "test_import_scale.moc"
