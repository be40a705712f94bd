#include "core/store/database.h"
#include "core/store/project.h"
#include "core/store/schema.h"
#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/review/review_panel.h"
#include "ui/service/engine_session.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"

#include <QDir>
#include <QDirIterator>
#include <QPushButton>
#include <QTemporaryDir>

#include <csignal>
#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int patienceMs = 120'000; // libtorch from a cold disk on a busy machine
constexpr const char* modelFolder = "models/stories260k-hf";

template <class T> T* panelOf(MainWindow& window) {
    for (Panel* panel : window.panels())
        if (auto* found = qobject_cast<T*>(panel))
            return found;
    return nullptr;
}

/// A window on the project that accepts what it shows and dies at once when the next is shown.
int decideAndDie(const QString& folder) {
    prepareWindowTests();
    QTemporaryDir place;
    Settings settings(place.filePath(QStringLiteral("window.ini")));
    settings.set(Settings::keys().panel, QStringLiteral("review"));
    MainWindow window(&settings, {fakeEngineCommand("good"), QString()});
    window.show();
    window.openProject(folder);
    auto* review = panelOf<ReviewPanel>(window);
    const auto wait = [&](qint64 sample) {
        return QTest::qWaitFor(
            [&] { return review->current() == sample && review->isSettled(); }, patienceMs);
    };
    for (qint64 sample = 1; sample <= 3; ++sample) {
        if (!wait(sample))
            return 1;
        QTest::keyClick(review->firstFocus(), Qt::Key_Return);
        while (review->current() == sample)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    ::kill(::getpid(), SIGKILL);
    return 1;
}

} // namespace

