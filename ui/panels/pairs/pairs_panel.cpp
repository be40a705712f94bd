#include "ui/panels/pairs/pairs_panel.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/theme.h"
#include "ui/common/word_diff.h"
#include "ui/panels/pairs/pair_answer.h"
#include "ui/panels/pairs/tally_card.h"

#include <QAction>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTextBrowser>

#include <algorithm>

namespace assay {

namespace {

/// Under this width key caps and the long title give way, so that everything stays reachable.
constexpr int narrowBelow = 940;

} // namespace

namespace {

constexpr int ownAnswerTokens = 256;
/// A person who left the screen was not judging.
constexpr qint64 longestLookMs = 5 * 60 * 1000;

QString promptText(const std::vector<Message>& prompt) {
    QStringList parts;
    for (const Message& message : prompt)
        parts.append(QString::fromUtf8(
                         roleName(message.role).data(), qsizetype(roleName(message.role).size()))
            + QStringLiteral(": ") + QString::fromStdString(message.content));
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace

QString answerDiffHtml(const QString& own, const QString& other) {
    QString html = QStringLiteral("<div style=\"white-space: pre-wrap\">");
    for (const DiffPart& part : wordDiff(other, own)) {
        if (part.kind == DiffPart::Kind::Removed)
            continue;
        const QString text
            = part.text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        html += part.kind == DiffPart::Kind::Same
            ? text
            : QStringLiteral("<span style=\"background-color:%1; text-decoration: underline\">%2"
                             "</span>")
                  .arg(tokens().accentGround.name(), text);
    }
    return html + QStringLiteral("</div>");
}

PairsPanel::PairsPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_selection(services.selection)
    , m_project(services.project)
    , m_models(services.models)
    , m_settings(services.settings)
    , m_queue(new PairQueue(services.project, this))
    , m_answers(new CompareBatchRun(services.models, this)) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    row->setSpacing(scaled(10));
    m_card = new Card(tr("Two answers, judged blind"));
    m_progress = new Chip;
    m_card->addChip(m_progress);
    m_kind = new SegmentedSwitch;
    m_kind->add(tr("preference rows"), tr("The chosen and the rejected answer of the data"));
    m_kind->add(tr("base against tuned"), tr("What both models answer by themselves"));
    m_card->addControl(m_kind);
    const auto toggle = [this](const QString& text, const QString& tip) {
        auto* button = makeButton(text);
        button->setCheckable(true);
        button->setToolTip(tip);
        m_card->addControl(button);
        return button;
    };
    m_diff = toggle(tr("Word diff"), tr("Underlines the words that only one of the two has"));
    m_margin = toggle(tr("Margin"),
        tr("After each decision: log-probability of one answer minus the other's under the model "
           "chosen in the window"));
    m_results = toggle(tr("Results"), tr("Kept closed while judging: knowing who leads anchors"));
    m_stack = new StateStack(buildContent());
    m_card->setBody(m_stack);
    row->addWidget(m_card, 1);
    m_tally = new TallyCard;
    m_tally->setMaximumWidth(scaled(560));
    m_tally->setMinimumWidth(scaled(480));
    m_tally->hide();
    row->addWidget(m_tally, 0);
    buildActions();

    connect(m_kind, &SegmentedSwitch::changed, this, &PairsPanel::refresh);
    connect(m_diff, &QPushButton::toggled, this, &PairsPanel::showItem);
    connect(m_results, &QPushButton::toggled, this, &PairsPanel::showResults);
    connect(m_selection, &SelectionContext::projectChanged, this, &PairsPanel::refresh);
    connect(m_selection, &SelectionContext::filterChanged, this, &PairsPanel::refresh);
    connect(m_selection, &SelectionContext::modelsChanged, this, [this] {
        if (m_kind->current() == 1 && m_answers->state() != CompareBatchRun::State::Running)
            refresh();
    });
    connect(m_stack->page(), &StatePage::activated, this, &PairsPanel::act);
    connect(m_queue, &PairQueue::listLoaded, this, [this] {
        showProgress();
        if (m_queue->count() == 0)
            return showEnd();
        m_queue->goToUndecided();
    });
    connect(m_queue, &PairQueue::itemChanged, this, &PairsPanel::showItem);
    connect(m_queue, &PairQueue::decided, this, &PairsPanel::showDecided);
    connect(m_queue, &PairQueue::failed, this, &PairsPanel::showFailure);
    connect(m_answers, &CompareBatchRun::stateChanged, this, &PairsPanel::showAnswersState);
    connect(m_answers, &CompareBatchRun::rowAdded, this, &PairsPanel::showAnswersState);
}

QWidget* PairsPanel::buildContent() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    column->setSpacing(scaled(8));
    m_promptFold = makeButton(QString());
    m_promptFold->setCheckable(true);
    m_promptFold->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_promptFold->setStyleSheet(QStringLiteral("text-align: left;"));
    m_promptFold->setToolTip(tr("Shows the whole prompt, or folds it again"));
    column->addWidget(m_promptFold);
    m_prompt = new QTextBrowser;
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setFont(textFont());
    m_prompt->setTabChangesFocus(true);
    m_prompt->setMaximumHeight(scaled(200));
    m_prompt->hide();
    column->addWidget(m_prompt);
    connect(m_promptFold, &QPushButton::toggled, m_prompt, &QWidget::setVisible);
    auto* answers = new QHBoxLayout;
    answers->setSpacing(scaled(10));
    m_left = new PairAnswer(PairAnswer::Place::Left);
    m_right = new PairAnswer(PairAnswer::Place::Right);
    answers->addWidget(m_left, 1);
    answers->addWidget(m_right, 1);
    column->addLayout(answers, 1);
    column->addWidget(buildButtons());
    m_last = makeLabel(QString(), "secondary");
    m_last->setWordWrap(true);
    m_last->setAccessibleName(tr("Last decision"));
    column->addWidget(m_last);
    return content;
}

QWidget* PairsPanel::buildButtons() {
    auto* bar = new QWidget;
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(scaled(6));
    const auto add = [&](const QString& text, const QString& key, auto action) {
        auto* button = makeButton(text);
        connect(button, &QPushButton::clicked, this, action);
        line->addWidget(button);
        m_caps.append(makeKeyCap(key));
        line->addWidget(m_caps.last());
        button->setToolTip(key);
        line->addSpacing(scaled(6));
    };
    add(tr("Left is better"), QStringLiteral("1 ←"), [this] { decide(Side::Left); });
    add(tr("Right is better"), QStringLiteral("2 →"), [this] { decide(Side::Right); });
    add(tr("Tie"), QStringLiteral("3"), [this] { decide(Side::Tie); });
    add(tr("Both bad"), QStringLiteral("4"), [this] { decide(Side::BothBad); });
    line->addStretch(1);
    add(tr("Skip"), QStringLiteral("S"), [this] { m_queue->goToUndecided(); });
    add(tr("Undo"), QStringLiteral("U"), [this] { m_queue->undo(); });
    return bar;
}

QSize PairsPanel::minimumSizeHint() const {
    return {scaled(720), Panel::minimumSizeHint().height()};
}

void PairsPanel::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    const bool narrow = width() < scaled(narrowBelow);
    for (QLabel* cap : std::as_const(m_caps))
        cap->setVisible(!narrow);
    m_card->setTitle(narrow ? tr("Pairs") : tr("Two answers, judged blind"));
}

