#include "ui/common/token_strip/token_strip.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/common/token_strip/strip_accessible.h"
#include "ui/common/token_strip/strip_minimap.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
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
    m_text = std::move(text);
    m_selected = -1;
    m_hovered = -1;
    relayout();
    verticalScrollBar()->setValue(0);
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

void TokenStrip::setMetric(StripMetric metric) {
    m_metric = metric;
    m_minimap->show(m_text, m_layout, m_metric);
    viewport()->update();
}

void TokenStrip::relayout() {
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
    m_minimap->show(m_text, m_layout, m_metric);
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
    const auto outline = [&](int token, const QColor& colour, double width) {
        if (token < 0)
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

void TokenStrip::paintHeading(QPainter& painter, const StripLine& line) const {
    painter.setFont(secondaryFont());
    painter.setPen(tokens().secondary);
    painter.drawText(QRectF(0, line.top, viewport()->width() - 2 * padding, line.height),
        Qt::AlignLeft | Qt::AlignVCenter, m_text.turns[std::size_t(line.headingTurn)].title);
}

void TokenStrip::paintGroup(QPainter& painter, int index) const {
    const StripGroup& group = m_layout.groups()[std::size_t(index)];
    const DesignTokens& t = tokens();
    double strongest = 0;
    for (int i = 0; i < group.count; ++i) {
        const int token = group.first + i;
        const double alpha
            = maxSurprisalAlpha * stripIntensity(m_text.tokens[std::size_t(token)], m_metric);
        strongest = std::max(strongest, alpha);
        if (alpha < 0.01)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(t.surprisal, t.panel, alpha));
        painter.drawRoundedRect(fillBox(m_layout.tokenRect(token)), 3, 3);
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
    const QColor fill = blend(t.surprisal, t.panel, strongest);
    const QColor text = readableText(t.text, fill);
    const QColor faint = readableText(t.secondary, fill);
    painter.setFont(monoFont());
    // Runs of text and of stand-ins, each in its colour.
    const QFontMetricsF metrics(painter.font());
    double x = box.left();
    for (qsizetype begin = 0; begin < group.text.size();) {
        const bool standIn = group.standIn[std::size_t(begin)];
        qsizetype end = begin;
        while (end < group.text.size() && group.standIn[std::size_t(end)] == standIn)
            ++end;
        const QString run = group.text.mid(begin, end - begin);
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
    const int token = tokenAt(event->pos());
    if (token != m_hovered) {
        m_hovered = token;
        viewport()->update();
    }
}

bool TokenStrip::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        viewport()->update();
    }
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
    const bool whole = event->modifiers() & Qt::ControlModifier;
    switch (event->key()) {
    case Qt::Key_Left:
        return select(m_selected < 0 ? 0 : std::max(0, here - 1), false);
    case Qt::Key_Right:
        return select(m_selected < 0 ? 0 : std::min(count - 1, here + 1), false);
    case Qt::Key_Up:
        return select(m_selected < 0 ? 0 : m_layout.tokenOnNeighbourLine(here, -1, m_column), true);
    case Qt::Key_Down:
        return select(m_selected < 0 ? 0 : m_layout.tokenOnNeighbourLine(here, 1, m_column), true);
    case Qt::Key_Home:
        return select(whole ? 0 : m_layout.firstTokenOfLine(m_layout.lineOfToken(here)), false);
    case Qt::Key_End:
        return select(
            whole ? count - 1 : m_layout.lastTokenOfLine(m_layout.lineOfToken(here)), false);
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
