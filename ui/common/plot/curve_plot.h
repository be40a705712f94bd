#pragma once

#include "ui/common/plot/curve_worker.h"
#include "ui/common/qcustomplot_header.h"

#include <QFuture>

#include <optional>

namespace assay {

class PlotCursor;
class PlotMarks;

/// Curves of one or several runs over a common axis, in the program's look. A thread builds and
/// thins them, so that a million points cost the window no more than a thousand do.
///
/// The wheel zooms around the pointer, dragging zooms into a stretch, Shift and dragging (or the
/// middle button) pans, a double click shows everything; the value axis follows what is in view
/// unless it was set by Ctrl and the wheel. The pointer or the arrow keys move a cursor whose
/// values `readings` gives; a click or Return chooses the point under it.
class CurvePlot final : public QCustomPlot {
    Q_OBJECT

public:
    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// The first curve is the one whose points the cursor steps through.
    void setCurves(std::vector<PlotCurve> curves);
    void setAxis(CurveAxis axis);
    CurveAxis axis() const { return m_axis; }
    /// The weight of the moving average, 0 (none) to 0.999.
    void setSmoothing(double weight);
    void setLogarithmic(bool on);
    void setValueName(const QString& name);
    /// Dotted upright lines with a word at their top.
    void setBoundaries(std::vector<std::pair<double, QString>> boundaries);
    /// Points out a place with a ring and a few words; NaN takes it away.
    void setFlag(double x, const QString& words);
    void showAll();
    void zoomTo(double left, double right);
    void zoomBy(double factor);
    bool isFollowing() const { return m_following; }

    struct Reading {
        int curve = 0; ///< index into the curves set
        double x = RunPlace::none;
        double step = RunPlace::none;
        double value = RunPlace::none;
        double smoothed = RunPlace::none;
        bool exists = false; ///< whether the curve has any point
    };
    /// Each curve at the cursor, or its last point where there is no cursor.
    std::vector<Reading> readings() const;
    const std::vector<PlotCurve>& curves() const { return m_curves; }
    /// As built by the thread; in the order of the curves. Empty until the first drawing.
    const std::vector<std::shared_ptr<const CurveSeries>>& series() const { return m_series; }
    std::optional<double> cursor() const { return m_cursor; }
    void setCursor(std::optional<double> x);
    /// Moves the cursor by so many points of the first curve.
    void moveCursor(int points);
    /// Whether the thread has nothing more to do.
    bool isSettled() const { return !m_running && !m_wanted; }
    QSize sizeHint() const override { return {640, 320}; }

Q_SIGNALS:
    /// The cursor or the values under it are others.
    void readingsChanged();
    /// A point of the first curve was clicked, or Return pressed on it.
    void pointChosen(double x, double step);

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    void applyLook();
    void want();
    void startDrawing();
    void take(CurveDrawing drawing);
    void fitValues();
    void choose(double x);
    void tellScreenReader();
    double xAt(const QPointF& place) const { return xAxis->pixelToCoord(place.x()); }

    std::vector<PlotCurve> m_curves;
    std::vector<std::shared_ptr<const CurveSeries>> m_series;
    std::vector<QCPGraph*> m_raw;
    std::vector<QCPGraph*> m_smooth;
    CurveAxis m_axis = CurveAxis::Step;
    double m_smoothing = 0.9;
    bool m_logarithmic = false;
    bool m_following = true; ///< the whole run is in view, and stays so as it grows
    bool m_valuesFollow = true;
    bool m_running = false;
    bool m_wanted = false;
    ValueRange m_values;
    std::optional<double> m_cursor;
    std::optional<double> m_pinned; ///< where the cursor returns when the pointer leaves
    std::optional<QPointF> m_pressed;
    bool m_panning = false;
    PlotMarks* m_marks;
    PlotCursor* m_cursorMark;
};

} // namespace assay
