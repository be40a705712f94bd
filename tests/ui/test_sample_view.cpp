#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/sample_view/byte_marks.h"
#include "ui/common/sample_view/code_highlighter.h"
#include "ui/common/sample_view/fold.h"
#include "ui/common/sample_view/history_view.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/sample_view/score_turns.h"
#include "ui/common/sample_view/text_block.h"
#include "ui/common/sample_view/tool_call_view.h"
#include "ui/common/sample_view/turn_editor.h"
#include "ui/common/sample_view/turn_text.h"
#include "ui/common/settings.h"
#include "ui/common/word_diff.h"
#include "ui/service/engine_models.h"

#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextLayout>

#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

QString before(const std::vector<DiffPart>& parts) {
    QString text;
    for (const DiffPart& part : parts)
        if (part.kind != DiffPart::Kind::Added)
            text += part.text;
    return text;
}

QString after(const std::vector<DiffPart>& parts) {
    QString text;
    for (const DiffPart& part : parts)
        if (part.kind != DiffPart::Kind::Removed)
            text += part.text;
    return text;
}

Message turn(Role role, std::string content) {
    Message message;
    message.role = role;
    message.content = std::move(content);
    return message;
}

std::vector<Fold*> folds(QWidget* widget) {
    const auto found = widget->findChildren<Fold*>();
    return {found.begin(), found.end()};
}

std::string toolRow() {
    const Json call = {{"id", "c1"}, {"type", "function"},
        {"function",
            {{"name", "find_train"}, {"arguments", R"({"from": "Tokyo", "to": "Kyoto"})"}}}};
    const Json row
        = {{"messages",
               {{{"role", "system"}, {"content", "You plan travels."}},
                   {{"role", "user"}, {"content", "How far is Kyoto?"}},
                   {{"role", "assistant"}, {"content", ""}, {"tool_calls", Json::array({call})}},
                   {{"role", "tool"}, {"tool_call_id", "c1"},
                       {"content", R"({"minutes": 135, "km": 476})"}},
                   {{"role", "assistant"}, {"content", "It takes 3 hours."}}}},
            {"tools",
                Json::array({{{"type", "function"},
                    {"function", {{"name", "find_train"}, {"description", "Finds a train"}}}}})}};
    return dumpJson(row) + "\n";
}

} // namespace

