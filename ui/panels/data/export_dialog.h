#pragma once

#include "core/store/sample_order.h"
#include "ui/common/services.h"
#include "ui/service/background_work.h"
#include "ui/service/import_work.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace assay {

/// Writes the samples of the filter to a file: in a training format, or the table itself. Deletes
/// itself when it closes; closing while it runs cancels, and no file is left.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    ExportDialog(
        const Services& services, qint64 count, SampleOrder order, QWidget* parent = nullptr);
    QComboBox* format() const { return m_format; }
    bool isRunning() const { return m_task.isRunning(); }
    QString outcome() const;
    /// Starts writing, as after the person chose the file.
    void write(const QString& file);
    void reject() override;

private:
    void describe();
    void chooseFile();
    void showOutcome(const QString& file, const Result<ExportOutcome>& outcome);

    Services m_services;
    SampleFilter m_filter;
    SampleOrder m_order;
    BackgroundWork m_task;
    QComboBox* m_format;
    QLabel* m_about;
    QLabel* m_outcome;
    QProgressBar* m_bar;
    QPushButton* m_close;
    QPushButton* m_export;
};

} // namespace assay
