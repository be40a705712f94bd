#pragma once

#include "ui/common/token_strip/strip_layout.h"
#include "ui/common/token_strip/strip_look.h"

#include <QWidget>

namespace assay {

/// The whole text in one column: per pixel the largest value of its tokens. A click asks to scroll
/// there.
class StripMinimap final : public QWidget {
    Q_OBJECT

public:
    explicit StripMinimap(QWidget* parent);
    void show(const StripText& text, const StripLayout& layout, StripMetric metric,
        StripRamp ramp = StripRamp::Violet);
    using QWidget::show;
    void setVisibleRange(int top, int height);

Q_SIGNALS:
    /// A place in the text, 0 to 1.
    void jump(double share);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    /// The strongest token of a line, in the text's coordinates.
    struct Mark {
        double top;
        double height;
        double intensity;
        bool baseLikelier;
    };
    struct Flag {
        double y;
        StripFlag::Kind kind;
    };
    QColor colourOf(const Mark& mark) const;

    std::vector<Mark> m_marks;
    std::vector<Flag> m_flags;
    StripMetric m_metric = StripMetric::Surprisal;
    StripRamp m_ramp = StripRamp::Violet;
    double m_total = 1;
    int m_top = 0;
    int m_height = 0;
};

} // namespace assay
