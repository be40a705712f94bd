#include "ui/panels/runs/runs_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/panels/runs/job_delegate.h"
#include "ui/panels/runs/job_list_model.h"
#include "ui/panels/runs/loss_view.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>

#include <cmath>

namespace assay {

namespace {

Tone toneOf(RunTone tone) {
    switch (tone) {
    case RunTone::Good:
        return Tone::Right;
    case RunTone::Attention:
        return Tone::Caution;
    case RunTone::Bad:
        return Tone::Wrong;
    case RunTone::Quiet:
        break;
    }
    return Tone::Plain;
}

QString durationText(double seconds) {
    const auto whole = qint64(std::lround(seconds));
    if (whole < 90)
        return RunsPanel::tr("%n second(s) left", nullptr, int(whole));
    if (whole < 90 * 60)
        return RunsPanel::tr("%n minute(s) left", nullptr, int((whole + 30) / 60));
    return RunsPanel::tr("%n hour(s) left", nullptr, int((whole + 1800) / 3600));
}

} // namespace

RunsPanel::RunsPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_selection(services.selection)
    , m_jobs(services.jobs) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    buildList();
    buildCurve();
    row->addWidget(m_listCard);
    row->addWidget(m_curveCard, 1);
    connect(m_jobs, &JobWatcher::jobsChanged, this, &RunsPanel::showJobs);
    connect(m_jobs, &JobWatcher::metricsAdded, this, [this] { showMetrics(false); });
    connect(m_jobs, &JobWatcher::metricsReset, this, [this] { showMetrics(true); });
    connect(m_selection, &SelectionContext::runChanged, this,
        [this] { chooseRun(m_selection->run()); });
    showJobs();
}

void RunsPanel::buildList() {
    m_listCard = new Card(tr("Runs"), this);
    m_listCard->setFixedWidth(scaled(320));
    m_model = new JobListModel(this);
    m_list = new QListView;
    m_list->setModel(m_model);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setAccessibleName(tr("Runs of the project"));
    m_listStack = new StateStack(m_list);
    m_listCard->setBody(m_listStack);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& index) {
            if (index.isValid())
                m_selection->setRun(index.data(JobListModel::FolderRole).toString());
        });
}

void RunsPanel::buildCurve() {
    m_curveCard = new Card(tr("Curve"), this);
    m_chip = new Chip;
    m_eta = new Chip;
    m_curveCard->addChip(m_chip);
    m_curveCard->addChip(m_eta);
    m_quantity = new SegmentedSwitch;
    m_quantity->add(tr("loss"), tr("Mean loss of the trained tokens of each step"));
    m_quantity->add(tr("lr"), tr("Learning rate"));
    m_quantity->add(tr("grad norm"), tr("Norm of the gradient before clipping"));
    m_quantity->add(tr("tok/s"), tr("Tokens processed a second"));
    m_axis = new SegmentedSwitch;
    m_axis->add(tr("step"));
    m_axis->add(tr("tokens"));
    m_scale = new SegmentedSwitch;
    m_scale->add(tr("lin"), tr("Linear axis"));
    m_scale->add(tr("log"), tr("Logarithmic axis; values of 0 and below are left out"));
    auto* all = makeButton(tr("Show all"));
    all->setToolTip(tr("Show the whole run again after zooming (or double-click the plot)"));
    for (QWidget* control : std::initializer_list<QWidget*>{m_quantity, m_axis, m_scale, all})
        m_curveCard->addControl(control);
    m_curve = new LossView;
    m_curveStack = new StateStack(m_curve);
    m_curveCard->setBody(m_curveStack);

    auto* footer = new QWidget;
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    m_key = makeLabel(QString(), "secondary");
    m_reading = makeLabel(QString(), "secondary");
    line->addWidget(m_key);
    line->addStretch(1);
    line->addWidget(m_reading);
    m_curveCard->setFooter(footer);

    connect(m_quantity, &SegmentedSwitch::changed, this, [this](int index) {
        m_curve->setQuantity(RunQuantity(index));
        showMetrics(false);
    });
    connect(m_axis, &SegmentedSwitch::changed, this,
        [this](int index) { m_curve->setAxis(RunAxis(index)); });
    connect(m_scale, &SegmentedSwitch::changed, this,
        [this](int index) { m_curve->setLogarithmic(index == 1); });
    connect(all, &QPushButton::clicked, m_curve, &PlotView::showAll);
    connect(m_curve, &PlotView::hovered, this, &RunsPanel::showReading);
}

