#include "ui/shell/panel_title.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace assay {

QSize PanelTitle::sizeHint() const {
    return m_shown ? m_line->sizeHint() : QSize(0, 0);
}

void PanelTitle::setShown(bool shown) {
    m_shown = shown;
    m_line->setVisible(shown);
    setFixedHeight(sizeHint().height());
    updateGeometry();
}

PanelTitle::PanelTitle(const QString& title, QDockWidget* dock)
    : QFrame(dock)
    , m_line(new QWidget) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_line);
    auto* row = new QHBoxLayout(m_line);
    row->setContentsMargins(scaled(14), scaled(4), scaled(10), 0);
    row->setSpacing(scaled(4));
    row->addWidget(makeLabel(title, "secondary"));
    row->addStretch(1);
    const auto button = [this, row, title](const QString& text, auto signal) {
        auto* made = new QToolButton;
        made->setText(text);
        made->setFont(secondaryFont());
        made->setAccessibleName(QStringLiteral("%1: %2").arg(title, text));
        connect(made, &QToolButton::clicked, this, signal);
        row->addWidget(made);
        return made;
    };
    QToolButton* window = button(tr("Own window"), &PanelTitle::floatWanted);
    button(tr("Alone"), &PanelTitle::aloneWanted);
    button(tr("Close"), &PanelTitle::awayWanted);
    connect(dock, &QDockWidget::topLevelChanged, window,
        [window](bool floats) { window->setText(floats ? tr("Dock") : tr("Own window")); });
}

} // namespace assay
