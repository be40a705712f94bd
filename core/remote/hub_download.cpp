#include "core/remote/hub_download.h"

#include "core/base/file.h"
#include "core/remote/digest.h"
#include "core/remote/hub_cache.h"
#include "core/remote/hub_request.h"
#include "core/store/file_lock.h"

#include <algorithm>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// Where a file goes: its bytes, the name under which people find them, and the lock of both.
struct Place {
    fs::path bytes; ///< the blob in a cache, the file itself in a plain folder
    fs::path link; ///< in a cache, the name in the snapshot; else empty
    fs::path partial() const { return bytes.string() + ".incomplete"; }
};

class Downloader {
public:
    Downloader(const HubEndpoint& endpoint, const HubDownload& download,
        const ProgressFunction& progress, StopToken stop)
        : m_endpoint(endpoint)
        , m_download(download)
        , m_progress(progress)
        , m_stop(std::move(stop)) { }

    Result<fs::path> run() {
        auto revision
            = readHubRevision(m_endpoint, m_download.repository, m_download.revision, m_stop);
        if (!revision)
            return forward(revision);
        m_commit = revision->commit;
        const std::vector<HubFile> files = filesToDownload(revision->files, m_download.patterns);
        if (files.empty())
            return fail("hub.nothing",
                {{"repository", m_download.repository}, {"files", namesOf(revision->files)}});
        const bool plain = !m_download.folder.empty();
        m_root
            = plain ? m_download.folder : m_download.cache / cacheFolderName(m_download.repository);
        m_target = plain ? m_root : m_root / "snapshots" / m_commit;
        if (auto done = makeFolder(m_target); !done)
            return forward(done);
        if (!plain)
            if (auto done = makeFolder(m_root / "blobs"); !done)
                return forward(done);
        auto lock = FileLock::tryAcquire(m_root / ".download.lock");
        if (!lock)
            return forward(lock);
        if (!*lock)
            return fail("hub.busy", {{"repository", m_download.repository}});
        if (auto done = checkSpace(files); !done)
            return forward(done);
        for (const HubFile& file : files)
            if (auto done = fetch(file); !done)
                return forward(done);
        if (!plain)
            if (auto done = writeReference(); !done)
                return forward(done);
        (*lock)->removeFile();
        return m_target;
    }

private:
    static std::string namesOf(const std::vector<HubFile>& files) {
        std::string names;
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < std::min(files.size(), most); ++i)
            names += (i ? ", " : "") + files[i].path;
        return names;
    }

    Place placeOf(const HubFile& file) const {
        if (!m_download.folder.empty())
            return {m_target / file.path, {}};
        const std::string blob = !file.sha256.empty() ? file.sha256
            : !file.gitBlob.empty()                   ? file.gitBlob
                                                      : digestOf(m_commit + "/" + file.path);
        return {m_root / "blobs" / blob, m_target / file.path};
    }

    static std::string digestOf(const std::string& text) {
        Digest digest(DigestKind::Sha256);
        digest.add(text);
        return digest.hex();
    }

    Result<void> checkSpace(const std::vector<HubFile>& files) {
        std::int64_t needed = 0;
        for (const HubFile& file : files) {
            m_total += std::max<std::int64_t>(file.size, 0);
            const Place place = placeOf(file);
            std::error_code error;
            std::int64_t held = 0;
            for (const fs::path& path : {place.bytes, place.partial()})
                if (const auto size = fs::file_size(path, error); !error)
                    held = std::max(held, std::int64_t(size));
            needed += std::max<std::int64_t>(file.size - held, 0);
        }
        std::error_code error;
        const auto space = fs::space(m_root, error);
        if (!error && std::uint64_t(needed) > space.available)
            return fail("hub.no_space",
                {{"path", m_root.string()}, {"needed", std::to_string(needed >> 20)},
                    {"free", std::to_string(space.available >> 20)}});
        return {};
    }

    Result<void> fetch(const HubFile& file) {
        const Place place = placeOf(file);
        if (auto done = makeFolder(place.bytes.parent_path()); !done)
            return done;
        auto whole = isWhole(file, place.bytes);
        if (!whole)
            return forward(whole);
        if (!*whole) {
            if (auto done = receive(file, place.partial()); !done)
                return done;
            if (auto done = verify(file, place.partial()); !done)
                return done;
            std::error_code problem;
            fs::rename(place.partial(), place.bytes, problem);
            if (problem)
                return fail(
                    "file.write", {{"path", place.bytes.string()}, {"reason", problem.message()}});
        }
        std::error_code ignored;
        m_done += std::int64_t(fs::file_size(place.bytes, ignored));
        report(0);
        return place.link.empty() ? Result<void>() : makeLink(place);
    }

    /// What stands there already is taken where it is what the server has.
    Result<bool> isWhole(const HubFile& file, const fs::path& path) {
        std::error_code error;
        if (!fs::is_regular_file(path, error))
            return false;
        if (file.sha256.empty() && file.gitBlob.empty())
            return file.size >= 0 && std::int64_t(fs::file_size(path, error)) == file.size;
        const auto verified = verify(file, path, false);
        if (!verified && verified.error().code != "hub.checksum")
            return fail(verified.error());
        return verified.has_value();
    }

    /// Appends what is missing to the partial file; a server that cannot continue begins anew.
    Result<void> receive(const HubFile& file, const fs::path& partial) {
        const auto reply = withRetries(m_endpoint, m_stop, [&]() -> Result<HttpReply> {
            std::error_code error;
            auto held = fs::file_size(partial, error);
            if (error)
                held = 0;
            if (file.size >= 0 && std::int64_t(held) > file.size)
                held = 0;
            if (file.size > 0 && std::int64_t(held) == file.size) {
                HttpReply whole;
                whole.status = 200;
                return whole;
            }
            return request(file, partial, std::int64_t(held));
        });
        if (!reply)
            return fail(reply.error());
        if (reply->status >= 300)
            return hubRefusal(*reply, m_download.repository);
        return {};
    }

    Result<HttpReply> request(const HubFile& file, const fs::path& partial, std::int64_t held) {
        HttpRequest request;
        request.url = m_endpoint.url + "/" + urlEncoded(m_download.repository) + "/resolve/"
            + m_commit + "/" + urlEncoded(file.path);
        request.token = m_endpoint.token;
        request.resumeAt = held;
        std::optional<AppendFile> target;
        std::optional<Error> problem;
        const auto onHead = [&](const HttpReply& reply) {
            const bool continues = reply.status == 206
                && reply.header("content-range").starts_with("bytes " + std::to_string(held) + "-");
            auto opened = AppendFile::open(partial, continues ? held : 0);
            if (!opened) {
                problem = opened.error();
                return false;
            }
            target = std::move(*opened);
            return true;
        };
        const auto onBody = [&](std::string_view bytes) -> Result<void> {
            if (file.size >= 0 && target->size() + std::int64_t(bytes.size()) > file.size)
                return fail(
                    "hub.checksum", {{"name", file.path}, {"repository", m_download.repository}});
            if (auto done = target->append(bytes); !done)
                return done;
            report(target->size());
            return {};
        };
        auto reply = httpGet(request, onHead, onBody, m_stop);
        if (problem)
            return fail(*problem);
        if (reply && reply->status == 416 && held > 0) { // what we hold does not fit the file
            std::error_code ignored;
            fs::remove(partial, ignored);
            return this->request(file, partial, 0);
        }
        if (!reply)
            return reply;
        if (target)
            if (auto done = target->sync(); !done)
                return forward(done);
        // A connection that ends early looks like an end.
        if (reply->status < 300 && file.size >= 0 && target && target->size() < file.size)
            return fail("http.failed",
                {{"host", m_endpoint.url}, {"reason", "the connection ended too early"}});
        return reply;
    }

    Result<void> verify(const HubFile& file, const fs::path& path, bool removes = true) {
        std::error_code error;
        const auto size = fs::file_size(path, error);
        bool right = !error && (file.size < 0 || std::int64_t(size) == file.size);
        const bool large = !file.sha256.empty();
        if (right && (large || !file.gitBlob.empty())) {
            std::string prefix;
            if (!large)
                prefix = "blob " + std::to_string(size) + std::string(1, '\0');
            auto digest = digestOfFile(
                path, large ? DigestKind::Sha256 : DigestKind::Sha1, prefix, {}, m_stop);
            if (!digest)
                return forward(digest);
            right = *digest == (large ? file.sha256 : file.gitBlob);
        }
        if (right)
            return {};
        if (removes) // else the next try would continue what is wrong
            fs::remove(path, error);
        return fail("hub.checksum", {{"name", file.path}, {"repository", m_download.repository}});
    }

    Result<void> makeLink(const Place& place) {
        if (auto done = makeFolder(place.link.parent_path()); !done)
            return done;
        std::error_code error;
        fs::remove(place.link, error);
        error.clear();
        fs::create_symlink(
            place.bytes.lexically_relative(place.link.parent_path()), place.link, error);
        if (error)
            return fail("file.write", {{"path", place.link.string()}, {"reason", error.message()}});
        return {};
    }

    Result<void> writeReference() {
        if (m_download.revision == m_commit)
            return {};
        const fs::path reference = m_root / "refs" / m_download.revision;
        if (auto done = makeFolder(reference.parent_path()); !done)
            return done;
        return writeFileAtomically(reference, m_commit);
    }

    void report(std::int64_t current) const {
        if (m_progress)
            m_progress({m_done + current, m_total});
    }

    const HubEndpoint& m_endpoint;
    const HubDownload& m_download;
    const ProgressFunction& m_progress;
    StopToken m_stop;
    std::string m_commit;
    fs::path m_root;
    fs::path m_target;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
};

} // namespace

Result<fs::path> downloadModel(const HubEndpoint& endpoint, const HubDownload& download,
    const ProgressFunction& progress, StopToken stop) {
    if (!isRepositoryName(download.repository))
        return fail("hub.name", {{"name", download.repository}});
    if (download.revision.empty() || download.revision.find("..") != std::string::npos
        || download.revision.starts_with('/'))
        return fail("hub.name", {{"name", download.revision}});
    return Downloader(endpoint, download, progress, std::move(stop)).run();
}

} // namespace assay
