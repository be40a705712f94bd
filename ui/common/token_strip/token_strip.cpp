#include "ui/common/token_strip/token_strip.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/common/token_strip/strip_accessible.h"
#include "ui/common/token_strip/strip_minimap.h"
#include "ui/common/token_strip/strip_units.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace assay {

namespace {

constexpr int padding = 14;
constexpr int minimapWidth = 12;

} // namespace

TokenStrip::TokenStrip(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_minimap(new StripMinimap(this)) {
    installStripAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Tokens of the text"));
    setAccessibleDescription(tr("Arrow keys move from token to token."));
    setViewportMargins(0, 0, minimapWidth + 6, 0);
    connect(m_minimap, &StripMinimap::jump, this, [this](double share) {
        verticalScrollBar()->setValue(int(share * m_layout.height()) - viewport()->height() / 2);
    });
    relayout();
}

TokenStrip::~TokenStrip() = default;

void TokenStrip::setText(StripText text) {
    m_verbatim.clear();
    m_text = std::move(text);
    m_selected = -1;
    m_hovered = -1;
    relayout();
    placeMinimap();
    verticalScrollBar()->setValue(0);
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

void TokenStrip::updateText(StripText text) {
    QScrollBar* bar = verticalScrollBar();
    const bool atEnd = bar->value() >= bar->maximum();
    m_text = std::move(text);
    m_hovered = -1;
    const int selected = m_selected < int(m_text.tokens.size()) ? m_selected : -1;
    relayout();
    if (atEnd)
        bar->setValue(bar->maximum());
    if (selected != m_selected)
        select(selected, false);
    placeMinimap();
}

void TokenStrip::setFrameShown(bool shown) {
    if (m_text.showFrame == shown)
        return;
    m_text.showFrame = shown;
    relayout();
    if (m_selected >= 0 && m_layout.isHidden(m_selected))
        select(-1, false);
}

void TokenStrip::setMetric(StripMetric metric) {
    m_metric = metric;
    m_minimap->show(m_text, m_layout, m_metric, m_look.ramp);
    viewport()->update();
}

void TokenStrip::setStripLook(const StripLook& look) {
    if (look.unit != m_look.unit)
        m_units = unitNumbers(m_text, look.unit);
    m_look = look;
    setMetric(m_metric);
}

void TokenStrip::relayout() {
    m_units = unitNumbers(m_text, m_look.unit);
    StripLayout::Metrics metrics;
    metrics.font = monoFont();
    metrics.lineHeight = scaled(30);
    metrics.headingHeight = scaled(22);
    metrics.turnGap = scaled(6);
    m_layout.build(m_text, std::max(40, viewport()->width() - 2 * padding), metrics);
    const int total = int(m_layout.height()) + 2 * padding;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(scaled(30));
    verticalScrollBar()->setRange(0, std::max(0, total - viewport()->height()));
    m_minimap->show(m_text, m_layout, m_metric, m_look.ramp);
    viewport()->update();
}

void TokenStrip::placeMinimap() {
    const QRect area = viewport()->geometry();
    m_minimap->setGeometry(
        area.right() + 3, area.top() + 8, minimapWidth, std::max(0, area.height() - 16));
    m_minimap->setVisible(!m_text.tokens.empty());
}

QRectF TokenStrip::fillBox(const QRectF& rect) const {
    const double inset = scaled(3);
    return rect.adjusted(0, inset, 0, -inset);
}

QRect TokenStrip::tokenBox(int token) const {
    if (token < 0 || token >= m_layout.tokenCount())
        return {};
    const QRectF box = fillBox(m_layout.tokenRect(token))
                           .translated(padding, padding - verticalScrollBar()->value());
    return box.toAlignedRect() & viewport()->rect();
}

int TokenStrip::tokenAt(const QPoint& point) const {
    return m_layout.tokenAt(
        QPointF(point) - QPointF(padding, padding - verticalScrollBar()->value()));
}

void TokenStrip::setSelectedToken(int token) {
    select(token, false);
}

void TokenStrip::select(int token, bool keepColumn) {
    if (token < 0 || token >= m_layout.tokenCount())
        token = -1;
    if (token >= 0) {
        const QRectF box = m_layout.tokenRect(token);
        if (!keepColumn)
            m_column = box.center().x();
        QScrollBar* bar = verticalScrollBar();
        const int top = int(box.top());
        const int bottom = int(box.bottom()) + 2 * padding;
        if (top < bar->value())
            bar->setValue(top);
        else if (bottom > bar->value() + viewport()->height())
            bar->setValue(bottom - viewport()->height());
    }
    if (token == m_selected)
        return;
    m_selected = token;
    viewport()->update();
    announce(token);
    Q_EMIT tokenSelected(token);
}

void TokenStrip::announce(int token) {
    if (token < 0 || !QAccessible::isActive())
        return;
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(token);
    QAccessible::updateAccessibility(&focus);
}

void TokenStrip::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), tokens().panel);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(padding, padding - verticalScrollBar()->value());
    const double top = event->rect().top() - padding + verticalScrollBar()->value();
    const double bottom = top + event->rect().height();
    const auto& lines = m_layout.lines();
    for (int i = m_layout.lineAt(top); i < int(lines.size()) && lines[std::size_t(i)].top <= bottom;
         ++i) {
        const StripLine& line = lines[std::size_t(i)];
        if (line.headingTurn >= 0)
            paintHeading(painter, line);
        for (int g = line.firstGroup; g < line.endGroup; ++g)
            paintGroup(painter, g);
    }
    paintVerbatim(painter, top, bottom);
    for (const StripFlag& flag : m_text.flags)
        if (flag.token >= 0 && flag.token < m_layout.tokenCount()
            && !m_layout.isHidden(flag.token)) {
            const QRectF box = m_layout.tokenRect(flag.token);
            if (box.bottom() >= top && box.top() <= bottom)
                paintFlag(painter, flag);
        }
    const auto outline = [&](int token, const QColor& colour, double width) {
        if (token < 0 || m_layout.isHidden(token))
            return;
        painter.setPen(QPen(colour, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(
            fillBox(m_layout.tokenRect(token)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    };
    if (m_hovered != m_selected)
        outline(m_hovered, tokens().secondary, 1);
    outline(m_selected, tokens().accent, hasFocus() ? 2 : 1.5);
}

void TokenStrip::setVerbatim(std::vector<std::pair<int, int>> ranges) {
    if (ranges == m_verbatim)
        return;
    m_verbatim = std::move(ranges);
    viewport()->update();
}

void TokenStrip::paintVerbatim(QPainter& painter, double top, double bottom) const {
    painter.setPen(QPen(tokens().secondary, 1.5, Qt::DotLine));
    for (const auto& [first, end] : m_verbatim)
        for (int token = first; token < std::min(end, m_layout.tokenCount()); ++token) {
            if (m_layout.isHidden(token))
                continue;
            const QRectF box = fillBox(m_layout.tokenRect(token));
            if (box.bottom() >= top && box.top() <= bottom)
                painter.drawLine(
                    box.bottomLeft() + QPointF(0, 1.5), box.bottomRight() + QPointF(0, 1.5));
        }
}

void TokenStrip::paintFlag(QPainter& painter, const StripFlag& flag) const {
    const DesignTokens& t = tokens();
    const QRectF box = fillBox(m_layout.tokenRect(flag.token));
    painter.setBrush(Qt::NoBrush);
    switch (flag.kind) {
    case StripFlag::Kind::Onset:
        painter.setPen(QPen(t.wrong, 2));
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3);
        break;
    case StripFlag::Kind::Departure: {
        // A wave: the mark of a spelling that somebody else would have chosen otherwise.
        QPainterPath wave(QPointF(box.left() + 1, box.bottom() - 1));
        const double step = 3;
        bool up = true;
        for (double x = box.left() + 1; x + step <= box.right(); x += step, up = !up)
            wave.quadTo(QPointF(x + step / 2, box.bottom() - (up ? 4 : -1)),
                QPointF(x + step, box.bottom() - 1));
        painter.setPen(QPen(t.wrong, 1));
        painter.drawPath(wave);
        return;
    }
    case StripFlag::Kind::Forced:
        painter.setPen(QPen(t.accent, 1.5, Qt::DashLine));
        painter.drawLine(box.bottomLeft(), box.bottomRight());
        return;
    case StripFlag::Kind::Divergence:
        painter.setPen(QPen(t.wrong, 2));
        painter.drawLine(QPointF(box.left(), box.top() - 2), QPointF(box.left(), box.bottom() + 2));
        break;
    case StripFlag::Kind::Suspect:
        painter.setPen(QPen(t.caution, 1.5));
        painter.drawLine(QPointF(box.left() + 1, box.top()), QPointF(box.right() - 1, box.top()));
        return;
    }
    // The glyph says without colour what the border says with it.
    QFont small = smallMonoFont();
    small.setPixelSize(std::max(8, scaled(10)));
    painter.setFont(small);
    painter.setPen(t.wrong);
    painter.drawText(QRectF(box.left(), box.top() - scaled(10), scaled(14), scaled(12)),
        Qt::AlignLeft | Qt::AlignVCenter, flagGlyph(flag.kind));
}

void TokenStrip::paintHeading(QPainter& painter, const StripLine& line) const {
    painter.setFont(secondaryFont());
    painter.setPen(tokens().secondary);
    painter.drawText(QRectF(0, line.top, viewport()->width() - 2 * padding, line.height),
        Qt::AlignLeft | Qt::AlignVCenter, m_text.turns[std::size_t(line.headingTurn)].title);
}

void TokenStrip::paintFill(QPainter& painter, int index) const {
    const StripToken& token = shade(index);
    const double intensity = stripIntensity(token, m_metric);
    if (intensity * maxSurprisalAlpha < 0.01 || token.cut)
        return;
    const QRectF box = fillBox(m_layout.tokenRect(index));
    painter.setPen(Qt::NoPen);
    if (m_look.marking == StripMarking::Fill) {
        painter.setBrush(stripColour(token, m_metric, m_look.ramp));
        painter.drawRoundedRect(box, 3, 3);
        return;
    }
    // Thickness says how much, so the colour need not; a difference keeps its side's colour.
    StripToken full = token;
    full.logprob = -100;
    full.entropy = 100;
    full.margin = -100;
    full.rank = 1 << 30;
    full.delta = token.delta < 0 ? -100 : 100;
    painter.setBrush(stripColour(full, m_metric, m_look.ramp));
    const double thickness = 1 + intensity * scaled(5);
    painter.drawRect(
        QRectF(box.left() + 0.5, box.bottom() - thickness, box.width() - 1, thickness));
}

void TokenStrip::paintGroup(QPainter& painter, int index) const {
    if (m_layout.isHiddenGroup(index))
        return;
    const StripGroup& group = m_layout.groups()[std::size_t(index)];
    const DesignTokens& t = tokens();
    double strongest = 0;
    int strongestToken = group.first;
    for (int i = 0; i < group.count; ++i) {
        const int token = group.first + i;
        const double here = stripIntensity(shade(token), m_metric);
        if (here > strongest) {
            strongest = here;
            strongestToken = token;
        }
        paintFill(painter, token);
    }
    const QRectF box = m_layout.groupRect(index);
    if (group.count > 1) {
        // Several tokens under one character: a tick per token says how many.
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(t.secondary, t.panel, 0.6));
        for (int i = 0; i < group.count; ++i) {
            const QRectF share = m_layout.tokenRect(group.first + i);
            painter.drawRect(
                QRectF(share.left() + 1, box.bottom() - scaled(3), share.width() - 2, 1));
        }
    }
    const StripToken& token = shade(strongestToken);
    const QColor fill = m_look.marking == StripMarking::Fill && !token.cut
        ? stripColour(token, m_metric, m_look.ramp)
        : t.panel;
    paintRun(painter, box, group.text, group.standIn, fill, token.cut);
    const QRectF carry = m_layout.carryRect(index);
    if (!carry.isEmpty()) {
        if (m_look.marking == StripMarking::Fill && strongest * maxSurprisalAlpha >= 0.01) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(fill);
            painter.drawRoundedRect(fillBox(carry), 3, 3);
        }
        paintRun(painter, carry, group.carry, group.carryStandIn, fill, token.cut);
    }
}

