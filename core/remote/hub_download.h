#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// A server that keeps models as the Hugging Face hub does, and who asks.
struct HubEndpoint {
    std::string url = "https://huggingface.co";
    std::string token;
    int tries = 5; ///< of each request, when the connection fails or the server is busy
    int firstDelayMs = 1000; ///< doubled after every failure
};

/// HF_ENDPOINT; the token of HF_TOKEN, HUGGING_FACE_HUB_TOKEN, or the file HF_TOKEN_PATH
/// (HF_HOME/token, else ~/.cache/huggingface/token).
HubEndpoint hubEndpointOfEnvironment();

/// A file of a repository.
struct HubFile {
    std::string path; ///< with slashes
    std::int64_t size = -1; ///< -1: not told
    std::string sha256; ///< of large files
    std::string gitBlob; ///< SHA-1 that git gives the small ones
};

struct HubRevision {
    std::string commit;
    std::vector<HubFile> files;
};

/// What a repository holds; names that would lead out of a folder are an error.
Result<HubRevision> readHubRevision(const HubEndpoint& endpoint, const std::string& repository,
    const std::string& revision, StopToken stop);

/// The files that using a model takes: config, tokenizer, template and weights, safetensors before
/// PyTorch's. With patterns (* and ?) those that match one of them, and nothing else.
std::vector<HubFile> filesToDownload(
    const std::vector<HubFile>& files, const std::vector<std::string>& patterns);

struct HubDownload {
    std::string repository;
    std::string revision = "main";
    std::vector<std::string> patterns;
    /// A folder for plain files; empty: the cache, in its layout.
    std::filesystem::path folder;
    std::filesystem::path cache;
};

/// Downloads a model and gives the folder that holds it. What was begun is continued, what is there
/// and whole is left; every file's size and checksum are compared before it takes its place.
/// Progress in bytes over all files.
Result<std::filesystem::path> downloadModel(const HubEndpoint& endpoint,
    const HubDownload& download, const ProgressFunction& progress, StopToken stop);

} // namespace assay
