#include "ui/panels/runs/run_details.h"

#include "ui/common/card.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/on_result.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/channel_rows.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <cmath>
#include <set>

namespace assay {

namespace {

constexpr int refreshMs = 1000;

QString sizeText(qint64 bytes) {
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

} // namespace

RunDetails::RunDetails(QWidget* parent)
    : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(QString(), this);
    outer->addWidget(m_card);
    m_switch = new SegmentedSwitch;
    m_switch->add(tr("samples"), tr("The rows behind a step, highest loss first"));
    m_switch->add(tr("channels"), tr("Loss of each channel"));
    m_switch->add(tr("answers"), tr("Greedy answers to the same prompts at each evaluation"));
    m_switch->add(tr("settings"), tr("Parameters of the run, beside those of the others drawn"));
    m_switch->add(tr("checkpoints"), tr("Models saved on the way"));
    m_switch->add(tr("log"), tr("What the process said"));
    m_card->addChip(m_switch);
    m_headline = makeLabel(QString(), "secondary");
    m_headline->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));

    m_openSample = makeButton(tr("Open in Data"));
    m_inspectSample = makeButton(tr("Inspect"));
    m_inspectCheckpoint = makeButton(tr("Inspect"));
    m_compareCheckpoint = makeButton(tr("Compare with its start"));
    m_onlyDifferences = new QCheckBox(tr("only what differs"));
    for (QPushButton* button :
        {m_openSample, m_inspectSample, m_inspectCheckpoint, m_compareCheckpoint})
        m_card->addControl(button);
    m_card->addControl(m_onlyDifferences);

    m_pages = new QStackedWidget;
    addTablePage(Samples, tr("Samples of the step"),
        {{tr("loss"), true, 70, tr("Nats a trained token, under the weights of that step")},
            {tr("tokens"), true, 64, tr("Trained ones")}, {tr("channel"), false, 96},
            {tr("question"), false, 0}, {tr("answer"), false, 0}});
    addTablePage(Channels, tr("Channels"),
        {{tr("channel"), false, 130},
            {tr("loss now"), true, 0, tr("Smoothed over about ten points; the curve is the run")},
            {tr("last 50"), true, 92, tr("Change of the smoothed loss over the last 50 points")},
            {tr("tokens"), true, 70, tr("Share of the trained tokens")},
            {tr("held-out"), true, 80, tr("Loss at the last evaluation")}});
    addTablePage(Answers, tr("Answers at each evaluation"), {});
    addTablePage(Settings, tr("Settings"), {});
    addTablePage(Checkpoints, tr("Checkpoints"),
        {{tr("step"), true, 80}, {tr("size"), true, 90}, {tr("folder"), false, 0}});
    m_log = new QPlainTextEdit;
    m_log->setReadOnly(true);
    m_log->setFont(smallMonoFont());
    m_log->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_log->setAccessibleName(tr("Log of the run"));
    m_stacks[Log] = new StateStack(m_log);
    m_pages->addWidget(m_stacks[Log]);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_headline);
    body->addWidget(m_pages, 1);
    m_card->setBody(body);

    connect(m_switch, &SegmentedSwitch::changed, this, [this](int page) {
        m_pages->setCurrentIndex(page);
        refresh();
    });
    const auto sampleTo = [this](const QString& panel) {
        const int row = m_tables[Samples]->currentRow();
        if (row >= 0 && std::size_t(row) < m_samples.size())
            Q_EMIT sampleWanted(m_samples[std::size_t(row)].id, panel);
    };
    connect(m_openSample, &QPushButton::clicked, this,
        [sampleTo] { sampleTo(QStringLiteral("data")); });
    connect(m_inspectSample, &QPushButton::clicked, this,
        [sampleTo] { sampleTo(QStringLiteral("inspect")); });
    connect(m_tables[Samples], &QAbstractItemView::activated, this,
        [sampleTo] { sampleTo(QStringLiteral("data")); });
    const auto checkpointTo = [this](const QString& panel) {
        const int row = std::max(0, m_tables[Checkpoints]->currentRow());
        if (std::size_t(row) < m_checkpoints.size())
            Q_EMIT checkpointWanted(m_checkpoints[std::size_t(row)].folder,
                m_checkpoints[std::size_t(row)].step, panel);
    };
    connect(m_inspectCheckpoint, &QPushButton::clicked, this,
        [checkpointTo] { checkpointTo(QStringLiteral("inspect")); });
    connect(m_compareCheckpoint, &QPushButton::clicked, this,
        [checkpointTo] { checkpointTo(QStringLiteral("compare")); });
    connect(m_tables[Checkpoints], &QAbstractItemView::activated, this,
        [checkpointTo] { checkpointTo(QStringLiteral("inspect")); });
    connect(m_onlyDifferences, &QCheckBox::toggled, this, &RunDetails::showSettings);
    m_timer.setInterval(refreshMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (isVisible() && isOurs() && m_run->job->owned)
            refresh();
    });
    m_timer.start();
    m_switch->setCurrent(Channels);
    m_pages->setCurrentIndex(Channels);
    refresh();
}

