#include "ui/common/token_strip/strip_minimap.h"

#include "ui/common/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {

StripMinimap::StripMinimap(QWidget* parent)
    : QWidget(parent) {
    setToolTip(
        tr("The whole text: the darkest mark is the most surprising token. Click to go there."));
    setAccessibleName(tr("Overview of the text"));
    setCursor(Qt::PointingHandCursor);
}

void StripMinimap::show(const StripText& text, const StripLayout& layout, StripMetric metric) {
    m_marks.clear();
    m_total = std::max(1.0, layout.height());
    for (const StripLine& line : layout.lines()) {
        // Within a line the tokens share its height in order, so that a short text has marks too.
        const int groups = line.endGroup - line.firstGroup;
        for (int i = 0; i < groups; ++i) {
            const StripGroup& group = layout.groups()[std::size_t(line.firstGroup + i)];
            double strongest = 0;
            for (int token = group.first; token < group.first + group.count; ++token)
                strongest
                    = std::max(strongest, stripIntensity(text.tokens[std::size_t(token)], metric));
            m_marks.push_back(
                {line.top + line.height * i / groups, line.height / groups, strongest});
        }
    }
    update();
}

void StripMinimap::setVisibleRange(int top, int height) {
    m_top = top;
    m_height = height;
    update();
}

void StripMinimap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const DesignTokens& t = tokens();
    painter.fillRect(QRect(0, 0, 1, height()), t.hairline);
    const double perPixel = std::max(1.0, m_total / std::max(1, height()));
    const double scale = height() / std::max(m_total, double(height()));
    std::vector<double> rows(std::size_t(std::max(1, height())), 0);
    for (const Mark& mark : m_marks) {
        const int first = std::clamp(int(mark.top * scale), 0, height() - 1);
        const int last
            = std::clamp(int(std::ceil((mark.top + mark.height) * scale)), first + 1, height());
        for (int y = first; y < last; ++y)
            rows[std::size_t(y)] = std::max(rows[std::size_t(y)], mark.intensity);
    }
    for (int y = 0; y < height(); ++y)
        if (rows[std::size_t(y)] > 0.01)
            painter.fillRect(QRect(3, y, width() - 4, 1),
                blend(t.surprisal, t.panel, maxSurprisalAlpha * rows[std::size_t(y)]));
    if (perPixel > 1 && m_height > 0) {
        painter.setPen(t.secondary);
        painter.drawRect(QRectF(1.5, m_top * scale, width() - 2.5, m_height * scale - 1));
    }
}

void StripMinimap::mousePressEvent(QMouseEvent* event) {
    const double shown = std::min(1.0, m_total / std::max(1, height())) * height();
    Q_EMIT jump(std::clamp(event->position().y() / std::max(1.0, shown), 0.0, 1.0));
}

void StripMinimap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton)
        mousePressEvent(event);
}

} // namespace assay
