#include "ui/panels/compare/compare_panel.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/common/state_page.h"
#include "ui/panels/compare/cell_card.h"
#include "ui/panels/compare/continuations.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include <algorithm>
#include <utility>

// What the panel asks of the engine and what it does with the answers.

namespace assay {

namespace {

constexpr int alternativesPerToken = 10;
constexpr int longestAnswer = 256;

} // namespace

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
    Json extra = {{"answer", *question->answer}};
    if (question->reference && question->reference != question->answer)
        extra["reference"] = *question->reference;
    compareAnswer(*question, std::move(extra));
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
            if (params.contains("messages") && !m_template.isEmpty())
                params["template"] = m_template.toStdString();
            else if (params.contains("messages"))
                params["template_of"] = loaded->tuned.handle;
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
    // Without common ids there is only one measure; the one chosen before comes back afterwards.
    if (!m_record->shared && m_measureBefore < 0) {
        m_measureBefore = m_measure->current();
        m_measure->setCurrent(int(LaneMeasure::Delta));
    } else if (m_record->shared && m_measureBefore >= 0) {
        m_measure->setCurrent(std::exchange(m_measureBefore, -1));
    }
    // Long answers start with what changed.
    const bool isLong = answerCells > longAnswer;
    if (isLong && !m_onlyChanged->isChecked()) {
        m_onlyChanged->setChecked(true);
        m_foldedItself = true;
    } else if (!isLong && m_foldedItself) {
        m_onlyChanged->setChecked(false);
        m_foldedItself = false;
    }
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

} // namespace assay
