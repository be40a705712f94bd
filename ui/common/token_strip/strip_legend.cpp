#include "ui/common/token_strip/strip_legend.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

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
    m_metric = metric;
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
    case StripMetric::Delta:
        m_low = tr("base likelier by 5");
        m_high = tr("tuned likelier by 5 nats");
        break;
    }
    setAccessibleName(tr("Legend: %1 to %2").arg(m_low, m_high));
    updateGeometry();
    update();
}

void StripLegend::setStripLook(const StripLook& look) {
    m_look = look;
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
    // Each step is drawn as the token of that value would be.
    const int steps = m_metric == StripMetric::Rank ? 5 : rampWidth / 3;
    for (int i = 0; i < steps; ++i) {
        const double at = double(i) / (steps - 1);
        const QRectF cell(ramp.left() + double(rampWidth) * i / steps, ramp.top(),
            double(rampWidth) / steps + 0.5, ramp.height());
        QColor colour = rampColour(at, m_look.ramp);
        double amount = at;
        if (m_metric == StripMetric::Delta) {
            StripToken token;
            token.scored = true;
            token.delta = (at - 0.5) * 10;
            colour = stripColour(token, m_metric, m_look.ramp);
            amount = std::abs(at - 0.5) * 2;
        }
        if (m_look.marking == StripMarking::Underline) {
            colour = m_metric == StripMetric::Delta ? (at < 0.5 ? t.baseModel : t.tunedModel)
                                                    : rampColour(1, m_look.ramp);
            const double thickness = std::max(1.0, amount * cell.height());
            painter.fillRect(
                QRectF(cell.left(), cell.bottom() - thickness, cell.width(), thickness), colour);
        } else {
            painter.fillRect(cell, colour);
        }
    }
    painter.setPen(t.hairline);
    painter.drawRect(ramp.adjusted(0, 0, -1, -1));
    painter.setPen(t.secondary);
    painter.drawText(QRect(ramp.right() + gap, 0, width() - ramp.right() - gap, height()),
        Qt::AlignVCenter | Qt::AlignLeft, m_high);
}

} // namespace assay
