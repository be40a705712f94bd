#include "ui/panels/inspect/answer_curve.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/common/token_strip/strip_look.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {

AnswerCurve::AnswerCurve(QWidget* parent)
    : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Surprisal along the tokens"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

QSize AnswerCurve::sizeHint() const {
    return {scaled(480), scaled(132)};
}

void AnswerCurve::show(const StripText& text, int first, int end) {
    m_points.clear();
    m_first = first;
    double highest = 2;
    for (int i = first; i < end; ++i) {
        const StripToken& token = text.tokens[std::size_t(i)];
        const bool read = token.scored && !token.cut;
        const double width = std::sqrt(std::max(0.0, token.varentropy));
        Point point{float(read ? token.surprisal() : std::nan("")),
            float(read ? std::max(0.0, token.entropy - width) : std::nan("")),
            float(read ? token.entropy + width : std::nan(""))};
        for (const float value : {point.surprisal, point.high})
            if (std::isfinite(value))
                highest = std::max(highest, double(value));
        m_points.push_back(point);
    }
    m_top = highest <= 4 ? 2 * std::ceil(highest / 2) : 5 * std::ceil(highest / 5);
    m_flags = text.flags;
    std::erase_if(m_flags, [&](const StripFlag& flag) {
        return flag.token < first || flag.token >= end
            || (flag.kind != StripFlag::Kind::Onset && flag.kind != StripFlag::Kind::Divergence);
    });
    describe();
    update();
}

void AnswerCurve::clear() {
    show({}, 0, 0);
}

void AnswerCurve::setCursorToken(int token) {
    m_cursor = token;
    describe();
    update();
}

void AnswerCurve::setHoveredToken(int token) {
    m_hovered = token;
    update();
}

void AnswerCurve::describe() {
    const int at = m_cursor - m_first;
    const QLocale locale;
    setAccessibleDescription(at >= 0 && at < int(m_points.size())
            ? tr("token %1: surprisal %2 nats, band %3 to %4 nats")
                  .arg(QString::number(m_cursor + 1),
                      locale.toString(double(m_points[std::size_t(at)].surprisal), 'f', 2),
                      locale.toString(double(m_points[std::size_t(at)].low), 'f', 2),
                      locale.toString(double(m_points[std::size_t(at)].high), 'f', 2))
            : tr("%n token(s); arrow keys move along them", nullptr, int(m_points.size())));
}

QRectF AnswerCurve::plotArea() const {
    const int line = QFontMetrics(secondaryFont()).height();
    return QRectF(rect()).adjusted(scaled(46), scaled(12), -scaled(16), -line - scaled(10));
}

double AnswerCurve::xOf(int token) const {
    const QRectF area = plotArea();
    const double count = double(std::max<std::size_t>(2, m_points.size())) - 1;
    return area.left() + area.width() * (token - m_first) / count;
}

double AnswerCurve::yOf(double nats) const {
    const QRectF area = plotArea();
    return area.bottom() - area.height() * std::clamp(nats / m_top, 0.0, 1.0);
}

int AnswerCurve::tokenAt(double x) const {
    if (m_points.empty())
        return -1;
    const QRectF area = plotArea();
    const double share = (x - area.left()) / std::max(1.0, area.width());
    const int last = int(m_points.size()) - 1;
    return m_first + std::clamp(int(std::lround(share * last)), 0, last);
}

void AnswerCurve::paintGrid(QPainter& painter, const QRectF& area) const {
    const DesignTokens& t = tokens();
    painter.setFont(secondaryFont());
    const QLocale locale;
    for (int i = 0; i <= 2; ++i) {
        const double value = m_top * i / 2;
        const double y = yOf(value);
        painter.setPen(QPen(t.hairline, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(t.secondary);
        painter.drawText(QRectF(0, y - scaled(10), area.left() - scaled(8), scaled(20)),
            Qt::AlignRight | Qt::AlignVCenter,
            locale.toString(value, 'f', value == std::floor(value) ? 0 : 1));
    }
    const QRectF below(
        area.left(), area.bottom() + scaled(4), area.width(), height() - area.bottom() - scaled(4));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(
            tr("surprisal (line) over entropy ± √varentropy (band), nats"), Qt::ElideRight,
            int(below.width() * 0.75)));
    if (!m_points.empty())
        painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter,
            tr("tokens %1–%2")
                .arg(
                    locale.toString(m_first + 1), locale.toString(m_first + int(m_points.size()))));
}

