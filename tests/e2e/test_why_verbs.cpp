#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <sstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Onset, forced prefixes, broken JSON and the phrase index as verbs, with a real model.
class TestWhyVerbs : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string at(const char* name) const {
        return (fs::path(m_folder.path().toStdString()) / name).string();
    }
    std::string put(const char* name, const std::string& text) const {
        if (!writeFileAtomically(at(name), text))
            qFatal("write");
        return at(name);
    }
    static std::string model() { return (dataFolder() / "models/stories260k-hf").string(); }
    static std::vector<Json> linesOf(const std::string& text) {
        std::vector<Json> lines;
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);)
            lines.push_back(Json::parse(line));
        return lines;
    }
    static void needEngine() {
        if (!fs::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("the engine is not built");
    }

private Q_SLOTS:
    void greedyDepartureIsTheFirstDifferingIdOfRealGeneration() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        needEngine();
        // Prompts of random ids; references are what the engine itself says greedily, with one id
        // changed, so that the departure may lie anywhere.
        CliSession session(toQString(binaryFolder() / "assay-cli"),
            {QStringLiteral("serve"), QStringLiteral("--stdio")});
        session.ask("hello", {{"protocol", 1}});
        const Json handle = session.ask("model.load", {{"path", model()}})["result"]["model"];
        constexpr std::uint64_t seeds = 60;
        std::string cases;
        std::vector<std::vector<int>> said;
        std::vector<std::vector<int>> references;
        for (std::uint64_t seed = 0; seed < seeds; ++seed) {
            Rng rng(seed);
            std::vector<int> prompt{1};
            for (int i = 0; i < 4; ++i)
                prompt.push_back(int(260 + rng.below(250)));
            const Json answer = session.ask("text.generate",
                {{"model", handle}, {"ids", prompt}, {"max_new", 12}, {"stop_at_end", false}});
            said.push_back(answer["result"]["ids"].get<std::vector<int>>());
            references.push_back(said.back());
            if (seed % 10 != 0)
                references.back()[rng.below(said.back().size())] = int(260 + rng.below(250));
            cases += dumpJson({{"ids", prompt}, {"reference_ids", references.back()}}) + "\n";
        }
        session.end();
        const ProcessOutcome outcome = runCli({"onset", "--model", model(), "--input",
            put("cases.jsonl", cases), "--output", at("out.jsonl"), "--rules", "R1"});
        QVERIFY2(outcome.status == 0, outcome.err.c_str());
        const auto results = linesOf(*readFile(at("out.jsonl")));
        QCOMPARE(results.size(), std::size_t(seeds));
        int departures = 0;
        for (std::size_t i = 0; i < seeds; ++i) {
            const auto differing
                = std::ranges::mismatch(references[i], said[i]).in1 - references[i].begin();
            const Json& rule = results[i]["rules"]["R1"];
            QCOMPARE(rule.is_null(), differing == std::ptrdiff_t(references[i].size()));
            if (rule.is_null())
                continue;
            ++departures;
            QCOMPARE(rule["token"], Json(differing));
            QCOMPARE(rule["chosen"], Json(said[i][std::size_t(differing)]));
        }
        QVERIFY(departures > 40);
        const Json summary = Json::parse(outcome.out);
        QCOMPARE(summary["departures"]["count"], Json(departures));
    }

    void forcedPrefixesAndBrokenJsonAreAnswered() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        needEngine();
        const ProcessOutcome free = runCli({"forced", "--model", model(), "--prompt",
            "Once upon a time", "--prefix", ", there was a little", "--max-new", "8"});
        QVERIFY2(free.status == 0, free.err.c_str());
        const Json given = Json::parse(free.out);
        QCOMPARE(given["prefix"]["text"], Json(", there was a little"));
        QVERIFY(!given["continuation"].get<std::string>().empty());
        // What the model says by itself needs no forcing; another word has to be given.
        const std::string whole = ", there was a little" + given["continuation"].get<std::string>();
        const ProcessOutcome own = runCli(
            {"forced", "--model", model(), "--prompt", "Once upon a time", "--reference", whole});
        QVERIFY2(own.status == 0, own.err.c_str());
        const Json repaired = Json::parse(own.out);
        QVERIFY(repaired["tries"].size() >= 1);
        QVERIFY(repaired["given"].is_number());

        const std::string answers = put("answers.jsonl",
            "{\"id\":1,\"prompt\":\"Once\",\"answer\":\"{\\\"a\\\" 1}\"}\n\"[1]\"\n");
        const ProcessOutcome broken
            = runCli({"json-break", "--input", answers, "--model", model(), "--max-new", "8"});
        QVERIFY2(broken.status == 0, broken.err.c_str());
        const auto records = linesOf(broken.out);
        QCOMPARE(records.size(), std::size_t(2));
        QCOMPARE(records[0]["outcome"], Json("dead"));
        QCOMPARE(records[0]["byte"], Json(5));
        const double mass = records[0]["model"]["p_valid"].get<double>();
        QVERIFY(mass > 0 && mass < 1);
        QCOMPARE(records[1]["outcome"], Json("valid"));
    }

    void schemasAndMistakesAreTold() {
        const std::string answers
            = put("answers.jsonl", "\"{\\\"age\\\": -1}\"\n\"{\\\"age\\\": 4}\"\n");
        const std::string schema = put("schema.json",
            "{\"type\":\"object\",\"properties\":{\"age\":{\"type\":\"integer\",\"minimum\":0}}}");
        const ProcessOutcome checked
            = runCli({"json-break", "--input", answers, "--schema", schema});
        QVERIFY2(checked.status == 0, checked.err.c_str());
        const auto records = linesOf(checked.out);
        QCOMPARE(records[0]["outcome"], Json("schema_dead"));
        QCOMPARE(records[0]["reason"], Json("minimum"));
        QCOMPARE(records[1]["outcome"], Json("valid"));
        QVERIFY(
            runCli({"json-break", "--input", answers, "--schema", put("bad.json", "{\"not\":{}}")})
                .status
            != 0);
        QVERIFY(runCli({"onset", "--model", "nowhere", "--input", answers, "--output",
                           at("o.jsonl"), "--rules", "R7"})
                    .status
            != 0);
    }

    void phraseIndexIsBuiltAndAsked() {
        const std::string rows = put("rows.jsonl",
            "{\"instruction\":\"Capital of Japan?\",\"output\":\"Tokyo\"}\n"
            "{\"instruction\":\"Capital of China?\",\"output\":\"Beijing\"}\n"
            "{\"instruction\":\"A capital city?\",\"output\":\"Beijing\"}\n");
        std::vector<std::string> build
            = {"corpus", "build", "--input", rows, "--out", at("c.index")};
        const bool tokens = fs::exists(dataFolder() / "models/stories260k-hf");
        if (tokens)
            build.insert(build.end(), {"--tokenizer", model()});
        const ProcessOutcome built = runCli(build);
        QVERIFY2(built.status == 0, built.err.c_str());
        QCOMPARE(Json::parse(built.out)["documents"], Json(3));
        const auto count = [&](std::vector<std::string> how) {
            how.insert(how.begin(), {"corpus", "count", at("c.index")});
            const ProcessOutcome counted = runCli(how);
            return counted.status == 0 ? counted.out : counted.err;
        };
        QCOMPARE(count({"--text", "Beijing"}), std::string("{\"count\":2}\n"));
        QCOMPARE(count({"--text", "capital"}), std::string("{\"count\":1}\n"));
        QCOMPARE(count({"--text", "capital", "--ignore-case"}), std::string("{\"count\":3}\n"));
        const ProcessOutcome found
            = runCli({"corpus", "find", at("c.index"), "--text", "Beijing", "--limit", "1"});
        const auto places = linesOf(found.out);
        QCOMPARE(places.size(), std::size_t(1));
        QCOMPARE(places[0]["line"], Json(2));
        QCOMPARE(places[0]["before"], Json("Capital of China? "));
        const Json together = Json::parse(runCli(
            {"corpus", "cooccur", at("c.index"), "--a", "Japan", "--b", "Tokyo", "--window", "5"})
                                              .out);
        QCOMPARE(together["a_near_b"], Json(1));
        QCOMPARE(together["documents"]["both"], Json(1));
        const Json priors = Json::parse(
            runCli({"corpus", "priors", at("c.index"), "--subject", "Japan", "--relation", "apital",
                       "--gold", "Tokyo", "--wrong", "Beijing"})
                .out);
        QCOMPARE(priors["wrong_leads"], Json(true));
        QCOMPARE(runCli({"corpus", "check", at("c.index")}).status, 0);
        QCOMPARE(runCli({"corpus", "count", rows, "--text", "x"}).status, 1);
    }
};

QTEST_GUILESS_MAIN(TestWhyVerbs)
#include "test_why_verbs.moc"
