#pragma once

#include "core/base/error.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace assay {

/// What the window shows without a project.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget* parent = nullptr);
    void setRecent(const QStringList& folders);
    /// Why the last project could not be opened.
    void showProblem(const Error& error);
    void showOpening(const QString& folder);
    void clearProblem();
    QString problem() const;

Q_SIGNALS:
    void openWanted();
    void projectChosen(const QString& folder);

private:
    QVBoxLayout* m_recent;
    QLabel* m_recentTitle;
    QLabel* m_problem;
};

} // namespace assay
