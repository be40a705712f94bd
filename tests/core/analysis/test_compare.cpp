#include "core/analysis/compare.h"

#include "core/analysis/byte_alignment.h"
#include "core/base/rng.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <numeric>

using namespace assay;
using namespace assay::test;

namespace {

std::vector<float> randomRow(Rng& rng, std::size_t n, double spread) {
    std::vector<float> row(n);
    for (float& v : row)
        v = float(spread * rng.normal());
    return row;
}

std::vector<double> probabilities(std::span<const float> z) {
    const double peak = *std::ranges::max_element(z);
    std::vector<double> p(z.begin(), z.end());
    double sum = 0;
    for (double& v : p)
        sum += v = std::exp(v - peak);
    for (double& v : p)
        v /= sum;
    return p;
}

double kl(const std::vector<double>& p, const std::vector<double>& q) {
    double sum = 0;
    for (std::size_t v = 0; v < p.size(); ++v)
        sum += p[v] > 0 ? p[v] * std::log(p[v] / q[v]) : 0;
    return sum;
}

double js(const std::vector<double>& p, const std::vector<double>& q) {
    std::vector<double> m(p);
    for (std::size_t v = 0; v < p.size(); ++v)
        m[v] = (p[v] + q[v]) / 2;
    return (kl(p, m) + kl(q, m)) / 2;
}

double tv(const std::vector<double>& p, const std::vector<double>& q) {
    double sum = 0;
    for (std::size_t v = 0; v < p.size(); ++v)
        sum += std::abs(p[v] - q[v]) / 2;
    return sum;
}

bool close(double actual, double expected, double tolerance = 2e-6) {
    return std::abs(actual - expected) <= tolerance * std::max(1.0, std::abs(expected));
}

std::vector<float> logits(std::initializer_list<double> p) {
    std::vector<float> z;
    for (double v : p)
        z.push_back(float(std::log(v)));
    return z;
}

FakeModel idModel(std::uint64_t seed, std::int64_t vocabulary, double spread = 2) {
    FakeModelOptions options;
    options.seed = seed;
    options.vocabulary = vocabulary;
    options.spread = spread;
    return FakeModel(options);
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void distancesMatchFp64() {
        Rng rng(3);
        for (int size : {2, 7, 8, 320, 32003})
            for (double spread : {0.01, 1.0, 8.0, 40.0}) {
                const auto base = randomRow(rng, std::size_t(size), spread);
                const auto tuned = randomRow(rng, std::size_t(size), spread);
                const RowDistance d = compareRows(base, tuned, size, 0).distance;
                const auto p = probabilities(tuned);
                const auto q = probabilities(base);
                // fp32 logits of magnitude 40 give differences of 80 with a spacing of 8e-6.
                const double tolerance = spread > 8 ? 1e-5 : 2e-6;
                QVERIFY(close(d.klTunedBase, kl(p, q), tolerance));
                QVERIFY(close(d.klBaseTuned, kl(q, p), tolerance));
                QVERIFY(close(d.js, js(p, q)));
                QVERIFY(close(d.tv, tv(p, q)));
            }
    }

    void smallDistancesKeepTheirDigits() {
        // Rows 1e-3 apart: KL and JS are about 1e-6 and 1e-7; they must still be right to 1 %.
        Rng rng(4);
        const auto base = randomRow(rng, 5000, 2);
        std::vector<float> tuned = base;
        for (float& v : tuned)
            v += float(1e-3 * rng.normal());
        const RowDistance d = compareRows(base, tuned, 5000, 0).distance;
        const double expected = js(probabilities(tuned), probabilities(base));
        QVERIFY(std::abs(d.js - expected) < 0.01 * expected);
    }

    void equalRowsAreNotApart() {
        Rng rng(6);
        const auto row = randomRow(rng, 1000, 3);
        std::vector<float> shifted = row;
        for (const std::vector<float>& other : {row, shifted}) {
            const RowDistance d = compareRows(row, other, 1000, 5).distance;
            QCOMPARE(d.klTunedBase, 0.0);
            QCOMPARE(d.klBaseTuned, 0.0);
            QCOMPARE(d.js, 0.0);
            QCOMPARE(d.tv, 0.0);
        }
    }

    void divergencesAreNotNegativeAndJsIsSymmetricAndAtMostLn2() {
        Rng rng(7);
        for (int round = 0; round < 200; ++round) {
            const double spread = std::pow(10, 2.5 * rng.uniform() - 1);
            const auto base = randomRow(rng, 300, spread);
            const auto tuned = randomRow(rng, 300, spread);
            const RowDistance forth = compareRows(base, tuned, 300, 0).distance;
            const RowDistance back = compareRows(tuned, base, 300, 0).distance;
            QVERIFY(forth.klTunedBase >= 0 && forth.klBaseTuned >= 0 && forth.js >= 0);
            QVERIFY(forth.js <= std::log(2.0));
            QVERIFY(forth.tv <= 1);
            QCOMPARE(forth.js, back.js);
            QCOMPARE(forth.klTunedBase, back.klBaseTuned);
        }
    }

    void disjointRowsAreAsFarApartAsCanBe() {
        constexpr float never = -std::numeric_limits<float>::infinity();
        const std::vector<float> base{0, never, never};
        const std::vector<float> tuned{never, 0, never};
        const RowDistance d = compareRows(base, tuned, 3, 0).distance;
        QVERIFY(close(d.js, std::log(2.0)));
        QVERIFY(close(d.tv, 1));
        QVERIFY(std::isinf(d.klTunedBase));
    }

    void coarseningNeverAddsDivergence() {
        // Merging all but the 20 most probable ids of the tuned row into one bucket loses
        // information.
        Rng rng(8);
        for (int round = 0; round < 50; ++round) {
            const auto base = randomRow(rng, 500, 3);
            const auto tuned = randomRow(rng, 500, 3);
            const auto p = probabilities(tuned);
            const auto q = probabilities(base);
            std::vector<std::size_t> order(500);
            std::iota(order.begin(), order.end(), 0);
            std::ranges::sort(order, [&](auto a, auto b) { return p[a] > p[b]; });
            std::vector<double> coarseP(21);
            std::vector<double> coarseQ(21);
            for (std::size_t i = 0; i < order.size(); ++i) {
                coarseP[std::min<std::size_t>(i, 20)] += p[order[i]];
                coarseQ[std::min<std::size_t>(i, 20)] += q[order[i]];
            }
            const RowDistance d = compareRows(base, tuned, 500, 0).distance;
            QVERIFY(d.klTunedBase >= kl(coarseP, coarseQ) - 1e-6);
        }
    }

    void sumOverTheIntersectionOfTopListsCanBeNegativeAndIsNotUsed() {
        // The top-2 lists share only id 0, which tuning made less likely: that term alone is below
        // 0, while the divergence over the whole vocabulary cannot be.
        const auto base = logits({0.60, 0.30, 0.06, 0.04});
        const auto tuned = logits({0.40, 0.05, 0.35, 0.20});
        const double intersection = 0.40 * std::log(0.40 / 0.60);
        QVERIFY(intersection < 0);
        const RowDistance d = compareRows(base, tuned, 4, 0).distance;
        QVERIFY(close(d.klTunedBase,
            intersection + 0.05 * std::log(0.05 / 0.30) + 0.35 * std::log(0.35 / 0.06)
                + 0.20 * std::log(0.20 / 0.04)));
        QVERIFY(d.klTunedBase > 0);
    }

    void paddingRowsAreDroppedAndTheirMassShown() {
        // Base has two padding rows with 20 % of its mass; over the common ids the models agree.
        const auto tuned = logits({0.5, 0.3, 0.2});
        const auto base = logits({0.40, 0.24, 0.16, 0.15, 0.05});
        const ComparedToken token = compareRows(base, tuned, 3, 1);
        QVERIFY(close(token.baseDropped, 0.2));
        QCOMPARE(token.tunedDropped, 0.0F);
        QVERIFY(std::abs(token.distance.klTunedBase) < 1e-6);
        QVERIFY(std::abs(token.distance.js) < 1e-6);
        // The log-probabilities are each model's own.
        QVERIFY(close(token.base.logprob, std::log(0.24)));
        QVERIFY(close(token.tuned.logprob, std::log(0.3)));
    }

    void aRowWithNotANumberHasNoDistance() {
        std::vector<float> bad(20, 0);
        bad[3] = std::numeric_limits<float>::quiet_NaN();
        const RowDistance d = compareRows(bad, std::vector<float>(20, 0), 20, 1).distance;
        QVERIFY(std::isnan(d.klTunedBase) && std::isnan(d.js) && std::isnan(d.tv));
    }

    void chunksDoNotChangeTheResult() {
        FakeModel base = idModel(1, 50);
        FakeModel tuned = idModel(2, 64);
        std::vector<TokenId> ids;
        Rng rng(12);
        for (int i = 0; i < 70; ++i)
            ids.push_back(TokenId(rng.below(50)));
        const auto whole = compareOnIds(base, tuned, ids, {}, {});
        ASSAY_VERIFY_RESULT(whole);
        QCOMPARE(whole->tokens.size(), std::size_t(69));
        QCOMPARE(whole->commonVocabulary, 50);
        for (std::int64_t chunk : {1, 7, 64}) {
            const auto parts = compareOnIds(base, tuned, ids, {chunk}, {});
            ASSAY_VERIFY_RESULT(parts);
            for (std::size_t t = 0; t < parts->tokens.size(); ++t) {
                QCOMPARE(
                    parts->tokens[t].distance.klTunedBase, whole->tokens[t].distance.klTunedBase);
                QCOMPARE(parts->tokens[t].delta(), whole->tokens[t].delta());
            }
        }
        // Each model's own scores are what scoring alone gives.
        const auto alone = tuned.score(ids, {}, {}, {});
        for (std::size_t t = 0; t < 69; ++t) {
            QCOMPARE(whole->tokens[t].tuned.logprob, alone->tokens[t].logprob);
            QCOMPARE(whole->tokens[t].tuned.rank, alone->tokens[t].rank);
            QVERIFY(whole->tokens[t].tunedDropped > 0);
        }
    }

    void aComparisonCanBeCancelled() {
        FakeModel base = idModel(1, 50);
        FakeModel tuned = idModel(2, 50);
        std::stop_source source;
        source.request_stop();
        const auto cancelled
            = compareOnIds(base, tuned, std::vector<TokenId>(10, 3), {}, source.get_token());
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, std::string("cancelled"));
    }

