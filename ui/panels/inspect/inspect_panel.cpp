#include "ui/panels/inspect/inspect_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/strip_legend.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/common/sample_input.h"
#include "ui/panels/inspect/sample_list.h"
#include "ui/panels/inspect/score_to_strip.h"
#include "ui/panels/inspect/token_card.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QTableView>

namespace assay {

namespace {

constexpr int alternativesPerToken = 20;

QString statusWord(ReviewStatus status) {
    switch (status) {
    case ReviewStatus::Accepted:
        return InspectPanel::tr("accepted");
    case ReviewStatus::Rejected:
        return InspectPanel::tr("rejected");
    case ReviewStatus::Pending:
        break;
    }
    return InspectPanel::tr("pending");
}

Tone statusTone(ReviewStatus status) {
    return status == ReviewStatus::Accepted ? Tone::Right
        : status == ReviewStatus::Rejected  ? Tone::Wrong
                                            : Tone::Plain;
}

} // namespace

InspectPanel::InspectPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_selection(services.selection)
    , m_project(services.project)
    , m_models(services.models)
    , m_settings(services.settings) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    m_samples = new SampleList(m_selection, m_project, this);
    // On a narrow screen the side cards give way first.
    m_samples->setMinimumWidth(scaled(240));
    m_samples->setMaximumWidth(scaled(320));
    row->addWidget(m_samples, 30);
    buildStrip();
    row->addWidget(m_card, 74);
    m_token = new TokenCard(this);
    m_token->setMinimumWidth(scaled(300));
    m_token->setMaximumWidth(scaled(380));
    row->addWidget(m_token, 36);

    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        loadModels();
        loadSample();
    });
    connect(m_selection, &SelectionContext::sampleChanged, this, &InspectPanel::loadSample);
    connect(m_selection, &SelectionContext::modelsChanged, this, &InspectPanel::score);
    connect(m_picker, &ModelPicker::templateChanged, this, &InspectPanel::score);
    connect(m_picker, &ModelPicker::openFolderWanted, this, &InspectPanel::openModelFolder);
    connect(m_models->session(), &EngineSession::stateChanged, this, [this] {
        // What has been scored stays on the screen when the engine goes; only what is missing is
        // asked again.
        const auto state = m_models->session()->state();
        const bool missing = !m_stack->showsContent();
        if (missing
            && (state == EngineSession::State::Starting || state == EngineSession::State::Failed))
            score();
    });
    connect(m_token, &TokenCard::piecesWanted, this, &InspectPanel::namePieces);
    loadModels();
    loadSample();
}

void InspectPanel::buildStrip() {
    m_card = new Card(tr("Sample"), this);
    m_status = new Chip;
    m_card->addChip(m_status);
    m_metric = new SegmentedSwitch;
    m_metric->add(tr("surprisal"), tr("Colour by minus log-probability of the token"));
    m_metric->add(tr("rank"), tr("Colour by the token's place in the model's order"));
    m_metric->add(tr("entropy"), tr("Colour by how undecided the model was"));
    m_metric->add(tr("margin"), tr("Colour by how far the token lies behind the best other"));
    m_picker = new ModelPicker(m_selection);
    m_card->addControl(m_metric);
    m_card->addControl(m_picker);
    m_strip = new TokenStrip;
    m_stack = new StateStack(m_strip);
    m_card->setBody(m_stack);

    auto* footer = new QWidget;
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    line->setSpacing(scaled(8));
    m_legend = new StripLegend;
    line->addWidget(m_legend);
    line->addSpacing(scaled(10));
    line->addWidget(makeKeyCap(QStringLiteral("← →")));
    line->addWidget(makeLabel(tr("token"), "secondary"));
    line->addWidget(makeKeyCap(QStringLiteral("↑ ↓")));
    line->addWidget(makeLabel(tr("line"), "secondary"));
    m_summary = makeLabel(QString(), "secondary");
    m_summary->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    // What it says must not move the cards.
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(m_summary, 1);
    m_card->setFooter(footer);

    connect(m_metric, &SegmentedSwitch::changed, this, [this](int index) {
        m_strip->setMetric(StripMetric(index));
        m_legend->setMetric(StripMetric(index));
    });
    connect(m_strip, &TokenStrip::tokenSelected, this, &InspectPanel::showToken);
    connect(m_stack->page(), &StatePage::activated, this, &InspectPanel::act);
}

QWidget* InspectPanel::firstFocus() {
    return m_samples->table();
}

bool InspectPanel::isSettled() const {
    return m_samples->isSettled() && !m_sampleLoading && !m_modelsLoading && m_scoring == 0;
}

void InspectPanel::loadModels() {
    if (m_selection->project().isEmpty())
        return;
    m_modelsLoading = true;
    m_project->models(this, [this](Result<std::vector<ProjectModel>> models) {
        m_modelsLoading = false;
        m_picker->setModels(models ? *models : std::vector<ProjectModel>(),
            m_settings->get(Settings::keys().openedModels));
        if (m_selection->activeModel().isEmpty())
            score();
    });
}

void InspectPanel::openModelFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
    if (folder.isEmpty())
        return;
    m_settings->rememberModel(folder);
    m_selection->setModel({folder, QDir(folder).dirName(), ModelRole::Base});
    loadModels();
}

