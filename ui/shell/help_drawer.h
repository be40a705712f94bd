#pragma once

#include "ui/common/panel.h"

#include <QFrame>
#include <QPointer>

class QTextBrowser;

namespace assay {

/// Explains the panel in use, the item that is selected in it, and the keys that act there.
class HelpDrawer final : public QFrame {
    Q_OBJECT

public:
    explicit HelpDrawer(QWidget* parent = nullptr);
    void showPanel(assay::Panel* panel);
    QString text() const;

Q_SIGNALS:
    void closeWanted();

private:
    void refresh();
    QTextBrowser* m_text;
    QPointer<assay::Panel> m_panel;
};

} // namespace assay