    void bandsFollowTheRankUnderBase() {
        QCOMPARE(urialBand(1), std::string_view("unshifted"));
        QCOMPARE(urialBand(2), std::string_view("marginal"));
        QCOMPARE(urialBand(3), std::string_view("marginal"));
        QCOMPARE(urialBand(4), std::string_view("shifted"));
    }

    void divergenceIsTheFirstDifferingByteAndItsTokens() {
        const FakeTokenizer words({"Tok", "yo", "To", "kio", " is"});
        const Encoding base = words.encode("Tokyo is");
        const Encoding tuned = words.encode("Tokio is");
        QCOMPARE(base.ids.size(), std::size_t(3)); // Tok yo is
        const auto found = firstDivergence("Tokyo is", base.ranges, "Tokio is", tuned.ranges);
        QVERIFY(found.has_value());
        QCOMPARE(found->byte, 3);
        QCOMPARE(found->baseToken, std::size_t(1));
        QCOMPARE(found->tunedToken, std::size_t(1)); // Tok i o
        QVERIFY(!firstDivergence("a", {}, "a", {}));
    }

    void aRunThatEndsEarlierDivergesAtItsEnd() {
        const FakeTokenizer bytes;
        const auto found
            = firstDivergence("ab", bytes.encode("ab").ranges, "abc", bytes.encode("abc").ranges);
        QVERIFY(found.has_value());
        QCOMPARE(found->byte, 2);
        QCOMPARE(found->baseToken, std::size_t(2));
        QCOMPARE(found->tunedToken, std::size_t(2));
        const auto ids = firstDivergence(std::vector<TokenId>{4, 5}, std::vector<TokenId>{4, 6, 7});
        QVERIFY(ids.has_value());
        QCOMPARE(ids->byte, -1);
        QCOMPARE(ids->tunedToken, std::size_t(1));
    }

