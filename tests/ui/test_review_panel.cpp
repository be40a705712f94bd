#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/sample_view/text_block.h"
#include "ui/common/sample_view/turn_editor.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/review/criteria_view.h"
#include "ui/panels/review/review_panel.h"
#include "ui/panels/review/task_dialog.h"
#include "ui/service/engine_models.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QTableWidget>
#include <QTemporaryDir>

#include <fstream>

using namespace assay;
using namespace assay::test;

/// The panel on a real project of thirty samples, driven by keys.
class TestReviewPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("p.assay"));
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_settings->set(Settings::keys().reviewer, QStringLiteral("An"));
        const std::string file = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream out(file);
        for (int i = 1; i <= 30; ++i)
            out << dumpJson({{"messages",
                {{{"role", "user"}, {"content", "Question " + std::to_string(i) + "?"}},
                    {{"role", "assistant"}, {"content", "Answer " + std::to_string(i) + "."}}}}})
                << '\n';
        out.close();
        auto project = Project::create(m_path.toStdString());
        const std::vector<std::filesystem::path> files = {file};
        QVERIFY(project->imports().importFiles(files, {}).has_value());
        open();
    }
    void cleanup() { close(); }

    void twentyDecisionsByKeyboardAreOnTheDiskAndUndoTakesThemBackOneByOne() {
        for (int i = 1; i <= 20; ++i) {
            QCOMPARE(m_panel->current(), qint64(i));
            press(i % 5 == 0 ? Qt::Key_X : Qt::Key_Return);
            QTRY_COMPARE(m_panel->current(), qint64(i + 1));
        }
        {
            // Another connection sees all of them while the window is open.
            auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
            SampleFilter filter;
            filter.statuses = {ReviewStatus::Accepted};
            QCOMPARE(*project->samples().count(filter), std::int64_t(16));
            filter.statuses = {ReviewStatus::Rejected};
            QCOMPARE(*project->samples().count(filter), std::int64_t(4));
            const auto history = project->decisions().history(7);
            QCOMPARE(history->front().author, std::string("An"));
            QCOMPARE(history->front().saw["mode"].get<std::string>(), std::string("opened"));
            QCOMPARE(history->front().saw["scores"].get<std::string>(), std::string("hidden"));
        }
        QTRY_VERIFY(m_panel->progressText().startsWith(QLatin1String("20 of 30")));
        for (int i = 20; i >= 1; --i) {
            press(Qt::Key_Z, Qt::ControlModifier);
            QTRY_COMPARE(m_panel->current(), qint64(i));
            QVERIFY(m_panel->notice().contains(QStringLiteral("sample %1").arg(i)));
            settle();
        }
        QCOMPARE(statusCount(ReviewStatus::Pending), 30);
        press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        settle();
        QCOMPARE(statusCount(ReviewStatus::Accepted), 1);
        press(Qt::Key_Z, Qt::ControlModifier);
        settle();
        press(Qt::Key_Z, Qt::ControlModifier);
        settle();
        QVERIFY(m_panel->notice().contains(QLatin1String("nothing to undo")));
    }

    void theQueueIsTakenUpWhereItWasLeftAndUndoReachesBack() {
        press(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        press(Qt::Key_Space); // skipped
        QTRY_COMPARE(m_panel->current(), qint64(3));
        press(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(4));
        settle();
        close();
        open();
        QCOMPARE(m_panel->current(), qint64(4));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(3));
        settle();
        QCOMPARE(statusCount(ReviewStatus::Accepted), 1);
    }

    void atTheEndWhatWasSkippedComesAgain() {
        SampleFilter filter;
        filter.text = "\"Answer 7\"";
        m_selection->setFilter(filter);
        QTRY_COMPARE(m_panel->current(), qint64(7));
        settle();
        press(Qt::Key_Space);
        settle();
        QCOMPARE(m_panel->current(), qint64(7));
        QVERIFY(m_panel->notice().contains(QLatin1String("comes again")));
        press(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(0));
        QVERIFY(m_panel->findChild<StatePage*>()->isVisible());
        QCOMPARE(m_panel->findChild<StatePage*>()->title(), QStringLiteral("This queue is done"));
        press(Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(7));
    }

    void digitsAnswerTheMarkedCriterionWhichThenAdvances() {
        QCOMPARE(m_panel->criteria()->focused(), 0);
        press(Qt::Key_4);
        QCOMPARE(m_panel->criteria()->focused(), 1);
        press(Qt::Key_2);
        press(Qt::Key_9); // the scale ends at 5
        settle();
        const std::map<std::string, int> expected = {{"correct", 4}, {"helpful", 2}};
        QCOMPARE(m_panel->criteria()->answers(), expected);
        press(Qt::Key_3, Qt::ShiftModifier);
        press(Qt::Key_X);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        QVERIFY(m_panel->criteria()->answers().empty());
        QVERIFY(m_panel->criteria()->reasons().empty());
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        const auto history = project->decisions().history(1);
        QCOMPARE(history->size(), std::size_t(3));
        QCOMPARE(dumpJson((*history)[0].after), std::string(R"({"value":4,"name":"correct"})"));
        QCOMPARE(dumpJson((*history)[2].after), std::string(R"({"reasons":["incomplete"]})"));
        press(Qt::Key_Left);
        QTRY_COMPARE(m_panel->current(), qint64(1));
        settle();
        QCOMPARE(m_panel->criteria()->answers(), expected);
    }

    void lettersAreTextInAnEditorAndTheFormsWithCtrlAct() {
        press(Qt::Key_E);
        QVERIFY(m_panel->view()->isEditing());
        auto* field = m_panel->findChild<TurnEditor*>()->firstField();
        QTest::keyClicks(field, QStringLiteral("xex "));
        QVERIFY(field->toPlainText().startsWith(QLatin1String("xex ")));
        QCOMPARE(m_panel->current(), qint64(1));
        QTest::keyClick(field, Qt::Key_4, Qt::ControlModifier);
        settle();
        QCOMPARE(m_panel->criteria()->answers().at("correct"), 4);
        QVERIFY(m_panel->view()->isEditing());
        // Accepting from within saves the edit first.
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        const auto sample = project->samples().sample(1);
        QCOMPARE(sample->sample.messages[1].content, std::string("xex Answer 1."));
        QVERIFY(sample->status == ReviewStatus::Accepted);
    }

    void ctrlFormsActWhereTheTextHasNoUseForThem() {
        press(Qt::Key_E);
        auto* field = m_panel->findChild<TurnEditor*>()->firstField();
        // Words, cut and undo are the text's as long as they do something.
        field->moveCursor(QTextCursor::End);
        QTest::keyClick(field, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(!field->textCursor().atEnd());
        QTest::keyClicks(field, QStringLiteral("new"));
        field->moveCursor(QTextCursor::Start, QTextCursor::KeepAnchor);
        const QString whole = field->toPlainText();
        QTest::keyClick(field, Qt::Key_X, Qt::ControlModifier); // cuts
        QVERIFY(field->toPlainText().size() < whole.size());
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier); // brings it back
        QCOMPARE(field->toPlainText(), whole);
        while (field->document()->isUndoAvailable())
            QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(field->toPlainText(), QStringLiteral("Answer 1."));
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
        QCOMPARE(statusCount(ReviewStatus::Pending), 30);
        // Nothing selected: Ctrl+X rejects and goes on.
        QTextCursor cursor = field->textCursor();
        cursor.clearSelection();
        field->setTextCursor(cursor);
        QTest::keyClick(field, Qt::Key_X, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        settle();
        QCOMPARE(statusCount(ReviewStatus::Rejected), 1);
        // Nothing typed: Ctrl+Z takes back the decision.
        press(Qt::Key_E);
        field = m_panel->findChild<TurnEditor*>()->firstField();
        QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(1));
        settle();
        QCOMPARE(statusCount(ReviewStatus::Rejected), 0);
        // At the end of the text Ctrl+Right turns the page, unless it is held.
        press(Qt::Key_E);
        field = m_panel->findChild<TurnEditor*>()->firstField();
        field->moveCursor(QTextCursor::End);
        QKeyEvent held(
            QEvent::KeyPress, Qt::Key_Right, Qt::ControlModifier, QString(), true /* repeats */);
        QCoreApplication::sendEvent(field, &held);
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
        QTest::keyClick(field, Qt::Key_Right, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(2));
    }

    void nothingFiresWhileAnInputMethodComposes() {
        press(Qt::Key_E);
        auto* field = m_panel->findChild<TurnEditor*>()->firstField();
        QInputMethodEvent composing(QStringLiteral("ni"), {});
        QCoreApplication::sendEvent(field, &composing);
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(field, Qt::Key_4, Qt::ControlModifier);
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
        QVERIFY(m_panel->criteria()->answers().empty());
        QCOMPARE(statusCount(ReviewStatus::Pending), 30);
    }

    void theKeyboardStaysInThePanelWhateverIsReplaced() {
        m_panel->activateWindow();
        m_panel->view()->turns().back()->block()->setFocus(Qt::MouseFocusReason);
        QTRY_VERIFY(QApplication::focusWidget());
        const auto pressFocused = [this](Qt::Key key) {
            settle();
            QTest::keyClick(QApplication::focusWidget(), key);
        };
        pressFocused(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        pressFocused(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(3));
        SampleFilter filter;
        filter.text = "\"Answer 9\"";
        m_selection->setFilter(filter);
        QTRY_COMPARE(m_panel->current(), qint64(9));
        pressFocused(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(0));
        settle();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(m_panel->current(), qint64(9));
    }

    void aHeldKeyAcceptsOneSample() {
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QString(), true);
        QCoreApplication::sendEvent(m_panel->firstFocus(), &held);
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
    }

    void otherProfilesWork() {
        m_panel->setKeys(ReviewKeys(KeyProfile::Prodigy));
        press(Qt::Key_Return); // nothing there
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
        press(Qt::Key_A);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        press(Qt::Key_Backspace);
        QTRY_COMPARE(m_panel->current(), qint64(1));
        settle();
        QCOMPARE(statusCount(ReviewStatus::Accepted), 0);
    }

    void selectedTextIsLabelledAndTheLabelCanBeTakenBack() {
        TextBlock* block = m_panel->view()->turns().back()->block();
        QTextCursor cursor = block->textCursor();
        cursor.setPosition(0);
        cursor.setPosition(6, QTextCursor::KeepAnchor);
        block->setTextCursor(cursor);
        QTest::keyClick(block, Qt::Key_1, Qt::AltModifier);
        settle();
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        auto history = project->decisions().history(1);
        QCOMPARE(history->size(), std::size_t(1));
        const Json& span = history->front().after;
        QCOMPARE(span["message"].get<int>(), 1);
        QCOMPARE(span["begin"].get<int>(), 0);
        QCOMPARE(span["end"].get<int>(), 6);
        QCOMPARE(span["label"].get<std::string>(), std::string("wrong"));
        QAbstractButton* chip = nullptr;
        for (auto* button : m_panel->view()->findChildren<QAbstractButton*>())
            if (button->accessibleName().startsWith(QLatin1String("Take back the label")))
                chip = button;
        QVERIFY(chip);
        chip->click();
        QTRY_VERIFY(!project->decisions().history(1)->front().inEffect);
    }

    void commentsAndFlagsStayWithTheSample() {
        press(Qt::Key_F);
        settle();
        press(Qt::Key_C);
        auto* line = m_panel->findChild<QLineEdit*>();
        QVERIFY(line->isVisible());
        QTest::keyClicks(line, QStringLiteral("ask the x team"));
        QTest::keyClick(line, Qt::Key_Return);
        settle();
        QCOMPARE(m_panel->current(), qint64(1));
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        const auto history = project->decisions().history(1);
        QCOMPARE(history->size(), std::size_t(2));
        QVERIFY((*history)[0].after["flag"].get<bool>());
        QCOMPARE((*history)[1].after["text"].get<std::string>(), std::string("ask the x team"));
    }

    void theGuidelineIsOneKeyAwayAndNamedByDecisions() {
        ReviewAccess access(m_project.get());
        TaskDefinition task = defaultTask();
        task.criteria.push_back({"safe", "", 2, {"no", "yes"}});
        bool set = false;
        access.setTask(task, "# Be kind", "An", this, [&](Result<ProjectTask> now) {
            m_panel->setTask(*now);
            set = true;
        });
        QTRY_VERIFY(set);
        QVERIFY(!m_panel->isGuidelineShown());
        press(Qt::Key_H);
        QVERIFY(m_panel->isGuidelineShown());
        press(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        QCOMPARE(
            project->decisions().history(1)->front().guideline, project->task().guideline()->hash);
    }

    void scoresAreHiddenUntilTheQueueShowsThem() {
        m_selection->setModel({QStringLiteral("/models/m"), QStringLiteral("m"), ModelRole::Tuned});
        settle();
        QVERIFY(!m_panel->view()->shownLoss());
        press(Qt::Key_S);
        QVERIFY(m_panel->areScoresShown());
        QTRY_VERIFY(m_panel->view()->shownLoss().has_value());
        press(Qt::Key_Return);
        QTRY_COMPARE(m_panel->current(), qint64(2));
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        const auto history = project->decisions().history(1);
        QVERIFY(history->front().saw["model_loss"].is_number());
        QCOMPARE(history->front().saw["scores"].get<std::string>(), std::string("shown"));
        settle();
        close();
        open();
        QVERIFY(m_panel->areScoresShown());
        SampleFilter other;
        other.text = "answer";
        m_selection->setFilter(other);
        settle();
        QVERIFY(!m_panel->areScoresShown());
    }

    void theTaskDialogRefusesWhatCannotBeAsked() {
        ProjectTask task;
        task.definition = defaultTask();
        TaskDialog dialog(task);
        QCOMPARE(*dialog.definition(), defaultTask());
        QVERIFY(dialog.guideline().empty()); // the suggestion alone is no guideline
        auto* criteria = dialog.findChild<QTableWidget*>();
        criteria->item(0, 1)->setText(QStringLiteral("2"));
        criteria->item(0, 2)->setText(QStringLiteral("no, yes"));
        QCOMPARE(dialog.definition()->criteria[0].labels, (std::vector<std::string>{"no", "yes"}));
        criteria->item(0, 1)->setText(QStringLiteral("3"));
        QVERIFY(!dialog.definition());
        dialog.show();
        dialog.findChild<QAbstractButton*>(QStringLiteral("save-task"))->click();
        QVERIFY(dialog.isVisible());
    }

    void everyControlHasAName() {
        m_panel->perform(ReviewAction::Guideline);
        m_panel->perform(ReviewAction::Comment);
        for (QWidget* widget : m_panel->findChildren<QWidget*>())
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()
                && !qobject_cast<QScrollBar*>(widget) && !qobject_cast<QLabel*>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
        for (const QAction* action : m_panel->commands())
            QVERIFY(!action->text().isEmpty());
    }

private:
    void open() {
        m_selection = std::make_unique<SelectionContext>();
        m_project = std::make_unique<ProjectAccess>();
        m_engine = std::make_unique<EngineSession>();
        m_engine->setCommand(fakeEngineCommand("good"));
        m_models = new EngineModels(m_engine.get());
        m_panel = std::make_unique<ReviewPanel>(Services{m_selection.get(), m_project.get(),
            m_engine.get(), m_models, nullptr, m_settings.get()});
        m_panel->resize(1100, 800);
        m_panel->show();
        bool ready = false;
        m_project->open(m_path, this, [&](auto opened) { ready = opened.has_value(); });
        QTRY_VERIFY(ready);
        m_engine->start();
        m_selection->setProject(m_path);
        QTRY_VERIFY(m_panel->current() > 0);
        settle();
    }
    void close() {
        m_panel.reset();
        m_engine.reset();
        m_project.reset();
        m_selection.reset();
    }
    void settle() { QTRY_VERIFY(m_panel->isSettled()); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        settle();
        QTest::keyClick(m_panel->firstFocus(), key, modifiers);
    }
    int statusCount(ReviewStatus status) {
        auto project = Project::open(m_path.toStdString(), OpenMode::ReadOnly);
        SampleFilter filter;
        filter.statuses = {status};
        return int(*project->samples().count(filter));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SelectionContext> m_selection;
    std::unique_ptr<ProjectAccess> m_project;
    std::unique_ptr<EngineSession> m_engine;
    EngineModels* m_models = nullptr;
    std::unique_ptr<ReviewPanel> m_panel;
};

ASSAY_WINDOW_TEST_MAIN(TestReviewPanel)
#include "test_review_panel.moc"
