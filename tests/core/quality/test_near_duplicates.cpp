#include "core/base/rng.h"
#include "core/quality/leaks.h"
#include "core/quality/near_duplicates.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

#include <cmath>
#include <map>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

/// Words of two to nine letters.
std::vector<std::string> randomWords(Rng& rng, int count) {
    std::vector<std::string> words;
    for (int i = 0; i < count; ++i) {
        std::string word;
        for (std::uint64_t letters = 2 + rng.below(8); letters > 0; --letters)
            word += char('a' + char(rng.below(26)));
        words.push_back(word);
    }
    return words;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

} // namespace

class TestNearDuplicates : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsAreNormalised() {
        Sample sample = makeSample("How MANY  apples\n(1234 or 5 678)?", "Genau ÄPFEL 首都");
        Message system;
        system.role = Role::System;
        system.content = "You count things.";
        sample.messages.insert(sample.messages.begin(), system);
        QCOMPARE(QString::fromStdString(textForNearness(sample)),
            QStringLiteral("how many apples (0 or 0 0)? genau äpfel 首都"));
    }

    void shortTextsAreOnePiece() {
        QCOMPARE(piecesOf("ab").size(), std::size_t(1));
        QCOMPARE(piecesOf("首都").size(), std::size_t(1));
        QCOMPARE(piecesOf("首都是北京").size(), std::size_t(1));
        QCOMPARE(piecesOf("首都是北京市").size(), std::size_t(2));
        QVERIFY(piecesOf("").empty());
        QVERIFY(!nearSignature({}).some);
    }

    /// One replaced word of twenty: five-word pieces would leave 0.52, five-character ones about
    /// 0.85; of fifty words about 0.94.
    void oneReplacedWordStaysNear_data() {
        QTest::addColumn<int>("words");
        QTest::addColumn<double>("expected");
        QTest::newRow("20 words") << 20 << 0.85;
        QTest::newRow("50 words") << 50 << 0.94;
    }
    void oneReplacedWordStaysNear() {
        QFETCH(int, words);
        QFETCH(double, expected);
        Rng rng(5);
        double sum = 0;
        constexpr int times = 200;
        for (int i = 0; i < times; ++i) {
            std::vector<std::string> text = randomWords(rng, words);
            const auto before = piecesOf(joined(text));
            text[rng.below(text.size())] = randomWords(rng, 1).front();
            sum += jaccard(before, piecesOf(joined(text)));
        }
        QVERIFY2(std::abs(sum / times - expected) < 0.03, qPrintable(QString::number(sum / times)));
    }

    /// Planted pairs of known likeness: what is above 0.9 is found as good as always, at 0.8 to 0.9
    /// nearly so (1 - (1 - s^8)^16), and nothing below 0.8 is ever reported.
    void plantedPairsAreFound() {
        Rng rng(11);
        std::map<std::int64_t, std::vector<std::uint64_t>> pieces;
        std::map<std::int64_t, double> likeness; // of pair n: rows 2n and 2n + 1
        NearDuplicates near;
        for (std::int64_t pair = 0; pair < 600; ++pair) {
            std::vector<std::string> text = randomWords(rng, 40);
            pieces[2 * pair] = piecesOf(joined(text));
            for (std::uint64_t changes = rng.below(7); changes > 0; --changes)
                text[rng.below(text.size())] = randomWords(rng, 1).front();
            pieces[2 * pair + 1] = piecesOf(joined(text));
            likeness[pair] = jaccard(pieces[2 * pair], pieces[2 * pair + 1]);
            for (const std::int64_t id : {2 * pair, 2 * pair + 1})
                near.add(id, nearSignature(pieces[id]));
        }
        std::set<std::int64_t> found;
        for (const auto& group : near.groups([&](std::int64_t id) { return pieces[id]; })) {
            QCOMPARE(group.size(), std::size_t(2));
            QCOMPARE(group[0] / 2, group[1] / 2);
            QVERIFY(likeness[group[0] / 2] >= nearJaccard);
            found.insert(group[0] / 2);
        }
        int high = 0;
        int highFound = 0;
        int middle = 0;
        int middleFound = 0;
        for (const auto& [pair, s] : likeness) {
            high += s >= 0.9;
            highFound += s >= 0.9 && found.contains(pair);
            middle += s >= 0.8 && s < 0.9;
            middleFound += s >= 0.8 && s < 0.9 && found.contains(pair);
        }
        QVERIFY(high > 100 && middle > 50);
        QVERIFY2(
            highFound == high, qPrintable(QStringLiteral("%1 of %2").arg(highFound).arg(high)));
        QVERIFY2(middleFound >= 0.95 * middle,
            qPrintable(QStringLiteral("%1 of %2").arg(middleFound).arg(middle)));
    }

    void textsOfOneMouldDoNotTakeForever() {
        NearDuplicates near;
        std::int64_t asked = 0;
        const auto text = [](std::int64_t id) {
            return piecesOf("the same sentence with a different end " + std::to_string(id % 7));
        };
        for (std::int64_t id = 0; id < 20000; ++id)
            near.add(id, nearSignature(text(id)));
        const auto groups = near.groups([&](std::int64_t id) {
            ++asked;
            return text(id);
        });
        QCOMPARE(groups.size(), std::size_t(1));
        QCOMPARE(groups.front().size(), std::size_t(20000));
        QVERIFY2(asked < 60000, qPrintable(QString::number(asked)));
    }

    void wordsForLeaksSplitScriptsWithoutSpaces() {
        QCOMPARE(wordsForLeaks("It's Über-42，首都!"),
            (std::vector<std::string>{"it", "s", "über", "42", "首", "都"}));
    }

    void twelveWordsInARowAreALeakAndElevenAreNot() {
        LeakIndex index;
        index.add(7, makeSample("q w e", "a b c d e f g h i j k l m n"));
        const auto found = index.find(makeSample("x", "z z B, C d e f g h i j k l m!"));
        QVERIFY(found.has_value());
        QCOMPARE(found->heldOut, std::int64_t(7));
        QCOMPARE(found->words, std::string("b c d e f g h i j k l m"));
        QVERIFY(!found->question);
        QVERIFY(!index.find(makeSample("x", "b c d e f g h i j k l")).has_value());
        // A short question leaks as a whole, a greeting does not.
        QVERIFY(index.find(makeSample("Q w E?", "other")).has_value());
        index.add(8, makeSample("Hello", "a"));
        QVERIFY(!index.find(makeSample("Hello", "other")).has_value());
        // Chinese: characters count, whatever stands between them.
        index.add(9, makeSample("请问", "长江是中国最长的河流，全长六千三百公里"));
        QCOMPARE(index.find(makeSample("?", "答：长江是中国最长的河流全长很长"))->words,
            std::string("长江是中国最长的河流全长"));
    }
};

QTEST_APPLESS_MAIN(TestNearDuplicates)
#include "test_near_duplicates.moc"
