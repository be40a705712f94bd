#pragma once

#include "core/weights/tensor.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// How a tensor's values differ between a Hugging Face file and a GGUF one.
enum class GgufChange {
    None,
    QueryRows, ///< rows in the order of interleaved rotary pairs, by heads
    KeyRows, ///< the same, by key-value heads
    Transposed,
    PlusOne ///< GGUF holds 1 + weight
};

/// One module's names without ".weight" or ".bias"; "%" is the layer's number.
struct GgufName {
    std::string_view gguf;
    std::string_view huggingFace;
    GgufChange change = GgufChange::None;
};

/// What llama.cpp calls a family, and its names for the tensors (github ggml-org/llama.cpp,
/// gguf-py/gguf/constants.py and tensor_mapping.py, convert_hf_to_gguf.py).
struct GgufFamily {
    std::string_view architecture; ///< general.architecture
    std::string_view modelType; ///< config.json's model_type
    std::string_view className; ///< config.json's architectures
    std::vector<GgufName> names;
};

/// Null where the family is not known. Mistral's models are "llama" in GGUF.
const GgufFamily* ggufFamilyOfArchitecture(std::string_view architecture);
const GgufFamily* ggufFamilyOfModelType(std::string_view modelType);
/// The architectures that can be read, for messages.
std::string ggufArchitectures();

/// A tensor's name on the other side, with its change.
struct GgufTranslation {
    std::string name;
    GgufChange change = GgufChange::None;
};
std::optional<GgufTranslation> huggingFaceName(const GgufFamily& family, std::string_view gguf);
std::optional<GgufTranslation> ggufName(const GgufFamily& family, std::string_view huggingFace);

} // namespace assay
