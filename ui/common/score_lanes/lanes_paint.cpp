#include "ui/common/fonts.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr int padding = 12;
constexpr double smallestScale = 0.1;

QRectF fillBox(const QRectF& rect) {
    return rect.adjusted(0, scaled(2), 0, -scaled(2));
}

} // namespace

void ScoreLanes::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), tokens().panel);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(padding + gutter(), padding - verticalScrollBar()->value());
    const double top = event->rect().top() - padding + verticalScrollBar()->value();
    paintLines(painter, top, top + event->rect().height());
}

void ScoreLanes::paintLines(QPainter& painter, double top, double bottom) {
    const auto& lines = m_layout.lines();
    const int first = std::max(0, m_layout.lineAt(top) - 1);
    for (int l = first; l < int(lines.size()) && lines[std::size_t(l)].top - scaled(20) <= bottom;
         ++l) {
        const LanesLayout::Line& line = lines[std::size_t(l)];
        paintGutter(painter, line, l == 0);
        for (int b = line.firstBlock; b < line.endBlock; ++b) {
            const LanesLayout::Block& block = m_layout.blocks()[std::size_t(b)];
            if (block.fold >= 0) {
                paintFold(painter, b);
                continue;
            }
            for (int g = block.baseGroup; g < block.baseGroupEnd; ++g)
                paintStrip(painter, m_layout.baseGroups()[std::size_t(g)],
                    m_layout.baseGroupRect(g), false, m_text.base);
            for (int g = block.tunedGroup; g < block.tunedGroupEnd; ++g)
                paintStrip(painter, m_layout.tunedGroups()[std::size_t(g)],
                    m_layout.tunedGroupRect(g), true, m_text.tuned);
            for (int cell = block.beginCell; cell < block.endCell; ++cell)
                paintCell(painter, cell);
        }
        // Marks of one cell stand one beside the other.
        int last = -1;
        int nth = 0;
        for (const LaneMark& mark : m_text.marks) {
            if (mark.cell < 0 || mark.cell >= m_layout.cellCount()
                || m_layout.lineOf(mark.cell) != l)
                continue;
            nth = mark.cell == last ? nth + 1 : 0;
            last = mark.cell;
            paintMark(painter, mark, nth);
        }
    }
    const auto outline = [&](int cell, const QColor& colour, double width) {
        if (cell < 0 || cell >= m_layout.cellCount())
            return;
        painter.setPen(QPen(colour, width));
        painter.setBrush(Qt::NoBrush);
        if (m_layout.isFolded(cell)) {
            painter.drawRoundedRect(m_layout.cellRect(m_text, cell).adjusted(1, 1, -1, -1), 4, 4);
            return;
        }
        const LaneCell& of = m_text.cells[std::size_t(cell)];
        for (int i = of.baseBegin; i < of.baseEnd; ++i)
            painter.drawRoundedRect(
                fillBox(m_layout.baseRect(i)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        for (int i = of.tunedBegin; i < of.tunedEnd; ++i)
            painter.drawRoundedRect(
                fillBox(m_layout.tunedRect(i)).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    };
    if (m_hovered != m_selected)
        outline(m_hovered, tokens().secondary, 1);
    outline(m_selected, tokens().accent, hasFocus() ? 2 : 1.5);
}

void ScoreLanes::paintGutter(QPainter& painter, const LanesLayout::Line& line, bool first) const {
    const double left = -gutter();
    const double row = scaled(28);
    const auto draw = [&](double top, double height, const QString& text, const QColor& colour) {
        painter.setPen(colour);
        painter.drawText(QRectF(left, top, gutter() - scaled(8), height),
            Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    QFont bold = secondaryFont();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    draw(line.top, row, tr("base"), tokens().baseModel);
    draw(line.bottom - row, row, tr("tuned"), tokens().tunedModel);
    if (!first)
        return;
    painter.setFont(secondaryFont());
    const QString unit = m_measure == LaneMeasure::Js ? tr("JS, nats")
        : m_measure == LaneMeasure::Kl                ? tr("KL, nats")
        : m_measure == LaneMeasure::RankShift         ? tr("log2 rank")
                                                      : tr("Δ, nats");
    const double middle = (line.top + line.bottom) / 2;
    draw(middle - scaled(16), scaled(16), unit, tokens().secondary);
    draw(middle, scaled(16), tr("max %1").arg(natsText(m_largest)), tokens().secondary);
}

void ScoreLanes::paintFold(QPainter& painter, int index) const {
    const LanesLayout::Block& block = m_layout.blocks()[std::size_t(index)];
    const QRectF rect = m_layout.foldRect(index).adjusted(3, scaled(2), -3, -scaled(2));
    painter.setPen(QPen(tokens().hairline, 1, Qt::DashLine));
    painter.setBrush(tokens().sunken);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.setFont(secondaryFont());
    painter.setPen(tokens().secondary);
    painter.drawText(rect, Qt::AlignCenter | Qt::TextSingleLine,
        foldText(m_layout.folds()[std::size_t(block.fold)]));
}

void ScoreLanes::paintStrip(QPainter& painter, const StripGroup& group, const QRectF& box,
    bool tuned, const std::vector<StripToken>& strip) const {
    const DesignTokens& t = tokens();
    double strongest = 0;
    for (int i = 0; i < group.count; ++i) {
        const int token = group.first + i;
        const double alpha
            = maxSurprisalAlpha * stripIntensity(strip[std::size_t(token)], StripMetric::Surprisal);
        strongest = std::max(strongest, alpha);
        if (alpha < 0.01)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(blend(t.surprisal, t.panel, alpha));
        painter.drawRoundedRect(
            fillBox(tuned ? m_layout.tunedRect(token) : m_layout.baseRect(token)), 3, 3);
    }
    const QColor fill = blend(t.surprisal, t.panel, strongest);
    const QColor text = readableText(t.text, fill);
    const QColor faint = readableText(t.secondary, fill);
    painter.setFont(monoFont());
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

void ScoreLanes::paintCell(QPainter& painter, int index) const {
    const DesignTokens& t = tokens();
    const LaneCell& cell = m_text.cells[std::size_t(index)];
    const QRectF lane = m_layout.barRect(m_text, index);
    const bool isSignedMeasure = isSigned(m_measure);
    const double value = laneValue(cell, m_measure);
    const double scale = std::max(smallestScale, m_largest);
    const double zero = isSignedMeasure ? lane.center().y() : lane.bottom();
    const double room = isSignedMeasure ? lane.height() / 2 : lane.height();
    painter.setPen(Qt::NoPen);
    if (cell.scored && std::isfinite(value)) {
        const double height = std::clamp(std::abs(value) / scale, 0.0, 1.0) * room;
        painter.setBrush(isSignedMeasure ? (value > 0 ? t.tunedModel : t.baseModel)
                : cell.otherChoice       ? t.wrong
                                         : t.bar);
        const double drawn = std::max(1.0, height);
        painter.drawRect(QRectF(lane.left() + 0.5, value >= 0 ? zero - drawn : zero,
            std::max(1.0, lane.width() - 1), drawn));
    }
    if (cell.otherChoice) {
        // The first choices differ: ticks that join the bar to both strips.
        painter.setBrush(t.wrong);
        const double tick = scaled(4);
        const double x = lane.center().x() - 1;
        painter.drawRect(QRectF(x, lane.top() - tick, 2, tick));
        painter.drawRect(QRectF(x, lane.bottom(), 2, tick));
    }
    if (cell.answer && cell.scored && cell.tunedEnd > cell.tunedBegin) {
        const QRectF from = m_layout.tunedRect(cell.tunedBegin);
        const QRectF to = m_layout.tunedRect(cell.tunedEnd - 1);
        paintBand(painter, from.united(to), cell.baseRank);
    }
}

void ScoreLanes::paintBand(QPainter& painter, const QRectF& box, int baseRank) const {
    if (baseRank <= 1)
        return;
    painter.setBrush(Qt::NoBrush);
    QPen pen(tokens().text, 1);
    const double y = box.bottom() - scaled(3);
    const double left = box.left() + 1.5;
    const double right = box.right() - 1.5;
    if (baseRank <= 3) {
        pen.setDashPattern({3, 2});
        painter.setPen(pen);
        painter.drawLine(QPointF(left, y), QPointF(right, y));
        return;
    }
    painter.setPen(pen);
    painter.drawLine(QPointF(left, y - 1), QPointF(right, y - 1));
    painter.drawLine(QPointF(left, y + 1.5), QPointF(right, y + 1.5));
}

void ScoreLanes::paintMark(QPainter& painter, const LaneMark& mark, int nth) const {
    const QRectF rect = m_layout.cellRect(m_text, mark.cell);
    const QColor colour = tokens().wrong;
    const bool onset = mark.kind == LaneMark::Kind::Onset;
    QPen pen(colour, onset ? 2 : 1.5, onset ? Qt::SolidLine : Qt::DashLine);
    painter.setPen(pen);
    const double x = rect.left() - (onset ? 0.5 : -0.5);
    painter.drawLine(QPointF(x, rect.top() - scaled(4)), QPointF(x, rect.bottom()));
    if (onset && !m_layout.isFolded(mark.cell)) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 2));
        const LaneCell& cell = m_text.cells[std::size_t(mark.cell)];
        for (int i = cell.tunedBegin; i < cell.tunedEnd; ++i)
            painter.drawRoundedRect(fillBox(m_layout.tunedRect(i)).adjusted(1, 1, -1, -1), 3, 3);
    }
    painter.setFont(secondaryFont());
    const QFontMetricsF metrics(painter.font());
    double left = rect.left();
    // The words of the marks before, on the same cell.
    int before = nth;
    for (const LaneMark& other : m_text.marks) {
        if (before == 0)
            break;
        if (other.cell == mark.cell && &other != &mark) {
            left += metrics.horizontalAdvance(other.label) + scaled(26);
            --before;
        }
    }
    const QString words = (onset ? QStringLiteral("⚑ ") : QStringLiteral("≠ ")) + mark.label;
    painter.setPen(colour);
    const double width = metrics.horizontalAdvance(words) + 2;
    // A rule near the right edge has its words on its left side.
    const double edge = viewport()->width() - gutter() - 2 * padding;
    if (left + width > edge)
        left = std::max(0.0, edge - width);
    painter.drawText(QRectF(left, rect.top() - scaled(19), width, scaled(16)),
        Qt::AlignLeft | Qt::AlignVCenter, words);
}

} // namespace assay
