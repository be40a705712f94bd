// How the review is laid out, and what is set up in it: the other half of ReviewPanel.
#include "ui/panels/review/review_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/review/criteria_view.h"
#include "ui/panels/review/key_button.h"
#include "ui/panels/review/key_dialog.h"
#include "ui/panels/review/task_dialog.h"

#include <QAction>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QScrollArea>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

namespace assay {

void ReviewPanel::buildSample() {
    setMinimumWidth(scaled(560));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    m_card = new Card(tr("Review"), this);
    m_status = new Chip;
    m_channel = new Chip;
    m_card->addChip(m_status);
    m_card->addChip(m_channel);
    m_progress = makeLabel(QString(), "secondary");
    m_bar = new QProgressBar;
    m_bar->setFixedWidth(scaled(90));
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the queue"));
    m_bar->hide();
    m_scores = new SegmentedSwitch;
    m_scores->setAccessibleName(tr("Model scores while judging"));
    m_scores->add(tr("blind"),
        tr("Model scores are hidden in this queue: they pull people's judgements along"));
    m_scores->add(tr("scores"), tr("Losses under the chosen model are shown in this queue"));
    m_menu = makeButton(tr("Task and keys"));
    m_card->addControl(m_progress);
    m_card->addControl(m_bar);
    m_card->addControl(m_scores);
    m_card->addControl(m_menu);

    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_view = new SampleView(m_services, content);
    m_view->setScores(SampleView::Scores::Hidden);
    column->addWidget(m_view, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    m_spanBar = new QWidget(content);
    m_spanLine = new QHBoxLayout(m_spanBar);
    m_spanLine->setContentsMargins(scaled(12), scaled(6), scaled(12), 0);
    m_spanLine->setSpacing(scaled(6));
    m_spanBar->hide();
    column->addWidget(m_spanBar);
    m_criteria = new CriteriaView(content);
    column->addWidget(m_criteria);
    m_comment = new QLineEdit(content);
    m_comment->setPlaceholderText(tr("Comment on this sample; Enter records it, Esc leaves"));
    m_comment->setAccessibleName(tr("Comment"));
    m_comment->hide();
    auto* commentLine = new QHBoxLayout;
    commentLine->setContentsMargins(scaled(12), 0, scaled(12), 0);
    commentLine->addWidget(m_comment);
    column->addLayout(commentLine);
    m_notice = makeLabel(QString(), "secondary", content);
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(scaled(12), 0, scaled(12), scaled(6));
    m_notice->hide();
    column->addWidget(m_notice);
    m_stack = new StateStack(content);
    m_card->setBody(m_stack);
    m_card->setFooter(buildFooter());
    row->addWidget(m_card, 3);

    connect(m_scores, &SegmentedSwitch::changed, this, [this](int index) {
        const QString key = m_services.selection->project() + QLatin1Char('#')
            + QString::fromStdString(m_queue.key());
        QStringList scored = m_services.settings->get(Settings::keys().scoredQueues);
        scored.removeAll(key);
        if (index == 1)
            scored.prepend(key);
        m_services.settings->set(Settings::keys().scoredQueues, scored.mid(0, 100));
        showScores(index == 1);
    });
    connect(m_criteria, &CriteriaView::answered, this, [this](const QString& name, int value) {
        judge(EventKind::Rating, {{"value", value}, {"name", name.toStdString()}},
            ReviewAccess::Step::Stay);
    });
    connect(m_view, &SampleView::edited, this, [this](const StoredSample& sample) {
        if (m_item && m_item->sample && m_item->sample->id == sample.id) {
            m_item->sample = sample;
            readEvents();
        }
    });
    connect(m_view, &SampleView::textSelected, this, [this] {
        m_spanBar->setVisible(
            m_view->selectedText().has_value() && !m_task.definition.spanLabels.empty());
    });
    connect(m_view, &SampleView::spanRemovalWanted, this, [this](const QString& event) {
        m_access.takeBack(
            m_queue, event.toStdString(), current(), this, [this](Result<QueueItem> item) {
                if (!item)
                    return showFailure(item.error());
                noteLater();
                showItem(std::move(*item), true);
            });
    });
    connect(m_stack->page(), &StatePage::activated, this, [this] {
        // "Review all samples", or trying again.
        if (m_item && !m_item->sample)
            m_services.selection->setFilter({});
        else
            openQueue();
    });
}

QWidget* ReviewPanel::buildFooter() {
    auto* footer = new QWidget;
    auto* line = new QHBoxLayout(footer);
    line->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    line->setSpacing(scaled(8));
    const auto add = [&](ReviewAction action, KeyButton::Kind kind = KeyButton::Kind::Plain) {
        auto* button = new KeyButton(reviewActionText(action), kind, footer);
        m_buttons[action] = button;
        line->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, action] { perform(action); });
    };
    add(ReviewAction::Accept, KeyButton::Kind::Primary);
    for (const ReviewAction action : {ReviewAction::Reject, ReviewAction::Edit, ReviewAction::Skip,
             ReviewAction::Previous, ReviewAction::Undo})
        add(action);
    line->addStretch(1);
    add(ReviewAction::Guideline);
    return footer;
}

