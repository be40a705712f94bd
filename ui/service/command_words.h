#pragma once

#include <QStringList>

namespace assay {

/// The words of a command line, split as a POSIX shell splits them: blanks part words, '..' keeps
/// everything,
/// ".." keeps blanks (with \" and \\), a backslash keeps the next character. Nothing is expanded.
/// (QProcess::splitCommand knows neither single quotes nor backslashes.)
QStringList commandWords(const QString& command);

} // namespace assay
