#include "ui/panels/compare/compare_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/flow_layout.h"
#include "ui/common/fonts.h"
#include "ui/common/score_lanes/lanes_legend.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/compare/batch_card.h"
#include "ui/panels/compare/cell_card.h"
#include "ui/panels/compare/continuations.h"
#include "ui/panels/compare/role_picker.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

namespace assay {

ComparePanel::ComparePanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_selection(services.selection)
    , m_project(services.project)
    , m_models(services.models)
    , m_settings(services.settings)
    , m_pair(services.models)
    , m_talk(services.models) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(true);
    splitter->setHandleWidth(scaled(10));
    buildScore();
    auto* top = new QWidget;
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(10));
    row->addWidget(m_card, 1);
    m_cell = new CellCard;
    m_cell->setMinimumWidth(scaled(320));
    m_cell->setMaximumWidth(scaled(400));
    row->addWidget(m_cell, 0);
    splitter->addWidget(top);
    m_continuations = new Continuations;
    m_continuations->setMinimumHeight(scaled(84));
    splitter->addWidget(m_continuations);
    m_batch = new BatchCard(services);
    m_batch->setMinimumHeight(scaled(120));
    splitter->addWidget(m_batch);
    splitter->setStretchFactor(0, 5);
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 2);
    splitter->setSizes({scaled(440), scaled(110), scaled(230)});
    column->addWidget(splitter);
    buildActions();

    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        loadModels();
        loadSample();
    });
    connect(m_selection, &SelectionContext::sampleChanged, this, &ComparePanel::loadSample);
    connect(m_selection, &SelectionContext::modelsChanged, this, &ComparePanel::refresh);
    connect(m_selection, &SelectionContext::tokenRangeChanged, this, &ComparePanel::followTokens);
    connect(m_models->session(), &EngineSession::stateChanged, this, [this] {
        const auto state = m_models->session()->state();
        if (!m_stack->showsContent()
            && (state == EngineSession::State::Starting || state == EngineSession::State::Failed))
            refresh();
    });
    connect(m_lanes, &ScoreLanes::cellSelected, this, &ComparePanel::showCell);
    connect(m_lanes, &ScoreLanes::cellHovered, this, [this](int cell) {
        const int shown = cell >= 0 ? cell : m_lanes->selectedCell();
        if (shown != m_cell->cell())
            m_cell->showCell(m_lanes->text(), shown);
    });
    connect(m_lanes, &ScoreLanes::continueWanted, this, &ComparePanel::continueFrom);
    connect(m_cell, &CellCard::continueWanted, this, &ComparePanel::continueFrom);
    connect(m_cell, &CellCard::piecesWanted, this, &ComparePanel::namePieces);
    connect(m_stack->page(), &StatePage::activated, this, &ComparePanel::act);
    connect(m_batch, &BatchCard::sampleWanted, this, [this](qint64 sample, AnswerSource source) {
        const int text = source == AnswerSource::Reference ? int(ComparedText::Sample)
            : source == AnswerSource::Tuned                ? int(ComparedText::TunedAnswer)
                                                           : int(ComparedText::BaseAnswer);
        if (m_text->current() != text)
            m_text->setCurrent(text);
        m_selection->setSample(sample);
    });
    loadModels();
    loadSample();
}

