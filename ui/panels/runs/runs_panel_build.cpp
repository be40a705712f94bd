// How the panel is put together, and what it says of itself.
#include "ui/panels/runs/runs_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/export_view.h"
#include "ui/common/flow_layout.h"
#include "ui/common/fonts.h"
#include "ui/common/plot/curve_plot.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/findings_view.h"
#include "ui/panels/runs/run_controls.h"
#include "ui/panels/runs/run_delegate.h"
#include "ui/panels/runs/run_details.h"
#include "ui/panels/runs/run_list_model.h"
#include "ui/panels/runs/value_table.h"
#include "ui/service/run_reader.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QPushButton>
#include <QSlider>
#include <QSplitter>

namespace assay {

RunsPanel::RunsPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_services(services)
    , m_selection(services.selection)
    , m_jobs(services.jobs)
    , m_reader(new RunReader(this)) {
    setAcceptDrops(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    buildList();
    buildCurves();
    m_details = new RunDetails;
    m_findingsCard = new Card(tr("Reading"));
    m_findings = new FindingsView;
    m_findingsCard->setBody(m_findings);
    m_findingsCard->setMinimumWidth(scaled(180));
    buildActions();

    auto* lower = new QSplitter(Qt::Horizontal);
    lower->addWidget(m_details);
    lower->addWidget(m_findingsCard);
    auto* right = new QSplitter(Qt::Vertical);
    right->addWidget(m_curveCard);
    right->addWidget(lower);
    auto* all = new QSplitter(Qt::Horizontal);
    all->addWidget(m_listCard);
    all->addWidget(right);
    for (QSplitter* splitter : {lower, right, all}) {
        splitter->setHandleWidth(scaled(10));
        splitter->setChildrenCollapsible(false);
    }
    lower->setSizes({scaled(620), scaled(430)});
    right->setSizes({scaled(480), scaled(330)});
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);
    all->setSizes({scaled(300), scaled(1060)});
    all->setStretchFactor(0, 0);
    all->setStretchFactor(1, 1);
    row->addWidget(all);

    connect(m_jobs, &JobWatcher::jobsChanged, this, &RunsPanel::showJobs);
    connect(m_selection, &SelectionContext::projectChanged, this, &RunsPanel::openProject);
    connect(m_selection, &SelectionContext::runChanged, this, [this] {
        if (const QString run = m_selection->run(); run != m_current && m_model->rowOf(run) >= 0)
            chooseRuns({run});
    });
    connect(m_reader, &RunReader::changed, this, [this](const QString& path) {
        if (path == m_current)
            showRun();
        showCurves();
    });
    connect(m_reader, &RunReader::findingsChanged, this, [this](const QString& path) {
        if (path == m_current)
            showFindings();
    });
    connect(m_reader, &RunReader::logsFound, this, &RunsPanel::takeLogs);
    connect(m_reader, &RunReader::logsFailed, this, [this](const QString&, const Error& error) {
        m_logError = error;
        showNotice();
    });
    connect(m_findings, &FindingsView::stepWanted, this, [this](double step, const QString& words) {
        m_axis->setCurrent(int(CurveAxis::Step));
        m_plot->setFlag(step, words);
        m_plot->setCursor(step);
        if (const RunEntry* run = m_model->find(m_current); run && run->isOurs())
            m_details->showStep(step);
    });
    connect(m_details, &RunDetails::sampleWanted, this, &RunsPanel::showSample);
    connect(m_details, &RunDetails::checkpointWanted, this, &RunsPanel::showCheckpoint);
    openProject();
    showJobs();
}

RunsPanel::~RunsPanel() = default;

void RunsPanel::buildList() {
    m_listCard = new Card(tr("Runs"), this);
    auto* open = makeButton(tr("Open log…"));
    open->setToolTip(tr("A log of another trainer: TensorBoard event files, trainer_state.json, "
                        "trainer_log.jsonl, logging.jsonl, or a folder of them"));
    connect(open, &QPushButton::clicked, this, &RunsPanel::askForLog);
    m_listCard->addControl(open);
    auto* start = makePrimaryButton(tr("New run"));
    connect(
        start, &QPushButton::clicked, this, [this] { m_selection->show(QStringLiteral("train")); });
    m_listCard->addControl(start);
    m_listCard->setMinimumWidth(
        qMax(scaled(220), open->sizeHint().width() + start->sizeHint().width() + scaled(36)));
    m_model = new RunListModel(this);
    m_list = new QListView;
    m_list->setModel(m_model);
    m_list->setItemDelegate(new RunDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Runs of the project"));
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_listStack = new StateStack(m_list);
    connect(m_listStack->page(), &StatePage::activated, this, &RunsPanel::askForLog);
    m_listCard->setBody(m_listStack);
    auto* hint = makeLabel(tr("Ctrl-click lays another run over this one"), "secondary");
    hint->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    hint->setWordWrap(true);
    m_listCard->setFooter(hint);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &RunsPanel::chooseFromList, Qt::QueuedConnection);
}

QWidget* RunsPanel::buildToolRow() {
    auto* tools = new QWidget;
    auto* row = new FlowLayout(scaled(8), tools);
    row->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(2));
    m_quantity = new SegmentedSwitch;
    m_quantity->add(tr("loss"), tr("Mean loss of the trained tokens of each step"));
    m_quantity->add(tr("channels"), tr("Loss of each channel of the first run"));
    m_quantity->add(tr("lr"), tr("Learning rate"));
    m_quantity->add(tr("grad norm"), tr("Norm of the gradient before clipping"));
    m_quantity->add(tr("tok/s"), tr("Tokens processed a second"));
    m_quantity->add(tr("other"), tr("Any other curve that the log has"));
    m_other = new QComboBox;
    m_other->setAccessibleName(tr("Other curve"));
    m_other->setMaximumWidth(scaled(200));
    m_axis = new SegmentedSwitch;
    m_axis->add(tr("step"), tr("Lay runs beside each other by step"));
    m_axis->add(tr("tokens"), tr("By tokens seen"));
    m_axis->add(tr("time"), tr("By time since the beginning"));
    m_scale = new SegmentedSwitch;
    m_scale->add(tr("lin"), tr("Linear axis"));
    m_scale->add(tr("log"), tr("Logarithmic axis; values of 0 and below are left out"));
    m_smoothing = new QSlider(Qt::Horizontal);
    m_smoothing->setRange(0, 99);
    m_smoothing->setFixedWidth(scaled(84));
    m_smoothing->setAccessibleName(tr("Smoothing"));
    m_smoothing->setToolTip(tr("Weight of the moving average; the values themselves stay visible "
                               "behind it"));
    m_smoothingValue = makeLabel(QString(), "secondary");
    auto* all = makeButton(tr("Show all"));
    all->setToolTip(tr("Show the whole run again after zooming (or double-click the plot, or "
                       "press 0 on it)"));
    row->addWidget(m_quantity);
    row->addWidget(m_other);
    row->setRightFrom(row->count());
    auto* smooth = new QWidget;
    auto* smoothRow = new QHBoxLayout(smooth);
    smoothRow->setContentsMargins(0, scaled(4), 0, scaled(4));
    smoothRow->setSpacing(scaled(8));
    smoothRow->addWidget(makeLabel(tr("smooth"), "secondary"));
    smoothRow->addWidget(m_smoothing);
    m_smoothingValue->setMinimumWidth(
        m_smoothingValue->fontMetrics().horizontalAdvance(QStringLiteral("0.00")));
    smoothRow->addWidget(m_smoothingValue);
    row->addWidget(smooth);
    row->addWidget(m_axis);
    row->addWidget(m_scale);
    row->addWidget(all);

