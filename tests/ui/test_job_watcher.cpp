#include "core/base/file.h"
#include "tests/ui/window_test.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/job_list_model.h"
#include "ui/panels/runs/loss_view.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/service/job_scanner.h"
#include "ui/service/job_watcher.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

/// A job folder as a training process leaves it.
class JobOnDisk {
public:
    JobOnDisk(const QString& jobs, const char* name) {
        TrainSpec spec;
        spec.name = name;
        spec.model.path = "/models/base";
        spec.data.files = {"/data/rows.jsonl"};
        auto made = JobFolder::create(jobs.toStdString() + "/" + name, spec, "/");
        if (!made)
            qFatal("%s", message(made.error()).c_str());
        m_folder.emplace(std::move(*made));
    }
    QString path() const { return QString::fromStdString(m_folder->path().string()); }
    void state(JobPhase phase, std::int64_t step, std::int64_t rewinds = 0) {
        JobState state = *m_folder->state();
        state.phase = phase;
        state.step = step;
        state.totalSteps = 100;
        state.attempt = 1;
        state.rewinds = rewinds;
        state.started = "2026-01-01T00:00:00.000Z";
        if (!writeFileAtomically(m_folder->stateFile(), dumpJson(jobStateToJson(state))))
            qFatal("state");
    }
    void metrics(const std::string& lines, bool anew = false) {
        std::ofstream file(m_folder->metricsFile(), anew ? std::ios::trunc : std::ios::app);
        file << lines;
    }

private:
    std::optional<JobFolder> m_folder;
};

std::string line(int step, const std::string& loss, double epoch) {
    return "{\"step\":" + std::to_string(step) + ",\"epoch\":" + std::to_string(epoch)
        + ",\"loss\":" + loss + ",\"lr\":0.001,\"tokens\":" + std::to_string(step * 100) + "}\n";
}

} // namespace

