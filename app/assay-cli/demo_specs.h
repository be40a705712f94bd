#pragma once

#include "core/job/train_spec.h"

#include <filesystem>

namespace assay {

/// Sizes with which the journey takes less than five minutes on two cores.
constexpr std::int64_t demoVocabulary = 2000;

/// From nothing, on the project's view "corpus".
TrainSpec demoPretrainSpec(
    const std::filesystem::path& project, const std::filesystem::path& tokenizer, bool quick);
/// The same for a larger sibling, which shows what is too hard for the base's size.
TrainSpec demoSiblingSpec(
    const std::filesystem::path& project, const std::filesystem::path& tokenizer, bool quick);
/// From the base or the sibling, on the project's view "training rows".
TrainSpec demoTuningSpec(
    const std::filesystem::path& project, const std::filesystem::path& base, bool quick);
/// A short fine-tuning of a model from elsewhere on the same view.
TrainSpec givenTuningSpec(const std::filesystem::path& project, const std::filesystem::path& base,
    const std::string& chatTemplate, bool quick);

} // namespace assay
