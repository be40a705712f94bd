#pragma once

#include "ui/common/selection_context.h"
#include "ui/service/project_access.h"

#include <QPushButton>

class QMenu;

namespace assay {

/// Chooses the model under which the text is shown, and the template that renders its
/// conversations.
class ModelPicker final : public QPushButton {
    Q_OBJECT

public:
    explicit ModelPicker(SelectionContext* selection, QWidget* parent = nullptr);
    /// The models of the project and those opened by hand. Chooses one where none is chosen yet:
    /// the newest tuned checkpoint, else the first.
    void setModels(const std::vector<ProjectModel>& models, const QStringList& opened);
    /// Empty for the model's own.
    QString templateName() const { return m_template; }
    void setTemplateName(const QString& name);
    /// Only the dot: where the name stands elsewhere and the place is needed.
    void setCompact(bool compact);
    static ModelChoice choiceOf(const ProjectModel& model);

Q_SIGNALS:
    void openFolderWanted();
    void templateChanged();

private:
    void rebuildMenu();
    void addChoice(QMenu* menu, const ModelChoice& choice);
    void showChoice();

    SelectionContext* m_selection;
    std::vector<ModelChoice> m_choices;
    QString m_template;
    bool m_compact = false;
};

} // namespace assay
