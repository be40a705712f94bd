#include "core/analysis/suspects.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace assay;

namespace {

TokenScore score(double surprisal, double entropy, double varentropy, int rank) {
    TokenScore made;
    made.logprob = float(-surprisal);
    made.entropy = float(entropy);
    made.varentropy = float(varentropy);
    made.rank = rank;
    return made;
}

} // namespace

class TestSuspects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void surpriseIsAZScore() {
        // Two outcomes, q = 0.25: H = 0.562335, W = 0.226303 (closed form); the rare one has
        // surprisal ln 4, so z = (1.386294 - 0.562335) / 0.475713.
        const double z = standardisedSurprise(score(std::log(4.0), 0.562335, 0.226303, 2));
        QVERIFY(std::abs(z - 1.732051) < 1e-4);
        QVERIFY(std::isnan(standardisedSurprise(score(1, 1, 0, 1))));
    }

    void aDipNeedsRankSurprisalAndDoubt() {
        SequenceScores scores;
        // token 1: improbable, yet within its doubt; 2: rank 1; 3: below ln 10; 4: all three
        scores.tokens = {score(5, 3, 1, 9), score(4, 0.1, 0.01, 1), score(2.2, 0.1, 0.01, 4),
            score(2.4, 0.5, 0.25, 4)};
        QCOMPARE(forcedDip(scores, 1, 5), std::optional<std::size_t>(4));
        QVERIFY(!forcedDip(scores, 1, 4));
    }

    void peaksOfSurpriseAndOfEntropyAreSuspects() {
        SequenceScores scores;
        for (int i = 0; i < 20; ++i)
            scores.tokens.push_back(score(0.1, 0.2, 0.25, 1));
        scores.tokens[4] = score(2.2, 0.2, 0.25, 3); // z = 4
        scores.tokens[5] = score(1.7, 0.2, 0.25, 3); // z = 3, beside a higher one
        scores.tokens[12] = score(1.0, 3.5, 0.25, 1); // undecided
        QCOMPARE(suspects(scores, 1, 21), (std::vector<std::size_t>{5, 13}));
        QVERIFY(suspects(scores, 1, 1).empty());
        // An even text has none, whatever its level.
        SequenceScores even;
        even.tokens.assign(10, score(0.4, 0.5, 0.25, 1));
        QVERIFY(suspects(even, 1, 11).empty());
    }
};

QTEST_APPLESS_MAIN(TestSuspects)
#include "test_suspects.moc"
