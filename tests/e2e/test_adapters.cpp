#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <set>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Adapters through the programs: asked, compared, merged, trained, and switched in one session.
class TestAdapterVerbs : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }
    std::string put(const char* name, const std::string& text) const {
        const fs::path path = root() / name;
        if (!writeFileAtomically(path, text))
            qFatal("cannot write");
        return path.string();
    }
    static fs::path base() { return goldenFolder() / "llama-tiny"; }
    static Json golden() { return readJsonFile(base() / "golden.json").value(); }
    /// The mean of the negative log-probabilities of row 0 from label 10 on, by `score`.
    double lossOf(const std::vector<std::string>& model) const {
        const auto ids = golden()["input_ids"][0];
        const std::string in = put("in.jsonl", dumpJson(Json{{"ids", ids}}) + "\n");
        const std::string out = (root() / "out.jsonl").string();
        std::vector<std::string> arguments{"score", "--input", in, "--output", out};
        arguments.insert(arguments.end(), model.begin(), model.end());
        const ProcessOutcome outcome = runCli(arguments);
        if (outcome.status != 0)
            qFatal("%s", outcome.err.c_str());
        const Json line = Json::parse(readFile(out).value());
        double sum = 0;
        int count = 0;
        for (std::size_t i = 10; i < line["logprob"].size(); ++i, ++count)
            sum -= line["logprob"][i].get<double>();
        return sum / count;
    }

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    /// Laid over a model, or given as the model itself: the same numbers, other than the base's.
    void anAdapterStandsWhereAModelMay() {
        const std::string adapter = (base() / "adapter-lora").string();
        const double plain = lossOf({"--model", base().string()});
        const double laid = lossOf({"--model", base().string(), "--adapter", adapter});
        const double alone = lossOf({"--model", adapter});
        QCOMPARE(alone, laid);
        QVERIFY(std::abs(laid - plain) > 1e-3);
    }

    void aMergedModelSaysWhatBaseAndAdapterSay() {
        const std::string adapter = (base() / "adapter-rslora").string();
        const std::string out = (root() / "merged").string();
        const ProcessOutcome merge = runCli({"merge", "--adapter", adapter, "--out", out});
        QVERIFY2(merge.status == 0, merge.err.c_str());
        QVERIFY2(merge.out.find("21 maps merged") != std::string::npos, merge.out.c_str());
        const double merged = lossOf({"--model", out});
        const double laid = lossOf({"--model", adapter});
        QVERIFY(std::abs(merged / laid - 1) < 1e-5);
        QCOMPARE(readJsonFile(fs::path(out) / "config.json").value()["tie_word_embeddings"],
            Json(true)); // nothing of the embeddings was trained
        // A folder with something in it is not written over.
        QCOMPARE(runCli({"merge", "--adapter", adapter, "--out", out}).status, 1);
    }

    void otherKindsAreRefusedByName() {
        put("adapter_config.json", R"({"peft_type": "IA3", "target_modules": ["k_proj"]})");
        put("adapter_model.safetensors", "");
        const ProcessOutcome outcome = runCli({"merge", "--model", base().string(), "--adapter",
            root().string(), "--out", (root() / "x").string()});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.err.find("IA3") != std::string::npos, outcome.err.c_str());
    }

    /// Base and two adapters in one session; the base's weights are read once (the second and third
    /// load report no more than their own files), and switching changes the answer.
    void oneSessionSwitchesBetweenAdapters() {
        CliSession session(toQString(binaryFolder() / "assay-cli"),
            {QStringLiteral("serve"), QStringLiteral("--stdio")});
        (void)session.ask("hello", {{"protocol", 1}});
        std::vector<Json> scores;
        std::vector<std::string> handles;
        for (const char* adapter : {"", "adapter-lora", "adapter-rslora"}) {
            Json params = {{"path", base().string()}};
            if (*adapter)
                params["adapter"] = (base() / adapter).string();
            const Json loaded = session.ask("model.load", params);
            QVERIFY2(loaded.contains("result"), loaded.dump().c_str());
            handles.push_back(loaded["result"]["model"].get<std::string>());
        }
        QCOMPARE(std::set<std::string>(handles.begin(), handles.end()).size(), std::size_t(3));
        for (const std::string& handle : handles) {
            const Json answer
                = session.ask("text.score", {{"model", handle}, {"ids", golden()["input_ids"][0]}});
            QVERIFY2(answer.contains("result"), answer.dump().c_str());
            scores.push_back(session.notifications.back()["params"]["logprob"]);
        }
        QVERIFY(scores[0] != scores[1]);
        QVERIFY(scores[1] != scores[2]);
        QCOMPARE(session.end(), 0);
    }

    void aRunOfTheProgramTrainsAnAdapter() {
        std::string rows;
        const Json numbers = golden();
        for (const auto& row : numbers["input_ids"])
            rows += dumpJson(Json{{"ids", row}}) + "\n";
        const Json spec = {{"kind", "sft"}, {"model", {{"path", base().string()}}},
            {"adapter", {{"kind", "lora"}, {"rank", 4}, {"alpha", 8}, {"targets", {"q_proj"}}}},
            {"data", {{"tokenized", put("rows.jsonl", rows)}, {"held_out", 0}, {"max_length", 64}}},
            {"optimizer", {{"learning_rate", 0.01}}}, {"schedule", {{"epochs", 3}}},
            {"evaluation", {{"probe_rows", 0}}}};
        const std::string job = (root() / "job").string();
        const ProcessOutcome outcome
            = runCli({"train", "--spec", put("spec.json", dumpJson(spec)), "--job", job});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        const std::string log = readFile(fs::path(job) / "log.txt").value();
        // three layers, 4 x (64 + 64)
        QVERIFY2(log.find("1536 of 133056 parameters are trained (1.15 %), as lora")
                != std::string::npos,
            log.c_str());
        const double trained = lossOf({"--model", job + "/checkpoints/step-3"});
        QVERIFY(trained != lossOf({"--model", base().string()}));
    }
};

QTEST_GUILESS_MAIN(TestAdapterVerbs)
#include "test_adapters.moc"
