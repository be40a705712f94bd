#include "ui/panels/train/train_panel.h"

#include "core/advice/parameter_help.h"
#include "core/text/tokenizer_files.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/train/batch_view.h"
#include "ui/panels/train/changes_view.h"
#include "ui/panels/train/estimate_view.h"
#include "ui/panels/train/label_view.h"
#include "ui/panels/train/new_model_dialog.h"
#include "ui/panels/train/parameter_form.h"
#include "ui/panels/train/parameter_text.h"
#include "ui/panels/train/queue_view.h"
#include "ui/panels/train/source_pickers.h"
#include "ui/panels/train/train_draft.h"
#include "ui/service/job_watcher.h"

#include <QDir>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStackedWidget>

namespace assay {

namespace {

/// What of a draft decides about rows, tokens, batches and cost; a new rate plans nothing anew.
std::string planKey(Json spec) {
    for (const char* key : {"name", "optimizer", "checkpoints", "on_nan"})
        spec.erase(key);
    return dumpJson(spec);
}

/// A project that was moved or copied: what its runs took from the old place is taken from here.
void adoptPaths(Json& spec, const QString& project) {
    const std::string before = specValue(spec, "data.project")->get<std::string>();
    if (before.empty())
        return;
    const std::string now = project.toStdString();
    setSpecValue(spec, "data.project", now);
    for (const char* key : {"model.path", "model.tokenizer"}) {
        const std::string path = specValue(spec, key)->get<std::string>();
        if (path.starts_with(before + "/"))
            setSpecValue(spec, key, now + path.substr(before.size()));
    }
}

} // namespace

TrainPanel::~TrainPanel() = default;

bool TrainPanel::isSettled() const {
    return !m_planTimer.isActive() && !m_planner->isPlanning();
}

QWidget* TrainPanel::firstFocus() {
    return m_pickers->modelButton();
}

void TrainPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    draftChanged(); // rows are read when someone looks, not when the window opens
}

void TrainPanel::showView(View view) {
    m_view->setCurrent(int(view));
}

void TrainPanel::takeProject() {
    m_hasDraft = false;
    m_runsTaken = false;
    m_plannedKey.clear();
    m_planner->forget();
    const QString project = m_services.selection->project();
    m_launcher->setJobsFolder(
        project.isEmpty() ? QString() : QDir(project).filePath(QStringLiteral("jobs")));
    if (project.isEmpty())
        return;
    m_draft->setJson(trainSpecToJson(TrainSpec()));
    m_pickers->chooseView(QString());
    takeRuns();
    const auto ask = [this] {
        askTrainSources(m_services.project, this, [this](Result<TrainSources> sources) {
            if (sources)
                m_pickers->setSources(*sources);
        });
        m_services.project->models(this, [this](Result<std::vector<ProjectModel>> models) {
            if (!models)
                return;
            m_pickers->setModels(*models);
            // With nothing to go by, the first base model is as good a start as any.
            if (!m_hasDraft && m_draft->value(QStringLiteral("model.path")) == "")
                for (const ProjectModel& model : *models)
                    if (!model.tuned)
                        return m_pickers->chooseModel(model.folder);
        });
    };
    ask();
}

void TrainPanel::takeRuns() {
    if (m_services.selection->project().isEmpty() || !m_services.jobs->hasScanned())
        return;
    const JobSummary* newest = nullptr;
    for (const JobSummary& job : m_services.jobs->jobs())
        if (!job.problem && (!newest || job.state.started > newest->state.started))
            newest = &job;
    if (!newest) {
        m_changes->setEarlier(QString(), Json());
        m_runsTaken = true; // a run that begins later must not overwrite what is being written
        return;
    }
    Json spec = trainSpecToJson(newest->spec);
    m_changes->setEarlier(newest->name, spec);
    if (m_runsTaken)
        return;
    m_runsTaken = true;
    m_hasDraft = true;
    spec["name"] = ""; // the next run wants a name of its own
    adoptPaths(spec, m_services.selection->project());
    m_draft->setJson(spec);
}

void TrainPanel::draftChanged() {
    m_specText->setPlainText(QString::fromStdString(dumpJson(m_draft->json(), 2)));
    const qsizetype wrong = m_draft->problemCount();
    const qsizetype unusual = m_draft->cautionCount();
    if (wrong > 0)
        m_state->set(tr("%n wrong", nullptr, int(wrong)), Tone::Wrong);
    else if (unusual > 0)
        m_state->set(tr("%n unusual", nullptr, int(unusual)), Tone::Caution);
    else
        m_state->set(tr("ready"), Tone::Right);
    if (isVisible() && m_draft->spec() && planKey(m_draft->json()) != m_plannedKey)
        m_planTimer.start();
    showPlanState();
    showReason();
}

void TrainPanel::planNow() {
    const auto spec = m_draft->spec();
    if (!spec)
        return;
    m_plannedKey = planKey(m_draft->json());
    m_planError.reset();
    m_isMeasuring = false;
    m_planner->plan(*spec);
    showPlanState();
}

