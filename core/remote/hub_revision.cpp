#include "core/base/file.h"
#include "core/remote/http_get.h"
#include "core/remote/hub_cache.h"
#include "core/remote/hub_download.h"
#include "core/remote/hub_request.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string trimmed(std::string text) {
    const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
    while (!text.empty() && blank(text.back()))
        text.pop_back();
    while (!text.empty() && blank(text.front()))
        text.erase(0, 1);
    return text;
}

fs::path tokenFile() {
    if (const std::string path = variable("HF_TOKEN_PATH"); !path.empty())
        return path;
    if (const std::string home = variable("HF_HOME"); !home.empty())
        return fs::path(home) / "token";
    return fs::path(variable("HOME")) / ".cache" / "huggingface" / "token";
}

/// A relative path of plain names.
bool staysInside(const std::string& path) {
    if (path.empty() || path.size() > 1000 || path.find('\\') != std::string::npos
        || path.find('\0') != std::string::npos)
        return false;
    for (const fs::path& part : fs::path(path))
        if (part.empty() || part == ".." || part == "." || part == "/")
            return false;
    return !fs::path(path).is_absolute();
}

bool isHex(const std::string& text, std::size_t size) {
    return text.size() == size && std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
}

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t star = std::string_view::npos;
    std::size_t behind = 0;
    std::size_t p = 0;
    std::size_t t = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            behind = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++behind;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool isPyTorchWeights(const std::string& name) {
    return name.starts_with("pytorch_model")
        && (name.ends_with(".bin") || name.ends_with(".bin.index.json"));
}

bool isSmallModelFile(const std::string& name) {
    return name.ends_with(".json") || name.ends_with(".jinja") || name.ends_with(".tiktoken")
        || name == "merges.txt" || name == "vocab.txt" || name == "vocab.bpe"
        || name.ends_with(".model");
}

Result<HubFile> readFileEntry(const nlohmann::json& entry, const std::string& repository) {
    HubFile file;
    file.path = entry.value("rfilename", "");
    if (!staysInside(file.path))
        return fail("hub.answer",
            {{"repository", repository}, {"reason", "it names a file \"" + file.path + "\""}});
    if (const auto size = entry.find("size"); size != entry.end() && size->is_number_integer())
        file.size = size->get<std::int64_t>();
    if (const std::string blob = entry.value("blobId", ""); isHex(blob, 40))
        file.gitBlob = blob;
    if (const auto large = entry.find("lfs"); large != entry.end() && large->is_object()) {
        file.sha256 = large->value("sha256", "");
        file.gitBlob.clear();
        if (!isHex(file.sha256, 64))
            return fail("hub.answer",
                {{"repository", repository}, {"reason", file.path + " has no checksum"}});
    }
    return file;
}

} // namespace

HubEndpoint hubEndpointOfEnvironment() {
    HubEndpoint endpoint;
    if (const std::string url = variable("HF_ENDPOINT"); !url.empty())
        endpoint.url = url;
    while (endpoint.url.ends_with('/'))
        endpoint.url.pop_back();
    for (const char* name : {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"})
        if (endpoint.token.empty())
            endpoint.token = trimmed(variable(name));
    if (endpoint.token.empty())
        if (auto text = readFile(tokenFile()))
            endpoint.token = trimmed(*text);
    // A header must not be broken in two.
    if (endpoint.token.find_first_of("\r\n") != std::string::npos)
        endpoint.token.clear();
    return endpoint;
}

std::string urlEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~' || c == '/';
        if (plain) {
            out += c;
        } else {
            char code[4];
            std::snprintf(code, sizeof code, "%%%02X", unsigned(static_cast<unsigned char>(c)));
            out += code;
        }
    }
    return out;
}

tl::unexpected<Error> hubRefusal(const HttpReply& reply, const std::string& repository) {
    if (reply.status == 401 || reply.status == 403)
        return fail("hub.denied", {{"repository", repository}});
    if (reply.status == 404)
        return fail("hub.missing", {{"repository", repository}});
    return fail("hub.answer",
        {{"repository", repository},
            {"reason", "it answers with the status " + std::to_string(reply.status)}});
}