/// Long texts have many tokens a pixel: the line shows the largest of them, the band its widest.
void AnswerCurve::paintBand(QPainter& painter, const QRectF& area) const {
    const DesignTokens& t = tokens();
    const int count = int(m_points.size());
    const int step = std::max(1, int(double(count) / std::max(1.0, area.width())));
    QPolygonF upper;
    QPolygonF lower;
    QList<QPolygonF> bands;
    QList<QPolygonF> lines;
    QPolygonF line;
    const auto close = [&] {
        if (upper.size() > 1) {
            std::reverse(lower.begin(), lower.end());
            bands.append(upper + lower);
        }
        if (!line.isEmpty())
            lines.append(line);
        upper.clear();
        lower.clear();
        line.clear();
    };
    for (int begin = 0; begin < count; begin += step) {
        Point best{-1, 1e9F, -1};
        for (int i = begin; i < std::min(count, begin + step); ++i) {
            const Point& point = m_points[std::size_t(i)];
            best.surprisal
                = std::max(best.surprisal, std::isnan(point.surprisal) ? -1 : point.surprisal);
            best.low = std::min(best.low, std::isnan(point.low) ? 1e9F : point.low);
            best.high = std::max(best.high, std::isnan(point.high) ? -1 : point.high);
        }
        if (best.surprisal < 0) {
            close();
            continue;
        }
        const double x = xOf(m_first + begin);
        upper.append(QPointF(x, yOf(best.high)));
        lower.append(QPointF(x, yOf(best.low)));
        line.append(QPointF(x, yOf(best.surprisal)));
    }
    close();
    painter.setPen(Qt::NoPen);
    painter.setBrush(blend(t.surprisal, t.panel, 0.18));
    for (const QPolygonF& band : std::as_const(bands))
        painter.drawPolygon(band);
    painter.setPen(QPen(t.accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    for (const QPolygonF& part : std::as_const(lines)) {
        if (part.size() == 1)
            painter.drawPoint(part.first());
        else
            painter.drawPolyline(part);
    }
}

void AnswerCurve::paintFlags(QPainter& painter, const QRectF& area) const {
    const DesignTokens& t = tokens();
    painter.setFont(secondaryFont());
    double y = area.top() - scaled(6);
    for (const StripFlag& flag : m_flags) {
        const double x = xOf(flag.token);
        painter.setPen(
            QPen(t.wrong, 1.5, flag.kind == StripFlag::Kind::Onset ? Qt::DashLine : Qt::DotLine));
        painter.drawLine(QPointF(x, area.top() - scaled(4)), QPointF(x, area.bottom()));
        const QString label = flagGlyph(flag.kind) + QLatin1Char(' ') + flag.label;
        const double width = painter.fontMetrics().horizontalAdvance(label) + 4;
        const bool left = x + width + scaled(6) > area.right();
        const QRectF box(left ? std::max(area.left(), x - scaled(6) - width) : x + scaled(6), y,
            std::min(width, area.width()), scaled(16));
        painter.fillRect(box, t.panel);
        painter.setPen(t.wrong);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(label, Qt::ElideRight, int(box.width()) + 1));
        y += scaled(17);
        if (y > area.bottom() - scaled(16))
            break;
    }
}

void AnswerCurve::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const DesignTokens& t = tokens();
    const QRectF area = plotArea();
    if (area.width() < 20 || area.height() < 10)
        return;
    paintGrid(painter, area);
    paintBand(painter, area);
    const auto cursor = [&](int token, const QColor& colour, double width) {
        const int at = token - m_first;
        if (at < 0 || at >= int(m_points.size()))
            return;
        const double x = xOf(token);
        painter.setPen(QPen(colour, width));
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        const float value = m_points[std::size_t(at)].surprisal;
        if (std::isfinite(value)) {
            painter.setBrush(t.panel);
            painter.drawEllipse(QPointF(x, yOf(value)), 3.5, 3.5);
        }
    };
    paintFlags(painter, area);
    if (m_hovered != m_cursor)
        cursor(m_hovered, t.secondary, 1);
    cursor(m_cursor, t.accent, 1.5);
    if (hasFocus()) {
        painter.setPen(QPen(t.accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4);
    }
}

void AnswerCurve::mousePressEvent(QMouseEvent* event) {
    const int token = tokenAt(event->position().x());
    if (event->button() == Qt::LeftButton && token >= 0)
        Q_EMIT tokenChosen(token);
}

void AnswerCurve::mouseMoveEvent(QMouseEvent* event) {
    const int token = tokenAt(event->position().x());
    if (event->buttons() & Qt::LeftButton) {
        if (token >= 0)
            Q_EMIT tokenChosen(token);
    } else {
        Q_EMIT tokenHovered(token);
    }
}

void AnswerCurve::leaveEvent(QEvent*) {
    Q_EMIT tokenHovered(-1);
}

void AnswerCurve::keyPressEvent(QKeyEvent* event) {
    const int count = int(m_points.size());
    const int page = std::max(1, count / 10);
    const int here = m_cursor < m_first ? m_first - 1 : m_cursor;
    int next = here;
    switch (event->key()) {
    case Qt::Key_Left:
        next = here - 1;
        break;
    case Qt::Key_Right:
        next = here + 1;
        break;
    case Qt::Key_PageUp:
        next = here - page;
        break;
    case Qt::Key_PageDown:
        next = here + page;
        break;
    case Qt::Key_Home:
        next = m_first;
        break;
    case Qt::Key_End:
        next = m_first + count - 1;
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (count > 0)
        Q_EMIT tokenChosen(std::clamp(next, m_first, m_first + count - 1));
}

void AnswerCurve::focusInEvent(QFocusEvent*) {
    update();
}

void AnswerCurve::focusOutEvent(QFocusEvent*) {
    update();
}

} // namespace assay
