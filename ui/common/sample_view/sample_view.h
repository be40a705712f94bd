#pragma once

#include "core/store/samples.h"
#include "ui/common/sample_view/turn_view.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/review_access.h"

#include <QWidget>

#include <map>

class QBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QTimer;
class QVBoxLayout;

namespace assay {

class FindingChips;
class Fold;
class HistoryView;
class SegmentedSwitch;
class TokenCounter;
struct ScoreRecord;

/// A sample to read, and to edit in place: turns, system prompt, tools, calls and results, code,
/// Markdown, thinking, weights, token counts, losses under the chosen model, and its history.
class SampleView final : public QWidget {
    Q_OBJECT

public:
    /// Whether losses are computed: never (and none shown), when asked for, or always.
    enum class Scores { Hidden, OnDemand, Always };

    explicit SampleView(const Services& services, QWidget* parent = nullptr);
    ~SampleView() override;

    void showSample(const StoredSample& sample);
    void clear();
    bool hasSample() const { return m_sample.has_value(); }
    const StoredSample& sample() const { return *m_sample; }

    void setScores(Scores scores);
    /// Computes the losses under the model chosen in the selection.
    void score();
    bool isScoring() const { return m_scoring != 0; }
    /// Mean over the answers, under the model that is named with it; nothing when not shown.
    std::optional<double> shownLoss() const;
    QString shownModel() const { return m_scoredName; }

    /// Edits the last answer, or the turn that is given.
    void startEdit();
    void startEdit(TurnPlace place);
    bool isEditing() const;
    /// Saves an open edit and calls `done(true)` when it is on the disk or there was none; false
    /// when it cannot be saved, which is then said at its place.
    void finishEdit(std::function<void(bool)> done);

    /// The labelled places of the sample, by turn.
    void setSpans(const std::map<TurnPlace, std::vector<TurnSpan>>& spans);
    struct Selected {
        TurnPlace place;
        qint64 begin = 0;
        qint64 end = 0;
    };
    /// The selected text of a turn.
    std::optional<Selected> selectedText() const;
    /// What of the sample has been on the screen: opened parts, loss, model.
    Json seen() const;
    /// The turns that have been made, in order; folded ones are not.
    std::vector<TurnView*> turns() const;
    QScrollArea* scrollArea() const { return m_scroll; }
    FindingChips* findings() const { return m_findings; }
    bool isSettled() const;

Q_SIGNALS:
    /// An edit is on the disk; the view shows the new text.
    void edited(const assay::StoredSample& sample);
    void editLeft();
    void editStarted();
    void scored();
    void textSelected();
    void spanRemovalWanted(const QString& event);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildBar(QVBoxLayout* column);
    void rebuild();
    void addMessages(QVBoxLayout* column, const std::vector<Message>& messages);
    void addTools(QVBoxLayout* column);
    void addPair(QVBoxLayout* column);
    void addRest(QVBoxLayout* column);
    QWidget* makeTurns(
        const std::vector<Message>& messages, TurnPlace::List list, int begin, int end);
    QWidget* makeTurn(const Message& message, TurnPlace place);
    TurnView* makeTurnView(const Message& message, TurnPlace place);
    QVBoxLayout* addColumn(QBoxLayout* row, const QString& title, const char* look);
    void layPair();
    void saveTurn(TurnPlace place, const Message& message);
    /// Replaces the personal data that the check finds.
    void redact(const QString& check);
    void recordEdit(Decision decision);
    void count();
    void renewNotes();
    void scoreInput(const Sample& sample, bool rejected);
    void showScore(Result<ScoreRecord> record, bool rejected);
    void renewScoreControls();
    /// The template that was chosen for the model in use; empty for the model's own.
    QString chosenTemplate() const;
    void chooseTemplate(const QString& name);
    int tokensOf(TurnPlace place) const;
    const Message* messageAt(TurnPlace place) const;

    Services m_services;
    ReviewAccess m_access;
    std::unique_ptr<TokenCounter> m_counter;
    std::optional<StoredSample> m_sample;
    std::map<TurnPlace, TurnView*> m_turns;
    std::map<TurnPlace, Fold*> m_folds; ///< of turns that are folded one by one
    std::map<TurnPlace, int> m_tokens;
    std::map<TurnPlace, TurnLoss> m_losses;
    std::map<TurnPlace, std::vector<TurnSpan>> m_spans;
    std::optional<double> m_loss;
    bool m_stale = false;
    QString m_scoredName;
    Scores m_scores = Scores::OnDemand;
    quint64 m_scoring = 0;
    quint64 m_generation = 0; ///< of the sample shown
    bool m_counting = false;
    bool m_saving = false;
    bool m_rendered = false;
    int m_toolTokens = -1;
    std::function<void(bool)> m_afterSave;
    QStringList m_opened;
    qint64 m_editBegan = 0;

    SegmentedSwitch* m_form;
    QPushButton* m_scoreButton;
    /// Shown where the model has no chat template, and afterwards to choose another one.
    QPushButton* m_templateButton;
    bool m_templateMissing = false;
    std::map<QString, QString> m_templates; ///< by model folder
    QLabel* m_note;
    QLabel* m_total;
    FindingChips* m_findings;
    QScrollArea* m_scroll;
    QWidget* m_page = nullptr;
    QBoxLayout* m_pair = nullptr;
    Fold* m_toolsFold = nullptr;
};

} // namespace assay
