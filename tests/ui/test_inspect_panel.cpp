#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/controls.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/answer_curve.h"
#include "ui/panels/inspect/branch_model.h"
#include "ui/panels/inspect/data_card.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/text_writer.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/panels/inspect/why_card.h"
#include "ui/service/engine_session.h"
#include "ui/shell/main_window.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

constexpr const char* rows
    = R"({"messages":[{"role":"user","content":"What is the capital of Japan?"},{"role":"assistant","content":"The capital of Japan is Tokyo."}]}
{"text":"plain words to read"}
)";

} // namespace

/// The Inspect panel in the whole window, with a fake engine.
class TestInspectPanel : public QObject {
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

    void trainingTextTellsHowOftenATokenFollows() {
        open("good");
        DataCard* card = inspect()->dataCard();
        QTRY_COMPARE(card->stack()->page()->title(), QStringLiteral("Not indexed yet"));
        QTest::mouseClick(card->stack()->page()->button(), Qt::LeftButton);
        QTRY_VERIFY(card->stack()->showsContent());
        int token = 0;
        while (!words(token, token + 1).contains("Tokyo"))
            ++token;
        inspect()->strip()->setSelectedToken(token);
        QTRY_VERIFY2(card->plainText().contains(QStringLiteral("follows 1 ×")),
            qPrintable(card->plainText()));
        QVERIFY(card->plainText().contains(QStringLiteral("capital of Japan is")));
        QCOMPARE(card->places()->count(), 1);
        QCOMPARE(card->places()->item(0)->data(Qt::UserRole).toLongLong(), 1);
        // The answer stands in the rows word for word: six words and more are underlined.
        QTRY_COMPARE(inspect()->strip()->verbatim().size(), std::size_t(1));
        QSignalSpy wanted(m_window->selection(), &SelectionContext::panelWanted);
        QTest::mouseClick(card->places()->viewport(), Qt::LeftButton, {},
            card->places()->visualItemRect(card->places()->item(0)).center());
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), QStringLiteral("data"));
    }

    void anAlternativeBecomesABranchThatGoesOn() {
        open("good");
        QAbstractItemModelTester tester(
            inspect()->branches(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const int place = 10;
        inspect()->strip()->setSelectedToken(place);
        const QByteArray before = words(0, place);
        press(Qt::Key_3);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 2);
        QTRY_VERIFY(inspect()->isSettled());
        // The third alternative lies 1.2 nats behind the first.
        QCOMPARE(inspect()->branches()->index(1, BranchModel::Cost).data().toString(),
            QStringLiteral("1.20"));
        const StripText& text = inspect()->strip()->text();
        QCOMPARE(words(0, place), before);
        QCOMPARE(text.tokens[std::size_t(place)].id, 102);
        QCOMPARE(text.tokens[std::size_t(place)].bytes, QByteArray(" word102"));
        QCOMPARE(int(text.tokens.size()), place + 1 + 64);
        QVERIFY(text.tokens.back().scored && text.tokens.back().answer);
        QCOMPARE(inspect()->strip()->selectedToken(), place);
        // Three byte tokens make up one character.
        QStringList threes;
        for (const StripGroup& group : inspect()->strip()->layoutOfTokens().groups())
            if (group.count == 3)
                threes.append(group.text);
        QVERIFY(threes.contains(QStringLiteral("中")));
        QVERIFY(spokenToken(text, place).contains(QStringLiteral("forced by you")));

        // A branch of the branch costs both; one that replaces its first word costs itself only.
        inspect()->strip()->setSelectedToken(place + 4);
        press(Qt::Key_2);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 3);
        QTRY_VERIFY(inspect()->isSettled());
        QCOMPARE(inspect()->branches()->index(2, 0).data(BranchModel::DepthRole).toInt(), 2);
        inspect()->text()->setCurrent(inspect()->branches()->idAt(1));
        inspect()->strip()->setSelectedToken(place);
        press(Qt::Key_2);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 4);
        QTRY_VERIFY(inspect()->isSettled());
        QCOMPARE(inspect()->branches()->index(3, 0).data(BranchModel::DepthRole).toInt(), 1);
        QCOMPARE(inspect()->branches()->index(3, BranchModel::Cost).data().toString(),
            QStringLiteral("0.60"));

        // Deleting takes what hangs below with it; the sample stays.
        inspect()->text()->remove(inspect()->branches()->idAt(1));
        QCOMPARE(inspect()->branches()->rowCount(), 2);
        press(Qt::Key_Delete);
        press(Qt::Key_Delete);
        QCOMPARE(inspect()->branches()->rowCount(), 1);
        QCOMPARE(words(0, 1000), m_whole);
    }

    void anyTextCanBeForcedAndSaysWhatItCost() {
        open("good");
        inspect()->strip()->setSelectedToken(9);
        press(Qt::Key_F);
        QVERIFY(inspect()->forceField()->isVisible());
        inspect()->forceField()->setText(QStringLiteral(" two 中"));
        QTest::keyClick(inspect()->forceField(), Qt::Key_Return);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 2);
        QTRY_VERIFY(inspect()->isSettled());
        QVERIFY(words(9, 14).startsWith(" two 中"));
        // The fake scores ids by place: 1.5 + place % 4 nats, against 0.5 for its best.
        double cost = 0;
        for (int i = 9; i < 14; ++i)
            cost += 1.5 + i % 4 - 0.5;
        QCOMPARE(inspect()->branches()->index(1, BranchModel::Cost).data().toString(),
            QString::number(cost, 'f', 2));
        QVERIFY(inspect()
                    ->branches()
                    ->index(1, BranchModel::Forced)
                    .data()
                    .toString()
                    .endsWith(QStringLiteral("@10")));
    }

    void generationIsCancelledAtAnyTimeAndKeepsWhatCame() {
        open("endless");
        inspect()->strip()->setSelectedToken(8);
        press(Qt::Key_G);
        QTRY_COMPARE(int(inspect()->strip()->text().tokens.size()), 8 + 3);
        QVERIFY(!inspect()->isSettled());
        QVERIFY(!action("Continue from here, in place of the token")->isEnabled());
        press(Qt::Key_Escape);
        QTRY_VERIFY(inspect()->isSettled());
        QCOMPARE(int(inspect()->strip()->text().tokens.size()), 11);
        QVERIFY(inspect()
                    ->branches()
                    ->index(1, BranchModel::Words)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QStringLiteral("cancelled")));
        QVERIFY(action("Continue from here, in place of the token")->isEnabled());
        press(Qt::Key_Escape);
        QCOMPARE(inspect()->strip()->selectedToken(), -1);
    }

    void anAlternativeIsPreviewedWithoutLeaving() {
        open("good");
        inspect()->strip()->setSelectedToken(6);
        press(Qt::Key_V);
        QTRY_VERIFY(inspect()->tokenCard()->preview().contains(QStringLiteral("alpha中 beta")));
        QCOMPARE(inspect()->branches()->rowCount(), 1);
    }

    void editedWordsAreScoredAndTheSampleStays() {
        open("good");
        press(Qt::Key_E);
        QVERIFY(inspect()->writer()->isVisible());
        QCOMPARE(inspect()->writer()->text(), QStringLiteral("The capital of Japan is Tokyo."));
        inspect()->writer()->editor()->setPlainText(QStringLiteral("It is Kyoto."));
        QTest::keyClick(inspect()->writer()->editor(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 2);
        QTRY_VERIFY(inspect()->isSettled());
        QVERIFY(words(0, 1000).contains("It is Kyoto."));
        QVERIFY(words(0, 1000).contains("What is the capital of Japan?"));
        QCOMPARE(inspect()->branches()->index(1, BranchModel::Cost).data().toString(),
            QStringLiteral("–"));
        // R0 against the sample's answer, since the words differ.
        QVERIFY(inspect()->findings().onset >= 0);
        QVERIFY(inspect()->findings().onsetText.contains(QStringLiteral("R0")));
        press(Qt::Key_Backspace);
        QCOMPARE(words(0, 1000), m_whole);
    }

    void textsAndPromptsWorkWithoutASample() {
        open("good");
        press(Qt::Key_W);
        inspect()->writer()->editor()->setPlainText(QStringLiteral("my own words"));
        QTest::keyClick(inspect()->writer()->editor(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(words(0, 100), QByteArray("my own words"));
        inspect()->showOwnText(QStringLiteral("Say it."), true);
        QTRY_COMPARE(inspect()->branches()->rowCount(), 2);
        QTRY_VERIFY(inspect()->isSettled());
        const StripText& text = inspect()->strip()->text();
        QVERIFY(text.turns.back().title.startsWith(QStringLiteral("assistant")));
        QVERIFY(words(0, 1000).contains(" alpha"));
    }

    void twoModelsAreComparedTokenByToken() {
        open("good");
        QVERIFY(!inspect()->roleSwitch()->isVisible());
        m_window->selection()->setModel(
            {QStringLiteral("/models/tuned"), QStringLiteral("tuned"), ModelRole::Tuned});
        QTRY_VERIFY(inspect()->text()->comparable());
        QVERIFY(inspect()->roleSwitch()->isVisible());
        inspect()->strip()->setSelectedToken(7);
        const StripToken& token = inspect()->strip()->text().tokens[7];
        QVERIFY(!std::isnan(token.delta));
        const QString why = inspect()->whyCard()->plainText();
        QVERIFY2(why.contains(QStringLiteral("Fine-tuning moved")), qPrintable(why));
        press(Qt::Key_B);
        QCOMPARE(inspect()->strip()->metric(), StripMetric::Delta);
        const double delta = token.delta;
        press(Qt::Key_B);
        QCOMPARE(m_window->selection()->activeModel().role, ModelRole::Base);
        QTRY_VERIFY(inspect()->strip()->metric() == StripMetric::Surprisal);
        // Tuned minus base, whichever is in view.
        QCOMPARE(inspect()->strip()->text().tokens[7].delta, delta);
    }

    void keysJumpAndTheCurveSharesTheCursor() {
        open("good");
        press(Qt::Key_O);
        QVERIFY(inspect()->findings().onset >= 0);
        QCOMPARE(inspect()->strip()->selectedToken(), inspect()->findings().onset);
        QVERIFY(inspect()->selectionHelp().contains(QStringLiteral("R1")));
        press(Qt::Key_U);
        const int first = inspect()->strip()->selectedToken();
        press(Qt::Key_U);
        const auto entropy = [&](int token) {
            return inspect()->strip()->text().tokens[std::size_t(token)].entropy;
        };
        QVERIFY(entropy(inspect()->strip()->selectedToken()) <= entropy(first));
        QTest::keyClick(inspect()->curve(), Qt::Key_Home);
        const int begin = inspect()->strip()->selectedToken();
        QTest::keyClick(inspect()->curve(), Qt::Key_Right);
        QCOMPARE(inspect()->strip()->selectedToken(), begin + 1);
        QVERIFY(inspect()->curve()->accessibleDescription().contains(
            QStringLiteral("token %1").arg(begin + 2)));
        // Letters belong to a field while it has the keyboard.
        press(Qt::Key_F);
        QTest::keyClicks(inspect()->forceField(), QStringLiteral("now"));
        QCOMPARE(inspect()->forceField()->text(), QStringLiteral("now"));
        for (QAction* each : inspect()->commands())
            QVERIFY(!each->text().isEmpty());
    }

    void everythingIsExportedWithWhereItCameFrom() {
        open("good");
        const auto exports = inspect()->exports();
        QCOMPARE(exports.size(), 4);
        for (int i = 0; i < int(exports.size()); ++i)
            for (const QString& suffix : exports[i].suffixes) {
                const QString file = m_folder->filePath(QStringLiteral("%1.%2").arg(i).arg(suffix));
                const auto written = exports[i].write(file);
                ASSAY_VERIFY_RESULT(written);
                QVERIFY(QFileInfo(file).size() > 200);
            }
    }

private:
    void open(const char* scenario) {
        const std::filesystem::path folder
            = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        {
            auto project = Project::create(folder);
            ASSAY_VERIFY_RESULT(project);
            const std::filesystem::path file
                = m_folder->filePath(QStringLiteral("rows.jsonl")).toStdString();
            std::ofstream(file) << rows;
            ASSAY_VERIFY_RESULT(project->imports().importFiles({{file}}, {}));
        }
        m_window = std::make_unique<MainWindow>(
            m_settings.get(), MainWindow::Options{fakeEngineCommand(scenario), QString()});
        m_window->resize(1400, 900);
        m_window->show();
        m_window->openProject(m_folder->filePath(QStringLiteral("p.assay")));
        QTRY_VERIFY(m_window->hasProject());
        QTRY_COMPARE(m_window->selection()->sample(), std::optional<qint64>(1));
        m_window->selection()->setModel(
            {QStringLiteral("/models/base"), QStringLiteral("base"), ModelRole::Base});
        QTRY_VERIFY(inspect()->stripStack()->showsContent() && inspect()->isSettled());
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_whole = words(0, 1000);
    }
    InspectPanel* inspect() const { return m_window->inspect(); }
    void press(Qt::Key key) {
        inspect()->strip()->setFocus();
        QTest::keyClick(inspect()->strip(), key);
    }
    QByteArray words(int begin, int end) const {
        QByteArray out;
        const auto& tokens = inspect()->strip()->text().tokens;
        for (int i = begin; i < std::min(end, int(tokens.size())); ++i)
            out += tokens[std::size_t(i)].bytes;
        return out;
    }
    QAction* action(const char* text) const {
        for (QAction* each : inspect()->commands())
            if (each->text() == QLatin1String(text))
                return each;
        return nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    QByteArray m_whole;
};

ASSAY_WINDOW_TEST_MAIN(TestInspectPanel)
#include "test_inspect_panel.moc"
