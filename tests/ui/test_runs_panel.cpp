#include "core/job/control.h"
#include "core/job/job_writer.h"
#include "tests/ui/job_on_disk.h"
#include "tests/ui/window_test.h"
#include "ui/common/export_view.h"
#include "ui/common/plot/curve_plot.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/findings_view.h"
#include "ui/panels/runs/run_controls.h"
#include "ui/panels/runs/run_details.h"
#include "ui/panels/runs/run_list_model.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/service/job_watcher.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QTemporaryDir>

#include <cmath>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestRunsPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("w.ini")));
        QDir(m_folder->path()).mkdir(QStringLiteral("jobs"));
    }
    void cleanup() {
        close();
        m_settings.reset();
    }

    void listKeepsItsRowsAndTheSelectionWhileRunsComeAndGo() {
        RunListModel model;
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
        LogSummary log;
        log.place = {LogKind::TrainerLog, "/x/trainer_log.jsonl", "x"};
        model.addLog(log);
        model.addLog(log);
        QCOMPARE(model.rowCount(), 3);
        QPersistentModelIndex kept = model.index(1);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        a.state.phase = JobPhase::Done;
        a.state.step = a.state.totalSteps = 600;
        a.lastLoss = 1.2345;
        JobSummary c = b;
        c.folder = c.name = QStringLiteral("c");
        c.state.started = "2026-03-01";
        model.setJobs({a, c});
        QCOMPARE(reset.count(), 0);
        QCOMPARE(kept.row(), 1);
        QCOMPARE(kept.data(RunListModel::StatusRole).toString(), QStringLiteral("done · 600"));
        QCOMPARE(kept.data(RunListModel::LossRole).toString(), QStringLiteral("1.234"));
        a.state.started = "2026-04-01"; // it went on: now the newest
        a.lastLoss = std::nan("");
        model.setJobs({a, c});
        QCOMPARE(kept.row(), 0);
        QCOMPARE(kept.data(RunListModel::LossRole).toString(), QStringLiteral("NaN"));
        model.removeLog(QStringLiteral("/x/trainer_log.jsonl"));
        model.setJobs({});
        QCOMPARE(model.rowCount(), 0);
    }

    void panelIsEmptyThenFilledThenSaysWhatIsWrong() {
        open();
        QTRY_VERIFY(hasPage(QStringLiteral("No runs yet")));
        JobOnDisk job(jobs(), "a");
        job.state(JobPhase::Running, 0);
        QTRY_COMPARE(m_selection->run(), job.path());
        QTRY_VERIFY(hasPage(QStringLiteral("No step has been taken yet")));
        job.metrics(metricsLine(1, "3", 0.1) + metricsLine(2, "\"NaN\"", 0.2) + "{\"step\":3,\"lo");
        QTRY_COMPARE(points(), 2); // the torn line waits
        QVERIFY(std::isnan(m_panel->plot()->series()[0]->y[1]));
        QVERIFY(m_panel->notice().contains(QStringLiteral("Go on"))); // nobody holds the lock
        job.metrics("ss\":2.5}\n");
        QTRY_COMPARE(points(), 3);
        QTRY_VERIFY(m_panel->findings()
                        ->sentences()
                        .join(QLatin1Char(' '))
                        .contains(QStringLiteral("step 2")));
        // Damaged under the window, then gone: states, no crash.
        std::ofstream(fs::path(job.path().toStdString()) / "state.json") << "{";
        QTRY_VERIFY(m_panel->notice().contains(QStringLiteral("state.json")));
        QCOMPARE(points(), 3);
        fs::remove_all(job.path().toStdString());
        QTRY_VERIFY(hasPage(QStringLiteral("No runs yet")));
        QVERIFY(hasPage(QStringLiteral("No run chosen")));
    }

    void goingBackToACheckpointStartsTheCurveAnew() {
        JobOnDisk job(jobs(), "a");
        job.state(JobPhase::Running, 3);
        job.metrics(metricsLine(1, "3", 0.1) + metricsLine(2, "2", 0.2) + metricsLine(3, "9", 0.3));
        open();
        QTRY_COMPARE(points(), 3);
        job.metrics(metricsLine(1, "3", 0.1) + metricsLine(2, "1.5", 0.2), true);
        job.state(JobPhase::Running, 2, 1);
        QTRY_COMPARE(points(), 2);
        QCOMPARE(m_panel->plot()->series()[0]->y[1], 1.5);
    }

    void aClickOnAStepShowsItsRowsHighestLossFirst() {
        JobOnDisk job(jobs(), "a");
        job.state(JobPhase::Done, 2);
        job.metrics(metricsLine(1, "3", 0.1) + metricsLine(2, "2", 0.2));
        const fs::path folder = job.path().toStdString();
        std::ofstream rows(folder / "data/rows.jsonl");
        std::ofstream samples(folder / "samples.jsonl");
        for (int i = 0; i < 6; ++i) {
            rows << "{\"row\":" << i << ",\"id\":\"id-" << i
                 << "\",\"sample\":{\"messages\":[{\"role\":\"user\",\"content\":\"question " << i
                 << "\"},{\"role\":\"assistant\",\"content\":\"answer " << i << "\"}]}}\n";
            samples << "{\"kind\":\"seen\",\"step\":" << 1 + i / 3 << ",\"row\":" << i
                    << ",\"id\":\"id-" << i
                    << "\",\"channel\":\"c\",\"loss\":" << (i == 4 ? "\"NaN\"" : std::to_string(i))
                    << ",\"tokens\":" << i << "}\n";
        }
        rows.close();
        samples.close();
        open();
        QTRY_COMPARE(points(), 2);
        QTest::keyClick(m_panel->plot(), Qt::Key_End);
        QTest::keyClick(m_panel->plot(), Qt::Key_Return);
        ValueModel* shown = m_panel->details()->table(RunDetails::Samples)->values();
        QTRY_COMPARE(shown->rowCount(), 3);
        QCOMPARE(shown->index(0, 0).data().toString(), QStringLiteral("NaN"));
        QCOMPARE(shown->index(1, 0).data().toString(), QStringLiteral("5.000"));
        QCOMPARE(shown->index(1, 3).data().toString(), QStringLiteral("question 5"));
        QCOMPARE(shown->index(1, 4).data().toString(), QStringLiteral("answer 5"));
        QCOMPARE(
            m_panel->details()->headline(), QStringLiteral("step 2 · 3 rows · 12 trained tokens"));
    }

    void anOrderIsShownAsAskedUntilTheJobAnswers() {
        JobOnDisk job(jobs(), "a");
        job.metrics(metricsLine(1, "3", 0.1));
        auto folder = JobFolder::open(job.path().toStdString());
        ASSAY_VERIFY_RESULT(folder);
        auto writer = JobWriter::acquire(*folder); // this process is the job
        ASSAY_VERIFY_RESULT(writer);
        ASSAY_VERIFY_RESULT((*writer)->updateState([](JobState& state) {
            state.phase = JobPhase::Running;
            state.step = 1;
        }));
        open();
        RunControls* controls = m_panel->controls();
        QTRY_VERIFY(controls->canPause());
        controls->send(ControlVerb::Pause);
        QCOMPARE(controls->answer(), QStringLiteral("pause asked"));
        QVERIFY(controls->isWaiting());
        std::vector<ControlCommand> commands;
        const auto heard = [&](std::size_t count) { // QTRY asks more than once
            const auto batch = (*writer)->pollControl();
            commands.insert(commands.end(), batch->begin(), batch->end());
            return commands.size() >= count;
        };
        QTRY_VERIFY(heard(1));
        QCOMPARE(commands[0].verb, ControlVerb::Pause);
        QVERIFY(controls->isWaiting());
        ASSAY_VERIFY_RESULT(
            (*writer)->updateState([](JobState& state) { state.phase = JobPhase::Paused; }));
        ASSAY_VERIFY_RESULT((*writer)->acknowledge(commands[0]));
        QTRY_COMPARE(controls->answer(), QStringLiteral("pause: done"));
        QVERIFY(controls->isPaused());
        // Reopened in mid-run: everything is there again.
        close();
        open();
        QTRY_VERIFY(m_panel->controls()->isPaused());
        QTRY_COMPARE(points(), 1);
        m_panel->controls()->send(ControlVerb::Stop);
        QTRY_VERIFY(heard(2));
        QCOMPARE(commands[1].verb, ControlVerb::Stop);
        writer->reset(); // it dies without a word
        QTRY_COMPARE(
            m_panel->controls()->answer(), QStringLiteral("the process ended before it answered"));
        QTRY_VERIFY(m_panel->controls()->canGoOn());
    }

    void logsOfOtherTrainersStandBesideTheRunsAndAreRemembered() {
        ASSAY_NEED_DATA("runs");
        open();
        const QString lora = toQString(dataFolder() / "runs/llamafactory-lora");
        m_panel->openLog(lora);
        QTRY_COMPARE(m_panel->runs()->rowCount(), 1);
        QTRY_COMPARE(points(), 675);
        QCOMPARE(m_panel->plot()->curves().size(), std::size_t(2)); // training and held-out
        QCOMPARE(m_panel->plot()->readings()[0].value, 1.5999);
        QTRY_VERIFY(m_panel->findings()
                        ->sentences()
                        .join(QLatin1Char(' '))
                        .contains(QStringLiteral("memorising")));
        m_panel->openLog(toQString(dataFolder() / "runs/trainer-state-long"));
        QTRY_COMPARE(m_panel->runs()->rowCount(), 2);
        QTRY_COMPARE(points(), 24000);
        // Both, laid over each other.
        m_panel->chooseRuns(m_panel->runs()->logPaths());
        QTRY_COMPARE(m_panel->plot()->series().size(), std::size_t(3));
        QTRY_COMPARE(m_panel->plot()->series()[2]->x.size(), std::size_t(24000));
        QVERIFY(
            m_panel->plot()->curves()[0].style.number != m_panel->plot()->curves()[2].style.number);
        m_panel->openLog(toQString(dataFolder() / "runs/hf-configs/qwen3-1.7b/config.json"));
        QTRY_VERIFY(m_panel->notice().contains(QStringLiteral("settings, no curve")));
        close();
        open();
        QTRY_COMPARE(m_panel->runs()->rowCount(), 2);
        m_panel->closeLog(m_panel->runs()->logPaths().first());
        close();
        open();
        QTRY_COMPARE(m_panel->runs()->rowCount(), 1);
    }

    void everyLogFolderOpensInThePanel() {
        ASSAY_NEED_DATA("runs");
        open();
        m_panel->openLog(toQString(dataFolder() / "runs"));
        QTRY_VERIFY_WITH_TIMEOUT(m_panel->runs()->rowCount() >= 22, 20'000);
        for (const QString& path : m_panel->runs()->logPaths()) {
            m_panel->chooseRuns({path});
            QTRY_VERIFY_WITH_TIMEOUT(m_panel->isSettled(), 20000);
            const bool drawn
                = !m_panel->plot()->series().empty() && !m_panel->plot()->series()[0]->x.empty();
            QVERIFY2(drawn || hasPage(QStringLiteral("This log has no numbers")), qPrintable(path));
        }
    }

    void pointsAreSavedInFullWithTheirNan() {
        JobOnDisk job(jobs(), "a");
        job.state(JobPhase::Done, 2);
        job.metrics(metricsLine(1, "3.25", 0.1) + metricsLine(2, "\"NaN\"", 0.2));
        open();
        QTRY_COMPARE(points(), 2);
        const QList<PanelExport> exports = m_panel->exports();
        QCOMPARE(exports.size(), 2);
        const QString csv = m_folder->filePath(QStringLiteral("points.csv"));
        ASSAY_VERIFY_RESULT(exports[1].prepare(csv)());
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY(text.startsWith("line,curve,step,x,value,smoothed\ntraining,loss,1,1,3.25,3.25"));
        QVERIFY(text.endsWith("\ntraining,loss,2,2,NaN,NaN\n"));
        for (const char* name : {"curve.svg", "curve.png"}) {
            const QString picture = m_folder->filePath(QLatin1String(name));
            ASSAY_VERIFY_RESULT(exports[0].write(picture));
            QVERIFY(QFileInfo(picture).size() > 1000);
        }
    }

private:
    QString jobs() const { return m_folder->filePath(QStringLiteral("jobs")); }
    void open() {
        m_selection = std::make_unique<SelectionContext>();
        m_watcher = std::make_unique<JobWatcher>();
        m_selection->setProject(m_folder->path());
        Services services;
        services.selection = m_selection.get();
        services.jobs = m_watcher.get();
        services.settings = m_settings.get();
        m_panel = std::make_unique<RunsPanel>(services);
        m_panel->resize(1300, 850);
        m_panel->show();
        m_watcher->watch(jobs());
    }
    void close() {
        m_panel.reset();
        m_watcher.reset();
        m_selection.reset();
    }
    int points() const {
        const auto& series = m_panel->plot()->series();
        return series.empty() ? 0 : int(series[0]->x.size());
    }
    bool hasPage(const QString& title) const {
        for (const auto* page : m_panel->findChildren<StatePage*>())
            if (page->title() == title && page->isVisibleTo(m_panel.get()))
                return true;
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SelectionContext> m_selection;
    std::unique_ptr<JobWatcher> m_watcher;
    std::unique_ptr<RunsPanel> m_panel;
};

ASSAY_WINDOW_TEST_MAIN(TestRunsPanel)
#include "test_runs_panel.moc"
