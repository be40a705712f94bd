#include "core/analysis/pair_statistics.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace assay;

class TestPairStatistics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wilsonIntervalHasTheReferenceNumbers() {
        // A worked value: 95 % of 8 out of 10.
        const Interval interval = wilsonInterval(8, 10);
        QVERIFY(std::abs(interval.low - 0.490162) < 1e-6);
        QVERIFY(std::abs(interval.high - 0.943318) < 1e-6);
        QCOMPARE(wilsonInterval(0, 0).low, 0.0);
        QCOMPARE(wilsonInterval(0, 0).high, 1.0);
        QCOMPARE(wilsonInterval(0, 5).low, 0.0);
        QVERIFY(wilsonInterval(5, 5).high == 1.0 && wilsonInterval(5, 5).low < 0.6);
    }

    void sidesAreDrawnForEachPersonAndSampleAndStay() {
        int left = 0;
        int same = 0;
        for (int i = 0; i < 2000; ++i) {
            const std::string uid = "sample-" + std::to_string(i);
            const bool ann = firstStandsLeft(uid, "ann", 7);
            QCOMPARE(firstStandsLeft(uid, "ann", 7), ann);
            left += ann;
            same += ann == firstStandsLeft(uid, "ben", 7);
        }
        // Five standard deviations of a fair coin are 112.
        QVERIFY(std::abs(left - 1000) < 112);
        QVERIFY(std::abs(same - 1000) < 112);
    }

    void talliesCountEachPersonAndAll() {
        const std::vector<PairVerdict> verdicts = {{"ben", PairChoice::A, true},
            {"ann", PairChoice::A, false}, {"ann", PairChoice::B, false},
            {"ann", PairChoice::Tie, true}, {"ben", PairChoice::BothBad, true}};
        const auto tallies = tallyPairs(verdicts);
        QCOMPARE(tallies.size(), std::size_t(3));
        QCOMPARE(tallies[0].all(), 5);
        QCOMPARE(tallies[0].a, 2);
        QCOMPARE(tallies[0].left, 2);
        QCOMPARE(tallies[1].author, std::string("ann"));
        QCOMPARE(tallies[1].winRate(), 0.5);
        QCOMPARE(tallies[2].bothBad, 1);
        const std::string report = pairReport("Test", "tuned", "base", tallies, {{"seed", "7"}});
        QVERIFY(report.find("| all | 2 | 1 | 1 | 1 | 66.7 % |") != std::string::npos);
        QVERIFY(report.find("- seed: 7") != std::string::npos);
        const Json json = pairTalliesToJson(tallies);
        QCOMPARE(json[0]["win_rate_a"].get<double>(), 2.0 / 3);
        QVERIFY(pairTalliesToJson(tallyPairs({}))[0]["win_rate_a"].is_null());
    }

    void choicesHaveNamesThatReadBack() {
        for (const PairChoice choice :
            {PairChoice::A, PairChoice::B, PairChoice::Tie, PairChoice::BothBad})
            QVERIFY(pairChoiceFromName(pairChoiceName(choice)) == choice);
        QVERIFY(!pairChoiceFromName("left"));
    }
};

QTEST_APPLESS_MAIN(TestPairStatistics)
#include "test_pair_statistics.moc"
