#pragma once

#include "ui/service/review_access.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QTableWidget;

namespace assay {

/// Edits what a project asks of its people: criteria, reasons, labels, annotators, and the
/// guideline with its earlier versions to read.
class TaskDialog final : public QDialog {
    Q_OBJECT

public:
    explicit TaskDialog(const ProjectTask& task, QWidget* parent = nullptr);
    /// What stands in the fields; "store.task_value".
    Result<TaskDefinition> definition() const;
    std::string guideline() const;

protected:
    void accept() override;

private:
    QWidget* buildLists(const TaskDefinition& task);
    QWidget* buildGuideline(const ProjectTask& task);
    void addCriterion(const Criterion& criterion);

    QTableWidget* m_criteria;
    QPlainTextEdit* m_reasons;
    QPlainTextEdit* m_labels;
    QPlainTextEdit* m_annotators;
    QPlainTextEdit* m_guideline;
    QLabel* m_problem;
};

} // namespace assay