    connect(m_quantity, &SegmentedSwitch::changed, this,
        [this](int index) { setQuantity(RunQuantity(index)); });
    connect(m_other, &QComboBox::currentIndexChanged, this, [this] {
        showCurves();
        m_plot->showAll();
    });
    connect(m_axis, &SegmentedSwitch::changed, this, [this](int index) {
        m_plot->setAxis(CurveAxis(index));
        m_plot->setFlag(RunPlace::none, {});
        showCurves();
    });
    connect(m_scale, &SegmentedSwitch::changed, this,
        [this](int index) { m_plot->setLogarithmic(index == 1); });
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int value) {
        m_smoothingValue->setText(QLocale().toString(value / 100.0, 'f', 2));
        m_plot->setSmoothing(value / 100.0);
        if (m_services.settings)
            m_services.settings->set(Settings::keys().smoothing, value);
    });
    connect(all, &QPushButton::clicked, this, [this] { m_plot->showAll(); });
    return tools;
}

void RunsPanel::buildCurves() {
    m_curveCard = new Card(tr("Curves"), this);
    m_chip = new Chip;
    m_eta = new Chip;
    m_answer = new Chip;
    for (Chip* chip : {m_chip, m_eta, m_answer})
        m_curveCard->addChip(chip);
    m_controls = new RunControls(m_services.engine);
    m_curveCard->addControl(m_controls);
    connect(m_controls, &RunControls::answerChanged, this, [this] {
        // A long answer stands in the notice, a short one beside the state.
        const bool wrong = m_controls->answerTone() == Tone::Wrong;
        m_answer->set(wrong ? QString() : m_controls->answer(), m_controls->answerTone());
        showNotice();
    });

    m_plot = new CurvePlot;
    m_readings = new ValueTable(tr("Values at the cursor"));
    m_readings->setColumns({{tr("line"), false, 0}, {tr("step"), true, 90},
        {tr("value"), true, 110, tr("At the cursor; at the end of the curve where there is none")},
        {tr("smoothed"), true, 110}});
    m_readings->setSelectionMode(QAbstractItemView::NoSelection);
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_notice = makeLabel(QString(), "wrong");
    m_notice->setWordWrap(true);
    m_notice->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_notice->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(4));
    m_notice->hide();
    auto* drawing = new QWidget;
    auto* inner = new QVBoxLayout(drawing);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(buildToolRow());
    inner->addWidget(m_plot, 1);
    inner->addWidget(makeRule(Qt::Horizontal));
    inner->addWidget(m_readings);
    m_curveStack = new StateStack(drawing);
    column->addWidget(m_notice);
    column->addWidget(m_curveStack, 1);
    m_curveCard->setBody(content);

    connect(m_plot, &CurvePlot::readingsChanged, this, &RunsPanel::showReadings);
    connect(m_plot, &CurvePlot::pointChosen, this, [this](double, double step) {
        m_details->showStep(step);
        Q_EMIT helpChanged();
    });
    m_smoothing->setValue(m_services.settings ? m_services.settings->get(Settings::keys().smoothing)
                                              : Settings::keys().smoothing.fallback);
}

