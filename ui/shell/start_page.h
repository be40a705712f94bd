#pragma once

#include "core/base/error.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace assay {

/// What the window shows without a project: three places to drop what one has, recent projects, and
/// the demo.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    enum class Give { Data, Model, Log };
    enum class Demo { NotMade, Making, Made };

    explicit StartPage(QWidget* parent = nullptr);
    void setRecent(const QStringList& folders);
    /// Where things that are dropped here get their projects.
    void setProjectsFolder(const QString& folder);
    void showDemo(Demo state, const QString& progress = {});
    /// Why the last project could not be opened.
    void showProblem(const Error& error);
    void showOpening(const QString& folder);
    void clearProblem();
    QString problem() const;

Q_SIGNALS:
    void openWanted();
    void newWanted();
    void giveWanted(assay::StartPage::Give what);
    void projectChosen(const QString& folder);
    void demoWanted();
    void demoCancelled();

private:
    QWidget* makeGive(Give what, const QString& title, const QString& gives, const QString& action);
    QLabel* m_where;
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
    QLabel* m_problem;
    QLabel* m_demoText;
    QPushButton* m_demo;
    Demo m_demoState = Demo::NotMade;
};

} // namespace assay
