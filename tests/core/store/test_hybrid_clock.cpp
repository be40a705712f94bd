#include "core/store/hybrid_clock.h"

#include <QtTest/QtTest>

using namespace assay;

class TestHybridClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheWallClock() {
        HybridClock clock;
        QCOMPARE(clock.tick(1000).milliseconds(), std::int64_t(1000));
        const HybridTime later = clock.tick(2000);
        QCOMPARE(later.milliseconds(), std::int64_t(2000));
        QCOMPARE(later.counter(), std::int64_t(0));
    }

    void growsWhenTheWallClockStandsStillOrGoesBack() {
        HybridClock clock;
        HybridTime last = clock.tick(5000);
        for (const std::int64_t wall : {5000, 5000, 4000, 1, 5000}) {
            const HybridTime next = clock.tick(wall);
            QVERIFY(next > last);
            QCOMPARE(next.milliseconds(), std::int64_t(5000));
            last = next;
        }
        QCOMPARE(last.counter(), std::int64_t(5));
        QCOMPARE(clock.tick(5001).counter(), std::int64_t(0));
    }

    void aFullCounterCarriesIntoTheMilliseconds() {
        HybridClock clock(HybridTime::of(7, 0xffff));
        const HybridTime next = clock.tick(7);
        QCOMPARE(next.milliseconds(), std::int64_t(8));
        QCOMPARE(next.counter(), std::int64_t(0));
    }

    void anEventAfterAReceivedOneIsLater() {
        HybridClock clock;
        clock.tick(1000);
        const HybridTime remote = HybridTime::of(9000, 3);
        QVERIFY(clock.observe(remote, 1000).has_value());
        QVERIFY(clock.tick(1001) > remote);
        QVERIFY(
            clock.observe(HybridTime::of(10, 0), 1000).has_value()); // an old one changes nothing
        QVERIFY(clock.tick(1001) > remote);
    }

    void aClockFarAheadIsRefused() {
        HybridClock clock;
        clock.tick(1000);
        const auto observed = clock.observe(HybridTime::of(1000 + 25 * 3600 * 1000LL, 0), 1000);
        QVERIFY(!observed);
        QCOMPARE(observed.error().code, std::string("store.clock_ahead"));
        QCOMPARE(clock.last().milliseconds(), std::int64_t(1000));
    }
};

QTEST_APPLESS_MAIN(TestHybridClock)
#include "test_hybrid_clock.moc"
