#include "ui/panels/data/overview_page.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/finding_text.h"
#include "ui/common/fonts.h"
#include "ui/common/selection_context.h"
#include "ui/common/state_page.h"

#include <QComboBox>
#include <QDateTime>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace assay {

OverviewPage::OverviewPage(const Services& services, DataAccess* access, QWidget* parent)
    : QWidget(parent)
    , m_services(services)
    , m_access(access) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Overview"), this);
    outer->addWidget(m_card);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Overview of the data"));
    m_stack = new StateStack(m_scroll);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setWordWrap(true);
    m_problem->setContentsMargins(scaled(12), scaled(8), scaled(12), 0);
    m_problem->hide();
    body->addWidget(m_problem);
    body->addWidget(m_stack, 1);
    m_card->setBody(body);
    buildHeader();
    connect(m_stack->page(), &StatePage::activated, this, [this] {
        if (m_task.isRunning())
            m_task.cancel();
        else if (m_samples == 0)
            Q_EMIT importWanted();
        else
            check();
    });
    connect(&m_task, &BackgroundWork::progressed, this, [this](qint64 done, qint64 total) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(total > 0 ? int(1000 * done / total) : 0);
    });
    connect(m_services.selection, &SelectionContext::projectChanged, this, [this] {
        m_task.cancel();
        m_shown.reset();
        readModels();
        reload();
    });
    connect(m_services.project, &ProjectAccess::changed, this, &OverviewPage::reload);
}

void OverviewPage::buildHeader() {
    m_stale = new Chip;
    m_card->addChip(m_stale);
    m_stale->set({}, Tone::Caution);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(scaled(120));
    m_bar->setAccessibleName(tr("Progress of the check"));
    m_bar->hide();
    m_card->addControl(m_bar);
    m_cancel = makeButton(tr("Cancel"));
    m_cancel->hide();
    connect(m_cancel, &QPushButton::clicked, this, &OverviewPage::cancel);
    m_card->addControl(m_cancel);
    m_model = new QComboBox;
    m_model->setAccessibleName(tr("Tokenizer that counts the tokens"));
    m_model->setToolTip(tr("Tokens are counted with the tokenizer and the template of this model; "
                           "without one they are estimated from the characters."));
    m_model->addItem(tr("tokens estimated"));
    m_card->addControl(m_model);
    m_card->addControl(makeLabel(tr("cut beyond"), "secondary"));
    m_length = new QSpinBox;
    m_length->setRange(16, 1 << 22);
    m_length->setValue(2048);
    m_length->setSuffix(tr(" tokens"));
    m_length->setAccessibleName(tr("Tokens beyond which an answer is cut"));
    m_card->addControl(m_length);
    m_heldOut = new QComboBox;
    m_heldOut->setAccessibleName(tr("Held-out rows to look for leaks of"));
    m_heldOut->setToolTip(
        tr("Which rows a model is judged by. Rows that share 12 words with one of "
           "them are leaks."));
    m_heldOut->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_heldOut->setMinimumContentsLength(14);
    m_heldOut->addItem(tr("no held-out rows"));
    m_card->addControl(m_heldOut);
    m_check = makeButton(tr("Check"));
    connect(m_check, &QPushButton::clicked, this, &OverviewPage::check);
    m_card->addControl(m_check);
}

void OverviewPage::readModels() {
    if (m_services.selection->project().isEmpty())
        return;
    m_services.project->models(this, [this](Result<std::vector<ProjectModel>> models) {
        if (!models)
            return;
        m_models = std::move(*models);
        const QString chosen = m_model->currentText();
        while (m_model->count() > 1)
            m_model->removeItem(1);
        for (const ProjectModel& model : m_models)
            m_model->addItem(
                model.step >= 0 ? tr("%1, step %2").arg(model.name).arg(model.step) : model.name);
        m_model->setCurrentIndex(std::max(0, m_model->findText(chosen)));
    });
}

void OverviewPage::readHeldOut() {
    m_access->views(this, [this](Result<std::vector<SavedView>> views) {
        m_access->choices(this, [this, views = std::move(views)](Result<FilterChoices> choices) {
            const int index = m_heldOut->currentIndex();
            const QString chosen
                = index > 0 ? m_heldOutChoices[std::size_t(index) - 1].first : QString();
            m_heldOutChoices.clear();
            if (views)
                for (const SavedView& view : *views)
                    m_heldOutChoices.emplace_back(
                        tr("view “%1”").arg(QString::fromStdString(view.name)), view.filter);
            if (choices && choices->channels.size() > 1)
                for (const CountByName& channel : choices->channels) {
                    SampleFilter filter;
                    filter.channels = {channel.name};
                    m_heldOutChoices.emplace_back(
                        tr("channel “%1”").arg(QString::fromStdString(channel.name)), filter);
                }
            while (m_heldOut->count() > 1)
                m_heldOut->removeItem(1);
            for (const auto& [name, filter] : m_heldOutChoices)
                m_heldOut->addItem(tr("leaks of %1").arg(name));
            const QString last = m_shown && chosen.isEmpty()
                ? QString::fromStdString(m_shown->overview.heldOutName)
                : chosen;
            for (std::size_t i = 0; i < m_heldOutChoices.size(); ++i)
                if (m_heldOutChoices[i].first == last)
                    m_heldOut->setCurrentIndex(int(i) + 1);
        });
    });
}