void RunsPanel::buildActions() {
    const auto add = [this](const QString& text, const QKeySequence& key, auto action) {
        auto* entry = new QAction(text, this);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
        return entry;
    };
    add(tr("Open a log of another trainer…"), QKeySequence(QStringLiteral("Ctrl+L")),
        [this] { askForLog(); });
    m_closeAction
        = add(tr("Take this log out of the list"), QKeySequence(), [this] { closeLog(m_current); });
    m_pauseAction = add(tr("Pause the run"), QKeySequence(), [this] {
        m_controls->send(m_controls->isPaused() ? ControlVerb::Resume : ControlVerb::Pause);
    });
    m_checkpointAction = add(tr("Save a checkpoint now"), QKeySequence(),
        [this] { m_controls->send(ControlVerb::CheckpointNow); });
    m_stopAction
        = add(tr("Stop the run"), QKeySequence(), [this] { m_controls->send(ControlVerb::Stop); });
    m_goOnAction
        = add(tr("Go on from the last checkpoint"), QKeySequence(), [this] { m_controls->goOn(); });
    add(tr("Show the whole curve"), QKeySequence(QStringLiteral("Ctrl+0")),
        [this] { m_plot->showAll(); });
    add(tr("Linear or logarithmic axis"), QKeySequence(QStringLiteral("Ctrl+G")),
        [this] { m_scale->setCurrent(1 - m_scale->current()); });
    add(tr("Go to the curve"), QKeySequence(QStringLiteral("Ctrl+E")),
        [this] { m_plot->setFocus(Qt::ShortcutFocusReason); });
    m_list->addAction(m_closeAction);
    m_list->addAction(m_goOnAction);
}

QString RunsPanel::help() const {
    return tr("**Runs** shows the training runs of the project while they happen and afterwards, "
              "and logs of other trainers beside them (open or drop a TensorBoard event file, "
              "trainer_state.json, trainer_log.jsonl or logging.jsonl, or a folder of them).\n\n"
              "The faint line is what was measured at each step, the strong one its moving "
              "average, squares are evaluations on rows that are not trained on, triangles at the "
              "top are values that are not numbers. Dotted lines are where an epoch begins.\n\n"
              "**In the plot**: the wheel zooms, dragging zooms into a stretch, Shift and dragging "
              "pans, a double click or `0` shows everything, Ctrl and the wheel scale the values. "
              "Arrow keys move the cursor by a point (Shift: 10, Ctrl: 100); Return or a click "
              "shows the rows of that step, those with the highest loss first.\n\n"
              "**Reading** says what the curves show, by which rule, and what to do first.\n\n"
              "A run goes on when this window is closed. *Stop* writes a checkpoint; *Go on* "
              "starts again from it.");
}

QString RunsPanel::selectionHelp() const {
    const RunEntry* run = m_model->find(m_current);
    if (!run)
        return {};
    QStringList text{QStringLiteral("**%1** · %2 · %3")
                         .arg(run->name, runStatus(*run).word, runParameters(*run))};
    if (!run->isOurs())
        text.append(
            run->place.kind == LogKind::TrainerState || run->place.kind == LogKind::TrainerLog
                ? tr("The loss of this trainer is the mean since the line before, not that of one "
                     "step.")
                : tr("Read only: the file stays as it is."));
    for (const QString& sentence : m_findings->sentences())
        text.append(QStringLiteral("- ") + sentence);
    return text.join(QStringLiteral("\n\n"));
}

QList<PanelExport> RunsPanel::exports() {
    return {{tr("Curves"), {QStringLiteral("png"), QStringLiteral("svg")},
                [this](const QString& file) { return saveWidgetPicture(m_plot, file); }},
        {tr("Points of the curves"), {QStringLiteral("csv"), QStringLiteral("json")}, {},
            [this](const QString& file) {
                return [file, curves = m_plot->curves(), series = m_plot->series()] {
                    const bool json = file.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
                    return saveTextFile(
                        json ? seriesAsJson(curves, series) : seriesAsCsv(curves, series), file);
                };
            }}};
}

} // namespace assay
