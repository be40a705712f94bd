#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace assay {

/// Raised whenever a rule or a threshold below changes: findings say under which rules they were
/// made.
constexpr int checkRulesVersion = 2;

enum class CheckLevel { Error, Warning, Info };
std::string_view checkLevelName(CheckLevel level);

enum class CheckGroup {
    Length,
    Duplicates,
    Structure, ///< roles, tool calls, empty turns
    Text, ///< encoding, repetition, make-up of the text
    Content, ///< boilerplate, personal data
};

/// What one check looks for. Title and rule are English and are translated by the window.
struct CheckInfo {
    const char* name; ///< stable: stored with findings and in saved views
    CheckLevel level;
    CheckGroup group;
    const char* title;
    const char* rule; ///< what exactly is counted, with thresholds and their origin
};

/// In the order in which they are shown.
std::span<const CheckInfo> checkList();
/// Null for a name of no check (languages are no checks).
const CheckInfo* findCheck(std::string_view name);

/// Findings that name a text's language: "language.en".
inline constexpr std::string_view languagePrefix = "language.";

} // namespace assay
