#include "infer/base_models.h"

#include "core/base/hash.h"
#include "core/models/model_spec_of.h"

#include <map>
#include <mutex>
#include <optional>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// The bytes of config and weights; templates and tokenizers are recorded by hashes of their own.
Result<std::string> modelHash(const ModelFiles& model) {
    ContentHasher hasher;
    Result<std::string> config = dumpJson(model.config);
    if (!model.folder.empty())
        config = readFile(model.folder / "config.json");
    if (!config)
        return forward(config);
    hasher.add(*config);
    for (const auto& file : model.weights.files())
        hasher.add(file->text());
    return hasher.hex();
}

/// Place, number format, and the names, sizes and times of the files there (of a lone file: of all
/// beside it, for some of them may be its own).
std::string keyOf(const fs::path& model, Dtype dtype) {
    std::error_code failed;
    const fs::path place = fs::weakly_canonical(model, failed);
    std::map<std::string, std::string> files;
    for (fs::directory_iterator
             it(fs::is_directory(place, failed) ? place : place.parent_path(), failed),
         end;
         !failed && it != end; it.increment(failed)) {
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

Result<OpenedModel> openBaseModel(const fs::path& path) {
    if (!isForeignModel(path))
        if (auto spec = readModelSpec(path); !spec)
            return forward(spec);
    auto files = openModel(path);
    if (!files)
        return forward(files);
    auto spec = modelSpecOf(*files);
    if (!spec)
        return forward(spec);
    return OpenedModel{std::move(*files), std::move(*spec)};
}

Result<BaseModel> loadBaseModel(
    const OpenedModel& model, Dtype dtype, const ProgressFunction& progress, StopToken stop) {
    const std::string key = keyOf(model.files.path, dtype);
    if (auto held = heldModels().find(key))
        return std::move(*held);
    BaseModel base;
    base.spec = model.spec;
    base.parameters
        = std::make_shared<Parameters>(parameterLayout(base.spec), dtype, ParameterUse::Inference);
    if (auto done = loadWeights(model.files.weights, base.spec, *base.parameters, progress, stop);
        !done)
        return forward(done);
    auto hash = modelHash(model.files);
    if (!hash)
        return forward(hash);
    base.hash = std::move(*hash);
    heldModels().hold(key, base);
    return base;
}

} // namespace assay
