#include "infer/base_models.h"

#include "core/base/hash.h"
#include "core/weights/weights.h"

#include <map>
#include <mutex>
#include <optional>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// The bytes of config and weights; templates and tokenizers are recorded by hashes of their own.
Result<std::string> modelHash(const fs::path& folder, const Weights& weights) {
    ContentHasher hasher;
    auto config = readFile(folder / "config.json");
    if (!config)
        return forward(config);
    hasher.add(*config);
    for (const auto& file : weights.files())
        hasher.add(file->text());
    return hasher.hex();
}

/// Folder, number format, and the names, sizes and times of its files.
std::string keyOf(const fs::path& folder, Dtype dtype) {
    std::error_code failed;
    const fs::path place = fs::weakly_canonical(folder, failed);
    std::map<std::string, std::string> files;
    for (fs::directory_iterator it(place, failed), end; !failed && it != end;
         it.increment(failed)) {
        std::error_code ignored;
        if (it->is_regular_file(ignored))
            files[it->path().filename().string()] = std::to_string(it->file_size(ignored)) + ' '
                + std::to_string(it->last_write_time(ignored).time_since_epoch().count());
    }
    std::string key = place.string() + '\n' + std::string(dtypeName(dtype));
    for (const auto& [name, state] : files)
        key += '\n' + name + ' ' + state;
    return key;
}

struct Held {
    ModelSpec spec;
    std::weak_ptr<Parameters> parameters;
    std::string hash;
};

/// What other models of this process hold.
class HeldModels {
public:
    std::optional<BaseModel> find(const std::string& key) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_models.find(key);
        if (found == m_models.end())
            return std::nullopt;
        auto parameters = found->second.parameters.lock();
        if (!parameters) {
            m_models.erase(found);
            return std::nullopt;
        }
        return BaseModel{found->second.spec, std::move(parameters), found->second.hash};
    }
    void hold(const std::string& key, const BaseModel& model) {
        const std::lock_guard lock(m_mutex);
        m_models[key] = {model.spec, model.parameters, model.hash};
    }

private:
    std::mutex m_mutex;
    std::map<std::string, Held> m_models;
};

HeldModels& heldModels() {
    static HeldModels models;
    return models;
}

} // namespace

Result<BaseModel> loadBaseModel(
    const fs::path& folder, Dtype dtype, const ProgressFunction& progress, StopToken stop) {
    const std::string key = keyOf(folder, dtype);
    if (auto held = heldModels().find(key))
        return std::move(*held);
    auto spec = readModelSpec(folder);
    if (!spec)
        return forward(spec);
    BaseModel model;
    model.spec = std::move(*spec);
    model.parameters
        = std::make_shared<Parameters>(parameterLayout(model.spec), dtype, ParameterUse::Inference);
    auto weights = openWeights(folder);
    if (!weights)
        return forward(weights);
    if (auto done = loadWeights(*weights, model.spec, *model.parameters, progress, stop); !done)
        return forward(done);
    auto hash = modelHash(folder, *weights);
    if (!hash)
        return forward(hash);
    model.hash = std::move(*hash);
    heldModels().hold(key, model);
    return model;
}

} // namespace assay
