// How a sample is laid out: the other half of SampleView.
#include "ui/common/sample_view/sample_view.h"

#include "core/data/source_shape.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/fold.h"
#include "ui/common/sample_view/history_view.h"
#include "ui/common/sample_view/text_block.h"
#include "ui/common/sample_view/tool_call_view.h"
#include "ui/common/sample_view/turn_text.h"

#include <QApplication>
#include <QBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>

namespace assay {

namespace {

/// Earlier turns are folded into one line when there are more, or longer, than a person takes in.
constexpr int openEarlierTurns = 4;
constexpr std::size_t openEarlierBytes = 6000;
/// Turns laid out at a time of a long conversation.
constexpr int turnsAtOnce = 40;
constexpr std::size_t bytesAtOnce = 60'000;
constexpr int sideBySideWidth = 760;
constexpr int readingWidth = 1000;

QVBoxLayout* makeColumn(QWidget* widget) {
    auto* column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(10));
    return column;
}

TextBlock* jsonBlock(const QString& text, const QString& name) {
    auto* block = new TextBlock;
    block->setContent(text, TextBlock::Form::Code, QStringLiteral("json"));
    block->setAccessibleName(name);
    return block;
}

/// The functions that a tools text defines, or nothing when it is not such a list.
std::vector<const Json*> toolDefinitions(const Json& tools) {
    std::vector<const Json*> found;
    for (const Json& tool : tools.is_array() ? tools : Json::array())
        if (tool.is_object())
            found.push_back(tool.contains("function") && tool["function"].is_object()
                    ? &tool["function"]
                    : &tool);
    return found;
}

} // namespace

void SampleView::rebuild() {
    m_turns.clear();
    m_folds.clear();
    m_pair = nullptr;
    m_toolsFold = nullptr;
    auto* page = new QWidget;
    auto* line = new QHBoxLayout(page);
    line->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(12));
    auto* text = new QWidget(page);
    QVBoxLayout* column = makeColumn(text);
    const Sample& sample = m_sample->sample;
    // Lines wider than this are hard to read.
    if (!sample.chosen && !sample.rejected)
        text->setMaximumWidth(scaled(readingWidth));
    line->addWidget(text, 1000);
    line->addStretch(1);
    if (sample.text) {
        Message whole;
        whole.role = Role::Assistant;
        whole.content = *sample.text;
        column->addWidget(makeTurnView(whole, {TurnPlace::List::Text, 0}));
    }
    addMessages(column, sample.messages);
    if (sample.chosen || sample.rejected)
        addPair(column);
    addRest(column);
    column->addStretch(1);
    // The keyboard must not be lost with the text it was in.
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = focus && m_page && m_page->isAncestorOf(focus);
    // What is on the screen is replaced in one go.
    delete m_scroll->takeWidget();
    if (hadFocus)
        m_scroll->setFocus();
    m_page = page;
    m_scroll->setWidget(page);
    page->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
}

TurnView* SampleView::makeTurnView(const Message& message, TurnPlace place) {
    auto* turn = new TurnView(message, place);
    turn->setRendered(m_rendered);
    turn->setTokens(tokensOf(place));
    if (const auto loss = m_losses.find(place); loss != m_losses.end())
        turn->setLoss(loss->second);
    if (const auto spans = m_spans.find(place); spans != m_spans.end())
        turn->setSpans(spans->second);
    m_turns[place] = turn;
    connect(turn, &TurnView::editWanted, this, [this, place] { startEdit(place); });
    connect(turn, &TurnView::edited, this,
        [this, place](const Message& edited) { saveTurn(place, edited); });
    connect(turn, &TurnView::editLeft, this, [this] {
        m_scroll->setFocus();
        Q_EMIT editLeft();
    });
    connect(turn, &TurnView::selectionChanged, this, &SampleView::textSelected);
    connect(turn, &TurnView::spanRemovalWanted, this, &SampleView::spanRemovalWanted);
    return turn;
}

