#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QWidget>

namespace assay {

/// Surprisal along the tokens as a line over the band entropy ± sqrt(varentropy): where the line
/// leaves the band, the model was surprised beyond its own doubt. The cursor is the strip's
/// selection; clicks and arrow keys move it.
class AnswerCurve final : public QWidget {
    Q_OBJECT

public:
    explicit AnswerCurve(QWidget* parent = nullptr);
    /// Tokens [first, end) of the text.
    void show(const StripText& text, int first, int end);
    using QWidget::show;
    void clear();
    /// -1 for none.
    void setCursorToken(int token);
    void setHoveredToken(int token);
    int tokenAt(double x) const;
    /// Upper end of the axis, nats.
    double top() const { return m_top; }
    QSize sizeHint() const override;

Q_SIGNALS:
    void tokenChosen(int token);
    void tokenHovered(int token);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Point {
        float surprisal;
        float low;
        float high;
    };
    QRectF plotArea() const;
    double xOf(int token) const;
    double yOf(double nats) const;
    void paintGrid(QPainter& painter, const QRectF& area) const;
    void paintBand(QPainter& painter, const QRectF& area) const;
    void paintFlags(QPainter& painter, const QRectF& area) const;
    void describe();

    std::vector<Point> m_points;
    std::vector<StripFlag> m_flags;
    int m_first = 0;
    int m_cursor = -1;
    int m_hovered = -1;
    double m_top = 4;
};

} // namespace assay
