#include "ui/common/controls.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/branch_model.h"
#include "ui/panels/inspect/generation_button.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/sample_list.h"
#include "ui/panels/inspect/text_writer.h"
#include "ui/panels/inspect/token_card.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>

#include <algorithm>

namespace assay {

QAction* InspectPanel::command(
    const QString& text, const QKeySequence& key, std::function<void()> run) {
    auto* action = new QAction(text, this);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    addAction(action);
    return action;
}

void InspectPanel::buildCommands() {
    const auto key = [](const char* name) { return QKeySequence(QString::fromLatin1(name)); };
    const auto add = [this](const char* id, const QString& text, const QKeySequence& keys,
                         std::function<void()> run) {
        QAction* made = m_commands[QString::fromLatin1(id)] = command(text, keys, std::move(run));
        made->setObjectName(QStringLiteral("inspect.") + QLatin1String(id));
    };
    add("suspect", tr("Next suspect"), key("N"), [this] { jumpTo(m_findings.suspects, 1); });
    add("suspect_back", tr("Previous suspect"), key("P"),
        [this] { jumpTo(m_findings.suspects, -1); });
    add("divergence", tr("Next place where base and tuned differ"), key("D"),
        [this] { jumpTo(m_findings.divergences, 1); });
    add("onset", tr("Error onset"), key("O"), [this] { jumpTo({m_findings.onset}, 1); });
    add("departure", tr("Next departure from the reference"), key("Shift+O"),
        [this] { jumpTo(m_findings.departures, 1); });
    add("uncertain", tr("Next most uncertain token"), key("U"), [this] { jumpToUncertain(); });
    add("role", tr("Base, tuned, delta in turn"), key("B"), [this] { cycleRole(); });
    add("metric", tr("Next metric"), key("M"),
        [this] { m_metric->setCurrent((m_metric->current() + 1) % 4); });
    for (int k = 1; k <= 9; ++k)
        add(("alternative" + std::to_string(k)).c_str(), tr("Take alternative %1").arg(k),
            QKeySequence(QString::number(k)), [this, k] { takeAlternative(k - 1); });
    for (int k = 1; k <= 9; ++k)
        add(("preview" + std::to_string(k)).c_str(), tr("Preview alternative %1").arg(k),
            QKeySequence(Qt::SHIFT | Qt::Key(Qt::Key_0 + k)),
            [this, k] { previewAlternative(k - 1); });
    add("branch", tr("Branch with the chosen alternative"), key("Return"), [this] {
        const int row = m_token->table()->currentIndex().row();
        takeAlternative(row >= 0 ? row : 0);
    });
    // Only where the strip has the keyboard: in a field Enter belongs to the field.
    QAction* branch = m_commands[QStringLiteral("branch")];
    branch->setShortcutContext(Qt::WidgetShortcut);
    m_strip->addAction(branch);
    add("preview", tr("Preview the chosen alternative"), key("V"), [this] {
        const int row = m_token->table()->currentIndex().row();
        previewAlternative(row >= 0 ? row : 0);
    });
    add("continue", tr("Continue from here, in place of the token"), key("G"),
        [this] { continueFrom(m_text->models().active, false); });
    add("continue_after", tr("Continue after the token"), key("Shift+G"),
        [this] { continueFrom(m_text->models().active, true); });
    add("continue_base", tr("Base model from here"), key("Alt+G"),
        [this] { continueFrom(ModelRole::Base, false); });
    add("force", tr("Force text…"), key("F"), [this] { askForForcedText(); });
    add("edit", tr("Edit the text…"), key("E"), [this] { askForEdit(); });
    add("write", tr("Write a text or a prompt…"), key("W"), [this] { askForOwnText(); });
    add("delete", tr("Delete the branch"), key("Delete"),
        [this] { m_text->remove(m_text->currentId()); });
    add("root", tr("Back to the beginning of the tree"), key("Backspace"),
        [this] { m_text->setCurrent(m_text->tree().rootId()); });
    add("cancel", tr("Cancel, then clear the selection"), key("Esc"), [this] {
        if (m_content->currentWidget() == m_writer) {
            Q_EMIT m_writer->cancelled();
        } else if (m_forceBar->isVisible()) {
            m_forceBar->hide();
            m_strip->setFocus();
        } else if (m_text->isBusy()) {
            m_text->cancel();
        } else {
            m_strip->setSelectedToken(-1);
        }
    });
    add("sample_next", tr("Next sample"), key("]"), [this] { stepSample(1); });
    add("sample_back", tr("Previous sample"), key("["), [this] { stepSample(-1); });
    addAction(m_frameAction);
    updateCommands();
}

void InspectPanel::updateCommands() {
    if (m_commands.empty())
        return;
    const ScoreRecord* record = m_text->record();
    const Branch* branch = m_text->current();
    const int token = m_strip->selectedToken();
    const bool has = record != nullptr;
    const bool alternatives = has && token > 0 && m_token->alternatives()->rowCount() > 0;
    const bool ready = m_models->session()->state() != EngineSession::State::Failed;
    const bool free = !m_text->isGenerating();
    const auto enable
        = [this](const char* id, bool on) { m_commands[QString::fromLatin1(id)]->setEnabled(on); };
    enable("suspect", !m_findings.suspects.empty());
    enable("suspect_back", !m_findings.suspects.empty());
    enable("divergence", !m_findings.divergences.empty());
    enable("onset", m_findings.onset >= 0);
    enable("departure", !m_findings.departures.empty());
    enable("uncertain", has);
    enable("role", m_role->isVisibleTo(this));
    for (int k = 1; k <= 9; ++k)
        enable(("alternative" + std::to_string(k)).c_str(),
            alternatives && free && ready && k <= m_token->alternatives()->rowCount());
    for (int k = 1; k <= 9; ++k)
        enable(("preview" + std::to_string(k)).c_str(),
            alternatives && ready && k <= m_token->alternatives()->rowCount());
    enable("branch", alternatives && free && ready);
    enable("preview", alternatives && ready);
    for (const char* id : {"continue", "force"})
        enable(id, has && free && ready);
    enable("continue_after", has && free && ready && token >= 0);
    enable(
        "continue_base", has && free && ready && !m_text->models().of(ModelRole::Base).isEmpty());
    enable("edit", has && free);
    enable("write", !m_selection->activeModel().isEmpty());
    enable("delete", branch && !branch->isRoot());
    enable("root", branch && !branch->isRoot());
    m_continue->setEnabled(has && free && ready);
    m_continueBase->setEnabled(has && free && ready);
    m_forceButton->setEnabled(has && free && ready);
}

void InspectPanel::jumpTo(const std::vector<int>& tokens, int direction) {
    if (tokens.empty() || tokens.front() < 0)
        return;
    const int here = m_strip->selectedToken();
    int next = direction > 0 ? tokens.front() : tokens.back();
    if (direction > 0) {
        const auto after = std::ranges::upper_bound(tokens, here);
        if (after != tokens.end())
            next = *after;
    } else {
        const auto at = std::ranges::lower_bound(tokens, here);
        if (at != tokens.begin())
            next = *(at - 1);
    }
    m_strip->setSelectedToken(next);
    m_strip->setFocus();
}

/// The token of highest entropy below that of the selected one; from the lowest back to the
/// highest.
void InspectPanel::jumpToUncertain() {
    const ScoreRecord* record = m_text->record();
    if (!record)
        return;
    const int count = int(record->tokens.size());
    int first = lastAnswerBegin(*record);
    if (first >= count)
        first = 0;
    std::vector<std::pair<double, int>> order;
    for (int i = first; i < count; ++i)
        if (record->tokens[std::size_t(i)].scored && !record->tokens[std::size_t(i)].frame)
            order.emplace_back(-record->tokens[std::size_t(i)].entropy, i);
    if (order.empty())
        return;
    std::ranges::sort(order);
    const auto here
        = std::ranges::find(order, m_strip->selectedToken(), &std::pair<double, int>::second);
    const auto next = here == order.end() || here + 1 == order.end() ? order.begin() : here + 1;
    m_strip->setSelectedToken(next->second);
    m_strip->setFocus();
}

void InspectPanel::cycleRole() {
    const int next = (m_role->current() + 1) % 3;
    m_role->setCurrent(next == 2 && !m_text->comparable() ? 0 : next);
}

/// Where the person's words or the model's go: in place of the selected token; with none, where
/// the last answer begins, and behind a text without one.
int InspectPanel::placeToContinue() const {
    const ScoreRecord* record = m_text->record();
    if (!record)
        return 0;
    const int token = m_strip->selectedToken();
    return token >= 0 ? token : lastAnswerBegin(*record);
}

void InspectPanel::continueFrom(ModelRole writer, bool after) {
    if (!m_text->record() || m_text->isGenerating())
        return;
    // A model needs at least one token to go on from.
    const int keep = std::max(1, placeToContinue() + (after ? 1 : 0));
    m_text->continueAfter(keep, writer, m_generation->settings());
}

void InspectPanel::takeAlternative(int row) {
    const AlternativesModel* model = m_token->alternatives();
    const int token = m_strip->selectedToken();
    if (row < 0 || row >= model->rowCount() || token <= 0 || m_text->isGenerating())
        return;
    const QModelIndex index = model->index(row, AlternativesModel::Token);
    if (index.data(AlternativesModel::ActualRole).toBool())
        return continueFrom(m_text->models().active, true);
    m_text->takeAlternative(token, index.data(AlternativesModel::IdRole).toInt(),
        index.data(AlternativesModel::PieceRole).toString(), m_generation->settings());
    m_strip->setFocus();
}

void InspectPanel::previewAlternative(int row) {
    const AlternativesModel* model = m_token->alternatives();
    if (row < 0 || row >= model->rowCount())
        return;
    const QModelIndex index = model->index(row, AlternativesModel::Token);
    m_previewOf = index.data(AlternativesModel::PieceRole).toString();
    m_token->showPreview(m_previewOf, QStringLiteral("…"));
    m_text->preview(m_strip->selectedToken(), index.data(AlternativesModel::IdRole).toInt());
}

void InspectPanel::askForForcedText() {
    const ScoreRecord* record = m_text->record();
    if (!record)
        return;
    const int token = m_strip->selectedToken();
    m_forceLabel->setText(token >= 0
            ? tr("In place of token %1 (%2) say")
                  .arg(QString::number(token + 1),
                      quotedPiece(m_strip->text().tokens[std::size_t(token)]))
            : lastAnswerBegin(*record) < int(record->tokens.size()) ? tr("As the answer say")
                                                                    : tr("After the text say"));
    m_forceBar->show();
    m_force->clear();
    m_force->setFocus();
}

void InspectPanel::askForEdit() {
    const ScoreRecord* record = m_text->record();
    const Branch* branch = m_text->current();
    if (!record || !branch)
        return;
    const int count = int(record->tokens.size());
    const bool conversation = !branch->titles.empty();
    // The turn of the selected token, else the last answer; of plain text all of it.
    int message = -1;
    if (conversation) {
        const int token = m_strip->selectedToken();
        const int place = token >= 0 ? token : std::min(count - 1, lastAnswerBegin(*record));
        message = record->tokens[std::size_t(place)].message;
        for (int i = count - 1; message < 0 && i >= 0; --i)
            message = record->tokens[std::size_t(i)].message;
    }
    std::string words;
    for (const ScoreRecord::Token& token : record->tokens)
        if (!token.frame && (!conversation || token.message == message))
            words += token.bytes;
    m_editedMessage = message;
    m_content->setCurrentWidget(m_writer);
    updatePage();
    m_writer->begin(TextWriter::Purpose::Edit,
        QString::fromUtf8(words.data(), qsizetype(words.size())),
        message >= 0 && message < int(branch->titles.size())
            ? tr("The words of the turn \"%1\". The sample itself stays as it is.")
                  .arg(branch->titles[std::size_t(message)])
            : tr("The text in view. The sample itself stays as it is."));
}

void InspectPanel::askForOwnText() {
    m_content->setCurrentWidget(m_writer);
    updatePage();
    m_writer->begin(TextWriter::Purpose::Free, QString(),
        tr("Any text, without a sample: scored as it stands, or sent as a message and answered."));
}

void InspectPanel::acceptWriter() {
    m_content->setCurrentWidget(m_strip);
    const QString words = m_writer->text();
    if (m_writer->purpose() == TextWriter::Purpose::Free) {
        showOwnText(words, m_writer->isPrompt());
        m_strip->setFocus();
        return;
    }
    const Branch* branch = m_text->current();
    if (!branch)
        return updatePage();
    std::vector<QString> titles = branch->titles;
    Json input;
    if (m_editedMessage < 0) {
        input = {{"text", words.toStdString()}};
    } else {
        // The conversation that the branch began with; the answer's words are those in view.
        const Branch* source = branch;
        while (source->input.is_null())
            source = m_text->tree().find(source->parent);
        input = source->input;
        Json& messages = input["messages"];
        const ScoreRecord* record = m_text->record();
        const auto set = [&](int message, const std::string& text) {
            if (message < int(messages.size()))
                messages[std::size_t(message)]["content"] = text;
            else
                messages.push_back({{"role", "assistant"}, {"content", text}});
        };
        if (source != branch && record) {
            const int begin = lastAnswerBegin(*record);
            if (begin < int(record->tokens.size())) {
                std::string answer;
                for (std::size_t i = std::size_t(begin); i < record->tokens.size(); ++i)
                    if (!record->tokens[i].frame)
                        answer += record->tokens[i].bytes;
                set(record->tokens[std::size_t(begin)].message,
                    QString::fromUtf8(answer.data(), qsizetype(answer.size())).toStdString());
            }
        }
        set(m_editedMessage, words.toStdString());
    }
    m_text->edit(std::move(input), std::move(titles));
    m_strip->setFocus();
}

void InspectPanel::stepSample(int direction) {
    QTableView* table = m_samples->table();
    const int row = table->currentIndex().row() + direction;
    if (row >= 0 && row < table->model()->rowCount())
        m_samples->chooseRow(row);
}

} // namespace assay
