#pragma once

#include "core/base/progress.h"
#include "core/models/model_files.h"
#include "core/weights/gguf_writer.h"

namespace assay {

/// "keep" leaves F32, F16 and BF16 as they are and writes everything else as F32.
enum class StoredType { Keep, F32, F16, Bf16, Q8_0 };
Result<StoredType> storedTypeFromName(const std::string& name);

/// Writes a folder that transformers loads: config.json, generation_config.json,
/// model.safetensors, the tokenizer's files and the chat template. Values are rounded to nearest
/// even where the type is smaller. `folder` must not exist, or be empty. Q8_0 is refused.
Result<void> writeHuggingFace(const ModelFiles& model, const std::filesystem::path& folder,
    StoredType type, const ProgressFunction& progress, StopToken stop);

/// Writes one GGUF file as llama.cpp reads it, with tokenizer and template: matrices in `type`,
/// vectors in F32, rows that do not fill Q8_0's blocks in F16. The family must have a name in GGUF,
/// and the tokenizer one of its kinds.
Result<void> writeGguf(const ModelFiles& model, const std::filesystem::path& path, StoredType type,
    const ProgressFunction& progress, StopToken stop);

/// Adds the model's tokenizer and template to a GGUF file; nothing where it has none. `vocabulary`
/// rows of the embedding are filled up with unused pieces.
Result<void> addGgufTokenizer(const ModelFiles& model, std::int64_t vocabulary, GgufWriter& writer);

/// The values of a tensor in a stored type (not Keep).
Result<std::string> storedAs(const TensorView& tensor, TensorType type);

/// A side file's content, from the folder or from what was made up; empty where there is none.
Result<std::string> sideFile(const ModelFiles& model, const std::string& name);

} // namespace assay
