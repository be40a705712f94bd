#include "core/base/file.h"
#include "core/base/json.h"
#include "core/remote/digest.h"
#include "core/remote/http_get.h"
#include "core/remote/hub_cache.h"
#include "core/remote/hub_download.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <httplib.h>

#include <atomic>
#include <mutex>
#include <thread>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

const std::string commit = "0123456789abcdef0123456789abcdef01234567";

std::string sha256(const std::string& bytes) {
    Digest digest(DigestKind::Sha256);
    digest.add(bytes);
    return digest.hex();
}

std::string gitBlob(const std::string& bytes) {
    Digest digest(DigestKind::Sha1);
    digest.add("blob " + std::to_string(bytes.size()) + std::string(1, '\0') + bytes);
    return digest.hex();
}

/// A hub with one model, large files behind a redirection to "another host".
class SmallHub {
public:
    SmallHub() {
        weights.resize(300000);
        for (std::size_t i = 0; i < weights.size(); ++i)
            weights[i] = char(i * 7 + i / 256);
        m_server.Get(R"(/api/models/(.+)/revision/(.+))",
            [this](const httplib::Request& request, httplib::Response& response) {
                answerList(request, response);
            });
        m_server.Get(R"(/org/tiny/resolve/([0-9a-f]+)/(.+))",
            [this](const httplib::Request& request, httplib::Response& response) {
                answerFile(request, response);
            });
        m_server.Get(
            "/store/weights", [this](const httplib::Request& request, httplib::Response& response) {
                answerWeights(request, response);
            });
        m_port = m_server.bind_to_any_port("127.0.0.1");
        m_thread = std::thread([this] { m_server.listen_after_bind(); });
        while (!m_server.is_running()) // older versions cannot be waited for
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ~SmallHub() {
        m_server.stop();
        m_thread.join();
    }

    HubEndpoint endpoint() const {
        HubEndpoint endpoint;
        endpoint.url = "http://127.0.0.1:" + std::to_string(m_port);
        endpoint.token = "secret";
        endpoint.tries = 3;
        endpoint.firstDelayMs = 1;
        return endpoint;
    }

    const std::string config = R"({"model_type": "llama"})";
    std::string weights;
    std::string toldSha; ///< empty: the right one
    std::string fileName = "model.safetensors";
    std::atomic<std::int64_t> cutAt{-1}; ///< the next answer of the weights breaks off there
    std::atomic<int> busy{0}; ///< so many answers are "busy"
    std::atomic<bool> denies{false};
    std::atomic<bool> ignoresRanges{false};
    std::atomic<int> weightRequests{0};
    std::atomic<int> fileRequests{0};

    std::string tokenAtHub() {
        const std::lock_guard lock(m_mutex);
        return m_tokenAtHub;
    }
    std::string tokenAtStore() {
        const std::lock_guard lock(m_mutex);
        return m_tokenAtStore;
    }
    std::string lastRange() {
        const std::lock_guard lock(m_mutex);
        return m_lastRange;
    }

private:
    void answerList(const httplib::Request& request, httplib::Response& response) {
        {
            const std::lock_guard lock(m_mutex);
            m_tokenAtHub = request.get_header_value("Authorization");
        }
        if (denies) {
            response.status = 401;
            return;
        }
        if (busy-- > 0) {
            response.status = 503;
            return;
        }
        if (request.matches[1] != "org/tiny" || request.matches[2] != "main") {
            response.status = 404;
            return;
        }
        const Json list = {{"sha", commit},
            {"siblings",
                Json::array({{{"rfilename", "config.json"}, {"size", config.size()},
                                 {"blobId", gitBlob(config)}},
                    {{"rfilename", fileName}, {"size", weights.size()},
                        {"lfs",
                            {{"sha256", toldSha.empty() ? sha256(weights) : toldSha},
                                {"size", weights.size()}}}},
                    {{"rfilename", "README.md"}, {"size", 5}},
                    {{"rfilename", "pytorch_model.bin"}, {"size", 5}}})}};
        response.set_content(dumpJson(list), "application/json");
    }

    void answerFile(const httplib::Request& request, httplib::Response& response) {
        ++fileRequests;
        if (request.matches[2] == "config.json") {
            response.set_content(config, "application/json");
            return;
        }
        // "localhost" is another host than 127.0.0.1, though it is the same machine.
        response.set_redirect("http://localhost:" + std::to_string(m_port) + "/store/weights");
    }

    void answerWeights(const httplib::Request& request, httplib::Response& response) {
        ++weightRequests;
        const std::lock_guard lock(m_mutex);
        m_tokenAtStore = request.get_header_value("Authorization");
        m_lastRange = request.get_header_value("Range");
        const std::int64_t cut = cutAt.exchange(-1);
        std::size_t begin = 0;
        if (!m_lastRange.empty() && !ignoresRanges)
            begin = std::size_t(std::stoll(m_lastRange.substr(6)));
        if (ignoresRanges)
            const_cast<httplib::Request&>(request).ranges.clear();
        if (cut < 0) { // the server's own code answers ranges
            response.set_content(weights, "application/octet-stream");
            return;
        }
        response.set_content_provider(weights.size(), "application/octet-stream",
            [this, cut](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                const auto limit = std::size_t(cut);
                if (offset >= limit)
                    return false; // the connection breaks
                sink.write(weights.data() + offset, std::min(length, limit - offset));
                return true;
            });
        (void)begin;
    }

    httplib::Server m_server;
    std::thread m_thread;
    int m_port = 0;
    std::mutex m_mutex;
    std::string m_tokenAtHub, m_tokenAtStore, m_lastRange;
};

std::string contentOf(const fs::path& path) {
    const auto content = readFile(path);
    return content ? *content : std::string();
}

} // namespace

