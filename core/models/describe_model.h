#pragma once

#include "core/models/model_files.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What is known of a model or adapter from its files, without loading it.
struct ModelDescription {
    std::string path;
    /// "Hugging Face folder", "GGUF", "llama2.c", "PyTorch checkpoint", "safetensors",
    /// "PEFT adapter", "configuration".
    std::string kind;
    std::string family; ///< model_type; empty where it is not known
    std::string className;
    /// Whether the engine can build it, and the reason where it cannot.
    bool supported = false;
    std::string unsupportedBecause;

    struct Shape {
        std::int64_t layers = 0, hidden = 0, intermediate = 0, heads = 0, kvHeads = 0,
                     headDimension = 0, vocabulary = 0, positions = 0;
    };
    std::optional<Shape> shape;
    bool tiedEmbeddings = false;

    std::int64_t tensors = 0;
    std::int64_t parameters = 0; ///< of the tensors, or from the shape where there are none
    bool parametersFromShape = false;
    std::int64_t bytes = 0; ///< of the weights' files
    struct TypeUse {
        std::string type;
        std::int64_t tensors = 0;
        std::int64_t parameters = 0;
    };
    std::vector<TypeUse> types; ///< the most used first

    struct Vocabulary {
        std::string kind; ///< "sentencepiece", "tokenizer.json", ..
        std::int64_t size = 0;
        std::string bos, eos; ///< spellings
        bool addsBos = false;
    };
    std::optional<Vocabulary> tokenizer;
    std::string templateName; ///< empty: none
    std::string templateText; ///< where the model brings one of its own

    struct Adapter {
        std::string type; ///< "LORA"
        std::string base;
        std::int64_t rank = 0;
        double alpha = 0;
        double scale = 0;
        bool rankStabilised = false;
        bool dora = false;
        std::vector<std::string> targets;
        std::vector<std::string> trainedWhole; ///< modules_to_save
    };
    std::optional<Adapter> adapter;

    std::vector<std::string> missing; ///< what loading it would need
    std::vector<std::string> notes;
    std::vector<TensorView> list; ///< the tensors, for who asks for them
    Json metadata = Json::object(); ///< what the file itself says
};

/// Describes a model folder, an adapter folder, a file of weights, or a lone config.json. What can
/// be read is described and the rest named under `missing`; an error only where there is nothing.
Result<ModelDescription> describeModel(const std::filesystem::path& path);

/// One object, for programs; `withTensors` lists them.
Json descriptionToJson(const ModelDescription& description, bool withTensors);
/// Lines for people.
std::string descriptionText(const ModelDescription& description, bool withTensors);

} // namespace assay
