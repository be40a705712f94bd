#pragma once

#include "ui/service/run_planner.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QSpinBox;
class QTextEdit;

namespace assay {

/// The exact tokens of a row as the run will see it: what is trained stands on a tint, underlined;
/// control tokens in frames of their own; what the limit cut off struck through. Above it what is
/// wrong in all rows, each kind a button that goes to the next such row.
class LabelView final : public QWidget {
    Q_OBJECT

public:
    explicit LabelView(RunPlanner* planner, QWidget* parent = nullptr);
    void setPlan(const std::shared_ptr<const PlannedRun>& plan);
    /// By its index in the survey.
    void showRow(qint64 index);
    qint64 row() const { return m_row; }
    /// To the next row with this problem after the one shown, around the end.
    void jumpTo(LabelProblem problem) { jumpTo(std::uint8_t(1 << int(problem))); }
    void jumpToAny() { jumpTo(std::uint8_t(0xff)); }
    QTextEdit* text() const { return m_text; }
    QPushButton* problemButton(LabelProblem problem) const { return m_problems[int(problem)]; }

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildProblems();
    QWidget* buildNavigation();
    void draw();
    void jumpTo(std::uint8_t problems);

    RunPlanner* m_planner;
    std::shared_ptr<const PlannedRun> m_plan;
    RowPreview m_preview;
    qint64 m_row = -1;
    QPushButton* m_problems[labelProblemCount] = {};
    QSpinBox* m_number;
    QLabel* m_of;
    QLabel* m_about;
    QLabel* m_lengths;
    QTextEdit* m_text;
};

/// What a problem is called in the window, with its count.
QString labelProblemText(LabelProblem problem, qint64 count);
QString labelProblemHelp(LabelProblem problem);

} // namespace assay
