#include "ui/panels/inspect/inspect_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/sample_input.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/strip_legend.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/answer_curve.h"
#include "ui/panels/inspect/branch_model.h"
#include "ui/panels/inspect/data_card.h"
#include "ui/panels/inspect/generation_button.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/sample_list.h"
#include "ui/panels/inspect/score_to_strip.h"
#include "ui/panels/inspect/text_writer.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/panels/inspect/why_card.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>

namespace assay {

InspectPanel::InspectPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_selection(services.selection)
    , m_project(services.project)
    , m_models(services.models)
    , m_settings(services.settings)
    , m_text(new InspectedText(services.models, this))
    , m_corpus(new CorpusAccess(services.project, this)) {
    buildLayout();
    buildCommands();
    connectParts();
    m_corpus->setProject(m_selection->project());
    followModels();
    loadModels();
    loadSample();
}

void InspectPanel::connectParts() {
    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        m_corpus->setProject(m_selection->project());
        loadModels();
        loadSample();
    });
    connect(m_selection, &SelectionContext::sampleChanged, this, &InspectPanel::loadSample);
    connect(m_selection, &SelectionContext::modelsChanged, this, &InspectPanel::followModels);
    connect(
        m_selection, &SelectionContext::tokenRangeChanged, this, &InspectPanel::followTokenRange);
    connect(m_picker, &ModelPicker::templateChanged, this, &InspectPanel::followModels);
    connect(m_picker, &ModelPicker::openFolderWanted, this, &InspectPanel::openModelFolder);
    connect(m_models->session(), &EngineSession::stateChanged, this, [this] {
        // What has been scored stays on the screen when the engine goes; only what is missing is
        // asked again.
        const auto state = m_models->session()->state();
        if (state == EngineSession::State::Starting && !m_text->record() && !m_cancelled)
            m_text->resume();
        updatePage();
        updateCommands();
    });

    connect(m_text, &InspectedText::textChanged, this, [this] { refreshStrip(false); });
    connect(m_text, &InspectedText::currentChanged, this, [this] { refreshStrip(true); });
    connect(m_text, &InspectedText::treeChanged, this, &InspectPanel::refreshBranches);
    connect(m_text, &InspectedText::busyChanged, this, [this] {
        markVerbatim();
        updatePage();
        updateCommands();
    });
    connect(m_text, &InspectedText::failed, this, &InspectPanel::showFailure);
    connect(m_text, &InspectedText::previewed, this,
        [this](const QString& words) { m_token->showPreview(m_previewOf, words); });

    connect(m_metric, &SegmentedSwitch::changed, this, [this](int index) {
        setMetric(StripMetric(index));
        if (m_role->current() == 2)
            m_role->setCurrent(m_text->models().active == ModelRole::Base ? 0 : 1);
    });
    connect(m_role, &SegmentedSwitch::changed, this, &InspectPanel::showRole);
    connect(m_strip, &TokenStrip::tokenSelected, this, &InspectPanel::showToken);
    connect(m_strip, &TokenStrip::tokenHovered, m_curve, &AnswerCurve::setHoveredToken);
    connect(m_curve, &AnswerCurve::tokenChosen, m_strip, &TokenStrip::setSelectedToken);
    connect(m_curve, &AnswerCurve::tokenHovered, m_curve, &AnswerCurve::setHoveredToken);
    connect(m_stack->page(), &StatePage::activated, this, &InspectPanel::act);
    connect(m_token, &TokenCard::piecesWanted, this, &InspectPanel::namePieces);
    connect(m_token, &TokenCard::alternativeTaken, this, &InspectPanel::takeAlternative);
    connect(m_token, &TokenCard::alternativePreviewed, this, &InspectPanel::previewAlternative);
    connect(m_corpus, &CorpusAccess::stateChanged, this, [this] {
        m_spansOf.clear();
        markVerbatim();
    });
    connect(m_data, &DataCard::sampleWanted, this, [this](qint64 id) {
        m_selection->setSample(id);
        m_selection->show(QStringLiteral("data"));
    });
    connect(m_why, &WhyCard::compareWanted, this,
        [this] { m_selection->show(QStringLiteral("compare")); });
    connect(m_branchTable->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& index) {
            if (index.isValid())
                m_text->setCurrent(index.data(BranchModel::IdRole).toInt());
        });
    connect(m_cancel, &QPushButton::clicked, m_text, &InspectedText::cancel);
    connect(m_continue, &QPushButton::clicked, this,
        [this] { continueFrom(m_text->models().active, false); });
    connect(m_continueBase, &QPushButton::clicked, this,
        [this] { continueFrom(ModelRole::Base, false); });
    connect(m_forceButton, &QPushButton::clicked, this, &InspectPanel::askForForcedText);
    connect(m_writer, &TextWriter::accepted, this, &InspectPanel::acceptWriter);
    connect(m_writer, &TextWriter::cancelled, this, [this] {
        m_content->setCurrentWidget(m_strip);
        updatePage();
        m_strip->setFocus();
    });
}