void PairsPanel::buildActions() {
    const auto add = [this](const QString& text, const QList<QKeySequence>& keys, auto action) {
        auto* entry = new QAction(text, this);
        entry->setShortcuts(keys);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
    };
    using Keys = QList<QKeySequence>;
    add(tr("Left is better"), Keys{Qt::Key_1, Qt::Key_Left}, [this] { decide(Side::Left); });
    add(tr("Right is better"), Keys{Qt::Key_2, Qt::Key_Right}, [this] { decide(Side::Right); });
    add(tr("Tie"), Keys{Qt::Key_3, Qt::Key_T}, [this] { decide(Side::Tie); });
    add(tr("Both bad"), Keys{Qt::Key_4, Qt::Key_X}, [this] { decide(Side::BothBad); });
    add(tr("Skip this pair"), Keys{Qt::Key_S}, [this] { m_queue->goToUndecided(); });
    add(tr("Previous pair"), Keys{Qt::Key_Backspace},
        [this] { m_queue->go(m_queue->position() - 1); });
    add(tr("Next pair"), Keys{Qt::Key_N}, [this] { m_queue->go(m_queue->position() + 1); });
    add(tr("Undo the last decision"), Keys{Qt::Key_U, QKeySequence(QKeySequence::Undo)},
        [this] { m_queue->undo(); });
    add(tr("Word diff"), Keys{Qt::Key_D}, [this] { m_diff->toggle(); });
    add(tr("Fold or unfold the prompt"), Keys{Qt::Key_P}, [this] { m_promptFold->toggle(); });
    add(tr("Let both models answer the rest of the view"), Keys{}, [this] {
        if (m_kind->current() == 1)
            m_answers->start(plan());
    });
    add(tr("Results"), Keys{Qt::Key_R}, [this] { m_results->toggle(); });
}

