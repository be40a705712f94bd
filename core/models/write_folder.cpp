#include "core/models/write_model.h"

#include "core/weights/blocks.h"
#include "core/weights/safetensors.h"

#include <algorithm>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What stands in a model folder beside weights and config.
bool isSideFile(const std::string& name) {
    for (const char* one : {"tokenizer.json", "tokenizer.model", "tokenizer_config.json",
             "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt",
             "encoder.json", "vocab.bpe", "chat_template.jinja", "chat_template.json",
             "generation_config.json", "assay_template.json"})
        if (name == one)
            return true;
    return name.ends_with(".tiktoken");
}

Result<void> copySideFiles(const ModelFiles& model, const fs::path& folder) {
    for (const auto& [name, content] : model.sideFiles)
        if (auto done = writeFileAtomically(folder / name, content); !done)
            return done;
    if (model.folder.empty())
        return {};
    std::error_code error;
    for (fs::directory_iterator it(model.folder, error), end; !error && it != end;
         it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (!isSideFile(name))
            continue;
        auto content = readFile(it->path());
        if (!content)
            return forward(content);
        if (auto done = writeFileAtomically(folder / name, *content); !done)
            return done;
    }
    return {};
}

/// The template that a GGUF file brings goes into tokenizer_config.json too: older programs look
/// only there.
Result<void> repeatTemplate(const fs::path& folder) {
    if (!fs::exists(folder / "chat_template.jinja")
        || !fs::exists(folder / "tokenizer_config.json"))
        return {};
    auto text = readFile(folder / "chat_template.jinja");
    auto config = readJsonFile(folder / "tokenizer_config.json");
    if (!text || !config || !config->is_object())
        return {};
    (*config)["chat_template"] = *text;
    return writeFileAtomically(folder / "tokenizer_config.json", dumpJson(*config, 2) + "\n");
}

TensorType typeFor(const TensorView& tensor, StoredType type) {
    switch (type) {
    case StoredType::F32:
        return TensorType::F32;
    case StoredType::F16:
        return TensorType::F16;
    case StoredType::Bf16:
        return TensorType::Bf16;
    default:
        return tensor.type == TensorType::F16 || tensor.type == TensorType::Bf16 ? tensor.type
                                                                                 : TensorType::F32;
    }
}

/// What most of the numbers are written in, as config.json names it.
std::string torchDtype(std::span<const TensorToWrite> tensors) {
    std::int64_t counts[3] = {0, 0, 0};
    for (const TensorToWrite& tensor : tensors)
        if (std::size_t(tensor.type) < 3)
            counts[std::size_t(tensor.type)] += elementCount(tensor.shape);
    const std::size_t most = std::size_t(std::ranges::max_element(counts) - counts);
    constexpr const char* names[] = {"float32", "float16", "bfloat16"};
    return names[most];
}

Result<void> prepareFolder(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error)
        && (!fs::is_directory(folder, error) || !fs::is_empty(folder, error)))
        return fail("file.exists", {{"path", folder.string()}});
    return makeFolder(folder);
}

Json generationConfig(const Json& config) {
    Json json = Json::object();
    for (const char* key : {"bos_token_id", "eos_token_id", "pad_token_id"})
        if (const auto found = config.find(key); found != config.end() && !found->is_null())
            json[key] = *found;
    return json;
}

} // namespace

Result<StoredType> storedTypeFromName(const std::string& name) {
    constexpr std::pair<const char*, StoredType> names[]
        = {{"keep", StoredType::Keep}, {"f32", StoredType::F32}, {"f16", StoredType::F16},
            {"bf16", StoredType::Bf16}, {"q8_0", StoredType::Q8_0}};
    for (const auto& [known, type] : names)
        if (name == known)
            return type;
    return fail("usage", {{"what", "there is no type " + name + "; keep, f32, f16, bf16, q8_0"}});
}

Result<std::string> storedAs(const TensorView& tensor, TensorType type) {
    if (tensor.type == type && tensor.isVerbatim())
        return std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
    std::vector<float> values(std::size_t(tensor.elements()));
    if (!toFloats(tensor, values))
        return fail("model.tensor_type", {{"name", tensor.name}, {"type", tensor.typeName}});
    std::string bytes;
    if (type == TensorType::Q8_0) {
        appendQ8_0(values, bytes);
    } else if (type == TensorType::F32) {
        bytes.assign(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
    } else {
        bytes.resize(values.size() * 2);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::uint16_t bits
                = type == TensorType::F16 ? floatToHalf(values[i]) : floatToBfloat(values[i]);
            std::memcpy(bytes.data() + 2 * i, &bits, 2);
        }
    }
    return bytes;
}

Result<std::string> sideFile(const ModelFiles& model, const std::string& name) {
    if (model.folder.empty()) {
        const auto found = model.sideFiles.find(name);
        return found == model.sideFiles.end() ? std::string() : found->second;
    }
    std::error_code error;
    if (!fs::is_regular_file(model.folder / name, error))
        return std::string();
    return readFile(model.folder / name);
}

Result<void> writeHuggingFace(const ModelFiles& model, const fs::path& folder, StoredType type,
    const ProgressFunction& progress, StopToken stop) {
    if (type == StoredType::Q8_0)
        return fail("model.unsupported",
            {{"what", "q8_0 in a Hugging Face folder"}, {"supported", "keep, f32, f16, bf16"}});
    if (model.config.empty())
        return fail("models.no_config", {{"path", model.path.string()}});
    if (auto done = prepareFolder(folder); !done)
        return done;
    std::vector<TensorToWrite> tensors;
    std::int64_t all = 0;
    for (const TensorView& tensor : model.weights.tensors()) {
        const bool numbers = holdsNumbers(tensor.type);
        if (!numbers && (elementSize(tensor.type) == 0 || !tensor.isVerbatim()))
            return fail("model.tensor_type", {{"name", tensor.name}, {"type", tensor.typeName}},
                model.path.string());
        tensors.push_back(
            {tensor.name, numbers ? typeFor(tensor, type) : tensor.type, tensor.shape, {}});
        all += tensor.elements();
    }
    std::int64_t done = 0;
    const auto written = writeSafetensors(
        folder / "model.safetensors", tensors, [&](std::size_t index) -> Result<std::string> {
            if (stop.stop_requested())
                return fail("cancelled");
            const TensorView& tensor = model.weights.tensors()[index];
            done += tensor.elements();
            if (progress)
                progress({done, all});
            return storedAs(tensor, tensors[index].type);
        });
    if (!written)
        return written;
    Json config = model.config;
    config["torch_dtype"] = torchDtype(tensors);
    config.erase("dtype");
    if (auto ok = writeFileAtomically(folder / "config.json", dumpJson(config, 2) + "\n"); !ok)
        return ok;
    if (auto ok = copySideFiles(model, folder); !ok)
        return ok;
    if (!fs::exists(folder / "generation_config.json"))
        if (auto ok = writeFileAtomically(
                folder / "generation_config.json", dumpJson(generationConfig(config), 2) + "\n");
            !ok)
            return ok;
    return repeatTemplate(folder);
}

} // namespace assay
