#include "core/base/json.h"
#include "tests/support/test_paths.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>
#include <sstream>
#include <sys/resource.h>

using namespace assay;
using namespace assay::test;

namespace {

struct Answer {
    int status = -1;
    std::string out;
    std::string err;

    /// One JSON document a line.
    std::vector<Json> lines() const {
        std::vector<Json> documents;
        std::istringstream stream(out);
        for (std::string line; std::getline(stream, line);)
            documents.push_back(Json::parse(line));
        return documents;
    }
};

std::string row(const std::string& query, const std::string& answer) {
    return dumpJson({{"instruction", query}, {"input", ""}, {"output", answer}}) + "\n";
}

} // namespace

/// The verbs as a person or a script uses them, through the real program.
class TestProjectVerbs : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    QString at(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)); }

    Answer run(const QStringList& arguments, rlim_t fileSizeLimit = 0) const {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("ASSAY_AUTHOR"), QStringLiteral("anna"));
        process.setProcessEnvironment(environment);
        if (fileSizeLimit > 0)
            process.setChildProcessModifier([fileSizeLimit] {
                const rlimit bound{fileSizeLimit, fileSizeLimit};
                ::setrlimit(RLIMIT_FSIZE, &bound);
            });
        process.start(toQString(binaryFolder() / "assay-cli"), arguments);
        process.waitForFinished(60'000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
    }
    Answer run(const char* arguments) const {
        return run(QString::fromUtf8(arguments).split(QLatin1Char(' ')));
    }
    void write(const char* name, const std::string& text) const {
        std::ofstream(at(name).toStdString()) << text;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!std::filesystem::exists(binaryFolder() / "assay-cli"))
            QSKIP("assay-cli is not built");
        write("rows.jsonl",
            row("法国的首都是哪里？", "巴黎") + row("Capital of France?", "Beijing")
                + "{\"instruction\": \"broken\n" + row("Capital of Italy?", "Rome"));
        const Answer made = run("project new world --name World");
        QCOMPARE(made.status, 0);
        const Answer imported
            = run("import world rows.jsonl --channel qa --json --report report.jsonl");
        // The third row is damaged: said by the status, while the others are taken in.
        QCOMPARE(imported.status, 1);
        const Json json = imported.lines().at(0);
        QCOMPARE(json["kept"].get<int>(), 3);
        QCOMPARE(json["rejected"].get<int>(), 1);
        QCOMPARE(json["malformed"].get<int>(), 1);
        QCOMPARE(json["files"][0]["dialect"].get<std::string>(), std::string("alpaca"));
        QCOMPARE(json["report"][0]["line"].get<int>(), 3);
        QVERIFY(std::filesystem::exists(at("report.jsonl").toStdString()));
    }

    void rejectedRowsArePrintedWithFileAndLine() {
        QCOMPARE(run("project new other").status, 0);
        const Answer answer = run("import other rows.jsonl");
        QVERIFY2(answer.out.find("rows.jsonl:3: ") != std::string::npos, answer.out.c_str());
        QVERIFY(answer.out.find("alpaca") != std::string::npos);
    }

    void aDamagedFileFailsWithItsFirstPlaceAndKeepsTheGoodRows() {
        write("damaged.jsonl",
            row("Capital of Peru?", "Lima") + "{\"instruction\": \n" + row("Of Chile?", "Santiago")
                + "{]\n");
        QCOMPARE(run("project new damaged").status, 0);
        const Answer answer = run("import damaged damaged.jsonl");
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.find("damaged.jsonl:2") != std::string::npos, answer.err.c_str());
        QVERIFY2(answer.err.find("malformed in 2 places") != std::string::npos, answer.err.c_str());
        QVERIFY2(answer.err.find("Mend the places") != std::string::npos, answer.err.c_str());
        QCOMPARE(run("list damaged --json").lines().size(), std::size_t(2));
    }

    void aSoundRowWithoutAnAnswerIsNoDamage() {
        write(
            "unanswered.jsonl", row("Capital of Peru?", "Lima") + "{\"instruction\": \"Why?\"}\n");
        QCOMPARE(run("project new unanswered").status, 0);
        const Answer answer = run("import unanswered unanswered.jsonl --json");
        QVERIFY2(answer.status == 0, answer.err.c_str());
        QCOMPARE(answer.lines().at(0)["malformed"].get<int>(), 0);
        QCOMPARE(answer.lines().at(0)["rejected"].get<int>(), 1);
    }

    void nothingKeptIsAFailure() {
        write("bad.jsonl", "{\"instruction\":\n{\"output\n");
        const Answer answer = run("import world bad.jsonl");
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.out.find("bad.jsonl:1: ") != std::string::npos, answer.out.c_str());
        QVERIFY(!answer.err.empty());
    }

    void searchFindsChinese() {
        const Answer answer = run("search world 首都 --json");
        QVERIFY2(answer.status == 0, answer.err.c_str());
        const auto rows = answer.lines();
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0]["query"].get<std::string>(), std::string("法国的首都是哪里？"));
        QCOMPARE(run("search world capital --answer-text beijing --json").lines().size(),
            std::size_t(1));
        QCOMPARE(run("search world nowhere --json").out, std::string());
        QCOMPARE(run("search world ...").status, 1);
    }

    void listsCanBeNarrowedAndPaged() {
        QCOMPARE(run("list world --json").lines().size(), std::size_t(3));
        QCOMPARE(run("list world --json --limit 1 --offset 1").lines().at(0)["id"].get<int>(), 2);
        QCOMPARE(run("list world --channel none --json").out, std::string());
        QVERIFY(run("list world").out.find("Capital of Italy?") != std::string::npos);
        QVERIFY(run("list world --status nonsense").status != 0);
    }

    void decisionsAreRecordedAndUndone() {
        QCOMPARE(run("review accept world 1 2").status, 0);
        QCOMPARE(run("review reject world 2").status, 0);
        QCOMPARE(run("list world --status accepted --json").lines().size(), std::size_t(1));
        const auto history = run("review history world 2 --json").lines();
        QCOMPARE(history.size(), std::size_t(2));
        QCOMPARE(history[0]["author"].get<std::string>(), std::string("anna"));
        QVERIFY(history[0]["bulk"].get<bool>());
        QCOMPARE(run("review undo world").status, 0);
        QCOMPARE(run("list world --status accepted --json").lines().size(), std::size_t(2));
        QCOMPARE(run({QStringLiteral("review"), QStringLiteral("edit"), QStringLiteral("world"),
                         QStringLiteral("2"), QStringLiteral("--answer"), QStringLiteral("Paris")})
                     .status,
            0);
        QCOMPARE(run("search world paris --json").lines().size(), std::size_t(1));
        QCOMPARE(run("review undo world 2").status, 0);
        QCOMPARE(run("search world paris --json").out, std::string());
        QCOMPARE(run("review redo world").status, 0);
        QCOMPARE(run("search world paris --json").lines().size(), std::size_t(1));
        QCOMPARE(run("review undo world").status, 0);
        QCOMPARE(run("review accept world 77").status, 1);
        QVERIFY(run("review accept world").status != 0);
        QCOMPARE(run("project rebuild world").status, 0);
        QCOMPARE(run("list world --status accepted --json").lines().size(), std::size_t(2));
    }

    void exportWritesWhatTheFilterChooses() {
        QCOMPARE(run("project view world french --text France").status, 0);
        const Answer answer = run("export world out.jsonl --format alpaca --view french --json");
        QVERIFY2(answer.status == 0, answer.err.c_str());
        QCOMPARE(answer.lines().at(0)["written"].get<int>(), 1);
        std::ifstream file(at("out.jsonl").toStdString());
        std::string line;
        std::getline(file, line);
        QCOMPARE(Json::parse(line)["output"].get<std::string>(), std::string("Beijing"));
        QVERIFY(run("export world out.xyz --format nonsense").status != 0);
    }

    void projectsAreListedDescribedAndCopied() {
        const Json info = run("project info world --json --check").lines().at(0);
        QCOMPARE(info["name"].get<std::string>(), std::string("World"));
        QCOMPARE(info["samples"].get<int>(), 3);
        QCOMPARE(run("project copy world twin").status, 0);
        QCOMPARE(run("project copy world twin").status, 1);
        bool listed = false;
        for (const Json& line : run("project list --json").lines())
            listed = listed || line["folder"].get<std::string>().ends_with("twin.assay");
        QVERIFY(listed);
        QCOMPARE(run("list twin --json").lines().size(), std::size_t(3));
    }

    void whatIsWrongIsNamed() {
        const Answer absent = run("list nowhere");
        QCOMPARE(absent.status, 1);
        QVERIFY(absent.err.find("nowhere") != std::string::npos);
        QCOMPARE(run("import world absent.jsonl").status, 1);
        QVERIFY(run("import world rows.jsonl --map nonsense").status != 0);
        QVERIFY(run("import world rows.jsonl --role bot=king").status != 0);
    }

    void aFullDiskEndsWithAMessage() {
        std::string rows;
        for (int i = 0; i < 6000; ++i)
            rows += row("q", std::string(400, 'x') + std::to_string(i));
        write("many.jsonl", rows);
        const Answer answer
            = run({QStringLiteral("import"), QStringLiteral("world"), QStringLiteral("many.jsonl")},
                rlim_t(2'000'000));
        QCOMPARE(answer.status, 1);
        QVERIFY2(answer.err.find("no space") != std::string::npos, answer.err.c_str());
        QCOMPARE(run("list world --json").lines().size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(TestProjectVerbs)
#include "test_project_verbs.moc"
