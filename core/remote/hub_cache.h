#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Where transformers keeps what it downloaded: HF_HUB_CACHE, else HF_HOME/hub, else
/// XDG_CACHE_HOME/huggingface/hub, else ~/.cache/huggingface/hub.
std::filesystem::path hubCacheFolder();

/// A revision of a model in the cache: models--ORG--NAME/snapshots/COMMIT, whose files are links
/// into blobs/; refs/NAME holds a commit.
struct CachedModel {
    std::string repository; ///< "Qwen/Qwen3-0.6B"
    std::string commit;
    std::vector<std::string> references; ///< "main" and other names of this commit
    std::filesystem::path folder;
    std::int64_t bytes = 0; ///< of its files
    bool hasConfig = false;
    bool hasWeights = false; ///< a whole file or index of them, none of whose links lead nowhere
};

/// All revisions, by repository, those with a reference first. Nothing where there is no cache.
std::vector<CachedModel> cachedModels(const std::filesystem::path& cache);

/// "org/name" with letters, digits and -_. only; what becomes a folder's name.
bool isRepositoryName(const std::string& name);
/// "models--org--name".
std::string cacheFolderName(const std::string& repository);
/// The snapshot of a repository by the name or commit of a revision; empty where there is none.
std::filesystem::path cachedModelFolder(const std::filesystem::path& cache,
    const std::string& repository, const std::string& revision = "main");

/// A path as given where it exists; else, where it is "org/name" or "org/name@revision", its
/// snapshot in the cache; else as given.
std::filesystem::path resolveModelPath(const std::string& given);

} // namespace assay
