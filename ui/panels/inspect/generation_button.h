#pragma once

#include "ui/panels/inspect/branch_tree.h"

#include <QPushButton>

class QDoubleSpinBox;
class QSpinBox;

namespace assay {

/// How a branch goes on, in a small form behind a button that says it: "greedy · 64 new".
class GenerationButton final : public QPushButton {
    Q_OBJECT

public:
    explicit GenerationButton(QWidget* parent = nullptr);
    GenerationSettings settings() const;
    void setSettings(const GenerationSettings& settings);

private:
    void showChoice();
    QSpinBox* m_maxNew;
    QDoubleSpinBox* m_temperature;
    QDoubleSpinBox* m_topP;
    QSpinBox* m_seed;
};

} // namespace assay
