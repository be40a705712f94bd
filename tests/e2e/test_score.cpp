#include "core/base/file.h"
#include "core/base/json.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <cstring>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

/// The tensors of a golden file; its layout is eight bytes of header length, a JSON header, the
/// data.
class GoldenTensors {
public:
    explicit GoldenTensors(const fs::path& path) {
        m_bytes = readFile(path).value_or(std::string());
        std::uint64_t size = 0;
        std::memcpy(&size, m_bytes.data(), sizeof size);
        m_header = Json::parse(m_bytes.substr(8, size));
        m_data = 8 + size;
    }
    template <class T> T at(const char* name, std::size_t index) const {
        T value;
        const auto begin = m_header[name]["data_offsets"][0].get<std::size_t>();
        std::memcpy(&value, m_bytes.data() + m_data + begin + index * sizeof(T), sizeof(T));
        return value;
    }

private:
    std::string m_bytes;
    Json m_header;
    std::size_t m_data = 0;
};

bool close(const Json& actual, double expected) {
    return actual.is_number()
        && std::abs(actual.get<double>() - expected) <= 1e-4 * std::max(1.0, std::abs(expected));
}

} // namespace

class TestScore : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::string path(const char* name) const {
        return (fs::path(m_temporary->path().toStdString()) / name).string();
    }
    void put(const char* name, const std::string& text) const {
        QVERIFY(writeFileAtomically(path(name), text).has_value());
    }
    std::vector<Json> lines(const char* name) const {
        std::vector<Json> all;
        std::istringstream in(readFile(path(name)).value_or(std::string()));
        for (std::string line; std::getline(in, line);)
            all.push_back(Json::parse(line));
        return all;
    }

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }

    void goldenNumbersComeBackThroughTheVerb_data() {
        QTest::addColumn<QString>("model");
        for (const char* model : {"llama-tiny", "llama-untied"})
            QTest::newRow(model) << QString::fromLatin1(model);
    }
    void goldenNumbersComeBackThroughTheVerb() {
        QFETCH(QString, model);
        const fs::path folder = goldenFolder() / model.toStdString();
        const auto golden = readJsonFile(folder / "golden.json");
        ASSAY_VERIFY_RESULT(golden);
        const GoldenTensors tensors(folder / "golden.safetensors");
        std::string input;
        for (std::size_t row = 0; row < 2; ++row) {
            Json ids = (*golden)["input_ids"][row];
            ids.erase(ids.begin() + (*golden)["lengths"][row].get<std::ptrdiff_t>(), ids.end());
            input += dumpJson({{"ids", ids}}) + "\n";
        }
        put("in.jsonl", input);
        const auto run = runCli({"score", "--model", folder.string(), "--input", path("in.jsonl"),
            "--output", path("out.jsonl"), "--top", "5"});
        QVERIFY2(run.status == 0, run.err.c_str());
        const auto records = lines("out.jsonl");
        QCOMPARE(records.size(), std::size_t(2));
        for (std::size_t row = 0; row < 2; ++row) {
            const Json& record = records[row];
            const std::size_t count = (*golden)["lengths"][row].get<std::size_t>();
            QCOMPARE(record["ids"].size(), count);
            QVERIFY(record["pieces"].is_null() && record["byte_offsets"].is_null()
                && record["text"].is_null());
            for (const char* key : {"logprob", "rank", "entropy", "varentropy", "margin", "top"}) {
                QCOMPARE(record[key].size(), count);
                QVERIFY(record[key][0].is_null());
            }
            for (std::size_t t = 0; t + 1 < count; ++t) {
                QVERIFY(close(record["logprob"][t + 1],
                    double(tensors.at<float>("next_logprob", row * 47 + t))));
                QCOMPARE(record["rank"][t + 1].get<std::int64_t>(),
                    tensors.at<std::int64_t>("next_rank", row * 47 + t));
                QVERIFY(close(
                    record["entropy"][t + 1], double(tensors.at<float>("entropy", row * 48 + t))));
                for (std::size_t k = 0; k < 5; ++k) {
                    const std::size_t at = (row * 48 + t) * 5 + k;
                    QCOMPARE(record["top"][t + 1][k][0].get<std::int64_t>(),
                        tensors.at<std::int64_t>("top5_ids", at));
                    QVERIFY(close(
                        record["top"][t + 1][k][1], double(tensors.at<float>("top5_logprob", at))));
                }
                // A rank of 1 is a margin of 0 or more, and only then.
                QCOMPARE(record["margin"][t + 1].get<double>() >= 0, record["rank"][t + 1] == 1);
            }
        }
        const Json& provenance = records[0]["provenance"];
        QCOMPARE(provenance["model"]["family"], Json("llama"));
        QCOMPARE(provenance["dtype"], Json("f32"));
        QCOMPARE(provenance["model"]["hash"].get<std::string>().size(), std::size_t(32));
    }

    void greedyIdsEqualTheGoldenOnes() {
        const fs::path folder = goldenFolder() / "llama-tiny";
        const auto golden = readJsonFile(folder / "golden.json");
        ASSAY_VERIFY_RESULT(golden);
        std::string ids;
        for (std::size_t i = 0; i < (*golden)["greedy"]["prompt_len"].get<std::size_t>(); ++i)
            ids += (i ? "," : "") + (*golden)["input_ids"][0][i].dump();
        const auto run = runCli({"generate", "--model", folder.string(), "--ids", ids, "--max-new",
            "24", "--greedy", "--ignore-end", "--logprobs", "0", "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        const Json record = Json::parse(run.out);
        QCOMPARE(record["ids"], (*golden)["greedy"]["new_ids"]);
        QVERIFY(record["text"].is_null());
        for (std::size_t t = 0; t < 24; ++t)
            QVERIFY(close(record["logprob"][t], (*golden)["greedy"]["logprobs"][t].get<double>()));
    }

    void aTrainedModelContinuesAsItsExpectedFile() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const fs::path folder = dataFolder() / "models/stories260k-hf";
        const auto expected = readJsonFile(folder / "expected.json");
        ASSAY_VERIFY_RESULT(expected);
        const Json& greedy = (*expected)["greedy"];
        Json ids = greedy["ids"];
        ids.erase(ids.begin(), ids.begin() + std::ptrdiff_t(greedy["start"].size()));
        const auto run = runCli({"generate", "--model", folder.string(), "--ids", "1", "--max-new",
            greedy["max_new_tokens"].dump(), "--greedy", "--json"});
        QVERIFY2(run.status == 0, run.err.c_str());
        QCOMPARE(Json::parse(run.out)["ids"], ids);
        if (greedy.contains("text"))
            QCOMPARE(Json::parse(run.out)["text"], greedy["text"]);
    }

    void textIsScoredWithBosAndOffsets() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const fs::path folder = dataFolder() / "models/stories260k-hf";
        put("in.jsonl", "{\"text\":\"Tim saw \xe6\x9d\xb1.\"}\n");
        const auto run = runCli({"score", "--model", folder.string(), "--input", path("in.jsonl"),
            "--output", path("out.jsonl")});
        QVERIFY2(run.status == 0, run.err.c_str());
        const Json record = lines("out.jsonl")[0];
        const std::string text = record["text"];
        QCOMPARE(text, std::string("Tim saw \xe6\x9d\xb1."));
        QCOMPARE(record["ids"][0].get<int>(), 1);
        QCOMPARE(record["byte_offsets"][0], Json::array({0, 0}));
        QVERIFY(!record.contains("top"));
        std::int64_t at = 0;
        int split = 0;
        for (std::size_t i = 1; i < record["ids"].size(); ++i) {
            QCOMPARE(record["byte_offsets"][i][0].get<std::int64_t>(), at);
            at = record["byte_offsets"][i][1].get<std::int64_t>();
            split += record["bytes_hex"][i].is_string();
        }
        QCOMPARE(at, std::int64_t(text.size()));
        QCOMPARE(split, 3); // the character is not in the vocabulary: one token a byte
    }

    void everyBadLineIsNamedAndNothingIsOverwritten() {
        put("in.jsonl",
            "{\"ids\":[1,2]}\n{\"ids\":[1,x]}\n\n{\"txt\":\"a\"}\n{\"ids\":[1,\"2\"]}\n");
        put("out.jsonl", "what was there before\n");
        const auto run = runCli({"score", "--model", (goldenFolder() / "llama-tiny").string(),
            "--input", path("in.jsonl"), "--output", path("out.jsonl")});
        QCOMPARE(run.status, 1);
        for (const char* place : {"in.jsonl:2", "in.jsonl:4", "in.jsonl:5"})
            QVERIFY2(run.err.find(place) != std::string::npos, run.err.c_str());
        QVERIFY(run.err.find("in.jsonl:1") == std::string::npos);
        QCOMPARE(readFile(path("out.jsonl")).value(), std::string("what was there before\n"));
        QVERIFY(!fs::exists(path("out.jsonl.partial")));
    }

    void whatAModelCannotTakeIsAnErrorWithItsLine_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("id outside the vocabulary")
            << QByteArray("{\"ids\":[1,900]}") << QByteArray("900");
        QTest::newRow("text without tokenizer")
            << QByteArray("{\"text\":\"a\"}") << QByteArray("tokenizer");
        QTest::newRow("messages without tokenizer")
            << QByteArray("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}")
            << QByteArray("tokenizer");
    }
    void whatAModelCannotTakeIsAnErrorWithItsLine() {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, says);
        put("in.jsonl", "{\"ids\":[1,2]}\n" + line.toStdString() + "\n");
        const auto run = runCli({"score", "--model", (goldenFolder() / "llama-tiny").string(),
            "--input", path("in.jsonl"), "--output", path("out.jsonl")});
        QCOMPARE(run.status, 1);
        QVERIFY2(run.err.find("in.jsonl:2") != std::string::npos, run.err.c_str());
        QVERIFY2(run.err.find(says.toStdString()) != std::string::npos, run.err.c_str());
        QVERIFY(!fs::exists(path("out.jsonl")));
    }

    void comparingPrintsOneRecordAndATable() {
        const std::string base = (goldenFolder() / "llama-tiny").string();
        const std::string tuned = (goldenFolder() / "llama-untied").string();
        const std::vector<std::string> arguments{"compare", "--base", base, "--tuned", tuned,
            "--ids", "205,160,171,100", "--reference-ids", "35,257,35", "--max-new", "6"};
        std::vector<std::string> withJson = arguments;
        withJson.push_back("--json");
        const auto run = runCli(withJson);
        QVERIFY2(run.status == 0, run.err.c_str());
        const Json record = Json::parse(run.out);
        const Json& on = record["on_tuned"];
        QCOMPARE(on["ids"].size(), 4 + record["tuned"]["ids"].size());
        QCOMPARE(on["answer_begin"].get<int>(), 4);
        for (std::size_t t = 1; t < on["ids"].size(); ++t) {
            QVERIFY(on["kl_tuned_base"][t].get<double>() > 0);
            QVERIFY(on["js"][t].get<double>() > 0 && on["js"][t].get<double>() <= std::log(2.0));
            QVERIFY(close(on["delta"][t],
                on["tuned"]["logprob"][t].get<double>() - on["base"]["logprob"][t].get<double>()));
            // The tuned model chose its own tokens greedily.
            if (t >= 4)
                QCOMPARE(on["tuned"]["rank"][t].get<int>(), 1);
            QCOMPARE(on["band"][t].is_string(), t >= 4);
        }
        for (const char* side : {"base", "tuned"}) {
            const Json& greedy = record["reference"]["onset"][side]["R1"];
            QCOMPARE(greedy["label"], Json("departs from the reference"));
            // R1 says where the free run first differs, as far as that went.
            const Json& run = record[side]["ids"];
            std::size_t at = 0;
            const Json reference = Json::array({35, 257, 35});
            while (at < 3 && at < run.size() && run[at] == reference[at])
                ++at;
            QCOMPARE(greedy["departs"].get<bool>(), at < 3);
            if (at < 3)
                QCOMPARE(greedy["index"].get<std::size_t>(), at);
        }
        const auto table = runCli(arguments);
        QCOMPARE(table.status, 0);
        QVERIFY(table.out.find("rank base>tuned") != std::string::npos);
        QVERIFY(table.out.find("R1, tuned:") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestScore)
#include "test_score.moc"
