#include "core/analysis/token_scores.h"

#include "core/analysis/token_scores_kernel.h"
#include "core/base/rng.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace assay;

namespace {

/// The definitions of docs/analysis.md in fp64, word for word.
struct Reference {
    double logprob, entropy, varentropy, margin;
    int rank;
};

Reference referenceScore(const std::vector<float>& z, std::size_t next) {
    const double peak = *std::ranges::max_element(z);
    double sum = 0;
    for (float v : z)
        sum += std::exp(double(v) - peak);
    const double lse = peak + std::log(sum);
    Reference r{double(z[next]) - lse, 0, 0, 0, 1};
    double square = 0;
    double rival = -std::numeric_limits<double>::infinity();
    for (std::size_t v = 0; v < z.size(); ++v) {
        const double lp = double(z[v]) - lse;
        r.entropy -= std::exp(lp) * lp;
        square += std::exp(lp) * lp * lp;
        r.rank += z[v] > z[next];
        if (v != next)
            rival = std::max(rival, double(z[v]));
    }
    r.varentropy = square - r.entropy * r.entropy;
    r.margin = double(z[next]) - rival;
    return r;
}

std::vector<float> randomRow(Rng& rng, std::size_t n, double spread) {
    std::vector<float> row(n);
    for (float& v : row)
        v = float(spread * rng.normal());
    return row;
}

bool close(double actual, double expected, double tolerance) {
    return std::abs(actual - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

} // namespace

class TestTokenScores : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void uniformLogitsHaveEntropyLogV_data() {
        QTest::addColumn<int>("size");
        for (int size : {1, 2, 7, 8, 9, 320, 512, 513, 32000, 151936})
            QTest::addRow("%d", size) << size;
    }
    void uniformLogitsHaveEntropyLogV() {
        QFETCH(int, size);
        const std::vector<float> row(std::size_t(size), -3.25F);
        const TokenScore score = scoreLogits(row, size - 1, {});
        const double expected = std::log(double(size));
        QVERIFY(std::abs(score.entropy - expected) <= 1e-6 * expected);
        QVERIFY(std::abs(score.logprob + expected) <= 1e-6 * expected);
        QCOMPARE(score.varentropy, 0.0F);
        QCOMPARE(score.rank, 1);
        QCOMPARE(score.argmax, 0);
        if (size > 1)
            QCOMPARE(score.margin, 0.0F);
    }

    void twoPointDistributionGivesTheClosedForm() {
        // q = 0.25: H = -q ln q - (1-q) ln(1-q), W = q(1-q) ln^2((1-q)/q).
        const std::vector<float> row{float(std::log(0.25)), float(std::log(0.75))};
        const TokenScore score = scoreLogits(row, 0, {});
        QVERIFY(close(score.entropy, 0.562335, 1e-6));
        QVERIFY(close(score.varentropy, 0.226303, 1e-6));
        QVERIFY(close(score.logprob, std::log(0.25), 1e-6));
        QCOMPARE(score.rank, 2);
        QVERIFY(close(score.margin, -std::log(3.0), 1e-6));
        QCOMPARE(score.argmax, 1);
    }

    void matchesFp64OnRandomRows_data() {
        QTest::addColumn<int>("size");
        QTest::addColumn<double>("spread");
        for (int size : {2, 5, 16, 17, 320, 1000, 32003})
            for (double spread : {0.01, 1.0, 4.0, 30.0})
                QTest::addRow("%d values, spread %g", size, spread) << size << spread;
    }
    void matchesFp64OnRandomRows() {
        QFETCH(int, size);
        QFETCH(double, spread);
        Rng rng(std::uint64_t(size) * 31 + std::uint64_t(spread * 100));
        for (int round = 0; round < 4; ++round) {
            const std::vector<float> row = randomRow(rng, std::size_t(size), spread);
            const std::size_t next = rng.below(row.size());
            const TokenScore score = scoreLogits(row, TokenId(next), {});
            const Reference expected = referenceScore(row, next);
            QVERIFY(close(score.logprob, expected.logprob, 1e-6));
            QVERIFY(close(score.entropy, expected.entropy, 1e-6));
            QVERIFY(close(score.varentropy, expected.varentropy, 2e-6));
            QVERIFY(close(score.margin, expected.margin, 1e-6));
            QCOMPARE(score.rank, expected.rank);
        }
    }

    void addingAConstantChangesNothing() {
        Rng rng(5);
        std::vector<float> row(320);
        for (float& v : row) // multiples of 1/64, so that the shift is exact in fp32
            v = float(int(rng.below(1024))) / 64.0F;
        std::vector<float> shifted = row;
        for (float& v : shifted)
            v += 512;
        const TokenScore a = scoreLogits(row, 17, {});
        const TokenScore b = scoreLogits(shifted, 17, {});
        QCOMPARE(a.logprob, b.logprob);
        QCOMPARE(a.entropy, b.entropy);
        QCOMPARE(a.varentropy, b.varentropy);
        QCOMPARE(a.margin, b.margin);
        QCOMPARE(a.rank, b.rank);
    }

    void tiedTokensShareTheBetterRankAndTheSmallestIdIsBest() {
        std::vector<float> row(100, 0.0F);
        row[40] = row[90] = 5.0F;
        row[7] = 9.0F;
        QCOMPARE(scoreLogits(row, 40, {}).rank, 2);
        QCOMPARE(scoreLogits(row, 90, {}).rank, 2);
        QCOMPARE(scoreLogits(row, 0, {}).rank, 4);
        std::vector<Candidate> top(4);
        scoreLogits(row, 0, top);
        QCOMPARE(top[0].id, 7);
        QCOMPARE(top[1].id, 40);
        QCOMPARE(top[2].id, 90);
        QCOMPARE(top[3].id, 0);
    }

    void topIsTheStartOfTheSortedRow() {
        Rng rng(9);
        for (int size : {3, 8, 320, 5000}) {
            const std::vector<float> row = randomRow(rng, std::size_t(size), 3);
            std::vector<TokenId> order(row.size());
            std::iota(order.begin(), order.end(), 0);
            std::ranges::sort(order,
                [&](TokenId a, TokenId b) { return row[std::size_t(a)] > row[std::size_t(b)]; });
            std::vector<Candidate> top(20);
            scoreLogits(row, 0, top);
            for (std::size_t k = 0; k < top.size(); ++k) {
                if (k >= order.size()) {
                    QCOMPARE(top[k].id, -1);
                    continue;
                }
                QCOMPARE(top[k].id, order[k]);
                QVERIFY(close(
                    top[k].logprob, referenceScore(row, std::size_t(order[k])).logprob, 1e-6));
            }
        }
    }

    void probabilitiesOfAllCandidatesSumToOne() {
        Rng rng(11);
        const std::vector<float> row = randomRow(rng, 3000, 2);
        std::vector<Candidate> top(row.size());
        scoreLogits(row, 0, top);
        double sum = 0;
        for (const Candidate& candidate : top)
            sum += std::exp(double(candidate.logprob));
        QVERIFY(std::abs(sum - 1) < 1e-5);
    }

    void withoutANextTokenTheArgmaxIsScored() {
        const std::vector<float> row{1, 4, 2};
        const TokenScore score = scoreLogits(row, -1, {});
        QCOMPARE(score.rank, 1);
        QCOMPARE(score.argmax, 1);
        QCOMPARE(score.logprob, score.argmaxLogprob);
        QCOMPARE(score.margin, 2.0F);
    }

    void maskedLogitsCountAsImpossible() {
        constexpr float never = -std::numeric_limits<float>::infinity();
        const std::vector<float> row{never, 0.0F, never, 0.0F};
        const TokenScore score = scoreLogits(row, 1, {});
        QVERIFY(close(score.entropy, std::log(2.0), 1e-6));
        QVERIFY(close(score.varentropy, 0, 1e-6));
        QCOMPARE(scoreLogits(row, 0, {}).logprob, never);
        QCOMPARE(scoreLogits(row, 0, {}).rank, 3);
    }

    void notANumberInGivesNotANumberOut() {
        for (float bad :
            {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()})
            for (std::size_t place : {0u, 5u, 18u}) {
                std::vector<float> row(19, 1.0F);
                row[place] = bad;
                std::vector<Candidate> top(3);
                const TokenScore score = scoreLogits(row, 5, top);
                QVERIFY(std::isnan(score.logprob));
                QVERIFY(std::isnan(score.entropy));
                QVERIFY(std::isnan(score.varentropy));
                QVERIFY(std::isnan(score.margin));
                QCOMPARE(score.argmax, -1);
                QCOMPARE(top[0].id, -1);
            }
        const std::vector<float> allNan(8, std::numeric_limits<float>::quiet_NaN());
        QVERIFY(std::isnan(scoreLogits(allNan, 0, {}).logprob));
        const std::vector<float> masked(8, -std::numeric_limits<float>::infinity());
        QVERIFY(std::isnan(scoreLogits(masked, 0, {}).logprob));
        QVERIFY(std::isnan(scoreLogits({}, -1, {}).logprob));
    }

    void exponentialIsWithinTwoTenMillionths() {
        std::vector<float> in;
        for (double x = 0; x > -86.9; x -= 0.00137)
            in.push_back(float(x));
        std::vector<float> out(in.size());
        kernel::expNonPositive(in, out);
        double worst = 0;
        for (std::size_t i = 0; i < in.size(); ++i)
            worst = std::max(worst, std::abs(out[i] / std::exp(double(in[i])) - 1));
        QVERIFY2(worst < 2e-7, std::to_string(worst).c_str());
    }

    void logarithmIsWithinThreeTenMillionths() {
        std::vector<float> in;
        for (double x = 1e-30; x < 4; x *= 1.00173)
            in.push_back(float(x));
        std::vector<float> out(in.size());
        kernel::logPositive(in, out);
        double worst = 0;
        for (std::size_t i = 0; i < in.size(); ++i) {
            const double expected = std::log(double(in[i]));
            worst
                = std::max(worst, std::abs(out[i] - expected) / std::max(1e-4, std::abs(expected)));
        }
        QVERIFY2(worst < 3e-7, std::to_string(worst).c_str());
    }
};

QTEST_APPLESS_MAIN(TestTokenScores)
#include "test_token_scores.moc"
