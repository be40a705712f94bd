#include "ui/panels/data/sample_pane.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/state_page.h"
#include "ui/panels/data/data_table_model.h"

#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

SamplePane::SamplePane(const Services& services, QWidget* parent)
    : QWidget(parent)
    , m_selection(services.selection)
    , m_project(services.project) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Sample"), this);
    outer->addWidget(m_card);
    m_channel = new Chip;
    m_state = new Chip;
    m_card->addChip(m_channel);
    m_card->addChip(m_state);
    auto* inspect = makeButton(tr("Inspect"));
    inspect->setToolTip(tr("See the probability of every token"));
    m_card->addControl(inspect);
    auto* review = makePrimaryButton(tr("Review"));
    review->setToolTip(tr("Judge this sample and the ones after it (Enter)"));
    m_card->addControl(review);
    connect(inspect, &QPushButton::clicked, this, &SamplePane::inspectWanted);
    connect(review, &QPushButton::clicked, this, &SamplePane::reviewWanted);
    m_view = new SampleView(services);
    m_stack = new StateStack(m_view);
    m_card->setBody(m_stack);
    m_stack->page()->showEmpty(
        tr("No sample chosen"), tr("Choose a row of the table to read its text here."));

    connect(m_selection, &SelectionContext::sampleChanged, this, &SamplePane::follow);
    connect(m_selection, &SelectionContext::projectChanged, this, &SamplePane::follow);
    connect(m_project, &ProjectAccess::changed, this, &SamplePane::follow);
    connect(m_view, &SampleView::edited, m_project, &ProjectAccess::noteChange);
}

bool SamplePane::isSettled() const {
    return !m_loading && m_view->isSettled();
}

void SamplePane::follow() {
    const auto id = m_selection->sample();
    if (!id) {
        m_card->setTitle(tr("Sample"));
        m_channel->set({}, Tone::Plain);
        m_state->set({}, Tone::Plain);
        m_view->clear();
        m_stack->page()->showEmpty(
            tr("No sample chosen"), tr("Choose a row of the table to read its text here."));
        m_stack->showPage();
        return;
    }
    m_loading = true;
    m_project->sample(*id, this, [this, id](Result<StoredSample> sample) {
        if (m_selection->sample() != id)
            return;
        m_loading = false;
        if (sample)
            return show(*sample);
        m_card->setTitle(tr("Sample %1").arg(*id));
        m_channel->set({}, Tone::Plain);
        m_state->set({}, Tone::Plain);
        m_stack->page()->showFailed(
            tr("The sample cannot be read"), errorParagraph(sample.error()));
        m_stack->showPage();
    });
}

void SamplePane::show(const StoredSample& sample) {
    const Provenance& source = sample.sample.provenance;
    m_card->setTitle(tr("Sample %1").arg(sample.id));
    m_card->setToolTip(source.file.empty()
            ? QString()
            : tr("%1, line %2").arg(QString::fromStdString(source.file)).arg(source.line));
    m_channel->set(QString::fromStdString(sample.sample.channel), Tone::Plain);
    const Tone tone = sample.status == ReviewStatus::Accepted ? Tone::Right
        : sample.status == ReviewStatus::Rejected             ? Tone::Wrong
                                                              : Tone::Plain;
    m_state->set(statusText(sample.status), tone);
    // An edit under way is not thrown away because something else in the project changed.
    const bool same = m_view->hasSample() && m_view->sample().id == sample.id
        && m_view->sample().revision == sample.revision;
    if (!same && !(m_view->isEditing() && m_view->sample().id == sample.id))
        m_view->showSample(sample);
    m_stack->showContent();
}

} // namespace assay
