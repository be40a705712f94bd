#pragma once

#include "ui/common/score_lanes/lanes_text.h"

#include <QFont>
#include <QRectF>

namespace assay {

/// Where everything of the lanes stands, for one width and font. A visual line holds the base
/// strip, the bars and the tuned strip of the same bytes. No widget.
class LanesLayout {
public:
    struct Metrics {
        QFont font;
        double rowHeight = 28;
        double tickHeight = 4;
        double barHeight = 40;
        double lineGap = 12;
        double markHeight = 16; ///< above a line that holds a mark
        double smallestToken = 9;
        double smallestShare = 4.5; ///< of a token that shares its character with others
        double foldPadding = 10;
        QFont foldFont;
    };
    /// What stands in a line: cells that only together make up whole characters on both sides, or a
    /// fold.
    struct Block {
        int beginCell = 0;
        int endCell = 0;
        int fold = -1; ///< index into `folds()`
        int line = 0;
        double x = 0;
        double width = 0;
        int baseGroup = 0, baseGroupEnd = 0; ///< into `baseGroups()`
        int tunedGroup = 0, tunedGroupEnd = 0;
    };
    struct Line {
        double top = 0; ///< of the base strip
        double bottom = 0; ///< of the tuned strip
        int firstBlock = 0;
        int endBlock = 0;
        bool marked = false;
    };

    void build(const LanesText& text, const std::vector<LaneFold>& folds,
        const std::vector<QString>& foldTexts, double width, const Metrics& metrics);

    const std::vector<Block>& blocks() const { return m_blocks; }
    const std::vector<Line>& lines() const { return m_lines; }
    const std::vector<LaneFold>& folds() const { return m_folds; }
    const std::vector<StripGroup>& baseGroups() const { return m_baseGroups; }
    const std::vector<StripGroup>& tunedGroups() const { return m_tunedGroups; }
    double height() const { return m_height; }
    int cellCount() const { return int(m_blockOf.size()); }
    int blockOf(int cell) const { return m_blockOf[std::size_t(cell)]; }
    bool isFolded(int cell) const { return m_blocks[std::size_t(blockOf(cell))].fold >= 0; }
    int lineOf(int cell) const { return m_blocks[std::size_t(blockOf(cell))].line; }

    /// The token's box in its strip; of a folded one, the fold's.
    QRectF baseRect(int token) const;
    QRectF tunedRect(int token) const;
    /// Where the group's text is drawn.
    QRectF baseGroupRect(int group) const;
    QRectF tunedGroupRect(int group) const;
    /// Left and right of the cell's bar, top and bottom of the lane.
    QRectF barRect(const LanesText& text, int cell) const;
    /// From the top of the base strip to the bottom of the tuned one.
    QRectF cellRect(const LanesText& text, int cell) const;
    QRectF foldRect(int block) const;
    /// -1 where there is none; of a fold its first cell.
    int cellAt(const LanesText& text, QPointF point) const;
    int lineAt(double y) const;
    int cellOnNeighbourLine(const LanesText& text, int cell, int direction, double x) const;
    int firstCellOfLine(int line) const;
    int lastCellOfLine(int line) const;

private:
    struct Place {
        double x = 0;
        double width = 0;
        int block = 0;
    };
    QRectF rectIn(const std::vector<StripGroup>& groups, const std::vector<Place>& places,
        const std::vector<int>& groupOf, int token, bool tuned) const;
    QRectF groupRect(const Place& place, bool tuned) const;

    Metrics m_metrics;
    std::vector<LaneFold> m_folds;
    std::vector<Block> m_blocks;
    std::vector<Line> m_lines;
    std::vector<int> m_blockOf;
    std::vector<StripGroup> m_baseGroups, m_tunedGroups;
    std::vector<Place> m_basePlaces, m_tunedPlaces; ///< of groups
    std::vector<int> m_baseGroupOf, m_tunedGroupOf; ///< of tokens
    double m_height = 0;
};

} // namespace assay
