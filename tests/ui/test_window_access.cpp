#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/preferences.h"
#include "ui/shell/start_page.h"

#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QScrollBar>
#include <QTemporaryDir>

#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

/// What a person would call the widget, for messages.
QString described(const QWidget* widget) {
    QStringList path;
    for (const QWidget* each = widget; each && path.size() < 4; each = each->parentWidget())
        path.prepend(QString::fromLatin1(each->metaObject()->className())
            + (each->accessibleName().isEmpty() ? QString()
                                                : u'(' + each->accessibleName() + u')'));
    return path.join(u'/');
}

/// Parts of a control that speaks for them.
bool isPart(const QWidget* widget) {
    const QWidget* parent = widget->parentWidget();
    return qobject_cast<const QScrollBar*>(widget)
        || (parent
            && (qobject_cast<const QAbstractSpinBox*>(parent)
                || qobject_cast<const QComboBox*>(parent)
                || parent->inherits("QComboBoxPrivateContainer")));
}

QList<QWidget*> controlsOf(QWidget* root) {
    QList<QWidget*> found;
    for (QWidget* widget : root->findChildren<QWidget*>())
        if ((widget->focusPolicy() & Qt::TabFocus) && !isPart(widget) && !widget->isWindow())
            found.append(widget);
    return found;
}

QStringList unnamed(QWidget* root) {
    QStringList found;
    for (QWidget* widget : controlsOf(root)) {
        // A button that is not shown gets its words when there is something to press it for.
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if (button && !button->isVisible() && button->text().isEmpty() && button->icon().isNull())
            continue;
        QAccessibleInterface* access = QAccessible::queryAccessibleInterface(widget);
        if (!access || access->text(QAccessible::Name).trimmed().isEmpty())
            found.append(described(widget));
    }
    return found;
}

} // namespace

/// The window without a mouse and without a screen.
class TestWindowAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        prepareWindowTests();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        const QString folder = m_folder->filePath(QStringLiteral("p.assay"));
        auto project = Project::create(folder.toStdString());
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path file
            = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream out(file);
        for (int i = 1; i < 6; ++i)
            out << dumpJson({{"messages",
                {{{"role", "user"}, {"content", "Name fruit " + std::to_string(i)}},
                    {{"role", "assistant"}, {"content", "An apple."}}}}})
                << '\n';
        out.close();
        const std::filesystem::path files[] = {file};
        ASSAY_VERIFY_RESULT(project->imports().importFiles(files, {}));
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand("good"), QString()});
        m_window->resize(1480, 920);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QSignalSpy opened(m_window.get(), &MainWindow::projectOpened);
        m_window->openProject(folder);
        QTRY_COMPARE(opened.size(), 1);
        for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned})
            m_window->selection()->setModel(
                {QStringLiteral("/models/a"), QStringLiteral("a"), role});
        m_window->selection()->setSample(1);
    }
    void init() { failOnWarnings(); }
    void cleanupTestCase() { m_window.reset(); }

    void everyControlHasAName_data() { panels(); }
    void everyControlHasAName() {
        Panel* panel = shown();
        const QStringList missing = unnamed(panel);
        QVERIFY(controlsOf(panel).size() > 3);
        QVERIFY2(missing.isEmpty(), qPrintable(u'\n' + missing.join(u'\n')));
    }

    void theFrameIsNamedToo() {
        QStringList missing = unnamed(m_window.get());
        QVERIFY2(missing.isEmpty(), qPrintable(u'\n' + missing.join(u'\n')));
        Preferences preferences(m_settings.get(), m_window.get());
        missing = unnamed(&preferences);
        QVERIFY2(missing.isEmpty(), qPrintable(u'\n' + missing.join(u'\n')));
    }

    /// Tab goes through everything and is caught by nothing.
    void everyControlIsReachedByTab_data() { panels(); }
    void everyControlIsReachedByTab() {
        Panel* panel = shown();
        QWidget* first = panel->firstFocus();
        first->setFocus(Qt::TabFocusReason);
        QSet<QWidget*> reached;
        QStringList caught;
        QWidget* at = QApplication::focusWidget();
        QVERIFY2(at, "nothing has the keyboard");
        QWidget* start = at;
        for (int i = 0; i < 500; ++i) {
            reached.insert(at);
            QTest::keyClick(at, Qt::Key_Tab);
            QWidget* next = QApplication::focusWidget();
            if (!next || next == at) {
                caught.append(described(at));
                // The way out of a text that keeps Tab for itself.
                QTest::keyClick(at, Qt::Key_Tab, Qt::ControlModifier);
                next = QApplication::focusWidget();
                if (!next || next == at)
                    break;
            }
            at = next;
            if (at == start)
                break;
        }
        QVERIFY2(
            caught.isEmpty(), qPrintable(QStringLiteral("Tab stays in ") + caught.join(u'\n')));
        QStringList missed;
        for (QWidget* control : controlsOf(panel))
            if (control->isVisible() && control->isEnabled() && !reached.contains(control)
                && !control->focusProxy() && !isOfReachedGroup(control, reached))
                missed.append(described(control));
        QVERIFY2(missed.isEmpty(), qPrintable(u'\n' + missed.join(u'\n')));
    }

    void theStripAndThePlotsSpeak() {
        m_window->showPanel(QStringLiteral("inspect"));
        QTRY_VERIFY(m_window->inspect()->stripStack()->showsContent());
        for (const char* className :
            {"assay::TokenStrip", "assay::CurvePlot", "assay::ScoreLanes"}) {
            QWidget* widget = nullptr;
            for (QWidget* each : m_window->findChildren<QWidget*>())
                if (QLatin1String(each->metaObject()->className()) == QLatin1String(className))
                    widget = each;
            QVERIFY2(widget, className);
            QAccessibleInterface* access = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(access && !access->text(QAccessible::Name).isEmpty(), className);
            QVERIFY2(access->role() != QAccessible::NoRole, className);
        }
    }

private:
    void panels() {
        QTest::addColumn<QString>("id");
        for (const Panel* panel : m_window->panels())
            QTest::newRow(qPrintable(panel->id())) << panel->id();
    }
    Panel* shown() {
        QFETCH(QString, id);
        m_window->showPanel(id);
        Panel* panel = m_window->area()->current();
        [&] { QTRY_VERIFY(panel->isSettled()); }();
        return panel;
    }
    /// Of switches that exclude each other one is reached by Tab, the others by the arrow keys.
    static bool isOfReachedGroup(const QWidget* control, const QSet<QWidget*>& reached) {
        auto* button = qobject_cast<const QAbstractButton*>(control);
        if (!button || !button->group())
            return false;
        for (QAbstractButton* other : button->group()->buttons())
            if (reached.contains(other))
                return true;
        return false;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

ASSAY_WINDOW_TEST_MAIN(TestWindowAccess)
#include "test_window_access.moc"
