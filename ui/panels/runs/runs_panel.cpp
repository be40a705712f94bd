#include "ui/panels/runs/runs_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/plot/curve_plot.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/findings_view.h"
#include "ui/panels/runs/run_controls.h"
#include "ui/panels/runs/run_details.h"
#include "ui/panels/runs/run_list_model.h"
#include "ui/panels/runs/value_table.h"
#include "ui/service/engine_session.h"
#include "ui/service/project_access.h"
#include "ui/service/run_reader.h"

#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QListView>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>

#include <cmath>

namespace assay {

bool RunsPanel::isSettled() const {
    return m_reader->isSettled() && m_plot->isSettled() && m_details->isSettled()
        && (m_selection->project().isEmpty() || m_jobs->hasScanned());
}

QWidget* RunsPanel::firstFocus() {
    return m_list;
}

QStringList RunsPanel::drawnRuns() const {
    // The current one first, then the others in the order of the list.
    QStringList paths;
    if (m_model->rowOf(m_current) >= 0)
        paths.append(m_current);
    QModelIndexList rows = m_list->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    for (const QModelIndex& index : std::as_const(rows))
        if (const QString path = index.data(RunListModel::PathRole).toString();
            !paths.contains(path))
            paths.append(path);
    return paths;
}

const RunData* RunsPanel::currentData() const {
    return m_reader->run(m_current);
}

std::vector<DrawnRun> RunsPanel::drawnData() const {
    std::vector<DrawnRun> runs;
    for (const QString& path : drawnRuns())
        if (const RunData* data = m_reader->run(path))
            if (const RunEntry* entry = m_model->find(path))
                runs.push_back({entry->name, data->log});
    return runs;
}

void RunsPanel::showJobs() {
    {
        // Rows that move take the selection along; choosing is for the person.
        const QScopedValueRollback quiet(m_choosing, true);
        m_model->setJobs(m_jobs->jobs());
    }
    const int count = m_model->rowCount();
    m_listCard->setTitle(count > 0 ? tr("%n run(s)", nullptr, count) : tr("Runs"));
    if (count > 0) {
        m_listStack->showContent();
    } else {
        m_listStack->showPage();
        if (m_jobs->hasScanned() || m_selection->project().isEmpty())
            m_listStack->page()->showEmpty(tr("No runs yet"),
                tr("Runs appear here as soon as they start. Logs of other trainers can be opened "
                   "or dropped here: TensorBoard event files, trainer_state.json, "
                   "trainer_log.jsonl, logging.jsonl."),
                tr("Open log…"));
        else
            m_listStack->page()->showLoading(tr("Looking for runs"), QString());
    }
    const QString wanted = m_selection->run();
    if (m_model->rowOf(m_current) < 0 && count > 0)
        chooseRuns({m_model->rowOf(wanted) >= 0 ? wanted : m_model->run(0).path});
    else if (m_model->rowOf(m_current) < 0 && !m_current.isEmpty())
        chooseRuns({});
    else
        showRun();
}

void RunsPanel::chooseRuns(const QStringList& paths) {
    {
        const QScopedValueRollback quiet(m_choosing, true);
        m_current = paths.isEmpty() ? QString() : paths.first();
        QItemSelection rows;
        for (const QString& path : paths)
            if (const int row = m_model->rowOf(path); row >= 0)
                rows.select(m_model->index(row), m_model->index(row));
        m_list->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
        if (const int row = m_model->rowOf(m_current); row >= 0)
            m_list->selectionModel()->setCurrentIndex(
                m_model->index(row), QItemSelectionModel::NoUpdate);
    }
    m_said.clear();
    follow();
}

void RunsPanel::chooseFromList() {
    if (m_choosing)
        return;
    const QModelIndex current = m_list->currentIndex();
    const bool selected = m_list->selectionModel()->isSelected(current);
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    const QString path = (selected || rows.isEmpty() ? current : rows.first())
                             .data(RunListModel::PathRole)
                             .toString();
    // Ctrl adds a run to those drawn; the one whose details are shown stays until it is taken out.
    const bool keeps = rows.size() > 1 && drawnRuns().contains(m_current)
        && m_list->selectionModel()->isSelected(m_model->index(m_model->rowOf(m_current)));
    if (!keeps)
        m_current = path;
    m_said.clear();
    follow();
}

void RunsPanel::follow() {
    std::vector<LogPlace> places;
    const QStringList drawn = drawnRuns();
    for (const QString& path : drawn)
        places.push_back(m_model->find(path)->place);
    m_reader->follow(places);
    m_model->setDrawn(drawn);
    if (const RunEntry* run = m_model->find(m_current); run && run->isOurs())
        m_selection->setRun(m_current);
    m_plot->setFlag(RunPlace::none, {});
    m_plot->setCursor({});
    showRun();
    showCurves();
    m_plot->showAll();
    showFindings();
    Q_EMIT helpChanged();
}

void RunsPanel::showRun() {
    const RunEntry* run = m_model->find(m_current);
    m_controls->setRun(run);
    m_details->setRun(run, currentData());
    m_closeAction->setEnabled(run && !run->isOurs());
    m_pauseAction->setEnabled(m_controls->canPause());
    m_pauseAction->setText(m_controls->isPaused() ? tr("Resume the run") : tr("Pause the run"));
    m_stopAction->setEnabled(m_controls->canStop());
    m_checkpointAction->setEnabled(m_controls->canStop());
    m_goOnAction->setEnabled(m_controls->canGoOn());
    if (!run) {
        m_curveCard->setTitle(tr("Curves"));
        m_chip->set(QString(), Tone::Plain);
        m_eta->set(QString(), Tone::Plain);
        showNotice();
        m_curveStack->showPage();
        return m_curveStack->page()->showEmpty(
            tr("No run chosen"), tr("The curves of the chosen run stand here."));
    }
    m_curveCard->setTitle(run->name);
    const RunStatus status = runStatus(*run);
    m_chip->set(
        run->isOurs() ? status.word : status.word + QStringLiteral(" · ") + runParameters(*run),
        status.tone);
    const bool counting = run->job && run->job->owned && run->job->state.phase == JobPhase::Running
        && run->job->state.etaSeconds >= 0;
    m_eta->set(counting ? timeLeft(run->job->state.etaSeconds) : QString(), Tone::Plain);
    showNotice();

    const RunData* data = currentData();
    if (data && !data->log->curves().empty())
        return m_curveStack->showContent();
    m_curveStack->showPage();
    StatePage* page = m_curveStack->page();
    if (data && data->failure)
        page->showFailed(tr("This run has no curve"), errorParagraph(*data->failure));
    else if (!data || !data->loaded)
        page->showLoading(tr("Reading the curves"), QString());
    else if (run->job && run->job->problem)
        page->showFailed(tr("This run has no curve"), errorParagraph(*run->job->problem));
    else if (run->job)
        page->showEmpty(tr("No step has been taken yet"),
            run->job->state.note.empty() ? tr("The curve begins with the first step.")
                                         : QString::fromStdString(run->job->state.note));
    else if (!data->problems.empty())
        page->showFailed(tr("This log has no numbers"), errorParagraph(data->problems.front()));
    else {
        QStringList other;
        for (const std::string& tag : data->otherContent)
            other.append(QString::fromStdString(tag));
        page->showEmpty(tr("This log has no numbers"),
            other.isEmpty() ? tr("Its trainer has not written any yet.")
                            : tr("It holds only texts: %1. They stand under settings.")
                                  .arg(other.join(QStringLiteral(", "))));
    }
}

QString RunsPanel::notice() const {
    QStringList lines;
    if (m_logError)
        lines.append(errorParagraph(*m_logError));
    if (!m_said.isEmpty())
        lines.append(m_said);
    if (m_controls->answerTone() == Tone::Wrong && !m_controls->answer().isEmpty())
        lines.append(m_controls->answer());
    const RunEntry* run = m_model->find(m_current);
    if (run && run->job && !run->job->problem) {
        if (run->job->state.error)
            lines.append(errorParagraph(*run->job->state.error));
        if (run->job->interrupted())
            lines.append(tr("The process that worked on this run is gone. “Go on” starts again "
                            "from the last checkpoint."));
    }
    if (run && run->job && run->job->problem)
        lines.append(errorParagraph(*run->job->problem));
    const RunData* data = currentData();
    if (data && data->failure && !data->log->isEmpty())
        lines.append(errorParagraph(*data->failure));
    if (data && !data->problems.empty())
        lines.append(data->problems.size() == 1
                ? errorParagraph(data->problems.front())
                : tr("%n place(s) of the log could not be read; the first: %1", nullptr,
                    int(data->problems.size()))
                      .arg(errorMessage(data->problems.front())));
    if (data && data->loaded && data->pendingBytes > 0)
        lines.append(tr("The last record of the log is not whole (%n byte(s)): it is being "
                        "written, or its writer was killed.",
            nullptr, int(data->pendingBytes)));
    return lines.join(QLatin1Char('\n'));
}

void RunsPanel::showNotice() {
    const QString text = notice();
    m_notice->setText(text);
    m_notice->setVisible(!text.isEmpty());
}

void RunsPanel::setQuantity(RunQuantity quantity) {
    m_wantedQuantity = quantity;
    showCurves();
    m_plot->showAll();
}

void RunsPanel::showCurves() {
    const std::vector<DrawnRun> runs = drawnData();
    const RunData* data = currentData();
    const std::vector<std::string> others = otherCurves(runs);
    {
        const QSignalBlocker quiet(m_other);
        const QString before = m_other->currentData().toString();
        QStringList names;
        for (const std::string& name : others)
            names.append(QString::fromStdString(name));
        QStringList now;
        for (int i = 0; i < m_other->count(); ++i)
            now.append(m_other->itemData(i).toString());
        if (names != now) {
            m_other->clear();
            for (const QString& name : std::as_const(names))
                m_other->addItem(name, name);
            m_other->setCurrentIndex(std::max(0, int(names.indexOf(before))));
        }
    }
    RunQuantity quantity = m_wantedQuantity.value_or(RunQuantity::Loss);
    if (data)
        quantity = usableQuantity(quantity, *data->log);
    {
        const QSignalBlocker quiet(m_quantity);
        m_quantity->setCurrent(int(quantity));
        m_quantity->setChoiceEnabled(int(RunQuantity::Other), !others.empty());
    }
    m_other->setVisible(quantity == RunQuantity::Other);
    if (data) {
        m_axis->setChoiceEnabled(int(CurveAxis::Tokens), hasAxis(*data->log, CurveAxis::Tokens));
        m_axis->setChoiceEnabled(int(CurveAxis::Seconds), hasAxis(*data->log, CurveAxis::Seconds));
        if (!hasAxis(*data->log, m_plot->axis()) && data->loaded)
            m_axis->setCurrent(int(CurveAxis::Step));
        m_plot->setBoundaries(boundariesOf(*data->log, m_plot->axis()));
    }
    const std::string other = m_other->currentData().toString().toStdString();
    m_plot->setValueName(valueName(quantity, other));
    m_plot->setCurves(curvesFor(quantity, runs, other));
    std::vector<std::pair<QString, const RunData*>> compared;
    for (const QString& path : drawnRuns())
        compared.emplace_back(m_model->find(path)->name, m_reader->run(path));
    m_details->setCompared(compared);
}

void RunsPanel::showReadings() {
    ValueModel::Rows rows;
    for (const CurvePlot::Reading& reading : m_plot->readings()) {
        const PlotCurve& line = m_plot->curves()[std::size_t(reading.curve)];
        const auto cell = [](double value, bool exists) {
            return ValueCell{exists ? figureText(value) : QStringLiteral("–"), {},
                exists && !std::isfinite(value) ? Tone::Wrong : Tone::Plain};
        };
        ValueCell name{line.label, line.label};
        name.line = line.style;
        rows.push_back({name,
            {reading.exists ? QLocale().toString(reading.step, 'f', 0) : QStringLiteral("–")},
            cell(reading.value, reading.exists),
            line.smoothed && !m_plot->series().empty() && reading.exists && m_smoothing->value() > 0
                ? cell(reading.smoothed, true)
                : ValueCell{QString()}});
    }
    const int shown = std::clamp(int(rows.size()), 1, 4);
    m_readings->values()->setRows(std::move(rows));
    m_readings->setFixedHeight(m_readings->horizontalHeader()->sizeHint().height()
        + shown * m_readings->verticalHeader()->defaultSectionSize() + 2);
}

void RunsPanel::showFindings() {
    const RunData* data = currentData();
    m_findingsCard->setTitle(data && data->findingsAreCurrent && !data->findings.empty()
            ? tr("Reading · %n finding(s)", nullptr, int(data->findings.size()))
            : tr("Reading"));
    if (data && data->findingsAreCurrent)
        m_findings->setFindings(data->findings);
    // The step at an epoch's start is taken for a fault so often that it is pointed out unasked.
    if (data)
        for (const CurveFinding& finding : data->findings)
            if (finding.rule == "loss.epoch_step" && m_plot->axis() == CurveAxis::Step)
                m_plot->setFlag(finding.step, findingWords(finding));
}

} // namespace assay
