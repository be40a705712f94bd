#include "ui/common/score_lanes/lanes_legend.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QPainter>

namespace assay {

LanesLegend::LanesLegend(QWidget* parent)
    : QWidget(parent) {
    setAccessibleName(tr("Legend"));
    setAccessibleDescription(words().join(QStringLiteral("; ")));
    setToolTip(tr("Underlines tell the base model's rank of the token: URIAL bands, arXiv "
                  "2312.01552. A share of shifted tokens compares with published ones only on the "
                  "tuned model's own answer."));
}

QStringList LanesLegend::words() const {
    return {tr("shifted (base rank > 3)"), tr("marginal (2–3)"), tr("first choices differ")};
}

QSize LanesLegend::sizeHint() const {
    const QFontMetrics metrics(secondaryFont());
    int width = 0;
    for (const QString& word : words())
        width += metrics.horizontalAdvance(word) + scaled(16);
    return {width + scaled(8), metrics.height() + scaled(8)};
}

void LanesLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(secondaryFont());
    const QFontMetricsF metrics(painter.font());
    const DesignTokens& t = tokens();
    const double y = height() / 2.0 + metrics.height() / 2 + 1;
    double x = 0;
    const QStringList all = words();
    for (int i = 0; i < 3; ++i) {
        if (i == 2) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(t.wrong);
            painter.drawRect(QRectF(x, height() / 2.0 - scaled(5), 2, scaled(10)));
            x += scaled(7);
        }
        const double width = metrics.horizontalAdvance(all[i]);
        painter.setPen(t.secondary);
        painter.drawText(QPointF(x, height() / 2.0 + metrics.ascent() / 2 - 1), all[i]);
        if (i == 0) {
            painter.setPen(QPen(t.text, 1));
            painter.drawLine(QPointF(x, y - 2), QPointF(x + width, y - 2));
            painter.drawLine(QPointF(x, y + 0.5), QPointF(x + width, y + 0.5));
        } else if (i == 1) {
            QPen pen(t.text, 1);
            pen.setDashPattern({3, 2});
            painter.setPen(pen);
            painter.drawLine(QPointF(x, y - 1), QPointF(x + width, y - 1));
        }
        x += width + scaled(16);
    }
}

} // namespace assay