class TestHubDownload : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    int m_count = 0;

    HubDownload into(const char* kind) {
        HubDownload download;
        download.repository = "org/tiny";
        const fs::path fresh
            = fs::path(m_directory.path().toStdString()) / std::to_string(++m_count);
        (std::string(kind) == "cache" ? download.cache : download.folder) = fresh;
        return download;
    }

private Q_SLOTS:
    void initTestCase() {
        for (const char* name : {"http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"})
            qunsetenv(name);
    }

    void checksumsAreThoseOfTheirInventors() {
        QCOMPARE(sha256("abc"),
            std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(gitBlob("hello\n"), std::string("ce013625030ba8dba906f756967f9e9ca394464a"));
    }

    void aModelGoesIntoTheCacheAsTransformersKeepsIt() {
        SmallHub hub;
        const HubDownload download = into("cache");
        std::int64_t last = 0;
        std::int64_t total = 0;
        const auto folder = downloadModel(hub.endpoint(), download,
            [&](const Progress& progress) {
                QVERIFY(progress.done >= last);
                last = progress.done;
                total = progress.total;
            },
            {});
        ASSAY_VERIFY_RESULT(folder);
        const fs::path root = download.cache / "models--org--tiny";
        QCOMPARE(*folder, root / "snapshots" / commit);
        QCOMPARE(contentOf(*folder / "config.json"), hub.config);
        QVERIFY(contentOf(*folder / "model.safetensors") == hub.weights);
        QVERIFY(fs::is_symlink(*folder / "model.safetensors"));
        QVERIFY(fs::exists(root / "blobs" / sha256(hub.weights)));
        QCOMPARE(contentOf(root / "refs" / "main"), commit);
        QVERIFY(!fs::exists(*folder / "README.md"));
        QVERIFY(!fs::exists(*folder / "pytorch_model.bin"));
        QCOMPARE(last, total);
        QCOMPARE(total, std::int64_t(hub.config.size() + hub.weights.size()));

        const auto models = cachedModels(download.cache);
        QCOMPARE(models.size(), std::size_t(1));
        QCOMPARE(models[0].repository, std::string("org/tiny"));
        QCOMPARE(models[0].references, std::vector<std::string>{"main"});
        QVERIFY(models[0].hasConfig && models[0].hasWeights);
        QCOMPARE(cachedModelFolder(download.cache, "org/tiny"), *folder);
        QCOMPARE(cachedModelFolder(download.cache, "org/tiny", commit), *folder);
        QVERIFY(cachedModelFolder(download.cache, "org/other").empty());

        const int before = hub.fileRequests; // again: nothing is asked for twice
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
        QCOMPARE(hub.fileRequests.load(), before);
        fs::remove(root / "blobs" / sha256(hub.weights));
        QVERIFY(!cachedModels(download.cache)[0].hasWeights);
    }

    void theTokenStaysWithTheHub() {
        SmallHub hub;
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), into("folder"), {}, {}));
        QCOMPARE(hub.tokenAtHub(), std::string("Bearer secret"));
        QCOMPARE(hub.tokenAtStore(), std::string());
    }

    void aBrokenConnectionIsContinuedWhereItEnded() {
        SmallHub hub;
        hub.cutAt = 100000;
        const HubDownload download = into("folder");
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
        QVERIFY(contentOf(download.folder / "model.safetensors") == hub.weights);
        QCOMPARE(hub.weightRequests.load(), 2);
        QCOMPARE(hub.lastRange(), std::string("bytes=100000-"));
    }

    void aLaterDownloadContinuesAnInterruptedOne() {
        SmallHub hub;
        const HubDownload download = into("folder");
        fs::create_directories(download.folder);
        ASSAY_VERIFY_RESULT(writeFileAtomically(
            download.folder / "model.safetensors.incomplete", hub.weights.substr(0, 200000)));
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
        QCOMPARE(hub.lastRange(), std::string("bytes=200000-"));
        QVERIFY(contentOf(download.folder / "model.safetensors") == hub.weights);
        QVERIFY(!fs::exists(download.folder / "model.safetensors.incomplete"));
    }

    void aServerWithoutRangesBeginsAnew() {
        SmallHub hub;
        hub.ignoresRanges = true;
        const HubDownload download = into("folder");
        fs::create_directories(download.folder);
        ASSAY_VERIFY_RESULT(writeFileAtomically(
            download.folder / "model.safetensors.incomplete", std::string(1000, 'x')));
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
        QVERIFY(contentOf(download.folder / "model.safetensors") == hub.weights);
    }

    void wrongBytesAreNeverKept() {
        SmallHub hub;
        hub.toldSha = sha256("something else");
        const HubDownload download = into("folder");
        const auto folder = downloadModel(hub.endpoint(), download, {}, {});
        QVERIFY(!folder);
        QCOMPARE(folder.error().code, std::string("hub.checksum"));
        QVERIFY(!fs::exists(download.folder / "model.safetensors"));
        QVERIFY(!fs::exists(download.folder / "model.safetensors.incomplete"));
        hub.toldSha.clear();
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
    }

    void aBusyServerIsAskedAgain() {
        SmallHub hub;
        hub.busy = 2;
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), into("folder"), {}, {}));
        hub.busy = 10;
        QCOMPARE(downloadModel(hub.endpoint(), into("folder"), {}, {}).error().code,
            std::string("hub.answer"));
    }

    void refusalsSayWhatToDo() {
        SmallHub hub;
        hub.denies = true;
        QCOMPARE(downloadModel(hub.endpoint(), into("folder"), {}, {}).error().code,
            std::string("hub.denied"));
        hub.denies = false;
        HubDownload other = into("folder");
        other.revision = "nothing";
        QCOMPARE(
            downloadModel(hub.endpoint(), other, {}, {}).error().code, std::string("hub.missing"));
        other = into("folder");
        other.patterns = {"*.gguf"};
        const auto nothing = downloadModel(hub.endpoint(), other, {}, {});
        QCOMPARE(nothing.error().code, std::string("hub.nothing"));
        other.repository = "../../etc/passwd";
        QCOMPARE(
            downloadModel(hub.endpoint(), other, {}, {}).error().code, std::string("hub.name"));
        HubEndpoint nobody = hub.endpoint();
        nobody.url = "http://127.0.0.1:1";
        QCOMPARE(
            downloadModel(nobody, into("folder"), {}, {}).error().code, std::string("http.failed"));
        nobody.url = "ftp://127.0.0.1";
        QCOMPARE(downloadModel(nobody, into("folder"), {}, {}).error().code,
            std::string("http.address"));
    }

    void aFileThatLeadsOutOfTheFolderIsRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name :
            {"../model.safetensors", "a/../../model.safetensors", "/etc/x", "a\\..\\b", "."})
            QTest::newRow(name) << QString::fromLatin1(name);
    }

    void aFileThatLeadsOutOfTheFolderIsRefused() {
        QFETCH(QString, name);
        SmallHub hub;
        hub.fileName = name.toStdString();
        QCOMPARE(downloadModel(hub.endpoint(), into("folder"), {}, {}).error().code,
            std::string("hub.answer"));
    }

    void itCanBeStopped() {
        SmallHub hub;
        std::stop_source source;
        const HubDownload download = into("folder");
        const auto folder = downloadModel(
            hub.endpoint(), download,
            [&](const Progress& progress) {
                if (progress.done > 1000)
                    source.request_stop();
            },
            source.get_token());
        QVERIFY(!folder);
        QCOMPARE(folder.error().code, std::string("cancelled"));
        ASSAY_VERIFY_RESULT(downloadModel(hub.endpoint(), download, {}, {}));
        QVERIFY(contentOf(download.folder / "model.safetensors") == hub.weights);
    }

    void theEnvironmentNamesPlacesAndToken() {
        const fs::path home = fs::path(m_directory.path().toStdString()) / "home";
        fs::create_directories(home);
        ASSAY_VERIFY_RESULT(writeFileAtomically(home / "token", "from-file\n"));
        qunsetenv("HF_TOKEN");
        qunsetenv("HUGGING_FACE_HUB_TOKEN");
        qunsetenv("HF_TOKEN_PATH");
        qunsetenv("HF_HUB_CACHE");
        qputenv("HF_HOME", QByteArray::fromStdString(home.string()));
        qputenv("HF_ENDPOINT", "https://mirror.example/");
        QCOMPARE(hubCacheFolder(), home / "hub");
        QCOMPARE(hubEndpointOfEnvironment().url, std::string("https://mirror.example"));
        QCOMPARE(hubEndpointOfEnvironment().token, std::string("from-file"));
        qputenv("HF_TOKEN", "from-environment");
        QCOMPARE(hubEndpointOfEnvironment().token, std::string("from-environment"));
        qunsetenv("HF_TOKEN");
        qunsetenv("HF_HOME");
        qunsetenv("HF_ENDPOINT");
    }

    void filesOfUseAreChosen() {
        const auto chosen = [](std::vector<std::string> names, std::vector<std::string> patterns) {
            std::vector<HubFile> files;
            for (const std::string& name : names)
                files.push_back({name});
            std::vector<std::string> result;
            for (const HubFile& file : filesToDownload(files, patterns))
                result.push_back(file.path);
            return result;
        };
        const std::vector<std::string> all = {"config.json", "tokenizer.model", "onnx/model.onnx",
            "pytorch_model.bin", "a.Q4_K.gguf", "b.Q8_0.gguf", "README.md", "chat_template.jinja"};
        QCOMPARE(chosen(all, {}),
            (std::vector<std::string>{
                "config.json", "tokenizer.model", "pytorch_model.bin", "chat_template.jinja"}));
        QCOMPARE(chosen(all, {"*.Q?_K.gguf"}), (std::vector<std::string>{"a.Q4_K.gguf"}));
    }
};

QTEST_GUILESS_MAIN(TestHubDownload)
#include "test_hub_download.moc"
