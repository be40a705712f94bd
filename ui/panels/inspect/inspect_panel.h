#pragma once

#include "core/store/samples.h"
#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/panels/inspect/findings.h"
#include "ui/panels/inspect/inspected_text.h"
#include "ui/service/project_access.h"

class QAction;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace assay {

class AnswerCurve;
class BranchModel;
class Card;
class Chip;
class CorpusAccess;
class DataCard;
class GenerationButton;
class ModelPicker;
class SampleList;
class SegmentedSwitch;
class Settings;
class StateStack;
class StripLegend;
class TextWriter;
class TokenCard;
class TokenStrip;
class WhyCard;

/// A text as models see it, token by token: what surprised them, what they would rather have said,
/// and how they go on when a person puts other words there.
class InspectPanel final : public Panel {
    Q_OBJECT

public:
    explicit InspectPanel(const Services& services, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("inspect"); }
    QString title() const override { return tr("Inspect"); }
    Group group() const override { return Group::Analyse; }
    QString icon() const override { return QStringLiteral("inspect"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QString selectionHelp() const override;
    QList<PanelExport> exports() override;
    /// A model folder: becomes the project's, and the one in use.
    void openPath(const QString& path) override;

    SampleList* samples() const { return m_samples; }
    TokenStrip* strip() const { return m_strip; }
    TokenCard* tokenCard() const { return m_token; }
    WhyCard* whyCard() const { return m_why; }
    DataCard* dataCard() const { return m_data; }
    CorpusAccess* corpus() const { return m_corpus; }
    ModelPicker* picker() const { return m_picker; }
    StateStack* stripStack() const { return m_stack; }
    AnswerCurve* curve() const { return m_curve; }
    BranchModel* branches() const { return m_branches; }
    QTableView* branchTable() const { return m_branchTable; }
    TextWriter* writer() const { return m_writer; }
    QLineEdit* forceField() const { return m_force; }
    GenerationButton* generation() const { return m_generation; }
    InspectedText* text() const { return m_text; }
    SegmentedSwitch* metricSwitch() const { return m_metric; }
    SegmentedSwitch* roleSwitch() const { return m_role; }
    const Findings& findings() const { return m_findings; }

    /// Replaces what is in view by words of the person's own.
    void showOwnText(const QString& text, bool prompt);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// What the one button of the state page does.
    enum class PageAction {
        None,
        OpenModel,
        RestartEngine,
        Cancel,
        TryAgain,
        ChooseModel,
        UsePlainTemplate,
        Write
    };

    // inspect_layout.cpp
    void buildLayout();
    void buildStripCard();
    void buildCurveCard();
    void buildBranchCard();
    QWidget* buildSide();
    QWidget* buildForceBar();
    QWidget* buildFooter();
    void connectParts();

    // inspect_commands.cpp
    void buildCommands();
    QAction* command(const QString& text, const QKeySequence& key, std::function<void()> run);
    void jumpTo(const std::vector<int>& tokens, int direction);
    void jumpToUncertain();
    void cycleRole();
    void updateCommands();
    void continueFrom(ModelRole writer, bool after);
    void takeAlternative(int row);
    void previewAlternative(int row);
    void askForForcedText();
    void askForEdit();
    void askForOwnText();
    void acceptWriter();
    void stepSample(int direction);
    int placeToContinue() const;
    std::optional<std::string> reference() const;

    void loadModels();
    void openModelFolder();
    void loadSample();
    void followModels();
    void showRole(int index);
    void setMetric(StripMetric metric);
    void updatePage();
    void updateTitle();
    void refreshStrip(bool fresh);
    void refreshBranches();
    void showToken(int token);
    void showWhy(int token);
    // inspect_corpus.cpp
    void showInData(int token);
    void markVerbatim();
    void showFailure(const Error& error);
    void act();
    void namePieces(const std::vector<int>& ids);
    QString pieceOf(int id);
    void followTokenRange();

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    EngineModels* m_models;
    Settings* m_settings;
    InspectedText* m_text;

    SampleList* m_samples = nullptr;
    Card* m_card = nullptr;
    Chip* m_status = nullptr;
    SegmentedSwitch* m_metric = nullptr;
    SegmentedSwitch* m_role = nullptr;
    ModelPicker* m_picker = nullptr;
    TokenStrip* m_strip = nullptr;
    StateStack* m_stack = nullptr;
    QStackedWidget* m_content = nullptr;
    TextWriter* m_writer = nullptr;
    QWidget* m_forceBar = nullptr;
    QLabel* m_forceLabel = nullptr;
    QLineEdit* m_force = nullptr;
    StripLegend* m_legend = nullptr;
    QLabel* m_summary = nullptr;
    QLabel* m_notice = nullptr;
    AnswerCurve* m_curve = nullptr;
    Card* m_curveCard = nullptr;
    Card* m_branchCard = nullptr;
    BranchModel* m_branches = nullptr;
    QTableView* m_branchTable = nullptr;
    QPushButton* m_continue = nullptr;
    QPushButton* m_continueBase = nullptr;
    QPushButton* m_forceButton = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_back = nullptr;
    GenerationButton* m_generation = nullptr;
    TokenCard* m_token = nullptr;
    WhyCard* m_why = nullptr;
    DataCard* m_data = nullptr;
    CorpusAccess* m_corpus;
    std::string m_spansOf; ///< the answer whose verbatim parts are underlined

    QAction* m_frameAction = nullptr;
    std::map<QString, QAction*> m_commands;

    std::optional<StoredSample> m_sample;
    QString m_previewOf; ///< the alternative whose continuation is previewed
    QString m_ownTitle; ///< of a text that is no sample
    Findings m_findings;
    std::map<int, QString> m_pieces; ///< names of ids of the active model's vocabulary
    QString m_piecesOf; ///< the model folder they belong to
    PageAction m_action = PageAction::None;
    bool m_sampleLoading = false;
    bool m_modelsLoading = false;
    bool m_cancelled = false;
    int m_shownBranch = -1;
    int m_wanted = -1; ///< token to select once it has come
    int m_editedMessage = -1;
};

} // namespace assay