QWidget* PairsPanel::firstFocus() {
    return m_left->view();
}

bool PairsPanel::isSettled() const {
    return !m_queue->isBusy() && m_answers->state() == CompareBatchRun::State::Idle;
}

void PairsPanel::showEvent(QShowEvent* event) {
    Panel::showEvent(event);
    if (m_stale)
        refresh();
}

QString PairsPanel::nameOf(bool first) const {
    return QString::fromStdString(first ? m_queue->setup().nameA : m_queue->setup().nameB);
}

CompareBatchRun::Plan PairsPanel::plan() const {
    CompareBatchRun::Plan plan;
    plan.project = m_selection->project();
    plan.filter = m_selection->filter();
    plan.models
        = {m_selection->model(ModelRole::Base).folder, m_selection->model(ModelRole::Tuned).folder};
    plan.source = AnswerSource::Tuned;
    plan.maxNew = ownAnswerTokens;
    plan.task = BatchTask::Answers;
    return plan;
}

void PairsPanel::refresh() {
    m_stale = !isVisible();
    if (m_stale)
        return;
    m_last->clear();
    m_progress->set(QString(), Tone::Plain);
    m_stack->showPage();
    m_action = Action::None;
    if (m_selection->project().isEmpty())
        return m_stack->page()->showEmpty(tr("No project"), tr("Open one to judge its pairs."));
    if (m_kind->current() == 0)
        return loadPairs();
    const CompareBatchRun::Plan wanted = plan();
    if (wanted.models.base.isEmpty() || wanted.models.tuned.isEmpty())
        return m_stack->page()->showEmpty(tr("Two models are needed"),
            tr("Choose a base and a tuned model in Compare; their answers to every sample of the "
               "view can then be judged blind."));
    if (m_answers->state() == CompareBatchRun::State::Running)
        return showAnswersState();
    m_answers->show(wanted);
}

void PairsPanel::loadPairs() {
    m_stack->page()->showLoading(tr("Looking for pairs"), QString());
    PairQueue::Setup setup;
    setup.project = m_selection->project();
    setup.filter = m_selection->filter();
    setup.author = m_settings->author().toStdString();
    m_queue->load(std::move(setup));
}

void PairsPanel::loadAnswers() {
    PairQueue::Setup setup;
    setup.kind = PairQueue::Kind::Answers;
    setup.project = m_selection->project();
    setup.filter = m_selection->filter();
    setup.author = m_settings->author().toStdString();
    setup.answers = m_answers->rows();
    setup.key = QFileInfo(m_answers->file()).completeBaseName().toStdString();
    setup.nameA = "tuned";
    setup.nameB = "base";
    setup.provenance = {{"base", m_selection->model(ModelRole::Base).folder.toStdString()},
        {"tuned", m_selection->model(ModelRole::Tuned).folder.toStdString()},
        {"file", QFileInfo(m_answers->file()).fileName().toStdString()}};
    m_queue->load(std::move(setup));
}

