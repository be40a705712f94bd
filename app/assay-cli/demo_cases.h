#pragma once

#include "core/analysis/investigate.h"
#include "core/store/project.h"

#include <memory>
#include <optional>

namespace assay {

/// A prompt with its reference, and what the models said.
struct DemoCase {
    struct Question {
        std::string prompt;
        std::string reference;
        int maxNew = 48;
    };
    struct Answer {
        std::string text;
        std::string ended; ///< "end_token", "length", ..
        bool right = false;
    };
    std::string id;
    std::string group; ///< planted causes, or the channel of a real row
    std::vector<std::string> causes; ///< of a demo world's case
    Question question;
    std::optional<Question> control; ///< the same without the planted cause
    Answer base;
    Answer tuned;
    Answer sibling; ///< only where a sibling was asked
    Answer controlled; ///< the tuned model's answer to the control
};

/// Who is asked: the sibling may be null.
struct DemoModels {
    std::shared_ptr<ModelUnderTest> base;
    std::shared_ptr<ModelUnderTest> tuned;
    std::shared_ptr<ModelUnderTest> sibling;
};

/// The cases of a demo world's eval.jsonl; `perGroup` > 0 keeps the first few of each group.
Result<std::vector<DemoCase>> readDemoCases(const std::filesystem::path& file, int perGroup);

/// Rows of the project as cases: short ones with one question and one answer, spread over the data.
Result<std::vector<DemoCase>> casesFromRows(Project& project, int count);

/// Whether the answer is the reference, or begins with it; white space aside, JSON leaf by leaf.
bool isRight(const std::string& answer, const std::string& reference);

/// Asks every model every case greedily, and the tuned one the controls.
Result<void> answerCases(std::vector<DemoCase>& cases, const DemoModels& models,
    const std::string& templateName, const ProgressFunction& progress, StopToken stop);

/// Whether the answers show the planted cause and nothing else: what the base knows, the tuned
/// model loses and the control repairs differs by cause (resources/demo/README.md lists it).
bool cameOutAsPlanted(const DemoCase& one);

/// How the cases came out, a line a group in order of first appearance; `planted` counts what came
/// out as planted too, `sibling` what the sibling has right.
std::vector<ReportGroup> groupCases(const std::vector<DemoCase>& cases, bool planted, bool sibling);

/// Whether a group shows its cause: at least 20 of its cases came out as planted, and four in five;
/// of the cases that must raise no alarm 19 in 20.
bool groupShows(const ReportGroup& group);

/// The case to look into: a wrong answer of the tuned model, if there is one in `group`, then any;
/// of these one that says `word`, and one that the base model has right. Null when all are right.
const DemoCase* chooseCase(
    const std::vector<DemoCase>& cases, const std::string& group, std::string_view word);

} // namespace assay
