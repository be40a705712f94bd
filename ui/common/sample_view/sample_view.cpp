#include "ui/common/sample_view/sample_view.h"

#include "core/data/source_shape.h"
#include "core/quality/checks.h"
#include "core/text/chat_template.h"
#include "ui/common/controls.h"
#include "ui/common/elided_label.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_input.h"
#include "ui/common/sample_view/finding_chips.h"
#include "ui/common/sample_view/fold.h"
#include "ui/common/sample_view/score_turns.h"
#include "ui/common/sample_view/turn_editor.h"
#include "ui/common/sample_view/turn_text.h"
#include "ui/common/settings.h"
#include "ui/service/engine_models.h"
#include "ui/service/token_counter.h"

#include <QDateTime>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace assay {

SampleView::SampleView(const Services& services, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_access(services.project)
    , m_counter(std::make_unique<TokenCounter>())
    , m_rendered(services.settings && services.settings->get(Settings::keys().markdownRendered)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildBar(column);
    m_findings = new FindingChips(services, this);
    column->addWidget(m_findings);
    connect(m_findings, &FindingChips::redactionWanted, this, &SampleView::redact);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_scroll->setAccessibleName(tr("Sample"));
    column->addWidget(m_scroll, 1);
    if (m_services.project)
        connect(m_services.project, &ProjectAccess::changed, this, [this] {
            if (m_sample) // a check may have finished
                m_findings->showFor(m_sample->id);
        });
    connect(m_services.selection, &SelectionContext::modelsChanged, this, [this] {
        m_templateMissing = false;
        count();
        renewScoreControls();
        if (m_scores == Scores::Always && m_sample)
            score();
    });
}

SampleView::~SampleView() = default;

bool SampleView::isSettled() const {
    return m_scoring == 0 && !m_counting && !m_saving && m_findings->isSettled();
}

void SampleView::buildBar(QVBoxLayout* column) {
    auto* bar = new QWidget(this);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(2));
    row->setSpacing(scaled(8));
    m_total = makeLabel(QString(), "secondary", bar);
    m_note = new ElidedLabel(bar);
    setLook(m_note, "secondary");
    m_note->setFont(secondaryFont());
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_scoreButton = makeButton(tr("Loss of the answers"), bar);
    setLook(m_scoreButton, "link");
    m_scoreButton->setFont(secondaryFont());
    m_scoreButton->setFocusPolicy(Qt::TabFocus);
    m_form = new SegmentedSwitch(bar);
    m_form->add(tr("as is"), tr("The text exactly as it is trained on"));
    m_form->add(tr("Markdown"), tr("The text as Markdown shows it"));
    m_form->setAccessibleName(tr("How texts are shown"));
    m_form->setCurrent(m_rendered ? 1 : 0);
    row->addWidget(m_total);
    row->addWidget(m_note, 1);
    m_templateButton = makeButton(tr("Chat template"), bar);
    setLook(m_templateButton, "picker");
    m_templateButton->setObjectName(QStringLiteral("sampleTemplate"));
    m_templateButton->setFont(secondaryFont());
    m_templateButton->setToolTip(tr("A conversation becomes text through a template; this model "
                                    "names none that is known here."));
    m_templateButton->setAccessibleName(tr("Chat template"));
    m_templateButton->hide();
    auto* templates = new QMenu(m_templateButton);
    for (const std::string& name : builtInTemplateNames())
        connect(templates->addAction(QString::fromStdString(name)), &QAction::triggered, this,
            [this, name] { chooseTemplate(QString::fromStdString(name)); });
    m_templateButton->setMenu(templates);
    row->addWidget(m_templateButton);
    row->addWidget(m_scoreButton);
    row->addWidget(m_form);
    column->addWidget(bar);
    connect(m_form, &SegmentedSwitch::changed, this, [this](int index) {
        m_rendered = index == 1;
        if (m_services.settings)
            m_services.settings->set(Settings::keys().markdownRendered, m_rendered);
        for (const auto& [place, turn] : m_turns)
            turn->setRendered(m_rendered);
    });
    connect(m_scoreButton, &QPushButton::clicked, this, &SampleView::score);
    renewScoreControls();
}

