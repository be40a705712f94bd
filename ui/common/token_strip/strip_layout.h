#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QFont>
#include <QRectF>

#include <vector>

namespace assay {

/// A visual line: tokens, or the heading of a turn.
struct StripLine {
    double top = 0;
    double height = 0;
    int firstGroup = 0;
    int endGroup = 0; ///< one past the last; equal to firstGroup for a heading
    int headingTurn = -1;
};

/// Where everything of a token strip stands, for one width and font. Built once per text and width;
/// looked up by painting, mouse and keys. No widget.
class StripLayout {
public:
    struct Metrics {
        QFont font;
        double lineHeight = 30;
        double headingHeight = 22;
        double turnGap = 8;
        double smallestToken = 7; ///< a token must stay clickable
        /// Of a token that shares its character with others: Chinese text must not be pulled apart.
        double smallestShare = 4.5;
    };

    void build(const StripText& text, double width, const Metrics& metrics);

    const std::vector<StripGroup>& groups() const { return m_groups; }
    const std::vector<StripLine>& lines() const { return m_lines; }
    double height() const { return m_height; }
    int tokenCount() const { return int(m_groupOf.size()); }
    int groupOf(int token) const { return m_groupOf[std::size_t(token)]; }
    /// The group's box, in the strip's own coordinates.
    QRectF groupRect(int group) const;
    /// What the group puts at the start of the line after it (`carry`); empty where nothing.
    QRectF carryRect(int group) const;
    /// Whether the token is left out (the template's frame, where it is not shown).
    bool isHidden(int token) const { return m_places[std::size_t(groupOf(token))].hidden; }
    bool isHiddenGroup(int group) const { return m_places[std::size_t(group)].hidden; }
    /// The next token in that direction (1 or -1) that is laid out; `token` where there is none.
    int nextVisible(int token, int direction) const;
    /// The token's share of its group's box.
    QRectF tokenRect(int token) const;
    /// -1 where there is none.
    int tokenAt(QPointF point) const;
    int lineOfToken(int token) const;
    /// The token on the next (direction 1) or previous (-1) line of tokens that stands nearest to
    /// `x`; the token itself at the ends.
    int tokenOnNeighbourLine(int token, int direction, double x) const;
    int firstTokenOfLine(int line) const;
    int lastTokenOfLine(int line) const;
    /// First line whose bottom is below `y`.
    int lineAt(double y) const;

private:
    struct Place {
        double x = 0;
        double width = 0;
        int line = 0;
        double carryWidth = 0;
        bool hidden = false;
    };
    bool hasTokens(const StripLine& line) const;
    std::vector<StripGroup> m_groups;
    std::vector<Place> m_places; ///< of groups
    std::vector<int> m_groupOf; ///< of tokens
    std::vector<StripLine> m_lines;
    double m_height = 0;
};

} // namespace assay