class TestSampleView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("window.ini")));
        m_selection = std::make_unique<SelectionContext>();
        m_project = std::make_unique<ProjectAccess>();
        m_engine = std::make_unique<EngineSession>();
        m_engine->setCommand(fakeEngineCommand("good"));
        m_models = new EngineModels(m_engine.get());
        m_view = std::make_unique<SampleView>(Services{m_selection.get(), m_project.get(),
            m_engine.get(), m_models, nullptr, m_settings.get()});
        m_view->resize(700, 800);
        m_view->show();
    }
    void cleanup() {
        m_view.reset();
        m_engine.reset();
        m_project.reset();
    }

    void aWordDiffGivesBothTextsBackAndFindsTheSmallestChange() {
        const QString a = QStringLiteral("The train takes about 3 hours and covers 476 km.");
        const QString b = QStringLiteral("The train takes 2 hours 15 minutes and covers 476 km.");
        const auto parts = wordDiff(a, b);
        QCOMPARE(before(parts), a);
        QCOMPARE(after(parts), b);
        QCOMPARE(wordDiff(a, a), (std::vector<DiffPart>{{DiffPart::Kind::Same, a}}));
        QVERIFY(wordDiff({}, {}).empty());
        const auto chinese
            = wordDiff(QStringLiteral("法国的首都是里昂。"), QStringLiteral("法国的首都是巴黎。"));
        QCOMPARE(chinese.size(), std::size_t(4));
        QCOMPARE(chinese[1].text, QStringLiteral("里昂"));
        QCOMPARE(chinese[2].text, QStringLiteral("巴黎"));
    }

    void aWordDiffOfManyRandomTextsIsWhole() {
        quint32 state = 7;
        const auto next = [&state](quint32 below) {
            state = state * 1664525u + 1013904223u;
            return (state >> 8) % below;
        };
        for (int i = 0; i < 300; ++i) {
            QString texts[2];
            for (QString& text : texts)
                for (quint32 k = next(12); k > 0; --k)
                    text += QStringLiteral("ab 中,\n").mid(int(next(6)), 1);
            const auto parts = wordDiff(texts[0], texts[1]);
            QCOMPARE(before(parts), texts[0]);
            QCOMPARE(after(parts), texts[1]);
        }
    }

    void bytesAndPositionsAgreeBehindChineseEmojiAndWindowsLineEnds() {
        const QString text = QStringLiteral("a法\r\n😀b");
        // a 0..1, 法 1..4, CRLF 4..6, emoji 6..10, b 10..11
        QCOMPARE(
            documentPositions(text, {0, 1, 4, 6, 10, 11}), (std::vector<int>{0, 1, 2, 3, 5, 6}));
        TextBlock block;
        block.setContent(text, TextBlock::Form::Text);
        QTextCursor cursor = block.textCursor();
        cursor.setPosition(3);
        cursor.setPosition(6, QTextCursor::KeepAnchor);
        block.setTextCursor(cursor);
        QCOMPARE(block.selectedBytes(), (std::pair<qint64, qint64>{6, 11}));
    }

    void placesAreKnownInRenderedMarkdownToo() {
        // "The **capital** of [Peru](http://x.org/of) is\n\n* Lima 首都\n"
        const QString text
            = QStringLiteral("The **capital** of [Peru](http://x.org/of) is\n\n* Lima 首都\n");
        const QByteArray utf8 = text.toUtf8();
        TextBlock block;
        block.setContent(text, TextBlock::Form::Markdown);
        const auto select = [&](const QString& words) {
            block.setTextCursor(block.document()->find(words));
            const auto [begin, end] = block.selectedBytes();
            return QString::fromUtf8(utf8.mid(begin, end - begin));
        };
        QCOMPARE(select(QStringLiteral("capital")), QStringLiteral("capital"));
        QCOMPARE(select(QStringLiteral("Peru")), QStringLiteral("Peru"));
        QCOMPARE(select(QStringLiteral("首都")), QStringLiteral("首都"));
        // What lies between belongs to it.
        QCOMPARE(select(QStringLiteral("capital of")), QStringLiteral("capital** of"));
        // A label made on the text as it is stands at the same words.
        const qint64 begin = utf8.indexOf("Lima");
        block.setMarks({{begin, begin + 4, QColor(Qt::yellow), {}, {}}});
        QCOMPARE(block.extraSelections().size(), 1);
        QCOMPARE(block.extraSelections().first().cursor.selectedText(), QStringLiteral("Lima"));
        block.setContent(text, TextBlock::Form::Text);
        QCOMPARE(block.extraSelections().first().cursor.selectedText(), QStringLiteral("Lima"));
    }

    void thinkingIsTakenApartFromTheAnswer() {
        const SplitContent split = splitReasoning("<think>\nShort.\n</think>\n\nYes.");
        QCOMPARE(split.reasoning, std::string("Short."));
        QCOMPARE(split.answer, std::string("Yes."));
        QCOMPARE(split.answerBegin, qint64(25));
        QCOMPARE(splitReasoning("a <think>b</think>").answer, std::string("a <think>b</think>"));
        QCOMPARE(splitReasoning("<think>open").answer, std::string("<think>open"));
    }

    void argumentsAreATreeAndDamagedOnesAreShownAsTheyAre() {
        ToolCallView good({"c1", "find", R"({"from":"Tokyo","where":{"to":"Kyoto"},"n":[1,2]})"});
        QVERIFY(good.problem().isEmpty());
        QCOMPARE(good.block()->toPlainText(),
            QStringLiteral("from   \"Tokyo\"\nwhere\n  to  \"Kyoto\"\nn\n  –  1\n  –  2"));
        good.setRaw(true);
        QVERIFY(good.block()->toPlainText().startsWith(QLatin1String("{\"from\"")));
        ToolCallView bad({"c1", "find", R"({"from": Tokyo})"});
        QVERIFY(!bad.problem().isEmpty());
        QCOMPARE(bad.block()->toPlainText(), QStringLiteral("{\"from\": Tokyo}"));
    }

    void codeInFencesIsColouredAndTextOutsideIsNot() {
        QTextDocument document(QStringLiteral("if so\n```python\nif x: # why\n```\nif so"));
        CodeHighlighter highlighter(&document);
        highlighter.rehighlight();
        const auto formats
            = [&](int line) { return document.findBlockByNumber(line).layout()->formats(); };
        QVERIFY(formats(0).isEmpty());
        QCOMPARE(formats(2).first().format.foreground().color(), tokens().accent);
        QCOMPARE(formats(2).last().format.foreground().color(), tokens().secondary);
        QVERIFY(formats(4).isEmpty());
    }

    void systemToolsAndResultsFoldAndTheAnswerStands() {
        showRow(toolRow());
        QStringList titles;
        for (Fold* fold : folds(m_view.get()))
            titles << fold->line()->text();
        QVERIFY(titles[0].startsWith(QStringLiteral("system · You plan travels.")));
        QCOMPARE(titles[1], QStringLiteral("1 tool"));
        QVERIFY(titles[2].startsWith(QStringLiteral("tool result · {\"minutes\"")));
        QCOMPARE(titles.last(), QStringLiteral("History"));
        QCOMPARE(m_view->turns().size(), std::size_t(3)); // user, call, answer
        QCOMPARE(m_view->turns()[1]->calls().size(), std::size_t(1));
        QVERIFY(m_view->turns()[2]->heading().contains(QLatin1String("trained")));
        for (Fold* fold : folds(m_view.get()))
            fold->setOpen(true);
        QVERIFY(!m_view->turns().empty());
    }

    void aLongConversationIsLaidOutPieceByPiece() {
        StoredSample stored;
        stored.id = 5;
        for (int i = 0; i < 100; ++i)
            stored.sample.messages.push_back(
                turn(i % 2 ? Role::Assistant : Role::User, std::string(10'000, 'x')));
        m_view->showSample(stored);
        QCOMPARE(m_view->turns().size(), std::size_t(2)); // the last exchange
        folds(m_view.get()).front()->setOpen(true);
        QCOMPARE(m_view->turns().size(), std::size_t(2 + 6)); // 60,000 bytes at a time
        stored.id = 6;
        stored.sample.messages
            = {turn(Role::User, "q"), turn(Role::Assistant, std::string(1'000'000, 'y'))};
        m_view->showSample(stored);
        QCOMPARE(m_view->turns().back()->block()->shownChars(), TextBlock::pieceChars);
        m_view->turns().back()->block()->showMore();
        QCOMPARE(m_view->turns().back()->block()->shownChars(), 2 * TextBlock::pieceChars);
    }

    void anEditIsSavedAndShownWithItsHistory() {
        showRow(toolRow());
        m_view->startEdit();
        QVERIFY(m_view->isEditing());
        auto* field = m_view->findChild<TurnEditor*>()->firstField();
        QCOMPARE(field->toPlainText(), QStringLiteral("It takes 3 hours."));
        field->setPlainText(QStringLiteral("It takes 2 hours 15 minutes."));
        QSignalSpy edited(m_view.get(), &SampleView::edited);
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(edited.count(), 1);
        QVERIFY(!m_view->isEditing());
        QCOMPARE(m_view->sample().sample.messages.back().content,
            std::string("It takes 2 hours 15 minutes."));
        Fold* history = folds(m_view.get()).back();
        history->setOpen(true);
        auto* list = qobject_cast<HistoryView*>(history->content());
        QTRY_VERIFY(list->isLoaded());
        QCOMPARE(list->entries(), 1);
    }

    void aCallThatIsNotJsonIsNotSavedAndShownAtItsPlace() {
        showRow(toolRow());
        m_view->startEdit({TurnPlace::List::Messages, 2});
        auto* editor = m_view->findChild<TurnEditor*>();
        QPlainTextEdit* field = editor->firstField();
        field->setPlainText(QStringLiteral("{\"from\": \"Tokyo\",\n \"to\": Kyoto}"));
        QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(m_view->isEditing());
        QVERIFY2(
            editor->problem().contains(QLatin1String("line 2")), qPrintable(editor->problem()));
        QCOMPARE(field->textCursor().blockNumber(), 1);
        bool finished = true;
        m_view->finishEdit([&](bool saved) { finished = saved; });
        QVERIFY(!finished);
        field->setPlainText(QStringLiteral("{\"from\": \"Tokyo\", \"to\": \"Nara\"}"));
        m_view->finishEdit([&](bool saved) { finished = saved; });
        QTRY_VERIFY(finished);
        QCOMPARE(m_view->sample().sample.messages[2].toolCalls[0].arguments,
            std::string("{\"from\": \"Tokyo\", \"to\": \"Nara\"}"));
    }

    void whileAWordIsComposedNothingIsSaved() {
        showRow(toolRow());
        m_view->startEdit();
        auto* field = m_view->findChild<TurnEditor*>()->firstField();
        QInputMethodEvent composing(QStringLiteral("ni"), {});
        QCoreApplication::sendEvent(field, &composing);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(m_view->isEditing());
        QInputMethodEvent composed;
        composed.setCommitString(QStringLiteral("你"));
        QCoreApplication::sendEvent(field, &composed);
        field->setPlainText(QStringLiteral("It takes 3 hours."));
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!m_view->isEditing());
    }

    void lossesNameTheirModelAndGoStaleWithAnEdit() {
        m_engine->start();
        m_selection->setModel(
            {QStringLiteral("/models/sft-run-7"), QStringLiteral("sft-run-7"), ModelRole::Tuned});
        showRow(toolRow());
        QVERIFY(!m_view->shownLoss());
        m_view->score();
        QTRY_VERIFY(!m_view->isScoring());
        QVERIFY(m_view->shownLoss().has_value());
        QVERIFY(m_view->turns().back()->heading().contains(QLatin1String("under sft-run-7")));
        QCOMPARE(m_view->seen()["model"].get<std::string>(), std::string("sft-run-7"));
        m_view->startEdit();
        m_view->findChild<TurnEditor*>()->firstField()->setPlainText(QStringLiteral("Two hours."));
        bool saved = false;
        m_view->finishEdit([&](bool done) { saved = done; });
        QTRY_VERIFY(saved);
        QVERIFY(!m_view->shownLoss());
        QVERIFY(m_view->turns().back()->heading().contains(QLatin1String("before the edit")));
        m_view->setScores(SampleView::Scores::Hidden);
        QVERIFY(!m_view->turns().back()->heading().contains(QLatin1String("loss")));
    }

    void aModelWithoutATemplateOffersThem() {
        m_engine->setCommand(fakeEngineCommand("no_template"));
        m_engine->start();
        m_selection->setModel(
            {QStringLiteral("/models/plain"), QStringLiteral("plain"), ModelRole::Base});
        showRow(toolRow());
        auto* choice = m_view->findChild<QPushButton*>(QStringLiteral("sampleTemplate"));
        QVERIFY(choice->isHidden());
        m_view->score();
        QTRY_VERIFY(!m_view->isScoring());
        QVERIFY(!m_view->shownLoss());
        QVERIFY(!choice->isHidden());
        for (QAction* name : choice->menu()->actions())
            if (name->text() == QLatin1String("chatml"))
                name->trigger();
        QTRY_VERIFY(!m_view->isScoring());
        QVERIFY(m_view->shownLoss().has_value());
        // The figure says which template it was made with, and another can be chosen.
        QVERIFY2(m_view->shownModel().contains(QLatin1String("chatml")),
            qPrintable(m_view->shownModel()));
        QVERIFY(!choice->isHidden());
        QCOMPARE(choice->text(), QStringLiteral("Template: chatml"));
    }

    void checkpointsAreNamedOnce() {
        const QString folder = QStringLiteral("/p/jobs/tune/checkpoints/step-1050");
        QCOMPARE(modelWithCheckpoint(QStringLiteral("tune"), folder),
            QStringLiteral("tune · step-1050"));
        QCOMPARE(modelWithCheckpoint(QStringLiteral("tune-11050"), folder),
            QStringLiteral("tune-11050 · step-1050"));
        const QString named = QStringLiteral("tune · step ") + QLocale().toString(1050);
        QCOMPARE(modelWithCheckpoint(named, folder), named);
        QCOMPARE(modelWithCheckpoint(QStringLiteral("tune"), QStringLiteral("/models/tune")),
            QStringLiteral("tune"));
    }

    void everyControlHasAName() {
        showRow(toolRow());
        for (Fold* fold : folds(m_view.get()))
            fold->setOpen(true);
        m_view->startEdit();
        for (QWidget* widget : m_view->findChildren<QWidget*>())
            if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()
                && !qobject_cast<QScrollBar*>(widget) && !qobject_cast<QLabel*>(widget))
                QVERIFY2(!widget->accessibleName().isEmpty(), widget->metaObject()->className());
    }

private:
    void showRow(const std::string& text) {
        const std::string folder = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        const std::string file = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
        std::ofstream(file) << text;
        {
            auto project = Project::create(folder);
            QVERIFY(project.has_value());
            const std::vector<std::filesystem::path> files = {file};
            QVERIFY(project->imports().importFiles(files, {}).has_value());
        }
        bool ready = false;
        m_project->open(
            QString::fromStdString(folder), this, [&](auto opened) { ready = opened.has_value(); });
        QTRY_VERIFY(ready);
        m_project->sample(
            1, this, [this](Result<StoredSample> sample) { m_view->showSample(*sample); });
        QTRY_VERIFY(m_view->hasSample());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<SelectionContext> m_selection;
    std::unique_ptr<ProjectAccess> m_project;
    std::unique_ptr<EngineSession> m_engine;
    EngineModels* m_models = nullptr;
    std::unique_ptr<SampleView> m_view;
};

ASSAY_WINDOW_TEST_MAIN(TestSampleView)
#include "test_sample_view.moc"
