#include "ui/panels/data/share_bar.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace assay {

ShareBar::ShareBar(double share, QWidget* parent)
    : QWidget(parent)
    , m_share(std::clamp(share, 0.0, 1.0)) {
    // A few rows of many are not none.
    m_text = m_share > 0 && m_share < 0.001
        ? QStringLiteral("< 0.1 %")
        : QLocale().toString(100 * m_share, 'f', 1) + QStringLiteral(" %");
    setAccessibleName(m_text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize ShareBar::sizeHint() const {
    const QFontMetrics metrics(smallMonoFont());
    return QSize(
        scaled(64) + metrics.horizontalAdvance(QStringLiteral("100.0 %")), metrics.height() + 2);
}

void ShareBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QRectF trough(0, height() / 2.0 - scaled(3), scaled(56), scaled(7));
    painter.setBrush(tokens().sunken);
    painter.drawRoundedRect(trough, 3, 3);
    QRectF bar = trough;
    bar.setWidth(std::max(2.0, trough.width() * m_share));
    painter.setBrush(tokens().secondary);
    painter.drawRoundedRect(bar, 3, 3);
    painter.setPen(tokens().secondary);
    painter.setFont(smallMonoFont());
    painter.drawText(rect(), Qt::AlignRight | Qt::AlignVCenter, m_text);
}

} // namespace assay
