#include "engine/model_store.h"

#include "core/base/hash.h"
#include "core/job/adapter_file.h"

#include <algorithm>

namespace assay {

namespace {

struct FolderState {
    std::string signature; ///< names, sizes and times of the files
    std::int64_t weightBytes = 0;
};

FolderState folderState(const std::filesystem::path& folder) {
    FolderState state;
    std::vector<std::string> lines;
    std::error_code ignored;
    if (const auto size = std::filesystem::file_size(folder, ignored); !ignored) { // one file
        const auto time = std::filesystem::last_write_time(folder, ignored);
        state.signature
            = std::to_string(size) + '\t' + std::to_string(time.time_since_epoch().count()) + '\n';
        state.weightBytes = std::int64_t(size);
        return state;
    }
    ignored.clear();
    for (std::filesystem::directory_iterator it(folder, ignored), end; !ignored && it != end;
         it.increment(ignored)) {
        std::error_code failed;
        if (!it->is_regular_file(failed))
            continue;
        const auto size = it->file_size(failed);
        const auto time = it->last_write_time(failed).time_since_epoch().count();
        lines.push_back(it->path().filename().string() + '\t' + std::to_string(size) + '\t'
            + std::to_string(time));
        const auto kind = it->path().extension();
        if (kind == ".safetensors" || kind == ".gguf" || kind == ".bin")
            state.weightBytes += std::int64_t(size);
    }
    std::ranges::sort(lines);
    for (const std::string& line : lines)
        state.signature += line + '\n';
    return state;
}

std::string keyOf(
    const std::filesystem::path& folder, const LoadOptions& options, const FolderState& state) {
    std::error_code failed;
    const auto canonical = std::filesystem::weakly_canonical(folder, failed);
    return contentHash((failed ? folder : canonical).string() + '\n'
        + std::string(dtypeName(options.dtype)) + '\n' + options.templateName + '\n'
        + options.adapter.string() + '\n' + state.signature);
}

} // namespace

Result<ModelStore::Loaded> ModelStore::load(Engine& engine, const std::filesystem::path& folder,
    const LoadOptions& options, StopToken stop, const LoadProgress& progress) {
    FolderState state = folderState(folder);
    if (!options.adapter.empty())
        state.signature += folderState(options.adapter).signature;
    // An adapter's weights are those of its base and a little more.
    if (isAdapterFolder(folder))
        if (const auto base = baseFolderOf(folder, {})) {
            const FolderState below = folderState(*base);
            state.signature += below.signature;
            state.weightBytes += below.weightBytes;
        }
    const std::string key = keyOf(folder, options, state);
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::ranges::find(m_entries, key, &Entry::key);
        if (found != m_entries.end()) {
            ++found->users;
            return found->loaded;
        }
    }
    if (progress)
        progress(0, state.weightBytes);
    // Only the compute thread loads, so nobody adds the same key meanwhile.
    auto model = engine.loadModel(folder, options, stop);
    if (!model)
        return forward(model);
    if (progress)
        progress(state.weightBytes, state.weightBytes);
    const std::lock_guard lock(m_mutex);
    m_entries.push_back({{"m" + std::to_string(m_next++), std::move(*model)}, key, 1});
    return m_entries.back().loaded;
}

Result<void> ModelStore::unload(const std::string& handle) {
    const std::lock_guard lock(m_mutex);
    const auto found
        = std::ranges::find(m_entries, handle, [](const Entry& e) { return e.loaded.handle; });
    if (found == m_entries.end())
        return fail("session.unknown_model", {{"model", handle}});
    // A request that is running keeps the model alive until it ends.
    if (--found->users == 0)
        m_entries.erase(found);
    return {};
}

Result<std::shared_ptr<ModelUnderTest>> ModelStore::find(const std::string& handle) {
    const std::lock_guard lock(m_mutex);
    const auto found
        = std::ranges::find(m_entries, handle, [](const Entry& e) { return e.loaded.handle; });
    if (found == m_entries.end())
        return fail("session.unknown_model", {{"model", handle}});
    return found->loaded.model;
}

std::vector<ModelStore::Loaded> ModelStore::list() {
    const std::lock_guard lock(m_mutex);
    std::vector<Loaded> all;
    for (const Entry& entry : m_entries)
        all.push_back(entry.loaded);
    return all;
}

} // namespace assay
