#include "ui/shell/top_bar.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

namespace assay {

TopBar::TopBar(SelectionContext* selection, QWidget* parent)
    : QFrame(parent)
    , m_selection(selection) {
    setLook(this, "bar");
    setFixedHeight(scaled(40));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(12), 0, scaled(10), 0);
    row->setSpacing(scaled(10));
    QLabel* name = makeTitle(QStringLiteral("Assay"));
    row->addWidget(name);
    m_project = makeLabel(QString(), "secondary");
    m_project->setFont(textFont());
    row->addWidget(m_project);
    row->addStretch(1);
    auto* search = new QPushButton(tr("Search samples, panels and commands"));
    setLook(search, "search");
    search->setFixedWidth(scaled(380));
    search->setFocusPolicy(Qt::TabFocus);
    auto* inside = new QHBoxLayout(search);
    inside->setContentsMargins(0, 0, scaled(6), 0);
    inside->addStretch(1);
    QLabel* key = makeKeyCap(QStringLiteral("Ctrl K"));
    key->setAttribute(Qt::WA_TransparentForMouseEvents);
    inside->addWidget(key);
    connect(search, &QPushButton::clicked, this, &TopBar::searchWanted);
    row->addWidget(search);
    row->addStretch(1);
    m_models = new QLabel;
    m_models->setTextFormat(Qt::RichText);
    m_models->setAccessibleName(tr("Models"));
    row->addWidget(m_models);
    auto* button = makeButton(tr("Menu"));
    m_menu = new QMenu(button);
    button->setMenu(m_menu);
    row->addWidget(button);
    connect(m_selection, &SelectionContext::modelsChanged, this, &TopBar::showModels);
    showModels();
}

void TopBar::setProjectName(const QString& name) {
    m_project->setText(name);
}

void TopBar::showModels() {
    QStringList parts;
    const auto add = [&parts](const ModelChoice& model, const QColor& colour, const QString& role) {
        if (!model.isEmpty())
            parts.append(QStringLiteral(
                "<span style='color:%1'>●</span> %2 <span style='color:%3'>%4</span>")
                             .arg(colour.name(), model.name.toHtmlEscaped(),
                                 tokens().secondary.name(), role));
    };
    add(m_selection->model(ModelRole::Base), tokens().baseModel, tr("base"));
    add(m_selection->model(ModelRole::Tuned), tokens().tunedModel, tr("tuned"));
    m_models->setText(parts.join(QStringLiteral("&nbsp;&nbsp;&nbsp;")));
}

void TopBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showModels();
}

} // namespace assay
