#include "core/store/database.h"
#include "core/store/schema.h"
#include "core/store/window_lock.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

using namespace assay;
using namespace assay::test;

namespace fs = std::filesystem;

namespace {

void overwrite(const fs::path& path, std::size_t offset, const std::string& bytes) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(std::streamoff(offset));
    file << bytes;
}

} // namespace

class TestProject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void createMakesTheFoldersAndAppendsTheEnding() {
        Place place;
        auto project = Project::create(place / "facts", "Facts of the world");
        ASSAY_VERIFY_RESULT(project);
        QCOMPARE(project->folder(), place / "facts.assay");
        QCOMPARE(project->name(), std::string("Facts of the world"));
        QCOMPARE(project->uid().size(), std::size_t(36));
        for (const char* name : {"project.db", "jobs", "models", "corpora", "exports"})
            QVERIFY2(fs::exists(project->folder() / name), name);
        auto again = Project::create(place / "facts.assay");
        QVERIFY(!again);
        QCOMPARE(again.error().code, std::string("file.exists"));
        auto opened = Project::open(place / "facts"); // the ending may be left out here too
        ASSAY_VERIFY_RESULT(opened);
        QCOMPARE(opened->uid(), project->uid());
    }

    void whatIsNoProjectIsSaidToBeNone() {
        Place place;
        QCOMPARE(Project::open(place / "absent").error().code, std::string("file.missing"));
        fs::create_directory(place / "empty");
        QCOMPARE(Project::open(place / "empty").error().code, std::string("store.not_a_project"));
        // Another program's database is not touched.
        fs::create_directory(place / "other");
        {
            SQLite::Database db((place / "other" / "project.db").string(),
                SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            db.exec("CREATE TABLE notes (text)");
        }
        QCOMPARE(Project::open(place / "other").error().code, std::string("store.not_a_project"));
        SQLite::Database db((place / "other" / "project.db").string());
        QVERIFY(!db.tableExists("samples"));
    }

    void aNewerProjectIsRefusedAndLeftAlone() {
        Place place;
        QVERIFY(Project::create(place / "p").has_value());
        const fs::path path = place / "p.assay" / "project.db";
        const std::string newer = std::to_string(newestSchemaVersion() + 1);
        {
            SQLite::Database db(path.string(), SQLite::OPEN_READWRITE);
            db.exec("PRAGMA user_version=" + newer);
        }
        for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
            auto opened = Project::open(place / "p", mode);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, std::string("store.newer"));
            QVERIFY(message(opened.error()).find("data version " + newer) != std::string::npos);
            QVERIFY(!remedy(opened.error()).empty());
        }
    }

    void anOlderProjectIsBroughtUpToDateStepByStep() {
        Place place;
        fs::create_directory(place / "old.assay");
        const fs::path path = place / "old.assay" / "project.db";
        {
            // As the first version wrote it: no search index, no views.
            auto database = Database::open(path, DatabaseMode::Create);
            ASSAY_VERIFY_RESULT(database);
            ASSAY_VERIFY_RESULT(migrate(**database, 1));
            SQLite::Database& db = (*database)->handle();
            QVERIFY(!db.tableExists("views"));
            db.exec(
                "INSERT INTO channels VALUES (1, 'chat'); INSERT INTO imports(id, uid, created_ms, "
                "finished, "
                "options, kept) VALUES (1, x'01', 0, 1, '{}', 1);"
                "INSERT INTO samples(id, uid, import_id, line, byte, channel_id, kind, turns, "
                "query_chars, "
                "answer_chars, revision, query_preview, answer_preview) VALUES "
                "(1, x'00112233445566778899aabbccddeeff', 1, 1, 0, 1, 0, 1, 9, 2, x'00', 'q', 'a');"
                "INSERT INTO payloads VALUES (1, x'00', "
                "'{\"messages\":[{\"role\":\"user\",\"content\":"
                "\"法国的首都是哪里？\"},{\"role\":\"assistant\",\"content\":\"巴黎\"}]}')");
        }
        QCOMPARE(Project::open(place / "old", OpenMode::ReadOnly).error().code,
            std::string("store.older"));
        auto project = Project::open(place / "old");
        ASSAY_VERIFY_RESULT(project);
        SampleFilter filter;
        filter.text = "首都";
        QCOMPARE(*project->samples().count(filter), std::int64_t(1));
        // Words and a condition on the rows: the narrow index of the newest version is needed.
        filter.channels = {"chat"};
        QCOMPARE(*project->samples().count(filter), std::int64_t(1));
        ASSAY_VERIFY_RESULT(project->registry().saveView("capitals", filter));
        ASSAY_VERIFY_RESULT(project->check());
    }

    void aDamagedDatabaseIsNamedWithARemedy_data() {
        QTest::addColumn<int>("where");
        QTest::newRow("header") << 0;
        QTest::newRow("schema page") << 100;
    }
    void aDamagedDatabaseIsNamedWithARemedy() {
        QFETCH(int, where);
        Place place;
        QVERIFY(Project::create(place / "p").has_value());
        const fs::path path = place / "p.assay" / "project.db";
        overwrite(path, std::size_t(where), std::string(300, '\x5a'));
        for (const OpenMode mode : {OpenMode::ReadWrite, OpenMode::ReadOnly}) {
            auto opened = Project::open(place / "p", mode);
            QVERIFY(!opened);
            QCOMPARE(opened.error().code, std::string("store.damaged"));
            QCOMPARE(std::string(opened.error().argument("path")), path.string());
            QVERIFY(remedy(opened.error()).find("recover") != std::string::npos);
        }
    }

    void checkFindsDamageThatOpeningDoesNotSee() {
        Place place;
        {
            auto project = Project::create(place / "p");
            ASSAY_VERIFY_RESULT(project);
            std::vector<Sample> samples;
            for (int i = 0; i < 500; ++i)
                samples.push_back(makeSample("q" + std::to_string(i), std::string(400, 'x')));
            ASSAY_VERIFY_RESULT(addSamples(*project, samples));
            ASSAY_VERIFY_RESULT(project->check());
        }
        const fs::path path = place / "p.assay" / "project.db";
        int page = 0;
        {
            SQLite::Database db(path.string());
            page = db.execAndGet("SELECT rootpage FROM sqlite_master WHERE name = 'payloads'")
                       .getInt();
        }
        overwrite(path, std::size_t(page - 1) * 4096, std::string(64, '\xff'));
        auto project = Project::open(place / "p");
        ASSAY_VERIFY_RESULT(project);
        auto checked = project->check();
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, std::string("store.damaged"));
        QCOMPARE(project->samples().sample(1).error().code, std::string("store.damaged"));
    }

    void aReaderCannotWrite() {
        Place place;
        QVERIFY(Project::create(place / "p").has_value());
        auto project = Project::open(place / "p", OpenMode::ReadOnly);
        ASSAY_VERIFY_RESULT(project);
        auto saved = project->registry().saveView("v", {});
        QVERIFY(!saved);
        QCOMPARE(saved.error().code, std::string("store.read_only"));
    }

    void aSecondWindowIsToldWhoHasTheProject() {
        Place place;
        QVERIFY(Project::create(place / "p").has_value());
        const fs::path folder = place / "p.assay";
        int ready[2];
        int finish[2];
        QVERIFY(::pipe(ready) == 0 && ::pipe(finish) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto lock = acquireWindowLock(folder);
            char byte = lock ? 'y' : 'n';
            if (::write(ready[1], &byte, 1) != 1 || ::read(finish[0], &byte, 1) < 0)
                ::_exit(1);
            ::_exit(0);
        }
        char byte = 0;
        QCOMPARE(::read(ready[0], &byte, 1), ssize_t(1));
        QCOMPARE(byte, 'y');
        auto second = acquireWindowLock(folder);
        QVERIFY(!second);
        QCOMPARE(second.error().code, std::string("store.window_open"));
        QVERIFY(message(second.error()).find(std::to_string(child)) != std::string::npos);
        QVERIFY(Project::open(folder).has_value()); // verbs work beside the window
        QCOMPARE(::write(finish[1], &byte, 1), ssize_t(1));
        ::waitpid(child, nullptr, 0);
        auto third = acquireWindowLock(folder);
        ASSAY_VERIFY_RESULT(third);
        QVERIFY(!acquireWindowLock(folder).has_value()); // one window in this process too
    }

    void aCopyOfAnOpenProjectIsWhole() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(addSamples(*project, {makeSample("q", "a"), makeSample("q2", "a2")}));
        fs::create_directories(project->jobsFolder() / "run-1");
        std::ofstream(project->jobsFolder() / "run-1" / "spec.json") << "{}";
        std::ofstream(project->jobsFolder() / "run-1" / "lock") << "1";
        auto lock = acquireWindowLock(project->folder());
        auto copied = project->copyTo(place / "copy");
        ASSAY_VERIFY_RESULT(copied);
        QCOMPARE(*copied, place / "copy.assay");
        QVERIFY(fs::exists(*copied / "jobs" / "run-1" / "spec.json"));
        QVERIFY(!fs::exists(*copied / "jobs" / "run-1" / "lock"));
        QVERIFY(!fs::exists(*copied / "window.lock"));
        auto copy = Project::open(*copied);
        ASSAY_VERIFY_RESULT(copy);
        QCOMPARE(*copy->samples().count(), std::int64_t(2));
        ASSAY_VERIFY_RESULT(copy->check());
        QCOMPARE(project->copyTo(place / "copy").error().code, std::string("file.exists"));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(project->copyTo(place / "other", {}, stop.get_token()).error().code,
            std::string("cancelled"));
        QVERIFY(!fs::exists(place / "other.assay"));
        QCOMPARE(Project::find(place / "")->size(), std::size_t(2));
    }

    void runsAndModelsAreRememberedRelativeToTheProject() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        const fs::path inside = project->jobsFolder() / "run-1";
        ASSAY_VERIFY_RESULT(project->registry().addRun(inside, "sft", "first", {{"loss", 1.5}}));
        auto renewed = project->registry().addRun(inside, "sft", "first", {{"loss", 0.5}});
        ASSAY_VERIFY_RESULT(renewed);
        QCOMPARE(renewed->folder, std::string("jobs/run-1"));
        auto runs = project->registry().runs();
        QCOMPARE(runs->size(), std::size_t(1));
        QCOMPARE(runs->front().summary["loss"].get<double>(), 0.5);
        QCOMPARE(project->registry().resolve("jobs/run-1"), inside);
        ASSAY_VERIFY_RESULT(project->registry().addModel("base", "/models/base"));
        QCOMPARE(project->registry().models()->front().path, std::string("/models/base"));
        QCOMPARE(project->registry().resolve("/models/base"), fs::path("/models/base"));
    }
};

QTEST_APPLESS_MAIN(TestProject)
#include "test_project.moc"
