#include "ui/panels/compare/compare_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
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

namespace {

constexpr int alternativesPerToken = 10;
constexpr int longestAnswer = 256;

} // namespace

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
    m_cell->setMinimumWidth(scaled(330));
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
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(4));
    bar->setSpacing(scaled(8));
    m_text = new SegmentedSwitch;
    m_text->add(tr("sample's answer"), tr("The answer that the sample holds"));
    m_text->add(tr("tuned answer"), tr("What the tuned model answers by itself, greedily"));
    m_text->add(tr("base answer"), tr("What the base model answers by itself, greedily"));
    m_text->add(tr("typed"), tr("A prompt and an answer of your own"));
    bar->addWidget(m_text);
    bar->addStretch(1);
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
    column->addLayout(bar);
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
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(6));
    line->addWidget(new LanesLegend, 1);
    const auto key = [line](const QString& cap, const QString& word) {
        line->addWidget(makeKeyCap(cap));
        line->addWidget(makeLabel(word, "secondary"));
        line->addSpacing(scaled(6));
    };
    key(QStringLiteral("N P"), tr("difference"));
    key(QStringLiteral("D"), tr("divergence"));
    key(QStringLiteral("O"), tr("onset"));
    key(tr("Enter"), tr("continue"));
    foot->addLayout(line);
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

void ComparePanel::ask() {
    m_record.reset();
    m_lanes->setText({});
    m_cell->showNothing();
    m_continuations->clear();
    m_summary->clear();
    m_prompt->clear();
    m_prompt->hide();
    m_ended.clear();
    m_action = Action::None;
    Q_EMIT helpChanged();
    StatePage* page = m_stack->page();
    m_stack->showPage();
    m_textChip->set(m_sample && m_text->current() != int(ComparedText::Typed)
            ? tr("sample %1").arg(m_sample->id)
            : QString(),
        Tone::Plain);
    const auto question = asked();
    if (!question) {
        if (m_sampleLoading)
            page->showLoading(tr("Reading the sample"), QString());
        else
            page->showEmpty(tr("No sample chosen"),
                tr("Choose one in another panel or in the table below, or type a text: it appears "
                   "here as both models see it."));
        return;
    }
    if (folders().base.isEmpty() || folders().tuned.isEmpty()) {
        m_action = Action::OpenModel;
        page->showEmpty(tr("Two models are needed"),
            tr("A base model and one that was tuned from it, or any two: the same text is then set "
               "under both, token under token."),
            tr("Open model folder…"));
        return;
    }
    if (m_models->session()->state() == EngineSession::State::Failed)
        return showFailure(m_models->session()->failure());
    const auto& messages = question->prompt.messages;
    if (messages && !messages->empty()) {
        m_prompt->setText(QString::fromStdString(messages->back().content).simplified().left(400));
        m_prompt->setVisible(true);
    }
    switch (ComparedText(m_text->current())) {
    case ComparedText::TunedAnswer:
        return generateAnswer(ModelRole::Tuned, *question);
    case ComparedText::BaseAnswer:
        return generateAnswer(ModelRole::Base, *question);
    case ComparedText::Sample:
    case ComparedText::Typed:
        break;
    }
    if (!question->answer) {
        const bool typed = m_text->current() == int(ComparedText::Typed);
        m_action = typed ? Action::None : Action::UseOwn;
        page->showEmpty(typed ? tr("No text yet") : tr("This sample holds no answer"),
            typed ? tr("Type an answer, and what stands before it, then press Compare.")
                  : tr("Compare what the tuned model answers by itself instead."),
            typed ? QString() : tr("Use the tuned model's answer"));
        return;
    }
    compareAnswer(*question, {{"answer", *question->answer}});
}

void ComparePanel::generateAnswer(ModelRole role, const SampleCase& question) {
    StatePage* page = m_stack->page();
    const ModelChoice model = m_selection->model(role);
    m_action = Action::Cancel;
    page->showLoading(tr("%1 answers").arg(model.name), QString(), tr("Cancel"));
    const quint64 generation = m_generation;
    m_asking = 1; // until the request has its number
    // Both are asked in the tuned model's form: its template has to be known first.
    m_pair.acquire(folders(), this,
        [this, generation, role, question, page, model](Result<ModelPair::Loaded> loaded) {
            if (generation != m_generation)
                return;
            if (!loaded) {
                m_asking = 0;
                return showFailure(loaded.error());
            }
            Json params = sampleCaseParams(question);
            params.erase("raw");
            const Json own = loaded->tuned.info.value("template", Json());
            const std::string name = !m_template.isEmpty() ? m_template.toStdString()
                : own.is_string()                          ? own.get<std::string>()
                                                           : std::string();
            if (params.contains("messages") && !name.empty())
                params["template"] = name;
            params["max_new"] = longestAnswer;
            auto said = std::make_shared<QString>();
            m_asking = m_pair.generate(
                model.folder, std::move(params), this,
                [page, said, name = model.name](const QString& text) {
                    *said += text;
                    page->showLoading(tr("%1 answers").arg(name), said->right(300), tr("Cancel"));
                },
                [this, question](Result<Json> answer) {
                    m_asking = 0;
                    if (!answer)
                        return showFailure(answer.error());
                    const std::string ended = answer->value("ended", std::string());
                    m_ended = ended == "end_token" ? tr("ended by itself")
                        : ended == "stop_string"
                        ? tr("ended at a stop string")
                        : tr("cut at %n token(s)", nullptr, int((*answer)["ids"].size()));
                    Json extra = {{"answer_ids", (*answer)["ids"]}, {"answer", ""}};
                    if ((*answer)["text"].is_string())
                        extra["answer"] = (*answer)["text"];
                    if (question.reference)
                        extra["reference"] = *question.reference;
                    compareAnswer(question, std::move(extra));
                });
        });
}

