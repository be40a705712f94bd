#include "core/store/project.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace assay;
using namespace assay::test;

class TestPreferences : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void preferencesAreKeptUndoneAndLeaveTheSampleAlone() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath(QStringLiteral("p.assay")).toStdString();
        auto project = Project::create(path);
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path file = folder.filePath(QStringLiteral("a.jsonl")).toStdString();
        std::ofstream(file) << "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
        const std::filesystem::path files[] = {file};
        ASSAY_VERIFY_RESULT(project->imports().importFiles(files, {}));

        Decision decision;
        decision.kind = EventKind::Preference;
        decision.samples = {1};
        decision.author = "ann";
        decision.value = {{"choice", "a"}, {"a", "chosen"}, {"b", "rejected"}, {"left", "b"}};
        const auto recorded = project->decisions().record(decision);
        ASSAY_VERIFY_RESULT(recorded);
        decision.samples = {2};
        decision.value["choice"] = "tie";
        ASSAY_VERIFY_RESULT(project->decisions().record(decision));
        auto found = project->decisions().preferences();
        ASSAY_VERIFY_RESULT(found);
        QCOMPARE(found->size(), std::size_t(2));
        QCOMPARE((*found)[0].first, std::int64_t(1));
        QCOMPARE((*found)[0].second.after["left"].get<std::string>(), std::string("b"));
        const auto row = project->samples().row(1);
        ASSAY_VERIFY_RESULT(row);
        QVERIFY(row->status == ReviewStatus::Pending && !row->rating);
        ASSAY_VERIFY_RESULT(project->decisions().undo(recorded->uid, "ann"));
        found = project->decisions().preferences();
        ASSAY_VERIFY_RESULT(found);
        QCOMPARE(found->size(), std::size_t(1));
        ASSAY_VERIFY_RESULT(project->decisions().rebuildProjection());

        for (const char* key : {"choice", "a", "b", "left"}) {
            Decision broken = decision;
            broken.value.erase(key);
            const auto refused = project->decisions().record(broken);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, std::string("store.decision_value"));
        }
        decision.samples = {1, 2};
        QVERIFY(!project->decisions().record(decision));
    }
};

QTEST_APPLESS_MAIN(TestPreferences)
#include "test_preferences.moc"
