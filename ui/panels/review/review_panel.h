#pragma once

#include "ui/common/panel.h"
#include "ui/common/services.h"
#include "ui/panels/review/active_time.h"
#include "ui/panels/review/review_keys.h"
#include "ui/service/review_access.h"

#include <map>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QProgressBar;
class QPushButton;
class QTextBrowser;
class QTimer;

namespace assay {

class Card;
class Chip;
class CriteriaView;
class KeyButton;
class SampleView;
class SegmentedSwitch;
class StateStack;

/// Judging one sample after the other by keyboard: the sample, the questions about it, the keys,
/// how far the queue is, and the guideline beside it. The queue is what the selection's filter
/// leaves pending.
class ReviewPanel final : public Panel {
    Q_OBJECT

public:
    explicit ReviewPanel(const Services& services, QWidget* parent = nullptr);
    ~ReviewPanel() override;
    QString id() const override { return QStringLiteral("review"); }
    QString title() const override { return tr("Review"); }
    Group group() const override { return Group::Data; }
    QString icon() const override { return QStringLiteral("review"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QList<QAction*> commands() const override;
    QString help() const override;
    QString selectionHelp() const override;

    void perform(ReviewAction action);
    const ReviewKeys& keys() const { return m_keys; }
    void setKeys(const ReviewKeys& keys);
    SampleView* view() const { return m_view; }
    CriteriaView* criteria() const { return m_criteria; }
    /// The sample that is judged; 0 when there is none.
    qint64 current() const;
    QString progressText() const;
    QString notice() const;
    bool isGuidelineShown() const;
    bool areScoresShown() const;
    /// Labels the text that is selected in the sample.
    void labelSelection(int label);
    void setTask(const ProjectTask& task);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildSample();
    void buildGuideline();
    QWidget* buildFooter();
    void buildActions();
    void buildMenu();

    void openQueue();
    void loadTask();
    /// Goes on from a sample, by default the current one.
    void go(ReviewAccess::Step step, std::vector<Decision> decisions = {}, qint64 from = 0);
    void judge(EventKind kind, Json value, ReviewAccess::Step step);
    void undo(bool back);
    void showItem(QueueItem item, bool sameSample = false);
    void replaceItem(QueueItem item, bool sameSample);
    void showFailure(const Error& error);
    void readEvents();
    void renewCounts();
    void showCounts();
    void renewLabels();
    void renewGuideline();
    void showGuideline(bool on);
    void showScores(bool on);
    void startComment();
    void endComment(bool record);
    void editTask();
    void editKeys();
    void chooseAuthor(const QString& name);
    void say(const QString& text, bool wrong = false);
    void noteLater();
    Decision decision(EventKind kind, Json value);
    bool isTyping(const QObject* widget) const;
    bool handleKey(QObject* watched, class QKeyEvent* event);
    bool handleDigit(int digit, Qt::KeyboardModifiers modifiers);

    Services m_services;
    ReviewAccess m_access;
    ReviewKeys m_keys;
    ReviewQueue m_queue;
    ProjectTask m_task;
    std::optional<QueueItem> m_item;
    std::vector<qint64> m_trail; ///< samples before the current one, as they were passed
    ActiveTime m_time;
    quint64 m_generation = 0; ///< of the queue
    int m_steps = 0; ///< requests under way
    int m_moves = 0; ///< those among them that will show another sample
    bool m_dirty = true; ///< the queue is to be opened when the panel is shown
    bool m_composing = false;
    bool m_following = false; ///< the selection is being set by this panel
    QueueCounts m_counts;
    bool m_narrow = false;

    Card* m_card;
    Chip* m_status;
    Chip* m_channel;
    QLabel* m_progress;
    QProgressBar* m_bar;
    SegmentedSwitch* m_scores;
    QPushButton* m_menu;
    StateStack* m_stack;
    SampleView* m_view;
    QWidget* m_spanBar;
    QHBoxLayout* m_spanLine;
    CriteriaView* m_criteria;
    QLineEdit* m_comment;
    QLabel* m_notice;
    Card* m_guideCard;
    QTextBrowser* m_guide;
    std::map<ReviewAction, KeyButton*> m_buttons;
    std::map<ReviewAction, QAction*> m_actions;
    QList<QAction*> m_otherActions;
    QTimer* m_noteTimer;
};

} // namespace assay
