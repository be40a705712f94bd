#include "ui/common/score_lanes/score_lanes.h"

#include "ui/common/fonts.h"
#include "ui/common/score_lanes/lanes_accessible.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr int padding = 12;
constexpr int hoverMs = 150;

} // namespace

QString natsText(double nats) {
    if (!std::isfinite(nats))
        return QStringLiteral("–");
    const double size = std::abs(nats);
    return QLocale().toString(nats, 'f',
        size >= 100                     ? 0
            : size >= 10                ? 1
            : size >= 0.01 || size == 0 ? 2
                                        : 3);
}

ScoreLanes::ScoreLanes(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_rest(new QTimer(this)) {
    installLanesAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(QFrame::NoFrame);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("The text under both models"));
    setAccessibleDescription(tr("Arrow keys move from token to token; N and P go to the next and "
                                "previous token where the models' first choices differ."));
    m_rest->setSingleShot(true);
    m_rest->setInterval(hoverMs);
    connect(m_rest, &QTimer::timeout, this, [this] { Q_EMIT cellHovered(m_hovered); });
    relayout();
}

void ScoreLanes::setText(LanesText text) {
    m_text = std::move(text);
    m_selected = -1;
    m_hovered = -1;
    m_expanded.clear();
    relayout();
    verticalScrollBar()->setValue(0);
    QAccessibleTableModelChangeEvent event(this, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
}

void ScoreLanes::setMeasure(LaneMeasure measure) {
    m_measure = measure;
    relayout();
}

void ScoreLanes::setFoldMode(FoldMode mode) {
    if (mode == m_foldMode)
        return;
    m_foldMode = mode;
    m_expanded.clear();
    relayout();
    if (m_selected >= 0)
        setSelectedCell(m_selected);
}

void ScoreLanes::toggleFold(int firstCell) {
    if (!m_expanded.erase(firstCell))
        m_expanded.insert(firstCell);
    relayout();
}

int ScoreLanes::gutter() const {
    const QFontMetrics metrics(secondaryFont());
    int width = 0;
    for (const QString& word :
        {tr("base"), tr("tuned"), tr("JS, nats"), tr("max %1").arg(QStringLiteral("0.000"))})
        width = std::max(width, metrics.horizontalAdvance(word));
    return width + scaled(14);
}

QString ScoreLanes::foldText(const LaneFold& fold) const {
    const int count = fold.end - fold.begin;
    if (fold.prompt)
        return m_text.promptTitle.isEmpty()
            ? tr("%n token(s) before the answer", nullptr, count)
            : tr("%1 · %n token(s)", nullptr, count).arg(m_text.promptTitle);
    return tr("%n token(s) unchanged", nullptr, count);
}

void ScoreLanes::relayout() {
    LanesLayout::Metrics metrics;
    metrics.font = monoFont();
    metrics.foldFont = secondaryFont();
    metrics.rowHeight = scaled(28);
    metrics.tickHeight = scaled(4);
    metrics.barHeight = scaled(40);
    metrics.lineGap = scaled(14);
    metrics.markHeight = scaled(16);
    metrics.foldPadding = scaled(10);
    const std::vector<LaneFold> folds = foldsOf(m_text, m_foldMode, m_expanded);
    std::vector<QString> texts;
    for (const LaneFold& fold : folds)
        texts.push_back(foldText(fold));
    m_layout.build(
        m_text, folds, texts, std::max(80, viewport()->width() - gutter() - 2 * padding), metrics);
    m_largest = 0;
    for (const LaneCell& cell : m_text.cells)
        if (cell.answer) {
            const double value = std::abs(laneValue(cell, m_measure));
            if (std::isfinite(value))
                m_largest = std::max(m_largest, value);
        }
    const int total = int(m_layout.height()) + 2 * padding;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(scaled(40));
    verticalScrollBar()->setRange(0, std::max(0, total - viewport()->height()));
    viewport()->update();
}

int ScoreLanes::wholeHeight() const {
    return int(m_layout.height()) + 2 * padding;
}

QRect ScoreLanes::cellBox(int cell) const {
    if (cell < 0 || cell >= m_layout.cellCount())
        return {};
    const QRectF box = m_layout.cellRect(m_text, cell)
                           .translated(padding + gutter(), padding - verticalScrollBar()->value());
    return box.toAlignedRect() & viewport()->rect();
}

int ScoreLanes::cellAt(const QPoint& point) const {
    return m_layout.cellAt(m_text,
        QPointF(point) - QPointF(padding + gutter(), padding - verticalScrollBar()->value()));
}

void ScoreLanes::setSelectedCell(int cell) {
    if (cell >= 0 && cell < m_layout.cellCount() && m_layout.isFolded(cell)) {
        const int fold = m_layout.blocks()[std::size_t(m_layout.blockOf(cell))].fold;
        m_expanded.insert(m_layout.folds()[std::size_t(fold)].begin);
        relayout();
    }
    select(cell, false);
}

void ScoreLanes::select(int cell, bool keepColumn) {
    if (cell < 0 || cell >= m_layout.cellCount())
        cell = -1;
    if (cell >= 0) {
        const QRectF box = m_layout.cellRect(m_text, cell);
        if (!keepColumn)
            m_column = box.center().x();
        QScrollBar* bar = verticalScrollBar();
        const int top = std::max(0, int(box.top()) - scaled(20));
        const int bottom = int(box.bottom()) + 2 * padding;
        if (top < bar->value())
            bar->setValue(top);
        else if (bottom > bar->value() + viewport()->height())
            bar->setValue(bottom - viewport()->height());
    }
    if (cell == m_selected)
        return;
    m_selected = cell;
    viewport()->update();
    if (cell >= 0 && QAccessible::isActive()) {
        QAccessibleEvent focus(this, QAccessible::Focus);
        focus.setChild(cell);
        QAccessible::updateAccessibility(&focus);
    }
    Q_EMIT cellSelected(cell);
}

int ScoreLanes::nextDifference(int from, int direction) const {
    for (int i = from + direction; i >= 0 && i < int(m_text.cells.size()); i += direction)
        if (m_text.cells[std::size_t(i)].answer && m_text.cells[std::size_t(i)].otherChoice)
            return i;
    return -1;
}

int ScoreLanes::markOf(LaneMark::Kind kind) const {
    for (const LaneMark& mark : m_text.marks)
        if (mark.kind == kind)
            return mark.cell;
    return -1;
}

void ScoreLanes::goToDifference(int direction) {
    const int start = m_selected >= 0 ? m_selected : direction > 0 ? -1 : int(m_text.cells.size());
    if (const int found = nextDifference(start, direction); found >= 0)
        setSelectedCell(found);
}

void ScoreLanes::goToMark(LaneMark::Kind kind) {
    if (const int found = markOf(kind); found >= 0)
        setSelectedCell(found);
}

void ScoreLanes::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    relayout();
}

