#include "tests/ui/window_test.h"
#include "ui/common/fonts.h"
#include "ui/common/token_strip/token_strip.h"

#include <QAccessible>

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
