#include "core/data/exporter.h"
#include "core/store/database.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

#include <atomic>
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace assay;
using namespace assay::test;

namespace fs = std::filesystem;

namespace {

void writeLines(const fs::path& path, int count, const std::string& padding = {}) {
    std::ofstream file(path);
    for (int i = 0; i < count; ++i)
        file << Json{{"instruction", "question " + std::to_string(i) + padding}, {"input", ""},
            {"output", "answer " + std::to_string(i)}}
             << "\n";
}

Result<ImportRecord> importOne(Project& project, const fs::path& file,
    const ProgressFunction& progress = {}, StopToken stop = {}) {
    return project.imports().importFiles(std::span(&file, 1), {}, progress, stop);
}

/// Rows in tables that only an import writes.
std::int64_t leftBehind(const fs::path& folder) {
    SQLite::Database db((folder / "project.db").string(), SQLite::OPEN_READWRITE);
    db.exec("INSERT INTO search(search) VALUES ('integrity-check')");
    return db
        .execAndGet(
            "SELECT (SELECT count(*) FROM staged_samples) + (SELECT count(*) FROM payloads "
            "WHERE sample_id NOT IN (SELECT id FROM samples)) + (SELECT count(*) FROM imports "
            "WHERE finished = 0) + (SELECT count(*) FROM search_docsize "
            "WHERE id NOT IN (SELECT id FROM samples))")
        .getInt64();
}

int lockFiles(const fs::path& folder) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        count += entry.path().filename().string().starts_with("import-");
    return count;
}

// A process that has run parallel code cannot be forked and go on computing: the child is this
// program anew.

pid_t startChild(
    const char* task, const fs::path& project, int answerTo, const std::string& argument = {}) {
    const std::string descriptor = std::to_string(answerTo);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execl("/proc/self/exe", "test", task, project.c_str(), descriptor.c_str(),
            argument.c_str(), nullptr);
        ::_exit(127);
    }
    return child;
}

int importForEver(const fs::path& folder, int answerTo) {
    auto project = Project::open(folder);
    auto session = project ? project->imports().begin() : fail("internal");
    if (!session)
        return 1;
    for (int i = 0;; ++i) {
        if (!(*session)->accept(makeSample("question " + std::to_string(i), "answer")))
            return 1;
        if (i == 10'000 && ::write(answerTo, "x", 1) != 1)
            return 1;
    }
}

int importOnFullDisk(const fs::path& folder, int answerTo, const std::string& argument) {
    const std::size_t colon = argument.rfind(':');
    const rlim_t limit = std::stoull(argument.substr(colon + 1));
    // No file may grow beyond this: what a full disk looks like to a program.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit bound{limit, limit};
    std::string text;
    auto project = Project::open(folder);
    if (project && ::setrlimit(RLIMIT_FSIZE, &bound) == 0) {
        auto record = importOne(*project, argument.substr(0, colon));
        text = record ? "kept" : record.error().code;
        auto count = project->samples().count();
        text += count ? " " + std::to_string(*count) : " " + count.error().code;
    }
    return ::write(answerTo, text.data(), text.size()) < 0;
}

} // namespace

