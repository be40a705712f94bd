#pragma once

#include "ui/common/services.h"
#include "ui/service/background_work.h"
#include "ui/service/import_work.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableWidget;

namespace assay {

class Chip;
class ColumnPicker;

/// From a chosen file to its samples in the project: what the format is, what the first rows will
/// be, which column holds what, the import with progress, and its report. Deletes itself when it
/// closes; closing while it runs cancels, and nothing is kept.
class ImportDialog final : public QDialog {
    Q_OBJECT

public:
    enum Page { Choose, Running, Report };

    ImportDialog(const Services& services, const QStringList& files, QWidget* parent = nullptr);
    ~ImportDialog() override;

    Page page() const;
    bool isSettled() const { return !m_reading && !m_task.isRunning(); }
    QString recognised() const;
    QTableWidget* preview() const { return m_preview; }
    QTableWidget* report() const { return m_reportTable; }
    QComboBox* format() const { return m_format; }
    QLineEdit* channel() const { return m_channel; }
    ColumnPicker* columns() const { return m_columns; }
    QPushButton* importButton() const { return m_import; }
    QString outcome() const;
    void saveReport(const QString& file);

    void reject() override;

Q_SIGNALS:
    /// Samples came in; `overviewWanted` where the person asked to see them.
    void imported(qint64 importId, bool overviewWanted);

private:
    QWidget* makeChoosePage();
    QWidget* makeRunningPage();
    QWidget* makeReportPage();
    ImportOptions options() const;
    void read();
    void showPreview(const ImportPreview& preview);
    void run();
    void showOutcome(const Result<ImportOutcome>& outcome);

    Services m_services;
    QStringList m_files;
    BackgroundWork m_task;
    BackgroundWork m_reportTask;
    quint64 m_generation = 0; ///< of the preview asked for last
    bool m_reading = false;
    std::optional<ImportRecord> m_record;
    QStackedWidget* m_pages;
    Chip* m_kind;
    QLabel* m_recognised;
    QComboBox* m_format;
    QComboBox* m_unit;
    QCheckBox* m_header;
    QLineEdit* m_channel;
    QPushButton* m_columnsButton;
    ColumnPicker* m_columns;
    QTableWidget* m_preview;
    QLabel* m_problem;
    QPushButton* m_import;
    QProgressBar* m_bar;
    QLabel* m_progress;
    QLabel* m_outcome;
    QLabel* m_outcomeNote;
    QTableWidget* m_reportTable;
    QPushButton* m_save;
    QPushButton* m_overview;
};

} // namespace assay
