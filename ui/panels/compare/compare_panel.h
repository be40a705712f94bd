#pragma once

#include "core/analysis/compare_case.h"
#include "core/store/samples.h"
#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/panels/compare/record_to_lanes.h"
#include "ui/service/model_pair.h"
#include "ui/service/project_access.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;

namespace assay {

class BatchCard;
class Card;
class CellCard;
class Chip;
class Continuations;
class RolePicker;
class ScoreLanes;
class SegmentedSwitch;
class Settings;
class StateStack;

/// The same text under two models, set like a score; what both say from any token; and the same
/// numbers over a whole view.
class ComparePanel final : public Panel {
    Q_OBJECT

public:
    explicit ComparePanel(const Services& services, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("compare"); }
    QString title() const override { return tr("Compare"); }
    Group group() const override { return Group::Analyse; }
    QString icon() const override { return QStringLiteral("compare"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QString selectionHelp() const override;
    QList<PanelExport> exports() override;

    ScoreLanes* lanes() const { return m_lanes; }
    CellCard* cellCard() const { return m_cell; }
    Continuations* continuations() const { return m_continuations; }
    BatchCard* batch() const { return m_batch; }
    SegmentedSwitch* textSwitch() const { return m_text; }
    StateStack* laneStack() const { return m_stack; }
    const std::optional<PairedRecord>& record() const { return m_record; }
    /// The text of the "typed" mode.
    void setTyped(const QString& prompt, const QString& answer);

protected:
    void showEvent(QShowEvent* event) override;

private:
    enum class Action {
        None,
        OpenModel,
        RestartEngine,
        Cancel,
        TryAgain,
        UsePlainTemplate,
        UseOwn
    };

    void buildScore();
    QWidget* buildTyped();
    void buildActions();
    void loadModels();
    void openModelFolder(ModelRole role);
    void loadSample();
    /// Asks anew for what the selection says; nothing while the panel is hidden.
    void refresh();
    void ask();
    std::optional<SampleCase> asked() const;
    void generateAnswer(ModelRole role, const SampleCase& question);
    void compareAnswer(const SampleCase& question, Json extra);
    void showRecord(Result<PairedRecord> record);
    void showFailure(const Error& error);
    void stop();
    void act();
    void showCell(int cell);
    void followTokens();
    void continueFrom(int cell);
    void startContinuation(ModelRole role, std::vector<int> ids);
    void namePieces(bool tuned, const std::vector<int>& ids);
    void setOnlyChanged(bool on);
    QString summaryText() const;
    Result<void> writeReport(const QString& file) const;
    Result<void> writeTokens(const QString& file) const;
    ModelPair::Folders folders() const;

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    EngineModels* m_models;
    Settings* m_settings;
    ModelPair m_pair;
    ModelPair m_talk;

    Card* m_card;
    Chip* m_textChip;
    RolePicker* m_basePicker;
    RolePicker* m_tunedPicker;
    SegmentedSwitch* m_text;
    SegmentedSwitch* m_measure;
    QPushButton* m_onlyChanged;
    QWidget* m_typedRow;
    QPlainTextEdit* m_typedPrompt;
    QPlainTextEdit* m_typedAnswer;
    QLabel* m_prompt;
    ScoreLanes* m_lanes;
    StateStack* m_stack;
    QLabel* m_summary;
    CellCard* m_cell;
    Continuations* m_continuations;
    BatchCard* m_batch;
    QAction* m_changedAction = nullptr;

    std::optional<StoredSample> m_sample;
    std::optional<PairedRecord> m_record;
    QString m_ended; ///< why a model's own answer ended
    QString m_template; ///< empty for the tuned model's own
    Action m_action = Action::None;
    bool m_sampleLoading = false;
    bool m_modelsLoading = false;
    bool m_stale = true; ///< asked for something while hidden
    int m_measureBefore = -1; ///< the measure to return to after a pair without common ids
    bool m_foldedItself = false; ///< "only what changed" was switched on by a long answer
    quint64 m_asking = 0;
    quint64 m_generation = 0;
    quint64 m_talking[2] = {0, 0};
};

} // namespace assay
