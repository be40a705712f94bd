#include "core/base/file.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/menu_heading.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/train/batch_view.h"
#include "ui/panels/train/changes_view.h"
#include "ui/panels/train/estimate_view.h"
#include "ui/panels/train/label_view.h"
#include "ui/panels/train/parameter_form.h"
#include "ui/panels/train/parameter_text.h"
#include "ui/panels/train/queue_view.h"
#include "ui/panels/train/source_pickers.h"
#include "ui/panels/train/train_draft.h"
#include "ui/panels/train/train_panel.h"
#include "ui/service/job_watcher.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>

// How the panel is put together; what it does stands in train_panel.cpp.

namespace assay {

TrainPanel::TrainPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_services(services)
    , m_draft(new TrainDraft(this))
    , m_planner(new RunPlanner(this))
    , m_launcher(new TrainLauncher(services.engine, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    Card* form = buildFormCard();
    Card* preflight = buildPreflightCard();
    Card* estimate = buildEstimateCard();
    m_queue = new QueueCard(m_launcher);
    m_formCard = form;
    row->addWidget(form);
    auto* right = new QVBoxLayout;
    right->setSpacing(scaled(10));
    right->addWidget(preflight, 3);
    m_below = new QHBoxLayout;
    m_below->setSpacing(scaled(10));
    m_below->addWidget(estimate, 3);
    m_below->addWidget(m_queue, 2);
    right->addLayout(m_below, 2);
    row->addLayout(right, 1);

    m_planTimer.setSingleShot(true);
    m_planTimer.setInterval(350); // while someone types, nothing is tokenised
    connect(&m_planTimer, &QTimer::timeout, this, &TrainPanel::planNow);
    connect(m_draft, &TrainDraft::changed, this, &TrainPanel::draftChanged);
    connect(m_planner, &RunPlanner::plannedChanged, this, &TrainPanel::showPlan);
    connect(m_planner, &RunPlanner::planningChanged, this, &TrainPanel::showPlanState);
    connect(m_planner, &RunPlanner::failed, this, [this](const Error& error) {
        m_planError = error;
        showPlan();
    });
    connect(m_planner, &RunPlanner::progressed, this, [this](int stage, qint64 done, qint64 total) {
        const int percent = total > 0 ? int(100 * done / total) : 0;
        m_planChip->set(stage == int(RunPlanner::Stage::Reading)
                ? tr("reading rows %1 %").arg(percent)
                : tr("tokenising %1 %").arg(percent),
            Tone::Plain);
    });
    connect(m_launcher, &TrainLauncher::busyChanged, this, &TrainPanel::showReason);
    connect(
        m_services.selection, &SelectionContext::projectChanged, this, &TrainPanel::takeProject);
    connect(m_services.jobs, &JobWatcher::jobsChanged, this, &TrainPanel::takeRuns);
    connect(m_services.project, &ProjectAccess::changed, this, [this] {
        m_planner->forget();
        m_plannedKey.clear();
        askTrainSources(m_services.project, this, [this](Result<TrainSources> sources) {
            if (sources)
                m_pickers->setSources(*sources);
        });
        draftChanged();
    });
    connect(m_draft, &TrainDraft::changed, this, [this] { explain(m_focusedKey); });
    buildCommands();
    addPresets();
    explain(QString());
    takeProject();
    draftChanged();
}

Card* TrainPanel::buildFormCard() {
    auto* card = new Card(tr("New run"), this);
    card->setFixedWidth(scaled(440));
    m_state = new Chip;
    card->addChip(m_state);
    m_presets = makeButton(tr("Presets"));
    m_presets->setMenu(new QMenu(m_presets));
    m_presets->menu()->setToolTipsVisible(true);
    card->addControl(m_presets);

    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_pickers = new SourcePickers(m_services, m_draft);
    column->addWidget(m_pickers);
    column->addWidget(makeRule(Qt::Horizontal));
    m_form = new ParameterForm(m_draft);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_form);
    scroll->setAccessibleName(tr("Parameters"));
    m_form->setAutoFillBackground(false); // the card's ground shows through
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column->addWidget(scroll, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    auto* explanation = new QWidget;
    auto* words = new QVBoxLayout(explanation);
    words->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    words->setSpacing(scaled(2));
    m_explanationTitle = makeTitle(QString());
    m_explanation = makeLabel(QString(), "secondary");
    m_explanation->setWordWrap(true);
    m_explanation->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_explanation->setMinimumHeight(7 * m_explanation->fontMetrics().lineSpacing());
    m_explanation->setTextInteractionFlags(Qt::TextSelectableByMouse);
    words->addWidget(m_explanationTitle);
    words->addWidget(m_explanation);
    column->addWidget(explanation);
    card->setBody(body);

    auto* footer = new QWidget;
    auto* foot = new QVBoxLayout(footer);
    foot->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(10));
    foot->setSpacing(scaled(8));
    m_reason = makeLabel(QString(), "note");
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    foot->addWidget(m_reason);
    auto* buttons = new QHBoxLayout;
    m_queueRun = makeButton(tr("Add to queue"));
    m_launch = makePrimaryButton(tr("Launch"));
    buttons->addStretch(1);
    buttons->addWidget(m_queueRun);
    buttons->addWidget(m_launch);
    buttons->addWidget(makeKeyCap(tr("Ctrl ⏎")));
    foot->addLayout(buttons);
    card->setFooter(footer);
    connect(m_form, &ParameterForm::focused, this, &TrainPanel::explain);
    connect(m_pickers, &SourcePickers::newModelWanted, this, &TrainPanel::newModel);
    connect(m_launch, &QPushButton::clicked, this, [this] { startRun(false); });
    connect(m_queueRun, &QPushButton::clicked, this, [this] { startRun(true); });
    return card;
}

/// On a small screen the cost and the queue stand below each other, and the form is narrower.
void TrainPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    const bool narrow = width() < scaled(1110);
    m_below->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_formCard->setFixedWidth(scaled(narrow ? 372 : 440));
    m_planChip->setVisible(!narrow); // the problems below it are counted one by one
}