void PairsPanel::showAnswersState() {
    if (m_kind->current() != 1 || m_stale)
        return;
    StatePage* page = m_stack->page();
    const auto done = qint64(m_answers->rows().size());
    const QLocale locale;
    if (m_answers->state() != CompareBatchRun::State::Idle) {
        m_stack->showPage();
        m_action = Action::StopAnswers;
        page->showLoading(tr("Both models answer"),
            tr("%1 of %2 samples").arg(locale.toString(done), locale.toString(m_answers->total())),
            tr("Stop"));
        return;
    }
    if (m_answers->problem() && m_answers->problem()->code != "cancelled")
        return showFailure(*m_answers->problem());
    if (done == 0) {
        m_stack->showPage();
        m_action = Action::MakeAnswers;
        page->showEmpty(tr("No answers yet"),
            tr("Both models answer the %n sample(s) of the view, greedily and in the background; "
               "the answers are kept with the models' names and hashes.",
                nullptr, int(m_answers->total())),
            tr("Let both models answer"));
        return;
    }
    loadAnswers();
}

void PairsPanel::showItem() {
    const auto& item = m_queue->item();
    showProgress();
    if (!item)
        return showEnd();
    const QString prompt = promptText(item->prompt);
    const QString last = item->prompt.empty()
        ? tr("no prompt")
        : QString::fromStdString(item->prompt.back().content).simplified();
    m_promptFold->setText(
        tr("Prompt · %n turn(s) · %1", nullptr, int(item->prompt.size())).arg(last.left(160)));
    m_promptFold->setAccessibleName(m_promptFold->text());
    m_prompt->setPlainText(prompt);
    const QString first = pairAnswerText(item->a);
    const QString second = pairAnswerText(item->b);
    const QString& left = item->firstLeft ? first : second;
    const QString& right = item->firstLeft ? second : first;
    if (m_diff->isChecked()) {
        m_left->showHtml(answerDiffHtml(left, right), left);
        m_right->showHtml(answerDiffHtml(right, left), right);
    } else {
        m_left->showText(left);
        m_right->showText(right);
    }
    if (item->choice) {
        // Already decided by this person: what was chosen, still without telling which is which.
        const bool leftWon = (*item->choice == PairChoice::A) == item->firstLeft;
        if (*item->choice == PairChoice::Tie || *item->choice == PairChoice::BothBad) {
            const QString word
                = *item->choice == PairChoice::Tie ? tr("you called it a tie") : tr("both bad");
            m_left->setVerdict(word);
            m_right->setVerdict(word);
        } else {
            (leftWon ? m_left : m_right)->setVerdict(tr("you chose this"));
        }
    }
    m_stack->showContent();
    m_looking.start();
}

void PairsPanel::showEnd() {
    m_stack->showPage();
    StatePage* page = m_stack->page();
    if (m_queue->isBusy()) {
        m_action = Action::None;
        return page->showLoading(tr("Reading the pair"), QString());
    }
    if (m_queue->count() == 0) {
        m_action = Action::None;
        return page->showEmpty(tr("No pairs in this view"),
            tr("Preference rows have a chosen and a rejected answer. Import a preference file, "
               "choose another view, or judge base against tuned."));
    }
    m_action = Action::Results;
    page->showEmpty(tr("Every pair is decided"),
        tr("%n pair(s) of this view, judged by you.", nullptr, m_queue->decidedCount()),
        tr("Show the results"));
}

void PairsPanel::showFailure(const Error& error) {
    m_stack->showPage();
    m_action = Action::TryAgain;
    m_stack->page()->showFailed(
        tr("The pairs cannot be shown"), errorParagraph(error), tr("Try again"));
}