void ComparePanel::buildScore() {
    m_card = new Card(tr("Same text under two models"));
    m_textChip = new Chip;
    m_card->addChip(m_textChip);
    m_basePicker = new RolePicker(ModelRole::Base, m_selection);
    m_tunedPicker = new RolePicker(ModelRole::Tuned, m_selection);
    for (RolePicker* picker : {m_basePicker, m_tunedPicker}) {
        m_card->addControl(picker);
        connect(picker, &RolePicker::openFolderWanted, this, &ComparePanel::openModelFolder);
    }

    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* tools = new QWidget;
    auto* bar = new FlowLayout(scaled(8), tools);
    bar->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(4));
    m_text = new SegmentedSwitch;
    m_text->add(tr("sample's answer"), tr("The answer that the sample holds"));
    m_text->add(tr("tuned answer"), tr("What the tuned model answers by itself, greedily"));
    m_text->add(tr("base answer"), tr("What the base model answers by itself, greedily"));
    m_text->add(tr("typed"), tr("A prompt and an answer of your own"));
    bar->addWidget(m_text);
    bar->setRightFrom(1);
    m_measure = new SegmentedSwitch;
    m_measure->add(tr("JS"), tr("Jensen-Shannon divergence of the two distributions, nats"));
    m_measure->add(tr("KL tuned‖base"), tr("KL divergence of tuned from base, nats"));
    m_measure->add(tr("rank shift"),
        tr("log2 of base rank over tuned rank: up where tuning raised "
           "the token"));
    m_measure->add(tr("Δ log p"), tr("Log-probability under tuned minus under base, nats"));
    bar->addWidget(m_measure);
    m_onlyChanged = makeButton(tr("Only what changed"));
    m_onlyChanged->setCheckable(true);
    m_onlyChanged->setToolTip(
        tr("Folds runs of tokens with the same first choice whose distributions lie closer than "
           "JS %1 (with different tokenizers: Δ %2 nats)")
            .arg(QLocale().toString(unchangedJs), QLocale().toString(unchangedDelta)));
    bar->addWidget(m_onlyChanged);
    column->addWidget(tools);
    m_typedRow = buildTyped();
    column->addWidget(m_typedRow);
    m_prompt = makeLabel(QString());
    m_prompt->setContentsMargins(scaled(12), scaled(2), scaled(12), scaled(2));
    m_prompt->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(m_prompt);
    m_lanes = new ScoreLanes;
    m_stack = new StateStack(m_lanes);
    column->addWidget(m_stack, 1);
    m_card->setBody(body);

    auto* footer = new QWidget;
    auto* foot = new QVBoxLayout(footer);
    foot->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    foot->setSpacing(scaled(4));
    m_summary = makeLabel(QString(), "secondary");
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    foot->addWidget(m_summary);
    auto* explained = new QWidget;
    auto* line = new FlowLayout(scaled(6), explained);
    line->addWidget(new LanesLegend);
    line->setRightFrom(1);
    const auto key = [line](const QString& cap, const QString& word) {
        auto* pair = new QWidget;
        auto* both = new QHBoxLayout(pair);
        both->setContentsMargins(0, 0, scaled(6), 0);
        both->setSpacing(scaled(6));
        both->addWidget(makeKeyCap(cap));
        both->addWidget(makeLabel(word, "secondary"));
        line->addWidget(pair);
    };
    key(QStringLiteral("N P"), tr("difference"));
    key(QStringLiteral("D"), tr("divergence"));
    key(QStringLiteral("O"), tr("onset"));
    key(tr("Enter"), tr("continue"));
    foot->addWidget(explained);
    m_card->setFooter(footer);

    connect(m_text, &SegmentedSwitch::changed, this, [this](int) {
        m_typedRow->setVisible(m_text->current() == int(ComparedText::Typed));
        refresh();
    });
    connect(m_measure, &SegmentedSwitch::changed, this,
        [this](int index) { m_lanes->setMeasure(LaneMeasure(index)); });
    connect(m_onlyChanged, &QPushButton::toggled, this, &ComparePanel::setOnlyChanged);
}

QWidget* ComparePanel::buildTyped() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(scaled(12), scaled(4), scaled(12), scaled(4));
    line->setSpacing(scaled(8));
    const auto edit = [&](const QString& name, const QString& hint) {
        auto* field = new QPlainTextEdit;
        field->setAccessibleName(name);
        field->setPlaceholderText(hint);
        field->setTabChangesFocus(true);
        field->setFixedHeight(3 * field->fontMetrics().lineSpacing() + scaled(10));
        line->addWidget(field, 1);
        return field;
    };
    m_typedPrompt = edit(tr("Prompt"), tr("Prompt: what both models are asked"));
    m_typedAnswer = edit(tr("Answer"), tr("Answer: what both models are made to read"));
    auto* go = makeButton(tr("Compare"));
    line->addWidget(go, 0, Qt::AlignTop);
    connect(go, &QPushButton::clicked, this, &ComparePanel::refresh);
    row->hide();
    return row;
}

void ComparePanel::buildActions() {
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto action) {
        auto* entry = new QAction(text, this);
        entry->setShortcuts(keys);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
        return entry;
    };
    add(tr("Next difference"), {QKeySequence(Qt::Key_N)}, [this] { m_lanes->goToDifference(1); });
    add(tr("Previous difference"), {QKeySequence(Qt::Key_P)},
        [this] { m_lanes->goToDifference(-1); });
    add(tr("First divergence"), {QKeySequence(Qt::Key_D)},
        [this] { m_lanes->goToMark(LaneMark::Kind::Divergence); });
    add(tr("Error onset"), {QKeySequence(Qt::Key_O)},
        [this] { m_lanes->goToMark(LaneMark::Kind::Onset); });
    add(tr("Only what changed"), {QKeySequence(Qt::Key_C)}, [this] { m_onlyChanged->toggle(); });
    add(tr("Next measure of difference"), {QKeySequence(Qt::Key_M)},
        [this] { m_measure->setCurrent((m_measure->current() + 1) % 4); });
    add(tr("Continue from the chosen token"), {}, [this] {
        if (m_lanes->selectedCell() >= 0)
            continueFrom(m_lanes->selectedCell());
    });
    add(tr("Show the token in Inspect"), {QKeySequence(Qt::Key_I)},
        [this] { m_selection->show(QStringLiteral("inspect")); });
    for (const auto& [text, mode] :
        {std::pair(tr("Compare the sample's answer"), ComparedText::Sample),
            std::pair(tr("Compare the tuned model's answer"), ComparedText::TunedAnswer),
            std::pair(tr("Compare the base model's answer"), ComparedText::BaseAnswer),
            std::pair(tr("Compare a typed text"), ComparedText::Typed)})
        add(text, {}, [this, mode = mode] { m_text->setCurrent(int(mode)); });
}