Result<HttpReply> withRetries(const HubEndpoint& endpoint, StopToken stop,
    const std::function<Result<HttpReply>()>& request) {
    int delayMs = endpoint.firstDelayMs;
    for (int i = 1;; ++i) {
        auto reply = request();
        const bool busy = reply && (reply->status == 429 || reply->status >= 500);
        const bool broken = !reply && reply.error().code == "http.failed";
        if ((!busy && !broken) || i >= endpoint.tries || stop.stop_requested())
            return reply;
        if (busy) {
            const int seconds = std::atoi(reply->header("retry-after").c_str());
            constexpr int longest = 60;
            delayMs = std::max(delayMs, std::clamp(seconds, 0, longest) * 1000);
        }
        constexpr int stepMs = 50;
        for (int waited = 0; waited < delayMs && !stop.stop_requested(); waited += stepMs)
            std::this_thread::sleep_for(std::chrono::milliseconds(std::min(stepMs, delayMs)));
        delayMs *= 2;
    }
}

Result<HubRevision> readHubRevision(const HubEndpoint& endpoint, const std::string& repository,
    const std::string& revision, StopToken stop) {
    if (!isRepositoryName(repository))
        return fail("hub.name", {{"name", repository}});
    HttpRequest request;
    request.url = endpoint.url + "/api/models/" + urlEncoded(repository) + "/revision/"
        + urlEncoded(revision) + "?blobs=true";
    request.token = endpoint.token;
    std::string body;
    const auto reply = withRetries(endpoint, stop, [&] {
        body.clear();
        return httpGet(
            request, {},
            [&](std::string_view bytes) -> Result<void> {
                constexpr std::size_t largest = 64u << 20;
                if (body.size() + bytes.size() > largest)
                    return fail("hub.answer",
                        {{"repository", repository}, {"reason", "its list of files is too long"}});
                body += bytes;
                return {};
            },
            stop);
    });
    if (!reply)
        return fail(reply.error());
    if (reply->status != 200)
        return hubRefusal(*reply, repository);
    const auto json = nlohmann::json::parse(body, nullptr, false);
    HubRevision result;
    try {
        if (json.is_object())
            result.commit = json.value("sha", "");
        if (!isHex(result.commit, 40) || !json.contains("siblings"))
            return fail("hub.answer",
                {{"repository", repository}, {"reason", "its list of files is none"}});
        for (const auto& entry : json["siblings"]) {
            auto file = readFileEntry(entry, repository);
            if (!file)
                return forward(file);
            result.files.push_back(std::move(*file));
        }
    } catch (const nlohmann::json::exception& failure) {
        return fail("hub.answer", {{"repository", repository}, {"reason", failure.what()}});
    }
    return result;
}

std::vector<HubFile> filesToDownload(
    const std::vector<HubFile>& files, const std::vector<std::string>& patterns) {
    std::vector<HubFile> chosen;
    if (!patterns.empty()) {
        std::ranges::copy_if(files, std::back_inserter(chosen), [&](const HubFile& file) {
            return std::ranges::any_of(
                patterns, [&](const std::string& pattern) { return matches(pattern, file.path); });
        });
        return chosen;
    }
    // Sub-folders hold other forms of the same model (onnx, original, adapters).
    const auto atTop = [](const HubFile& file) { return file.path.find('/') == std::string::npos; };
    const bool safe = std::ranges::any_of(files,
        [&](const HubFile& file) { return atTop(file) && file.path.ends_with(".safetensors"); });
    for (const HubFile& file : files) {
        if (!atTop(file))
            continue;
        const bool weights
            = safe ? file.path.ends_with(".safetensors") : isPyTorchWeights(file.path);
        if (weights || (isSmallModelFile(file.path) && !isPyTorchWeights(file.path)))
            chosen.push_back(file);
    }
    return chosen;
}

} // namespace assay
