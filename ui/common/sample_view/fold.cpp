#include "ui/common/sample_view/fold.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace assay {

FoldLine::FoldLine(const QString& title, QWidget* parent)
    : QAbstractButton(parent) {
    setText(title);
    setAccessibleName(title);
    setCheckable(true);
    setFont(secondaryFont());
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void FoldLine::setNote(const QString& note) {
    m_note = note;
    setAccessibleDescription(note);
    update();
}

QSize FoldLine::sizeHint() const {
    return {scaled(160), std::max(scaled(28), fontMetrics().height() + scaled(10))};
}

void FoldLine::paintEvent(QPaintEvent*) {
    const DesignTokens& colours = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor edge = hasFocus() ? colours.accent : colours.hairline;
    painter.setPen(QPen(edge, 1));
    painter.setBrush(colours.sunken);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);

    const int padding = scaled(10);
    const int arrow = scaled(4);
    const QPointF centre(padding + arrow, height() / 2.0);
    QPolygonF triangle;
    if (isChecked())
        triangle << centre + QPointF(-arrow, -arrow / 2.0) << centre + QPointF(arrow, -arrow / 2.0)
                 << centre + QPointF(0, arrow * 0.75);
    else
        triangle << centre + QPointF(-arrow / 2.0, -arrow) << centre + QPointF(-arrow / 2.0, arrow)
                 << centre + QPointF(arrow * 0.75, 0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.secondary);
    painter.drawPolygon(triangle);

    painter.setPen(underMouse() ? colours.text : colours.secondary);
    const int noteWidth = fontMetrics().horizontalAdvance(m_note);
    const int left = padding + arrow * 2 + scaled(8);
    const int right = width() - padding;
    painter.drawText(QRect(right - noteWidth, 0, noteWidth, height()),
        Qt::AlignVCenter | Qt::AlignRight, m_note);
    const QRect room(left, 0, std::max(0, right - noteWidth - scaled(12) - left), height());
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
        fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

void FoldLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return click();
    QAbstractButton::keyPressEvent(event);
}

Fold::Fold(const QString& title, const QString& note, MakeContent make, QWidget* parent)
    : QWidget(parent)
    , m_line(new FoldLine(title, this))
    , m_make(std::move(make)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(6));
    column->addWidget(m_line);
    m_line->setNote(note);
    connect(m_line, &QAbstractButton::toggled, this, [this, column](bool open) {
        if (open && !m_content) {
            m_content = m_make();
            if (m_content)
                column->addWidget(m_content);
        }
        if (m_content)
            m_content->setVisible(open);
        Q_EMIT toggled(open);
    });
}

} // namespace assay
