#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/fonts.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/data/import_dialog.h"
#include "ui/panels/data/overview_page.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/runs/findings_view.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/shell/activity_rail.h"
#include "ui/shell/help_drawer.h"
#include "ui/shell/language.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/start_page.h"
#include "ui/shell/window_session.h"

#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QToolButton>

#include <fstream>

using namespace assay;
using namespace assay::test;

/// The window as a whole: built anew in another language and density, small screens, and what is
/// dropped on it by the mouse.
class TestWindowSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_settings->set(Settings::keys().projectsFolder, m_folder->filePath(QStringLiteral("own")));
        m_settings->set(Settings::keys().language, QStringLiteral("en"));
        m_session = std::make_unique<WindowSession>(
            m_settings.get(), WindowSession::Given{fakeEngineCommand("good"), {}, {}});
        window()->resize(1480, 920);
        window()->show();
    }
    void cleanup() {
        m_session.reset();
        m_settings.reset();
        installLanguage(QStringLiteral("en"));
        setDensity(Density::Compact);
    }

    void languageAndDensityChangeWithoutARestart() {
        openProject();
        window()->showPanel(QStringLiteral("inspect"));
        window()->area()->showBeside(panel("data"));
        window()->selection()->setSample(2);
        const QString project = window()->selection()->project();
        const QRect place = window()->geometry();
        const int row = scaled(100);
        m_settings->set(Settings::keys().language, QStringLiteral("zh_CN"));
        m_settings->set(Settings::keys().comfortable, true);
        QSignalSpy rebuilt(m_session.get(), &WindowSession::rebuilt);
        Q_EMIT window()->rebuildWanted(); // as the preferences do
        QTRY_COMPARE(rebuilt.size(), 1);
        QCOMPARE(window()->selection()->project(), project);
        QCOMPARE(window()->selection()->sample(), std::optional<qint64>(2));
        QCOMPARE(window()->geometry(), place);
        QCOMPARE(window()->area()->visiblePanels().size(), 2);
        QCOMPARE(panel("inspect")->title(), QStringLiteral("检视"));
        QCOMPARE(scaled(100), 115);
        // And back: no rest of the other language stays.
        m_settings->set(Settings::keys().language, QStringLiteral("en"));
        m_settings->set(Settings::keys().comfortable, false);
        Q_EMIT window()->rebuildWanted();
        QTRY_COMPARE(rebuilt.size(), 2);
        QCOMPARE(panel("inspect")->title(), QStringLiteral("Inspect"));
        QCOMPARE(scaled(100), row);
    }

    void theRailAndItsRuleStandOnlyBesideAProject() {
        auto* rail = window()->findChild<ActivityRail*>();
        QVERIFY(!rail->isVisible());
        QCOMPARE(window()->startPage()->mapTo(window(), QPoint()).x(), 0);
        openProject();
        QVERIFY(rail->isVisible());
        QVERIFY(window()->area()->mapTo(window(), QPoint()).x() > rail->width());
    }

    void smallScreensKeepTheirPanelsWhole_data() {
        QTest::addColumn<QSize>("size");
        QTest::newRow("1280x800") << QSize(1280, 800);
        QTest::newRow("1024x768") << QSize(1024, 768);
    }
    void smallScreensKeepTheirPanelsWhole() {
        QFETCH(QSize, size);
        openProject();
        window()->resize(size);
        QTRY_COMPARE(window()->size(), size); // it does not insist on more
        for (Panel* each : window()->panels()) {
            window()->showPanel(each->id());
            QTRY_COMPARE(window()->size(), size);
            // Nothing is cut off at the right: a panel that needs more would scroll sideways.
            QTRY_VERIFY2(each->minimumSizeHint().width() <= window()->area()->width(),
                qPrintable(QStringLiteral("%1 wants %2")
                               .arg(each->id())
                               .arg(each->minimumSizeHint().width())));
        }
        const int before = window()->area()->width();
        window()->showHelp(true);
        QTRY_VERIFY(window()->help()->isVisible());
        if (size.width() < 1280)
            QCOMPARE(window()->area()->width(), before); // it lies over them
        else
            QVERIFY(window()->area()->width() < before);
        QCOMPARE(window()->help()->mapTo(window(), window()->help()->rect().topRight()).x(),
            size.width() - 1);
        QTest::mouseClick(window()->help()->findChild<QToolButton*>(), Qt::LeftButton);
        QVERIFY(!window()->help()->isVisible());
    }

    void aDataFileDroppedOnTheStartPageIsImportedAndChecked() {
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/alpaca_en_demo.json");
        drop("sft/llamafactory-alpaca/alpaca_en_demo.json");
        auto* data = static_cast<DataPanel*>(panel("data"));
        ImportDialog* dialog = nullptr;
        QTRY_VERIFY_WITH_TIMEOUT(
            (dialog = data->findChild<ImportDialog*>()) && dialog->isSettled(), 60'000);
        QTest::mouseClick(dialog->importButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(dialog->page(), ImportDialog::Report, 60'000);
        QPushButton* look = nullptr;
        for (auto* button : dialog->findChildren<QPushButton*>())
            if (button->isVisible() && button->text().contains(QStringLiteral("verview")))
                look = button;
        QVERIFY(look);
        QTest::mouseClick(look, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(data->overview()->shown() && data->isSettled(), 60'000);
        QCOMPARE(data->page(), DataPanel::OverviewOf);
        QVERIFY(data->overview()->number(QStringLiteral("duplicate-exact")) != nullptr);
    }

    void aModelFolderDroppedOnTheStartPageIsShownUnderAText() {
        ASSAY_NEED_DATA("models/stories260k-hf/config.json");
        drop("models/stories260k-hf");
        QTRY_COMPARE(window()->area()->current()->id(), QStringLiteral("inspect"));
        QTRY_VERIFY(
            window()->selection()->activeModel().folder.endsWith(QStringLiteral("stories260k-hf")));
        // Without any data there is still a text to look at.
        QTRY_VERIFY(window()->inspect()->stripStack()->showsContent());
        QVERIFY(window()->inspect()->strip()->text().tokens.size() > 10);
    }

    void aTrainersLogDroppedOnTheStartPageShowsItsCurvesAndFindings() {
        ASSAY_NEED_DATA("runs/trainer-state-long");
        const QDir logs(toQString(dataFolder() / "runs/trainer-state-long"));
        const QStringList found = logs.entryList({QStringLiteral("*.json")}, QDir::Files);
        QVERIFY(!found.isEmpty());
        dropPath(logs.filePath(found.first()));
        QTRY_COMPARE(window()->area()->current()->id(), QStringLiteral("runs"));
        RunsPanel* runs = window()->runs();
        QTRY_VERIFY_WITH_TIMEOUT(!runs->currentRun().isEmpty() && runs->isSettled(), 60'000);
        QTRY_VERIFY(runs->findings()->findChildren<QLabel*>().size() > 2);
    }

    void whatIsNoFileIsNotTaken() {
        QMimeData words;
        words.setText(QStringLiteral("just words"));
        QDragEnterEvent enter({40, 40}, Qt::CopyAction, &words, Qt::LeftButton, Qt::NoModifier);
        enter.ignore();
        QCoreApplication::sendEvent(window(), &enter);
        QVERIFY(!enter.isAccepted());
    }

private:
    MainWindow* window() const { return m_session->window(); }
    Panel* panel(const char* id) const {
        for (Panel* each : window()->panels())
            if (each->id() == QLatin1String(id))
                return each;
        return nullptr;
    }

    void drop(const char* relative) { dropPath(toQString(dataFolder() / relative)); }

    /// What a file manager sends, to the widget under the pointer as Qt delivers it.
    void dropPath(const QString& path) {
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(path)});
        const QPoint at = window()->rect().center();
        QDragEnterEvent enter(at, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(window(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent dropped(at, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QSignalSpy opened(window(), &MainWindow::projectOpened);
        QCoreApplication::sendEvent(window(), &dropped);
        QVERIFY(dropped.isAccepted());
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60'000);
    }

    void openProject() {
        const QString folder = m_folder->filePath(QStringLiteral("p.assay"));
        auto project = Project::create(folder.toStdString());
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path file
            = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream out(file);
        for (const char* fruit : {"An apple.", "A pear.", "A plum."})
            out << dumpJson({{"messages",
                {{{"role", "user"}, {"content", std::string("Name a fruit like ") + fruit}},
                    {{"role", "assistant"}, {"content", fruit}}}}})
                << '\n';
        out.close();
        const std::filesystem::path files[] = {file};
        ASSAY_VERIFY_RESULT(project->imports().importFiles(files, {}));
        QSignalSpy opened(window(), &MainWindow::projectOpened);
        window()->openProject(folder);
        QTRY_COMPARE(opened.size(), 1);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<WindowSession> m_session;
};

ASSAY_WINDOW_TEST_MAIN(TestWindowSession)
#include "test_window_session.moc"
