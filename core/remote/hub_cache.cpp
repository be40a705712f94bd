#include "core/remote/hub_cache.h"

#include "core/base/file.h"

#include <algorithm>
#include <cstdlib>

namespace assay {

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        entries.push_back(it->path());
    std::ranges::sort(entries);
    return entries;
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
        text.pop_back();
    return text;
}

/// Names and commits of the revisions; a name may have slashes (refs/pr/1).
std::vector<std::pair<std::string, std::string>> referencesOf(const fs::path& repository) {
    std::vector<std::pair<std::string, std::string>> references;
    const fs::path folder = repository / "refs";
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        std::error_code failed;
        if (!it->is_regular_file(failed))
            continue;
        if (auto commit = readFile(it->path()))
            references.emplace_back(
                it->path().lexically_relative(folder).generic_string(), trimmed(*commit));
    }
    std::ranges::sort(references);
    return references;
}

bool isWeights(const std::string& name) {
    return name.ends_with(".safetensors") || name.ends_with(".gguf")
        || (name.starts_with("pytorch_model") && name.ends_with(".bin"));
}

void readSnapshot(CachedModel& model) {
    bool whole = true;
    for (const fs::path& entry : entriesOf(model.folder)) {
        const std::string name = entry.filename().string();
        std::error_code error;
        const auto size = fs::file_size(entry, error); // of what the link leads to
        if (fs::is_directory(entry, error) && !error)
            continue;
        if (error) {
            whole = whole && !isWeights(name);
            continue;
        }
        model.bytes += std::int64_t(size);
        model.hasConfig = model.hasConfig || name == "config.json";
        model.hasWeights = model.hasWeights || isWeights(name);
    }
    model.hasWeights = model.hasWeights && whole;
}

/// "models--org--name" to "org/name".
std::string repositoryOf(const std::string& folder) {
    std::string name = folder.substr(8);
    if (const std::size_t dashes = name.find("--"); dashes != std::string::npos)
        name.replace(dashes, 2, "/");
    return name;
}

} // namespace

fs::path hubCacheFolder() {
    if (const std::string cache = variable("HF_HUB_CACHE"); !cache.empty())
        return cache;
    if (const std::string home = variable("HF_HOME"); !home.empty())
        return fs::path(home) / "hub";
    if (const std::string caches = variable("XDG_CACHE_HOME"); !caches.empty())
        return fs::path(caches) / "huggingface" / "hub";
    return fs::path(variable("HOME")) / ".cache" / "huggingface" / "hub";
}

std::vector<CachedModel> cachedModels(const fs::path& cache) {
    std::vector<CachedModel> models;
    for (const fs::path& repository : entriesOf(cache)) {
        const std::string name = repository.filename().string();
        if (!name.starts_with("models--"))
            continue;
        const auto references = referencesOf(repository);
        const std::size_t first = models.size();
        for (const fs::path& snapshot : entriesOf(repository / "snapshots")) {
            CachedModel model;
            model.repository = repositoryOf(name);
            model.commit = snapshot.filename().string();
            model.folder = snapshot;
            for (const auto& [reference, commit] : references)
                if (commit == model.commit)
                    model.references.push_back(reference);
            readSnapshot(model);
            models.push_back(std::move(model));
        }
        std::stable_sort(models.begin() + std::ptrdiff_t(first), models.end(),
            [](const CachedModel& a, const CachedModel& b) {
                return !a.references.empty() && b.references.empty();
            });
    }
    return models;
}

bool isRepositoryName(const std::string& name) {
    const std::size_t slash = name.find('/');
    if (name.empty() || name.size() > 200 || slash == 0 || slash == name.size() - 1
        || name.find("..") != std::string::npos || name.find("--") != std::string::npos)
        return false;
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || c == '-' || c == '_' || c == '.' || c == '/';
    }) && std::ranges::count(name, '/') <= 1;
}

std::string cacheFolderName(const std::string& repository) {
    std::string name = "models--" + repository;
    if (const std::size_t slash = name.find('/'); slash != std::string::npos)
        name.replace(slash, 1, "--");
    return name;
}

fs::path cachedModelFolder(
    const fs::path& cache, const std::string& repository, const std::string& revision) {
    if (!isRepositoryName(repository) || revision.find("..") != std::string::npos)
        return {};
    const fs::path folder = cache / cacheFolderName(repository);
    std::string commit = revision;
    if (auto reference = readFile(folder / "refs" / revision))
        commit = trimmed(*reference);
    std::error_code error;
    const fs::path snapshot = folder / "snapshots" / commit;
    return !commit.empty() && commit.find('/') == std::string::npos
            && fs::is_directory(snapshot, error)
        ? snapshot
        : fs::path();
}

fs::path resolveModelPath(const std::string& given) {
    std::error_code error;
    if (fs::exists(given, error))
        return given;
    const std::size_t at = given.find('@');
    const std::string repository = given.substr(0, at);
    if (repository.find('/') == std::string::npos)
        return given;
    const fs::path found = cachedModelFolder(
        hubCacheFolder(), repository, at == std::string::npos ? "main" : given.substr(at + 1));
    return found.empty() ? fs::path(given) : found;
}

} // namespace assay
