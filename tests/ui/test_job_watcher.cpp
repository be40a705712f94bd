#include "tests/ui/job_on_disk.h"
#include "tests/ui/window_test.h"
#include "ui/service/job_scanner.h"
#include "ui/service/job_watcher.h"

#include <QTemporaryDir>

#include <cmath>

using namespace assay;
using namespace assay::test;

class TestJobWatcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void jobsAppearWithStateAndLoss() {
        JobWatcher watcher;
        watcher.watch(m_folder->path());
        QTRY_VERIFY(watcher.hasScanned());
        QVERIFY(watcher.jobs().empty());
        JobOnDisk job(m_folder->path(), "a");
        job.state(JobPhase::Running, 2);
        job.metrics(metricsLine(1, "3.5", 0.5) + metricsLine(2, "1.25", 1) + "{\"step\":3,\"lo");
        QTRY_COMPARE(watcher.jobs().size(), std::size_t(1));
        QTRY_COMPARE(watcher.jobs()[0].state.step, std::int64_t(2));
        QVERIFY(watcher.jobs()[0].interrupted()); // nobody holds the lock
        QTRY_COMPARE(watcher.jobs()[0].lastLoss, 1.25);
        std::filesystem::remove_all(job.path().toStdString());
        QTRY_VERIFY(watcher.jobs().empty());
    }

    void lastLossIsThatOfTheLastWholeLineWithOne() {
        const std::string file = m_folder->filePath(QStringLiteral("m.jsonl")).toStdString();
        QVERIFY(std::isnan(lastLossIn(file)));
        std::ofstream(file) << metricsLine(1, "3.5", 0) << metricsLine(2, "2.25", 0)
                            << "{\"step\":2,\"eval_loss\":1}\n{\"loss\":7";
        QCOMPARE(lastLossIn(file), 2.25);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

ASSAY_WINDOW_TEST_MAIN(TestJobWatcher)
#include "test_job_watcher.moc"