QWidget* InspectPanel::firstFocus() {
    return m_strip->isVisible() ? static_cast<QWidget*>(m_strip) : m_samples->table();
}

bool InspectPanel::isSettled() const {
    return m_samples->isSettled() && !m_sampleLoading && !m_modelsLoading && !m_text->isBusy();
}

void InspectPanel::loadModels() {
    if (m_selection->project().isEmpty())
        return;
    m_modelsLoading = true;
    m_project->models(this, [this](Result<std::vector<ProjectModel>> models) {
        m_modelsLoading = false;
        m_picker->setModels(models ? *models : std::vector<ProjectModel>(),
            m_settings->get(Settings::keys().openedModels));
        updatePage();
    });
}

void InspectPanel::openModelFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
    if (!folder.isEmpty())
        openPath(folder);
}

void InspectPanel::openPath(const QString& path) {
    m_settings->rememberModel(path);
    m_selection->setModel({path, QDir(path).dirName(), ModelRole::Base});
    m_project->addModel(path, this, [this](const Result<bool>&) { loadModels(); });
    // A model alone has no text to be looked at; with one of ours there is something to see at
    // once.
    if (!m_selection->sample())
        showOwnText(tr("The capital of France is Paris, the capital of Italy is Rome, and the "
                       "capital of Japan is Tokyo."),
            false);
}

void InspectPanel::followModels() {
    InspectedText::Models models;
    for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned})
        models.byRole[std::size_t(role)] = m_selection->model(role);
    const ModelChoice active = m_selection->activeModel();
    models.active = active.isEmpty() && !models.of(ModelRole::Base).isEmpty() ? ModelRole::Base
        : active.isEmpty()                                                    ? ModelRole::Tuned
                                                                              : active.role;
    models.templateName = m_picker->templateName();
    m_cancelled = false;
    m_text->setModels(models);
    {
        const QSignalBlocker quiet(m_role);
        if (m_role->current() != 2 || models.active != ModelRole::Tuned)
            m_role->setCurrent(models.active == ModelRole::Base ? 0 : 1);
    }
    m_role->setVisible(
        !models.of(ModelRole::Base).isEmpty() && !models.of(ModelRole::Tuned).isEmpty());
    m_continueBase->setVisible(m_role->isVisibleTo(this) && models.active != ModelRole::Base);
    refreshStrip(false);
    updatePage();
    updateCommands();
}

void InspectPanel::showRole(int index) {
    if (index == 2) {
        m_selection->setActiveRole(ModelRole::Tuned);
        setMetric(StripMetric::Delta);
        return;
    }
    m_selection->setActiveRole(index == 0 ? ModelRole::Base : ModelRole::Tuned);
    setMetric(StripMetric(m_metric->current()));
}

void InspectPanel::setMetric(StripMetric metric) {
    m_strip->setMetric(metric);
    m_legend->setMetric(metric);
}

void InspectPanel::loadSample() {
    m_sample.reset();
    m_ownTitle.clear();
    m_cancelled = false;
    m_text->clear();
    const auto id = m_selection->sample();
    m_sampleLoading = id.has_value();
    updateTitle();
    updatePage();
    if (!id)
        return;
    m_project->sample(*id, this, [this, id = *id](Result<StoredSample> sample) {
        if (m_selection->sample() != id)
            return;
        m_sampleLoading = false;
        if (!sample)
            return showFailure(sample.error());
        m_sample = std::move(*sample);
        m_ownTitle.clear();
        updateTitle();
        SampleInput input = sampleInput(m_sample->sample);
        m_text->show(Branch::Kind::Sample, std::move(input.input), std::move(input.titles));
        updatePage();
    });
}