QWidget* ComparePanel::firstFocus() {
    return m_lanes;
}

bool ComparePanel::isSettled() const {
    return !m_sampleLoading && !m_modelsLoading && m_asking == 0 && m_talking[0] == 0
        && m_talking[1] == 0 && m_batch->isSettled();
}

void ComparePanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_stale)
        refresh();
}

ModelPair::Folders ComparePanel::folders() const {
    return {
        m_selection->model(ModelRole::Base).folder, m_selection->model(ModelRole::Tuned).folder};
}

void ComparePanel::loadModels() {
    if (m_selection->project().isEmpty())
        return;
    m_modelsLoading = true;
    m_project->models(this, [this](Result<std::vector<ProjectModel>> models) {
        m_modelsLoading = false;
        const std::vector<ModelChoice> choices
            = modelChoices(models ? *models : std::vector<ProjectModel>(),
                m_settings->get(Settings::keys().openedModels));
        m_basePicker->setModels(choices);
        m_tunedPicker->setModels(choices);
        // The newest checkpoint of each kind, without changing what a panel of one model shows.
        const ModelChoice active = m_selection->activeModel();
        for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned}) {
            const auto found = std::ranges::find(choices, role, &ModelChoice::role);
            if (m_selection->model(role).isEmpty() && found != choices.end())
                m_selection->setModel(*found);
        }
        if (!active.isEmpty())
            m_selection->setActiveRole(active.role);
        refresh();
    });
}

void ComparePanel::openModelFolder(ModelRole role) {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
    if (folder.isEmpty())
        return;
    m_settings->rememberModel(folder);
    m_selection->setModel({folder, QDir(folder).dirName(), role});
    loadModels();
}

void ComparePanel::loadSample() {
    m_sample.reset();
    const auto id = m_selection->sample();
    m_sampleLoading = id.has_value();
    if (!id)
        return refresh();
    m_project->sample(*id, this, [this, id = *id](Result<StoredSample> sample) {
        if (m_selection->sample() != id)
            return;
        m_sampleLoading = false;
        if (!sample)
            return showFailure(sample.error());
        m_sample = std::move(*sample);
        refresh();
    });
}

void ComparePanel::setTyped(const QString& prompt, const QString& answer) {
    m_typedPrompt->setPlainText(prompt);
    m_typedAnswer->setPlainText(answer);
    if (m_text->current() == int(ComparedText::Typed))
        refresh();
    else
        m_text->setCurrent(int(ComparedText::Typed));
}

void ComparePanel::stop() {
    ++m_generation;
    if (m_asking != 0)
        m_pair.cancel(m_asking);
    m_asking = 0;
    for (quint64& talking : m_talking) {
        if (talking != 0)
            m_talk.cancel(talking);
        talking = 0;
    }
}

std::optional<SampleCase> ComparePanel::asked() const {
    if (m_text->current() == int(ComparedText::Typed)) {
        SampleCase typed;
        typed.prompt.text = m_typedPrompt->toPlainText().toStdString();
        typed.raw = typed.prompt.text->empty();
        const std::string answer = m_typedAnswer->toPlainText().toStdString();
        if (!answer.empty())
            typed.answer = answer;
        return typed;
    }
    if (!m_sample)
        return std::nullopt;
    return sampleCase(m_sample->sample);
}

void ComparePanel::refresh() {
    stop();
    m_stale = !isVisible();
    if (m_stale)
        return;
    m_batch->setTemplateName(m_template);
    m_batch->refresh();
    ask();
}

void ComparePanel::showCell(int cell) {
    m_cell->showCell(m_lanes->text(), cell);
    // Only the sample's own text is what other panels show.
    if (cell >= 0 && m_text->current() == int(ComparedText::Sample)) {
        const LaneCell& of = m_lanes->text().cells[std::size_t(cell)];
        m_selection->setTokenRange(of.tunedBegin, of.tunedEnd);
    }
    Q_EMIT helpChanged();
}

void ComparePanel::followTokens() {
    const auto [begin, end] = m_selection->tokenRange();
    if (!m_record || begin >= end || m_text->current() != int(ComparedText::Sample))
        return;
    const auto& cells = m_lanes->text().cells;
    for (int i = 0; i < int(cells.size()); ++i)
        if (begin >= cells[std::size_t(i)].tunedBegin && begin < cells[std::size_t(i)].tunedEnd) {
            if (m_lanes->selectedCell() != i)
                m_lanes->setSelectedCell(i);
            return;
        }
}

void ComparePanel::setOnlyChanged(bool on) {
    m_lanes->setFoldMode(on ? FoldMode::Unchanged : FoldMode::PromptOnly);
}

} // namespace assay