void ReviewPanel::buildGuideline() {
    m_guideCard = new Card(tr("Guideline"), this);
    m_guideCard->setMinimumWidth(scaled(260));
    m_guide = new QTextBrowser;
    m_guide->setAccessibleName(tr("Guideline"));
    m_guide->setOpenExternalLinks(true);
    m_guide->setFont(textFont());
    m_guide->document()->setDocumentMargin(scaled(12));
    m_guideCard->setBody(m_guide);
    auto* edit = makeButton(tr("Edit"));
    edit->setAccessibleName(tr("Edit the guideline"));
    m_guideCard->addControl(edit);
    connect(edit, &QPushButton::clicked, this, &ReviewPanel::editTask);
    layout()->addWidget(m_guideCard);
    static_cast<QHBoxLayout*>(layout())->setStretchFactor(m_guideCard, 1);
}

void ReviewPanel::buildActions() {
    for (int i = 0; i < reviewActions; ++i) {
        const auto action = ReviewAction(i);
        auto* entry = new QAction(reviewActionText(action), this);
        // The keys are taken from the keyboard by `handleKey`, which knows who is typing; this
        // shows them in menus and lists.
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, [this, action] { perform(action); });
        addAction(entry);
        m_actions[action] = entry;
    }
    const auto other = [this](const QString& text, auto run) {
        auto* entry = new QAction(text, this);
        connect(entry, &QAction::triggered, this, run);
        addAction(entry);
        m_otherActions << entry;
    };
    other(tr("Task of the project…"), [this] { editTask(); });
    other(tr("Keys of the review…"), [this] { editKeys(); });
}

QList<QAction*> ReviewPanel::commands() const {
    return actions();
}

void ReviewPanel::buildMenu() {
    QMenu* menu = m_menu->menu();
    if (!menu) {
        menu = new QMenu(m_menu);
        m_menu->setMenu(menu);
        setLook(m_menu, "picker");
    }
    menu->clear();
    menu->addActions(m_otherActions);
    menu->addSeparator();
    QStringList names;
    for (const std::string& name : m_task.definition.annotators)
        names << QString::fromStdString(name);
    const QString me = m_services.settings->author();
    if (!names.contains(me))
        names.prepend(me);
    menu->addSection(tr("Who judges"));
    for (const QString& name : std::as_const(names)) {
        QAction* entry = menu->addAction(name);
        entry->setCheckable(true);
        entry->setChecked(name == me);
        connect(entry, &QAction::triggered, this, [this, name] { chooseAuthor(name); });
    }
    connect(menu->addAction(tr("Somebody else…")), &QAction::triggered, this, [this] {
        const QString name
            = QInputDialog::getText(this, tr("Who judges"), tr("Name that decisions carry"));
        if (!name.trimmed().isEmpty())
            chooseAuthor(name.trimmed());
    });
    m_menu->setText(m_narrow ? me : tr("%1 · task, keys").arg(me));
    m_menu->setAccessibleName(tr("Task, keys and who judges: %1").arg(me));
}

void ReviewPanel::chooseAuthor(const QString& name) {
    m_services.settings->set(Settings::keys().reviewer, name);
    buildMenu();
    openQueue();
}

void ReviewPanel::setKeys(const ReviewKeys& keys) {
    m_keys = keys;
    for (const auto& [action, button] : m_buttons)
        button->setKey(m_keys.key(action));
    for (const auto& [action, entry] : m_actions)
        entry->setShortcuts(m_keys.keys(action));
    Q_EMIT helpChanged();
}

void ReviewPanel::editKeys() {
    QList<std::pair<QKeySequence, QString>> taken;
    for (const QAction* action : window()->findChildren<QAction*>())
        if (action->shortcutContext() == Qt::WindowShortcut
            || action->shortcutContext() == Qt::ApplicationShortcut)
            for (const QKeySequence& key : action->shortcuts())
                taken.emplace_back(key, action->text());
    KeyDialog dialog(m_keys, taken, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    dialog.keys().save(*m_services.settings);
    setKeys(dialog.keys());
}

void ReviewPanel::editTask() {
    if (m_services.selection->project().isEmpty())
        return;
    TaskDialog dialog(m_task, this);
    if (dialog.exec() != QDialog::Accepted)
        return;
    const auto definition = dialog.definition();
    if (!definition)
        return say(errorMessage(definition.error()), true);
    m_access.setTask(
        *definition, dialog.guideline(), m_queue.author, this, [this](Result<ProjectTask> task) {
            if (!task)
                return say(errorParagraph(task.error()), true);
            setTask(*task);
            noteLater();
        });
}

void ReviewPanel::renewLabels() {
    while (QLayoutItem* item = m_spanLine->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_spanLine->addWidget(makeLabel(tr("label as"), "secondary"));
    int number = 0;
    for (const std::string& label : m_task.definition.spanLabels) {
        auto* button
            = new KeyButton(QString::fromStdString(label), KeyButton::Kind::Plain, m_spanBar);
        button->setAccessibleName(
            tr("Label the selected text as %1").arg(QString::fromStdString(label)));
        if (number < 9)
            button->setKey(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_1 + number)));
        connect(button, &QPushButton::clicked, this, [this, number] { labelSelection(number); });
        m_spanLine->addWidget(button);
        ++number;
    }
    m_spanLine->addStretch(1);
}

