#include "ui/common/token_strip/strip_legend.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace assay {

namespace {

constexpr int rampWidth = 120;
constexpr int gap = 8;

} // namespace

StripLegend::StripLegend(QWidget* parent)
    : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setMetric(StripMetric::Surprisal);
}

void StripLegend::setMetric(StripMetric metric) {
    m_bands = metric == StripMetric::Rank;
    switch (metric) {
    case StripMetric::Surprisal:
        m_low = tr("surprisal 0");
        m_high = tr("10 nats");
        break;
    case StripMetric::Entropy:
        m_low = tr("entropy 0");
        m_high = tr("10 nats");
        break;
    case StripMetric::Margin:
        m_low = tr("behind the best by 0");
        m_high = tr("10 nats");
        break;
    case StripMetric::Rank:
        m_low = tr("rank 1");
        m_high = tr("over 100 (bands 1, 2–3, 4–10, 11–100)");
        break;
    }
    setAccessibleName(tr("Legend: %1 to %2").arg(m_low, m_high));
    updateGeometry();
    update();
}

QSize StripLegend::sizeHint() const {
    const QFontMetrics metrics(secondaryFont());
    return {metrics.horizontalAdvance(m_low) + metrics.horizontalAdvance(m_high) + rampWidth
            + 2 * gap + 2,
        metrics.height() + 4};
}

void StripLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const DesignTokens& t = tokens();
    painter.setFont(secondaryFont());
    painter.setPen(t.secondary);
    const int low = painter.fontMetrics().horizontalAdvance(m_low);
    painter.drawText(QRect(0, 0, low + 2, height()), Qt::AlignVCenter | Qt::AlignLeft, m_low);
    const QRect ramp(low + gap, height() / 2 - 4, rampWidth, 8);
    if (m_bands) {
        for (int i = 0; i < 5; ++i)
            painter.fillRect(
                QRect(ramp.left() + i * rampWidth / 5, ramp.top(), rampWidth / 5, ramp.height()),
                blend(t.surprisal, t.panel, maxSurprisalAlpha * i / 4.0));
    } else {
        QLinearGradient gradient(ramp.topLeft(), ramp.topRight());
        gradient.setColorAt(0, t.panel);
        gradient.setColorAt(1, blend(t.surprisal, t.panel, maxSurprisalAlpha));
        painter.fillRect(ramp, gradient);
    }
    painter.setPen(t.hairline);
    painter.drawRect(ramp.adjusted(0, 0, -1, -1));
    painter.setPen(t.secondary);
    painter.drawText(QRect(ramp.right() + gap, 0, width() - ramp.right() - gap, height()),
        Qt::AlignVCenter | Qt::AlignLeft, m_high);
}

} // namespace assay
