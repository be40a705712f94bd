#include "core/job/adapter_file.h"

#include <algorithm>
#include <set>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = "base_model.model.";
constexpr std::size_t shownProblems = 20;

struct PartName {
    AdapterPart part;
    std::string_view mark;
    bool hasWeight; ///< ".weight" stands behind the mark
};
constexpr PartName partNames[] = {{AdapterPart::Down, ".lora_A", true},
    {AdapterPart::Up, ".lora_B", true}, {AdapterPart::Magnitude, ".lora_magnitude_vector", false}};

/// "MODULE.lora_A.weight" or "MODULE.lora_A.NAME.weight".
AdapterTensor tensorOf(std::string_view name, std::size_t index) {
    if (name.starts_with(prefix))
        name.remove_prefix(prefix.size());
    AdapterTensor tensor;
    tensor.index = index;
    for (const PartName& known : partNames) {
        const std::size_t at = name.rfind(known.mark);
        if (at == std::string_view::npos || at == 0)
            continue;
        const std::string_view rest = name.substr(at + known.mark.size());
        if (!rest.empty() && rest.front() != '.')
            continue;
        tensor.part = known.part;
        tensor.module = std::string(name.substr(0, at));
        return tensor;
    }
    // Inside a running PEFT a module that is saved whole has a wrapper around it.
    std::string whole(name);
    for (const std::string_view wrapper : {".modules_to_save.default", ".modules_to_save"})
        if (const std::size_t at = whole.find(wrapper); at != std::string::npos)
            whole.erase(at, wrapper.size());
    tensor.module = std::move(whole);
    return tensor;
}

std::vector<Error> problemsOf(const AdapterFile& file) {
    std::vector<Error> problems;
    const auto add = [&](const char* code, const std::string& name) {
        problems.push_back(Error(code, {{"name", name}}));
    };
    for (const AdapterTensor& tensor : file.tensors) {
        const TensorView& view = file.view(tensor);
        const auto partner
            = [&](AdapterPart part) { return file.find(part, tensor.module) != nullptr; };
        const bool matrix = view.shape.size() == 2;
        switch (tensor.part) {
        case AdapterPart::Down:
            if (!matrix || !partner(AdapterPart::Up))
                add("adapter.half_pair", view.name);
            break;
        case AdapterPart::Up:
            if (!matrix || !partner(AdapterPart::Down))
                add("adapter.half_pair", view.name);
            break;
        case AdapterPart::Magnitude:
            if (!file.config.decomposed || !partner(AdapterPart::Down))
                add("adapter.foreign_tensor", view.name);
            break;
        case AdapterPart::Whole:
            // A parameter has a plain name; what else stands here is another kind of adapter's.
            if (!tensor.module.ends_with(".weight") && !tensor.module.ends_with(".bias"))
                add("adapter.foreign_tensor", view.name);
            else if (tensor.module.find("lora_embedding") != std::string::npos)
                add("adapter.foreign_tensor", view.name);
            break;
        }
    }
    for (const std::string& module : file.modules())
        if (file.config.decomposed && !file.find(AdapterPart::Magnitude, module))
            add("adapter.no_magnitude", module);
    return problems;
}

bool isModelFolder(const fs::path& folder) {
    std::error_code ignored;
    return fs::is_regular_file(folder / "config.json", ignored);
}

} // namespace

const TensorView* AdapterFile::find(AdapterPart part, const std::string& module) const {
    for (const AdapterTensor& tensor : tensors)
        if (tensor.part == part && tensor.module == module)
            return &view(tensor);
    return nullptr;
}

std::vector<std::string> AdapterFile::modules() const {
    std::vector<std::string> names;
    for (const AdapterTensor& tensor : tensors)
        if (tensor.part == AdapterPart::Down)
            names.push_back(tensor.module);
    return names;
}

std::string adapterTensorName(AdapterPart part, const std::string& module) {
    std::string name(prefix);
    name += module;
    for (const PartName& known : partNames)
        if (known.part == part)
            name += std::string(known.mark) + (known.hasWeight ? ".weight" : "");
    return name;
}