void InspectPanel::loadSample() {
    stopScoring();
    m_sample.reset();
    m_strip->setText({});
    m_token->showNothing();
    m_summary->clear();
    const auto id = m_selection->sample();
    m_sampleLoading = id.has_value();
    if (!id) {
        m_card->setTitle(tr("Sample"));
        m_status->set(QString(), Tone::Plain);
        return score();
    }
    m_card->setTitle(tr("Sample %1").arg(*id));
    m_project->sample(*id, this, [this, id = *id](Result<StoredSample> sample) {
        if (m_selection->sample() != id)
            return;
        m_sampleLoading = false;
        if (!sample)
            return showFailure(sample.error());
        m_sample = std::move(*sample);
        m_status->set(statusWord(m_sample->status), statusTone(m_sample->status));
        score();
    });
}

void InspectPanel::stopScoring() {
    if (m_scoring != 0)
        m_models->cancel(m_scoring);
    m_scoring = 0;
}

void InspectPanel::score() {
    stopScoring();
    StatePage* page = m_stack->page();
    const ModelChoice model = m_selection->activeModel();
    m_action = Action::None;
    m_stack->showPage();
    if (!m_sample) {
        if (m_sampleLoading)
            page->showLoading(tr("Reading the sample"), QString());
        else
            page->showEmpty(tr("No sample chosen"),
                tr("Choose one on the left: its text appears here, token by token, as a model sees "
                   "it."));
        return;
    }
    if (model.isEmpty()) {
        m_action = Action::OpenModel;
        page->showEmpty(tr("No model yet"),
            tr("Open a model folder, or train a model: the text is then coloured by how surprising "
               "each token was to "
               "it."),
            tr("Open model folder…"));
        return;
    }
    if (m_models->session()->state() == EngineSession::State::Failed)
        return showFailure(m_models->session()->failure());
    m_action = Action::Cancel;
    page->showLoading(tr("Loading %1").arg(model.name), QString(), tr("Cancel"));
    SampleInput input = sampleInput(m_sample->sample);
    m_titles = std::move(input.titles);
    m_scoredModel = model;
    m_scoring = m_models->score(
        {model.folder, m_picker->templateName(), std::move(input.input), alternativesPerToken},
        this,
        [page, name = model.name](qint64 tokens) {
            page->showLoading(tr("Scoring under %1").arg(name),
                tr("%n token(s) so far", nullptr, int(tokens)), tr("Cancel"));
        },
        [this](Result<ScoreRecord> record) { showScore(std::move(record)); });
}

void InspectPanel::showScore(Result<ScoreRecord> record) {
    m_scoring = 0;
    if (!record)
        return showFailure(record.error());
    m_strip->setText(stripFromScore(*record, m_titles));
    m_token->showNothing();
    const ScoreSummary summary = summarise(m_strip->text());
    const QLocale locale;
    const QString numbers
        = tr("%n token(s) · mean %1 nats · perplexity %2", nullptr, summary.tokens)
              .arg(locale.toString(summary.meanSurprisal, 'f', 2),
                  locale.toString(summary.perplexity, 'g', 4));
    // Of a conversation the heading of each answer says it.
    m_summary->setText(summary.answersOnly ? QString() : numbers);
    m_summary->setToolTip(m_summary->text());
    m_stack->showContent();
    const auto [begin, end] = m_selection->tokenRange();
    if (begin < end)
        m_strip->setSelectedToken(begin);
}

void InspectPanel::showFailure(const Error& error) {
    StatePage* page = m_stack->page();
    m_stack->showPage();
    const bool engineGone = m_models->session()->state() == EngineSession::State::Failed;
    const QString code = QString::fromStdString(error.code);
    if (engineGone) {
        m_action = Action::RestartEngine;
        page->showFailed(
            tr("The engine is not running"), errorParagraph(error), tr("Restart the engine"));
    } else if (code.contains(QLatin1String("template")) && m_picker->templateName().isEmpty()) {
        m_action = Action::UsePlainTemplate;
        page->showFailed(tr("This model has no chat template"),
            tr("A conversation becomes text through a template, and %1 names none that is known "
               "here. The plain template "
               "writes the turns one after the other; the others are in the model menu.")
                .arg(m_scoredModel.name),
            tr("Use the plain template"));
    } else {
        m_action = m_sample ? Action::ChooseModel : Action::TryAgain;
        page->showFailed(tr("This sample cannot be shown"), errorParagraph(error),
            m_sample ? tr("Choose another model") : tr("Try again"));
    }
}

void InspectPanel::act() {
    switch (m_action) {
    case Action::None:
        return;
    case Action::OpenModel:
        return openModelFolder();
    case Action::RestartEngine:
        return m_models->session()->restart();
    case Action::UsePlainTemplate:
        return m_picker->setTemplateName(QStringLiteral("plain"));
    case Action::ChooseModel:
        return m_picker->showMenu();
    case Action::TryAgain:
        return m_sample ? score() : loadSample();
    case Action::Cancel:
        stopScoring();
        m_action = Action::TryAgain;
        m_stack->page()->showEmpty(
            tr("Cancelled"), tr("The sample was not scored."), tr("Score it"));
        return;
    }
}

void InspectPanel::showToken(int token) {
    m_selection->setTokenRange(std::max(0, token), token + 1);
    if (token < 0)
        return m_token->showNothing();
    m_token->showToken(m_strip->text().tokens[std::size_t(token)], token, m_scoredModel);
}

void InspectPanel::namePieces(const std::vector<int>& ids) {
    if (m_models->session()->state() != EngineSession::State::Ready)
        return;
    m_models->acquire(m_scoredModel.folder, this, [this, ids](Result<LoadedModel> model) {
        if (!model)
            return;
        m_models->pieces(
            model->handle, ids, this, [this, ids](const std::vector<std::string>& pieces) {
                m_token->setPieces(ids, pieces);
            });
    });
}

} // namespace assay