void ReviewPanel::renewGuideline() {
    const Guideline& guideline = m_task.guideline;
    m_guideCard->setTitle(
        guideline.version == 0 ? tr("Guideline") : tr("Guideline v%1").arg(guideline.version));
    m_guide->setMarkdown(guideline.version == 0
            ? tr("*No guideline was written yet.* **Edit** makes one; every decision then names "
                 "the version it was made under.")
            : QString::fromStdString(guideline.text));
}

void ReviewPanel::showGuideline(bool on) {
    m_guideCard->setVisible(on);
    m_services.settings->set(Settings::keys().guidelineShown, on);
}

bool ReviewPanel::isGuidelineShown() const {
    return !m_guideCard->isHidden();
}

void ReviewPanel::showScores(bool on) {
    if (m_scores->current() != int(on)) {
        const QSignalBlocker quiet(m_scores);
        m_scores->setCurrent(int(on));
    }
    m_view->setScores(on ? SampleView::Scores::Always : SampleView::Scores::Hidden);
}

bool ReviewPanel::areScoresShown() const {
    return m_scores->current() == 1;
}

void ReviewPanel::startComment() {
    if (current() == 0)
        return;
    m_comment->clear();
    m_comment->show();
    m_comment->setFocus();
}

void ReviewPanel::endComment(bool record) {
    const std::string text = m_comment->text().trimmed().toStdString();
    m_comment->hide();
    m_view->scrollArea()->setFocus();
    if (record && !text.empty()) {
        judge(EventKind::Comment, {{"text", text}}, ReviewAccess::Step::Stay);
        say(tr("Comment recorded."));
    }
}

void ReviewPanel::say(const QString& text, bool wrong) {
    setLook(m_notice, wrong ? "wrong" : "secondary");
    m_notice->setText(text);
    m_notice->setAccessibleName(text);
    m_notice->setVisible(!text.isEmpty());
}

QString ReviewPanel::notice() const {
    return m_notice->isHidden() ? QString() : m_notice->text();
}

QString ReviewPanel::progressText() const {
    return m_progress->text();
}

void ReviewPanel::noteLater() {
    m_noteTimer->start();
}

QString ReviewPanel::help() const {
    const auto key = [this](ReviewAction action) { return keyCapText(m_keys.key(action)); };
    return tr(
        "**Review** shows one sample after the other: those that the filter of the data "
        "table leaves and nobody has judged yet. Every decision is on the disk before the "
        "next sample appears.\n\n"
        "**%1** accepts and goes on, **%2** rejects, **%3** edits the last answer, **%4** "
        "leaves the sample for later. **%5** takes the newest decision back, as often as "
        "you like, also those of another day.\n\n"
        "**Digits** answer the marked criterion, and the next one is marked. **Shift** with "
        "a digit marks a reason for rejecting. Select text and press **Alt** with a digit to "
        "label it.\n\n"
        "In an editor letters are letters, and every key acts with **Ctrl**: Ctrl+X rejects, "
        "Ctrl+E edits, Ctrl+Left goes back. What a text needs itself comes first: Ctrl+X cuts "
        "while something is selected, Ctrl+Z takes back typing while there is any, "
        "Ctrl+Left moves by a word until the text begins, Ctrl+Enter saves what was changed. "
        "Where these would do nothing in the text they are the review's; the second form in "
        "*Keys of the review* is always so.\n\n"
        "**Blind** hides what models say about the sample. Shown scores pull judgements "
        "along; each decision records whether they were shown.")
        .arg(key(ReviewAction::Accept), key(ReviewAction::Reject), key(ReviewAction::Edit),
            key(ReviewAction::Skip), key(ReviewAction::Undo));
}

QString ReviewPanel::selectionHelp() const {
    if (current() == 0)
        return {};
    const Provenance& from = m_item->sample->sample.provenance;
    QString text = tr("**Sample %1**, %n decision(s) so far.", nullptr, int(m_item->events.size()))
                       .arg(current());
    if (!from.file.empty())
        text += QStringLiteral("\n\n")
            + tr("From %1, line %2.").arg(QString::fromStdString(from.file)).arg(from.line);
    return text;
}

} // namespace assay