void OverviewPage::reload() {
    if (m_services.selection->project().isEmpty())
        return;
    m_loading = true;
    m_access->overview(this, [this](Result<StoredChecks> stored) {
        m_loading = false;
        if (!stored) {
            m_stack->page()->showFailed(tr("The overview cannot be read"),
                errorParagraph(stored.error()), tr("Check again"));
            m_stack->showPage();
            return;
        }
        m_samples = stored->samples;
        const bool same
            = m_shown && stored->overview && m_shown->createdMs == stored->overview->createdMs;
        m_shown = std::move(stored->overview);
        if (m_shown && !same)
            show(*m_shown);
        showState();
        readHeldOut();
    });
}

void OverviewPage::showState() {
    const bool running = m_task.isRunning();
    m_bar->setVisible(running && m_shown);
    m_cancel->setVisible(running && m_shown);
    m_check->setEnabled(!running && m_samples > 0);
    m_model->setEnabled(!running);
    m_length->setEnabled(!running);
    m_heldOut->setEnabled(!running);
    m_check->setText(m_shown ? tr("Check again") : tr("Check"));
    m_stale->set(m_shown && m_shown->stale ? tr("out of date: the data changed since") : QString(),
        Tone::Caution);
    if (m_shown && m_samples > 0)
        return m_stack->showContent();
    StatePage* page = m_stack->page();
    const QString samples = QLocale().toString(m_samples);
    if (running)
        page->showLoading(tr("Looking through %1 samples").arg(samples),
            tr("You can go on working meanwhile."), tr("Cancel"));
    else if (m_samples == 0)
        page->showEmpty(tr("No samples yet"),
            tr("Import a data file, and this page says what is in it: lengths, duplicates, "
               "contradictions, broken rows, languages."),
            tr("Import a file…"));
    else
        page->showEmpty(tr("Not looked through yet"),
            tr("Lengths, exact duplicates, the same question with different answers, broken roles "
               "and tool calls, boilerplate, languages: no model is needed."),
            tr("Check %1 samples").arg(samples));
    m_stack->showPage();
}

void OverviewPage::check() {
    if (m_task.isRunning() || m_services.selection->project().isEmpty())
        return;
    const int model = m_model->currentIndex() - 1;
    CheckRequest request;
    request.maxLength = m_length->value();
    if (model >= 0 && model < int(m_models.size())) {
        request.modelFolder = m_models[std::size_t(model)].folder;
        request.modelName = m_model->currentText();
    }
    if (const int rows = m_heldOut->currentIndex();
        rows > 0 && rows <= int(m_heldOutChoices.size())) {
        request.heldOutName = m_heldOutChoices[std::size_t(rows) - 1].first;
        request.heldOut = m_heldOutChoices[std::size_t(rows) - 1].second;
    }
    m_problem->hide();
    m_bar->setRange(0, 0);
    m_task.start<Overview>(
        m_services.selection->project(),
        [request](Project& project, const ProgressFunction& progress, const StopToken& stop) {
            return checkWork(project, request, progress, stop);
        },
        [this](Result<Overview> overview) {
            if (!overview && overview.error().code != "cancelled") {
                m_problem->setText(errorParagraph(overview.error()));
                m_problem->show();
            }
            showState();
            if (overview) // rows now show their tokens, and findings can be filtered by
                m_services.project->noteChange();
        });
    showState();
}

QPushButton* OverviewPage::number(const QString& name) const {
    return m_scroll->widget() ? m_scroll->widget()->findChild<QPushButton*>(name) : nullptr;
}

QPushButton* OverviewPage::makeLink(
    const QString& name, const QString& text, const SampleFilter& filter, SampleOrder order) {
    auto* link = new QPushButton(text);
    link->setObjectName(name);
    link->setFont(monoFont());
    link->setCursor(Qt::PointingHandCursor);
    link->setToolTip(tr("Show these rows"));
    link->setAccessibleDescription(tr("Show these rows"));
    setLook(link, "link");
    connect(link, &QPushButton::clicked, this, [this, filter, order] {
        m_services.selection->setFilter(filter);
        Q_EMIT rowsWanted(order);
    });
    return link;
}

void OverviewPage::show(const StoredOverview& stored) {
    const Overview& overview = stored.overview;
    m_length->setValue(int(std::min<qint64>(overview.maxLength, m_length->maximum())));
    auto* page = new QFrame;
    setLook(page, "bar");
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(scaled(16), scaled(14), scaled(16), scaled(16));
    column->setSpacing(scaled(18));
    column->addWidget(makeTiles(overview));
    column->addWidget(makeFindings(overview));
    column->addWidget(makeLanguages(overview));
    column->addWidget(makeChannels(overview));
    auto* made
        = makeLabel(tr("Checked %1 with rules version %2.")
                        .arg(QLocale().toString(
                            QDateTime::fromMSecsSinceEpoch(stored.createdMs), QLocale::ShortFormat))
                        .arg(overview.rulesVersion),
            "secondary");
    column->addWidget(made);
    column->addStretch(1);
    m_scroll->setWidget(page);
}

} // namespace assay