void RunDetails::addTablePage(Page page, const QString& name, std::vector<ValueColumn> columns) {
    auto* table = new ValueTable(name);
    table->setColumns(std::move(columns));
    m_tables[page] = table;
    m_stacks[page] = new StateStack(table);
    m_pages->addWidget(m_stacks[page]);
}

RunDetails::Page RunDetails::page() const {
    return Page(m_switch->current());
}

void RunDetails::showPage(Page page) {
    m_switch->setCurrent(page);
}

QString RunDetails::logText() const {
    return m_log->toPlainText();
}

void RunDetails::setHeadline(const QString& text) {
    m_headline->setText(text);
    m_headline->setVisible(!text.isEmpty());
}

QString RunDetails::headline() const {
    return m_headline->text();
}

void RunDetails::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
}

void RunDetails::setRun(const RunEntry* run, const RunData* data) {
    const bool other = !run != !m_run || (run && run->path != m_run->path);
    const bool ended
        = run && m_run && run->job && m_run->job && m_run->job->owned && !run->job->owned;
    m_run = run ? std::optional(*run) : std::nullopt;
    m_curves = data && (data->loaded || !data->log->isEmpty()) ? data->log : nullptr;
    if (other) {
        ++m_generation;
        m_step = RunPlace::none;
        m_samples.clear();
        m_checkpoints.clear();
        m_log->clear();
        refresh();
    } else if (page() == Channels || ended) {
        refresh();
    }
}

void RunDetails::setCompared(const std::vector<std::pair<QString, const RunData*>>& runs) {
    std::vector<std::pair<QString, std::vector<RunParameter>>> compared;
    for (const auto& [name, data] : runs)
        compared.emplace_back(name, data ? data->parameters : std::vector<RunParameter>());
    if (compared == m_compared)
        return;
    m_compared = std::move(compared);
    if (page() == Settings)
        showSettings();
}

void RunDetails::showStep(double step) {
    m_step = step;
    m_switch->setCurrent(Samples);
    refresh();
}

void RunDetails::say(Page page, const QString& title, const QString& sentence) {
    m_stacks[page]->showPage();
    m_stacks[page]->page()->showEmpty(title, sentence);
}

void RunDetails::refresh() {
    const Page now = page();
    m_openSample->setVisible(now == Samples);
    m_inspectSample->setVisible(now == Samples);
    m_inspectCheckpoint->setVisible(now == Checkpoints);
    m_compareCheckpoint->setVisible(now == Checkpoints);
    m_onlyDifferences->setVisible(now == Settings && m_compared.size() > 1);
    if (now != Samples)
        setHeadline(QString());
    if (!m_run)
        return say(now, tr("No run chosen"), tr("What stands behind its curves appears here."));
    switch (now) {
    case Samples:
        return showSamples();
    case Channels:
        return showChannels();
    case Answers:
        return showAnswers();
    case Settings:
        return showSettings();
    case Checkpoints:
        return showCheckpoints();
    case Log:
        return showLog();
    }
}

