#pragma once

#include "ui/common/panel.h"

#include <QFrame>
#include <QList>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace assay {

/// The column on the left: the panels in their three groups. Groups without a panel do not appear.
class ActivityRail final : public QFrame {
    Q_OBJECT

public:
    explicit ActivityRail(QWidget* parent = nullptr);
    // QFrame has a Panel of its own.
    void setPanels(const QList<assay::Panel*>& panels);
    void setCurrent(int index);

Q_SIGNALS:
    void chosen(int index);
    /// The right button on a panel's place; `at` on the screen.
    void menuWanted(int index, const QPoint& at);

protected:
    void changeEvent(QEvent* event) override;

private:
    void tint();
    QButtonGroup* m_group;
    QVBoxLayout* m_column;
    QStringList m_icons;
};

} // namespace assay
