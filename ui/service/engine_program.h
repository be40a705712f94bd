#pragma once

#include <QString>

namespace assay {

/// The assay-cli beside the program (a build folder), else the one that is installed; where there
/// is neither, the place beside the program, for the message.
QString engineProgram();
/// The command of this machine's own engine.
QString usualEngineCommand();

} // namespace assay
