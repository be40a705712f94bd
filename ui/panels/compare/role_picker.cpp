#include "ui/panels/compare/role_picker.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/menu_heading.h"
#include "ui/common/theme.h"

#include <QDir>
#include <QLocale>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace assay {

RolePicker::RolePicker(ModelRole role, SelectionContext* selection, QWidget* parent)
    : QPushButton(parent)
    , m_role(role)
    , m_selection(selection) {
    setLook(this, "picker");
    setMaximumWidth(scaled(220));
    setMenu(new QMenu(this));
    setIconSize({10, 10});
    setAccessibleName(role == ModelRole::Base ? tr("Base model") : tr("Tuned model"));
    connect(m_selection, &SelectionContext::modelsChanged, this, &RolePicker::showChoice);
    connect(menu(), &QMenu::aboutToShow, this, &RolePicker::rebuildMenu);
    showChoice();
}

void RolePicker::setModels(const std::vector<ModelChoice>& choices) {
    m_choices = choices;
}

void RolePicker::rebuildMenu() {
    menu()->clear();
    menu()->setToolTipsVisible(true);
    addMenuHeading(menu(), m_role == ModelRole::Base ? tr("Compare with") : tr("Compare"));
    for (const ModelChoice& choice : m_choices) {
        QAction* action = menu()->addAction(choice.name);
        action->setToolTip(choice.folder);
        action->setCheckable(true);
        action->setChecked(choice.folder == m_selection->model(m_role).folder);
        connect(action, &QAction::triggered, this, [this, choice] {
            m_selection->setModel({choice.folder, choice.name, m_role});
        });
    }
    menu()->addSeparator();
    connect(menu()->addAction(tr("Open model folder…")), &QAction::triggered, this,
        [this] { Q_EMIT openFolderWanted(m_role); });
}

void RolePicker::showChoice() {
    const ModelChoice choice = m_selection->model(m_role);
    const bool isBase = m_role == ModelRole::Base;
    const QString name = choice.isEmpty()
        ? (isBase ? tr("Choose a base") : tr("Choose a tuned one"))
        : choice.name;
    setText(QFontMetrics(font()).elidedText(name, Qt::ElideMiddle, scaled(160)));
    setToolTip(choice.folder);
    setAccessibleDescription(name);
    QPixmap pixmap(20, 20);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isBase ? tokens().baseModel : tokens().tunedModel);
    painter.drawEllipse(QRectF(1, 1, 8, 8));
    setIcon(pixmap);
}

std::vector<ModelChoice> modelChoices(
    const std::vector<ProjectModel>& models, const QStringList& opened) {
    std::vector<ModelChoice> choices;
    for (const ProjectModel& model : models)
        choices.push_back({model.folder,
            model.step >= 0
                ? RolePicker::tr("%1 · step %2").arg(model.name, QLocale().toString(model.step))
                : model.name,
            model.tuned ? ModelRole::Tuned : ModelRole::Base});
    for (const QString& folder : opened)
        if (std::ranges::find(choices, folder, &ModelChoice::folder) == choices.end())
            choices.push_back({folder, QDir(folder).dirName(), ModelRole::Base});
    return choices;
}

} // namespace assay
