#include "ui/panels/review/review_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/history_view.h"
#include "ui/common/sample_view/sample_view.h"
#include "ui/common/sample_view/text_block.h"
#include "ui/common/selection_context.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/review/criteria_view.h"
#include "ui/panels/review/key_button.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDateTime>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QTextEdit>
#include <QTimer>

namespace assay {

namespace {

/// Changes are announced when nothing was decided for so long: other panels then read their lists
/// again, which must not hold up the next sample.
constexpr int announceAfterMs = 800;

/// Under this width key caps and progress bar give way, so that everything stays reachable.
constexpr int narrowBelow = 960;

qint64 now() {
    return QDateTime::currentMSecsSinceEpoch();
}

TurnPlace placeOf(const Json& value) {
    TurnPlace place;
    place.index = value.value("message", 0);
    const std::string list = value.value("list", std::string());
    if (list == "chosen")
        place.list = TurnPlace::List::Chosen;
    else if (list == "rejected")
        place.list = TurnPlace::List::Rejected;
    else if (list == "text")
        place.list = TurnPlace::List::Text;
    return place;
}

const char* listName(TurnPlace::List list) {
    switch (list) {
    case TurnPlace::List::Chosen:
        return "chosen";
    case TurnPlace::List::Rejected:
        return "rejected";
    case TurnPlace::List::Text:
        return "text";
    case TurnPlace::List::Messages:
        break;
    }
    return nullptr;
}

} // namespace

ReviewPanel::ReviewPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_services(services)
    , m_access(services.project)
    , m_keys(ReviewKeys::fromSettings(*services.settings))
    , m_noteTimer(new QTimer(this)) {
    buildSample();
    buildGuideline();
    buildActions();
    buildMenu();
    setKeys(m_keys);
    showGuideline(m_services.settings->get(Settings::keys().guidelineShown));

    m_noteTimer->setSingleShot(true);
    m_noteTimer->setInterval(announceAfterMs);
    connect(m_noteTimer, &QTimer::timeout, m_services.project, &ProjectAccess::noteChange);
    SelectionContext* selection = m_services.selection;
    const auto reopen = [this] {
        m_dirty = true;
        if (isVisible())
            openQueue();
    };
    connect(selection, &SelectionContext::projectChanged, this, [this, reopen] {
        m_item.reset();
        m_trail.clear();
        m_view->clear();
        reopen();
    });
    connect(selection, &SelectionContext::filterChanged, this, reopen);
    connect(selection, &SelectionContext::sampleChanged, this, [this] {
        const auto wanted = m_services.selection->sample();
        // While the queue opens it is the queue that chooses: a table that has just filled and
        // stands on its first row must not take a reviewer back there.
        if (m_following || !isVisible() || m_dirty || !m_item || !wanted || *wanted == current())
            return;
        m_view->finishEdit([this, id = *wanted](bool left) {
            if (!left)
                return;
            if (current() > 0)
                m_trail.push_back(current());
            go(ReviewAccess::Step::Stay, {}, id);
        });
    });
    connect(m_services.project, &ProjectAccess::changed, this, [this] {
        if (!isVisible() || m_dirty)
            return;
        renewCounts();
        if (!m_view->isEditing() && m_item && m_item->sample && m_steps == 0)
            readEvents();
    });
    qApp->installEventFilter(this);
}

ReviewPanel::~ReviewPanel() {
    if (m_noteTimer->isActive())
        m_services.project->noteChange();
}

bool ReviewPanel::isSettled() const {
    return m_steps == 0 && m_view->isSettled() && !(m_dirty && isVisible());
}

QWidget* ReviewPanel::firstFocus() {
    return m_view->scrollArea();
}

qint64 ReviewPanel::current() const {
    return m_item && m_item->sample ? m_item->sample->id : 0;
}

void ReviewPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_dirty)
        openQueue();
    m_time.start(now());
}

void ReviewPanel::hideEvent(QHideEvent* event) {
    Panel::hideEvent(event);
    if (m_noteTimer->isActive()) {
        m_noteTimer->stop();
        m_services.project->noteChange();
    }
}

