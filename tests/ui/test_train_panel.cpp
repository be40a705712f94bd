#include "core/base/file.h"
#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/controls.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/train/batch_view.h"
#include "ui/panels/train/changes_view.h"
#include "ui/panels/train/estimate_view.h"
#include "ui/panels/train/label_view.h"
#include "ui/panels/train/new_model_dialog.h"
#include "ui/panels/train/parameter_form.h"
#include "ui/panels/train/queue_view.h"
#include "ui/panels/train/source_pickers.h"
#include "ui/panels/train/train_draft.h"
#include "ui/panels/train/train_panel.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTextEdit>

#include <fstream>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

constexpr const char* modelPath = "models/stories260k-hf";
constexpr int patienceMs = 120'000; // libtorch from a cold disk on a busy machine

QString key(const char* text) {
    return QString::fromLatin1(text);
}

void type(ParameterRow* row, const QString& text) {
    auto* line = qobject_cast<QLineEdit*>(row->editor());
    QVERIFY(line);
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

} // namespace

/// The panel on a real project and a real model; where a run is started, with the real engine.
class TestTrainPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_selection = std::make_unique<SelectionContext>();
        m_engine = std::make_unique<EngineSession>();
        m_engine->setCommand(EngineSession::defaultCommand(toQString(binaryFolder())));
        m_models = std::make_unique<EngineModels>(m_engine.get());
        m_project = std::make_unique<ProjectAccess>();
        m_jobs = std::make_unique<JobWatcher>();
        m_panel = std::make_unique<TrainPanel>(Services{m_selection.get(), m_project.get(),
            m_engine.get(), m_models.get(), m_jobs.get(), m_settings.get()});
        m_panel->resize(1300, 820);
        m_panel->show();
    }
    void cleanup() {
        m_panel.reset();
        m_jobs.reset();
        m_project.reset();
        m_models.reset();
        m_engine.reset();
        m_selection.reset();
    }

    void everyFieldOfTheSpecHasAnEditorOfItsType() {
        QCOMPARE(std::size_t(form()->keys().size()), specFields().size());
        for (const SpecField& field : specFields()) {
            ParameterRow* row = form()->row(QString::fromStdString(field.key));
            QVERIFY2(row, field.key.c_str());
            QVERIFY2(!row->editor()->accessibleName().isEmpty(), field.key.c_str());
            if (field.type == FieldType::Flag)
                QVERIFY(qobject_cast<QCheckBox*>(row->editor()));
            else if (field.type == FieldType::Choice)
                QCOMPARE(
                    qobject_cast<QComboBox*>(row->editor())->count(), int(field.choices.size()));
            else
                QVERIFY(qobject_cast<QLineEdit*>(row->editor()));
        }
    }

    void aWrongValueIsSaidBesideItsFieldAndStopsTheLaunch() {
        open();
        chooseSmallRun();
        QTRY_VERIFY(m_panel->launchButton()->isEnabled());
        ParameterRow* rate = form()->row(key("optimizer.learning_rate"));
        type(rate, QStringLiteral("fast"));
        QVERIFY2(rate->remark().startsWith(QStringLiteral("✕")), qPrintable(rate->remark()));
        QVERIFY(!m_panel->launchButton()->isEnabled());
        QVERIFY2(m_panel->reason().contains(QStringLiteral("Learning rate")),
            qPrintable(m_panel->reason()));
        type(rate, QStringLiteral("0"));
        QVERIFY(rate->remark().contains(QStringLiteral("above 0")));
        type(rate, QStringLiteral("5e-4"));
        QVERIFY2(rate->remark().isEmpty(), qPrintable(rate->remark()));
        QVERIFY(m_panel->launchButton()->isEnabled());
        QCOMPARE(m_panel->draft()->spec()->optimizer.learningRate, 5e-4);
    }

    void anUnusualValueIsPointedOutAndNotForbidden() {
        open();
        chooseSmallRun();
        QTRY_VERIFY(m_panel->planner()->planned());
        ParameterRow* rate = form()->row(key("optimizer.learning_rate"));
        type(rate, QStringLiteral("0.5"));
        QVERIFY2(rate->remark().contains(QStringLiteral("Above what is usual here")),
            qPrintable(rate->remark()));
        QVERIFY(m_panel->launchButton()->isEnabled());
    }

    void labelsAreTheTokensThatTrainingGives() {
        open();
        chooseSmallRun();
        QTRY_VERIFY(!m_panel->labels()->text()->toPlainText().isEmpty());
        const QString text = m_panel->labels()->text()->toPlainText();
        QVERIFY2(text.contains(QStringLiteral("read, not trained · ")), qPrintable(text));
        QVERIFY2(
            text.contains(QStringLiteral("The capital of Japan is Tokyo.</s>")), qPrintable(text));
        // The trained part is underlined, the question is not: never colour alone.
        QTextDocument* document = m_panel->labels()->text()->document();
        const QTextCursor answer = document->find(QStringLiteral("Tokyo"));
        QVERIFY(answer.charFormat().underlineStyle() == QTextCharFormat::SingleUnderline);
        const QTextCursor question = document->find(QStringLiteral("What"));
        QVERIFY(question.charFormat().underlineStyle() == QTextCharFormat::NoUnderline);
    }

    void aProblemIsCountedAndJumpedTo() {
        open();
        chooseSmallRun();
        m_panel->draft()->setValue(key("data.max_length"), 20);
        const auto* button = m_panel->labels()->problemButton(LabelProblem::CutAnswer);
        QTRY_VERIFY(button->isEnabled());
        m_panel->labels()->problemButton(LabelProblem::CutAnswer)->click();
        const qint64 row = m_panel->labels()->row();
        QVERIFY(m_panel->planner()->planned()->survey->rows[std::size_t(row)].has(
            LabelProblem::CutAnswer));
        QTRY_VERIFY(m_panel->labels()->text()->toPlainText().contains(
            QStringLiteral("cut off, never seen")));
    }

    void batchesShowEveryRowOnce() {
        open();
        chooseSmallRun();
        QTRY_VERIFY(m_panel->planner()->planned());
        m_panel->showView(TrainPanel::Batches);
        QVERIFY2(m_panel->batches()->summary().contains(QStringLiteral("steps in an epoch")),
            qPrintable(m_panel->batches()->summary()));
        std::set<std::int64_t> seen;
        for (const auto& micro : *m_panel->planner()->planned()->firstEpoch)
            for (const std::int64_t index : micro)
                QVERIFY(seen.insert(index).second);
        QCOMPARE(seen.size(), m_panel->planner()->planned()->trainRows.size());
        BatchBars* bars = m_panel->batches()->bars();
        QVERIFY(bars->rowAt({bars->viewport()->width() / 4, 12}) >= 0);
        QCOMPARE(bars->rowAt({2, 12}), qint64(-1));
    }

    void aPresetIsLaidOverAndOwnOnesAreKept() {
        Json values = builtInPresets().front().values;
        Json spec = m_panel->draft()->json();
        QVERIFY(applyPreset(spec, values));
        m_panel->draft()->setJson(spec);
        QCOMPARE(m_panel->draft()->value(key("schedule.max_steps")).get<int>(), 30);
        QCOMPARE(qobject_cast<QLineEdit*>(form()->row(key("schedule.max_steps"))->editor())->text(),
            QStringLiteral("30"));
    }

    void withoutAProjectTheReasonIsSaid() {
        QVERIFY(!m_panel->launchButton()->isEnabled());
        QVERIFY(m_panel->reason().contains(QStringLiteral("Open a project")));
    }

    void aNewModelCountsItsParametersLive() {
        NewModelDialog dialog(m_panel->launcher(),
            {QString(), m_folder->path(), {{QStringLiteral("text"), 3}}, {}}, Json(), nullptr);
        dialog.dataBox()->setCurrentIndex(1);
        dialog.vocabularyBox()->setValue(2000);
        dialog.sizeBox("hidden_size")->setValue(128);
        dialog.sizeBox("intermediate_size")->setValue(352);
        dialog.sizeBox("layers")->setValue(4);
        dialog.sizeBox("heads")->setValue(4);
        dialog.sizeBox("kv_heads")->setValue(2);
        // 2000 x 128, and in each layer 128 x 32 x (4 + 2 + 2 + 4) + 3 x 128 x 352 + 2 x 128; 128.
        const qint64 layer = 128 * 32 * 12 + 3 * 128 * 352 + 256;
        QCOMPARE(dialog.parameterCount(), qint64(2000 * 128 + 4 * layer + 128));
        dialog.sizeBox("heads")->setValue(3);
        QCOMPARE(dialog.parameterCount(), qint64(0));
        QVERIFY(dialog.problem().contains(QStringLiteral("multiple of the attention heads (3)")));
        QVERIFY(!dialog.createButton()->isEnabled());
    }

    void aRunIsLaunchedAndTheRunsPanelIsAskedFor() {
        if (!needEngine())
            QSKIP("assay-cli with its engine is not built");
        open();
        chooseSmallRun();
        m_panel->draft()->setValue(key("schedule.max_steps"), 2);
        m_panel->draft()->setValue(key("name"), "first try");
        QTRY_VERIFY(m_panel->launchButton()->isEnabled());
        QSignalSpy wanted(m_selection.get(), &SelectionContext::panelWanted);
        m_panel->launchButton()->click();
        QVERIFY(m_panel->reason().contains(QStringLiteral("Copying the rows")));
        QTRY_VERIFY_WITH_TIMEOUT(wanted.count() == 1, patienceMs);
        QCOMPARE(wanted.first().first().toString(), QStringLiteral("runs"));
        const auto job = JobFolder::open(m_selection->run().toStdString());
        ASSAY_VERIFY_RESULT(job);
        QCOMPARE(job->path().filename().string(), std::string("first-try"));
        QTRY_COMPARE_WITH_TIMEOUT(
            job->state().value_or(JobState()).phase, JobPhase::Done, patienceMs);
        // The next draft is compared with it.
        m_jobs->watch(toQString(job->path().parent_path()));
        m_panel->draft()->setValue(key("optimizer.learning_rate"), 7e-4);
        QTRY_VERIFY(m_jobs->hasScanned());
        QTRY_VERIFY(m_panel->changes()->count() > 0 || m_jobs->jobs().empty());
    }

    void stepsAreMeasuredAndShownBesideTheEstimate() {
        if (!needEngine())
            QSKIP("assay-cli with its engine is not built");
        open();
        chooseSmallRun();
        QTRY_VERIFY(m_panel->measureButton()->isEnabled());
        QVERIFY(m_panel->estimate()->timeText().contains(QStringLiteral("assumed")));
        m_panel->measureButton()->click();
        QCOMPARE(m_panel->measureButton()->text(), QStringLiteral("Cancel"));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_panel->estimate()->timeText().contains(QStringLiteral("measured over 3 step")),
            patienceMs);
        QVERIFY(m_panel->estimate()->memoryText().contains(QStringLiteral("measured at the peak")));
    }

    void aQueuedRunIsShownAndTakenOut() {
        if (!needEngine())
            QSKIP("assay-cli with its engine is not built");
        open();
        ASSAY_VERIFY_RESULT(setQueuePaused(
            m_panel->launcher()->jobsFolder().toStdString(), true)); // nothing shall run here
        chooseSmallRun();
        QTRY_VERIFY(m_panel->queueButton()->isEnabled());
        m_panel->queueButton()->click();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_panel->launcher()->queue().jobs.size(), std::size_t(1), patienceMs);
        auto* card = m_panel->findChild<QueueCard*>();
        QCOMPARE(card->pauseButton()->text(), QStringLiteral("Resume"));
        card->list()->setCurrentRow(0);
        card->removeButton()->click();
        QTRY_VERIFY(m_panel->launcher()->queue().jobs.empty());
    }