class TestImports : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theReportKeepsEveryRejectedRowWithItsPlace() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        const fs::path file = place / "rows.jsonl";
        std::ofstream(file)
            << R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]})"
            << "\n{\"messages\": [}\n"
            << R"({"messages":[{"role":"king","content":"q"},{"role":"assistant","content":"a"}]})"
            << "\n";
        auto record = importOne(*project, file);
        ASSAY_VERIFY_RESULT(record);
        QCOMPARE(record->kept, std::int64_t(1));
        QCOMPARE(record->rejected, std::int64_t(2));
        QCOMPARE(record->files.front().dialect, std::string("openai"));
        QVERIFY(!record->files.front().why.empty());
        // Read back by another connection, in pages.
        auto other = Project::open(place / "p", OpenMode::ReadOnly);
        auto first = other->imports().report(record->id, 1, 0);
        auto second = other->imports().report(record->id, 1, 1);
        ASSAY_VERIFY_RESULT(first);
        ASSAY_VERIFY_RESULT(second);
        QCOMPARE(first->front().row.line, std::int64_t(2));
        QVERIFY(first->front().row.byte > 80);
        QVERIFY(first->front().row.raw.find("{\"messages\": [}") != std::string::npos);
        QVERIFY(!message(first->front().row.reason).empty());
        QCOMPARE(second->front().row.line, std::int64_t(3));
        QVERIFY2(second->front().row.field.find("role") != std::string::npos,
            second->front().row.field.c_str());
        auto list = other->imports().list();
        QCOMPARE(list->size(), std::size_t(1));
        QCOMPARE(list->front().rejected, std::int64_t(2));
        QCOMPARE(list->front().files.front().path, file.string());
    }

    void aFileWithoutAnyGoodRowLeavesItsReport() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        const fs::path file = place / "bad.jsonl";
        std::ofstream(file) << "{\"messages\": 1}\n{\"messages\": 2}\n";
        ImportOptions options;
        options.dialect = "openai";
        auto record = project->imports().importFiles(std::span(&file, 1), options);
        ASSAY_VERIFY_RESULT(record);
        QCOMPARE(record->kept, std::int64_t(0));
        QCOMPARE(record->rejected, std::int64_t(2));
        QCOMPARE(project->imports().report(record->id)->size(), std::size_t(2));
        QCOMPARE(*project->samples().count(), std::int64_t(0));
    }

    void oneBadFileTakesBackTheWholeImport() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        writeLines(place / "good.jsonl", 10'000);
        const std::vector<fs::path> files = {place / "good.jsonl", place / "absent.jsonl"};
        auto record = project->imports().importFiles(files, {});
        QVERIFY(!record);
        QCOMPARE(record.error().code, std::string("file.missing"));
        QCOMPARE(*project->samples().count(), std::int64_t(0));
        QCOMPARE(leftBehind(place / "p.assay"), std::int64_t(0));
        QCOMPARE(lockFiles(place / "p.assay"), 0);
        QVERIFY(project->imports().list()->empty());
    }

    void cancellingTakesEverythingBack() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("kept question", "a")}));
        writeLines(place / "big.jsonl", 12'000);
        std::stop_source stop;
        bool stagedSeen = false;
        const auto progress = [&](const Progress& p) {
            if (p.done > p.total * 3 / 4) {
                SQLite::Database db((place / "p.assay" / "project.db").string());
                stagedSeen = db.execAndGet("SELECT count(*) FROM staged_samples").getInt() > 0;
                stop.request_stop();
            }
        };
        auto record = importOne(*project, place / "big.jsonl", progress, stop.get_token());
        QVERIFY(!record);
        QCOMPARE(record.error().code, std::string("cancelled"));
        QVERIFY(stagedSeen); // it had been written to the database in part
        QCOMPARE(*project->samples().count(), std::int64_t(1));
        QCOMPARE(leftBehind(place / "p.assay"), std::int64_t(0));
        SampleFilter filter;
        filter.text = "question";
        QCOMPARE(*project->samples().count(filter), std::int64_t(1));
        ASSAY_VERIFY_RESULT(importOne(*project, place / "big.jsonl"));
        QCOMPARE(*project->samples().count(filter), std::int64_t(12'001));
    }

    void anImportIsInvisibleUntilItIsFinished() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        auto session = project->imports().begin();
        ASSAY_VERIFY_RESULT(session);
        for (int i = 0; i < 5000; ++i)
            QVERIFY((*session)->accept(makeSample("question", "answer")).has_value());
        auto other = Project::open(place / "p");
        ASSAY_VERIFY_RESULT(other);
        QCOMPARE(*other->samples().count(), std::int64_t(0));
        SampleFilter filter;
        filter.text = "question";
        QCOMPARE(*other->samples().count(filter), std::int64_t(0));
        ASSAY_VERIFY_RESULT((*session)->finish());
        QCOMPARE(*other->samples().count(filter), std::int64_t(5000));
    }

    void aKilledImportLeavesTheProjectWhole() {
        Place place;
        {
            auto project = Project::create(place / "p");
            ASSAY_VERIFY_RESULT(project);
            ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("old", "sample")}));
        }
        int ready[2];
        QVERIFY(::pipe(ready) == 0);
        const pid_t child = startChild("import-for-ever", place / "p", ready[1]);
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        {
            // While it runs, another opening must not take it for abandoned.
            auto beside = Project::open(place / "p");
            ASSAY_VERIFY_RESULT(beside);
            QCOMPARE(lockFiles(place / "p.assay"), 1);
            QCOMPARE(*beside->samples().count(), std::int64_t(1));
        }
        ::kill(child, SIGKILL);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QVERIFY(leftBehind(place / "p.assay") > 0);

        auto project = Project::open(place / "p");
        ASSAY_VERIFY_RESULT(project);
        QCOMPARE(leftBehind(place / "p.assay"), std::int64_t(0));
        QCOMPARE(lockFiles(place / "p.assay"), 0);
        ASSAY_VERIFY_RESULT(project->check());
        QCOMPARE(*project->samples().count(), std::int64_t(1));
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("new", "sample")}));
        QCOMPARE(*project->samples().count(), std::int64_t(2));
    }

    void aFullDiskIsSaidAndLosesNothing() {
        Place place;
        std::int64_t before = 0;
        {
            auto project = Project::create(place / "p");
            ASSAY_VERIFY_RESULT(project);
            ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("old", "sample")}));
            before = *project->samples().count();
        }
        writeLines(place / "big.jsonl", 12'000, std::string(400, 'x'));
        const auto limit = rlim_t(fs::file_size(place / "p.assay" / "project.db") + 2'000'000);
        int result[2];
        QVERIFY(::pipe(result) == 0);
        const pid_t child = startChild("import-on-full-disk", place / "p", result[1],
            (place / "big.jsonl").string() + ":" + std::to_string(limit));
        char buffer[200] = {};
        QVERIFY(::read(result[0], buffer, sizeof buffer - 1) > 0);
        ::waitpid(child, nullptr, 0);
        QCOMPARE(QString::fromUtf8(buffer), QStringLiteral("store.full %1").arg(before));
        auto project = Project::open(place / "p");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(project->check());
        QCOMPARE(*project->samples().count(), before);
        QCOMPARE(leftBehind(place / "p.assay"), std::int64_t(0));
        ASSAY_VERIFY_RESULT(importOne(*project, place / "big.jsonl")); // with space again it works
    }

    void decisionsGoOnWhileAnImportRuns() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("q", "a"), makeSample("q2", "a2")}));
        writeLines(place / "big.jsonl", 12'000);
        std::atomic<bool> finished = false;
        std::string importError;
        std::thread importer([&] {
            auto own = Project::open(place / "p");
            auto record = own ? importOne(*own, place / "big.jsonl") : fail("internal");
            if (!record)
                importError = message(record.error());
            finished = true;
        });
        int decisions = 0;
        std::string decisionError;
        while (!finished && decisionError.empty()) {
            Decision decision;
            decision.kind = decisions % 2 == 0 ? EventKind::Accept : EventKind::Reject;
            decision.samples = {1, 2};
            decision.author = "anna";
            auto event = project->decisions().record(decision);
            if (!event)
                decisionError = message(event.error());
            ++decisions;
        }
        importer.join();
        QCOMPARE(importError, std::string());
        QCOMPARE(decisionError, std::string());
        QVERIFY(decisions > 1);
        QCOMPARE(*project->samples().count(), std::int64_t(12'002));
        QCOMPARE(*project->decisions().count(), std::int64_t(decisions));
        ASSAY_VERIFY_RESULT(project->check());
    }

    void twoImportsAtOnceKeepTheirRowsApart() {
        Place place;
        QVERIFY(Project::create(place / "p").has_value());
        writeLines(place / "a.jsonl", 6'000);
        writeLines(place / "b.jsonl", 6'000);
        std::string errors;
        const auto run = [&](const char* name) {
            return [&, name] {
                auto project = Project::open(place / "p");
                auto record = project ? importOne(*project, place / name) : fail("internal");
                if (!record || record->kept != 6'000)
                    errors += record ? "wrong count" : message(record.error());
            };
        };
        std::thread one(run("a.jsonl"));
        std::thread two(run("b.jsonl"));
        one.join();
        two.join();
        QCOMPARE(errors, std::string());
        auto project = Project::open(place / "p");
        for (const char* channel : {"a", "b"}) {
            SampleFilter filter;
            filter.channels = {channel};
            std::int64_t line = 0;
            bool inOrder = true;
            ASSAY_VERIFY_RESULT(
                project->samples().forEach(filter, [&](StoredSample&& sample) -> Result<void> {
                    inOrder = inOrder && sample.sample.provenance.line == ++line;
                    return {};
                }));
            QVERIFY(inOrder);
            QCOMPARE(line, std::int64_t(6'000));
        }
    }

    void aCopyTakenDuringAnImportIsWhole() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("q", "a")}));
        auto session = project->imports().begin();
        ASSAY_VERIFY_RESULT(session);
        std::atomic<bool> enough = false;
        std::atomic<int> added = 0;
        std::thread importer([&] {
            for (; !enough && (*session)->accept(makeSample("question", std::string(300, 'x')));
                 ++added) { }
        });
        while (added < 6000)
            std::this_thread::yield();
        auto reader = Project::open(place / "p", OpenMode::ReadOnly);
        auto copied = reader ? reader->copyTo(place / "copy") : Result<fs::path>(forward(reader));
        enough = true;
        importer.join();
        ASSAY_VERIFY_RESULT(copied);
        QVERIFY(leftBehind(*copied) > 0);
        auto copy = Project::open(*copied); // to which the import in the original means nothing
        ASSAY_VERIFY_RESULT(copy);
        QCOMPARE(*copy->samples().count(), std::int64_t(1));
        QCOMPARE(leftBehind(*copied), std::int64_t(0));
        ASSAY_VERIFY_RESULT(copy->check());
        auto record = (*session)->finish();
        ASSAY_VERIFY_RESULT(record);
        QCOMPARE(record->kept, std::int64_t(added));
    }

    void aGivenIdIsKeptAndNotTakenTwice() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        const std::string uid = "00112233-4455-4677-8899-aabbccddeeff";
        Sample sample = makeSample("q", "a");
        sample.uid = uid;
        auto record = addSamples(*project, {sample, sample});
        ASSAY_VERIFY_RESULT(record);
        QCOMPARE(record->kept, std::int64_t(1));
        QCOMPARE(record->rejected, std::int64_t(1));
        QCOMPARE(project->samples().sample(1)->sample.uid, uid);
        QCOMPARE(addSamples(*project, {sample})->kept, std::int64_t(0));
        QCOMPARE(project->imports().report(2)->front().row.reason.code,
            std::string("store.duplicate_sample"));
    }

    void realFilesComeBackAsTheyWere_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::newRow("English Alpaca") << "sft/llamafactory-alpaca/alpaca_en_demo.json"
                                        << "alpaca";
        QTest::newRow("Chinese Alpaca") << "sft/llamafactory-alpaca/alpaca_zh_demo.json"
                                        << "alpaca";
        QTest::newRow("tool calls") << "sft/llamafactory-toolcall/glaive_toolcall_en_demo.json"
                                    << "sharegpt";
    }
    void realFilesComeBackAsTheyWere() {
        QFETCH(QString, file);
        QFETCH(QString, format);
        const fs::path source = dataFolder() / file.toStdString();
        if (!fs::exists(source))
            QSKIP("test material is absent");
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        auto record = importOne(*project, source);
        ASSAY_VERIFY_RESULT(record);
        QCOMPARE(record->rejected, std::int64_t(0));
        const fs::path target = place / "out.json";
        auto exporter = makeExporter(format.toStdString(), target);
        ASSAY_VERIFY_RESULT(exporter);
        ASSAY_VERIFY_RESULT(project->samples().forEach(
            {}, [&](StoredSample&& stored) { return (*exporter)->add(stored.sample); }));
        ASSAY_VERIFY_RESULT((*exporter)->finish());
        auto before = readJsonFile(source);
        auto after = readJsonFile(target);
        ASSAY_VERIFY_RESULT(before);
        ASSAY_VERIFY_RESULT(after);
        QCOMPARE(after->size(), before->size());
        for (std::size_t i = 0; i < before->size(); ++i)
            QVERIFY2((*before)[i] == (*after)[i], dumpJson((*after)[i]).c_str());
    }
};

int main(int argc, char** argv) {
    if (argc == 5 && std::string_view(argv[1]) == "import-for-ever")
        return importForEver(argv[2], std::stoi(argv[3]));
    if (argc == 5 && std::string_view(argv[1]) == "import-on-full-disk")
        return importOnFullDisk(argv[2], std::stoi(argv[3]), argv[4]);
    TestImports test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_imports.moc"