void TrainPanel::showPlan() {
    const std::shared_ptr<const PlannedRun>& plan = m_planner->planned();
    m_draft->setFacts(plan ? plan->facts : TrainingFacts());
    m_labels->setPlan(plan);
    m_batches->setPlan(plan);
    m_estimate->setPlan(plan);
    draftChanged();
    explain(m_focusedKey);
}

void TrainPanel::showPlanState() {
    const std::shared_ptr<const PlannedRun>& plan = m_planner->planned();
    const bool isCurrent = plan && !m_planner->isPlanning() && !m_planError;
    StatePage* page = m_planStack->page();
    if (!m_draft->spec()) {
        page->showEmpty(
            tr("The tokens of the run stand here"), m_draft->allProblems().join(QLatin1Char('\n')));
        m_planStack->showPage();
    } else if (m_planError) {
        page->showFailed(tr("This run could not be made"), errorParagraph(*m_planError));
        m_planStack->showPage();
    } else if (plan) {
        m_planStack->showContent(); // the old one stays readable while the new one is made
    } else {
        page->showLoading(tr("Reading the rows"), QString());
        m_planStack->showPage();
    }
    if (!isCurrent) {
        m_planChip->set(m_planner->isPlanning() ? tr("reading…") : QString(), Tone::Plain);
    } else {
        qint64 problems = 0;
        for (const std::int64_t count : plan->survey->counts)
            problems += count;
        const QString rows = QLocale().toString(qint64(plan->survey->rows.size()));
        m_planChip->set(problems > 0
                ? tr("%1 rows · %2 problems").arg(rows, QLocale().toString(problems))
                : tr("%1 rows · no problems").arg(rows),
            problems > 0 ? Tone::Caution : Tone::Right);
    }
    StatePage* estimatePage = m_estimateStack->page();
    if (plan && plan->estimate && m_draft->spec() && !m_planError) {
        m_estimateStack->showContent();
    } else {
        if (plan && plan->modelProblem && !m_planError)
            estimatePage->showFailed(
                tr("The data does not fit the model"), errorParagraph(*plan->modelProblem));
        else
            estimatePage->showEmpty(
                tr("Memory and time"), tr("They stand here once the rows have been read."));
        m_estimateStack->showPage();
    }
    m_measure->setEnabled(
        m_isMeasuring || (isCurrent && plan->estimate && !m_launcher->program().isEmpty()));
    m_measure->setText(m_isMeasuring ? tr("Cancel") : tr("Measure 3 steps"));
}

QString TrainPanel::blocking() const {
    if (m_services.selection->project().isEmpty())
        return tr("Open a project first: its jobs folder keeps the run.");
    if (m_launcher->program().isEmpty())
        return tr("The engine (assay-cli) is not installed on this machine, so nothing can be "
                  "trained here.");
    if (m_launcher->isBusy())
        return tr("Copying the rows into the job folder…");
    const QStringList problems = m_draft->allProblems();
    if (!problems.isEmpty())
        return problems.size() == 1
            ? problems.first()
            : tr("%1 (and %n more)", nullptr, int(problems.size()) - 1).arg(problems.first());
    if (m_planError)
        return errorMessage(*m_planError);
    return QString();
}

QString TrainPanel::warning() const {
    const std::shared_ptr<const PlannedRun>& plan = m_planner->planned();
    if (!plan || m_planner->isPlanning())
        return QString();
    const LabelSurvey& survey = *plan->survey;
    if (survey.refusal)
        return tr("The run would end at once: %1").arg(errorMessage(*survey.refusal));
    if (plan->spec.data.emptyRows == "raise" && survey.count(LabelProblem::Untrained) > 0)
        return tr("The run would end at once: %n row(s) have no trained token. Mend them, or let "
                  "\"Rows without answer tokens\" skip them.",
            nullptr, int(survey.count(LabelProblem::Untrained)));
    if (plan->spec.data.overlong == "raise" && survey.count(LabelProblem::Overlong) > 0)
        return tr("The run would end at once: %n row(s) are longer than the longest sequence.",
            nullptr, int(survey.count(LabelProblem::Overlong)));
    if (plan->modelProblem)
        return tr("The run would end at once: %1").arg(errorMessage(*plan->modelProblem));
    if (plan->trainRows.empty())
        return tr("The run would end at once: no row is left to train on.");
    return QString();
}

QString TrainPanel::reason() const {
    return m_reason->text();
}

