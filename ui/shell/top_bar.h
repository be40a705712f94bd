#pragma once

#include "ui/common/selection_context.h"

#include <QFrame>

class QLabel;
class QMenu;
class QToolButton;

namespace assay {

/// The line above everything: program and project on the left, the two models and the menu on the
/// right.
class TopBar final : public QFrame {
    Q_OBJECT

public:
    explicit TopBar(SelectionContext* selection, QWidget* parent = nullptr);
    void setProjectName(const QString& name);
    QMenu* menu() const { return m_menu; }

Q_SIGNALS:
    void searchWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void showModels();
    SelectionContext* m_selection;
    QLabel* m_project;
    QLabel* m_models;
    QMenu* m_menu;
};

} // namespace assay
