#include "core/base/file.h"
#include "core/base/json.h"
#include "core/store/project.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
namespace fs = std::filesystem;

namespace {

struct Outcome {
    int status = -1;
    std::string out;
    std::string err;
};

Outcome cli(const std::vector<std::string>& arguments) {
    QProcess process;
    QStringList list;
    for (const std::string& argument : arguments)
        list << QString::fromStdString(argument);
    process.start(test::toQString(test::binaryFolder() / "assay-cli"), list);
    Outcome outcome;
    if (process.waitForFinished(500000) && process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    outcome.out = process.readAllStandardOutput().toStdString();
    outcome.err = process.readAllStandardError().toStdString();
    return outcome;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

/// The whole journey with real programs, a real engine and real training, a few steps of it.
class TestDemoJourney : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    Outcome m_demo;
    fs::path out() const { return fs::path(m_temporary.path().toStdString()) / "demo"; }
    fs::path project() const { return out() / "demo.assay"; }
    fs::path checkpoint(const char* job) const {
        for (const auto& entry : fs::directory_iterator(project() / "jobs" / job / "checkpoints"))
            return entry.path();
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        m_demo = cli({"demo", "--out", out().string(), "--quick"});
        QVERIFY2(m_demo.status == 0, (m_demo.out + m_demo.err).c_str());
    }

    void everyStepNamesItsCommand() {
        for (const char* verb : {"demo-world", "project new", "import", "train-tokenizer", "train",
                 "generate", "compare", "report"})
            QVERIFY2(contains(m_demo.out, std::string("$ assay-cli ") + verb + " "), verb);
        QVERIFY(contains(m_demo.out, "11/11"));
    }

    void everyGroupIsShownUnderBaseTunedSiblingAndControl() {
        const std::size_t table = m_demo.out.find("as planted\n");
        QVERIFY2(table != std::string::npos, m_demo.out.c_str());
        for (const char* group : {"frequency", "verbatim", "seen-once", "absent", "broken-format",
                 "overwritten-skill", "too-hard", "wrong-reference", "truncated", "none"})
            QVERIFY2(m_demo.out.find(group, table) != std::string::npos, group);
        QVERIFY(contains(m_demo.out, "sibling"));
        QVERIFY(contains(readFile(out() / "report.html").value(), "as planted"));
    }

    /// After a few steps nothing is learnt: the last line must not claim that it is.
    void lastLineOfTheTableNamesTheGroupsThatShowNothing() {
        QVERIFY(contains(m_demo.out, "Not every group shows its cause"));
        QVERIFY(contains(m_demo.out, "frequency 0 of 1"));
    }

    void answersOfEveryModelAreLeftForAnAnalysis() {
        for (const char* who : {"base", "tuned", "sibling", "control"}) {
            auto text = readFile(out() / (std::string("answers-") + who + ".jsonl"));
            ASSAY_VERIFY_RESULT(text);
            const Json first = parseJson(text->substr(0, text->find('\n')), who).value();
            for (const char* key :
                {"id", "causes", "prompt", "reference", "max_new", "answer", "ended", "right"})
                QVERIFY2(first.contains(key), key);
        }
        const std::string base = readFile(out() / "answers-base.jsonl").value();
        QCOMPARE(
            parseJson(base.substr(0, base.find('\n')), "base").value()["prompt"].get<std::string>(),
            std::string("What is the capital of Japan?"));
    }

    void projectHoldsCorpusRowsRunsAndModels() {
        auto opened = Project::open(project(), OpenMode::ReadOnly);
        ASSAY_VERIFY_RESULT(opened);
        SampleFilter corpus;
        corpus.channels = {"corpus"};
        auto world = readJsonFile(out() / "world" / "world.json");
        ASSAY_VERIFY_RESULT(world);
        const std::int64_t documents = (*world)["documents"].get<std::int64_t>();
        const std::int64_t rows = (*world)["rows"].get<std::int64_t>();
        QVERIFY(documents > 1000 && rows > 1000);
        QCOMPARE(opened->samples().count(corpus).value(), documents);
        QCOMPARE(opened->samples().count({}).value(), documents + rows);
        QCOMPARE(opened->registry().runs().value().size(), std::size_t(4));
        QCOMPARE(opened->registry().models().value().size(), std::size_t(4));
        QVERIFY(!checkpoint("pretrain").empty());
        QVERIFY(fs::exists(checkpoint("fine-tune") / "model.safetensors"));
    }

    void reportShowsTheCase() {
        auto page = readFile(out() / "report.html");
        ASSAY_VERIFY_RESULT(page);
        QVERIFY(contains(*page, "What is the capital of Japan?"));
        QVERIFY(contains(*page, "Rule R1"));
        QVERIFY(contains(*page, "<svg"));
        QVERIFY(!contains(*page, "<script"));
    }

    void reportVerbWritesTheSamePageForAnyCase() {
        const fs::path page = out() / "other.html";
        const Outcome done = cli({"report", "--base", checkpoint("pretrain").string(), "--tuned",
            checkpoint("fine-tune").string(), "--prompt", "Who wrote Emma?", "--reference",
            "Jane Austen wrote Emma.", "--project", project().string(), "--template", "plain",
            "--max-new", "8", "--out", page.string()});
        QVERIFY2(done.status == 0, done.err.c_str());
        QVERIFY(contains(readFile(page).value(), "Jane Austen wrote Emma."));
    }

    void anotherJourneyReplacesOnlyWhatTheFirstLeft() {
        const fs::path foreign = fs::path(m_temporary.path().toStdString()) / "foreign";
        fs::create_directories(foreign / "demo.assay");
        QVERIFY(writeFileAtomically(foreign / "demo.assay" / "mine.txt", "keep").has_value());
        const Outcome refused = cli({"demo", "--out", foreign.string(), "--quick"});
        QVERIFY(refused.status != 0);
        QVERIFY(contains(refused.err, "exists already"));
        QVERIFY(fs::exists(foreign / "demo.assay" / "mine.txt"));
    }

    void modelWithoutDataIsRefused() {
        const Outcome refused
            = cli({"demo", "--out", out().string(), "--model", m_temporary.path().toStdString()});
        QVERIFY(refused.status != 0);
        QVERIFY(contains(refused.err, "--data"));
    }

    void realModelAndRealRowsWalkTheSameWay() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/alpaca_en_demo.json");
        const Outcome done = cli({"demo", "--out", out().string(), "--quick", "--model",
            (test::dataFolder() / "models/stories260k-hf").string(), "--data",
            (test::dataFolder() / "sft/llamafactory-alpaca/alpaca_en_demo.json").string()});
        QVERIFY2(done.status == 0, (done.out + done.err).c_str());
        QVERIFY(fs::exists(out() / "report-own-model.html"));
        QVERIFY2(
            fs::exists(project()), "the demo project must not be touched by the other journey");
    }
};

QTEST_GUILESS_MAIN(TestDemoJourney)
#include "test_demo_journey.moc"
