#pragma once

#include "ui/service/run_planner.h"

#include <QAbstractScrollArea>
#include <QWidget>

class QLabel;

namespace assay {

/// The micro-batches of the first epoch as bars, in the order in which they are trained: each row a
/// segment, its trained part filled, the room that stays empty hatched.
class BatchBars final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit BatchBars(QWidget* parent = nullptr);
    void setPlan(const std::shared_ptr<const PlannedRun>& plan);
    /// The row of the survey under a point of the view, or -1.
    qint64 rowAt(QPoint point) const;

Q_SIGNALS:
    void rowChosen(qint64 index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int lineHeight() const;
    int left() const;
    double scale() const; ///< pixels a token
    void layOut();
    void paintBar(QPainter& painter, int bar, int y) const;

    std::shared_ptr<const PlannedRun> m_plan;
    qint64 m_room = 1; ///< tokens of a full bar
};

/// The bars with their figures.
class BatchView final : public QWidget {
    Q_OBJECT

public:
    explicit BatchView(QWidget* parent = nullptr);
    void setPlan(const std::shared_ptr<const PlannedRun>& plan);
    QString summary() const;
    BatchBars* bars() const { return m_bars; }

private:
    QLabel* m_summary;
    BatchBars* m_bars;
};

} // namespace assay
