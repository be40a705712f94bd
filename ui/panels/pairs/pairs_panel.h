#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/compare_batch_run.h"
#include "ui/service/pair_queue.h"

#include <QElapsedTimer>

class QLabel;
class QPushButton;
class QTextBrowser;

namespace assay {

class Card;
class Chip;
class PairAnswer;
class SegmentedSwitch;
class Settings;
class StateStack;
class TallyCard;

/// Two answers to one question, judged blind: of preference rows, or of the base model against the
/// tuned one. Which answer stands where is drawn for every person and sample, and nothing on the
/// screen tells until the decision has been taken.
class PairsPanel final : public Panel {
    Q_OBJECT

public:
    explicit PairsPanel(const Services& services, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("pairs"); }
    QString title() const override { return tr("Pairs"); }
    Group group() const override { return Group::Data; }
    QString icon() const override { return QStringLiteral("pairs"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QList<PanelExport> exports() override;

    PairQueue* queue() const { return m_queue; }
    PairAnswer* left() const { return m_left; }
    PairAnswer* right() const { return m_right; }
    QLabel* lastLine() const { return m_last; }
    TallyCard* tally() const { return m_tally; }
    SegmentedSwitch* kindSwitch() const { return m_kind; }
    StateStack* stack() const { return m_stack; }

    /// What a person does; the keys and the buttons.
    enum class Side { Left, Right, Tie, BothBad };
    void decide(Side side);
    /// Less than its parts would like: key caps give way where there is little room.
    QSize minimumSizeHint() const override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Action { None, MakeAnswers, StopAnswers, TryAgain, Results };

    QWidget* buildContent();
    QWidget* buildButtons();
    void buildActions();
    void refresh();
    void loadPairs();
    void loadAnswers();
    void showAnswersState();
    void showItem();
    void showEnd();
    void showFailure(const Error& error);
    void showProgress();
    void showDecided(const PairItem& item);
    void askMargin(const PairItem& item, const QString& said);
    void act();
    void showResults(bool on);
    CompareBatchRun::Plan plan() const;
    QString nameOf(bool first) const;

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    EngineModels* m_models;
    Settings* m_settings;
    PairQueue* m_queue;
    CompareBatchRun* m_answers;

    Card* m_card;
    Chip* m_progress;
    SegmentedSwitch* m_kind;
    QPushButton* m_diff;
    QPushButton* m_margin;
    QPushButton* m_results;
    QPushButton* m_promptFold;
    QTextBrowser* m_prompt;
    PairAnswer* m_left;
    PairAnswer* m_right;
    QLabel* m_last;
    QList<QLabel*> m_caps;
    StateStack* m_stack;
    TallyCard* m_tally;
    QElapsedTimer m_looking;
    Action m_action = Action::None;
    bool m_stale = true;
    quint64 m_shownMargin = 0;
};

/// One answer with the words that only it has underlined.
QString answerDiffHtml(const QString& own, const QString& other);

} // namespace assay
