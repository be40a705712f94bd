#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/panels/review/active_time.h"
#include "ui/panels/review/key_button.h"
#include "ui/panels/review/key_dialog.h"
#include "ui/panels/review/review_keys.h"

#include <QKeyEvent>
#include <QTemporaryDir>

#include <set>

using namespace assay;
using namespace assay::test;

namespace {

QKeySequence key(const char* text) {
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

} // namespace

class TestReviewKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void profilesHaveTheKeysOfTheirTools_data() {
        QTest::addColumn<int>("profile");
        QTest::addColumn<QString>("pressed");
        QTest::addColumn<int>("action");
        const auto row = [](const char* name, KeyProfile profile, const char* pressed,
                             ReviewAction action) {
            QTest::newRow(name) << int(profile) << QString::fromLatin1(pressed) << int(action);
        };
        row("assay accept", KeyProfile::Assay, "Return", ReviewAction::Accept);
        row("assay reject", KeyProfile::Assay, "X", ReviewAction::Reject);
        row("assay skip", KeyProfile::Assay, "Space", ReviewAction::Skip);
        row("assay edit", KeyProfile::Assay, "Shift+Return", ReviewAction::Edit);
        row("assay undo", KeyProfile::Assay, "Ctrl+Z", ReviewAction::Undo);
        row("assay redo", KeyProfile::Assay, "Ctrl+Shift+Z", ReviewAction::Redo);
        row("prodigy accept", KeyProfile::Prodigy, "A", ReviewAction::Accept);
        row("prodigy reject", KeyProfile::Prodigy, "X", ReviewAction::Reject);
        row("prodigy ignore", KeyProfile::Prodigy, "Space", ReviewAction::Skip);
        row("prodigy undo", KeyProfile::Prodigy, "Backspace", ReviewAction::Undo);
        row("prodigy undo 2", KeyProfile::Prodigy, "Del", ReviewAction::Undo);
        row("prodigy flag", KeyProfile::Prodigy, "F", ReviewAction::Flag);
        row("argilla submit", KeyProfile::Argilla, "Return", ReviewAction::Accept);
        row("argilla discard", KeyProfile::Argilla, "Backspace", ReviewAction::Reject);
        row("argilla next", KeyProfile::Argilla, "Right", ReviewAction::Next);
        row("label studio submit", KeyProfile::LabelStudio, "Ctrl+Return", ReviewAction::Accept);
        row("label studio skip", KeyProfile::LabelStudio, "Ctrl+Space", ReviewAction::Skip);
        row("label studio back", KeyProfile::LabelStudio, "Ctrl+Left", ReviewAction::Previous);
    }
    void profilesHaveTheKeysOfTheirTools() {
        QFETCH(int, profile);
        QFETCH(QString, pressed);
        QFETCH(int, action);
        const ReviewKeys keys{KeyProfile(profile)};
        QCOMPARE(keys.match(key(qPrintable(pressed)), false), std::optional(ReviewAction(action)));
    }

    void noKeyOfAProfileDoesTwoThings() {
        for (int profile = 0; profile < keyProfiles; ++profile) {
            const ReviewKeys keys{KeyProfile(profile)};
            for (int i = 0; i < reviewActions; ++i)
                for (const QKeySequence& own : keys.keys(ReviewAction(i)))
                    QVERIFY2(keys.conflict(ReviewAction(i), own).isEmpty(),
                        qPrintable(keyProfileName(KeyProfile(profile)) + QLatin1Char(' ')
                            + own.toString()));
        }
    }

    void everyKeyHasAFormForTypingThatTextFieldsDoNotNeed() {
        const std::set<QString> needed = {QStringLiteral("Ctrl+X"), QStringLiteral("Ctrl+C"),
            QStringLiteral("Ctrl+V"), QStringLiteral("Ctrl+Z"), QStringLiteral("Ctrl+A"),
            QStringLiteral("Ctrl+Left"), QStringLiteral("Ctrl+Right"),
            QStringLiteral("Ctrl+Shift+Z"), QStringLiteral("Ctrl+Backspace"),
            QStringLiteral("Ctrl+Del"), QStringLiteral("Ctrl+Return")};
        for (int profile = 0; profile < keyProfiles; ++profile) {
            const ReviewKeys keys{KeyProfile(profile)};
            for (int i = 0; i < reviewActions; ++i) {
                const QKeySequence form = ReviewKeys::whileTyping(keys.key(ReviewAction(i)));
                QVERIFY(form[0].keyboardModifiers().testFlag(Qt::ControlModifier));
                QVERIFY2(!needed.contains(form.toString()), qPrintable(form.toString()));
                QCOMPARE(keys.match(form, true), std::optional(ReviewAction(i)));
            }
        }
    }

