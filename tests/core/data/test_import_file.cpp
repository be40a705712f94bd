#include "tests/core/data/import_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

/// What concerns a file as a whole.
class TestImportFile : public QObject {
    Q_OBJECT

private:
    Folder m_folder;

    std::string failure(const std::filesystem::path& path, const ImportOptions& options = {}) {
        CollectingSink sink;
        const auto summary = importFile(path, options, sink);
        return summary ? "no failure" : summary.error().code;
    }

private Q_SLOTS:
    void unusableFilesSaySo_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<std::string>("code");
        QTest::newRow("empty") << QByteArray() << std::string("import.empty_file");
        QTest::newRow("blank") << QByteArray("\xef\xbb\xbf \n\n")
                               << std::string("import.empty_file");
        QTest::newRow("empty array") << QByteArray("[]") << std::string("import.nothing_kept");
        QTest::newRow("gzip") << QByteArray("\x1f\x8b\x08\x00", 4)
                              << std::string("import.not_text");
        QTest::newRow("zip") << QByteArray("PK\x03\x04xxxx") << std::string("import.not_text");
        QTest::newRow("utf-16") << QByteArray("\xff\xfe{\x00", 4) << std::string("import.not_text");
        QTest::newRow("zero bytes")
            << QByteArray("{\"a\":\0}", 7) << std::string("import.not_text");
        QTest::newRow("unknown keys")
            << QByteArray("{\"foo\":1}\n") << std::string("import.unrecognised");
        QTest::newRow("annotations") << QByteArray("{\"data\":{},\"annotations\":[]}\n")
                                     << std::string("import.unrecognised");
        QTest::newRow("labelled text") << QByteArray("{\"text\":\"t\",\"label\":[[0,1,\"X\"]]}\n")
                                       << std::string("import.unrecognised");
        QTest::newRow("every row bad") << QByteArray("{\"instruction\":}\n{\"instruction\":}\n")
                                       << std::string("import.nothing_kept");
        QTest::newRow("unknown columns")
            << QByteArray("alpha,beta\n1,2\n3,4\n5,6\n") << std::string("import.map_columns");
    }
    void unusableFilesSaySo() {
        QFETCH(QByteArray, content);
        QFETCH(std::string, code);
        QCOMPARE(failure(m_folder.write("unusable", {content.data(), std::size_t(content.size())})),
            code);
    }

    void missingFileAndUnknownDialect() {
        QCOMPARE(failure(m_folder.path("absent.json")), std::string("file.missing"));
        ImportOptions options;
        options.dialect = "klingon";
        QCOMPARE(failure(m_folder.write("a.json", "[]"), options),
            std::string("import.unknown_dialect"));
    }

    void nothingKeptListsTheFirstReasons() {
        CollectingSink sink;
        const auto path
            = m_folder.write("bad.jsonl", "{\"instruction\":\"q\"}\n{\"instruction\":\"q\"\n");
        const auto summary = importFile(path, {}, sink);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, std::string("import.nothing_kept"));
        QCOMPARE(sink.rejected.size(), std::size_t(2));
        QCOMPARE(summary.error().details.size(), std::size_t(2));
        QVERIFY(message(summary.error()).find(path.string() + ":2") != std::string::npos);
    }

    void firstSoundRowDecidesBehindManyBrokenOnes() {
        std::string content;
        for (int i = 0; i < 100; ++i)
            content += "{\"instruction\":}\n";
        content += "{\"instruction\":\"q\",\"output\":\"a\"}\n";
        CollectingSink sink;
        const auto summary = importFile(m_folder.write("late.jsonl", content), {}, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->dialect, std::string("alpaca"));
        QCOMPARE(summary->rejected, std::int64_t(100));
        QCOMPARE(sink.samples[0].provenance.dialect, std::string("alpaca"));
        QCOMPARE(sink.samples[0].provenance.line, std::int64_t(101));
        QCOMPARE(sink.samples[0].provenance.byte, std::int64_t(1700));
    }

    void dialectIsDecidedByContentNotByName() {
        const char* chat
            = R"([{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}])";
        for (const char* name : {"alpaca.json", "x.jsonl", "x.csv", "x.txt"})
            QCOMPARE(recognise(m_folder.write(name, chat))->dialect, std::string("sharegpt"));
        QCOMPARE(
            recognise(m_folder.write("x.json", "To be, or not to be.\nThat is the question.\n"))
                ->dialect,
            std::string("text"));
        QCOMPARE(recognise(m_folder.write("x.json", "[Verse 1]\nLa, la, la\n"))->dialect,
            std::string("text"));
        const auto why = recognise(m_folder.path("alpaca.json"));
        QCOMPARE(why->why, std::string("keys conversations"));
        QCOMPARE(why->columns, std::vector<std::string>{"conversations"});
    }

    void markAndLineEndsChangeNothing() {
        const std::string plain = "{\"instruction\":\"q\",\"output\":\"a\"}\n{\"instruction\":"
                                  "\"q2\",\"output\":\"a2\"}\n";
        std::string windows = "\xef\xbb\xbf" + plain;
        for (std::size_t at = 0; (at = windows.find('\n', at)) != std::string::npos; at += 2)
            windows.insert(at, 1, '\r');
        CollectingSink a;
        CollectingSink b;
        ASSAY_VERIFY_RESULT(importFile(m_folder.write("a.jsonl", plain), {}, a));
        ASSAY_VERIFY_RESULT(importFile(m_folder.write("b.jsonl", windows), {}, b));
        QCOMPARE(b.samples.size(), std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i)
            QVERIFY(stripped(a.samples[i]) == stripped(b.samples[i]));
        QCOMPARE(b.samples[0].provenance.byte, std::int64_t(3));
        QCOMPARE(b.samples[1].provenance.line, std::int64_t(2));

        CollectingSink text;
        ASSAY_VERIFY_RESULT(importFile(
            m_folder.write("t.txt", "\xef\xbb\xbfone\r\ntwo\r\n\r\n \r\nthree\r\n"), {}, text));
        QCOMPARE(text.samples.size(), std::size_t(2));
        QCOMPARE(*text.samples[0].text, std::string("one\ntwo"));
        QCOMPARE(*text.samples[1].text, std::string("three"));
        QCOMPARE(text.samples[1].provenance.line, std::int64_t(5));
    }

    void plainTextUnits() {
        const auto path = m_folder.write("t.txt", "a\nb\n\nc\n");
        ImportOptions options;
        const auto texts = [&](TextUnit unit) {
            options.textUnit = unit;
            CollectingSink sink;
            [&] { ASSAY_VERIFY_RESULT(importFile(path, options, sink)); }();
            std::vector<std::string> all;
            for (const Sample& sample : sink.samples)
                all.push_back(*sample.text);
            return all;
        };
        QCOMPARE(texts(TextUnit::Paragraph), (std::vector<std::string>{"a\nb", "c"}));
        QCOMPARE(texts(TextUnit::Line), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(texts(TextUnit::Document), (std::vector<std::string>{"a\nb\n\nc"}));
    }

    void longDocumentIsCutAtALineAndSaysSo() {
        std::string content;
        for (int i = 0; i < 30000; ++i)
            content += "line " + std::to_string(i)
                + " of a document without a blank line in it, padded\n";
        CollectingSink sink;
        ImportOptions options;
        options.textUnit = TextUnit::Document;
        ASSAY_VERIFY_RESULT(importFile(m_folder.write("long.txt", content), options, sink));
        std::string joined;
        for (const Sample& sample : sink.samples) {
            QVERIFY(sample.text->size() <= std::size_t(1) << 20);
            joined += *sample.text + "\n";
        }
        QVERIFY(joined == content);
        QCOMPARE(sink.remarks.size(), sink.samples.size() - 1);
        QCOMPARE(sink.remarks[0].reason.code, std::string("row.text_cut"));
    }

    void channelComesFromTheRowElseTheFile() {
        const auto path = m_folder.write("flan.jsonl",
            "{\"instruction\":\"q\",\"output\":\"a\",\"source\":\"cot\"}\n{\"instruction\":\"q\","
            "\"output\":\"a\"}\n");
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        QCOMPARE(sink.samples[0].channel, std::string("cot"));
        QCOMPARE(sink.samples[1].channel, std::string("flan"));
        ImportOptions options;
        options.channel = "mine";
        CollectingSink fixed;
        ASSAY_VERIFY_RESULT(importFile(path, options, fixed));
        QCOMPARE(fixed.samples[0].channel, std::string("mine"));
        QCOMPARE(fixed.samples[0].meta["source"], Json("cot"));
    }

    void ownKeysCanBeMapped() {
        const auto path
            = m_folder.write("own.jsonl", R"({"Frage":"q","Antwort":"a","Muster":"r"})");
        QCOMPARE(failure(path), std::string("import.unrecognised"));
        ImportOptions options;
        options.columns.query = "frage";
        options.columns.answer = "Antwort";
        options.columns.reference = "Muster";
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, options, sink));
        QCOMPARE(sink.samples[0].messages[0].content, std::string("q"));
        QCOMPARE(sink.samples[0].messages[1].content, std::string("a"));
        QCOMPARE(*sink.samples[0].reference, std::string("r"));
    }

    void poemsAreTextWhenMapped() {
        ASSAY_NEED_DATA("corpus/zh-poetry/tang300.json");
        ImportOptions options;
        options.columns.text = "paragraphs";
        CollectingSink sink;
        const auto path = dataFolder() / "corpus/zh-poetry/tang300.json";
        QCOMPARE(failure(path), std::string("import.unrecognised"));
        const auto summary = importFile(path, options, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->rejected, std::int64_t(0));
        QCOMPARE(*sink.samples[1].text,
            std::string("前不見古人，後不見來者。\n念天地之悠悠，獨愴然而涕下。"));
        QCOMPARE(sink.samples[1].meta["author"], Json("陳子昂"));
    }

    void cancelStopsBetweenRows() {
        std::string content;
        for (int i = 0; i < 1000; ++i)
            content += "{\"instruction\":\"q\",\"output\":\"a\"}\n";
        class StoppingSink : public CollectingSink {
        public:
            std::stop_source stop;
            Result<void> accept(Sample&& sample) override {
                if (samples.size() == 9)
                    stop.request_stop();
                return CollectingSink::accept(std::move(sample));
            }
        } sink;
        const auto summary = importFile(
            m_folder.write("many.jsonl", content), {}, sink, {}, sink.stop.get_token());
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, std::string("cancelled"));
        QCOMPARE(sink.samples.size(), std::size_t(10));
    }

    void failureOfTheSinkEndsTheImport() {
        class FullSink : public CollectingSink {
        public:
            Result<void> accept(Sample&&) override {
                return fail("file.write", {{"path", "project.db"}, {"reason", "no space left"}});
            }
        } sink;
        const auto summary = importFile(
            m_folder.write("a.jsonl", "{\"instruction\":\"q\",\"output\":\"a\"}\n"), {}, sink);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, std::string("file.write"));
    }
};

QTEST_APPLESS_MAIN(TestImportFile)
#include "test_import_file.moc"
