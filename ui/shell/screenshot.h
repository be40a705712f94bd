#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

namespace assay {

class MainWindow;

struct Screenshot {
    QString file;
    qint64 sample = 0; ///< 0 keeps what the window chose
    QString model; ///< empty keeps what the window chose
    QString templateName; ///< chat template for the model; empty for its own
    int token = 0; ///< counted from 1; 0 selects none
};

/// Waits until the window has settled, makes the selections, waits again, saves the picture and
/// calls `done`.
void takeScreenshot(
    MainWindow* window, const Screenshot& picture, std::function<void(const Result<void>&)> done);

} // namespace assay