/// Runs of text and of stand-ins, each in its colour.
void TokenStrip::paintRun(QPainter& painter, const QRectF& box, const QString& whole,
    const std::vector<bool>& standIns, const QColor& fill, bool cut) const {
    const DesignTokens& t = tokens();
    const QColor text = cut ? blend(t.secondary, t.panel, 0.7) : readableText(t.text, fill);
    const QColor faint = cut ? text : readableText(t.secondary, fill);
    painter.setFont(monoFont());
    const QFontMetricsF metrics(painter.font());
    double x = box.left();
    for (qsizetype begin = 0; begin < whole.size();) {
        const bool standIn = standIns[std::size_t(begin)];
        qsizetype end = begin;
        while (end < whole.size() && standIns[std::size_t(end)] == standIn)
            ++end;
        const QString run = whole.mid(begin, end - begin);
        painter.setPen(standIn ? faint : text);
        painter.drawText(QRectF(x, box.top(), box.right() - x + 1, box.height()),
            Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, run);
        x += metrics.horizontalAdvance(run);
        begin = end;
    }
}

void TokenStrip::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
    placeMinimap();
}

void TokenStrip::scrollContentsBy(int, int) {
    viewport()->update();
    m_minimap->setVisibleRange(verticalScrollBar()->value(), viewport()->height());
}

void TokenStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        select(tokenAt(event->pos()), false);
}

// The press chose; without this the base class would call the release unwanted.
void TokenStrip::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
}

void TokenStrip::mouseMoveEvent(QMouseEvent* event) {
    hover(tokenAt(event->pos()));
}

void TokenStrip::hover(int token) {
    if (token == m_hovered)
        return;
    m_hovered = token;
    viewport()->update();
    Q_EMIT tokenHovered(token);
}

bool TokenStrip::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        hover(-1);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int token = tokenAt(help->pos());
        if (token < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(), spokenToken(m_text, token), viewport(), tokenBox(token));
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TokenStrip::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange) {
        relayout();
        m_minimap->update();
    }
}

void TokenStrip::keyPressEvent(QKeyEvent* event) {
    const int count = m_layout.tokenCount();
    if (count == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const int here = std::max(0, m_selected);
    const int first = m_layout.isHidden(0) ? m_layout.nextVisible(0, 1) : 0;
    const int last = m_layout.isHidden(count - 1) ? m_layout.nextVisible(count - 1, -1) : count - 1;
    const bool whole = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        return select(m_selected < 0 ? first : m_layout.nextVisible(here, -1), false);
    case Qt::Key_Right:
        return select(m_selected < 0 ? first : m_layout.nextVisible(here, 1), false);
    case Qt::Key_Up:
        return select(
            m_selected < 0 ? first : m_layout.tokenOnNeighbourLine(here, -1, m_column), true);
    case Qt::Key_Down:
        return select(
            m_selected < 0 ? first : m_layout.tokenOnNeighbourLine(here, 1, m_column), true);
    case Qt::Key_Home:
        return select(whole ? first : m_layout.firstTokenOfLine(m_layout.lineOfToken(here)), false);
    case Qt::Key_End:
        return select(whole ? last : m_layout.lastTokenOfLine(m_layout.lineOfToken(here)), false);
    case Qt::Key_Escape:
        if (m_selected >= 0)
            return select(-1, false);
        break;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace assay
