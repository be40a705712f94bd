#include "core/advice/curve_advice.h"
#include "core/analysis/curve_reading.h"

#include <QtTest/QtTest>

#include <cmath>
#include <regex>
#include <set>

using namespace assay;

namespace {

/// A loss that falls like a real one, with a little seeded noise, over epochs of 100 steps.
RunLog fallingLog(int steps, double epochDrop = 0) {
    RunLog log;
    unsigned seed = 12345;
    for (int i = 1; i <= steps; ++i) {
        seed = seed * 1664525U + 1013904223U;
        const double noise = (double(seed >> 8) / double(1U << 24) - 0.5) * 0.1;
        log.addRow({double(i), i / 100.0, i * 512.0, i * 0.5});
        log.add(curve::loss, 1 + 2 * std::exp(-i / 40.0) + noise - epochDrop * ((i - 1) / 100));
        log.add(curve::learningRate, i < 20 ? i * 1e-5 : 2e-4 * (1 - i / (2.0 * steps)));
        log.add(curve::gradNorm, 1 + noise);
    }
    return log;
}

const CurveFinding* find(const std::vector<CurveFinding>& findings, std::string_view rule) {
    const auto found = std::ranges::find(findings, rule, &CurveFinding::rule);
    return found == findings.end() ? nullptr : &*found;
}

std::string argument(const CurveFinding& finding, const char* name) {
    for (const auto& [key, value] : finding.arguments)
        if (key == name)
            return value;
    return {};
}

} // namespace