void SampleView::showSample(const StoredSample& sample) {
    const bool same = m_sample && m_sample->id == sample.id;
    const bool sameText = same && m_sample->revision == sample.revision;
    const int scrolled = same ? m_scroll->verticalScrollBar()->value() : 0;
    if (m_scoring != 0)
        m_services.models->cancel(m_scoring);
    m_scoring = 0;
    ++m_generation;
    m_sample = sample;
    if (!same) {
        m_losses.clear();
        m_loss.reset();
        m_stale = false;
        m_opened.clear();
    } else if (!sameText) {
        m_stale = true;
        for (auto& [place, loss] : m_losses)
            loss.stale = true;
    }
    m_spans.clear();
    m_tokens.clear();
    m_toolTokens = -1;
    rebuild();
    if (scrolled > 0) {
        m_page->layout()->activate();
        m_scroll->verticalScrollBar()->setValue(scrolled);
    }
    count();
    m_findings->showFor(sample.id);
    renewScoreControls();
    if (m_scores == Scores::Always && !(sameText && m_loss))
        score();
}

void SampleView::clear() {
    if (m_scoring != 0)
        m_services.models->cancel(m_scoring);
    m_scoring = 0;
    ++m_generation;
    m_sample.reset();
    m_turns.clear();
    m_folds.clear();
    m_losses.clear();
    m_loss.reset();
    delete m_scroll->takeWidget();
    m_page = nullptr;
    m_findings->clear();
    m_total->clear();
    renewScoreControls();
}

void SampleView::setScores(Scores scores) {
    if (m_scores == scores)
        return;
    m_scores = scores;
    if (scores == Scores::Hidden) {
        if (m_scoring != 0)
            m_services.models->cancel(m_scoring);
        m_scoring = 0;
        m_losses.clear();
        m_loss.reset();
    }
    renewNotes();
    renewScoreControls();
    if (scores == Scores::Always && m_sample && !m_loss)
        score();
}

void SampleView::score() {
    const ModelChoice model = m_services.selection->activeModel();
    if (!m_sample || model.isEmpty() || m_scores == Scores::Hidden)
        return;
    if (m_scoring != 0)
        m_services.models->cancel(m_scoring);
    m_scoredName = modelWithCheckpoint(model.name, model.folder);
    if (const QString name = chosenTemplate(); !name.isEmpty() && !m_sample->sample.text)
        m_scoredName = tr("%1 with the template %2").arg(m_scoredName, name);
    m_note->setText(tr("scoring under %1…").arg(m_scoredName));
    scoreInput(m_sample->sample, false);
}

void SampleView::scoreInput(const Sample& sample, bool rejected) {
    m_scoring = m_services.models->score(
        {m_services.selection->activeModel().folder, chosenTemplate(), sampleInput(sample).input,
            0},
        this,
        [this](qint64 tokens) {
            m_note->setText(
                tr("scoring under %1: %n token(s)…", nullptr, int(tokens)).arg(m_scoredName));
        },
        [this, rejected](Result<ScoreRecord> record) { showScore(std::move(record), rejected); });
}