/// What goes wrong around the window: no decision that was made is lost, and a message says what to
/// do. ASSAY_FAILURE_SHOTS names a folder for pictures of the messages.
class TestWindowFailures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_settings->set(Settings::keys().reviewer, QStringLiteral("An"));
        m_settings->set(Settings::keys().panel, QStringLiteral("review"));
        m_project = m_folder->filePath(QStringLiteral("p.assay"));
        const std::filesystem::path file
            = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream out(file);
        for (int i = 1; i <= 30; ++i)
            out << dumpJson({{"messages",
                {{{"role", "user"}, {"content", "Question " + std::to_string(i) + "?"}},
                    {{"role", "assistant"}, {"content", "Once upon a time there was a dog."}}}}})
                << '\n';
        out.close();
        auto project = Project::create(m_project.toStdString());
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path files[] = {file};
        ASSAY_VERIFY_RESULT(project->imports().importFiles(files, {}));
    }
    void cleanup() {
        m_window.reset();
        m_settings.reset();
    }

    void theEngineIsKilledWhileATextIsOpen() {
        if (!std::filesystem::exists(binaryFolder() / "assay-cli")
            || !std::filesystem::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("assay-cli with its engine is not built");
        ASSAY_NEED_DATA("models/stories260k-hf/config.json");
        open(EngineSession::defaultCommand(toQString(binaryFolder())));
        decide(3);
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->selection()->setModel(
            {toQString(dataFolder() / modelFolder), QStringLiteral("stories"), ModelRole::Base});
        StateStack* stack = m_window->inspect()->stripStack();
        QTRY_VERIFY_WITH_TIMEOUT(stack->showsContent()
                || stack->page()->title() == QLatin1String("This model has no chat template"),
            patienceMs);
        if (!stack->showsContent())
            stack->page()->button()->click();
        QTRY_VERIFY_WITH_TIMEOUT(
            stack->showsContent() && m_window->inspect()->isSettled(), patienceMs);
        const std::size_t tokens = m_window->inspect()->strip()->text().tokens.size();

        const QList<qint64> engines = engineProcesses();
        QCOMPARE(engines.size(), 1);
        QCOMPARE(::kill(pid_t(engines.first()), SIGKILL), 0);
        QTRY_COMPARE(m_window->engine()->state(), EngineSession::State::Failed);
        // What was read stays readable; the status line says what happened and offers the remedy.
        QCOMPARE(m_window->inspect()->strip()->text().tokens.size(), tokens);
        QVERIFY2(m_window->statusLine()->engineText().contains(QStringLiteral("engine")),
            qPrintable(m_window->statusLine()->engineText()));
        auto* restart = button(m_window->statusLine(), QStringLiteral("Restart the engine"));
        QVERIFY(restart && restart->isVisible());
        picture("engine-killed");
        m_window->showPanel(QStringLiteral("review"));
        decide(4);
        QTest::mouseClick(restart, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(
            m_window->engine()->state(), EngineSession::State::Ready, patienceMs);
        QCOMPARE(accepted(m_project), 4);
        m_window->showPanel(QStringLiteral("inspect"));
        m_window->selection()->setSample(9);
        QTRY_VERIFY_WITH_TIMEOUT(
            stack->showsContent() && m_window->inspect()->isSettled(), patienceMs);
    }

    void theWindowIsKilledRightAfterADecision() {
        QProcess window;
        window.start(QCoreApplication::applicationFilePath(),
            {QStringLiteral("--decide-and-die"), m_project});
        QVERIFY(window.waitForFinished(patienceMs));
        QCOMPARE(window.exitStatus(), QProcess::CrashExit);
        QCOMPARE(accepted(m_project), 3);
        // The lock of the dead window holds nobody up.
        open();
        QTRY_COMPARE(panelOf<ReviewPanel>(*m_window)->current(), qint64(4));
    }

    void theProjectFolderIsRenamedUnderTheWindow() {
        open();
        decide(3);
        const QString moved = m_folder->filePath(QStringLiteral("moved.assay"));
        QVERIFY(QDir().rename(m_project, moved));
        // A decision still reaches the project where it now is, and the window says what to do.
        decide(4);
        QCOMPARE(accepted(moved), 4);
        QTRY_VERIFY2(m_window->statusLine()->message().contains(
                         QStringLiteral("Open the project at its new place")),
            qPrintable(m_window->statusLine()->message()));
        picture("project-renamed");
        QVERIFY(!QFileInfo::exists(m_project)); // nothing is made at the old place
        QVERIFY(QDir().rename(moved, m_project));
        QTRY_VERIFY(m_window->statusLine()->message().isEmpty());
    }

    void theDiskIsFullAtADecision() {
        open();
        decide(3);
        auto* review = panelOf<ReviewPanel>(*m_window);
        // No file may grow beyond this: what a full disk looks like to a program.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit bound{4096, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &bound), 0);
        QTest::keyClick(review->firstFocus(), Qt::Key_Return);
        const bool settled = QTest::qWaitFor([&] { return review->isSettled(); }, patienceMs);
        const QString notice = review->notice();
        const qint64 current = review->current();
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        picture("disk-full");
        QVERIFY(settled);
        QCOMPARE(current, qint64(4)); // it is not passed over as if it had been judged
        QVERIFY2(notice.contains(QStringLiteral("no space left"))
                && notice.contains(QStringLiteral("Free some space")),
            qPrintable(notice));
        QCOMPARE(accepted(m_project), 3);
        // With space again the same key records it.
        decide(4);
        QVERIFY(review->notice().isEmpty());
    }

    void whatCannotBeOpenedIsSaidOnTheStartPage_data() {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("remedy");
        QTest::newRow("damaged") << QStringLiteral("damaged") << QStringLiteral("is damaged")
                                 << QStringLiteral("Copy the project folder");
        QTest::newRow("newer") << QStringLiteral("newer") << QStringLiteral("newer version")
                               << QStringLiteral("Open it with the newer version");
        QTest::newRow("gone") << QStringLiteral("gone") << QStringLiteral("is not an Assay project")
                              << QStringLiteral("Choose a folder that holds project.db");
    }
    void whatCannotBeOpenedIsSaidOnTheStartPage() {
        QFETCH(QString, what);
        QFETCH(QString, said);
        QFETCH(QString, remedy);
        const QString database = m_project + QStringLiteral("/project.db");
        if (what == QLatin1String("damaged")) {
            QFile file(database);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.seek(512));
            QVERIFY(file.write(QByteArray(int(file.size() - 512), '\x5a')) > 0);
        } else if (what == QLatin1String("newer")) {
            // The data version stands in the file's head as four bytes, highest first.
            QFile file(database);
            QVERIFY(file.open(QIODevice::ReadWrite));
            QVERIFY(file.seek(60));
            const char version[] = {0, 0, 0, char(newestSchemaVersion() + 1)};
            QCOMPARE(file.write(version, sizeof version), qint64(sizeof version));
        } else {
            QVERIFY(QFile::remove(database));
        }
        QFile file(database);
        const QByteArray before = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        file.close();
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand("good"), QString()});
        m_window->resize(1480, 920);
        m_window->show();
        QSignalSpy failed(m_window.get(), &MainWindow::projectFailed);
        m_window->openProject(m_project);
        QTRY_COMPARE(failed.size(), 1);
        QTest::qWait(50); // laid out
        picture(qPrintable(QStringLiteral("project-") + what));
        const QString problem = m_window->startPage()->problem();
        QVERIFY2(m_window->startPage()->isVisible() && problem.contains(said)
                && problem.contains(remedy),
            qPrintable(problem));
        // Nothing is repaired behind the person's back.
        if (file.open(QIODevice::ReadOnly))
            QCOMPARE(file.readAll(), before);
    }

    void anOlderProjectIsBroughtUpToDateAndOpens() {
        const QString old = m_folder->filePath(QStringLiteral("old.assay"));
        QVERIFY(QDir().mkpath(old));
        {
            auto database = Database::open(
                std::filesystem::path(old.toStdString()) / "project.db", DatabaseMode::Create);
            ASSAY_VERIFY_RESULT(database);
            ASSAY_VERIFY_RESULT(migrate(**database, 1));
        }
        m_project = old;
        open();
        QCOMPARE(m_window->area()->current()->id(), QStringLiteral("review"));
        QTRY_COMPARE(panelOf<ReviewPanel>(*m_window)->current(), qint64(0));
    }

    void aSecondWindowIsToldOfTheFirst() {
        open();
        auto first = std::move(m_window); // stays open
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand("good"), QString()});
        m_window->resize(1480, 920);
        m_window->show();
        QSignalSpy failed(m_window.get(), &MainWindow::projectFailed);
        m_window->openProject(m_project);
        QTRY_COMPARE(failed.size(), 1);
        picture("second-window");
        QVERIFY2(m_window->startPage()->problem().contains(QStringLiteral("Use that window")),
            qPrintable(m_window->startPage()->problem()));
    }

