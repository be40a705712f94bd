#pragma once

#include "ui/common/selection_context.h"
#include "ui/service/project_access.h"

#include <QPushButton>

namespace assay {

/// Chooses the model of one role, base or tuned; any model may stand in either.
class RolePicker final : public QPushButton {
    Q_OBJECT

public:
    RolePicker(ModelRole role, SelectionContext* selection, QWidget* parent = nullptr);
    void setModels(const std::vector<ModelChoice>& choices);

Q_SIGNALS:
    void openFolderWanted(ModelRole role);

private:
    void rebuildMenu();
    void showChoice();

    ModelRole m_role;
    SelectionContext* m_selection;
    std::vector<ModelChoice> m_choices;
};

/// The project's models and those opened by hand, as choices.
std::vector<ModelChoice> modelChoices(
    const std::vector<ProjectModel>& models, const QStringList& opened);

} // namespace assay
