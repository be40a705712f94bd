#pragma once

#include "core/analysis/investigate.h"
#include "core/store/project.h"

namespace assay {

/// A prompt with its reference, and what both models said.
struct DemoCase {
    std::string id;
    std::string group; ///< planted causes, or the channel of a real row
    std::string prompt;
    std::string reference;
    int maxNew = 48;
    std::string baseAnswer;
    std::string tunedAnswer;
    bool baseRight = false;
    bool tunedRight = false;
};

/// The cases of a demo world's eval.jsonl; `perGroup` > 0 keeps the first few of each group.
Result<std::vector<DemoCase>> readDemoCases(const std::filesystem::path& file, int perGroup);

/// Rows of the project as cases: short ones with one question and one answer, spread over the data.
Result<std::vector<DemoCase>> casesFromRows(Project& project, int count);

/// Whether the answer is the reference, or begins with it; white space aside, JSON leaf by leaf.
bool isRight(const std::string& answer, const std::string& reference);

/// Asks both models every case greedily.
Result<void> answerCases(std::vector<DemoCase>& cases, ModelUnderTest& base, ModelUnderTest& tuned,
    const std::string& templateName, const ProgressFunction& progress, StopToken stop);

/// How the cases came out, a line a group in order of first appearance.
std::vector<ReportGroup> groupCases(const std::vector<DemoCase>& cases);

/// The case to look into: a wrong answer of the tuned model, if there is one in `group`, then any;
/// of these one that says `word`, and one that the base model has right. Null when all are right.
const DemoCase* chooseCase(
    const std::vector<DemoCase>& cases, const std::string& group, std::string_view word);

} // namespace assay