class TestJobWatcher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void jobsAppearAndTheirMetricsFollow() {
        JobWatcher watcher;
        watcher.watch(m_folder->path());
        QTRY_VERIFY(watcher.hasScanned());
        QVERIFY(watcher.jobs().empty());
        JobOnDisk job(m_folder->path(), "a");
        job.state(JobPhase::Running, 2);
        job.metrics(line(1, "3.5", 0.5) + line(2, "\"NaN\"", 1) + "{\"step\":3,\"lo");
        QTRY_COMPARE(watcher.jobs().size(), std::size_t(1));
        QTRY_COMPARE(watcher.jobs()[0].state.step, std::int64_t(2));
        QVERIFY(watcher.jobs()[0].interrupted()); // nobody holds the lock
        watcher.focus(watcher.jobs()[0].folder);
        QTRY_VERIFY(watcher.metricsLoaded());
        QTRY_COMPARE(watcher.metrics().size(), std::size_t(2)); // the torn line waits
        QCOMPARE(watcher.metrics()[0].loss, 3.5);
        QVERIFY(std::isnan(watcher.metrics()[1].loss));
        QSignalSpy added(&watcher, &JobWatcher::metricsAdded);
        job.metrics("ss\":2.5,\"eval_loss\":2.75}\n");
        QTRY_COMPARE(watcher.metrics().size(), std::size_t(3));
        QVERIFY(added.count() >= 1);
        QCOMPARE(watcher.metrics()[2].evalLoss, 2.75);
        QVERIFY(watcher.metrics()[2].evaluated);
    }

    void goingBackToACheckpointStartsTheCurveAnew() {
        JobOnDisk job(m_folder->path(), "a");
        job.state(JobPhase::Running, 3);
        job.metrics(line(1, "3", 0.1) + line(2, "2", 0.2) + line(3, "9", 0.3));
        JobWatcher watcher;
        watcher.watch(m_folder->path());
        watcher.focus(job.path());
        QTRY_COMPARE(watcher.metrics().size(), std::size_t(3));
        job.metrics(line(1, "3", 0.1) + line(2, "1.5", 0.2), true);
        job.state(JobPhase::Running, 2, 1);
        QTRY_COMPARE(watcher.metrics().size(), std::size_t(2));
        QCOMPARE(watcher.metrics()[1].loss, 1.5);
    }

    void lastLossIsThatOfTheLastWholeLineWithOne() {
        const std::string file = m_folder->filePath(QStringLiteral("m.jsonl")).toStdString();
        QVERIFY(std::isnan(lastLossIn(file)));
        std::ofstream(file) << line(1, "3.5", 0) << line(2, "2.25", 0)
                            << "{\"step\":2,\"eval_loss\":1}\n{\"loss\":7";
        QCOMPARE(lastLossIn(file), 2.25);
    }

    void listKeepsItsRowsWhenOnlyStatesChange() {
        JobListModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        JobSummary a;
        a.folder = a.name = QStringLiteral("a");
        a.state.started = "2026-01-01";
        JobSummary b = a;
        b.folder = b.name = QStringLiteral("b");
        b.state.started = "2026-02-01";
        model.setJobs({a, b});
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("b")); // newest first
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        a.state.phase = JobPhase::Done;
        a.state.step = a.state.totalSteps = 600;
        a.lastLoss = 1.2345;
        model.setJobs({a, b});
        QCOMPARE(reset.count(), 0);
        QCOMPARE(
            model.index(1).data(JobListModel::StatusRole).toString(), QStringLiteral("done · 600"));
        QCOMPARE(model.index(1).data(JobListModel::LossRole).toString(), QStringLiteral("1.234"));
        a.lastLoss = std::nan("");
        model.setJobs({a, b});
        QCOMPARE(model.index(1).data(JobListModel::LossRole).toString(), QStringLiteral("NaN"));
        model.setJobs({});
        QCOMPARE(model.rowCount(), 0);
    }

    void nanIsAGapAndEvaluationLinesDoNotBreakTheCurve() {
        LossView view;
        view.resize(400, 300);
        std::vector<MetricPoint> points(4);
        for (int i = 0; i < 4; ++i) {
            points[std::size_t(i)].step = i + 1;
            points[std::size_t(i)].loss = i == 1 ? std::nan("") : 3.0 - i;
        }
        points[3].evaluated = true;
        points[3].evalLoss = 0.5;
        view.setPoints(points);
        QCOMPARE(view.graph(0)->dataCount(), 4);
        QVERIFY(std::isnan(view.graph(0)->data()->at(1)->value));
        QCOMPARE(view.graph(2)->dataCount(), 1);
        QCOMPARE(
            view.readingAt(2.1), QStringLiteral("step 2 · loss, nats a token NaN · smoothed NaN"));
        QVERIFY(view.readingAt(4).endsWith(QStringLiteral("held-out 0.5")));
        points.resize(5);
        points[4].step = 5;
        points[4].loss = 0.25;
        view.appendPoints(points);
        QCOMPARE(view.shownPoints(), 5);
        QCOMPARE(view.graph(0)->dataCount(), 5);
        view.setLogarithmic(true);
        QVERIFY(view.yAxis->range().lower > 0);
        view.setQuantity(RunQuantity::LearningRate);
        QCOMPARE(view.graph(1)->dataCount(), 0);
    }

    void panelIsEmptyThenFilledThenSaysWhatIsWrong() {
        SelectionContext selection;
        JobWatcher watcher;
        RunsPanel panel(&selection, &watcher);
        panel.resize(1100, 600);
        panel.show();
        const auto pages = panel.findChildren<StatePage*>();
        QCOMPARE(pages.size(), 2);
        selection.setProject(QStringLiteral("/p"));
        watcher.watch(m_folder->path());
        QTRY_COMPARE(pages[0]->title(), QStringLiteral("No runs yet"));
        JobOnDisk job(m_folder->path(), "a");
        job.state(JobPhase::Running, 0);
        QTRY_COMPARE(selection.run(), job.path());
        QTRY_COMPARE(pages[1]->title(), QStringLiteral("No step has been taken yet"));
        job.metrics(line(1, "3", 0.1));
        auto* view = panel.findChild<LossView*>();
        QTRY_COMPARE(view->shownPoints(), 1);
        QVERIFY(view->isVisible());
        QTRY_VERIFY(panel.isSettled());
        std::filesystem::remove(std::filesystem::path(job.path().toStdString()) / "spec.json");
        JobOnDisk broken(m_folder->path(), "b");
        std::ofstream(std::filesystem::path(broken.path().toStdString()) / "state.json") << "{";
        QTRY_VERIFY(watcher.job(broken.path()) && watcher.job(broken.path())->problem);
        selection.setRun(broken.path());
        QTRY_COMPARE(pages[1]->title(), QStringLiteral("This run has no curve"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

ASSAY_WINDOW_TEST_MAIN(TestJobWatcher)
#include "test_job_watcher.moc"