QWidget* SampleView::makeTurn(const Message& message, TurnPlace place) {
    const bool folds = message.role == Role::System || message.role == Role::Developer
        || message.role == Role::Tool;
    if (!folds)
        return makeTurnView(message, place);
    const QString title = turnTitle(message);
    auto* fold = new Fold(title + QStringLiteral(" · ") + preview(message.content),
        lengthNote(tokensOf(place), countedText(message)),
        [this, message, place, title]() -> QWidget* {
            m_opened << title;
            if (message.role != Role::Tool)
                return makeTurnView(message, place);
            // A result is mostly JSON; then it reads better as a tree, and is edited as it is.
            const auto json = parseJson(message.content, "result");
            TurnView* turn = makeTurnView(message, place);
            if (!json || !json->is_structured() || json->empty())
                return turn;
            auto* box = new QWidget;
            turn->setParent(box); // until the fold takes it
            turn->hide();
            QVBoxLayout* column = makeColumn(box);
            column->addWidget(jsonBlock(jsonTree(*json), tr("Tool result as a tree")));
            column->addWidget(new Fold(tr("as is"), QString(), [turn] { return turn; }));
            return box;
        });
    m_folds[place] = fold;
    return fold;
}

QWidget* SampleView::makeTurns(
    const std::vector<Message>& messages, TurnPlace::List list, int begin, int end) {
    auto* box = new QWidget;
    QVBoxLayout* column = makeColumn(box);
    auto* more = makeButton(QString(), box);
    setLook(more, "link");
    column->addWidget(more, 0, Qt::AlignLeft);
    auto next = std::make_shared<int>(begin);
    const auto add = [this, messages, list, end, column, more, next] {
        std::size_t bytes = 0;
        for (int count = 0; *next < end && count < turnsAtOnce && bytes < bytesAtOnce; ++count) {
            const Message& message = messages[std::size_t(*next)];
            bytes += message.content.size();
            column->insertWidget(column->count() - 1, makeTurn(message, {list, *next}));
            ++*next;
        }
        more->setText(tr("Show more: %n turn(s) left", nullptr, end - *next));
        more->setAccessibleName(more->text());
        more->setVisible(*next < end);
    };
    connect(more, &QPushButton::clicked, box, add);
    add();
    return box;
}

void SampleView::addMessages(QVBoxLayout* column, const std::vector<Message>& messages) {
    int first = 0; // behind the system prompt
    while (first < int(messages.size())
        && (messages[std::size_t(first)].role == Role::System
            || messages[std::size_t(first)].role == Role::Developer)) {
        column->addWidget(
            makeTurn(messages[std::size_t(first)], {TurnPlace::List::Messages, first}));
        ++first;
    }
    addTools(column);
    // The last exchange begins with the last message of the user.
    int last = int(messages.size()) - 1;
    while (last > first && messages[std::size_t(last)].role != Role::User)
        --last;
    if (last <= first)
        last = first;
    std::size_t bytes = 0;
    for (int i = first; i < last; ++i)
        bytes += messages[std::size_t(i)].content.size();
    if (last - first > openEarlierTurns || bytes > openEarlierBytes) {
        std::string earlier;
        int trained = 0;
        for (int i = first; i < last; ++i) {
            earlier += countedText(messages[std::size_t(i)]);
            trained += int(trainWeight(messages[std::size_t(i)]) > 0);
        }
        const QString note = lengthNote(-1, earlier)
            + (trained > 0 ? QStringLiteral(" · ") + tr("%n trained turn(s)", nullptr, trained)
                           : QString());
        column->addWidget(new Fold(tr("turns %1–%2 · %3")
                                       .arg(1)
                                       .arg(last - first)
                                       .arg(preview(messages[std::size_t(first)].content)),
            note, [this, messages, first, last] {
                m_opened << QStringLiteral("earlier turns");
                return makeTurns(messages, TurnPlace::List::Messages, first, last);
            }));
        first = last;
    }
    if (first < int(messages.size()))
        column->addWidget(
            makeTurns(messages, TurnPlace::List::Messages, first, int(messages.size())));
}

