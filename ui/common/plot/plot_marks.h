#pragma once

#include "ui/common/plot/curve_series.h"
#include "ui/common/qcustomplot_header.h"

#include <optional>

namespace assay {

/// What is drawn over the lines of a plot: epoch boundaries, marks where a value is not a number,
/// and one place that a finding points out.
class PlotMarks final : public QCPLayerable {
    Q_OBJECT

public:
    explicit PlotMarks(QCustomPlot* plot);
    std::vector<std::pair<double, QString>> boundaries;
    std::vector<std::shared_ptr<const CurveSeries>> series;
    double flagX = RunPlace::none;
    QString flagWords;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    void drawBoundaries(QCPPainter& painter, const QRect& area) const;
    void drawNotFinite(QCPPainter& painter, const QRect& area) const;
    void drawFlag(QCPPainter& painter, const QRect& area) const;
};

/// The cursor: an upright line with a dot on each curve. On a layer of its own, so that moving it
/// does not draw the curves again.
class PlotCursor final : public QCPLayerable {
    Q_OBJECT

public:
    explicit PlotCursor(QCustomPlot* plot);
    std::optional<double> x;
    struct Dot {
        double x;
        double y;
        QColor colour;
    };
    std::vector<Dot> dots;
    /// The stretch that is being drawn up by dragging, in pixels.
    std::optional<std::pair<double, double>> stretch;

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;
};

} // namespace assay
