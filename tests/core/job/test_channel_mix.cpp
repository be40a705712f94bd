#include "core/job/channel_mix.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <map>

using namespace assay;

class TestChannelMix : public QObject {
    Q_OBJECT

private:
    /// 40 rows of "own", 10 of "replay".
    static std::vector<std::string> channels() {
        std::vector<std::string> all(50, "own");
        for (std::size_t i = 0; i < 50; i += 5)
            all[i] = "replay";
        return all;
    }
    static std::map<std::string, int> counts(
        const std::vector<std::string>& list, std::int64_t epoch) {
        std::map<std::string, int> found;
        for (const std::int64_t row : mixedRows(*channelMix(list), channels(), 7, epoch))
            ++found[channels()[std::size_t(row)]];
        return found;
    }

private Q_SLOTS:
    void withoutRulesEveryRowIsSeenOnce() {
        const auto rows = mixedRows({}, channels(), 7, 3);
        QCOMPARE(rows.size(), std::size_t(50));
        QCOMPARE(rows[17], std::int64_t(17));
    }

    void timesRepeatAndThin() {
        QCOMPARE(counts({"replay=3"}, 0)["replay"], 30);
        QCOMPARE(counts({"replay=0.5"}, 0)["replay"], 5);
        QCOMPARE(counts({"replay=0"}, 0)["replay"], 0);
        QCOMPARE(counts({"replay=3"}, 0)["own"], 40);
    }

    /// 20 % of an epoch: 40 own rows are the other 80 %. 50 % needs 40 draws from 10 rows.
    void sharesAreOfTheWholeAndUpSample() {
        QCOMPARE(counts({"replay=20%"}, 0)["replay"], 10);
        const auto rows = mixedRows(*channelMix({"replay=50%"}), channels(), 7, 0);
        std::map<std::int64_t, int> seen;
        for (const std::int64_t row : rows)
            ++seen[row];
        QCOMPARE(rows.size(), std::size_t(80));
        for (std::int64_t row = 0; row < 50; row += 5)
            QCOMPARE(seen[row], 4);
        QCOMPARE(counts({"replay=20%", "own=0.5"}, 0)["replay"], 5); // 20 own rows are 80 %
    }

    void thinnedRowsTakeTurnsOverTheEpochs() {
        std::map<std::int64_t, int> seen;
        const auto rules = *channelMix({"replay=0.2", "own=0"});
        for (std::int64_t epoch = 0; epoch < 5; ++epoch)
            for (const std::int64_t row : mixedRows(rules, channels(), 7, epoch))
                ++seen[row];
        QCOMPARE(seen.size(), std::size_t(10)); // two of ten, five times: each once
        for (const auto& [row, times] : seen)
            QCOMPARE(times, 1);
    }

    void theSameArgumentsGiveTheSameRows() {
        const auto rules = *channelMix({"replay=0.5"});
        QVERIFY(mixedRows(rules, channels(), 7, 1) == mixedRows(rules, channels(), 7, 1));
        QVERIFY(mixedRows(rules, channels(), 7, 1) != mixedRows(rules, channels(), 8, 1));
    }

    void mistakesAreNamed_data() {
        QTest::addColumn<QByteArray>("entry");
        for (const char* entry : {"replay", "replay=", "replay=-1", "replay=x", "replay=1 0",
                 "replay=100%", "replay=nan", "replay=2000"})
            QTest::newRow(entry) << QByteArray(entry);
    }
    void mistakesAreNamed() {
        QFETCH(QByteArray, entry);
        const auto rules = channelMix({entry.toStdString()});
        QVERIFY(!rules);
        QCOMPARE(rules.error().code, std::string("json.value"));
    }
    void aChannelMayHaveAnEqualsSign() {
        QCOMPARE(channelMix({"a=b=2"})->front().channel, std::string("a=b"));
        QVERIFY(!channelMix({"a=1", "a=2"}));
    }
};

QTEST_GUILESS_MAIN(TestChannelMix)
#include "test_channel_mix.moc"