private:
    void open(const QString& engine = fakeEngineCommand("good")) {
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{engine, QString()});
        m_window->resize(1480, 920);
        m_window->show();
        QSignalSpy opened(m_window.get(), &MainWindow::projectOpened);
        m_window->openProject(m_project);
        QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, patienceMs);
    }

    /// Accepts by keyboard until so many are.
    void decide(int upTo) {
        auto* review = panelOf<ReviewPanel>(*m_window);
        QTRY_VERIFY_WITH_TIMEOUT(review->current() > 0 && review->isSettled(), patienceMs);
        while (review->current() <= upTo) {
            const qint64 sample = review->current();
            QTest::keyClick(review->firstFocus(), Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(
                review->current() == sample + 1 && review->isSettled(), patienceMs);
        }
    }

    static int accepted(const QString& folder) {
        auto project = Project::open(folder.toStdString(), OpenMode::ReadOnly);
        if (!project)
            return -1;
        SampleFilter filter;
        filter.statuses = {ReviewStatus::Accepted};
        return int(project->samples().count(filter).value_or(-1));
    }

    static QPushButton* button(QWidget* parent, const QString& text) {
        for (auto* each : parent->findChildren<QPushButton*>())
            if (each->text() == text)
                return each;
        return nullptr;
    }

    /// The children of this process that serve a session.
    static QList<qint64> engineProcesses() {
        QList<qint64> found;
        QDirIterator threads(QStringLiteral("/proc/self/task"), QDir::Dirs | QDir::NoDotAndDotDot);
        while (threads.hasNext()) {
            QFile children(threads.next() + QStringLiteral("/children"));
            if (!children.open(QIODevice::ReadOnly))
                continue;
            for (const QByteArray& child : children.readAll().simplified().split(' ')) {
                QFile command(QStringLiteral("/proc/%1/cmdline").arg(QString::fromLatin1(child)));
                if (command.open(QIODevice::ReadOnly) && command.readAll().contains("--stdio"))
                    found.append(child.toLongLong());
            }
        }
        return found;
    }

    void picture(const char* name) {
        const QString folder = qEnvironmentVariable("ASSAY_FAILURE_SHOTS");
        if (!folder.isEmpty())
            m_window->grab().save(
                QDir(folder).filePath(QString::fromLatin1(name) + QStringLiteral(".png")));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QString m_project;
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == "--fake-engine")
        return runFakeEngine(argv[2]);
    QApplication application(argc, argv);
    if (argc == 3 && std::string_view(argv[1]) == "--decide-and-die")
        return decideAndDie(QString::fromLocal8Bit(argv[2]));
    TestWindowFailures test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_window_failures.moc"