    void lettersDoNothingWhileSomebodyTypes() {
        const ReviewKeys keys;
        for (const char* plain : {"X", "E", "Return", "Space", "Left", "Ctrl+Z", "Ctrl+Return"})
            QVERIFY2(!keys.match(key(plain), true), plain);
        QCOMPARE(keys.match(key("Ctrl+Shift+X"), true), std::optional(ReviewAction::Reject));
    }

    void ownKeysAreKeptAndAProfileDropsThem() {
        QTemporaryDir folder;
        Settings settings(folder.filePath(QStringLiteral("window.ini")));
        ReviewKeys keys = ReviewKeys::fromSettings(settings);
        QCOMPARE(keys.profile(), KeyProfile::Assay);
        keys.setProfile(KeyProfile::Prodigy);
        keys.setKey(ReviewAction::Reject, key("R"));
        keys.save(settings);
        const ReviewKeys read = ReviewKeys::fromSettings(settings);
        QCOMPARE(read.profile(), KeyProfile::Prodigy);
        QCOMPARE(read.key(ReviewAction::Reject), key("R"));
        QVERIFY(!read.match(key("X"), false));
        QCOMPARE(read.key(ReviewAction::Accept), key("A"));
    }

    void aKeyThatIsTakenIsRefusedAndItIsSaidByWhat() {
        KeyDialog dialog(ReviewKeys{}, {{key("Ctrl+K"), QStringLiteral("Command palette")}});
        QVERIFY(!dialog.change(ReviewAction::Flag, key("X")));
        QVERIFY(dialog.problem().contains(QStringLiteral("Reject")));
        QCOMPARE(dialog.keys().key(ReviewAction::Flag), key("F"));
        QVERIFY(!dialog.change(ReviewAction::Flag, key("Ctrl+K")));
        QVERIFY(dialog.problem().contains(QStringLiteral("Command palette")));
        QVERIFY(!dialog.change(ReviewAction::Flag, key("3")));
        QVERIFY(dialog.change(ReviewAction::Flag, key("M")));
        QVERIFY(dialog.problem().isEmpty());
        QCOMPARE(dialog.keys().key(ReviewAction::Flag), key("M"));
        dialog.chooseProfile(KeyProfile::Argilla);
        QCOMPARE(dialog.keys().key(ReviewAction::Reject), key("Backspace"));
    }

    void digitsAreDigitsWhateverShiftMakesOfThem() {
        const auto digit = [](int code, Qt::KeyboardModifiers modifiers, const char* text) {
            return digitOf(QKeyEvent(QEvent::KeyPress, code, modifiers, QString::fromLatin1(text)));
        };
        QCOMPARE(digit(Qt::Key_3, Qt::NoModifier, "3"), 3);
        QCOMPARE(digit(Qt::Key_0, Qt::NoModifier, "0"), 10);
        QCOMPARE(digit(Qt::Key_At, Qt::ShiftModifier, "@"), 2);
        QCOMPARE(digit(Qt::Key_2, Qt::AltModifier, ""), 2);
        QCOMPARE(digit(Qt::Key_A, Qt::NoModifier, "a"), 0);
    }

    void pausesAreLeftOutOfTheTimeAtWork() {
        ActiveTime time;
        time.start(1'000);
        time.touch(3'000);
        time.touch(1'003'000); // came back from lunch
        QCOMPARE(time.take(1'004'000), 2'000 + ActiveTime::longestPauseMs + 1'000);
        QCOMPARE(time.take(1'004'500), 500);
    }
};

ASSAY_WINDOW_TEST_MAIN(TestReviewKeys)
#include "test_review_keys.moc"
