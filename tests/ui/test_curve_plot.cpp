#include "tests/ui/window_test.h"
#include "ui/common/plot/curve_plot.h"

#include <QSignalSpy>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

std::shared_ptr<const RunLog> noisyLog(int points) {
    auto log = std::make_shared<RunLog>();
    unsigned seed = 7;
    for (int i = 0; i < points; ++i) {
        seed = seed * 1664525U + 1013904223U;
        log->addRow({double(i + 1), RunPlace::none, double(i) * 100, double(i)});
        log->add(curve::loss, 2 + double(seed >> 8) / double(1U << 24));
    }
    return log;
}

std::shared_ptr<const RunLog> logOf(std::initializer_list<double> values) {
    auto log = std::make_shared<RunLog>();
    double step = 0;
    for (const double value : values) {
        log->addRow({++step, RunPlace::none, step * 10, RunPlace::none});
        log->add(curve::loss, value);
    }
    return log;
}

} // namespace

/// Curves as they are built, thinned, drawn and read.
class TestCurvePlot : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void thinningKeepsEveryExtreme() {
        const auto log = noisyLog(200'000);
        auto loud = std::make_shared<RunLog>(*log);
        loud->addRow({200'001, RunPlace::none, 0, 0});
        loud->add(curve::loss, 1.0);
        std::vector<double> x(log->steps().begin(), log->steps().end());
        std::vector<double> y = log->find(curve::loss)->values;
        y[123'457] = 99; // one point among 200,000
        y[77'777] = -99;
        const ThinnedLine line = thinned(x, y, 1, 200'000, 500);
        QVERIFY2(line.x.size() <= 2010, qPrintable(QString::number(line.x.size())));
        QCOMPARE(std::ranges::max(line.y), 99.0);
        QCOMPARE(std::ranges::min(line.y), -99.0);
        QVERIFY(std::ranges::is_sorted(line.x));
        QCOMPARE(line.x.front(), 1.0);
        QCOMPARE(line.x.back(), 200'000.0);
        // Each column's own extremes are kept, too.
        for (int column = 0; column < 500; ++column) {
            const auto from = std::size_t(column * 400 + 5);
            const double most = *std::max_element(
                y.begin() + std::ptrdiff_t(from), y.begin() + std::ptrdiff_t(from + 390));
            double drawn = -1e9;
            for (std::size_t i = 0; i < line.x.size(); ++i)
                if (line.x[i] >= column * 400 && line.x[i] <= column * 400 + 401)
                    drawn = std::max(drawn, line.y[i]);
            QVERIFY(drawn >= most);
        }
    }

    void fewPointsStayAsTheyAreAndNanIsAGap() {
        const std::vector<double> x{1, 2, 3, 4};
        const std::vector<double> y{5, std::nan(""), INFINITY, 8};
        const ThinnedLine line = thinned(x, y, 0, 5, 100);
        QCOMPARE(line.x, x);
        QVERIFY(std::isnan(line.y[1]));
        QVERIFY(std::isnan(line.y[2])); // an infinity would spoil the axis
        QCOMPARE(line.y[3], 8.0);
        QVERIFY(thinned(x, y, 5, 0, 100).x.empty());
        QCOMPARE(thinned(x, y, 2.5, 2.6, 100).x, (std::vector<double>{2, 3})); // neighbours
    }

    void smoothingIsTheDebiasedAverage() {
        const auto log = logOf({1, 3, std::nan(""), 5});
        const auto series = buildSeries(*log, "loss", CurveAxis::Step, 0.5);
        // s/(1 - w^n) with s_n = w s + (1 - w) x: 1, 7/3, gap, 27/7.
        QCOMPARE(series->smooth[0], 1.0);
        QCOMPARE(series->smooth[1], 7.0 / 3);
        QVERIFY(std::isnan(series->smooth[2]));
        QCOMPARE(series->smooth[3], 27.0 / 7);
        QCOMPARE(series->notFinite, std::vector<std::size_t>{2});
        QVERIFY(buildSeries(*log, "loss", CurveAxis::Seconds, 0.5)->x.empty());
        QCOMPARE(buildSeries(*log, "loss", CurveAxis::Tokens, 0)->x.back(), 40.0);
    }

    void cursorGoesByPointsAndReadsEveryLine() {
        CurvePlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.setSmoothing(0);
        plot.setCurves({{QStringLiteral("a"), logOf({4, 3, std::nan(""), 1}), "loss", {0, false}},
            {QStringLiteral("b"), logOf({9, 8}), "loss", {1, false}}});
        QTRY_VERIFY(plot.isSettled());
        QCOMPARE(plot.readings()[0].value, 1.0); // without a cursor: the end
        QCOMPARE(plot.readings()[1].value, 8.0);
        QSignalSpy chosen(&plot, &CurvePlot::pointChosen);
        QTest::keyClick(&plot, Qt::Key_Home);
        QTest::keyClick(&plot, Qt::Key_Right);
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(plot.cursor(), std::optional<double>(3));
        QVERIFY(std::isnan(plot.readings()[0].value));
        QVERIFY(plot.accessibleDescription().contains(QStringLiteral("a: not a number at step 3")));
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(chosen.count(), 1);
        QCOMPARE(chosen[0][1].toDouble(), 3.0);
        QTest::keyClick(&plot, Qt::Key_Escape);
        QVERIFY(!plot.cursor());
    }

    void zoomingKeepsTheStretchAndZeroShowsAll() {
        CurvePlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.setCurves({{QStringLiteral("a"), noisyLog(10'000), "loss", {0, false}}});
        QTRY_VERIFY(plot.isSettled());
        const QCPRange whole = plot.xAxis->range();
        QVERIFY(whole.lower < 1 && whole.upper > 10'000);
        const QRect area = plot.axisRect()->rect();
        const QPoint from(area.left() + area.width() / 4, area.center().y());
        const QPoint to(area.left() + area.width() / 2, area.center().y());
        QTest::mousePress(&plot, Qt::LeftButton, {}, from);
        QTest::mouseMove(&plot, to);
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, to);
        QTRY_VERIFY(plot.isSettled());
        QVERIFY(!plot.isFollowing());
        QVERIFY(std::abs(plot.xAxis->range().size() - whole.size() / 4) < whole.size() / 50);
        plot.setCurves({{QStringLiteral("a"), noisyLog(20'000), "loss", {0, false}}});
        QTRY_VERIFY(plot.isSettled());
        QVERIFY(plot.xAxis->range().upper < 10'000); // growth does not move the view
        QTest::keyClick(&plot, Qt::Key_0);
        QTRY_VERIFY(plot.isSettled());
        QVERIFY(plot.xAxis->range().upper > 20'000);
    }

    void logarithmicAxisLeavesOutWhatHasNoLogarithm() {
        CurvePlot plot;
        plot.resize(600, 300);
        plot.show();
        plot.setLogarithmic(true);
        plot.setCurves({{QStringLiteral("a"), logOf({100, 0, 0.01}), "loss", {0, false}}});
        QTRY_VERIFY(plot.isSettled());
        QVERIFY(plot.yAxis->range().lower > 0.001 && plot.yAxis->range().lower < 0.01);
        QVERIFY(plot.yAxis->range().upper > 100);
    }

    void aMillionPointsAreDrawnWithAFewThousand() {
        CurvePlot plot;
        plot.resize(1000, 400);
        plot.show();
        plot.setCurves({{QStringLiteral("a"), noisyLog(1'000'000), "loss", {0, false}}});
        QTRY_VERIFY_WITH_TIMEOUT(plot.isSettled(), 20'000);
        QVERIFY(plot.graph(0)->dataCount() < 10'000);
        QElapsedTimer clock;
        clock.start();
        constexpr int paints = 20;
        for (int i = 0; i < paints; ++i)
            plot.replot();
        qInfo("1,000,000 points: %.2f ms a paint", double(clock.nsecsElapsed()) / 1e6 / paints);
    }
};

ASSAY_WINDOW_TEST_MAIN(TestCurvePlot)
#include "test_curve_plot.moc"
