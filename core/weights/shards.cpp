#include "core/weights/weights.h"

#include <map>
#include <set>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What the index says: which tensor lies in which file.
struct ShardIndex {
    std::set<std::string> files; ///< names beside the index
    std::vector<std::pair<std::string, std::string>> tensors; ///< name, file
};

Result<ShardIndex> readIndex(const fs::path& path) {
    auto file = MappedFile::open(path);
    if (!file)
        return forward(file);
    constexpr std::size_t largest = 64u << 20;
    if (file->text().size() > largest)
        return fail("json.syntax", {{"reason", "it is too large for an index"}}, path.string());
    // Not Json, which finds a key by walking over all of them.
    const auto json = nlohmann::json::parse(file->text(), nullptr, false);
    if (json.is_discarded())
        return fail("json.syntax", {{"reason", "it cannot be parsed"}}, path.string());
    const auto map = json.is_object() ? json.find("weight_map") : json.end();
    if (map == json.end() || !map->is_object())
        return fail("json.missing", {{"key", "weight_map"}}, path.string());
    ShardIndex index;
    for (const auto& [name, value] : map->items()) {
        const std::string file = value.is_string() ? value.get<std::string>() : std::string();
        // An index must not lead out of its folder.
        if (file.empty() || fs::path(file).filename() != file || file == "..")
            return fail("json.value",
                {{"key", "weight_map/" + name}, {"reason", "it is not the name of a file"}},
                path.string());
        index.files.insert(file);
        index.tensors.emplace_back(name, file);
    }
    return index;
}

/// One file of the index, of either format.
Result<Weights> openShard(const fs::path& path) {
    if (path.extension() == ".safetensors")
        return openSafetensors(path);
    return openPyTorch(path);
}

} // namespace

Result<Weights> openShards(const fs::path& path) {
    auto index = readIndex(path);
    if (!index)
        return forward(index);
    const fs::path folder = path.parent_path();
    std::vector<Error> problems;
    for (const std::string& name : index->files)
        if (!fs::exists(folder / name))
            problems.push_back(Error("file.missing", {{"path", (folder / name).string()}}));
    std::vector<TensorView> tensors;
    std::vector<std::shared_ptr<const MappedFile>> files;
    std::map<std::string, std::set<std::string>> held; // by file
    WeightFormat format = WeightFormat::Safetensors;
    for (const std::string& name : index->files) {
        if (!problems.empty())
            break;
        auto shard = openShard(folder / name);
        if (!shard)
            return forward(shard);
        format = shard->format();
        for (const TensorView& tensor : shard->tensors()) {
            held[name].insert(tensor.name);
            tensors.push_back(tensor);
        }
        files.insert(files.end(), shard->files().begin(), shard->files().end());
    }
    if (problems.empty())
        for (const auto& [tensor, file] : index->tensors)
            if (!held[file].contains(tensor))
                problems.push_back(
                    Error("weights.not_in_shard", {{"name", tensor}, {"file", file}}));
    if (!problems.empty()) {
        Error error(
            "weights.index", {{"path", path.string()}, {"count", std::to_string(problems.size())}});
        constexpr std::size_t shown = 20;
        if (problems.size() > shown)
            problems.resize(shown);
        error.details = std::move(problems);
        return fail(std::move(error));
    }
    return Weights::of(format, path, std::move(tensors), std::move(files));
}

} // namespace assay