void SampleView::addTools(QVBoxLayout* column) {
    const std::string text = m_sample->sample.tools;
    if (text.empty())
        return;
    const auto json = parseJson(text, "tools");
    if (json && json->is_structured() && json->empty())
        return; // "[]": the row has none
    const auto count = json ? toolDefinitions(*json).size() : 0;
    const QString title = count > 0 ? tr("%n tool(s)", nullptr, int(count)) : tr("tools");
    m_toolsFold = new Fold(title, lengthNote(m_toolTokens, text), [this, text]() -> QWidget* {
        m_opened << QStringLiteral("tools");
        auto* box = new QWidget;
        QVBoxLayout* inside = makeColumn(box);
        const auto tools = parseJson(text, "tools");
        if (!tools) {
            QLabel* note = makeLabel(
                tr("The tool definitions are not valid JSON: %1")
                    .arg(QString::fromStdString(std::string(tools.error().argument("reason")))),
                "wrong");
            note->setWordWrap(true);
            inside->addWidget(note);
            inside->addWidget(jsonBlock(QString::fromStdString(text), tr("Tool definitions")));
            return box;
        }
        for (const Json* tool : toolDefinitions(*tools)) {
            const auto word = [tool](const char* key) {
                return tool->contains(key) && (*tool)[key].is_string()
                    ? (*tool)[key].get<std::string>()
                    : std::string();
            };
            const QString tree = jsonTree(*tool);
            inside->addWidget(new Fold(QString::fromStdString(word("name")) + QStringLiteral(" · ")
                    + preview(word("description")),
                QString(), [tree] { return jsonBlock(tree, tr("Tool definition")); }));
        }
        inside->addWidget(new Fold(tr("as is"), QString(), [text] {
            return withMoreButton(jsonBlock(QString::fromStdString(text), tr("Tool definitions")));
        }));
        return box;
    });
    column->addWidget(m_toolsFold);
}

QVBoxLayout* SampleView::addColumn(QBoxLayout* row, const QString& title, const char* look) {
    auto* box = new QWidget;
    QVBoxLayout* column = makeColumn(box);
    auto* line = new QHBoxLayout;
    line->addWidget(new Chip(title, qstrcmp(look, "right") == 0 ? Tone::Right : Tone::Wrong));
    line->addStretch(1);
    column->addLayout(line);
    row->addWidget(box, 1, Qt::AlignTop);
    return column;
}

void SampleView::addPair(QVBoxLayout* column) {
    const Sample& sample = m_sample->sample;
    m_pair = new QBoxLayout(QBoxLayout::TopToBottom);
    m_pair->setSpacing(scaled(12));
    column->addLayout(m_pair);
    const auto add = [this](const std::optional<std::vector<Message>>& messages,
                         const QString& title, const char* look, TurnPlace::List list) {
        if (!messages)
            return;
        QVBoxLayout* inside = addColumn(m_pair, title, look);
        for (std::size_t i = 0; i < messages->size(); ++i)
            inside->addWidget(makeTurn((*messages)[i], {list, int(i)}));
    };
    add(sample.chosen, tr("chosen"), "right", TurnPlace::List::Chosen);
    add(sample.rejected, tr("rejected"), "wrong", TurnPlace::List::Rejected);
    layPair();
}

void SampleView::layPair() {
    if (m_pair)
        m_pair->setDirection(
            width() >= scaled(sideBySideWidth) ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

void SampleView::addRest(QVBoxLayout* column) {
    const Sample& sample = m_sample->sample;
    if (sample.reference) {
        column->addWidget(makeLabel(tr("reference answer"), "secondary"));
        auto* block = new TextBlock;
        block->setContent(QString::fromStdString(*sample.reference), TextBlock::Form::Text);
        block->setAccessibleName(tr("Reference answer"));
        column->addWidget(withMoreButton(block));
    }
    const Json meta = withoutShape(sample.meta);
    if (meta.is_object() && !meta.empty()) {
        const QString tree = jsonTree(meta);
        column->addWidget(
            new Fold(tr("%n other field(s)", nullptr, int(meta.size())), QString(), [this, tree] {
                m_opened << QStringLiteral("other fields");
                return withMoreButton(jsonBlock(tree, tr("Other fields of the row")));
            }));
    }
    column->addWidget(new Fold(tr("History"), QString(), [this] {
        m_opened << QStringLiteral("history");
        return new HistoryView(m_sample->id, &m_access);
    }));
}

} // namespace assay