void ReviewPanel::openQueue() {
    m_dirty = false;
    ++m_generation;
    m_trail.clear();
    m_queue.filter = m_services.selection->filter();
    m_queue.author = m_services.settings->author().toStdString();
    if (m_services.selection->project().isEmpty()) {
        m_stack->showPage();
        m_stack->page()->showEmpty(tr("No project is open"),
            tr("Open a project: its samples are judged here, one after the other, by keyboard."));
        return;
    }
    const QStringList scored = m_services.settings->get(Settings::keys().scoredQueues);
    showScores(scored.contains(m_services.selection->project() + QLatin1Char('#')
        + QString::fromStdString(m_queue.key())));
    loadTask();
    if (!m_item)
        m_stack->page()->showLoading(tr("Opening the queue"), QString());
    m_item.reset();
    go(ReviewAccess::Step::Resume);
    renewCounts();
}

void ReviewPanel::loadTask() {
    m_access.task(this, [this](Result<ProjectTask> task) {
        if (task)
            setTask(*task);
        else
            say(errorMessage(task.error()), true);
    });
}

void ReviewPanel::setTask(const ProjectTask& task) {
    const bool sameQuestions = m_task.definition == task.definition;
    m_task = task;
    if (!sameQuestions) {
        m_criteria->setTask(task.definition);
        renewLabels();
    }
    if (m_item && m_item->sample)
        showItem(*m_item, true);
    renewGuideline();
    buildMenu();
}

Decision ReviewPanel::decision(EventKind kind, Json value) {
    Decision decision;
    decision.kind = kind;
    decision.samples = {current()};
    decision.value = std::move(value);
    decision.author = m_queue.author;
    decision.activeMs = m_time.take(now());
    decision.saw = m_view->seen();
    decision.saw["scores"] = areScoresShown() ? "shown" : "hidden";
    return decision;
}

void ReviewPanel::judge(EventKind kind, Json value, ReviewAccess::Step step) {
    if (current() == 0)
        return;
    std::vector<Decision> decisions;
    decisions.push_back(decision(kind, std::move(value)));
    go(step, std::move(decisions));
}

void ReviewPanel::go(ReviewAccess::Step step, std::vector<Decision> decisions, qint64 from) {
    if (from == 0)
        from = current();
    const bool decides = !decisions.empty();
    const bool moves = step != ReviewAccess::Step::Stay || from != current();
    ++m_steps;
    m_moves += int(moves);
    m_access.step(m_queue, from, step, std::move(decisions), this,
        [this, from, step, decides, moves, generation = m_generation](Result<QueueItem> item) {
            --m_steps;
            m_moves -= int(moves);
            if (decides)
                noteLater();
            if (generation != m_generation)
                return;
            if (!item) {
                showFailure(item.error());
                if (m_item && m_item->sample)
                    showItem(*m_item, true); // without the answer that was not recorded
                return;
            }
            if (!moves && m_steps > 0)
                return; // what comes after it knows more
            if (decides && moves && from > 0)
                m_trail.push_back(from);
            if (item->wentRound)
                say(tr("The end of the queue: what was skipped comes again."));
            else if (moves && decides)
                say(QString());
            showItem(std::move(*item), !moves);
            if (decides)
                renewCounts();
        });
}

void ReviewPanel::showItem(QueueItem item, bool sameSample) {
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = focus && (focus == this || isAncestorOf(focus));
    replaceItem(std::move(item), sameSample);
    // Whatever was hidden or replaced: the next key must arrive here.
    focus = QApplication::focusWidget();
    if (hadFocus && (!focus || !isAncestorOf(focus) || !focus->isVisible())) {
        QWidget* wanted = m_stack->showsContent() ? firstFocus() : m_stack->page()->button();
        (wanted->isVisible() ? wanted : this)->setFocus();
    }
}