void ComparePanel::compareAnswer(const SampleCase& question, Json extra) {
    m_answer = QString::fromStdString(extra["answer"].get<std::string>());
    StatePage* page = m_stack->page();
    m_action = Action::Cancel;
    page->showLoading(tr("Reading the text under both models"), QString(), tr("Cancel"));
    Json params = sampleCaseParams(question);
    params.update(extra);
    if (!m_template.isEmpty())
        params["template"] = m_template.toStdString();
    params["top"] = alternativesPerToken;
    params["truncate"] = true;
    m_asking = m_pair.compareText(
        folders(), std::move(params), this,
        [page](qint64 tokens) {
            page->showLoading(tr("Reading the text under both models"),
                tr("%n token(s) so far", nullptr, int(tokens)), tr("Cancel"));
        },
        [this](Result<PairedRecord> record) { showRecord(std::move(record)); });
}

void ComparePanel::showRecord(Result<PairedRecord> record) {
    m_asking = 0;
    if (!record)
        return showFailure(record.error());
    m_record = std::move(*record);
    const auto shown = ComparedText(m_text->current());
    const auto question = asked();
    const bool isReference = shown == ComparedText::Sample && question && question->answer
        && question->reference == question->answer;
    LanesText text = lanesFromRecord(*m_record, shown, isReference, tr("prompt"));
    const auto answerCells
        = std::ranges::count_if(text.cells, [](const LaneCell& cell) { return cell.answer; });
    for (int measure = 0; measure < 4; ++measure)
        m_measure->setChoiceEnabled(
            measure, m_record->shared || measure == int(LaneMeasure::Delta));
    if (!m_record->shared)
        m_measure->setCurrent(int(LaneMeasure::Delta));
    else if (!m_stack->showsContent() && m_measure->current() == int(LaneMeasure::Delta)
        && m_lanes->text().shared == false)
        m_measure->setCurrent(int(LaneMeasure::Js));
    // Long answers start with what changed.
    if (answerCells > longAnswer)
        m_onlyChanged->setChecked(true);
    m_lanes->setText(std::move(text));
    m_summary->setText(summaryText());
    m_summary->setToolTip(m_summary->text());
    m_stack->showContent();
    const int onset = m_lanes->markOf(LaneMark::Kind::Onset);
    const int start = onset >= 0 ? onset : m_lanes->markOf(LaneMark::Kind::Divergence);
    const auto [begin, end] = m_selection->tokenRange();
    if (shown == ComparedText::Sample && begin < end)
        followTokens();
    else if (start >= 0)
        m_lanes->setSelectedCell(start);
    // What both would say where they part is the first question; of a large model it is asked on
    // demand.
    constexpr double quickModel = 3e8;
    const Json tuned
        = m_record->provenance.is_object() ? m_record->provenance.value("tuned", Json()) : Json();
    const double parameters
        = tuned.is_object() && tuned.contains("parameters") && tuned["parameters"].is_number()
        ? tuned["parameters"].get<double>()
        : quickModel;
    if (start >= 0 && parameters < quickModel)
        continueFrom(start);
}

QString ComparePanel::summaryText() const {
    const LanesSummary sum = summariseLanes(m_lanes->text());
    const QLocale locale;
    const auto percent = [&](int count) {
        return locale.toString(sum.cells ? 100.0 * count / sum.cells : 0.0, 'f', 1);
    };
    QStringList parts;
    parts.append(m_record->shared
            ? tr("shifted %1 of %n token(s) (%2 %), marginal %3", nullptr, sum.cells)
                  .arg(QString::number(sum.shifted), percent(sum.shifted),
                      QString::number(sum.marginal))
            : tr("%n group(s) of tokens that cover the same bytes", nullptr, sum.cells));
    parts.append(tr("first choices differ at %1").arg(sum.otherChoice));
    if (m_record->shared)
        parts.append(tr("mean JS %1, KL tuned‖base %2, KL base‖tuned %3 nats")
                         .arg(natsText(sum.meanJs), natsText(sum.meanKlTunedBase),
                             natsText(sum.meanKlBaseTuned)));
    parts.append(tr("Δ log p of the answer %1 nats")
                     .arg((sum.delta > 0 ? QStringLiteral("+") : QString()) + natsText(sum.delta)));
    if (m_record->cutBytes > 0)
        parts.append(
            tr("%n byte(s) at the end do not fit the context", nullptr, int(m_record->cutBytes)));
    if (!m_ended.isEmpty())
        parts.append(m_ended);
    return parts.join(QStringLiteral(" · "));
}