void ScoreLanes::scrollContentsBy(int, int) {
    viewport()->update();
}

void ScoreLanes::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const int cell = cellAt(event->pos());
    if (cell >= 0 && m_layout.isFolded(cell))
        return toggleFold(cell);
    select(cell, false);
}

// The press chose; without this the base class would call the release unwanted.
void ScoreLanes::mouseReleaseEvent(QMouseEvent* event) {
    event->accept();
}

void ScoreLanes::mouseDoubleClickEvent(QMouseEvent* event) {
    const int cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell >= 0 && !m_layout.isFolded(cell))
        Q_EMIT continueWanted(cell);
}

void ScoreLanes::mouseMoveEvent(QMouseEvent* event) {
    const int cell = cellAt(event->pos());
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    m_rest->start();
    viewport()->update();
}

bool ScoreLanes::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave && m_hovered >= 0) {
        m_hovered = -1;
        m_rest->start();
        viewport()->update();
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int cell = cellAt(help->pos());
        if (cell >= 0 && m_layout.isFolded(cell))
            QToolTip::showText(
                help->globalPos(), tr("Click to show these tokens"), viewport(), cellBox(cell));
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void ScoreLanes::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange
        || event->type() == QEvent::PaletteChange)
        relayout();
}

void ScoreLanes::keyPressEvent(QKeyEvent* event) {
    const int count = m_layout.cellCount();
    if (count == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const int here = std::max(0, m_selected);
    const bool whole = event->modifiers() & Qt::ControlModifier;
    // A fold is one stop: its first cell.
    const auto neighbour = [&](int direction) {
        if (m_selected < 0)
            return m_layout.firstCellOfLine(0);
        const LanesLayout::Block& block = m_layout.blocks()[std::size_t(m_layout.blockOf(here))];
        int next = block.fold >= 0 && direction > 0 ? block.endCell : here + direction;
        next = std::clamp(next, 0, count - 1);
        const LanesLayout::Block& to = m_layout.blocks()[std::size_t(m_layout.blockOf(next))];
        return to.fold >= 0 ? to.beginCell : next;
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return select(neighbour(-1), false);
    case Qt::Key_Right:
        return select(neighbour(1), false);
    case Qt::Key_Up:
    case Qt::Key_Down:
        return select(m_selected < 0 ? m_layout.firstCellOfLine(0)
                                     : m_layout.cellOnNeighbourLine(m_text, here,
                                         event->key() == Qt::Key_Up ? -1 : 1, m_column),
            true);
    case Qt::Key_Home:
        return select(
            whole ? m_layout.firstCellOfLine(0) : m_layout.firstCellOfLine(m_layout.lineOf(here)),
            false);
    case Qt::Key_End:
        return select(m_layout.lastCellOfLine(
                          whole ? int(m_layout.lines().size()) - 1 : m_layout.lineOf(here)),
            false);
    case Qt::Key_Space:
        if (m_selected >= 0) {
            if (m_layout.isFolded(here))
                return toggleFold(here);
            if (m_expanded.contains(here))
                return toggleFold(here);
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_selected >= 0) {
            if (m_layout.isFolded(here))
                toggleFold(here);
            else
                Q_EMIT continueWanted(here);
            return;
        }
        break;
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