void SampleView::showScore(Result<ScoreRecord> record, bool rejected) {
    m_scoring = 0;
    m_note->setToolTip(QString());
    const Sample& sample = m_sample->sample;
    m_templateMissing = !record && record.error().code.find("template") != std::string::npos;
    if (!record) {
        m_note->setText(tr("no loss: %1").arg(errorMessage(record.error())));
        m_note->setToolTip(errorParagraph(record.error()));
        m_losses.clear();
        m_loss.reset();
    } else if (rejected) {
        Sample other = sample;
        other.chosen = other.rejected;
        for (auto& [place, loss] : lossOfTurns(*record, other, m_scoredName))
            if (place.list == TurnPlace::List::Chosen)
                m_losses[{TurnPlace::List::Rejected, place.index}] = loss;
    } else {
        m_losses = lossOfTurns(*record, sample, m_scoredName);
        m_loss = answerLoss(*record);
        if (sample.text) {
            TurnLoss loss{0, 0, m_scoredName, false, {}};
            for (const ScoreRecord::Token& token : record->tokens)
                if (token.scored) {
                    loss.mean -= token.logprob;
                    ++loss.tokens;
                }
            loss.mean /= std::max(1, loss.tokens);
            if (loss.tokens > 0) {
                m_loss = loss.mean;
                m_losses[{TurnPlace::List::Text, 0}] = std::move(loss);
            }
        }
        m_stale = false;
        renewScoreControls();
        // Of a pair the other answer too: behind the same prompt.
        if (sample.rejected) {
            Sample other = sample;
            other.chosen = other.rejected;
            scoreInput(other, true);
        }
    }
    renewNotes();
    m_templateButton->setVisible(m_templateMissing || !chosenTemplate().isEmpty());
    if (m_scoring == 0)
        Q_EMIT scored();
}

QString SampleView::chosenTemplate() const {
    const auto found = m_templates.find(m_services.selection->activeModel().folder);
    return found == m_templates.end() ? QString() : found->second;
}

void SampleView::chooseTemplate(const QString& name) {
    m_templates[m_services.selection->activeModel().folder] = name;
    m_templateMissing = false;
    m_loss.reset();
    m_losses.clear();
    score();
}

std::optional<double> SampleView::shownLoss() const {
    return m_stale ? std::nullopt : m_loss;
}

void SampleView::renewScoreControls() {
    const ModelChoice model = m_services.selection->activeModel();
    const bool possible = m_scores != Scores::Hidden && !model.isEmpty() && m_sample;
    m_scoreButton->setVisible(
        possible && (m_scores == Scores::OnDemand || m_stale || !m_loss) && (!m_loss || m_stale));
    m_scoreButton->setText(m_stale && m_loss ? tr("Score again") : tr("Loss of the answers"));
    m_scoreButton->setToolTip(tr("Under %1").arg(modelWithCheckpoint(model.name, model.folder)));
    m_scoreButton->setAccessibleName(m_scoreButton->text());
    m_templateButton->setVisible(possible && (m_templateMissing || !chosenTemplate().isEmpty()));
    m_templateButton->setText(chosenTemplate().isEmpty()
            ? tr("Choose a chat template")
            : tr("Template: %1").arg(chosenTemplate()));
    if (m_scores == Scores::Hidden || !m_sample)
        m_note->clear();
    else if (m_loss)
        m_note->setText(m_stale ? tr("mean loss %1 under %2, before the edit")
                                      .arg(QLocale().toString(*m_loss, 'f', 2), m_scoredName)
                                : tr("mean loss %1 nats under %2")
                                      .arg(QLocale().toString(*m_loss, 'f', 2), m_scoredName));
    else if (m_scoring == 0)
        m_note->clear();
}

void SampleView::count() {
    if (!m_sample)
        return;
    const ModelChoice model = m_services.selection->activeModel();
    m_tokens.clear();
    m_toolTokens = -1;
    std::vector<TurnPlace> places;
    std::vector<std::string> texts;
    const Sample& sample = m_sample->sample;
    const auto add = [&](const std::vector<Message>& messages, TurnPlace::List list) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            places.push_back({list, int(i)});
            texts.push_back(countedText(messages[i]));
        }
    };
    add(sample.messages, TurnPlace::List::Messages);
    if (sample.chosen)
        add(*sample.chosen, TurnPlace::List::Chosen);
    if (sample.rejected)
        add(*sample.rejected, TurnPlace::List::Rejected);
    if (sample.text) {
        places.push_back({TurnPlace::List::Text, 0});
        texts.push_back(*sample.text);
    }
    texts.push_back(sample.tools);
    if (model.isEmpty()) {
        m_counting = false;
        return renewNotes();
    }
    m_counting = true;
    m_counter->count(model.folder, std::move(texts), this,
        [this, places = std::move(places), generation = m_generation, model](
            const std::vector<int>& counts) {
            if (generation != m_generation || model != m_services.selection->activeModel())
                return;
            m_counting = false;
            if (counts.size() == places.size() + 1) {
                for (std::size_t i = 0; i < places.size(); ++i)
                    m_tokens[places[i]] = counts[i];
                m_toolTokens = counts.back();
            }
            renewNotes();
        });
}

