#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <csignal>
#include <fstream>
#include <sstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

std::string modelFolder(const char* name) {
    return (dataFolder() / "models" / name).string();
}

std::vector<Json> linesOf(const std::string& path) {
    std::vector<Json> all;
    std::istringstream in(readFile(path).value_or(std::string()));
    for (std::string line; std::getline(in, line);)
        all.push_back(Json::parse(line));
    return all;
}

bool equal(const Json& a, const Json& b) {
    return std::abs(a.get<double>() - b.get<double>()) < 1e-9;
}

} // namespace

/// Two real models with one tokenizer, through the real engine.
class TestCompareBatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        ASSAY_NEED_DATA("models/llama2xs-279k-hf");
        if (!fs::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("the engine is not built");
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void comparedTextHasTheNumbersOfTheComparison() {
        CliSession session(toQString(binaryFolder() / "assay-cli"),
            {QStringLiteral("serve"), QStringLiteral("--stdio")});
        session.ask("hello", {{"protocol", 1}});
        const auto load = [&](const char* name) {
            return session.ask("model.load", {{"path", modelFolder(name)}})["result"]["model"];
        };
        const Json base = load("stories260k-hf");
        const Json tuned = load("llama2xs-279k-hf");
        const std::string answer = ", there was a little girl named Lily. She loved to play.";
        const Json whole = session.ask("analysis.compare",
            {{"base", base}, {"tuned", tuned}, {"prompt", "Once upon a time"}, {"raw", true},
                {"reference", answer}, {"max_new", 4}})["result"];
        const Json expected = whole["reference"]["comparison"];
        session.notifications.clear();
        const Json record = session.ask("analysis.compare_text",
            {{"base", base}, {"tuned", tuned}, {"prompt", "Once upon a time"}, {"raw", true},
                {"answer", answer}, {"top", 5}})["result"];
        QVERIFY(record["shared"].get<bool>());
        const Json& summary = record["summary"];
        QCOMPARE(summary["tokens"], expected["summary"]["tokens"]);
        for (const char* key : {"mean_kl_tuned_base", "mean_kl_base_tuned", "mean_js", "delta_sum"})
            QVERIFY(equal(summary[key], expected["summary"][key]));
        QCOMPARE(summary["other_argmax"], expected["summary"]["other_argmax"]);
        QCOMPARE(record["tuned"]["ids"], expected["ids"]);
        std::size_t next = 1;
        for (const Json& message : session.notifications) {
            if (message["method"] != "analysis.compare_text.block")
                continue;
            const Json& block = message["params"];
            for (std::size_t i = 0; i < block["js"].size(); ++i, ++next) {
                QCOMPARE(block["js"][i], expected["js"][next]);
                QCOMPARE(block["kl_tuned_base"][i], expected["kl_tuned_base"][next]);
                QCOMPARE(block["base"]["logprob"][i], expected["base"]["logprob"][next]);
                QCOMPARE(block["base"]["top"][i][0][0], expected["base"]["argmax"][next]);
            }
        }
        QCOMPARE(next, record["tuned"]["ids"].size());
        QCOMPARE(
            record["tuned"]["R1"]["token"], whole["reference"]["onset"]["tuned"]["R1"]["token"]);
        QCOMPARE(session.end(), 0);
    }

    void killedBatchGoesOnAndGivesTheSameResults() {
        const std::string input = path("texts.jsonl");
        {
            std::ofstream out(input);
            for (int i = 0; i < 24; ++i)
                out << Json{{"text",
                                "Once upon a time there were " + std::to_string(i)
                                    + " little dogs. They played in the park all day."}}
                           .dump()
                    << "\n";
        }
        const auto arguments = [&](const std::string& output) {
            return std::vector<std::string>{"compare-batch", "--base",
                modelFolder("stories260k-hf"), "--tuned", modelFolder("llama2xs-279k-hf"),
                "--input", input, "--output", output};
        };
        QCOMPARE(runCli(arguments(path("whole.jsonl"))).status, 0);
        const std::vector<Json> whole = linesOf(path("whole.jsonl"));
        QCOMPARE(whole.size(), std::size_t(25));

        QProcess killed;
        QStringList words;
        for (const std::string& word : arguments(path("killed.jsonl")))
            words.append(QString::fromStdString(word));
        killed.start(toQString(binaryFolder() / "assay-cli"), words);
        QVERIFY(killed.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(
            readFile(path("killed.jsonl")).value_or(std::string()).size() > 3000, 120'000);
        killed.kill();
        QVERIFY(killed.waitForFinished());
        // Whatever the moment, half a line may stand at the end.
        std::ofstream(path("killed.jsonl"), std::ios::app) << "{\"uid\": \"half";
        const ProcessOutcome again = runCli(arguments(path("killed.jsonl")));
        QCOMPARE(again.status, 0);
        const std::vector<Json> resumed = linesOf(path("killed.jsonl"));
        QCOMPARE(resumed.size(), whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i)
            QCOMPARE(resumed[i], whole[i]);

        std::vector<std::string> other = arguments(path("killed.jsonl"));
        other.insert(other.end(), {"--source", "tuned"});
        const ProcessOutcome refused = runCli(other);
        QCOMPARE(refused.status, 1);
        QVERIFY(refused.err.find("something else") != std::string::npos);
    }

private:
    std::string path(const char* name) const {
        return (fs::path(m_folder->path().toStdString()) / name).string();
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestCompareBatch)
#include "test_compare_batch.moc"