/// Each rule on a curve that has what it looks for, and on one that has not.
class TestCurveReading : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aHealthyRunRaisesNothing() {
        CurveContext context;
        context.fineTunes = true;
        context.totalSteps = 300;
        context.hasEnded = true;
        const auto findings = readCurves(fallingLog(300), context);
        std::string rules;
        for (const CurveFinding& finding : findings)
            rules += finding.rule + " ";
        // The loss ends on a floor of 1: staying there is all that may be said about it.
        QVERIFY2(rules.empty() || rules == "loss.plateau ", rules.c_str());
    }

    void aNanIsFoundWithItsStepAndWeighsMost() {
        RunLog log = fallingLog(50);
        for (int i = 51; i <= 55; ++i) {
            log.addRow({double(i), 0.5, 0, 0});
            log.add(curve::loss, i == 53 ? std::nan("") : INFINITY);
        }
        const auto findings = readCurves(log, {});
        QCOMPARE(findings.front().rule, std::string("loss.not_finite"));
        QCOMPARE(findings.front().weight, FindingWeight::Wrong);
        QCOMPARE(findings.front().step, 51.0);
        QCOMPARE(argument(findings.front(), "count"), std::string("5"));
    }

    void aStepAtTheEpochIsMemorising() {
        const auto findings = readCurves(fallingLog(300, 0.3), {});
        const CurveFinding* step = find(findings, "loss.epoch_step");
        QVERIFY(step);
        QCOMPARE(argument(*step, "steps"), std::string("2"));
        QVERIFY(step->step == 101 || step->step == 201);
        QVERIFY(!find(readCurves(fallingLog(300, 0), {}), "loss.epoch_step"));
    }

    void evaluationThatRisesWhileTrainingFallsIsOverfit() {
        RunLog log = fallingLog(300);
        const double values[] = {2.0, 1.6, 1.5, 1.6, 1.8};
        for (int i = 0; i < 5; ++i) {
            log.addRow({20.0 + i * 70, RunPlace::none, RunPlace::none, RunPlace::none});
            log.add(curve::evalLoss, values[i]);
        }
        const auto findings = readCurves(log, {});
        const CurveFinding* overfit = find(findings, "evaluation.overfit");
        QVERIFY(overfit);
        QCOMPARE(overfit->step, 160.0);
        QCOMPARE(argument(*overfit, "best"), std::string("1.5"));
        QCOMPARE(argument(*overfit, "last"), std::string("1.8"));
    }

    void spikesThatRecoverAndThoseThatStayDiffer() {
        const auto withSpike = [](bool stays) {
            RunLog log;
            for (int i = 1; i <= 100; ++i) {
                log.addRow({double(i), RunPlace::none, RunPlace::none, RunPlace::none});
                log.add(curve::loss, i == 60 || (stays && i > 60) ? 6.0 : 1.5 + 0.01 * (i % 3));
            }
            return readCurves(log, {});
        };
        const auto recovering = withSpike(false);
        QVERIFY(find(recovering, "loss.spike"));
        QCOMPARE(find(recovering, "loss.spike")->step, 60.0);
        QCOMPARE(argument(*find(recovering, "loss.spike"), "points"), std::string("1"));
        const auto lasting = withSpike(true);
        QVERIFY(find(lasting, "loss.spike_stays"));
        QVERIFY(find(lasting, "loss.diverged"));
    }

    void firstLossIsComparedWithGuessing() {
        RunLog log;
        log.addRow({1, 0, 0, 0});
        log.add(curve::loss, 10.5);
        CurveContext context;
        context.vocabulary = 32000; // ln 32000 = 10.37
        context.fineTunes = true;
        const auto findings = readCurves(log, context);
        QCOMPARE(findings.size(), std::size_t(1));
        QCOMPARE(findings[0].rule, std::string("loss.first_guessing"));
        QCOMPARE(findings[0].weight, FindingWeight::Caution);
        QCOMPARE(argument(findings[0], "guessing"), std::string("10.37"));
        context.fineTunes = false;
        QCOMPARE(readCurves(log, context)[0].weight, FindingWeight::Note);
    }

    void zeroLossConstantGradientAndNoWarmUpAreFound() {
        RunLog log;
        for (int i = 1; i <= 40; ++i) {
            log.addRow({double(i), RunPlace::none, RunPlace::none, RunPlace::none});
            log.add(curve::loss, i < 10 ? 1.0 : 0.0);
            log.add(curve::gradNorm, 0.5);
            log.add(curve::learningRate, 1e-4 * (1 - i / 50.0));
        }
        const auto findings = readCurves(log, {});
        QCOMPARE(find(findings, "loss.zero")->step, 10.0);
        QVERIFY(find(findings, "gradient.constant"));
        QVERIFY(find(findings, "rate.not_warmed"));
    }

    void aChannelThatRisesIsNamed() {
        RunLog log = fallingLog(120);
        RunLog with;
        for (std::size_t row = 0; row < log.rowCount(); ++row) {
            with.addRow(log.place(row));
            with.add(curve::loss, log.find(curve::loss)->values[row]);
            with.add("channel_loss/poems", 2 + double(row) / 100);
            with.add("channel_loss/code", 2 - double(row) / 100);
        }
        const auto findings = readCurves(with, {});
        QVERIFY(find(findings, "channel.rises"));
        QCOMPARE(argument(*find(findings, "channel.rises"), "channel"), std::string("poems"));
    }

    void stepsDoneTwiceAndAnEarlyEndAreSaid() {
        RunLog log;
        for (const int step : {1, 2, 3, 4, 3, 4, 5}) {
            log.addRow({double(step), RunPlace::none, RunPlace::none, RunPlace::none});
            log.add(curve::loss, 1.0);
        }
        CurveContext context;
        context.totalSteps = 100;
        context.hasEnded = true;
        const auto findings = readCurves(log, context);
        QCOMPARE(find(findings, "log.went_back")->step, 3.0);
        QCOMPARE(argument(*find(findings, "log.went_back"), "count"), std::string("2"));
        QCOMPARE(argument(*find(findings, "log.ends_early"), "step"), std::string("5"));
        context.hasEnded = false;
        QVERIFY(!find(readCurves(log, context), "log.ends_early"));
    }

    void anEmptyLogIsNoTrouble() { QVERIFY(readCurves(RunLog(), {}).empty()); }

    void everyRuleHasItsWordsOnceAndFillsThem() {
        std::set<std::string_view> rules;
        for (const CurveAdvice& advice : curveAdvice()) {
            QVERIFY(rules.insert(advice.rule).second);
            QVERIFY(!advice.text.empty() && !advice.test.empty() && !advice.action.empty()
                && !advice.source.empty());
        }
        RunLog log = fallingLog(300, 0.3);
        log.addRow({301, 3, 0, 0});
        log.add(curve::loss, std::nan(""));
        for (const CurveFinding& finding : readCurves(log, {})) {
            const CurveAdvice* advice = findCurveAdvice(finding.rule);
            QVERIFY2(advice, finding.rule.c_str());
            for (const std::string_view pattern : {advice->text, advice->test, advice->action}) {
                const std::string filled = filledAdvice(pattern, finding);
                QVERIFY2(filled.find('{') == std::string::npos, filled.c_str());
            }
        }
    }

    void rowsOfTwoPartsStandBehindEachOther() {
        RunLog all = fallingLog(3);
        RunLog more;
        more.addRow({4, 0, 0, 0});
        more.add("reward", 7);
        more.add(curve::loss, 0.5);
        all.append(more);
        QCOMPARE(all.rowCount(), std::size_t(4));
        QCOMPARE(all.find(curve::loss)->values.size(), std::size_t(4));
        QCOMPARE(all.find("reward")->rows, std::vector<std::uint32_t>{3});
        QCOMPARE(all.last(curve::loss), 0.5);
        QVERIFY(!all.find("nothing"));
    }
};

QTEST_GUILESS_MAIN(TestCurveReading)
#include "test_curve_reading.moc"