QWidget* RunsPanel::firstFocus() {
    return m_list;
}

bool RunsPanel::isSettled() const {
    if (m_selection->project().isEmpty())
        return true;
    return m_jobs->hasScanned() && (m_jobs->jobs().empty() || m_jobs->metricsLoaded());
}

void RunsPanel::showJobs() {
    m_model->setJobs(m_jobs->jobs());
    const int count = m_model->rowCount();
    m_listCard->setTitle(count > 0 ? tr("%n run(s)", nullptr, count) : tr("Runs"));
    if (count > 0)
        m_listStack->showContent();
    else {
        m_listStack->showPage();
        if (m_jobs->hasScanned())
            m_listStack->page()->showEmpty(tr("No runs yet"),
                tr("Runs appear here as soon as they start. Start one with: assay-cli train --spec "
                   "spec.json --job "
                   "PROJECT/jobs/NAME"));
        else
            m_listStack->page()->showLoading(tr("Looking for runs"), QString());
    }
    if (count > 0 && m_model->rowOf(m_selection->run()) < 0)
        m_selection->setRun(m_model->job(0).folder);
    chooseRun(m_selection->run());
}

void RunsPanel::chooseRun(const QString& folder) {
    const int row = m_model->rowOf(folder);
    m_jobs->focus(row >= 0 ? folder : QString());
    if (row >= 0 && m_list->currentIndex().row() != row)
        m_list->setCurrentIndex(m_model->index(row));
    showRun();
}

void RunsPanel::showRun() {
    const JobSummary* job = m_jobs->job(m_jobs->focused());
    if (!job) {
        m_curveCard->setTitle(tr("Curve"));
        m_chip->set(QString(), Tone::Plain);
        m_eta->set(QString(), Tone::Plain);
        m_curveStack->showPage();
        m_curveStack->page()->showEmpty(
            tr("No run chosen"), tr("The loss curve of the chosen run stands here."));
        return;
    }
    m_curveCard->setTitle(job->name);
    const RunStatus status = runStatus(*job);
    m_chip->set(status.word, toneOf(status.tone));
    const bool counting
        = job->owned && job->state.phase == JobPhase::Running && job->state.etaSeconds >= 0;
    m_eta->set(counting ? durationText(job->state.etaSeconds) : QString(), Tone::Plain);
    if (job->problem || job->state.error) {
        const Error& error = job->problem ? *job->problem : *job->state.error;
        m_chip->setToolTip(errorParagraph(error));
        if (m_jobs->metrics().empty()) {
            m_curveStack->showPage();
            m_curveStack->page()->showFailed(tr("This run has no curve"), errorParagraph(error));
            return;
        }
    }
    if (!m_jobs->metrics().empty()) {
        m_curveStack->showContent();
    } else {
        m_curveStack->showPage();
        if (m_jobs->metricsLoaded())
            m_curveStack->page()->showEmpty(tr("No step has been taken yet"),
                job->state.note.empty() ? tr("The curve begins with the first step.")
                                        : QString::fromStdString(job->state.note));
        else
            m_curveStack->page()->showLoading(tr("Reading the curve"), QString());
    }
}

void RunsPanel::showMetrics(bool reset) {
    if (reset)
        m_curve->setPoints(m_jobs->metrics());
    else
        m_curve->appendPoints(m_jobs->metrics());
    const bool loss = m_quantity->current() == int(RunQuantity::Loss);
    m_key->setText(
        loss ? tr("━ training, smoothed   ─ every step   ╌□╌ held-out") : tr("─ every step"));
    showRun();
}

void RunsPanel::showReading(double x) {
    m_reading->setText(m_curve->readingAt(x));
}

} // namespace assay
