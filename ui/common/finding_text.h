#pragma once

#include <QString>

#include <string>

namespace assay {

/// The title of a check, or "language: English".
QString findingTitle(const std::string& name);
/// The rule by which it finds something, for people; empty for a name that is not known.
QString findingRule(const std::string& name);
/// "zh" to "Chinese"; the code itself where there is no name for it.
QString languageName(const QString& code);

} // namespace assay
