#include "ui/panels/review/key_button.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QStyleOptionButton>
#include <QStylePainter>

namespace assay {

QString keyCapText(const QKeySequence& key) {
    QString text = key.toString(QKeySequence::NativeText);
    text.replace(QLatin1String("Return"), KeyButton::tr("Enter"));
    text.replace(QLatin1String("Left"), QStringLiteral("←"));
    text.replace(QLatin1String("Right"), QStringLiteral("→"));
    return text.replace(QLatin1Char('+'), QLatin1Char(' '));
}

KeyButton::KeyButton(const QString& text, Kind kind, QWidget* parent)
    : QPushButton(text, parent)
    , m_kind(kind) {
    setAccessibleName(text);
    setLook(this, kind == Kind::Primary ? "primary" : "plain");
    setFocusPolicy(Qt::TabFocus);
}

void KeyButton::setKey(const QKeySequence& key) {
    m_key = keyCapText(key);
    setAccessibleDescription(m_key.isEmpty() ? QString() : tr("Key: %1").arg(m_key));
    setToolTip(accessibleDescription());
    updateGeometry();
    update();
}

void KeyButton::setCapShown(bool shown) {
    m_capShown = shown;
    updateGeometry();
    update();
}

QSize KeyButton::sizeHint() const {
    QSize size = QPushButton::sizeHint();
    if (m_capShown && !m_key.isEmpty())
        size.rwidth() += QFontMetrics(smallMonoFont()).horizontalAdvance(m_key) + scaled(16);
    return size;
}

void KeyButton::paintEvent(QPaintEvent*) {
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_PushButton, option);
    painter.setRenderHint(QPainter::Antialiasing);

    const DesignTokens& colours = tokens();
    const bool filled = m_kind == Kind::Primary && isEnabled();
    const QColor ink = !isEnabled() ? colours.secondary : filled ? colours.onAccent : colours.text;
    const QFontMetrics small(smallMonoFont());
    const bool capped = m_capShown && !m_key.isEmpty();
    const int capWidth = !capped ? 0 : small.horizontalAdvance(m_key) + scaled(8);
    const int gap = !capped ? 0 : scaled(6);
    const int textWidth = fontMetrics().horizontalAdvance(text());
    const int left = (width() - textWidth - gap - capWidth) / 2;
    painter.setPen(ink);
    painter.drawText(QRect(left, 0, textWidth, height()), Qt::AlignVCenter, text());
    if (!capped)
        return;
    const int capHeight = small.height() + scaled(2);
    const QRectF cap(left + textWidth + gap + 0.5, (height() - capHeight) / 2 + 0.5, capWidth - 1,
        capHeight - 1);
    if (!filled) {
        painter.setPen(QPen(colours.hairline, 1));
        painter.setBrush(colours.sunken);
        painter.drawRoundedRect(cap, 3, 3);
    }
    painter.setFont(smallMonoFont());
    painter.setPen(ink);
    painter.drawText(cap, Qt::AlignCenter, m_key);
}

} // namespace assay
