#include "core/analysis/score_file.h"

#include "core/base/file.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <sstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestScoreFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path at(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }
    fs::path put(const char* name, const std::string& text) const {
        if (!writeFileAtomically(at(name), text))
            qFatal("cannot write");
        return at(name);
    }
    static FakeModel model(std::chrono::milliseconds delay = {}) {
        FakeModelOptions options;
        options.tokenizer = std::make_shared<FakeTokenizer>();
        options.chatTemplate = fakeTemplate();
        options.delay = delay;
        return FakeModel(options);
    }

private Q_SLOTS:
    void oneRecordALineInTheSameOrder() {
        const fs::path input = put("in.jsonl",
            "{\"text\":\"one\"}\r\n\n{\"ids\":[5,6],\"note\":1}\n{\"messages\":[{\"role\":\"user\","
            "\"content\":\"hi\"}]}");
        const auto lines = checkScoreFile(input);
        ASSAY_VERIFY_RESULT(lines);
        QCOMPARE(lines->count, 3);
        QVERIFY(lines->messages);
        FakeModel asked = model();
        std::vector<std::int64_t> progress;
        const auto done = scoreFile(asked, input, at("out.jsonl"), {2, {}}, {},
            [&](const Progress& p) { progress.push_back(p.done * 10 + p.total); });
        ASSAY_VERIFY_RESULT(done);
        QCOMPARE(progress, (std::vector<std::int64_t>{13, 23, 33}));
        std::istringstream out(*readFile(at("out.jsonl")));
        std::vector<Json> records;
        for (std::string line; std::getline(out, line);)
            records.push_back(Json::parse(line));
        QCOMPARE(records.size(), std::size_t(3));
        QCOMPARE(records[0]["text"], Json("one"));
        QCOMPARE(records[1]["ids"], Json::array({5, 6}));
        QCOMPARE(records[2]["text"], Json("user: hi\n"));
        QCOMPARE(records[2]["provenance"]["template"]["name"], Json("lines"));
        QVERIFY(!fs::exists(at("out.jsonl.partial")));
    }

    void cancellingKeepsWhatIsDoneAndWhatStoodThere() {
        const fs::path input
            = put("in2.jsonl", "{\"text\":\"abc\"}\n{\"text\":\"def\"}\n{\"text\":\"ghi\"}\n");
        put("out2.jsonl", "before\n");
        FakeModel asked = model();
        std::stop_source stop;
        const auto done = scoreFile(asked, input, at("out2.jsonl"), {}, stop.get_token(),
            [&](const Progress& p) { p.done == 2 ? stop.request_stop() : false; });
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("cancelled"));
        QVERIFY(done.error().where.find("2 lines are in") != std::string::npos);
        QCOMPARE(*readFile(at("out2.jsonl")), std::string("before\n"));
        const std::string partial = *readFile(at("out2.jsonl.partial"));
        QCOMPARE(std::ranges::count(partial, '\n'), 2);
    }

    void aLineTheModelRefusesIsNamed() {
        const fs::path input = put("in3.jsonl", "{\"ids\":[5]}\n{\"ids\":[5,100000]}\n");
        FakeModel asked = model();
        const auto done = scoreFile(asked, input, at("out3.jsonl"), {}, {}, {});
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("analysis.id_range"));
        QVERIFY(done.error().where.ends_with("in3.jsonl:2"));
        QVERIFY(!fs::exists(at("out3.jsonl")));
        QCOMPARE(scoreFile(asked, input, at("out3.jsonl"), {1000000, {}}, {}, {}).error().code,
            std::string("analysis.top_range"));
        QCOMPARE(checkScoreFile(at("absent.jsonl")).error().code, std::string("file.missing"));
    }

    void anEmptyFileGivesAnEmptyFile() {
        const fs::path input = put("in4.jsonl", "\n\n");
        FakeModel asked = model();
        ASSAY_VERIFY_RESULT(scoreFile(asked, input, at("out4.jsonl"), {}, {}, {}));
        QCOMPARE(*readFile(at("out4.jsonl")), std::string());
    }

    void aPlaceThatCannotBeWrittenIsAnError() {
        const fs::path input = put("in5.jsonl", "{\"ids\":[5]}\n");
        FakeModel asked = model();
        const auto done = scoreFile(asked, input, at("no/such/folder/out.jsonl"), {}, {}, {});
        QVERIFY(!done);
        QVERIFY(done.error().code.starts_with("file."));
    }
};

QTEST_APPLESS_MAIN(TestScoreFile)
#include "test_score_file.moc"