private:
    ParameterForm* form() const { return m_panel->form(); }
    static bool needEngine() {
        return std::filesystem::exists(binaryFolder() / "assay-cli")
            && std::filesystem::exists(binaryFolder() / "libassay_engine.so")
            && std::filesystem::exists(dataFolder() / modelPath);
    }

    void open() {
        const std::filesystem::path folder
            = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        auto project = Project::create(folder);
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path file
            = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream out(file);
        const auto put = [&out](const std::string& question, const std::string& answer) {
            out << dumpJson(Json{{"messages",
                {{{"role", "user"}, {"content", question}},
                    {{"role", "assistant"}, {"content", answer}}}}})
                << "\n";
        };
        put("What is the capital of Japan?", "The capital of Japan is Tokyo.");
        for (int i = 0; i < 20; ++i)
            put("Name a fruit.", "Fruit number " + std::to_string(i) + " is an apple.");
        out.close();
        const std::filesystem::path files[] = {file};
        const auto taken = project->imports().importFiles(files, {});
        ASSAY_VERIFY_RESULT(taken);
        bool isOpen = false;
        m_project->open(toQString(folder), this, [&](Result<ProjectAccess::Opened> opened) {
            ASSAY_VERIFY_RESULT(opened);
            m_selection->setProject(opened->folder);
            isOpen = true;
        });
        QTRY_VERIFY(isOpen);
    }

    void chooseSmallRun() {
        if (!std::filesystem::exists(dataFolder() / modelPath))
            QSKIP("test material is absent");
        m_panel->pickers()->chooseModel(toQString(dataFolder() / modelPath));
        m_panel->draft()->setValues({{"chat_template", "plain"}, {"data.max_length", 64},
            {"schedule.micro_batch_tokens", 128}, {"optimizer.learning_rate", 5e-4},
            {"evaluation.probe_prompts", 1}, {"evaluation.probe_max_new", 4}, {"threads", 1}});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SelectionContext> m_selection;
    std::unique_ptr<EngineSession> m_engine;
    std::unique_ptr<EngineModels> m_models;
    std::unique_ptr<ProjectAccess> m_project;
    std::unique_ptr<JobWatcher> m_jobs;
    std::unique_ptr<TrainPanel> m_panel;
};

ASSAY_WINDOW_TEST_MAIN(TestTrainPanel)
#include "test_train_panel.moc"