Card* TrainPanel::buildPreflightCard() {
    auto* card = new Card(tr("What the run will see"), this);
    m_planChip = new Chip;
    card->addChip(m_planChip);
    m_view = new SegmentedSwitch;
    m_view->add(tr("labels"), tr("The exact tokens of every row, and which are trained"));
    m_view->add(tr("batches"), tr("How rows are packed into steps"));
    m_view->add(tr("changes"), tr("What differs from the newest run"));
    m_view->add(tr("spec"), tr("The text that the job folder keeps"));
    card->addControl(m_view);
    m_labels = new LabelView(m_planner);
    m_batches = new BatchView;
    m_planViews = new QStackedWidget;
    m_planViews->addWidget(m_labels);
    m_planViews->addWidget(m_batches);
    m_planStack = new StateStack(m_planViews);
    m_changes = new ChangesView(m_draft);
    m_views = new QStackedWidget;
    m_views->addWidget(m_planStack);
    m_views->addWidget(m_changes);
    m_views->addWidget(buildSpecView());
    card->setBody(m_views);
    connect(m_view, &SegmentedSwitch::changed, this, [this](int index) {
        m_views->setCurrentIndex(index <= Batches ? 0 : index - 1);
        if (index <= Batches)
            m_planViews->setCurrentIndex(index);
    });
    connect(m_batches->bars(), &BatchBars::rowChosen, this, [this](qint64 index) {
        showView(Labels);
        m_labels->showRow(index);
    });
    return card;
}

QWidget* TrainPanel::buildSpecView() {
    auto* widget = new QWidget;
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    m_specText = new QPlainTextEdit;
    m_specText->setReadOnly(true);
    m_specText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_specText->setFont(smallMonoFont());
    m_specText->setAccessibleName(tr("The spec as JSON"));
    m_specText->document()->setDocumentMargin(scaled(12));
    column->addWidget(m_specText, 1);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(scaled(12), 0, scaled(12), scaled(8));
    line->addWidget(
        makeLabel(tr("assay-cli train --spec FILE --job FOLDER runs the same"), "note"), 1);
    auto* copy = makeButton(tr("Copy"));
    line->addWidget(copy);
    column->addLayout(line);
    connect(copy, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(m_specText->toPlainText()); });
    return widget;
}

Card* TrainPanel::buildEstimateCard() {
    auto* card = new Card(tr("What it costs"), this);
    m_measure = makeButton(tr("Measure 3 steps"));
    m_measure->setToolTip(
        tr("Runs three real steps on the first batches, in a temporary folder, and sets their "
           "speed and memory beside the estimate"));
    card->addControl(m_measure);
    m_estimate = new EstimateView;
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_estimate);
    scroll->setAccessibleName(tr("Estimate"));
    m_estimate->setAutoFillBackground(false);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_estimateStack = new StateStack(scroll);
    card->setBody(m_estimateStack);
    connect(m_measure, &QPushButton::clicked, this, &TrainPanel::measure);
    return card;
}

