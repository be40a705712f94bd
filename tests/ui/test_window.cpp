#include "core/data/sample.h"
#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/controls.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/sample_list.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/shell/main_window.h"
#include "ui/shell/screenshot.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>

#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

constexpr const char* rows
    = R"({"messages":[{"role":"user","content":"What is the capital of Japan?"},{"role":"assistant","content":"The capital of Japan is Tokyo."}]}
{"messages":[{"role":"user","content":"法国的首都是哪里？"},{"role":"assistant","content":"巴黎。"}]}
{"messages":[{"role":"user","content":"Name a fruit."},{"role":"assistant","content":"An apple."}]}
)";

} // namespace

/// The whole window on a real project, with a fake engine.
class TestWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
    }
    void cleanup() {
        m_window.reset();
        m_settings.reset();
    }

    void withoutAProjectTheStartPageStands() {
        open("good", false);
        QVERIFY(m_window->startPage()->isVisible());
        QTRY_COMPARE(
            m_window->statusLine()->engineText(), QStringLiteral("Engine ready · 2 threads"));
        m_window->openProject(m_folder->path());
        QTRY_VERIFY(
            m_window->startPage()->problem().contains(QStringLiteral("is not an Assay project")));
    }

    void textIsColouredAndATokenShowsItsAlternatives() {
        open("good");
        choose(QStringLiteral("/models/a"));
        QTRY_VERIFY(inspect()->stripStack()->showsContent());
        const StripText& text = inspect()->strip()->text();
        QCOMPARE(text.turns.size(), std::size_t(2));
        QCOMPARE(text.turns[0].title, QStringLiteral("user"));
        QVERIFY(text.turns[1].title.startsWith(QStringLiteral("assistant · answer · ")));
        inspect()->strip()->setSelectedToken(5);
        AlternativesModel* alternatives = inspect()->tokenCard()->alternatives();
        QVERIFY(alternatives->rowCount() >= 20);
        QCOMPARE(m_window->selection()->tokenRange(), std::pair(5, 6));
        QTRY_VERIFY(alternatives->unnamed().empty());
        int named = 0;
        for (int row = 0; row < alternatives->rowCount(); ++row)
            named += alternatives->index(row, AlternativesModel::Token)
                         .data()
                         .toString()
                         .startsWith(QStringLiteral("·word"));
        QVERIFY(named >= 19);
    }

    void searchFindsChineseAndChoosesNothingByItself() {
        open("good");
        choose(QStringLiteral("/models/a"));
        auto* model = inspect()->samples()->table()->model();
        QTRY_COMPARE(model->rowCount(), 3);
        inspect()->samples()->search()->setText(QStringLiteral("首都"));
        QTRY_COMPARE(model->rowCount(), 1);
        QTRY_COMPARE(model->index(0, 1).data().toString(), QStringLiteral("法国的首都是哪里？"));
        QCOMPARE(m_window->selection()->sample(), std::optional<qint64>(1));
        inspect()->samples()->table()->setCurrentIndex(model->index(0, 1));
        QTRY_COMPARE(m_window->selection()->sample(), std::optional<qint64>(2));
        QTRY_VERIFY(
            inspect()->stripStack()->showsContent() && !inspect()->strip()->text().tokens.empty());
        QStringList threes;
        for (const StripGroup& group : inspect()->strip()->layoutOfTokens().groups())
            if (group.count == 3)
                threes.append(group.text);
        QVERIFY2(threes.contains(QStringLiteral("首")), qPrintable(threes.join(QLatin1Char(' '))));
        inspect()->samples()->search()->setText(QStringLiteral("zebra"));
        const auto* page = inspect()->samples()->findChild<StatePage*>();
        QTRY_COMPARE(page->title(), QStringLiteral("No sample holds these words"));
        page->button()->click();
        QTRY_COMPARE(model->rowCount(), 3);
    }

    void engineThatDiesIsRestartedByOneButton() {
        open("dies");
        choose(QStringLiteral("/models/a"));
        StatePage* page = inspect()->stripStack()->page();
        QTRY_COMPARE(page->title(), QStringLiteral("The engine is not running"));
        QVERIFY(page->sentence().contains(QStringLiteral("fake engine: out of memory")));
        QCOMPARE(page->button()->text(), QStringLiteral("Restart the engine"));
        m_window->engine()->setCommand(fakeEngineCommand("good"));
        page->button()->click();
        QTRY_VERIFY(inspect()->stripStack()->showsContent());
    }

    void failuresOfTheModelAreShownWithWhatToDo_data() {
        QTest::addColumn<QString>("scenario");
        QTest::addColumn<QString>("sentence");
        QTest::addColumn<QString>("button");
        QTest::newRow("no such model")
            << QStringLiteral("refuses") << QStringLiteral("/models/a/config.json does not exist")
            << QStringLiteral("Choose another model");
        QTest::newRow("no template") << QStringLiteral("no_template") << QStringLiteral("template")
                                     << QStringLiteral("Use the plain template");
    }
    void failuresOfTheModelAreShownWithWhatToDo() {
        QFETCH(QString, scenario);
        QFETCH(QString, sentence);
        QFETCH(QString, button);
        open(scenario.toLatin1().constData());
        choose(QStringLiteral("/models/a"));
        StatePage* page = inspect()->stripStack()->page();
        QTRY_COMPARE(page->button()->text(), button);
        QVERIFY2(page->sentence().contains(sentence), qPrintable(page->sentence()));
        if (scenario == QLatin1String("no_template")) {
            page->button()->click();
            QTRY_VERIFY(inspect()->stripStack()->showsContent());
            QCOMPARE(inspect()->picker()->templateName(), QStringLiteral("plain"));
        }
    }

    void scoringCanBeCancelled() {
        open("slow");
        choose(QStringLiteral("/models/a"));
        StatePage* page = inspect()->stripStack()->page();
        QTRY_COMPARE(page->button()->text(), QStringLiteral("Cancel"));
        QVERIFY(page->isLoading());
        QVERIFY(!m_window->isSettled());
        page->button()->click();
        QCOMPARE(page->title(), QStringLiteral("Cancelled"));
        QTRY_VERIFY(m_window->isSettled());
    }

    void withoutAModelTheStripSaysSo() {
        open("good");
        StatePage* page = inspect()->stripStack()->page();
        QTRY_COMPARE(page->title(), QStringLiteral("No model yet"));
        QCOMPARE(page->button()->text(), QStringLiteral("Open model folder…"));
    }

    void projectThatAnotherWindowHasIsRefused() {
        open("good");
        auto other = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("other.ini")));
        MainWindow second(other.get(), {fakeEngineCommand("good"), QString()});
        second.openProject(m_window->selection()->project());
        QTRY_VERIFY(second.startPage()->problem().contains(QStringLiteral("another window")));
    }

    void themeSwitchesAtRunTime() {
        open("good");
        choose(QStringLiteral("/models/a"));
        QTRY_VERIFY(m_window->isSettled() && inspect()->stripStack()->showsContent());
        const auto ground = [this] { return m_window->grab().toImage().pixelColor(400, 42 + 6); };
        const QColor light = ground();
        m_window->setTheme(ThemeKind::Dark);
        QCOMPARE(ground(), tokensFor(ThemeKind::Dark).ground);
        m_window->setTheme(ThemeKind::Light);
        QCOMPARE(ground(), light);
        QCOMPARE(light, tokensFor(ThemeKind::Light).ground);
    }

    void everyControlHasANameForScreenReaders() {
        open("good");
        for (const auto* button : m_window->findChildren<QAbstractButton*>())
            if (!button->objectName().startsWith(QLatin1String("qt_"))
                && button->isVisibleTo(m_window.get())
                && !qobject_cast<const QLineEdit*>(button->parent()))
                QVERIFY2(!button->accessibleName().isEmpty() || !button->text().isEmpty(),
                    button->metaObject()->className());
        for (const auto* view : m_window->findChildren<QAbstractScrollArea*>())
            QVERIFY2(!view->accessibleName().isEmpty()
                    || view->parent()->inherits("QComboBoxPrivateContainer")
                    || view->inherits("QHeaderView"),
                view->metaObject()->className());
    }

    void pictureIsSavedOnceEverythingIsThere() {
        open("good");
        const QString file = m_folder->filePath(QStringLiteral("window.png"));
        std::optional<bool> saved;
        takeScreenshot(m_window.get(),
            {file, 2, QStringLiteral("/models/a"), QStringLiteral("plain"), 3},
            [&](const Result<void>& done) { saved = done.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(saved.has_value(), 10'000);
        QVERIFY(*saved);
        QCOMPARE(inspect()->strip()->selectedToken(), 2);
        QCOMPARE(m_window->selection()->sample(), std::optional<qint64>(2));
        QCOMPARE(QImage(file).size(), m_window->size() * m_window->devicePixelRatioF());
        saved.reset();
        takeScreenshot(m_window.get(), {QStringLiteral("/nonexistent/x.png")},
            [&](const Result<void>& done) { saved = done.has_value(); });
        QTRY_VERIFY_WITH_TIMEOUT(saved.has_value(), 10'000);
        QVERIFY(!*saved);
    }

private:
    InspectPanel* inspect() const { return m_window->inspect(); }

    void makeProject() {
        const std::filesystem::path folder
            = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        auto project = Project::create(folder, "p");
        QVERIFY2(project.has_value(), project ? "" : message(project.error()).c_str());
        const std::string file = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream(file) << rows;
        const std::filesystem::path files[] = {file};
        const auto taken = project->imports().importFiles(files, {});
        ASSAY_VERIFY_RESULT(taken);
        QCOMPARE(taken->kept, std::int64_t(3));
    }

    void open(const char* scenario, bool withProject = true) {
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand(scenario), QString()});
        m_window->resize(1480, 920);
        m_window->show();
        if (!withProject)
            return;
        makeProject();
        m_window->openProject(m_folder->filePath(QStringLiteral("p.assay")));
        QTRY_VERIFY(m_window->hasProject());
        QTRY_COMPARE(m_window->selection()->sample(), std::optional<qint64>(1));
    }
    void choose(const QString& model) {
        m_window->selection()->setModel({model, QStringLiteral("a"), ModelRole::Base});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

ASSAY_WINDOW_TEST_MAIN(TestWindow)
#include "test_window.moc"
