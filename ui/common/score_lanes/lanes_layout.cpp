#include "ui/common/score_lanes/lanes_layout.h"

#include <QFontMetricsF>
#include <QHash>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

std::vector<int> groupsByToken(const std::vector<StripGroup>& groups, std::size_t tokens) {
    std::vector<int> of(tokens, 0);
    for (int g = 0; g < int(groups.size()); ++g)
        for (int i = 0; i < groups[std::size_t(g)].count; ++i)
            of[std::size_t(groups[std::size_t(g)].first + i)] = g;
    return of;
}

/// Whether a group ends before the token: a line may break there.
bool groupBoundary(const std::vector<StripGroup>& groups, const std::vector<int>& of, int token) {
    return token <= 0 || token >= int(of.size())
        || groups[std::size_t(of[std::size_t(token)])].first == token;
}

} // namespace

void LanesLayout::build(const LanesText& text, const std::vector<LaneFold>& folds,
    const std::vector<QString>& foldTexts, double width, const Metrics& metrics) {
    m_metrics = metrics;
    m_folds = folds;
    m_blocks.clear();
    m_lines.clear();
    m_blockOf.assign(text.cells.size(), 0);
    m_baseGroups = groupTokens(text.base);
    m_tunedGroups = groupTokens(text.tuned);
    m_baseGroupOf = groupsByToken(m_baseGroups, text.base.size());
    m_tunedGroupOf = groupsByToken(m_tunedGroups, text.tuned.size());
    m_basePlaces.assign(m_baseGroups.size(), {});
    m_tunedPlaces.assign(m_tunedGroups.size(), {});

    const QFontMetricsF font(metrics.font);
    const QFontMetricsF foldFont(metrics.foldFont);
    QHash<QString, double> widths;
    const auto widthOf = [&](const StripGroup& group) {
        auto known = widths.constFind(group.text);
        if (known == widths.constEnd())
            known = widths.insert(group.text, std::ceil(font.horizontalAdvance(group.text)));
        return std::max(known.value(),
            group.count == 1 ? metrics.smallestToken : metrics.smallestShare * group.count);
    };
    const auto marked = [&](int begin, int end) {
        return std::ranges::any_of(text.marks,
            [&](const LaneMark& mark) { return mark.cell >= begin && mark.cell < end; });
    };
    const double stripes = 2 * metrics.rowHeight + 2 * metrics.tickHeight + metrics.barHeight;
    double x = 0;
    double y = 0;
    bool open = false;
    const auto closeLine = [&] {
        if (!open)
            return;
        Line& line = m_lines.back();
        line.endBlock = int(m_blocks.size());
        line.marked
            = marked(m_blocks[std::size_t(line.firstBlock)].beginCell, m_blocks.back().endCell);
        line.top = y + (line.marked ? metrics.markHeight : 0);
        line.bottom = line.top + stripes;
        y = line.bottom + metrics.lineGap;
        open = false;
    };
    const auto place = [&](Block block) {
        if (open && x + block.width > width)
            closeLine();
        if (!open) {
            m_lines.push_back({});
            m_lines.back().firstBlock = int(m_blocks.size());
            open = true;
            x = 0;
        }
        block.x = x;
        block.line = int(m_lines.size()) - 1;
        x += block.width;
        for (int cell = block.beginCell; cell < block.endCell; ++cell)
            m_blockOf[std::size_t(cell)] = int(m_blocks.size());
        m_blocks.push_back(block);
    };

    const int count = int(text.cells.size());
    std::size_t nextFold = 0;
    for (int cell = 0; cell < count;) {
        while (nextFold < folds.size() && folds[nextFold].begin < cell)
            ++nextFold;
        if (nextFold < folds.size() && folds[nextFold].begin == cell) {
            Block block;
            block.beginCell = cell;
            block.endCell = folds[nextFold].end;
            block.fold = int(nextFold);
            block.width = std::min(width,
                std::ceil(foldFont.horizontalAdvance(foldTexts[nextFold]))
                    + 2 * metrics.foldPadding);
            place(block);
            cell = block.endCell;
            continue;
        }
        Block block;
        block.beginCell = cell;
        // A line may only end where both strips have whole characters.
        int end = cell + 1;
        while (end < count
            && !(groupBoundary(m_baseGroups, m_baseGroupOf, text.cells[std::size_t(end)].baseBegin)
                && groupBoundary(
                    m_tunedGroups, m_tunedGroupOf, text.cells[std::size_t(end)].tunedBegin)))
            ++end;
        block.endCell = end;
        const LaneCell& first = text.cells[std::size_t(cell)];
        const LaneCell& last = text.cells[std::size_t(end - 1)];
        bool breaks = false;
        const auto side = [&](const std::vector<StripGroup>& groups, const std::vector<int>& of,
                              int begin, int stop, int& groupBegin, int& groupEnd) {
            groupBegin = begin < stop ? of[std::size_t(begin)] : 0;
            groupEnd = begin < stop ? of[std::size_t(stop - 1)] + 1 : groupBegin;
            double sum = 0;
            for (int g = groupBegin; g < groupEnd; ++g) {
                sum += widthOf(groups[std::size_t(g)]);
                breaks = breaks || groups[std::size_t(g)].lineBreaks > 0;
            }
            return sum;
        };
        const double base = side(m_baseGroups, m_baseGroupOf, first.baseBegin, last.baseEnd,
            block.baseGroup, block.baseGroupEnd);
        const double tuned = side(m_tunedGroups, m_tunedGroupOf, first.tunedBegin, last.tunedEnd,
            block.tunedGroup, block.tunedGroupEnd);
        block.width = std::min(width, std::max({base, tuned, metrics.smallestToken}));
        place(block);
        const Block& placed = m_blocks.back();
        const auto spread = [&](const std::vector<StripGroup>& groups, std::vector<Place>& places,
                                int begin, int stop, double needed) {
            double at = placed.x;
            for (int g = begin; g < stop; ++g) {
                const double share = widthOf(groups[std::size_t(g)]) / needed * placed.width;
                places[std::size_t(g)] = {at, share, int(m_blocks.size()) - 1};
                at += share;
            }
        };
        spread(m_baseGroups, m_basePlaces, placed.baseGroup, placed.baseGroupEnd, base);
        spread(m_tunedGroups, m_tunedPlaces, placed.tunedGroup, placed.tunedGroupEnd, tuned);
        if (breaks)
            closeLine();
        cell = end;
    }
    closeLine();
    m_height = y;
}

