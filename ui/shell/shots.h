#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

namespace assay {

class MainWindow;

/// One picture of the window.
struct Shot {
    QString name; ///< file name without suffix
    QString panel; ///< id; empty for the start page
    QString find; ///< full text of the sample to show; empty keeps the last one
    QString command; ///< object name of a command of the panel, to be run before the picture
};

/// The window without a project.
QList<Shot> startShots();
/// Every panel with something in it, in the order of the rail.
QList<Shot> usualShots();

/// Takes the pictures one after the other into `folder`, as NAME-`suffix`.png, then calls `done`.
/// Shots of panels that do not exist and of samples that are not in the project are an error.
void takeShots(MainWindow* window, const QList<Shot>& shots, const QString& folder,
    const QString& suffix, std::function<void(const Result<void>&)> done);

} // namespace assay