void ReviewPanel::replaceItem(QueueItem item, bool sameSample) {
    m_item = std::move(item);
    if (!m_item->sample) {
        m_view->clear();
        m_status->set(QString(), Tone::Plain);
        m_channel->set(QString(), Tone::Plain);
        m_card->setTitle(tr("Review"));
        m_stack->showPage();
        const bool filtered = m_services.selection->filter() != SampleFilter{};
        if (m_counts.total == 0 && !filtered)
            m_stack->page()->showEmpty(
                tr("No samples yet"), tr("Import some data: it is then judged here."));
        else
            m_stack->page()->showEmpty(tr("This queue is done"),
                tr("Every sample of it has been judged. Undo goes back into it at any time."),
                filtered ? tr("Review all samples") : QString());
        Q_EMIT helpChanged();
        return;
    }
    m_stack->showContent();
    const StoredSample& sample = *m_item->sample;
    const bool sameText = sameSample && m_view->hasSample() && m_view->sample().id == sample.id
        && m_view->sample().revision == sample.revision;
    if (!sameText) {
        m_view->showSample(sample);
        m_criteria->clearReasons();
        m_comment->hide();
        m_time.start(now());
    }
    m_card->setTitle(tr("Sample %1").arg(sample.id));
    m_channel->set(QString::fromStdString(sample.sample.channel), Tone::Plain);
    m_channel->setVisible(!m_narrow && !m_channel->text().isEmpty());
    switch (sample.status) {
    case ReviewStatus::Accepted:
        m_status->set(tr("accepted"), Tone::Right);
        break;
    case ReviewStatus::Rejected:
        m_status->set(tr("rejected"), Tone::Wrong);
        break;
    case ReviewStatus::Pending:
        m_status->set(tr("pending"), Tone::Plain);
        break;
    }
    std::map<std::string, int> answers;
    std::map<TurnPlace, std::vector<TurnSpan>> spans;
    for (const Event& event : m_item->events) {
        if (!event.inEffect || !event.after.is_object())
            continue;
        if (event.kind == EventKind::Rating && event.author == m_queue.author)
            answers[event.after.value("name", std::string())]
                = int(event.after.value("value", 0.0));
        // A place in a text that has changed since means nothing any more.
        if (event.kind == EventKind::Span
            && event.after.value("revision", sample.revision) == sample.revision)
            spans[placeOf(event.after)].push_back({event.uid, event.after.value("begin", qint64(0)),
                event.after.value("end", qint64(0)),
                QString::fromStdString(event.after.value("label", std::string())),
                QString::fromStdString(event.author)});
    }
    m_criteria->setAnswers(answers);
    if (!sameText)
        m_criteria->focusFirstOpen();
    m_view->setSpans(spans);
    m_following = true;
    m_services.selection->setSample(sample.id);
    m_following = false;
    Q_EMIT helpChanged();
}

void ReviewPanel::readEvents() {
    if (current() > 0)
        go(ReviewAccess::Step::Stay);
}

void ReviewPanel::showFailure(const Error& error) {
    // What was on the screen stays: nothing was recorded, and it can be tried again.
    say(errorParagraph(error), true);
    if (!m_view->hasSample()) {
        m_stack->showPage();
        m_stack->page()->showFailed(
            tr("The queue cannot be read"), errorParagraph(error), tr("Try again"));
    }
}

void ReviewPanel::renewCounts() {
    m_access.counts(m_queue, this, [this, generation = m_generation](Result<QueueCounts> counts) {
        if (!counts || generation != m_generation)
            return;
        m_counts = *counts;
        showCounts();
        if (m_item && !m_item->sample)
            showItem(QueueItem());
    });
}

void ReviewPanel::showCounts() {
    const QLocale locale;
    const bool whole = m_counts.total >= 0;
    const qint64 done = m_counts.total - m_counts.left;
    const QString left = tr("%1 left").arg(locale.toString(m_counts.left));
    m_progress->setText(whole && !m_narrow
            ? tr("%1 of %2 judged · %3 left")
                  .arg(locale.toString(done), locale.toString(m_counts.total),
                      locale.toString(m_counts.left))
            : left);
    m_bar->setVisible(whole && m_counts.total > 0 && !m_narrow);
    m_bar->setRange(0, 1000);
    m_bar->setValue(m_counts.total > 0 ? int(1000 * double(done) / double(m_counts.total)) : 0);
    m_bar->setAccessibleDescription(m_progress->text());
}

void ReviewPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    const bool narrow = width() < scaled(narrowBelow);
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    for (const auto& [action, button] : m_buttons)
        button->setCapShown(!narrow);
    m_channel->setVisible(!narrow && !m_channel->text().isEmpty());
    buildMenu();
    showCounts();
}

void ReviewPanel::undo(bool back) {
    ++m_steps;
    ++m_moves;
    const auto done = [this, back, generation = m_generation](Result<Undone> result) {
        --m_steps;
        --m_moves;
        if (generation != m_generation)
            return;
        if (!result)
            return say(errorMessage(result.error()));
        noteLater();
        QString what = decisionWords(result->target);
        if (result->samples > 1)
            what += QStringLiteral(" · ") + tr("%n sample(s)", nullptr, int(result->samples));
        say((back ? tr("Undone: %1 (sample %2)") : tr("Done again: %1 (sample %2)"))
                .arg(what)
                .arg(result->item.sample->id));
        const bool same = result->item.sample->id == current();
        showItem(std::move(result->item), same);
        renewCounts();
    };
    back ? m_access.undo(m_queue, this, done) : m_access.redo(m_queue, this, done);
}

void ReviewPanel::perform(ReviewAction action) {
    // A key that comes while the next sample is on its way would act on one nobody has seen.
    if (m_moves > 0)
        return;
    const bool leaves = action != ReviewAction::Edit && action != ReviewAction::Guideline
        && action != ReviewAction::Scores && action != ReviewAction::Comment;
    if (leaves && m_view->isEditing())
        return m_view->finishEdit([this, action](bool left) {
            if (left)
                perform(action);
        });
    switch (action) {
    case ReviewAction::Accept:
        return judge(EventKind::Accept, nullptr, ReviewAccess::Step::Next);
    case ReviewAction::Reject: {
        Json value;
        if (const auto reasons = m_criteria->reasons(); !reasons.empty())
            value = {{"reasons", reasons}};
        return judge(EventKind::Reject, std::move(value), ReviewAccess::Step::Next);
    }
    case ReviewAction::Edit:
        return m_view->startEdit();
    case ReviewAction::Skip:
    case ReviewAction::Next:
        if (current() == 0)
            return;
        m_trail.push_back(current());
        return go(ReviewAccess::Step::Next);
    case ReviewAction::Previous:
        if (!m_trail.empty()) {
            const qint64 before = m_trail.back();
            m_trail.pop_back();
            return go(ReviewAccess::Step::Stay, {}, before);
        }
        if (current() > 0)
            go(ReviewAccess::Step::Previous);
        return;
    case ReviewAction::Undo:
        return undo(true);
    case ReviewAction::Redo:
        return undo(false);
    case ReviewAction::Flag:
        if (current() > 0)
            say(tr("Flagged for discussion."));
        return judge(EventKind::Comment,
            {{"text", tr("flagged for discussion").toStdString()}, {"flag", true}},
            ReviewAccess::Step::Stay);
    case ReviewAction::Comment:
        return startComment();
    case ReviewAction::Guideline:
        return showGuideline(!isGuidelineShown());
    case ReviewAction::Scores:
        m_scores->setCurrent(areScoresShown() ? 0 : 1);
        return;
    }
}

void ReviewPanel::labelSelection(int label) {
    const auto selected = m_view->selectedText();
    if (!selected || m_moves > 0 || label < 0 || label >= int(m_task.definition.spanLabels.size()))
        return;
    Json value = {{"message", selected->place.index}, {"begin", selected->begin},
        {"end", selected->end}, {"label", m_task.definition.spanLabels[std::size_t(label)]},
        {"revision", m_item->sample->revision}};
    if (const char* list = listName(selected->place.list))
        value["list"] = list;
    judge(EventKind::Span, std::move(value), ReviewAccess::Step::Stay);
}

