#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/service/dropped_item.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/help_drawer.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/start_page.h"

#include <QDir>
#include <QLineEdit>
#include <QTemporaryDir>

#include "core/store/project.h"

#include <fstream>

using namespace assay;
using namespace assay::test;

/// The window around the panels: arrangement, palette, help, and what is dropped on it.
class TestShell : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_settings->set(Settings::keys().projectsFolder, m_folder->filePath(QStringLiteral("own")));
    }
    void cleanup() {
        m_window.reset();
        m_settings.reset();
    }

    void beginningsOfWordsFitBest() {
        QVERIFY(paletteScore(QStringLiteral("xyz"), QStringLiteral("Export table")) < 0);
        QCOMPARE(paletteScore(QString(), QStringLiteral("Export table")), 0);
        QVERIFY(paletteScore(QStringLiteral("et"), QStringLiteral("Export table"))
            > paletteScore(QStringLiteral("et"), QStringLiteral("Set style")));
        QVERIFY(paletteScore(QStringLiteral("run"), QStringLiteral("Runs"))
            > paletteScore(QStringLiteral("run"), QStringLiteral("Return")));
        QVERIFY(paletteScore(QStringLiteral("EXP tab"), QStringLiteral("export table")) > 0);
    }

    void droppedThingsAreTold_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("kind");
        const auto row = [](const char* path, DroppedKind kind) {
            QTest::newRow(path) << QString::fromLatin1(path) << int(kind);
        };
        row("models/stories260k-hf", DroppedKind::Model);
        row("models/stories260k-hf/model.safetensors", DroppedKind::Model);
        row("runs/trainer-state-long", DroppedKind::Log);
        row("runs/tfevents-edge", DroppedKind::Log);
        row("runs/llamafactory-lora", DroppedKind::Log);
        row("sft/llamafactory-alpaca/alpaca_en_demo.json", DroppedKind::Data);
        row("eval/no-such-file.json", DroppedKind::Missing);
        row("sft/axolotl-sharegpt", DroppedKind::Folder);
    }
    void droppedThingsAreTold() {
        ASSAY_NEED_DATA("models/stories260k-hf/config.json");
        QFETCH(QString, path);
        QFETCH(int, kind);
        const QString full = QDir(toQString(dataFolder())).filePath(path);
        QString target;
        QCOMPARE(int(droppedKind(full, &target)), kind);
        if (path.endsWith(QLatin1String("model.safetensors")))
            QCOMPARE(target, QFileInfo(full).absolutePath());
    }

    void aChosenPanelTakesThePlaceOfTheOneBefore() {
        openProject();
        PanelArea* area = m_window->area();
        m_window->showPanel(QStringLiteral("runs"));
        QCOMPARE(ids(area->visiblePanels()), QStringList{QStringLiteral("runs")});
        m_window->showPanel(QStringLiteral("inspect"));
        QCOMPARE(ids(area->visiblePanels()), QStringList{QStringLiteral("inspect")});
    }

    void panelsStandSideBySideAndAreFoundSoAgain() {
        openProject();
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->area()->showBeside(panel(QStringLiteral("runs")));
        const QStringList both{QStringLiteral("inspect"), QStringLiteral("runs")};
        QCOMPARE(sorted(ids(m_window->area()->visiblePanels())), both);
        m_window->close();
        m_window.reset();
        openProject();
        QCOMPARE(sorted(ids(m_window->area()->visiblePanels())), both);
        m_window->area()->putAway(panel(QStringLiteral("runs")));
        QCOMPARE(ids(m_window->area()->visiblePanels()), QStringList{QStringLiteral("inspect")});
        // The last one stays.
        m_window->area()->putAway(panel(QStringLiteral("inspect")));
        QCOMPARE(m_window->area()->visiblePanels().size(), 1);
    }

    void aLayoutOfAnotherVersionIsLeftAlone() {
        openProject();
        QVERIFY(!m_window->area()->restoreLayout(m_window->area()->saveState(99)));
        QVERIFY(!m_window->area()->restoreLayout("not a layout"));
        QVERIFY(m_window->area()->current());
    }

    void thePaletteFindsPanelsAndSamples() {
        openProject();
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->openPalette();
        CommandPalette* palette = m_window->palette();
        QVERIFY(palette->isVisible());
        QTest::keyClicks(palette->line(), QStringLiteral("runs"));
        QCOMPARE(palette->titleAt(0), QStringLiteral("Runs"));
        QTest::keyClick(palette->line(), Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        QCOMPARE(m_window->area()->current()->id(), QStringLiteral("runs"));

        m_window->openPalette();
        palette->line()->setText(QStringLiteral("法国")); // an input method would
        QTRY_COMPARE(palette->count(), 1);
        QVERIFY(palette->titleAt(0).contains(QStringLiteral("首都")));
        QTest::keyClick(palette->line(), Qt::Key_Return);
        QCOMPARE(m_window->selection()->sample(), std::optional<qint64>(2));

        m_window->openPalette();
        QTest::keyClick(palette->line(), Qt::Key_Escape);
        QVERIFY(!palette->isVisible());
    }

    void helpNamesThePanelAndItsKeys() {
        openProject();
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->showHelp(true);
        QVERIFY(m_window->help()->isVisible());
        QVERIFY(m_window->help()->text().contains(QStringLiteral("Inspect")));
        QVERIFY(m_window->help()->text().contains(QStringLiteral("Ctrl+K")));
    }

    void aDroppedModelGetsAProjectOfItsOwn() {
        ASSAY_NEED_DATA("models/stories260k-hf/config.json");
        openWindow();
        QSignalSpy opened(m_window.get(), &MainWindow::projectOpened);
        m_window->receive(toQString(dataFolder() / "models/stories260k-hf"));
        QTRY_COMPARE(opened.size(), 1);
        QVERIFY(QDir(m_folder->filePath(QStringLiteral("own/stories260k-hf.assay"))).exists());
        QCOMPARE(m_window->area()->current()->id(), QStringLiteral("inspect"));
    }

    void whatCannotBeOpenedIsNamed() {
        openWindow();
        m_window->receive(m_folder->filePath(QStringLiteral("nothing")));
        QVERIFY(m_window->startPage()->problem().contains(QStringLiteral("nothing")));
        QVERIFY(m_window->startPage()->problem().contains(QStringLiteral("Drop the folder")));
    }

private:
    static QStringList ids(const QList<Panel*>& panels) {
        QStringList list;
        for (const Panel* panel : panels)
            list.append(panel->id());
        return list;
    }
    static QStringList sorted(QStringList list) {
        list.sort();
        return list;
    }
    Panel* panel(const QString& id) {
        for (Panel* panel : m_window->panels())
            if (panel->id() == id)
                return panel;
        return nullptr;
    }
    void openWindow() {
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand("good"), QString()});
        m_window->show();
    }
    void openProject() {
        const QString folder = m_folder->filePath(QStringLiteral("p.assay"));
        if (!QDir(folder).exists()) {
            auto project = Project::create(folder.toStdString());
            ASSAY_VERIFY_RESULT(project);
            const QString file = m_folder->filePath(QStringLiteral("rows.jsonl"));
            std::ofstream(file.toStdString())
                << R"({"messages":[{"role":"user","content":"Name a fruit."},{"role":"assistant","content":"An apple."}]}
{"messages":[{"role":"user","content":"法国的首都是哪里？"},{"role":"assistant","content":"巴黎。"}]}
)";
            const std::filesystem::path files[] = {file.toStdString()};
            const auto taken = project->imports().importFiles(files, {});
            ASSAY_VERIFY_RESULT(taken);
        }
        openWindow();
        QSignalSpy opened(m_window.get(), &MainWindow::projectOpened);
        m_window->openProject(folder);
        QTRY_COMPARE(opened.size(), 1);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

ASSAY_WINDOW_TEST_MAIN(TestShell)
#include "test_shell.moc"
