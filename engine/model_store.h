#pragma once

#include "core/job/engine_interface.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace assay {

/// The models of a session. Loading the same folder again with the same settings gives the same
/// handle, as long as its files have not changed; each load needs its unload.
class ModelStore {
public:
    struct Loaded {
        std::string handle;
        std::shared_ptr<ModelUnderTest> model;
    };
    /// Called with bytes done and in total where there is something to load.
    using LoadProgress = std::function<void(std::int64_t, std::int64_t)>;

    Result<Loaded> load(Engine& engine, const std::filesystem::path& folder,
        const LoadOptions& options, StopToken stop, const LoadProgress& progress);
    Result<void> unload(const std::string& handle);
    Result<std::shared_ptr<ModelUnderTest>> find(const std::string& handle);
    std::vector<Loaded> list();

private:
    struct Entry {
        Loaded loaded;
        std::string key;
        int users = 0;
    };
    std::mutex m_mutex;
    std::vector<Entry> m_entries;
    int m_next = 1;
};

} // namespace assay