void TrainPanel::buildCommands() {
    const auto add = [this](const QString& text, const QKeySequence& key, auto action) {
        auto* entry = new QAction(text, this);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
    };
    add(tr("Launch the run"), QKeySequence(QStringLiteral("Ctrl+Return")),
        [this] { startRun(false); });
    add(tr("Add the run to the queue"), QKeySequence(QStringLiteral("Ctrl+Shift+Return")),
        [this] { startRun(true); });
    add(tr("Measure 3 steps"), QKeySequence(QStringLiteral("Ctrl+Shift+M")), [this] {
        if (m_measure->isEnabled())
            measure();
    });
    add(tr("New tiny model…"), QKeySequence(), [this] { newModel(); });
    add(tr("Show the labels"), QKeySequence(QStringLiteral("Alt+1")), [this] { showView(Labels); });
    add(tr("Show the batches"), QKeySequence(QStringLiteral("Alt+2")),
        [this] { showView(Batches); });
    add(tr("Show what changed"), QKeySequence(QStringLiteral("Alt+3")),
        [this] { showView(Changes); });
    add(tr("Show the spec"), QKeySequence(QStringLiteral("Alt+4")), [this] { showView(Spec); });
    const auto step = [this](int by) {
        showView(Labels);
        m_labels->showRow(m_labels->row() + by);
    };
    add(tr("Next row"), QKeySequence(QStringLiteral("Alt+Right")), [step] { step(1); });
    add(tr("Previous row"), QKeySequence(QStringLiteral("Alt+Left")), [step] { step(-1); });
    add(tr("Next row with a problem"), QKeySequence(QStringLiteral("F8")), [this] {
        showView(Labels);
        m_labels->jumpToAny();
    });
}

void TrainPanel::addPresets() {
    QMenu* menu = m_presets->menu();
    menu->clear();
    const auto add = [this, menu](const QString& name, const QString& tip, const Json& values) {
        QAction* action = menu->addAction(name);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, [this, values] {
            Json spec = m_draft->json();
            if (auto done = applyPreset(spec, values); !done) {
                m_failure = errorParagraph(done.error());
                return showReason();
            }
            m_draft->setJson(spec);
        });
    };
    for (const SpecPreset& preset : builtInPresets())
        add(parameterText(preset.name), parameterText(preset.explanation), preset.values);
    const auto own = parseJson(
        m_services.settings->get(Settings::keys().trainPresets).toStdString(), "presets");
    if (own && own->is_object() && !own->empty()) {
        addMenuHeading(menu, tr("Your own"));
        for (const auto& [name, values] : own->items())
            add(QString::fromStdString(name), QString(), values);
        QMenu* remove = menu->addMenu(tr("Forget"));
        for (const auto& [name, values] : own->items()) {
            QAction* action = remove->addAction(QString::fromStdString(name));
            connect(action, &QAction::triggered, this, [this, name = name, all = *own]() mutable {
                all.erase(name);
                m_services.settings->set(
                    Settings::keys().trainPresets, QString::fromStdString(dumpJson(all)));
                addPresets();
            });
        }
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Save these parameters…")), &QAction::triggered, this,
        &TrainPanel::savePreset);
}

void TrainPanel::savePreset() {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save these parameters"));
    dialog->setLabelText(tr("Name of the preset. Model, data and name of the run stay out of it."));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (name.trimmed().isEmpty())
            return;
        auto all = parseJson(
            m_services.settings->get(Settings::keys().trainPresets).toStdString(), "presets");
        Json presets = all && all->is_object() ? *all : Json::object();
        Json& values = presets[name.trimmed().toStdString()] = Json::object();
        for (const SpecField& field : specFields()) {
            const bool isSource = field.key.starts_with("model.") || field.key == "name"
                || field.key == "data.project" || field.key == "data.view"
                || field.key == "data.files" || field.key == "data.tokenized";
            if (!isSource)
                if (const Json* value = specValue(m_draft->json(), field.key))
                    values[field.key] = *value;
        }
        m_services.settings->set(
            Settings::keys().trainPresets, QString::fromStdString(dumpJson(presets)));
        addPresets();
    });
    dialog->open();
}

QList<PanelExport> TrainPanel::exports() {
    return {{tr("Training spec"), {QStringLiteral("json")}, [this](const QString& file) {
                 return writeFileAtomically(
                     file.toStdString(), dumpJson(m_draft->json(), 2) + "\n");
             }}};
}

} // namespace assay