void RunDetails::showSamples() {
    const auto enable = [this](bool on) {
        m_openSample->setEnabled(on);
        m_inspectSample->setEnabled(on);
    };
    enable(!m_samples.empty());
    if (!isOurs() || std::isnan(m_step))
        setHeadline(QString());
    if (!isOurs())
        return say(Samples, tr("No samples in this log"),
            tr("Other trainers do not record which rows a step was trained on. Runs of Assay do."));
    if (std::isnan(m_step))
        return say(Samples, tr("No step chosen"),
            tr("Click a point of the curve, or press Return on it: the rows of that step appear "
               "here, the highest loss first."));
    ++m_pending;
    const auto step = qint64(m_step);
    onResult(this, job_files::samplesOf(m_run->path, step),
        [this, step, enable, generation = m_generation](
            const Result<std::vector<StepSample>>& samples) {
            --m_pending;
            if (generation != m_generation || step != qint64(m_step) || page() != Samples)
                return;
            if (!samples) {
                m_stacks[Samples]->showPage();
                return m_stacks[Samples]->page()->showFailed(
                    tr("The samples cannot be read"), errorParagraph(samples.error()));
            }
            m_samples = *samples;
            enable(!m_samples.empty());
            if (m_samples.empty())
                setHeadline(QString());
            if (m_samples.empty())
                return say(Samples, tr("No rows at step %1").arg(QLocale().toString(step)),
                    tr("No row was recorded for this step."));
            ValueModel::Rows rows;
            qint64 tokens = 0;
            for (const StepSample& sample : m_samples) {
                tokens += sample.tokens;
                const bool bad = !std::isfinite(sample.loss);
                rows.push_back({{figureText(sample.loss), {}, bad ? Tone::Wrong : Tone::Plain},
                    {QLocale().toString(sample.tokens)}, {sample.channel},
                    {sample.prompt, sample.prompt}, {sample.answer, sample.answer}});
            }
            m_tables[Samples]->values()->setRows(std::move(rows));
            m_stacks[Samples]->showContent();
            if (m_tables[Samples]->currentRow() < 0)
                m_tables[Samples]->selectRow(0);
            setHeadline(
                tr("step %1 · %n row(s) · %2 trained tokens", nullptr, int(m_samples.size()))
                    .arg(QLocale().toString(step), QLocale().toString(tokens)));
        });
}

void RunDetails::showChannels() {
    if (!m_curves) {
        m_stacks[Channels]->showPage();
        return m_stacks[Channels]->page()->showLoading(tr("Reading the curves"), QString());
    }
    ValueModel::Rows rows = channelRows(*m_curves);
    if (rows.empty())
        return say(Channels, tr("No channels"),
            tr("This run does not record the loss of each source of its data."));
    m_tables[Channels]->values()->setRows(std::move(rows));
    m_stacks[Channels]->showContent();
}

void RunDetails::showAnswers() {
    if (!isOurs())
        return say(Answers, tr("No answers in this log"),
            tr("Runs of Assay answer the same prompts at each evaluation."));
    ++m_pending;
    onResult(this, job_files::probes(m_run->path),
        [this, generation = m_generation](const Result<std::vector<ProbeAnswers>>& probes) {
            --m_pending;
            if (generation != m_generation || page() != Answers)
                return;
            if (!probes || probes->empty())
                return say(Answers, tr("No answers yet"),
                    tr("At each evaluation the model answers the same prompts; they appear here "
                       "side by side."));
            std::set<qint64> steps;
            for (const ProbeAnswers& probe : *probes)
                for (const auto& [step, answer] : probe.answers)
                    steps.insert(step);
            std::vector<ValueColumn> columns{
                {tr("prompt"), false, 220, {}, true}, {tr("reference"), false, 180, {}, true}};
            for (const qint64 step : steps)
                columns.push_back({tr("step %1").arg(QLocale().toString(step)), false, 190,
                    step == 0 ? tr("Before training") : QString(), true});
            ValueModel::Rows rows;
            for (const ProbeAnswers& probe : *probes) {
                std::vector<ValueCell> row{
                    {probe.prompt, probe.heldOut ? tr("Held out: never trained on") : QString()},
                    {probe.reference, probe.reference}};
                for (const qint64 step : steps) {
                    const auto answer = probe.answers.find(step);
                    const QString text = answer == probe.answers.end() ? QString() : answer->second;
                    const bool same = !probe.reference.isEmpty()
                        && text.simplified() == probe.reference.simplified();
                    row.push_back({same ? QStringLiteral("✓ ") + text : text, text,
                        same ? Tone::Right : Tone::Plain});
                }
                rows.push_back(std::move(row));
            }
            if (m_tables[Answers]->values()->columnCount() != int(columns.size()))
                m_tables[Answers]->setColumns(std::move(columns));
            m_tables[Answers]->values()->setRows(std::move(rows));
            m_stacks[Answers]->showContent();
        });
}

