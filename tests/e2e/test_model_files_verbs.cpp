#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestModelFilesVerbs : public QObject {
    Q_OBJECT

    QTemporaryDir m_directory;
    std::string path(const char* name) const {
        return m_directory.filePath(QString::fromLatin1(name)).toStdString();
    }

    /// The greedy continuation of BOS.
    static Json continued(const std::string& model, int count) {
        const auto run = runCli({"generate", "--model", model, "--ids", "1", "--max-new",
            std::to_string(count), "--greedy", "--json"});
        return run.status == 0 ? Json::parse(run.out)["ids"] : Json(run.err);
    }

private Q_SLOTS:
    void everyFormOfAModelTellsTheSameStory_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("folder");
        QTest::newRow("gguf") << "stories260k/stories260K.gguf"
                              << "stories260k-hf";
        QTest::newRow("llama2.c 0") << "stories260k/stories260K.bin"
                                    << "stories260k-hf";
        QTest::newRow("llama2.c 1") << "stories260k/stories260K_v1.bin"
                                    << "stories260k-hf";
        QTest::newRow("checkpoint") << "llama2xs-279k/ckpt.pt"
                                    << "llama2xs-279k-hf";
    }

    void everyFormOfAModelTellsTheSameStory() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        QFETCH(QString, file);
        QFETCH(QString, folder);
        const fs::path models = dataFolder() / "models";
        const auto expected = readJsonFile(models / folder.toStdString() / "expected.json");
        ASSAY_VERIFY_RESULT(expected);
        Json ids = Json::array();
        for (std::size_t i = 1; i <= 60; ++i)
            ids.push_back((*expected)["greedy"]["ids"][i]);
        QCOMPARE(continued((models / file.toStdString()).string(), 60), ids);
    }

    void aConvertedModelTellsTheSameStory() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const std::string source = (dataFolder() / "models/stories260k-hf").string();
        const Json ids = continued(source, 40);
        QVERIFY2(ids.is_array(), ids.dump().c_str());
        auto run = runCli({"convert", source, path("m.gguf"), "--to", "gguf"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(continued(path("m.gguf"), 40), ids);
        run = runCli({"convert", path("m.gguf"), path("hf"), "--to", "hf"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(continued(path("hf"), 40), ids);
        run = runCli({"convert", source, path("hf"), "--to", "hf"});
        QCOMPARE(run.status, 1); // it exists
        run = runCli({"convert", source, path("q8.gguf"), "--to", "gguf", "--dtype", "q8_0"});
        QVERIFY2(run.status == 0, run.err.c_str());
        run = runCli({"inspect-model", path("q8.gguf"), "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        const Json description = Json::parse(run.out);
        QCOMPARE(description["kind"].get<std::string>(), std::string("GGUF"));
        QCOMPARE(description["dtypes"][0]["dtype"].get<std::string>(), std::string("Q8_0"));
        QVERIFY(description["missing"].empty());
    }

    void aModelIsFoundInTheCacheByItsName() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const fs::path repository = fs::path(path("hub")) / "models--org--stories";
        const fs::path snapshot = repository / "snapshots" / "0123";
        fs::create_directories(snapshot);
        fs::create_directories(repository / "refs");
        for (const auto& entry : fs::directory_iterator(dataFolder() / "models/stories260k-hf"))
            fs::create_symlink(entry.path(), snapshot / entry.path().filename());
        ASSAY_VERIFY_RESULT(writeFileAtomically(repository / "refs" / "main", "0123"));
        qputenv("HF_HUB_CACHE", QByteArray::fromStdString(path("hub")));
        auto run = runCli({"models", "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        const Json model = Json::parse(run.out);
        QCOMPARE(model["repository"].get<std::string>(), std::string("org/stories"));
        QVERIFY(model["has_weights"].get<bool>());
        run = runCli({"tokenize", "--model", "org/stories", "--text", "Once", "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        run = runCli({"inspect-model", "org/stories"});
        QVERIFY2(run.status == 0, run.err.c_str());
        run = runCli({"inspect-model", "org/nothing"});
        QCOMPARE(run.status, 1);
        qunsetenv("HF_HUB_CACHE");
    }
};

QTEST_GUILESS_MAIN(TestModelFilesVerbs)
#include "test_model_files_verbs.moc"
