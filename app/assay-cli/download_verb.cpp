#include "app/assay-cli/model_verbs.h"

#include "core/base/json.h"
#include "core/remote/hub_cache.h"
#include "core/remote/hub_download.h"

#include <cstdio>

namespace assay {

namespace {

struct DownloadOptions {
    HubDownload download;
    std::string to;
};

Result<void> runDownload(DownloadOptions options) {
    options.download.folder = options.to;
    options.download.cache = hubCacheFolder();
    auto folder = downloadModel(hubEndpointOfEnvironment(), options.download,
        terminalProgress("Download"), interruptToken());
    if (!folder)
        return forward(folder);
    std::printf("%s\n", folder->string().c_str());
    return {};
}

Result<void> listModels(const std::string& cache, bool json) {
    for (const CachedModel& model :
        cachedModels(cache.empty() ? hubCacheFolder() : std::filesystem::path(cache))) {
        std::string names;
        for (const std::string& name : model.references)
            names += (names.empty() ? "" : ", ") + name;
        if (json) {
            std::printf("%s\n",
                dumpJson(Json{{"repository", model.repository}, {"commit", model.commit},
                             {"references", model.references}, {"folder", model.folder.string()},
                             {"bytes", model.bytes}, {"has_config", model.hasConfig},
                             {"has_weights", model.hasWeights}})
                    .c_str());
            continue;
        }
        std::printf("%s  %s  %.1f MB%s\n  %s\n", model.repository.c_str(),
            (names.empty() ? model.commit.substr(0, 12) : names).c_str(), double(model.bytes) / 1e6,
            model.hasConfig && model.hasWeights ? "" : "  (not whole)",
            model.folder.string().c_str());
    }
    return {};
}

} // namespace

void addDownloadVerb(CLI::App& program) {
    auto options = std::make_shared<DownloadOptions>();
    CLI::App* verb = program.add_subcommand("download",
        "Download a model from a hub (HF_ENDPOINT, default huggingface.co) into the Hugging Face "
        "cache, or into a folder; an interrupted download is continued");
    verb->add_option("REPO", options->download.repository, "The model, as org/name")->required();
    verb->add_option("--revision", options->download.revision, "Branch, tag or commit")
        ->capture_default_str();
    verb->add_option("--to", options->to, "A folder for plain files, in place of the cache");
    verb->add_option("--include", options->download.patterns,
        "Only files that fit this pattern (* and ?), such as *.gguf; may be repeated");
    onRun(*verb, [options] { return runDownload(*options); });
}

void addModelsVerb(CLI::App& program) {
    struct Options {
        std::string cache;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand("models", "List the models in the Hugging Face cache");
    verb->add_option("--cache", options->cache, "The cache's folder (HF_HUB_CACHE, HF_HOME/hub)");
    verb->add_flag("--json", options->json,
        "One object a line: repository, commit, references, folder, bytes, has_config, "
        "has_weights");
    onRun(*verb, [options] { return listModels(options->cache, options->json); });
}

} // namespace assay