QRectF LanesLayout::groupRect(const Place& place, bool tuned) const {
    const Line& line = m_lines[std::size_t(m_blocks[std::size_t(place.block)].line)];
    const double top = tuned ? line.bottom - m_metrics.rowHeight : line.top;
    return {place.x, top, place.width, m_metrics.rowHeight};
}

QRectF LanesLayout::rectIn(const std::vector<StripGroup>& groups, const std::vector<Place>& places,
    const std::vector<int>& groupOf, int token, bool tuned) const {
    const int index = groupOf[std::size_t(token)];
    const StripGroup& group = groups[std::size_t(index)];
    const QRectF whole = groupRect(places[std::size_t(index)], tuned);
    const double share = whole.width() / group.count;
    return {whole.left() + share * (token - group.first), whole.top(), share, whole.height()};
}

QRectF LanesLayout::baseRect(int token) const {
    return rectIn(m_baseGroups, m_basePlaces, m_baseGroupOf, token, false);
}
QRectF LanesLayout::tunedRect(int token) const {
    return rectIn(m_tunedGroups, m_tunedPlaces, m_tunedGroupOf, token, true);
}
QRectF LanesLayout::baseGroupRect(int group) const {
    return groupRect(m_basePlaces[std::size_t(group)], false);
}
QRectF LanesLayout::tunedGroupRect(int group) const {
    return groupRect(m_tunedPlaces[std::size_t(group)], true);
}

QRectF LanesLayout::foldRect(int index) const {
    const Block& block = m_blocks[std::size_t(index)];
    const Line& line = m_lines[std::size_t(block.line)];
    return {block.x, line.top, block.width, line.bottom - line.top};
}

QRectF LanesLayout::cellRect(const LanesText& text, int cell) const {
    if (isFolded(cell))
        return foldRect(blockOf(cell));
    const LaneCell& of = text.cells[std::size_t(cell)];
    const Line& line = m_lines[std::size_t(lineOf(cell))];
    double left = 1e18;
    double right = -1e18;
    const auto take = [&](const QRectF& rect) {
        left = std::min(left, rect.left());
        right = std::max(right, rect.right());
    };
    for (int i = of.baseBegin; i < of.baseEnd; ++i)
        take(baseRect(i));
    for (int i = of.tunedBegin; i < of.tunedEnd; ++i)
        take(tunedRect(i));
    return {left, line.top, right - left, line.bottom - line.top};
}

QRectF LanesLayout::barRect(const LanesText& text, int cell) const {
    const QRectF rect = cellRect(text, cell);
    const double top = rect.top() + m_metrics.rowHeight + m_metrics.tickHeight;
    return {rect.left(), top, rect.width(), m_metrics.barHeight};
}

int LanesLayout::lineAt(double y) const {
    const auto found = std::partition_point(m_lines.begin(), m_lines.end(),
        [&](const Line& line) { return line.bottom + m_metrics.lineGap / 2 <= y; });
    return int(found - m_lines.begin());
}

int LanesLayout::cellAt(const LanesText& text, QPointF point) const {
    const int index = lineAt(point.y());
    if (index >= int(m_lines.size()) || point.y() < m_lines[std::size_t(index)].top)
        return -1;
    const Line& line = m_lines[std::size_t(index)];
    for (int b = line.firstBlock; b < line.endBlock; ++b) {
        const Block& block = m_blocks[std::size_t(b)];
        if (point.x() < block.x || point.x() >= block.x + block.width)
            continue;
        if (block.fold >= 0)
            return block.beginCell;
        for (int cell = block.beginCell; cell < block.endCell; ++cell) {
            const QRectF rect = cellRect(text, cell);
            if (point.x() >= rect.left() && point.x() < rect.right())
                return cell;
        }
        return block.beginCell;
    }
    return -1;
}

int LanesLayout::firstCellOfLine(int line) const {
    return m_blocks[std::size_t(m_lines[std::size_t(line)].firstBlock)].beginCell;
}

int LanesLayout::lastCellOfLine(int line) const {
    const Block& block = m_blocks[std::size_t(m_lines[std::size_t(line)].endBlock - 1)];
    return block.fold >= 0 ? block.beginCell : block.endCell - 1;
}

int LanesLayout::cellOnNeighbourLine(
    const LanesText& text, int cell, int direction, double x) const {
    const int line = lineOf(cell) + direction;
    if (line < 0 || line >= int(m_lines.size()))
        return cell;
    int best = firstCellOfLine(line);
    double distance = 1e18;
    for (int b = m_lines[std::size_t(line)].firstBlock; b < m_lines[std::size_t(line)].endBlock;
         ++b) {
        const Block& block = m_blocks[std::size_t(b)];
        const int end = block.fold >= 0 ? block.beginCell + 1 : block.endCell;
        for (int other = block.beginCell; other < end; ++other) {
            const double here = std::abs(cellRect(text, other).center().x() - x);
            if (here < distance) {
                best = other;
                distance = here;
            }
        }
    }
    return best;
}

} // namespace assay
