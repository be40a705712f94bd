#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/state_page.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/text_writer.h"

#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

namespace assay {

namespace {

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

void InspectPanel::updateTitle() {
    m_back->setVisible(!m_ownTitle.isEmpty() && m_selection->sample().has_value());
    if (m_sample) {
        const QString channel = QString::fromStdString(m_sample->sample.channel);
        m_card->setTitle(channel.isEmpty() ? tr("Sample %1").arg(m_sample->id)
                                           : tr("Sample %1 · %2").arg(m_sample->id).arg(channel));
        m_status->set(statusWord(m_sample->status), statusTone(m_sample->status));
        return;
    }
    const auto id = m_selection->sample();
    m_card->setTitle(!m_ownTitle.isEmpty() ? m_ownTitle
            : id                           ? tr("Sample %1").arg(*id)
                                           : tr("Sample"));
    m_status->set(QString(), Tone::Plain);
}

/// The strip where there is one, else what stands in its place.
void InspectPanel::updatePage() {
    m_cancel->setVisible(m_text->isBusy());
    if (m_content->currentWidget() == m_writer || m_text->record()) {
        m_action = PageAction::None;
        m_stack->showContent();
        return;
    }
    StatePage* page = m_stack->page();
    const ModelChoice model = m_selection->activeModel();
    m_stack->showPage();
    const Branch* branch = m_text->current();
    if (!branch && m_sampleLoading) {
        m_action = PageAction::None;
        return page->showLoading(tr("Reading the sample"), QString());
    }
    if (!branch && m_selection->sample())
        return; // it could not be read; the page says why
    if (model.isEmpty()) {
        m_action = PageAction::OpenModel;
        return page->showEmpty(tr("No model yet"),
            tr("Open a model folder, or train a model: the text is then coloured by how surprising "
               "each token was to it."),
            tr("Open model folder…"));
    }
    if (!branch) {
        m_action = PageAction::Write;
        return page->showEmpty(tr("No sample chosen"),
            tr("Choose one in Data or in the list of samples: its text appears here, token by "
               "token, as a model sees it. Or write a text of your own."),
            tr("Write a text…"));
    }
    if (m_models->session()->state() == EngineSession::State::Failed)
        return showFailure(m_models->session()->failure());
    if (branch->error)
        return showFailure(*branch->error);
    if (m_cancelled) {
        m_action = PageAction::TryAgain;
        return page->showEmpty(tr("Cancelled"), tr("The text was not scored."), tr("Score it"));
    }
    m_action = PageAction::Cancel;
    if (m_text->progress() > 0)
        page->showLoading(tr("Scoring under %1").arg(model.name),
            tr("%n token(s) so far", nullptr, int(m_text->progress())), tr("Cancel"));
    else
        page->showLoading(tr("Loading %1").arg(model.name), QString(), tr("Cancel"));
}

void InspectPanel::showFailure(const Error& error) {
    if (m_text->record()) {
        // The text stands; what went wrong is said below it.
        m_notice->setText(errorParagraph(error));
        m_notice->show();
        return;
    }
    StatePage* page = m_stack->page();
    m_stack->showPage();
    const bool engineGone = m_models->session()->state() == EngineSession::State::Failed;
    const QString code = QString::fromStdString(error.code);
    if (engineGone) {
        m_action = PageAction::RestartEngine;
        page->showFailed(
            tr("The engine is not running"), errorParagraph(error), tr("Restart the engine"));
    } else if (code.contains(QLatin1String("template")) && m_picker->templateName().isEmpty()) {
        m_action = PageAction::UsePlainTemplate;
        if (error.code != "analysis.no_template") {
            // The model has one, which refuses this conversation or is wrong.
            page->showFailed(tr("The model's chat template cannot be used here"),
                errorParagraph(error), tr("Use the plain template"));
            return;
        }
        page->showFailed(tr("This model has no chat template"),
            tr("A conversation becomes text through a template, and %1 names none that is known "
               "here. The plain template writes the turns one after the other; the others are in "
               "the model menu.")
                .arg(m_selection->activeModel().name),
            tr("Use the plain template"));
    } else {
        const bool held = m_text->current() != nullptr;
        m_action = held ? PageAction::ChooseModel : PageAction::TryAgain;
        page->showFailed(tr("This text cannot be shown"), errorParagraph(error),
            held ? tr("Choose another model") : tr("Try again"));
    }
}

void InspectPanel::act() {
    switch (m_action) {
    case PageAction::None:
        return;
    case PageAction::OpenModel:
        return openModelFolder();
    case PageAction::RestartEngine:
        return m_models->session()->restart();
    case PageAction::UsePlainTemplate:
        return m_picker->setTemplateName(QStringLiteral("plain"));
    case PageAction::ChooseModel:
        return m_picker->showMenu();
    case PageAction::Write:
        return askForOwnText();
    case PageAction::TryAgain:
        m_cancelled = false;
        if (!m_text->current())
            return loadSample();
        m_text->resume();
        return updatePage();
    case PageAction::Cancel:
        m_cancelled = true;
        m_text->cancel();
        return updatePage();
    }
}

} // namespace assay
