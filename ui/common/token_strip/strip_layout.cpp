#include "ui/common/token_strip/strip_layout.h"

#include <QFontMetricsF>
#include <QHash>

#include <algorithm>
#include <cmath>

namespace assay {

void StripLayout::build(const StripText& text, double width, const Metrics& metrics) {
    m_groups = groupTokens(text.tokens);
    m_places.assign(m_groups.size(), {});
    m_groupOf.assign(text.tokens.size(), 0);
    m_lines.clear();

    const QFontMetricsF font(metrics.font);
    // The same words come again and again; measuring is most of the cost.
    QHash<QString, double> widths;
    const auto widthOf = [&](const QString& piece) {
        auto known = widths.constFind(piece);
        if (known == widths.constEnd())
            known = widths.insert(piece, std::ceil(font.horizontalAdvance(piece)));
        return known.value();
    };
    double x = 0;
    double y = 0;
    int turn = -1;
    bool lineOpen = false;
    const auto closeLine = [&](int endGroup) {
        if (!lineOpen)
            return;
        m_lines.back().endGroup = endGroup;
        y += metrics.lineHeight;
        lineOpen = false;
    };
    for (int g = 0; g < int(m_groups.size()); ++g) {
        const StripGroup& group = m_groups[std::size_t(g)];
        const int tokenTurn = text.tokens[std::size_t(group.first)].turn;
        if (tokenTurn != turn) {
            closeLine(g);
            const bool titled = tokenTurn >= 0 && tokenTurn < int(text.turns.size())
                && !text.turns[std::size_t(tokenTurn)].title.isEmpty();
            if (titled) {
                if (!m_lines.empty())
                    y += metrics.turnGap;
                m_lines.push_back({y, metrics.headingHeight, g, g, tokenTurn});
                y += metrics.headingHeight;
            }
            turn = tokenTurn;
        }
        for (int i = 0; i < group.count; ++i)
            m_groupOf[std::size_t(group.first + i)] = g;
        if (!text.showFrame && text.tokens[std::size_t(group.first)].frame) {
            m_places[std::size_t(g)]
                = {x, 0, lineOpen ? int(m_lines.size()) - 1 : int(m_lines.size()), 0, true};
            continue;
        }
        const double needed = std::min(width,
            std::max(widthOf(group.text),
                group.count == 1 ? metrics.smallestToken : metrics.smallestShare * group.count));
        if (lineOpen && x + needed > width)
            closeLine(g);
        if (!lineOpen) {
            m_lines.push_back({y, metrics.lineHeight, g, g, -1});
            lineOpen = true;
            x = 0;
        }
        m_places[std::size_t(g)] = {x, needed, int(m_lines.size()) - 1};
        x += needed;
        if (group.lineBreaks > 0) {
            closeLine(g + 1);
            // Blank lines keep a trace of their height without pulling the text apart.
            if (group.lineBreaks > 1)
                y += metrics.lineHeight * 0.4;
            if (!group.carry.isEmpty()) {
                m_lines.push_back({y, metrics.lineHeight, g + 1, g + 1, -1});
                lineOpen = true;
                x = std::min(width * 0.6, widthOf(group.carry));
                m_places[std::size_t(g)].carryWidth = x;
            }
        }
    }
    closeLine(int(m_groups.size()));
    m_height = y;
    // What is hidden at the end belongs to the last line there is.
    if (m_lines.empty() && !m_groups.empty())
        m_lines.push_back({0, metrics.lineHeight, 0, 0, -1});
    for (Place& place : m_places)
        place.line = std::min(place.line, int(m_lines.size()) - 1);
}

QRectF StripLayout::carryRect(int group) const {
    const Place& place = m_places[std::size_t(group)];
    if (place.carryWidth <= 0)
        return {};
    const StripLine& line = m_lines[std::size_t(place.line + 1)];
    return {0, line.top, place.carryWidth, line.height};
}

int StripLayout::nextVisible(int token, int direction) const {
    for (int next = token + direction; next >= 0 && next < tokenCount(); next += direction)
        if (!isHidden(next))
            return next;
    return token;
}

bool StripLayout::hasTokens(const StripLine& line) const {
    for (int g = line.firstGroup; g < line.endGroup; ++g)
        if (!m_places[std::size_t(g)].hidden)
            return true;
    return false;
}

QRectF StripLayout::groupRect(int group) const {
    const Place& place = m_places[std::size_t(group)];
    const StripLine& line = m_lines[std::size_t(place.line)];
    return {place.x, line.top, place.width, line.height};
}

QRectF StripLayout::tokenRect(int token) const {
    const int index = groupOf(token);
    const StripGroup& group = m_groups[std::size_t(index)];
    const QRectF whole = groupRect(index);
    const double share = whole.width() / group.count;
    return {whole.left() + share * (token - group.first), whole.top(), share, whole.height()};
}

int StripLayout::lineAt(double y) const {
    const auto found = std::partition_point(m_lines.begin(), m_lines.end(),
        [y](const StripLine& line) { return line.top + line.height <= y; });
    return int(found - m_lines.begin());
}

int StripLayout::tokenAt(QPointF point) const {
    const int index = lineAt(point.y());
    if (index >= int(m_lines.size()))
        return -1;
    const StripLine& line = m_lines[std::size_t(index)];
    if (point.y() < line.top || line.headingTurn >= 0)
        return -1;
    if (line.firstGroup > 0 && carryRect(line.firstGroup - 1).contains(point))
        return m_groups[std::size_t(line.firstGroup - 1)].first;
    for (int g = line.firstGroup; g < line.endGroup; ++g) {
        const QRectF box = groupRect(g);
        if (point.x() < box.left() || point.x() >= box.right())
            continue;
        const StripGroup& group = m_groups[std::size_t(g)];
        const int part = int((point.x() - box.left()) / box.width() * group.count);
        return group.first + std::clamp(part, 0, group.count - 1);
    }
    return -1;
}

int StripLayout::lineOfToken(int token) const {
    return m_places[std::size_t(groupOf(token))].line;
}

int StripLayout::firstTokenOfLine(int line) const {
    const StripLine& found = m_lines[std::size_t(line)];
    for (int g = found.firstGroup; g < found.endGroup; ++g)
        if (!m_places[std::size_t(g)].hidden)
            return m_groups[std::size_t(g)].first;
    return std::min(found.firstGroup < int(m_groups.size())
            ? m_groups[std::size_t(found.firstGroup)].first
            : tokenCount() - 1,
        tokenCount() - 1);
}

int StripLayout::lastTokenOfLine(int line) const {
    const StripLine& found = m_lines[std::size_t(line)];
    for (int g = found.endGroup - 1; g >= found.firstGroup; --g)
        if (!m_places[std::size_t(g)].hidden)
            return m_groups[std::size_t(g)].first + m_groups[std::size_t(g)].count - 1;
    return firstTokenOfLine(line);
}

int StripLayout::tokenOnNeighbourLine(int token, int direction, double x) const {
    int line = lineOfToken(token) + direction;
    while (line >= 0 && line < int(m_lines.size()) && !hasTokens(m_lines[std::size_t(line)]))
        line += direction;
    if (line < 0 || line >= int(m_lines.size()))
        return token;
    int best = firstTokenOfLine(line);
    double distance = std::abs(tokenRect(best).center().x() - x);
    for (int other = best + 1; other <= lastTokenOfLine(line); ++other) {
        if (isHidden(other))
            continue;
        const double here = std::abs(tokenRect(other).center().x() - x);
        if (here < distance) {
            best = other;
            distance = here;
        }
    }
    return best;
}

} // namespace assay
