#include "core/store/project.h"
#include "tests/core/store/store_fixture.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;

namespace {

std::string codeOf(const auto& result) {
    return result ? std::string() : result.error().code;
}

} // namespace

/// What a project asks of its people.
class TestTask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        auto project = Project::create(m_path);
        QVERIFY(project.has_value());
        m_project = std::make_unique<Project>(std::move(*project));
    }
    void cleanup() { m_project.reset(); }

    void aNewProjectHasTheDefaultTaskAndNoGuideline() {
        QCOMPARE(*m_project->task().definition(), defaultTask());
        const auto guideline = m_project->task().guideline();
        QCOMPARE(guideline->version, 0);
        QVERIFY(guideline->hash.empty());
    }

    void whatWasDefinedIsReadBackAlsoBySomebodyElse() {
        TaskDefinition task;
        task.criteria = {{"safe", "Is it safe?", 2, {"no", "yes"}}, {"定性", "", 10, {}}};
        task.rejectReasons = {"too long"};
        task.annotators = {"An", "Bo"};
        QVERIFY(m_project->task().define(task, "An").has_value());
        auto other = Project::open(m_path, OpenMode::ReadOnly);
        QCOMPARE(*other->task().definition(), task);
        QCOMPARE(*taskFromJson(taskToJson(task), "t"), task);
    }

    void whatCannotBeAskedIsRefused_data() {
        QTest::addColumn<QString>("json");
        QTest::newRow("no name") << QStringLiteral(R"({"criteria":[{"name":" "}]})");
        QTest::newRow("twice") << QStringLiteral(R"({"criteria":[{"name":"a"},{"name":"a"}]})");
        QTest::newRow("scale") << QStringLiteral(R"({"criteria":[{"name":"a","scale":11}]})");
        QTest::newRow("labels") << QStringLiteral(
            R"({"criteria":[{"name":"a","scale":3,"labels":["x","y"]}]})");
        QTest::newRow("reason twice") << QStringLiteral(R"({"reject_reasons":["x","x"]})");
        QTest::newRow("list") << QStringLiteral(R"({"criteria":{}})");
        QTest::newRow("array") << QStringLiteral("[]");
    }
    void whatCannotBeAskedIsRefused() {
        QFETCH(QString, json);
        const auto parsed = parseJson(json.toStdString(), "t");
        QCOMPARE(codeOf(taskFromJson(*parsed, "t")), std::string("store.task_value"));
        QCOMPARE(*m_project->task().definition(), defaultTask());
    }

    void anUnknownKeyIsAnError() {
        QVERIFY(!taskFromJson({{"criterias", Json::array()}}, "t"));
        QVERIFY(!taskFromJson({{"criteria", {{{"name", "a"}, {"scal", 3}}}}}, "t"));
    }

    void everyGuidelineIsKeptAndFoundByTheHashThatDecisionsName() {
        Task& task = m_project->task();
        const auto first = task.setGuideline("# One", "An");
        const auto again = task.setGuideline("# One", "Bo");
        QCOMPARE(again->version, 1);
        QCOMPARE(again->author, std::string("An"));
        const auto second = task.setGuideline("# Two", "Bo");
        QCOMPARE(second->version, 2);
        QVERIFY(second->hash != first->hash);
        const auto back = task.setGuideline("# One", "An");
        QCOMPARE(back->version, 3);
        QCOMPARE(back->hash, first->hash);
        QCOMPARE(task.guidelines()->size(), std::size_t(3));
        QCOMPARE(task.guidelineOf(second->hash)->text, std::string("# Two"));
        QCOMPARE(codeOf(task.guidelineOf("abc")), std::string("store.guideline_missing"));
        QCOMPARE(task.guideline()->version, 3);
    }

    void placesAreKeptByQueueAndPerson() {
        Task& task = m_project->task();
        QVERIFY(!task.place("q", "An")->has_value());
        QVERIFY(task.setPlace("q", "An", 7).has_value());
        QVERIFY(task.setPlace("q", "An", 9).has_value());
        QVERIFY(task.setPlace("q", "Bo", 3).has_value());
        QCOMPARE(**task.place("q", "An"), std::int64_t(9));
        QCOMPARE(**task.place("q", "Bo"), std::int64_t(3));
        QVERIFY(!task.place("other", "An")->has_value());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
    std::unique_ptr<Project> m_project;
};

QTEST_GUILESS_MAIN(TestTask)
#include "test_task.moc"
