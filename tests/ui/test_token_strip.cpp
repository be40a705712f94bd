#include "tests/perf/strip_paint.h"
#include "tests/ui/window_test.h"
#include "ui/common/fonts.h"
#include "ui/common/token_strip/token_strip.h"

#include <QAccessible>
#include <QScrollBar>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

StripToken token(const QByteArray& bytes, double logprob = -1, int turn = 0) {
    StripToken made;
    made.bytes = bytes;
    made.turn = turn;
    made.scored = true;
    made.logprob = logprob;
    made.rank = 4;
    return made;
}

StripText textOf(const QList<QByteArray>& pieces) {
    StripText text;
    text.turns = {{QString()}};
    for (const QByteArray& piece : pieces)
        text.tokens.push_back(token(piece));
    return text;
}

QStringList groupTexts(const StripText& text) {
    QStringList out;
    for (const StripGroup& group : groupTokens(text.tokens))
        out.append(group.text + QLatin1Char('/') + QString::number(group.count));
    return out;
}

StripLayout layoutOf(const StripText& text, double width) {
    StripLayout layout;
    StripLayout::Metrics metrics;
    metrics.font = monoFont();
    layout.build(text, width, metrics);
    return layout;
}

} // namespace

class TestTokenStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void bytesOfOneCharacterStandTogether() {
        // 首 is E9 A6 96; the last token begins 都 (E9 83 BD), which never ends.
        const QStringList groups = groupTexts(textOf({"a", "\xE9", "\xA6", "\x96", "\xE9\x83"}));
        QCOMPARE(groups,
            (QStringList{
                QStringLiteral("a/1"), QStringLiteral("首/3"), QStringLiteral("E9 83/1")}));
    }

    void incompleteBytesAreHexadecimal_data() {
        QTest::addColumn<QList<QByteArray>>("pieces");
        QTest::addColumn<QStringList>("groups");
        QTest::newRow("lone continuation") << QList<QByteArray>{
            "\x96", "a"} << QStringList{QStringLiteral("96/1"), QStringLiteral("a/1")};
        QTest::newRow("whole text before")
            << QList<QByteArray>{"ab\xE9"} << QStringList{QStringLiteral("abE9/1")};
        QTest::newRow("begun, then something else") << QList<QByteArray>{
            "\xE9", "b"} << QStringList{QStringLiteral("E9/1"), QStringLiteral("b/1")};
        QTest::newRow("completed across a word")
            << QList<QByteArray>{"ab\xC3", "\xA9z"} << QStringList{QStringLiteral("abéz/2")};
        QTest::newRow("never UTF-8")
            << QList<QByteArray>{"\xFF"} << QStringList{QStringLiteral("FF/1")};
        QTest::newRow("four bytes") << QList<QByteArray>{"\xF0", "\x9F", "\x98", "\x80"}
                                    << QStringList{QString::fromUtf8("😀/4")};
    }
    void incompleteBytesAreHexadecimal() {
        QFETCH(QList<QByteArray>, pieces);
        QFETCH(QStringList, groups);
        QCOMPARE(groupTexts(textOf(pieces)), groups);
    }

    void whitespaceIsShownAsGlyphsWhereItWouldBeUnseen() {
        QCOMPARE(groupTexts(textOf({" capital", "    ", "\t", "end ", "\n\n"})),
            (QStringList{QStringLiteral(" capital/1"), QStringLiteral("····/1"),
                QStringLiteral("→   /1"), QStringLiteral("end·/1"), QStringLiteral("⏎⏎/1")}));
    }

    void everyTokenLiesInTheWidthAndInOrder() {
        StripText text;
        for (int i = 0; i < 400; ++i)
            text.tokens.push_back(
                token(i % 17 == 0 ? QByteArray("\n")
                                  : QByteArray(" word" + QByteArray::number(i * 7919 % 1000))));
        text.tokens.push_back(token(QByteArray(500, 'x')));
        const StripLayout layout = layoutOf(text, 300);
        double y = -1;
        double x = 0;
        for (int i = 0; i < layout.tokenCount(); ++i) {
            const QRectF box = layout.tokenRect(i);
            QVERIFY(box.left() >= 0 && box.right() <= 300 && box.width() >= 7);
            QVERIFY2(box.top() > y || box.left() >= x, qPrintable(QString::number(i)));
            QCOMPARE(layout.tokenAt(box.center()), i);
            y = box.top();
            x = box.right();
        }
    }

    void lineBreaksAreKept() {
        const StripLayout layout = layoutOf(textOf({"a", "\n", "b"}), 300);
        QCOMPARE(layout.lineOfToken(1), layout.lineOfToken(0));
        QCOMPARE(layout.lineOfToken(2), layout.lineOfToken(0) + 1);
    }

    void turnsBeginOnALineOfTheirOwnUnderTheirTitle() {
        StripText text;
        text.turns = {{QStringLiteral("user")}, {QStringLiteral("assistant")}};
        text.tokens = {token("hi", -1, 0), token("yes", -1, 1)};
        const StripLayout layout = layoutOf(text, 300);
        QCOMPARE(layout.lines().size(), std::size_t(4));
        QCOMPARE(layout.lines()[0].headingTurn, 0);
        QCOMPARE(layout.lines()[2].headingTurn, 1);
        QCOMPARE(layout.lineOfToken(1), 3);
        QCOMPARE(layout.tokenOnNeighbourLine(1, -1, 0), 0);
        QCOMPARE(layout.tokenOnNeighbourLine(0, -1, 0), 0);
    }

    void intensityFollowsTheMetric() {
        StripToken t = token("a", -5);
        t.entropy = 2.5;
        t.margin = -1;
        t.rank = 12;
        QCOMPARE(stripIntensity(t, StripMetric::Surprisal), 0.5);
        QCOMPARE(stripIntensity(t, StripMetric::Entropy), 0.25);
        QCOMPARE(stripIntensity(t, StripMetric::Margin), 0.1);
        QCOMPARE(stripIntensity(t, StripMetric::Rank), 0.75);
        t.logprob = -40;
        QCOMPARE(stripIntensity(t, StripMetric::Surprisal), 1.0);
        t.logprob = std::nan("");
        QCOMPARE(stripIntensity(t, StripMetric::Surprisal), 1.0);
        t.scored = false;
        QCOMPARE(stripIntensity(t, StripMetric::Surprisal), 0.0);
    }

    void textReadsOnEveryFill_data() {
        QTest::addColumn<int>("kind");
        QTest::newRow("light") << int(ThemeKind::Light);
        QTest::newRow("dark") << int(ThemeKind::Dark);
    }
    void textReadsOnEveryFill() {
        QFETCH(int, kind);
        const DesignTokens t = tokensFor(ThemeKind(kind));
        for (int step = 0; step <= 100; ++step) {
            const QColor fill = blend(t.surprisal, t.panel, maxSurprisalAlpha * step / 100);
            for (const QColor& wanted : {t.text, t.secondary}) {
                const double contrast = contrastRatio(readableText(wanted, fill), fill);
                QVERIFY2(contrast >= 4.5,
                    qPrintable(QStringLiteral("%1 at %2 %").arg(contrast).arg(step)));
            }
        }
    }

    void keysWalkAndClicksChoose() {
        TokenStrip strip;
        strip.resize(300, 200);
        QList<QByteArray> words;
        for (int i = 0; i < 60; ++i)
            words.append(" word");
        strip.setText(textOf(words));
        strip.show();
        QSignalSpy selected(&strip, &TokenStrip::tokenSelected);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selectedToken(), 0);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selectedToken(), 1);
        QTest::keyClick(&strip, Qt::Key_End);
        const int last = strip.selectedToken();
        QCOMPARE(last, strip.layoutOfTokens().lastTokenOfLine(0));
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.layoutOfTokens().lineOfToken(strip.selectedToken()), 1);
        QTest::keyClick(&strip, Qt::Key_Up);
        QCOMPARE(strip.selectedToken(), 0);
        QTest::keyClick(&strip, Qt::Key_Down);
        QCOMPARE(strip.selectedToken(), last + 1);
        QTest::keyClick(&strip, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(strip.selectedToken(), 59);
        QVERIFY(!strip.tokenBox(59).isEmpty()); // scrolled into view
        QTest::keyClick(&strip, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(strip.selectedToken(), 0);
        QTest::mouseClick(strip.viewport(), Qt::LeftButton, {}, strip.tokenBox(3).center());
        QCOMPARE(strip.selectedToken(), 3);
        QTest::keyClick(&strip, Qt::Key_Escape);
        QCOMPARE(strip.selectedToken(), -1);
        QCOMPARE(selected.count(), 10);
    }

    void fillsAreOnlyPaintedWhereSomethingSurprised() {
        TokenStrip strip;
        strip.resize(400, 120);
        StripText text = textOf({"aaaa", "bbbb"});
        text.tokens[0].logprob = 0;
        text.tokens[1].logprob = -10;
        strip.setText(text);
        strip.show();
        const QImage image = strip.viewport()->grab().toImage();
        const auto corner = [&](int index) {
            const QRect box = strip.tokenBox(index);
            return image.pixelColor(box.left() + box.width() / 2, box.top() + 2);
        };
        QCOMPARE(corner(0), tokens().panel);
        QCOMPARE(
            corner(1).rgb(), blend(tokens().surprisal, tokens().panel, maxSurprisalAlpha).rgb());
    }

    void everyTokenIsAnAccessibleChildThatSpeaks() {
        TokenStrip strip;
        strip.resize(400, 120);
        StripText text = textOf({"The", " Tokyo", "\xE9"});
        text.tokens[1].logprob = std::log(0.03);
        text.tokens[0].scored = false;
        strip.setText(text);
        strip.show();
        strip.setSelectedToken(1);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&strip);
        QVERIFY(accessible);
        QCOMPARE(accessible->role(), QAccessible::List);
        QCOMPARE(accessible->childCount(), 3);
        QAccessibleInterface* child = accessible->child(1);
        QVERIFY(child && child->isValid());
        QCOMPARE(child->text(QAccessible::Name),
            QStringLiteral("token 2 ' Tokyo', probability 3.0 %, rank 4"));
        QVERIFY(child->state().selected);
        QCOMPARE(child->parent(), accessible);
        QCOMPARE(accessible->indexOfChild(child), 1);
        const QPoint centre = child->rect().center();
        QCOMPARE(accessible->childAt(centre.x(), centre.y()), child);
        QCOMPARE(accessible->child(0)->text(QAccessible::Name),
            QStringLiteral("token 1 'The', no score"));
        QCOMPARE(accessible->child(2)->text(QAccessible::Name),
            QStringLiteral("token 3 '<E9>', probability 37 %, rank 4"));
        strip.setText({});
        QCOMPARE(accessible->childCount(), 0);
        QVERIFY(!child->isValid());
    }

    void indentationStandsAtTheStartOfTheNextLine() {
        // One token holds the break and the spaces after it, as vocabularies for code have them.
        const StripText text = textOf({"if x:", "\n    ", "return"});
        const StripLayout layout = layoutOf(text, 400);
        QCOMPARE(layout.lineOfToken(1), layout.lineOfToken(0));
        QCOMPARE(layout.lineOfToken(2), layout.lineOfToken(0) + 1);
        const QFontMetricsF metrics(monoFont());
        const double four = std::ceil(metrics.horizontalAdvance(QStringLiteral("····")));
        QCOMPARE(layout.tokenRect(2).left(), four);
        QCOMPARE(layout.carryRect(1).width(), four);
        QCOMPARE(layout.tokenAt(layout.carryRect(1).center()), 1);
        // The end of a text in such a token is a line without tokens of its own.
        const StripLayout last = layoutOf(textOf({"a", "\n  "}), 400);
        QCOMPARE(last.lines().size(), std::size_t(2));
        QCOMPARE(last.lastTokenOfLine(1), 1);
        QCOMPARE(last.tokenOnNeighbourLine(1, 1, 0), 1);
    }

    void templateTokensAreShownOnDemandAndSkippedByKeys() {
        StripText text = textOf({"<s>", "user\n", "Hi", "<e>"});
        for (const int frame : {0, 1, 3})
            text.tokens[std::size_t(frame)].frame = true;
        text.showFrame = false;
        TokenStrip strip;
        strip.resize(300, 120);
        strip.setText(text);
        strip.show();
        QVERIFY(strip.layoutOfTokens().isHidden(0) && !strip.layoutOfTokens().isHidden(2));
        QVERIFY(strip.tokenBox(1).isEmpty());
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selectedToken(), 2);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.selectedToken(), 2);
        QTest::keyClick(&strip, Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(strip.selectedToken(), 2);
        strip.setFrameShown(true);
        QTest::keyClick(&strip, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(strip.selectedToken(), 3);
        // Nothing but frame: nothing to see, nothing to crash on.
        StripText bare = textOf({"<s>"});
        bare.tokens[0].frame = true;
        bare.showFrame = false;
        strip.setText(bare);
        QTest::keyClick(&strip, Qt::Key_Right);
        QVERIFY(!strip.grab().isNull());
    }

    void chineseFlowsWithoutGaps() {
        // Each character as three byte tokens, and as one token: the same width, no holes between.
        const QFontMetricsF metrics(monoFont());
        const QString words = QStringLiteral("中文流畅");
        QList<QByteArray> bytes;
        for (const char byte : words.toUtf8())
            bytes.append(QByteArray(1, byte));
        const StripLayout layout = layoutOf(textOf(bytes), 400);
        QCOMPARE(layout.groups().size(), std::size_t(4));
        for (int g = 0; g < 4; ++g) {
            const double natural = std::ceil(metrics.horizontalAdvance(words[g]));
            QVERIFY(layout.groupRect(g).width() <= std::max(natural, 13.5) + 0.5);
            if (g > 0)
                QCOMPARE(layout.groupRect(g).left(), layout.groupRect(g - 1).right());
        }
    }

    void marksAreSpokenAndWhatWasCutOffToo() {
        StripText text = textOf({"a", "b", "c"});
        text.flags = {{1, StripFlag::Kind::Onset, QStringLiteral("R1 gap 1.16 soft")}};
        text.tokens[2].cut = true;
        text.tokens[2].scored = false;
        QVERIFY(spokenToken(text, 1).endsWith(QStringLiteral("rank 4, R1 gap 1.16 soft")));
        QCOMPARE(spokenToken(text, 2), QStringLiteral("token 3 'c', beyond the model's context"));
    }

    void everyLookPaintsWithReadableText() {
        for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
            applyTheme(*qApp, kind);
            for (const StripRamp ramp : {StripRamp::Violet, StripRamp::Cividis}) {
                QCOMPARE(rampColour(0, ramp).rgb(), tokens().panel.rgb());
                for (int step = 0; step <= 50; ++step) {
                    const QColor fill = rampColour(step / 50.0, ramp);
                    QVERIFY(contrastRatio(readableText(tokens().text, fill), fill) >= 4.5);
                }
            }
        }
        applyTheme(*qApp, ThemeKind::Light);
        TokenStrip strip;
        strip.resize(400, 120);
        StripText text = textOf({"aaaa", "bbbb"});
        text.tokens[0].logprob = 0;
        text.tokens[1].logprob = -10;
        text.tokens[1].delta = -5;
        strip.setText(text);
        strip.show();
        const auto at = [&](int fromTop) {
            const QRect box = strip.tokenBox(1);
            const QImage image = strip.viewport()->grab().toImage();
            return image.pixelColor(box.left() + box.width() / 2,
                fromTop >= 0 ? box.top() + fromTop : box.bottom() + fromTop);
        };
        strip.setStripLook({StripRamp::Violet, StripMarking::Underline});
        QCOMPARE(at(2), tokens().panel); // the bar is below, not behind
        QCOMPARE(at(-1).rgb(), rampColour(1, StripRamp::Violet).rgb());
        strip.setStripLook({StripRamp::Violet, StripMarking::Fill});
        strip.setMetric(StripMetric::Delta);
        QCOMPARE(at(2).rgb(), blend(tokens().baseModel, tokens().panel, maxSurprisalAlpha).rgb());
    }

    void newNumbersKeepSelectionAndPlace() {
        TokenStrip strip;
        strip.resize(300, 150);
        QList<QByteArray> words;
        for (int i = 0; i < 400; ++i)
            words.append(" word");
        strip.setText(textOf(words));
        strip.show();
        strip.setSelectedToken(200);
        const int place = strip.verticalScrollBar()->value();
        QVERIFY(place > 0);
        words.append(" more");
        strip.updateText(textOf(words));
        QCOMPARE(strip.selectedToken(), 200);
        QCOMPARE(strip.verticalScrollBar()->value(), place);
        strip.verticalScrollBar()->setValue(strip.verticalScrollBar()->maximum());
        for (int i = 0; i < 40; ++i)
            words.append(" tail");
        strip.updateText(textOf(words));
        QCOMPARE(strip.verticalScrollBar()->value(), strip.verticalScrollBar()->maximum());
    }

    /// Prints the times of this machine; judging them is the bench's work.
    void paintingTimesAreMeasured() {
        const double first = stripPaintMs(4096);
        const double scroll = stripScrollMs(32768);
        QVERIFY(first > 0 && scroll > 0);
        qInfo("4,096 tokens to the first picture: %.1f ms; 32,768 tokens a scrolled frame: %.1f ms "
              "(95th percentile)",
            first, scroll);
    }

    void longTextPaintsOnlyWhatIsSeen() {
        TokenStrip strip;
        strip.resize(600, 400);
        StripText text;
        text.turns = {{QString()}};
        for (int i = 0; i < 32768; ++i)
            text.tokens.push_back(
                token(QByteArray(" w" + QByteArray::number(i % 977)), -double(i % 11)));
        strip.setText(std::move(text));
        strip.show();
        strip.setSelectedToken(32767);
        QVERIFY(!strip.tokenBox(32767).isEmpty());
        QVERIFY(strip.tokenBox(0).isEmpty());
        const QImage image = strip.grab().toImage();
        QVERIFY(!image.isNull());
    }
};

ASSAY_WINDOW_TEST_MAIN(TestTokenStrip)
#include "test_token_strip.moc"