int SampleView::tokensOf(TurnPlace place) const {
    const auto found = m_tokens.find(place);
    return found == m_tokens.end() ? -1 : found->second;
}

void SampleView::renewNotes() {
    if (!m_sample)
        return;
    for (const auto& [place, turn] : m_turns) {
        turn->setTokens(tokensOf(place));
        const auto loss = m_losses.find(place);
        turn->setLoss(loss == m_losses.end() ? std::nullopt : std::optional(loss->second));
        const auto spans = m_spans.find(place);
        turn->setSpans(spans == m_spans.end() ? std::vector<TurnSpan>() : spans->second);
    }
    for (const auto& [place, fold] : m_folds)
        if (const Message* message = messageAt(place))
            fold->line()->setNote(lengthNote(tokensOf(place), countedText(*message)));
    if (m_toolsFold)
        m_toolsFold->line()->setNote(lengthNote(m_toolTokens, m_sample->sample.tools));
    QStringList facts;
    const Provenance& from = m_sample->sample.provenance;
    if (!from.file.empty())
        facts << tr("%1 : %2").arg(
            QFileInfo(QString::fromStdString(from.file)).fileName(), QLocale().toString(from.line));
    if (!m_tokens.empty()) {
        int sum = std::max(0, m_toolTokens);
        for (const auto& [place, tokens] : m_tokens)
            sum += tokens;
        facts << tr("%Ln token(s) without the template", nullptr, sum);
    }
    m_total->setText(facts.join(QStringLiteral(" · ")));
    m_total->setToolTip(QString::fromStdString(from.file));
}

const Message* SampleView::messageAt(TurnPlace place) const {
    const Sample& sample = m_sample->sample;
    const std::vector<Message>* list = &sample.messages;
    if (place.list == TurnPlace::List::Chosen)
        list = sample.chosen ? &*sample.chosen : nullptr;
    else if (place.list == TurnPlace::List::Rejected)
        list = sample.rejected ? &*sample.rejected : nullptr;
    else if (place.list == TurnPlace::List::Text)
        list = nullptr;
    return list && place.index < int(list->size()) ? &(*list)[std::size_t(place.index)] : nullptr;
}

void SampleView::setSpans(const std::map<TurnPlace, std::vector<TurnSpan>>& spans) {
    m_spans = spans;
    for (const auto& [place, turn] : m_turns) {
        const auto found = m_spans.find(place);
        turn->setSpans(found == m_spans.end() ? std::vector<TurnSpan>() : found->second);
    }
}

std::optional<SampleView::Selected> SampleView::selectedText() const {
    for (const auto& [place, turn] : m_turns) {
        const auto [begin, end] = turn->selectedBytes();
        if (begin < end)
            return Selected{place, begin, end};
    }
    return std::nullopt;
}

std::vector<TurnView*> SampleView::turns() const {
    std::vector<TurnView*> views;
    for (const auto& [place, turn] : m_turns)
        views.push_back(turn);
    return views;
}

Json SampleView::seen() const {
    Json seen = {{"mode", "opened"}};
    if (m_loss && !m_stale && m_scores != Scores::Hidden) {
        seen["model_loss"] = *m_loss;
        seen["model"] = m_scoredName.toStdString();
    }
    if (!m_opened.isEmpty()) {
        seen["unfolded"] = Json::array();
        for (const QString& part : m_opened)
            seen["unfolded"].push_back(part.toStdString());
    }
    return seen;
}