void PairsPanel::showProgress() {
    const QLocale locale;
    m_progress->set(m_queue->count() > 0
            ? tr("%1 of %2 decided")
                  .arg(locale.toString(m_queue->decidedCount()), locale.toString(m_queue->count()))
            : QString(),
        Tone::Plain);
    if (m_results->isChecked())
        m_tally->show(m_queue->tallies(), nameOf(true), nameOf(false));
}

void PairsPanel::decide(Side side) {
    const auto& item = m_queue->item();
    if (!item || !m_stack->showsContent())
        return;
    const bool chosenFirst = (side == Side::Left) == item->firstLeft;
    const PairChoice choice = side == Side::Tie ? PairChoice::Tie
        : side == Side::BothBad                 ? PairChoice::BothBad
        : chosenFirst                           ? PairChoice::A
                                                : PairChoice::B;
    const Json saw = {{"blind", true}, {"word_diff", m_diff->isChecked()},
        {"results_open", m_results->isChecked()}};
    m_queue->decide(choice, std::min(longestLookMs, m_looking.elapsed()), saw);
}

void PairsPanel::showDecided(const PairItem& item) {
    showProgress();
    QString said;
    switch (item.choice.value_or(PairChoice::Tie)) {
    case PairChoice::A:
    case PairChoice::B:
        said = tr("Sample %1: you preferred the answer called %2.")
                   .arg(QString::number(item.sample), nameOf(item.choice == PairChoice::A));
        break;
    case PairChoice::Tie:
        said = tr("Sample %1: a tie.").arg(item.sample);
        break;
    case PairChoice::BothBad:
        said = tr("Sample %1: both bad.").arg(item.sample);
        break;
    }
    m_last->setText(said);
    if (m_margin->isChecked())
        askMargin(item, said);
}

void PairsPanel::askMargin(const PairItem& item, const QString& said) {
    const ModelChoice model = m_selection->activeModel();
    if (model.isEmpty())
        return m_last->setText(said + QLatin1Char(' ') + tr("No model is chosen for the margin."));
    struct Both {
        std::optional<double> logprob[2];
    };
    auto both = std::make_shared<Both>();
    const quint64 shown = ++m_shownMargin;
    for (int side = 0; side < 2; ++side) {
        Sample whole;
        whole.messages = item.prompt;
        const auto& answer = side == 0 ? item.a : item.b;
        const int first = int(whole.messages.size());
        whole.messages.insert(whole.messages.end(), answer.begin(), answer.end());
        EngineModels::Scoring scoring;
        scoring.folder = model.folder;
        scoring.input = {{"messages", sampleToJson(whole).value("messages", Json::array())}};
        scoring.top = 0;
        m_models->score(scoring, this, {},
            [this, both, side, first, shown, said, model](Result<ScoreRecord> record) {
                if (shown != m_shownMargin)
                    return;
                if (!record)
                    return m_last->setText(said + QLatin1Char(' ') + errorMessage(record.error()));
                double sum = 0;
                for (const ScoreRecord::Token& token : record->tokens)
                    if (token.scored && token.answer && token.message >= first)
                        sum += token.logprob;
                both->logprob[side] = sum;
                if (!both->logprob[0] || !both->logprob[1])
                    return;
                const double margin = *both->logprob[0] - *both->logprob[1];
                m_last->setText(said + QLatin1Char(' ')
                    + tr("Under %1, log p(%2) − log p(%3) = %4 nats.")
                          .arg(model.name, nameOf(true), nameOf(false),
                              (margin > 0 ? QStringLiteral("+") : QString())
                                  + QLocale().toString(margin, 'f', 2)));
            });
    }
}

void PairsPanel::act() {
    switch (m_action) {
    case Action::None:
        return;
    case Action::MakeAnswers:
        return m_answers->start(plan());
    case Action::StopAnswers:
        return m_answers->cancel();
    case Action::TryAgain:
        return refresh();
    case Action::Results:
        return m_results->setChecked(true);
    }
}

void PairsPanel::showResults(bool on) {
    if (on)
        m_tally->show(m_queue->tallies(), nameOf(true), nameOf(false));
    m_tally->setVisible(on);
}

} // namespace assay