void InspectPanel::showOwnText(const QString& text, bool prompt) {
    m_sample.reset();
    m_ownTitle = prompt ? tr("Prompt") : tr("Free text");
    m_cancelled = false;
    updateTitle();
    m_content->setCurrentWidget(m_strip);
    if (prompt)
        m_text->show(Branch::Kind::Prompt,
            {{"messages", {{{"role", "user"}, {"content", text.toStdString()}}}}},
            {roleTitle(Role::User)});
    else
        m_text->show(Branch::Kind::Text, {{"text", text.toStdString()}}, {});
    updatePage();
}

void InspectPanel::refreshStrip(bool fresh) {
    const ScoreRecord* record = m_text->record();
    const Branch* branch = m_text->current();
    if (fresh)
        m_notice->hide();
    if (!record || !branch) {
        m_strip->setText({});
        m_curve->clear();
        m_summary->clear();
        m_findings = {};
        m_shownBranch = -1;
        updatePage();
        updateCommands();
        return;
    }
    const InspectedText::Models& models = m_text->models();
    const ScoreRecord* other = m_text->comparable() ? m_text->otherRecord() : nullptr;
    StripText text
        = stripFromScore(*record, branch->titles, {other, models.active == ModelRole::Tuned});
    m_findings = findingsOf(*record, other, reference(), models.of(models.active).name);
    text.flags = m_findings.flags;
    for (int i = branch->at; i < branch->at + branch->forced; ++i)
        text.flags.push_back({i, StripFlag::Kind::Forced, tr("forced by you")});
    text.showFrame = m_frameAction->isChecked();

    const int count = int(text.tokens.size());
    int first = std::max(1, std::min(lastAnswerBegin(*record), count));
    int end = count;
    if (first >= count)
        first = std::min(1, count);
    while (end > first + 1 && text.tokens[std::size_t(end - 1)].frame)
        --end;
    m_curve->show(text, first, end);
    const ScoreSummary summary = summarise(text);
    const QLocale locale;
    const QString numbers
        = tr("%n token(s) · mean %1 nats · perplexity %2", nullptr, summary.tokens)
              .arg(locale.toString(summary.meanSurprisal, 'f', 2),
                  locale.toString(summary.perplexity, 'g', 4));
    m_summary->setText(summary.tokens > 0 ? numbers : tr("nothing of the answer was read"));

    const bool sameRoot = m_shownBranch >= 0 && m_text->tree().find(m_shownBranch);
    const bool otherBranch = m_shownBranch != branch->id;
    m_shownBranch = branch->id;
    if (sameRoot)
        m_strip->updateText(std::move(text));
    else
        m_strip->setText(std::move(text));
    if (!sameRoot)
        m_spansOf.clear();
    markVerbatim();
    m_role->setChoiceEnabled(2, other != nullptr);
    updatePage();
    // The place where a branch begins; its first token may still be on its way.
    if (otherBranch)
        m_wanted = branch->isRoot() || branch->kind == Branch::Kind::Edit ? -1 : branch->at;
    if (m_wanted >= 0 && m_wanted < count)
        m_strip->setSelectedToken(std::exchange(m_wanted, -1));
    else if (!sameRoot && m_selection->tokenRange().first < m_selection->tokenRange().second)
        m_strip->setSelectedToken(m_selection->tokenRange().first);
    showToken(m_strip->selectedToken());
    updateCommands();
}

void InspectPanel::refreshBranches() {
    m_branches->show(m_text->tree(), m_text->currentId(), m_text->models().active);
    const int row = m_branches->rowOf(m_text->currentId());
    if (row >= 0 && m_branchTable->currentIndex().row() != row) {
        const QSignalBlocker quiet(m_branchTable->selectionModel());
        m_branchTable->setCurrentIndex(m_branches->index(row, BranchModel::Words));
        m_branchTable->scrollTo(m_branches->index(row, 0));
        m_branchTable->viewport()->update();
    }
    updateCommands();
}