Result<AdapterFile> openAdapter(const fs::path& folder) {
    auto config = readAdapterConfig(folder);
    if (!config)
        return forward(config);
    fs::path path = folder / "adapter_model.safetensors";
    if (!fs::exists(path) && fs::exists(folder / "adapter_model.bin"))
        path = folder / "adapter_model.bin";
    auto weights = openWeights(path);
    if (!weights)
        return forward(weights);
    AdapterFile file;
    file.folder = folder;
    file.config = std::move(*config);
    file.weights = std::move(*weights);
    for (std::size_t i = 0; i < file.weights.tensors().size(); ++i)
        file.tensors.push_back(tensorOf(file.weights.tensors()[i].name, i));
    if (auto problems = problemsOf(file); !problems.empty()) {
        Error all("adapter.tensors",
            {{"path", path.string()}, {"count", std::to_string(problems.size())}});
        if (problems.size() > shownProblems)
            problems.resize(shownProblems);
        all.details = std::move(problems);
        return fail(std::move(all));
    }
    return file;
}

Json describeAdapter(const AdapterFile& file) {
    const AdapterConfig& config = file.config;
    std::set<std::string> kinds; // last part of the modules' names
    std::set<std::int64_t> layers;
    std::set<std::string> types;
    const std::vector<std::string> modules = file.modules();
    for (const std::string& module : modules) {
        kinds.insert(module.substr(module.rfind('.') + 1));
        layers.insert(layerOfModule(module));
    }
    std::vector<std::string> whole;
    for (const AdapterTensor& tensor : file.tensors) {
        types.insert(file.view(tensor).typeName);
        if (tensor.part == AdapterPart::Whole)
            whole.push_back(tensor.module);
    }
    Json json;
    json["kind"] = config.kind();
    json["rank"] = config.rank;
    json["alpha"] = config.alpha;
    json["scale"] = config.scaleOf({});
    json["dropout"] = config.dropout;
    json["targets"] = kinds;
    json["modules"] = modules.size();
    json["layers"] = layers.size();
    json["saved_whole"] = whole;
    json["parameters"] = file.parameters();
    json["types"] = types;
    json["base"] = config.base.empty() ? Json() : Json(config.base);
    return json;
}

std::vector<fs::path> adaptersIn(const fs::path& folder) {
    if (isAdapterFolder(folder))
        return {folder};
    std::vector<fs::path> found;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
        if (isAdapterFolder(it->path()))
            found.push_back(it->path());
    std::ranges::sort(found);
    return found;
}

std::vector<fs::path> adaptersBeside(const fs::path& model) {
    if (isAdapterFolder(model))
        return {};
    std::vector<fs::path> found = adaptersIn(model);
    std::error_code failed;
    for (const fs::path& near : adaptersIn(model.parent_path()))
        if (const auto base = baseFolderOf(near, {}); base && fs::equivalent(*base, model, failed))
            found.push_back(near);
    return found;
}

Result<fs::path> baseFolderOf(const fs::path& adapter, const fs::path& wanted) {
    if (!wanted.empty())
        return wanted;
    auto config = readAdapterConfig(adapter);
    if (!config)
        return forward(config);
    std::error_code ignored;
    const fs::path here = fs::weakly_canonical(adapter, ignored);
    std::vector<fs::path> places;
    if (!config->base.empty()) {
        const fs::path named(config->base);
        places = {named, here / named, here.parent_path() / named};
        // Moved together: the base around the adapter, or beside it, under the name it had.
        for (fs::path around = here.parent_path(); around.has_relative_path();
             around = around.parent_path()) {
            places.push_back(around / named.filename());
            if (around.filename() == named.filename())
                places.push_back(around);
            if (places.size() > 16)
                break;
        }
    } else {
        places = {here.parent_path()};
    }
    const auto found = std::ranges::find_if(places, isModelFolder);
    if (found == places.end())
        return fail("adapter.no_base",
            {{"path", adapter.string()}, {"base", config->base.empty() ? "none" : config->base}});
    return fs::weakly_canonical(*found, ignored);
}

} // namespace assay