void RunDetails::showSettings() {
    m_onlyDifferences->setVisible(page() == Settings && m_compared.size() > 1);
    std::vector<ValueColumn> columns{{tr("setting"), false, m_compared.size() > 1 ? 230 : 260}};
    for (const auto& [name, parameters] : m_compared)
        columns.push_back({name, false, 0});
    std::vector<std::pair<std::string, std::string>> keys;
    for (const auto& [name, parameters] : m_compared)
        for (const RunParameter& parameter : parameters)
            if (const auto key = std::pair(parameter.group, parameter.name);
                std::ranges::find(keys, key) == keys.end())
                keys.push_back(key);
    if (keys.empty())
        return say(
            Settings, tr("No settings"), tr("This log does not say how the run was set up."));
    std::ranges::stable_sort(keys, {}, [&keys](const auto& key) {
        return std::ranges::find(keys, key.first, &std::pair<std::string, std::string>::first)
            - keys.begin();
    });
    ValueModel::Rows rows;
    for (const auto& [group, name] : keys) {
        std::vector<ValueCell> row{
            {QString::fromStdString(group.empty() ? name : group + " · " + name)}};
        std::set<std::string> values;
        for (const auto& [run, parameters] : m_compared) {
            const auto found = std::ranges::find_if(parameters, [&](const RunParameter& parameter) {
                return parameter.group == group && parameter.name == name;
            });
            const std::string value = found == parameters.end() ? "–" : found->value;
            values.insert(value);
            row.push_back({QString::fromStdString(value), QString::fromStdString(value)});
        }
        const bool differs = values.size() > 1;
        if (m_compared.size() > 1 && m_onlyDifferences->isChecked() && !differs)
            continue;
        for (std::size_t i = 1; differs && i < row.size(); ++i)
            row[i].emphasised = true;
        rows.push_back(std::move(row));
    }
    if (rows.empty())
        return say(Settings, tr("No differences"), tr("These runs were set up alike."));
    m_tables[Settings]->setColumns(std::move(columns));
    m_tables[Settings]->values()->setRows(std::move(rows));
    m_stacks[Settings]->showContent();
}

void RunDetails::showCheckpoints() {
    m_inspectCheckpoint->setEnabled(!m_checkpoints.empty());
    m_compareCheckpoint->setEnabled(!m_checkpoints.empty());
    if (!isOurs())
        return say(Checkpoints, tr("No checkpoints here"),
            tr("Open the model folder of this run in Inspect."));
    ++m_pending;
    onResult(this, job_files::checkpoints(m_run->path),
        [this, generation = m_generation](const std::vector<CheckpointFile>& checkpoints) {
            --m_pending;
            if (generation != m_generation || page() != Checkpoints)
                return;
            m_checkpoints = checkpoints;
            m_inspectCheckpoint->setEnabled(!m_checkpoints.empty());
            m_compareCheckpoint->setEnabled(
                !m_checkpoints.empty() && m_run && !m_run->job->spec.model.path.empty());
            if (m_checkpoints.empty())
                return say(Checkpoints, tr("No checkpoint yet"),
                    tr("“Checkpoint now” saves the model as it is."));
            ValueModel::Rows rows;
            for (const CheckpointFile& checkpoint : m_checkpoints)
                rows.push_back({{QLocale().toString(checkpoint.step)}, {sizeText(checkpoint.bytes)},
                    {checkpoint.folder, checkpoint.folder}});
            m_tables[Checkpoints]->values()->setRows(std::move(rows));
            m_stacks[Checkpoints]->showContent();
            if (m_tables[Checkpoints]->currentRow() < 0)
                m_tables[Checkpoints]->selectRow(0);
        });
}

void RunDetails::showLog() {
    if (!isOurs())
        return say(Log, tr("No log here"), tr("Only the curves of this run were opened."));
    ++m_pending;
    onResult(this, job_files::logTail(m_run->path),
        [this, generation = m_generation](const QString& text) {
            --m_pending;
            if (generation != m_generation || page() != Log)
                return;
            if (text.isEmpty())
                return say(Log, tr("The log is empty"), tr("The process has said nothing yet."));
            m_stacks[Log]->showContent();
            if (text == m_log->toPlainText())
                return;
            // Who reads further up is left there.
            QScrollBar* bar = m_log->verticalScrollBar();
            const bool atEnd = bar->value() == bar->maximum();
            const int value = bar->value();
            m_log->setPlainText(text);
            bar->setValue(atEnd ? bar->maximum() : value);
        });
}

} // namespace assay