void InspectPanel::showToken(int token) {
    m_selection->setTokenRange(std::max(0, token), token + 1);
    m_curve->setCursorToken(token);
    const ScoreRecord* record = m_text->record();
    if (token < 0 || !record || token >= int(record->tokens.size())) {
        m_token->showNothing();
        m_why->showNothing();
        m_data->showNothing();
        updateCommands();
        Q_EMIT helpChanged();
        return;
    }
    const InspectedText::Models& models = m_text->models();
    const ModelRole against = otherRole(models.active);
    const ScoreRecord* other = m_text->comparable() ? m_text->otherRecord() : nullptr;
    std::optional<TokenCard::OtherView> view;
    if (other && other->tokens[std::size_t(token)].scored)
        view = TokenCard::OtherView{models.of(against).name, against == ModelRole::Base,
            other->tokens[std::size_t(token)].rank, other->tokens[std::size_t(token)].top};
    ModelChoice shown = models.of(models.active);
    shown.role = models.active;
    m_token->showToken(m_strip->text().tokens[std::size_t(token)], token, shown, view);
    showWhy(token);
    showInData(token);
    std::vector<int> unknown;
    for (const ScoreRecord* each : {record, other})
        if (each && !each->tokens[std::size_t(token)].top.empty()
            && pieceOf(each->tokens[std::size_t(token)].top[0].first).isEmpty())
            unknown.push_back(each->tokens[std::size_t(token)].top[0].first);
    if (!unknown.empty())
        namePieces(unknown);
    updateCommands();
    Q_EMIT helpChanged();
}

void InspectPanel::showWhy(int token) {
    const ScoreRecord* record = m_text->record();
    if (!record || token < 0 || token >= int(record->tokens.size()))
        return m_why->showNothing();
    const InspectedText::Models& models = m_text->models();
    const ModelRole against = otherRole(models.active);
    m_why->showToken(token,
        {record, m_text->comparable() ? m_text->otherRecord() : nullptr,
            models.of(models.active).name, models.of(against).name, against == ModelRole::Base,
            &m_findings, [this](int id) { return pieceOf(id); }});
}

void InspectPanel::followTokenRange() {
    const auto [begin, end] = m_selection->tokenRange();
    // Another panel's choice; our own comes back here too.
    if (begin < end && begin != m_strip->selectedToken()
        && begin < int(m_strip->text().tokens.size()))
        m_strip->setSelectedToken(begin);
}

QString InspectPanel::pieceOf(int id) {
    const ScoreRecord* record = m_text->record();
    const int token = m_strip->selectedToken();
    if (record && token >= 0 && token < int(record->tokens.size())
        && record->tokens[std::size_t(token)].id == id)
        return quotedPiece(m_strip->text().tokens[std::size_t(token)]);
    const auto known = m_pieces.find(id);
    return known == m_pieces.end() ? QString() : known->second;
}

void InspectPanel::namePieces(const std::vector<int>& ids) {
    const QString folder = m_text->models().of(m_text->models().active).folder;
    if (m_models->session()->state() != EngineSession::State::Ready || folder.isEmpty())
        return;
    if (m_piecesOf != folder) {
        m_pieces.clear();
        m_piecesOf = folder;
    }
    m_models->acquire(folder, this, [this, ids, folder](Result<LoadedModel> model) {
        if (!model)
            return;
        m_models->pieces(
            model->handle, ids, this, [this, ids, folder](const std::vector<std::string>& pieces) {
                if (folder != m_piecesOf || pieces.size() != ids.size())
                    return;
                for (std::size_t i = 0; i < ids.size(); ++i)
                    m_pieces[ids[i]] = quotedPiece(QByteArray::fromStdString(pieces[i]));
                m_token->setPieces(ids, pieces);
                const int token = m_strip->selectedToken();
                showWhy(token);
            });
    });
}

std::optional<std::string> InspectPanel::reference() const {
    if (!m_sample)
        return std::nullopt;
    const Sample& sample = m_sample->sample;
    if (sample.reference)
        return sample.reference;
    const auto lastAnswer = [](const std::vector<Message>& messages) -> std::optional<std::string> {
        for (auto it = messages.rbegin(); it != messages.rend(); ++it)
            if (it->role == Role::Assistant && it->toolCalls.empty())
                return it->content;
        return std::nullopt;
    };
    return sample.chosen ? lastAnswer(*sample.chosen) : lastAnswer(sample.messages);
}

} // namespace assay
