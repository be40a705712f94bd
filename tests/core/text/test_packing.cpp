#include "core/base/rng.h"
#include "core/text/packing.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

using Bins = std::vector<std::vector<std::int64_t>>;

EncodedSample sampleOf(const std::vector<TokenId>& labels) {
    EncodedSample sample;
    sample.labels = labels;
    sample.ids.assign(labels.size(), 7);
    sample.ranges.assign(labels.size(), {});
    return sample;
}

} // namespace

class TestPacking : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bestFitTakesTheFullestBinThatHoldsIt() {
        // 6 and 5 open bins with 4 and 5 free; 4 goes to the former and fills it, 3 and 2 to the
        // latter.
        const std::vector<std::int64_t> lengths{2, 6, 3, 5, 4};
        const PackingPlan plan = planPacking(lengths, 10, PackingOrder::BestFit);
        QCOMPARE(plan.bins, (Bins{{0, 2, 3}, {1, 4}}));
        QCOMPARE(plan.fill, 1.0);
    }

    void keepingTheOrderClosesABinAtTheFirstMisfit() {
        const std::vector<std::int64_t> lengths{2, 6, 3, 5, 4};
        const PackingPlan plan = planPacking(lengths, 10, PackingOrder::Keep);
        QCOMPARE(plan.bins, (Bins{{0, 1}, {2, 3}, {4}}));
        QCOMPARE(plan.fill, 20.0 / 30);
    }

    void samplesThatFitNowhereAreNamed() {
        for (const PackingOrder order : {PackingOrder::BestFit, PackingOrder::Keep}) {
            const std::vector<std::int64_t> lengths{11, 10, 12, 1};
            const PackingPlan plan = planPacking(lengths, 10, order);
            QCOMPARE(plan.tooLong, (std::vector<std::int64_t>{0, 2}));
            QCOMPARE(plan.bins, (Bins{{1}, {3}}));
        }
        QVERIFY(planPacking({}, 10, PackingOrder::BestFit).bins.empty());
    }

    void everySampleStandsOnceAndNoBinOverflows() {
        Rng rng(5);
        std::vector<std::int64_t> lengths(500);
        for (std::int64_t& length : lengths)
            length = std::int64_t(rng.below(97));
        const std::int64_t total = std::accumulate(lengths.begin(), lengths.end(), std::int64_t(0));
        for (const PackingOrder order : {PackingOrder::BestFit, PackingOrder::Keep}) {
            const PackingPlan plan = planPacking(lengths, 100, order);
            std::vector<int> seen(lengths.size());
            for (const auto& bin : plan.bins) {
                std::int64_t used = 0;
                for (const std::int64_t index : bin) {
                    ++seen[std::size_t(index)];
                    used += lengths[std::size_t(index)];
                }
                QVERIFY(used <= 100);
                QVERIFY(std::is_sorted(bin.begin(), bin.end()));
            }
            QCOMPARE(std::count(seen.begin(), seen.end(), 1), std::ptrdiff_t(lengths.size()));
            QCOMPARE(planPacking(lengths, 100, order).bins, plan.bins);
            if (order == PackingOrder::BestFit)
                QVERIFY(std::int64_t(plan.bins.size()) <= (total / 100 + 1) * 11 / 9 + 1);
        }
    }

    void truncationKeepsTheStartAndCounts() {
        EncodedSample sample = sampleOf({ignoredLabel, ignoredLabel, 7, 7, 7});
        sample.weights = {1, 1, 1, 1, 1};
        QVERIFY(!truncateToLength(sample, 5).truncated());
        const Truncation cut = truncateToLength(sample, 3);
        QCOMPARE(cut.cutTokens, std::int64_t(2));
        QCOMPARE(cut.cutTrainedTokens, std::int64_t(2));
        QCOMPARE(sample.ids.size(), std::size_t(3));
        QCOMPARE(sample.labels, (std::vector<TokenId>{ignoredLabel, ignoredLabel, 7}));
        QCOMPARE(sample.weights.size(), std::size_t(3));
        QCOMPARE(truncateToLength(sample, 0).cutTrainedTokens, std::int64_t(1));
    }

    void theReportSaysWhatALimitCuts() {
        LengthReporter reporter(3);
        reporter.add(sampleOf({ignoredLabel, 7}));
        reporter.add(sampleOf({ignoredLabel, 7, 7, 7, 7}));
        reporter.add(sampleOf({ignoredLabel, ignoredLabel, ignoredLabel, 7}));
        reporter.add(sampleOf({ignoredLabel}));
        const LengthReport report = reporter.report();
        QCOMPARE(report.samples, std::int64_t(4));
        QCOMPARE(report.tokens, std::int64_t(12));
        QCOMPARE(report.trainedTokens, std::int64_t(6));
        QCOMPARE(report.overlongSamples, std::int64_t(2));
        QCOMPARE(report.cutTokens, std::int64_t(3));
        QCOMPARE(report.cutTrainedTokens, std::int64_t(3));
        QCOMPARE(report.untrainedSamples, std::int64_t(1));
        QCOMPARE(report.untrainedByCut, std::int64_t(1));
        QCOMPARE(report.p50, std::int64_t(2));
        QCOMPARE(report.p95, std::int64_t(5));
        QCOMPARE(report.longest, std::int64_t(5));
        QCOMPARE(LengthReporter(3).report().p99, std::int64_t(0));
    }
};

QTEST_APPLESS_MAIN(TestPacking)
#include "test_packing.moc"
