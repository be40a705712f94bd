#pragma once

#include "app/assay-cli/demo_cases.h"

#include <filesystem>

namespace assay {

/// Leaves in `folder` what each model said, a JSON line a case in the cases' order, so that it can
/// be analysed without asking again: answers-base.jsonl, answers-tuned.jsonl, answers-sibling.jsonl
/// where a sibling was asked (else an old one is removed), and answers-control.jsonl with the tuned
/// model's answers to the controls. A line has `id`, `causes`, `prompt`, `reference`, `max_new`,
/// `answer`, `ended` ("end_token", "length", ..) and `right`.
Result<void> writeAnswers(const std::vector<DemoCase>& cases, const DemoModels& models,
    const std::filesystem::path& folder);

} // namespace assay