void TrainPanel::showReason() {
    const QString block = blocking();
    const QString warn = warning();
    const bool free = block.isEmpty();
    QString text = m_failure;
    const char* look = "wrong";
    if (!block.isEmpty()) {
        text = block;
        look = m_launcher->isBusy() ? "secondary" : "wrong";
    } else if (m_failure.isEmpty() && !warn.isEmpty()) {
        text = QStringLiteral("⚠ ") + warn;
        look = "caution";
    } else if (m_failure.isEmpty()) {
        text = tr("The rows are copied into a job folder of their own; the run goes on without "
                  "this window.");
        look = "note";
    }
    m_reason->setText(text);
    setLook(m_reason, look);
    m_launch->setEnabled(free);
    m_queueRun->setEnabled(free);
    m_launch->setToolTip(free ? tr("Starts the run now (Ctrl+Return)") : text);
    m_queueRun->setToolTip(free ? tr("Runs it after those that wait") : text);
}

void TrainPanel::explain(const QString& key) {
    m_focusedKey = key;
    const ParameterHelp* help = findParameterHelp(key.toStdString());
    if (!help) {
        m_explanationTitle->setText(tr("Parameters"));
        m_explanation->setText(tr("Press a value: what it means, what is usual for this model and "
                                  "this data, and where that comes from stand here. Values outside "
                                  "are pointed out, not forbidden."));
        return;
    }
    m_explanationTitle->setText(parameterText(help->label));
    QString text = parameterText(help->explanation);
    const auto usual = m_draft->range(key);
    if (usual) {
        text += tr("\nUsual here: %1 to %2. %3")
                    .arg(TrainDraft::numberText(usual->low), TrainDraft::numberText(usual->high),
                        parameterText(usual->reason));
        if (!usual->source.empty())
            text += tr(" (%1)").arg(parameterText(usual->source));
    } else if (!help->range.empty()) {
        text += tr("\nUsual: %1.").arg(parameterText(help->range));
        if (!help->source.empty())
            text += tr(" (%1)").arg(parameterText(help->source));
    }
    m_explanation->setText(text);
    Q_EMIT helpChanged();
}

void TrainPanel::startRun(bool queued) {
    const auto spec = m_draft->spec();
    if (!spec || !blocking().isEmpty())
        return;
    m_failure.clear();
    m_runsTaken = true;
    m_launcher->launch(*spec, queued ? TrainLauncher::Start::Queued : TrainLauncher::Start::Now,
        this, [this, queued](Result<QString> folder) {
            if (!folder)
                m_failure = errorParagraph(folder.error());
            showReason();
            if (!folder || queued)
                return;
            m_services.selection->setRun(*folder);
            m_services.selection->show(QStringLiteral("runs"));
        });
    showReason();
}

void TrainPanel::measure() {
    if (m_isMeasuring) {
        m_planner->cancelMeasurement();
        return;
    }
    m_isMeasuring = true;
    showPlanState();
    m_planner->measure(m_launcher->program(), this,
        [this, plan = m_planner->planned()](Result<Measurement> measured) {
            if (plan != m_planner->planned())
                return;
            m_isMeasuring = false;
            showPlanState();
            if (measured)
                m_estimate->setMeasurement(*measured);
            else if (measured.error().code != "cancelled") {
                m_failure = errorParagraph(measured.error());
                showReason();
            }
        });
}

void TrainPanel::newModel() {
    const QString project = m_services.selection->project();
    NewModelDialog::Choices choices;
    choices.project = project;
    choices.modelsFolder
        = QDir(project.isEmpty() ? QDir::homePath() : project).filePath(QStringLiteral("models"));
    askTrainSources(
        m_services.project, this, [this, choices](Result<TrainSources> sources) mutable {
            if (sources)
                choices.channels = sources->channels;
            for (const ProjectModel& model : m_pickers->models())
                if (hasTokenizerFiles(model.folder.toStdString()))
                    choices.tokenizerFolders.append(model.folder);
            auto* dialog = new NewModelDialog(m_launcher, choices, m_draft->json(), this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            connect(dialog, &QDialog::accepted, this,
                [this, dialog] { m_draft->setValues(dialog->values()); });
            dialog->open();
        });
}

QString TrainPanel::help() const {
    return tr(
        "**Train** prepares a run. Choose the model, the data and the method on the left; "
        "below stand all parameters, with what is usual for this model and this data beside "
        "each.\n\n"
        "On the right is what the run will really see, made by the same functions that train: "
        "**Labels** shows the exact tokens of every row, the trained ones on a tint and "
        "underlined, and counts what is wrong over all rows; **Batches** shows how rows are "
        "packed into steps; **Changes** compares with the newest run; **Spec** is the text "
        "that a job folder keeps.\n\n"
        "**Measure 3 steps** runs a small real job in a temporary folder and sets its speed "
        "and memory beside the estimate.\n\n"
        "**Launch** copies the rows into a job folder and starts a process of its own. The "
        "**queue** runs several one after another; both go on while the window is closed.");
}

QString TrainPanel::selectionHelp() const {
    const ParameterHelp* help = findParameterHelp(m_focusedKey.toStdString());
    if (!help)
        return QString();
    return tr("**%1** (`%2`)\n\n%3")
        .arg(m_explanationTitle->text(), m_focusedKey,
            m_explanation->text().replace(QLatin1Char('\n'), QStringLiteral("\n\n")));
}

} // namespace assay