bool ReviewPanel::isTyping(const QObject* widget) const {
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        return !line->isReadOnly();
    if (const auto* text = qobject_cast<const QPlainTextEdit*>(widget))
        return !text->isReadOnly();
    if (const auto* text = qobject_cast<const QTextEdit*>(widget))
        return !text->isReadOnly();
    return false;
}

bool ReviewPanel::handleDigit(int digit, Qt::KeyboardModifiers modifiers) {
    if (modifiers.testFlag(Qt::AltModifier)) {
        labelSelection(digit - 1);
    } else if (modifiers.testFlag(Qt::ShiftModifier)) {
        m_criteria->toggleReason(digit - 1);
    } else if (current() > 0 && m_moves == 0) {
        m_criteria->answer(digit);
    }
    return true;
}

bool ReviewPanel::handleKey(QObject* watched, QKeyEvent* event) {
    const bool typing = isTyping(watched);
    const bool overrides = event->type() == QEvent::ShortcutOverride;
    const Qt::KeyboardModifiers modifiers
        = event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    if (m_composing)
        return false;
    const auto consume = [event](const auto& act) {
        event->accept();
        if (event->type() == QEvent::KeyPress && !event->isAutoRepeat())
            act();
        return true;
    };
    // What a text field leaves unhandled goes on to its parents; it was typed all the same.
    if (watched != QApplication::focusWidget() && isTyping(QApplication::focusWidget()))
        return false;
    // In a text that was reached by Tab the arrows move the cursor.
    const auto* block = qobject_cast<const TextBlock*>(watched);
    if (block && block->wasReachedByTab()
        && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return false;
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (watched == m_comment && modifiers == Qt::NoModifier
        && (enters || event->key() == Qt::Key_Escape))
        return consume([this, enters] { endComment(enters); });
    // A button that was reached by Tab is pressed with Space.
    if (qobject_cast<QAbstractButton*>(watched) && event->key() == Qt::Key_Space
        && modifiers == Qt::NoModifier)
        return false;
    if (const int digit = digitOf(*event)) {
        const bool plain = modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier
            || modifiers == Qt::AltModifier;
        if (typing ? modifiers == Qt::ControlModifier : plain)
            return consume([&] { handleDigit(digit, typing ? Qt::NoModifier : modifiers); });
        return false;
    }
    const QKeySequence pressed = pressedKey(*event);
    auto action = m_keys.match(pressed, typing);
    if (!action && typing && !textNeeds(static_cast<QWidget*>(watched), pressed)) {
        action = m_keys.matchWithCtrl(pressed);
        // Held keys run through the words of a text and must not run on through the samples.
        if (action && event->isAutoRepeat())
            return consume([] {});
    }
    if (!action)
        return false;
    // A held key accepts one sample, not all of them; turning pages may repeat.
    if (event->isAutoRepeat()
        && (*action == ReviewAction::Previous || *action == ReviewAction::Next) && !overrides) {
        perform(*action);
        return true;
    }
    return consume([&] { perform(*action); });
}

bool ReviewPanel::eventFilter(QObject* watched, QEvent* event) {
    const auto type = event->type();
    const bool isKey = type == QEvent::KeyPress || type == QEvent::ShortcutOverride;
    const bool isLife = isKey || type == QEvent::MouseButtonPress || type == QEvent::Wheel
        || type == QEvent::MouseMove;
    if ((!isLife && type != QEvent::InputMethod && type != QEvent::FocusOut)
        || !watched->isWidgetType() || !isVisible())
        return Panel::eventFilter(watched, event);
    auto* widget = static_cast<QWidget*>(watched);
    if (widget != this && !isAncestorOf(widget))
        return Panel::eventFilter(watched, event);
    if (type == QEvent::FocusOut)
        m_composing = false; // what was being composed ends with it
    else if (type == QEvent::InputMethod)
        m_composing = !static_cast<QInputMethodEvent*>(event)->preeditString().isEmpty();
    else
        m_time.touch(now());
    if (isKey && handleKey(watched, static_cast<QKeyEvent*>(event)))
        return true;
    return Panel::eventFilter(watched, event);
}

} // namespace assay
