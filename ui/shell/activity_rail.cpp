#include "ui/shell/activity_rail.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/shell/icon.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int iconSize = 18;

QString groupTitle(Panel::Group group) {
    switch (group) {
    case Panel::Group::Data:
        return ActivityRail::tr("DATA");
    case Panel::Group::Train:
        return ActivityRail::tr("TRAIN");
    case Panel::Group::Analyse:
        return ActivityRail::tr("ANALYSE");
    }
    return {};
}

} // namespace

ActivityRail::ActivityRail(QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this))
    , m_column(new QVBoxLayout(this)) {
    setLook(this, "bar");
    setFixedWidth(scaled(76));
    setAccessibleName(tr("Panels"));
    m_column->setContentsMargins(scaled(6), scaled(12), scaled(6), scaled(12));
    m_column->setSpacing(scaled(3));
    connect(m_group, &QButtonGroup::idClicked, this, &ActivityRail::chosen);
}

void ActivityRail::setPanels(const QList<assay::Panel*>& panels) {
    using Group = assay::Panel::Group; // QFrame has a Panel of its own
    for (const Group group : {Group::Data, Group::Train, Group::Analyse}) {
        bool titled = false;
        for (int i = 0; i < panels.size(); ++i) {
            const assay::Panel* panel = panels[i];
            if (panel->group() != group)
                continue;
            if (!titled) {
                if (m_column->count() > 0)
                    m_column->addSpacing(scaled(10));
                QLabel* title = makeLabel(groupTitle(group), "secondary");
                QFont font = secondaryFont();
                font.setPixelSize(scaled(10));
                font.setWeight(QFont::DemiBold);
                font.setLetterSpacing(QFont::AbsoluteSpacing, 0.6);
                title->setFont(font);
                title->setAlignment(Qt::AlignHCenter);
                m_column->addWidget(title);
                titled = true;
            }
            auto* button = new QToolButton(this);
            button->setText(panel->title());
            button->setAccessibleName(panel->title());
            button->setCheckable(true);
            button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
            button->setFont(secondaryFont());
            button->setIconSize({iconSize, iconSize});
            button->setFixedSize(scaled(64), scaled(46));
            button->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)));
            button->setToolTip(tr("%1 (Ctrl+%2)").arg(panel->title()).arg(i + 1));
            setLook(button, "rail");
            button->setContextMenuPolicy(Qt::CustomContextMenu);
            connect(button, &QWidget::customContextMenuRequested, this,
                [this, button, i](
                    const QPoint& at) { Q_EMIT menuWanted(i, button->mapToGlobal(at)); });
            m_group->addButton(button, i);
            m_icons.append(panel->icon());
            m_column->addWidget(button, 0, Qt::AlignHCenter);
        }
    }
    m_column->addStretch(1);
    tint();
}

void ActivityRail::setCurrent(int index) {
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

void ActivityRail::tint() {
    const QList<QAbstractButton*> buttons = m_group->buttons();
    for (int i = 0; i < buttons.size(); ++i)
        buttons[i]->setIcon(lineIcon(m_icons[i], tokens().secondary, tokens().accent, iconSize));
}

void ActivityRail::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

} // namespace assay
