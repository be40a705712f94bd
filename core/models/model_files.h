#pragma once

#include "core/text/chat_template.h"
#include "core/weights/gguf.h"

#include <map>

namespace assay {

/// Small files of a model folder by name: tokenizer.model, tokenizer_config.json and the like.
using SideFiles = std::map<std::string, std::string>;

/// A model in the terms of a Hugging Face folder, whatever it is kept in: what loading, describing
/// and converting it need.
struct ModelFiles {
    std::string kind; ///< "Hugging Face folder", "GGUF", "llama2.c", "PyTorch checkpoint"
    std::filesystem::path path; ///< as given
    std::filesystem::path folder; ///< whose side files are the model's; empty for a made-up folder
    Json config = Json::object(); ///< config.json, made from the metadata where there is none
    SideFiles sideFiles; ///< where there is no folder
    /// Under the names of a Hugging Face file of the family, as far as the family is known.
    Weights weights;
    std::vector<std::string> notes; ///< what a reader should know, such as tensors left out
};

/// Opens a model folder, or a .gguf, .bin of llama2.c, .pt or .safetensors file. A lone file of
/// tensors takes config.json and the tokenizer from its own folder; llama2.c's takes tokenizer.bin,
/// tok<N>.bin or tokenizer.model of the right size beside it. A family of GGUF that is not known is
/// an error that names it.
Result<ModelFiles> openModel(const std::filesystem::path& path);

/// Whether a path is a model in a form other than a Hugging Face folder with config.json.
bool isForeignModel(const std::filesystem::path& path);

/// The tokenizer; null where there is none.
Result<std::shared_ptr<const Tokenizer>> tokenizerOf(const ModelFiles& model);
/// The chat template; null where there is none.
Result<std::shared_ptr<const ChatTemplate>> chatTemplateOf(const ModelFiles& model);

/// The parts of `openModel`, for a test or a description.
Result<ModelFiles> openGgufModel(const std::filesystem::path& path);
Result<ModelFiles> openLlama2cModel(const std::filesystem::path& path);
Result<ModelFiles> openCheckpoint(const std::filesystem::path& path);

/// The tokenizer and template of a GGUF file as side files; none for "no_vocab".
Result<SideFiles> ggufTokenizerFiles(const GgufFile& file);
/// config.json from GGUF's metadata and tensors.
Result<Json> ggufConfig(const GgufFile& file);

} // namespace assay
