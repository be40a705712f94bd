#pragma once

#include "ui/panels/runs/run_entry.h"
#include "ui/panels/runs/value_table.h"
#include "ui/service/job_files.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace assay {

class Card;
class SegmentedSwitch;
class StateStack;

/// What stands behind the chosen run's curves: the samples of a step, channels, answers at each
/// evaluation, settings beside those of the other runs, checkpoints, log. Reads only what is in
/// view, and reads it again while the run goes on.
class RunDetails final : public QWidget {
    Q_OBJECT

public:
    enum Page { Samples, Channels, Answers, Settings, Checkpoints, Log };

    explicit RunDetails(QWidget* parent = nullptr);
    /// Null for none. `data` may be null while nothing has been read.
    void setRun(const RunEntry* run, const RunData* data);
    /// The runs that are drawn, the chosen one first: their settings stand side by side.
    void setCompared(const std::vector<std::pair<QString, const RunData*>>& runs);
    /// Brings the samples of that step to the front.
    void showStep(double step);
    void showPage(Page page);
    Page page() const;
    ValueTable* table(Page page) const { return m_tables[page]; }
    QString logText() const;
    bool isSettled() const { return m_pending == 0; }
    QString headline() const;

Q_SIGNALS:
    /// Show the sample with this global id there: "data" or "inspect".
    void sampleWanted(const QString& uid, const QString& panel);
    void checkpointWanted(const QString& folder, qint64 step, const QString& panel);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void addTablePage(Page page, const QString& name, std::vector<ValueColumn> columns);
    void refresh();
    void showSamples();
    void showChannels();
    void showAnswers();
    void showSettings();
    void showCheckpoints();
    void showLog();
    void say(Page page, const QString& title, const QString& sentence);
    bool isOurs() const { return m_run && m_run->isOurs(); }

    Card* m_card;
    SegmentedSwitch* m_switch;
    QStackedWidget* m_pages;
    StateStack* m_stacks[6] = {};
    ValueTable* m_tables[6] = {};
    void setHeadline(const QString& text);
    QLabel* m_headline;
    QPushButton* m_openSample;
    QPushButton* m_inspectSample;
    QPushButton* m_inspectCheckpoint;
    QPushButton* m_compareCheckpoint;
    QCheckBox* m_onlyDifferences;
    QPlainTextEdit* m_log;
    QTimer m_timer;
    std::optional<RunEntry> m_run;
    std::shared_ptr<const RunLog> m_curves; ///< null while nothing has been read
    std::vector<std::pair<QString, std::vector<RunParameter>>> m_compared;
    double m_step = RunPlace::none;
    std::vector<StepSample> m_samples;
    std::vector<CheckpointFile> m_checkpoints;
    quint64 m_generation = 0; ///< answers to an older question are dropped
    int m_pending = 0;
};

} // namespace assay
