#pragma once

#include <filesystem>

namespace assay {

/// Whether `loadTokenizer` would find a tokenizer of a kind it reads, by the names of the files;
/// nothing is opened.
bool hasTokenizerFiles(const std::filesystem::path& folder);

} // namespace assay
