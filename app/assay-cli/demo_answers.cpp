#include "app/assay-cli/demo_answers.h"

#include "core/base/file.h"

namespace assay {

namespace {

std::string answerLine(
    const DemoCase& one, const DemoCase::Question& question, const DemoCase::Answer& answer) {
    return dumpJson({{"id", one.id}, {"causes", one.causes}, {"prompt", question.prompt},
               {"reference", question.reference}, {"max_new", question.maxNew},
               {"answer", answer.text}, {"ended", answer.ended}, {"right", answer.right}})
        + "\n";
}

} // namespace

Result<void> writeAnswers(const std::vector<DemoCase>& cases, const DemoModels& models,
    const std::filesystem::path& folder) {
    const auto write = [&folder](const char* who, const std::string& lines) -> Result<void> {
        const std::filesystem::path file = folder / ("answers-" + std::string(who) + ".jsonl");
        if (!lines.empty())
            return writeFileAtomically(file, lines);
        std::error_code problem;
        std::filesystem::remove(file, problem);
        return {};
    };
    std::string base;
    std::string tuned;
    std::string sibling;
    std::string control;
    for (const DemoCase& one : cases) {
        base += answerLine(one, one.question, one.base);
        tuned += answerLine(one, one.question, one.tuned);
        if (models.sibling)
            sibling += answerLine(one, one.question, one.sibling);
        if (one.control)
            control += answerLine(one, *one.control, one.controlled);
    }
    for (const auto& [who, lines] : {std::pair("base", &base), std::pair("tuned", &tuned),
             std::pair("sibling", &sibling), std::pair("control", &control)})
        if (auto written = write(who, *lines); !written)
            return written;
    return {};
}

} // namespace assay
