#pragma once

#include "ui/common/score_lanes/lanes_layout.h"

#include <QAbstractScrollArea>

class QTimer;

namespace assay {

/// The same text under two models, set like a score: every visual line is base, bars, tuned,
/// wrapped at the same byte. Paints only what is visible. Arrows, Home and End move the selection;
/// N and P go to the next and previous place where the first choices differ, D to the first
/// divergence, O to the onset; Space opens a fold, Enter asks for continuations.
class ScoreLanes final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ScoreLanes(QWidget* parent = nullptr);

    /// Selects nothing, closes all folds and scrolls to the start.
    void setText(LanesText text);
    const LanesText& text() const { return m_text; }
    const LanesLayout& layoutOfCells() const { return m_layout; }
    void setMeasure(LaneMeasure measure);
    LaneMeasure measure() const { return m_measure; }
    void setFoldMode(FoldMode mode);
    FoldMode foldMode() const { return m_foldMode; }
    void toggleFold(int firstCell);

    int selectedCell() const { return m_selected; }
    /// Opens the fold it stands in and scrolls it into view; out of range selects none.
    void setSelectedCell(int cell);
    /// -1 where there is none.
    int nextDifference(int from, int direction) const;
    int markOf(LaneMark::Kind kind) const;
    void goToDifference(int direction);
    void goToMark(LaneMark::Kind kind);
    /// The cell's box on the viewport; empty when scrolled out of sight.
    QRect cellBox(int cell) const;
    int cellAt(const QPoint& viewportPoint) const;

    QSize sizeHint() const override { return {640, 320}; }
    /// Of all lines at this width, with the space around them.
    int wholeHeight() const;

Q_SIGNALS:
    void cellSelected(int cell);
    /// Rested on with the pointer; -1 when it left.
    void cellHovered(int cell);
    /// Enter or a double click.
    void continueWanted(int cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void relayout();
    int gutter() const;
    void paintLines(QPainter& painter, double top, double bottom);
    void paintGutter(QPainter& painter, const LanesLayout::Line& line, bool first) const;
    void paintFold(QPainter& painter, int block) const;
    void paintStrip(QPainter& painter, const StripGroup& group, const QRectF& box, bool tuned,
        const std::vector<StripToken>& tokens) const;
    void paintCell(QPainter& painter, int cell) const;
    void paintBand(QPainter& painter, const QRectF& box, int baseRank) const;
    void paintMark(QPainter& painter, const LaneMark& mark, int nth) const;
    QString foldText(const LaneFold& fold) const;
    void select(int cell, bool keepColumn);

    LanesText m_text;
    LanesLayout m_layout;
    LaneMeasure m_measure = LaneMeasure::Js;
    FoldMode m_foldMode = FoldMode::PromptOnly;
    std::set<int> m_expanded;
    double m_largest = 0; ///< of the measure, over the answer
    int m_selected = -1;
    int m_hovered = -1;
    QTimer* m_rest;
    double m_column = 0;
};

/// "0.61", "4.2": as the lanes and their cards write a number of nats.
QString natsText(double nats);

} // namespace assay
