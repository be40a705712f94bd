#include "core/job/job_reader.h"
#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/data/data_table.h"
#include "ui/panels/data/data_table_model.h"
#include "ui/panels/data/import_dialog.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/inspected_text.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/panels/review/review_panel.h"
#include "ui/panels/runs/run_controls.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/train/source_pickers.h"
#include "ui/panels/train/train_draft.h"
#include "ui/panels/train/train_panel.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/status_line.h"

#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTimer>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int patienceMs = 120'000; // libtorch from a cold disk on a busy machine
constexpr const char* rowsFile = "sft/llamafactory-alpaca/alpaca_en_demo.json";
constexpr const char* modelFolder = "models/stories260k-hf";

} // namespace

/// A person's first afternoon: one window, one engine, one project, from a file on the disk to
/// exported pages. Each step goes on from the one before.
class TestWindowJourney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        prepareWindowTests();
        if (!std::filesystem::exists(binaryFolder() / "assay-cli")
            || !std::filesystem::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("assay-cli with its engine is not built");
        ASSAY_NEED_DATA("models/stories260k-hf/config.json");
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/alpaca_en_demo.json");
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_settings->set(Settings::keys().reviewer, QStringLiteral("An"));
        m_project = m_folder->filePath(QStringLiteral("first.assay"));
        ASSAY_VERIFY_RESULT(Project::create(m_project.toStdString()));
        openWindow();
    }
    void init() {
        failOnWarnings();
        if (!m_window)
            QSKIP("a step before this one failed");
        m_passed = false;
    }
    /// The steps build on one another.
    void cleanup() {
        if (!m_passed)
            m_window.reset();
    }
    void cleanupTestCase() { m_window.reset(); }

    void aFileIsImportedThroughTheDialog() {
        m_window->receive(toQString(dataFolder() / rowsFile));
        auto* data = panel<DataPanel>("data");
        ImportDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = data->findChild<ImportDialog*>()) != nullptr);
        QTRY_VERIFY(dialog->isSettled());
        QVERIFY2(dialog->recognised().contains(QStringLiteral("keys instruction, input, output")),
            qPrintable(dialog->recognised()));
        QVERIFY(dialog->preview()->rowCount() >= 5);
        dialog->channel()->setText(QStringLiteral("alpaca"));
        QTRY_VERIFY(dialog->isSettled() && dialog->importButton()->isEnabled());
        QTest::mouseClick(dialog->importButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->page(), ImportDialog::Report, patienceMs);
        dialog->reject();
        QTRY_COMPARE_WITH_TIMEOUT(data->table()->model()->rowCount(), 999, patienceMs);
        QTRY_COMPARE(m_window->selection()->sample(), std::optional<qint64>(1));
        m_passed = true;
    }

    void twentyDecisionsByKeyboardAndTheLastIsTakenBack() {
        m_window->showPanel(QStringLiteral("review"));
        auto* review = panel<ReviewPanel>("review");
        QTRY_VERIFY_WITH_TIMEOUT(review->current() == 1 && review->isSettled(), patienceMs);
        for (int i = 1; i <= 20; ++i) {
            QTest::keyClick(review->firstFocus(), i % 4 == 0 ? Qt::Key_X : Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(review->current() == i + 1 && review->isSettled(), patienceMs);
        }
        QCOMPARE(count(ReviewStatus::Accepted), 15);
        QCOMPARE(count(ReviewStatus::Rejected), 5);
        QTest::keyClick(review->firstFocus(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(review->current() == 20 && review->isSettled());
        QCOMPARE(count(ReviewStatus::Rejected), 4);
        // What is judged is what the other panels show.
        QCOMPARE(m_window->selection()->sample(), std::optional<qint64>(20));
        m_passed = true;
    }

    void aShortRunIsLaunchedAndWatchedToItsEnd() {
        m_window->showPanel(QStringLiteral("train"));
        launch(QStringLiteral("short"), 4);
        auto* runs = m_window->runs();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->area()->current()->id(), runs->id(), patienceMs);
        const QString folder = m_window->selection()->run();
        QTRY_VERIFY_WITH_TIMEOUT(isFinal(phaseOf(folder)), patienceMs);
        if (const auto error = stateOf(folder).error)
            QFAIL(message(*error).c_str());
        QCOMPARE(phaseOf(folder), JobPhase::Done);
        QTRY_COMPARE(runs->currentRun(), folder);
        QTRY_VERIFY_WITH_TIMEOUT(runs->isSettled(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(watched(folder) && watched(folder)->state.step == 4
                && std::isfinite(watched(folder)->lastLoss),
            patienceMs);
        m_checkpoint = folder + QStringLiteral("/checkpoints/step-4");
        QVERIFY2(QFileInfo::exists(m_checkpoint + QStringLiteral("/model.safetensors")),
            qPrintable(m_checkpoint));
        m_passed = true;
    }

    void theWindowIsClosedInMidRunAndFindsItAgain() {
        m_window->showPanel(QStringLiteral("train"));
        launch(QStringLiteral("long"), 100000);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_window->area()->current()->id(), QStringLiteral("runs"), patienceMs);
        const QString folder = m_window->selection()->run();
        QTRY_VERIFY_WITH_TIMEOUT(stepOf(folder) >= 2, patienceMs);
        m_window->close();
        m_window.reset();
        const qint64 alone = stepOf(folder);
        QTRY_VERIFY_WITH_TIMEOUT(stepOf(folder) > alone, patienceMs); // nobody is looking

        openWindow();
        auto* runs = m_window->runs();
        QCOMPARE(m_window->area()->current()->id(), QStringLiteral("runs"));
        QTRY_VERIFY_WITH_TIMEOUT(watched(folder) && watched(folder)->owned, patienceMs);
        runs->chooseRuns({folder});
        QTRY_COMPARE(runs->currentRun(), folder);
        const qint64 found = watched(folder)->state.step;
        QTRY_VERIFY_WITH_TIMEOUT(watched(folder)->state.step > found, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(runs->controls()->canStop(), patienceMs);
        runs->controls()->send(ControlVerb::Stop);
        QTRY_COMPARE_WITH_TIMEOUT(phaseOf(folder), JobPhase::Stopped, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!watched(folder)->owned, patienceMs);
        m_passed = true;
    }

    void anAlternativeIsClickedAndTheModelGoesOn() {
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->selection()->setSample(3);
        m_window->selection()->setModel(
            {toQString(dataFolder() / modelFolder), QStringLiteral("stories"), ModelRole::Base});
        InspectPanel* inspect = m_window->inspect();
        usePlainTemplate(inspect->stripStack());
        QTRY_VERIFY_WITH_TIMEOUT(
            inspect->stripStack()->showsContent() && inspect->isSettled(), patienceMs);
        TokenStrip* strip = inspect->strip();
        int answer = -1;
        for (int i = 0; i < int(strip->text().tokens.size()) && answer < 0; ++i)
            if (strip->text().tokens[std::size_t(i)].answer)
                answer = i + 3;
        QVERIFY(answer > 0);
        strip->setSelectedToken(answer);
        QTRY_VERIFY_WITH_TIMEOUT(strip->tokenBox(answer).isValid(), patienceMs);
        AlternativesModel* alternatives = inspect->tokenCard()->alternatives();
        QTRY_VERIFY_WITH_TIMEOUT(
            alternatives->rowCount() >= 20 && alternatives->unnamed().empty(), patienceMs);
        int row = 0;
        while (alternatives->index(row, 0).data(AlternativesModel::ActualRole).toBool())
            ++row;
        const int id = alternatives->index(row, 0).data(AlternativesModel::IdRole).toInt();
        QTableView* table = inspect->tokenCard()->table();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, Qt::NoModifier,
            table->visualRect(alternatives->index(row, AlternativesModel::Token)).center());
        QTRY_VERIFY_WITH_TIMEOUT(inspect->text()->tree().order().size() == 2
                && int(strip->text().tokens.size()) > answer + 2 && inspect->isSettled(),
            patienceMs);
        QCOMPARE(strip->text().tokens[std::size_t(answer)].id, id);
        m_passed = true;
    }

    void anAnalysisIsExportedThroughTheMenu() {
        const QString page = m_folder->filePath(QStringLiteral("analysis.html"));
        exportByMenu(
            [](const PanelExport& what) { return what.suffixes.contains(QStringLiteral("html")); },
            page);
        const QString html = read(page);
        QVERIFY2(html.startsWith(QStringLiteral("<!doctype html>")), qPrintable(html.left(60)));
        for (const char* said : {"model hash", "dtype", "template", "seed", "plain"})
            QVERIFY2(html.contains(QLatin1String(said)), said);
        const QString picture = m_folder->filePath(QStringLiteral("inspect.png"));
        exportByMenu(
            [](const PanelExport& what) { return what.suffixes.contains(QStringLiteral("png")); },
            picture);
        const QImage image(picture);
        QVERIFY(image.width() > 600 && image.height() > 400);
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3)
                colours.insert(image.pixel(x, y));
        QVERIFY(colours.size() > 20); // not an empty sheet
        m_passed = true;
    }

    void baseAndTunedAreCompared() {
        m_window->selection()->setModel({m_checkpoint, QStringLiteral("short"), ModelRole::Tuned});
        m_window->showPanel(QStringLiteral("compare"));
        auto* compare = panel<ComparePanel>("compare");
        usePlainTemplate(compare->laneStack());
        QTRY_VERIFY_WITH_TIMEOUT(
            compare->laneStack()->showsContent() && compare->record() && compare->isSettled(),
            patienceMs);
        QVERIFY(compare->record()->shared);
        const LanesText& text = compare->lanes()->text();
        QVERIFY(text.cells.size() > 10 && text.base.size() == text.tuned.size());
        double furthest = 0;
        for (std::size_t i = 0; i < text.base.size(); ++i)
            if (text.base[i].scored)
                furthest
                    = std::max(furthest, std::abs(text.base[i].logprob - text.tuned[i].logprob));
        QVERIFY2(furthest > 1e-4 && furthest < 20, qPrintable(QString::number(furthest)));
        m_passed = true;
    }

    void theTableIsExported() {
        m_window->showPanel(QStringLiteral("data"));
        const QString file = m_folder->filePath(QStringLiteral("table.csv"));
        exportByMenu(
            [](const PanelExport& what) { return what.suffixes.contains(QStringLiteral("csv")); },
            file);
        const QString csv = read(file);
        QVERIFY2(csv.count(QLatin1Char('\n')) >= 1000, qPrintable(csv.left(300)));
        QVERIFY(
            csv.contains(QStringLiteral("accepted")) && csv.contains(QStringLiteral("rejected")));
        m_passed = true;
    }

private:
    void openWindow() {
        m_window = std::make_unique<MainWindow>(m_settings.get(),
            MainWindow::Options{
                EngineSession::defaultCommand(toQString(binaryFolder())), QString()});
        m_window->resize(1480, 920);
        m_window->show();
        QSignalSpy opened(m_window.get(), &MainWindow::projectOpened);
        m_window->openProject(m_project);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patienceMs);
    }

    template <class T> T* panel(const char* id) const {
        for (Panel* panel : m_window->panels())
            if (panel->id() == QLatin1String(id))
                return static_cast<T*>(panel);
        return nullptr;
    }

    int count(ReviewStatus status) const {
        auto project = Project::open(m_project.toStdString(), OpenMode::ReadOnly);
        SampleFilter filter;
        filter.statuses = {status};
        return int(*project->samples().count(filter));
    }

    void launch(const QString& name, int steps) {
        auto* train = panel<TrainPanel>("train");
        train->pickers()->chooseModel(toQString(dataFolder() / modelFolder));
        train->draft()->setValues(
            {{"name", name.toStdString()}, {"chat_template", "plain"}, {"data.max_length", 512},
                {"schedule.micro_batch_tokens", 512}, {"schedule.max_steps", steps},
                {"optimizer.learning_rate", 5e-4}, {"evaluation.probe_prompts", 1},
                {"evaluation.probe_max_new", 4}, {"evaluation.probe_rows", 4}, {"threads", 1}});
        QTRY_VERIFY2_WITH_TIMEOUT(
            train->launchButton()->isEnabled(), qPrintable(train->reason()), patienceMs);
        QTest::mouseClick(train->launchButton(), Qt::LeftButton);
    }

    static JobState stateOf(const QString& folder) {
        const auto job = JobFolder::open(folder.toStdString());
        return job ? job->state().value_or(JobState()) : JobState();
    }
    static JobPhase phaseOf(const QString& folder) { return stateOf(folder).phase; }
    static qint64 stepOf(const QString& folder) { return stateOf(folder).step; }
    const JobSummary* watched(const QString& folder) const {
        return m_window->findChild<JobWatcher*>()->job(folder);
    }

    /// The model of these tests has no template of its own: the page offers one.
    static void usePlainTemplate(StateStack* stack) {
        QTRY_VERIFY_WITH_TIMEOUT(stack->showsContent()
                || stack->page()->title() == QLatin1String("This model has no chat template"),
            patienceMs);
        if (!stack->showsContent())
            QTest::mouseClick(stack->page()->button(), Qt::LeftButton);
    }

    /// Through the menu and its file dialog, as a person does.
    template <class Wanted> void exportByMenu(Wanted wanted, const QString& file) {
        QString name;
        for (const PanelExport& what : m_window->area()->current()->exports())
            if (name.isEmpty() && wanted(what))
                name = what.name;
        QVERIFY(!name.isEmpty());
        QMenu* menu = nullptr;
        for (QMenu* each : m_window->findChildren<QMenu*>())
            if (each->title() == QLatin1String("Export"))
                menu = each;
        QVERIFY(menu);
        Q_EMIT menu->aboutToShow();
        QTimer answer;
        connect(&answer, &QTimer::timeout, this, [&] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            answer.stop();
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(dialog, "accept");
        });
        answer.start(50);
        for (QAction* action : menu->actions())
            if (action->text() == name + QStringLiteral("…"))
                action->trigger();
        QVERIFY2(m_window->statusLine()->message().endsWith(QStringLiteral("is saved.")),
            qPrintable(m_window->statusLine()->message()));
    }

    static QString read(const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QString m_project;
    QString m_checkpoint;
    bool m_passed = false;
};

ASSAY_WINDOW_TEST_MAIN(TestWindowJourney)
#include "test_window_journey.moc"
