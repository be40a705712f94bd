#pragma once

#include "ui/service/train_launcher.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;

namespace assay {

class StateStack;

/// The jobs that run one after another, with their order.
class QueueCard final : public QWidget {
    Q_OBJECT

public:
    explicit QueueCard(TrainLauncher* launcher, QWidget* parent = nullptr);
    QListWidget* list() const { return m_list; }
    QPushButton* pauseButton() const { return m_pause; }
    QPushButton* removeButton() const { return m_remove; }

private:
    void show();
    void showButtons();
    QString chosen() const;

    TrainLauncher* m_launcher;
    QListWidget* m_list;
    StateStack* m_stack;
    QLabel* m_state;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_remove;
    QPushButton* m_pause;
    QPushButton* m_clear;
};

} // namespace assay
