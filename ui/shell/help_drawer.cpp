#include "ui/shell/help_drawer.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QHBoxLayout>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

namespace assay {

HelpDrawer::HelpDrawer(QWidget* parent)
    : QFrame(parent)
    , m_text(new QTextBrowser) {
    setLook(this, "bar");
    setFixedWidth(scaled(320));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeRule(Qt::Vertical));
    auto* column = new QVBoxLayout;
    row->addLayout(column, 1);
    column->setContentsMargins(scaled(14), scaled(8), scaled(6), scaled(8));
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Help")));
    head->addWidget(makeKeyCap(QStringLiteral("F1")));
    head->addStretch(1);
    auto* close = new QToolButton;
    close->setText(tr("Close"));
    close->setAccessibleName(tr("Close the help"));
    head->addWidget(close);
    column->addLayout(head);
    m_text->setAccessibleName(tr("Help"));
    m_text->setOpenExternalLinks(true);
    m_text->setFont(textFont());
    column->addWidget(m_text, 1);
    connect(close, &QToolButton::clicked, this, &HelpDrawer::closeWanted);
    hide();
}

void HelpDrawer::showPanel(assay::Panel* panel) {
    if (m_panel)
        disconnect(m_panel, &assay::Panel::helpChanged, this, nullptr);
    m_panel = panel;
    if (m_panel)
        connect(m_panel, &assay::Panel::helpChanged, this, [this] {
            if (isVisible())
                refresh();
        });
    refresh();
}

void HelpDrawer::refresh() {
    if (!m_panel)
        return m_text->clear();
    QStringList parts;
    if (const QString selected = m_panel->selectionHelp(); !selected.isEmpty())
        parts << tr("### What is selected") << selected;
    parts << QStringLiteral("### ") + m_panel->title() << m_panel->help();
    QString keys;
    for (const QAction* action : m_panel->commands())
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            keys += QStringLiteral("- **%1** %2\n")
                        .arg(action->shortcut().toString(QKeySequence::NativeText),
                            action->text().remove(QLatin1Char('&')));
    if (!keys.isEmpty())
        parts << tr("### Keys here") << keys;
    parts << tr("### Keys everywhere")
          << tr("- **Ctrl+K** search samples, panels and commands\n- **Ctrl+1** to **Ctrl+9** "
                "panels\n- **F1** this help");
    m_text->setMarkdown(parts.join(QStringLiteral("\n\n")));
}

QString HelpDrawer::text() const {
    return m_text->toPlainText();
}

} // namespace assay
