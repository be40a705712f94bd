#include "ui/panels/train/queue_view.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

QueueCard::QueueCard(TrainLauncher* launcher, QWidget* parent)
    : QWidget(parent)
    , m_launcher(launcher) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* card = new Card(tr("Queue"), this);
    outer->addWidget(card);
    m_up = makeButton(tr("Up"));
    m_down = makeButton(tr("Down"));
    m_remove = makeButton(tr("Remove"));
    m_remove->setToolTip(tr("Takes the run out of the queue. Its folder stays; it can be started "
                            "from the Runs panel."));
    m_pause = makeButton(tr("Pause"));
    for (QPushButton* button : {m_up, m_down, m_remove, m_pause})
        card->addControl(button);
    auto* body = new QWidget;
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_list = new QListWidget;
    m_list->setAccessibleName(tr("Runs of the queue, the next one first"));
    m_list->setUniformItemSizes(true);
    m_stack = new StateStack(m_list);
    column->addWidget(m_stack, 1);
    auto* foot = new QWidget;
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(scaled(12), scaled(4), scaled(12), scaled(6));
    m_state = makeLabel(QString(), "note");
    m_state->setWordWrap(true);
    m_clear = makeButton(tr("Dismiss"));
    line->addWidget(m_state, 1);
    line->addWidget(m_clear);
    column->addWidget(foot);
    card->setBody(body);
    m_stack->page()->showEmpty(tr("Nothing waits"),
        tr("Runs added to the queue are trained one after another, also while this window is "
           "closed."));
    connect(m_launcher, &TrainLauncher::queueChanged, this, &QueueCard::show);
    connect(m_launcher, &TrainLauncher::queueFailed, this, [this](const Error& error) {
        m_state->setText(errorParagraph(error));
        m_state->show();
    });
    connect(m_list, &QListWidget::currentRowChanged, this, &QueueCard::showButtons);
    connect(m_up, &QPushButton::clicked, this,
        [this] { m_launcher->move(chosen(), m_list->currentRow() - 1); });
    connect(m_down, &QPushButton::clicked, this,
        [this] { m_launcher->move(chosen(), m_list->currentRow() + 1); });
    connect(m_remove, &QPushButton::clicked, this, [this] { m_launcher->remove(chosen()); });
    connect(m_clear, &QPushButton::clicked, this, [this] { m_launcher->clearProblems(); });
    connect(m_pause, &QPushButton::clicked, this, [this] {
        const QueueView& queue = m_launcher->queue();
        if (!queue.paused && !queue.running)
            return m_launcher->startQueue();
        m_launcher->setPaused(!queue.paused);
    });
    show();
}

QString QueueCard::chosen() const {
    const QListWidgetItem* item = m_list->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void QueueCard::show() {
    const QueueView& queue = m_launcher->queue();
    const QString before = chosen();
    m_list->clear();
    int row = 0;
    for (const QueuedJob& job : queue.jobs) {
        QString text = tr("%1. %2").arg(row + 1).arg(job.name);
        if (job.running)
            text += tr("  ·  running, %1 %").arg(int(100 * job.progress));
        auto* item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, job.folder);
        item->setToolTip(job.folder);
        if (job.folder == before)
            m_list->setCurrentItem(item);
        ++row;
    }
    if (queue.jobs.empty())
        m_stack->showPage();
    else
        m_stack->showContent();
    QStringList words;
    if (!queue.jobs.empty() && queue.paused)
        words.append(tr("Paused: no further run is begun; the one that runs goes on."));
    else if (!queue.jobs.empty() && !queue.running)
        words.append(tr("The queue's process is not running. Start it to go on."));
    for (const JobQueue::Problem& problem : queue.problems)
        words.append(
            tr("✕ %1: %2").arg(QString::fromStdString(problem.job), errorMessage(problem.error)));
    m_state->setText(words.join(QLatin1Char('\n')));
    m_state->setVisible(!words.isEmpty());
    m_clear->setVisible(!queue.problems.empty());
    showButtons();
}

void QueueCard::showButtons() {
    const QueueView& queue = m_launcher->queue();
    const int row = m_list->currentRow();
    const int count = m_list->count();
    const bool firstRuns = !queue.jobs.empty() && queue.jobs.front().running;
    const int first = firstRuns ? 1 : 0;
    m_up->setEnabled(row > first);
    m_down->setEnabled(row >= first && row + 1 < count);
    m_remove->setEnabled(row >= 0);
    const bool starts = !queue.paused && !queue.running;
    m_pause->setText(queue.paused ? tr("Resume") : starts ? tr("Start") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
    m_pause->setEnabled(!queue.jobs.empty() || queue.paused);
}

} // namespace assay
