#pragma once

#include "core/store/samples.h"
#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/engine_models.h"
#include "ui/service/project_access.h"

class QLabel;

namespace assay {

class Card;
class Chip;
class ModelPicker;
class SampleList;
class SegmentedSwitch;
class Settings;
class StateStack;
class StripLegend;
class TokenCard;
class TokenStrip;

/// One sample as a model sees it, token by token.
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

    SampleList* samples() const { return m_samples; }
    TokenStrip* strip() const { return m_strip; }
    TokenCard* tokenCard() const { return m_token; }
    ModelPicker* picker() const { return m_picker; }
    StateStack* stripStack() const { return m_stack; }

private:
    /// What the one button of the state page does.
    enum class Action {
        None,
        OpenModel,
        RestartEngine,
        Cancel,
        TryAgain,
        ChooseModel,
        UsePlainTemplate
    };

    void buildStrip();
    void loadModels();
    void openModelFolder();
    void loadSample();
    void score();
    void showScore(Result<ScoreRecord> record);
    void showFailure(const Error& error);
    void stopScoring();
    void showToken(int token);
    void namePieces(const std::vector<int>& ids);
    void act();

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    EngineModels* m_models;
    Settings* m_settings;
    SampleList* m_samples;
    Card* m_card;
    Chip* m_status;
    SegmentedSwitch* m_metric;
    ModelPicker* m_picker;
    TokenStrip* m_strip;
    StateStack* m_stack;
    StripLegend* m_legend;
    QLabel* m_summary;
    TokenCard* m_token;

    std::optional<StoredSample> m_sample;
    std::vector<QString> m_titles;
    Action m_action = Action::None;
    bool m_sampleLoading = false;
    bool m_modelsLoading = false;
    quint64 m_scoring = 0; ///< 0 when none is under way
    ModelChoice m_scoredModel;
};

} // namespace assay