void ComparePanel::showFailure(const Error& error) {
    m_asking = 0;
    StatePage* page = m_stack->page();
    m_stack->showPage();
    const QString code = QString::fromStdString(error.code);
    if (m_models->session()->state() == EngineSession::State::Failed) {
        m_action = Action::RestartEngine;
        page->showFailed(
            tr("The engine is not running"), errorParagraph(error), tr("Restart the engine"));
    } else if (code.contains(QLatin1String("template")) && m_template.isEmpty()) {
        m_action = Action::UsePlainTemplate;
        page->showFailed(tr("The tuned model has no chat template"),
            tr("A conversation becomes text through a template. The plain template writes the "
               "turns one after the other, for both models."),
            tr("Use the plain template"));
    } else {
        m_action = Action::TryAgain;
        page->showFailed(
            tr("This text cannot be compared"), errorParagraph(error), tr("Try again"));
    }
}

void ComparePanel::act() {
    switch (m_action) {
    case Action::None:
        return;
    case Action::OpenModel:
        return openModelFolder(folders().base.isEmpty() ? ModelRole::Base : ModelRole::Tuned);
    case Action::RestartEngine:
        return m_models->session()->restart();
    case Action::UsePlainTemplate:
        m_template = QStringLiteral("plain");
        return refresh();
    case Action::UseOwn:
        return m_text->setCurrent(int(ComparedText::TunedAnswer));
    case Action::TryAgain:
        return refresh();
    case Action::Cancel:
        stop();
        m_action = Action::TryAgain;
        m_stack->page()->showEmpty(
            tr("Cancelled"), tr("The text was not compared."), tr("Compare it"));
        return;
    }
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

void ComparePanel::continueFrom(int cell) {
    if (!m_record || cell < 0 || cell >= int(m_lanes->text().cells.size()))
        return;
    for (quint64& talking : m_talking) {
        if (talking != 0)
            m_talk.cancel(talking);
        talking = 0;
    }
    const LanesText& text = m_lanes->text();
    const LaneCell& at = text.cells[std::size_t(cell)];
    QByteArray before;
    for (int i = 0; i < at.tunedBegin; ++i)
        if (text.tuned[std::size_t(i)].answer)
            before += text.tuned[std::size_t(i)].bytes;
    m_continuations->start(cell, QString::fromUtf8(before).right(80));
    const auto idsBefore = [](const PairedRecord::Side& side, int end) {
        std::vector<int> ids;
        for (int i = 0; i < end; ++i)
            ids.push_back(side.scores.tokens[std::size_t(i)].id);
        return ids;
    };
    startContinuation(ModelRole::Base, idsBefore(m_record->base, at.baseBegin));
    startContinuation(ModelRole::Tuned, idsBefore(m_record->tuned, at.tunedBegin));
}

void ComparePanel::startContinuation(ModelRole role, std::vector<int> ids) {
    constexpr int length = 64;
    if (ids.empty())
        return m_continuations->setState(role, tr("nothing stands before it"));
    const int slot = role == ModelRole::Base ? 0 : 1;
    m_continuations->setState(role, tr("waiting"));
    const Json params = {{"ids", ids}, {"max_new", length}, {"stop", m_record->stop}};
    m_talking[slot] = m_talk.generate(
        m_selection->model(role).folder, params, this,
        [this, role](const QString& words) {
            m_continuations->setState(role, tr("speaking"));
            m_continuations->addText(role, words);
        },
        [this, role, slot](Result<Json> answer) {
            m_talking[slot] = 0;
            if (!answer)
                return m_continuations->setState(role, errorMessage(answer.error()));
            if ((*answer)["text"].is_string())
                m_continuations->setText(
                    role, QString::fromStdString((*answer)["text"].get<std::string>()));
            const bool ended = answer->value("ended", std::string()) == "end_token";
            m_continuations->setState(
                role, ended ? tr("ends here") : tr("cut at %n token(s)", nullptr, length));
        });
}

void ComparePanel::namePieces(bool tuned, const std::vector<int>& ids) {
    if (m_models->session()->state() != EngineSession::State::Ready)
        return;
    const ModelChoice model = m_selection->model(tuned ? ModelRole::Tuned : ModelRole::Base);
    m_models->acquire(model.folder, this, [this, tuned, ids](Result<LoadedModel> loaded) {
        if (!loaded)
            return;
        m_models->pieces(
            loaded->handle, ids, this, [this, tuned, ids](const std::vector<std::string>& pieces) {
                m_cell->setPieces(tuned, ids, pieces);
            });
    });
}

void ComparePanel::setOnlyChanged(bool on) {
    m_lanes->setFoldMode(on ? FoldMode::Unchanged : FoldMode::PromptOnly);
}

} // namespace assay