    void alignedGroupsCoverAllBytesOnceUnderTwoTokenizers() {
        const std::string text = "The 東京 tower 😀 is not in 北京.";
        const FakeTokenizer a({"The", " 東", "京", " tower", " is", " not"});
        const FakeTokenizer b({"Th", "e 東京", " tow", "er ", "is not", "北京"});
        const Encoding ea = a.encode(text);
        const Encoding eb = b.encode(text);
        const auto groups = alignByBytes(ea.ranges, eb.ranges);
        QVERIFY(groups.size() > 5);
        std::int64_t byte = 0;
        std::size_t at = 0;
        std::size_t bt = 0;
        for (const AlignedGroup& group : groups) {
            QCOMPARE(group.bytes.begin, byte);
            QVERIFY(group.bytes.end > byte);
            QCOMPARE(group.aBegin, at);
            QCOMPARE(group.bBegin, bt);
            QCOMPARE(ea.ranges[group.aEnd - 1].end, group.bytes.end);
            QCOMPARE(eb.ranges[group.bEnd - 1].end, group.bytes.end);
            // Finest: no boundary inside the group is shared.
            for (std::size_t i = group.aBegin; i + 1 < group.aEnd; ++i)
                for (std::size_t k = group.bBegin; k + 1 < group.bEnd; ++k)
                    QVERIFY(ea.ranges[i].end != eb.ranges[k].end);
            byte = group.bytes.end;
            at = group.aEnd;
            bt = group.bEnd;
        }
        QCOMPARE(byte, std::int64_t(text.size()));
        QCOMPARE(at, ea.ids.size());
        QCOMPARE(bt, eb.ids.size());
    }

    void tokensWithoutBytesJoinAGroup() {
        const std::vector<ByteRange> a{{0, 0}, {0, 2}, {2, 2}};
        const std::vector<ByteRange> b{{0, 1}, {1, 2}};
        const auto groups = alignByBytes(a, b);
        QCOMPARE(groups.size(), std::size_t(1));
        QCOMPARE(groups[0], (AlignedGroup{{0, 2}, 0, 3, 0, 2}));
        QVERIFY(alignByBytes({}, {}).empty());
    }
};

QTEST_APPLESS_MAIN(TestCompare)
#include "test_compare.moc"
