#include "ui/panels/inspect/model_picker.h"

#include "core/text/chat_template.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/menu_heading.h"
#include "ui/common/theme.h"

#include <QActionGroup>
#include <QDir>
#include <QLocale>
#include <QMenu>
#include <QPainter>

#include <algorithm>

namespace assay {

namespace {

QIcon dot(ModelRole role) {
    QPixmap pixmap(20, 20);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(role == ModelRole::Base ? tokens().baseModel : tokens().tunedModel);
    painter.drawEllipse(QRectF(1, 1, 8, 8));
    return pixmap;
}

} // namespace

ModelPicker::ModelPicker(SelectionContext* selection, QWidget* parent)
    : QPushButton(parent)
    , m_selection(selection) {
    setLook(this, "picker");
    // A long name is shortened here; the tool tip and the menu hold it whole.
    setMaximumWidth(scaled(150));
    setMenu(new QMenu(this));
    setAccessibleName(tr("Model"));
    setIconSize({10, 10});
    connect(m_selection, &SelectionContext::modelsChanged, this, &ModelPicker::showChoice);
    connect(menu(), &QMenu::aboutToShow, this, &ModelPicker::rebuildMenu);
    showChoice();
}

ModelChoice ModelPicker::choiceOf(const ProjectModel& model) {
    const QString name = model.step >= 0
        ? tr("%1 · step %2").arg(model.name, QLocale().toString(model.step))
        : model.name;
    return {model.folder, name, model.tuned ? ModelRole::Tuned : ModelRole::Base};
}

void ModelPicker::setModels(const std::vector<ProjectModel>& models, const QStringList& opened) {
    m_choices.clear();
    for (const ProjectModel& model : models)
        m_choices.push_back(choiceOf(model));
    for (const QString& folder : opened)
        if (std::ranges::find(m_choices, folder, &ModelChoice::folder) == m_choices.end())
            m_choices.push_back({folder, QDir(folder).dirName(), ModelRole::Base});
    if (!m_selection->activeModel().isEmpty() || m_choices.empty())
        return;
    const auto base = std::ranges::find(m_choices, ModelRole::Base, &ModelChoice::role);
    if (base != m_choices.end())
        m_selection->setModel(*base);
    const auto tuned = std::ranges::find(m_choices, ModelRole::Tuned, &ModelChoice::role);
    if (tuned != m_choices.end())
        m_selection->setModel(*tuned);
}

void ModelPicker::setTemplateName(const QString& name) {
    if (name == m_template)
        return;
    m_template = name;
    Q_EMIT templateChanged();
}

void ModelPicker::addChoice(QMenu* menu, const ModelChoice& choice) {
    QAction* action = menu->addAction(dot(choice.role), choice.name);
    action->setToolTip(choice.folder);
    action->setCheckable(true);
    action->setChecked(choice.folder == m_selection->activeModel().folder);
    connect(action, &QAction::triggered, this, [this, choice] { m_selection->setModel(choice); });
}

void ModelPicker::rebuildMenu() {
    menu()->clear();
    menu()->setToolTipsVisible(true);
    for (const ModelRole role : {ModelRole::Tuned, ModelRole::Base}) {
        const auto ofRole = [role](const ModelChoice& choice) { return choice.role == role; };
        if (std::ranges::none_of(m_choices, ofRole))
            continue;
        addMenuHeading(menu(), role == ModelRole::Tuned ? tr("Fine-tuned") : tr("Base"));
        for (const ModelChoice& choice : m_choices)
            if (choice.role == role)
                addChoice(menu(), choice);
    }
    menu()->addSeparator();
    connect(menu()->addAction(tr("Open model folder…")), &QAction::triggered, this,
        &ModelPicker::openFolderWanted);
    QMenu* templates = menu()->addMenu(tr("Chat template"));
    auto* group = new QActionGroup(templates);
    QStringList names{QString()};
    for (const std::string& name : builtInTemplateNames())
        names.append(QString::fromStdString(name));
    for (const QString& name : std::as_const(names)) {
        QAction* action = templates->addAction(name.isEmpty() ? tr("The model's own") : name);
        action->setCheckable(true);
        action->setChecked(name == m_template);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, name] { setTemplateName(name); });
    }
}

void ModelPicker::setCompact(bool compact) {
    if (compact == m_compact)
        return;
    m_compact = compact;
    setMaximumWidth(compact ? scaled(46) : scaled(150));
    showChoice();
}

void ModelPicker::showChoice() {
    const ModelChoice choice = m_selection->activeModel();
    const QString name = choice.isEmpty() ? tr("Choose a model") : choice.name;
    setText(m_compact ? QString()
                      : QFontMetrics(font()).elidedText(name, Qt::ElideMiddle, scaled(100)));
    setToolTip(choice.isEmpty() ? tr("The model under which the text is shown") : choice.folder);
    setIcon(choice.isEmpty() ? QIcon() : dot(choice.role));
    setAccessibleDescription(name);
}

} // namespace assay
