#pragma once

#include "ui/common/qcustomplot_header.h"

namespace assay {

enum class LineRole { Raw, Main, HeldOut };

/// A plot in the program's look: hairline grid, no box, roles of the theme. The wheel zooms,
/// dragging pans, a double click shows everything again. NaN is a gap.
class PlotView : public QCustomPlot {
    Q_OBJECT

public:
    explicit PlotView(QWidget* parent = nullptr);

    QCPGraph* addLine(LineRole role);
    /// A dotted upright line with a word at its top.
    void setBoundaries(const std::vector<std::pair<double, QString>>& boundaries);
    void setLogarithmic(bool on);
    bool isLogarithmic() const { return m_logarithmic; }
    /// Follows the data until the person zooms or pans; `showAll` makes it follow again.
    void fitIfFollowing();
    void showAll();
    bool isFollowing() const { return m_following; }
    QSize sizeHint() const override { return {640, 360}; }

Q_SIGNALS:
    /// The pointer's place along the x axis, or NaN when it left.
    void hovered(double x);

protected:
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void applyLook();
    void fit();

    std::vector<std::pair<QCPGraph*, LineRole>> m_lines;
    std::vector<QCPAbstractItem*> m_boundaries;
    bool m_logarithmic = false;
    bool m_following = true;
};

/// Sets colours, fonts, grid and axes of any QCustomPlot from the theme in use.
void themePlot(QCustomPlot& plot);

} // namespace assay
