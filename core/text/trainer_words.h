#pragma once

#include "core/text/tokenizer.h"

namespace assay {

/// Whether the trainer tells on standard error how far it is: "Alphabet size=N" once, and
/// "Added: .. size=N .." for every 20 merged pieces (bpe).
enum class TrainerWords { Omit, Print };

Result<void> trainSentencePiece(std::span<const std::filesystem::path> corpus,
    const TokenizerTraining& training, const std::filesystem::path& folder, TrainerWords words);

} // namespace assay