void SampleView::startEdit() {
    if (!m_sample)
        return;
    const Sample& sample = m_sample->sample;
    if (sample.text)
        return startEdit({TurnPlace::List::Text, 0});
    if (sample.chosen && !sample.chosen->empty())
        return startEdit({TurnPlace::List::Chosen, int(sample.chosen->size()) - 1});
    for (int i = int(sample.messages.size()) - 1; i >= 0; --i)
        if (sample.messages[std::size_t(i)].role == Role::Assistant)
            return startEdit({TurnPlace::List::Messages, i});
}

void SampleView::startEdit(TurnPlace place) {
    const auto found = m_turns.find(place);
    if (found == m_turns.end())
        return;
    for (const auto& [other, turn] : m_turns)
        if (turn->editor() && other != place)
            return finishEdit([this, place](bool saved) {
                if (saved)
                    startEdit(place);
            });
    found->second->startEdit();
    m_editBegan = QDateTime::currentMSecsSinceEpoch();
    m_page->layout()->activate();
    m_scroll->ensureWidgetVisible(found->second, 0, scaled(40));
    Q_EMIT editStarted();
}

bool SampleView::isEditing() const {
    return std::ranges::any_of(m_turns, [](const auto& turn) { return turn.second->editor(); });
}

void SampleView::finishEdit(std::function<void(bool)> done) {
    for (const auto& [place, turn] : m_turns) {
        TurnEditor* editor = turn->editor();
        if (!editor)
            continue;
        if (!editor->isChanged()) {
            turn->endEdit();
            continue;
        }
        m_afterSave = std::move(done);
        if (!editor->save()) {
            const auto after = std::exchange(m_afterSave, {});
            after(false);
        }
        return;
    }
    done(true);
}

void SampleView::saveTurn(TurnPlace place, const Message& message) {
    Decision decision;
    decision.kind = EventKind::Edit;
    decision.samples = {m_sample->id};
    decision.author = m_services.settings->author().toStdString();
    decision.activeMs
        = std::min<qint64>(QDateTime::currentMSecsSinceEpoch() - m_editBegan, 30 * 60 * 1000);
    decision.edited = m_sample->sample;
    Sample& sample = *decision.edited;
    if (place.list == TurnPlace::List::Text)
        sample.text = message.content;
    else if (place.list == TurnPlace::List::Chosen)
        (*sample.chosen)[std::size_t(place.index)] = message;
    else if (place.list == TurnPlace::List::Rejected)
        (*sample.rejected)[std::size_t(place.index)] = message;
    else
        sample.messages[std::size_t(place.index)] = message;
    recordEdit(std::move(decision));
}

void SampleView::redact(const QString& check) {
    if (!m_sample || m_saving || isEditing())
        return;
    Decision decision;
    decision.kind = EventKind::Edit;
    decision.samples = {m_sample->id};
    decision.author = m_services.settings->author().toStdString();
    decision.edited = redacted(check.toStdString(), m_sample->sample);
    if (decision.edited)
        recordEdit(std::move(decision));
}

void SampleView::recordEdit(Decision decision) {
    decision.saw = seen();
    m_saving = true;
    m_access.edit(
        std::move(decision), this, [this, id = m_sample->id](Result<StoredSample> stored) {
            m_saving = false;
            const auto after = std::exchange(m_afterSave, {});
            if (!stored) {
                // The editor stays open with what was typed.
                m_note->setText(tr("not saved: %1").arg(errorMessage(stored.error())));
                m_note->setToolTip(errorParagraph(stored.error()));
                if (after)
                    after(false);
                return;
            }
            if (m_sample && m_sample->id == id) {
                showSample(*stored);
                m_scroll->setFocus();
            }
            Q_EMIT edited(*stored);
            if (after)
                after(true);
        });
}

void SampleView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layPair();
}

} // namespace assay
