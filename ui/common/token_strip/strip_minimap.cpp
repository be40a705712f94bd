#include "ui/common/token_strip/strip_minimap.h"

#include "ui/common/theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {

StripMinimap::StripMinimap(QWidget* parent)
    : QWidget(parent) {
    setToolTip(tr("The whole text: each row shows the strongest of its tokens, flags stand on the "
                  "left. Click to go there."));
    setAccessibleName(tr("Overview of the text"));
    setCursor(Qt::PointingHandCursor);
}

void StripMinimap::show(
    const StripText& text, const StripLayout& layout, StripMetric metric, StripRamp ramp) {
    m_marks.clear();
    m_flags.clear();
    m_metric = metric;
    m_ramp = ramp;
    m_total = std::max(1.0, layout.height());
    m_marks.reserve(layout.groups().size());
    for (const StripLine& line : layout.lines()) {
        // Within a line the tokens share its height in order, so that a short text has marks too.
        const int groups = line.endGroup - line.firstGroup;
        for (int i = 0; i < groups; ++i) {
            const StripGroup& group = layout.groups()[std::size_t(line.firstGroup + i)];
            Mark mark{line.top + line.height * i / groups, line.height / groups, 0, false};
            if (layout.isHiddenGroup(line.firstGroup + i))
                continue;
            for (int at = group.first; at < group.first + group.count; ++at) {
                const StripToken& token = text.tokens[std::size_t(at)];
                const double here = stripIntensity(token, metric);
                if (here > mark.intensity) {
                    mark.intensity = here;
                    mark.baseLikelier = token.delta < 0;
                }
            }
            if (mark.intensity > 0.01)
                m_marks.push_back(mark);
        }
    }
    for (const StripFlag& flag : text.flags)
        if (flag.token >= 0 && flag.token < layout.tokenCount())
            m_flags.push_back({layout.tokenRect(flag.token).center().y(), flag.kind});
    update();
}

QColor StripMinimap::colourOf(const Mark& mark) const {
    if (m_metric != StripMetric::Delta)
        return rampColour(mark.intensity, m_ramp);
    const DesignTokens& t = tokens();
    return blend(mark.baseLikelier ? t.baseModel : t.tunedModel, t.panel,
        maxSurprisalAlpha * mark.intensity);
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
    std::vector<const Mark*> rows(std::size_t(std::max(1, height())), nullptr);
    for (const Mark& mark : m_marks) {
        const int first = std::clamp(int(mark.top * scale), 0, height() - 1);
        const int last
            = std::clamp(int(std::ceil((mark.top + mark.height) * scale)), first + 1, height());
        for (int y = first; y < last; ++y)
            if (const Mark*& row = rows[std::size_t(y)]; !row || row->intensity < mark.intensity)
                row = &mark;
    }
    for (int y = 0; y < height(); ++y)
        if (const Mark* mark = rows[std::size_t(y)])
            painter.fillRect(QRect(4, y, width() - 5, 1), colourOf(*mark));
    for (const Flag& flag : m_flags) {
        if (flag.kind != StripFlag::Kind::Onset && flag.kind != StripFlag::Kind::Divergence)
            continue;
        const double y = flag.y * scale;
        painter.fillRect(QRectF(1, y - 1.5, width() - 2, 3), t.wrong);
    }
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
