#include "core/advice/parameter_help.h"
#include "core/base/error_catalogue.h"
#include "core/job/train_spec.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <set>

using namespace assay;

namespace {

Json goodSft() {
    return Json::parse(R"({"kind":"sft","model":{"path":"/m"},"data":{"files":["/a.jsonl"]}})");
}

Json goodPretrain() {
    return Json::parse(
        R"({"kind":"pretrain","model":{"shape":{},"tokenizer":"/t"},"data":{"files":["/a.txt"]}})");
}

/// Every key of a spec as dotted paths.
void collectKeys(const Json& object, const std::string& path, std::set<std::string>& keys) {
    for (const auto& [key, value] : object.items()) {
        const std::string full = path.empty() ? key : path + "." + key;
        keys.insert(full);
        if (value.is_object())
            collectKeys(value, full, keys);
    }
}

} // namespace

class TestTrainSpec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortestSpecTakesTheDefaults() {
        const auto spec = trainSpecFromJson(goodSft(), "spec.json");
        ASSAY_VERIFY_RESULT(spec);
        QCOMPARE(spec->optimizer.learningRate, 1e-4);
        QCOMPARE(spec->data.files, std::vector<std::string>{"/a.jsonl"});
        QVERIFY(!spec->model.shape);
    }

    void everythingSurvivesWritingAndReading() {
        Json json = goodPretrain();
        json["model"]["shape"]
            = {{"hidden_size", 96}, {"heads", 6}, {"kv_heads", 3}, {"tied_embeddings", false}};
        json["optimizer"] = {{"learning_rate", 3e-4}, {"schedule", "linear"}, {"beta2", 0.999}};
        json["dtype"] = "bf16";
        json["seed"] = 18446744073709551615ULL;
        json["schedule"] = {{"epochs", 0.5}};
        const auto first = trainSpecFromJson(json, "s");
        ASSAY_VERIFY_RESULT(first);
        const Json written = trainSpecToJson(*first);
        const auto second = trainSpecFromJson(written, "s");
        ASSAY_VERIFY_RESULT(second);
        QCOMPARE(dumpJson(trainSpecToJson(*second)), dumpJson(written));
        QCOMPARE(second->seed, std::uint64_t(18446744073709551615ULL));
        QCOMPARE(second->model.shape->heads, std::int64_t(6));
        QCOMPARE(second->schedule.epochs, 0.5);
        QVERIFY(second->dtype == Dtype::Bf16);
    }

    void everyProblemIsReportedAtOnce() {
        const Json json = Json::parse(R"({"kind":"sft","model":{"path":1,"colour":2},
            "data":{"files":["/a"],"max_lenght":5},"optimizer":{"learning_rate":"high"},"dtype":"f64"})");
        const auto spec = trainSpecFromJson(json, "spec.json");
        QVERIFY(!spec);
        QCOMPARE(spec.error().code, std::string("several"));
        std::vector<std::string> seen;
        for (const Error& problem : spec.error().details)
            seen.push_back(
                problem.where + " " + problem.code + " " + std::string(problem.argument("key")));
        const std::vector<std::string> expected = {
            "spec.json json.value dtype",
            "spec.json#/model json.type path",
            "spec.json#/model json.unknown_key colour",
            "spec.json#/data json.unknown_key max_lenght",
            "spec.json#/optimizer json.type learning_rate",
        };
        QCOMPARE(seen, expected);
    }

    void eachRuleHasItsMessage_data() {
        QTest::addColumn<QString>("patch");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* patch, const char* expected) {
            QTest::newRow(name) << QString::fromUtf8(patch) << QString::fromUtf8(expected);
        };
        row("kind", R"({"kind":"rlhf"})",
            "spec: kind has a value that cannot be used: \"rlhf\" is none of: sft, pretrain, "
            "dpo.");
        row("missing kind", R"({"kind":null})", "spec: kind is missing.");
        row("missing data", R"({"data":null})", "spec: data is missing.");
        row("version", R"({"version":9})",
            "spec: This spec has version 9; this program knows version 1.");
        row("section type", R"({"data":[]})",
            "spec#/data: This must be an object, but it is a list.");
        row("no source", R"({"data":{}})",
            "spec#/data: A run has exactly one data source, but this spec names none.");
        row("two sources", R"({"data":{"files":["a"],"tokenized":"b"}})",
            "spec#/data: A run has exactly one data source, but this spec names data.files and "
            "data.tokenized.");
        row("view alone", R"({"data":{"files":["a"],"view":"x"}})",
            "spec#/data: view has a value that cannot be used: it needs data.project.");
        row("held out", R"({"data":{"files":["a"],"held_out":-0.1}})",
            "spec#/data: held_out has a value that cannot be used: it must be 0 or more.");
        row("held out rows", R"({"data":{"files":["a"],"held_out":2.5}})",
            "spec#/data: held_out has a value that cannot be used: it is a share below 1 or a "
            "whole number of rows.");
        row("order", R"({"data":{"files":["a"],"order":"random"}})",
            "spec#/data: order has a value that cannot be used: \"random\" is none of: shuffle, "
            "file.");
        row("overlong", R"({"data":{"files":["a"],"overlong":"cut"}})",
            "spec#/data: overlong has a value that cannot be used: \"cut\" is none of: truncate, "
            "drop, raise.");
        row("no start", R"({"model":{}})",
            "spec#/model: A run starts either from a model folder or from a shape, but this spec "
            "gives neither.");
        row("two starts", R"({"model":{"path":"m","shape":{},"tokenizer":"t"}})",
            "spec#/model: A run starts either from a model folder or from a shape, but this spec "
            "gives both model.path and model.shape.");
        row("no tokenizer", R"({"model":{"shape":{}}})",
            "spec#/model: tokenizer has a value that cannot be used: a random start needs a "
            "tokenizer folder.");
        row("surplus tokenizer", R"({"model":{"path":"m","tokenizer":"t"}})",
            "spec#/model: tokenizer has a value that cannot be used: it is only for a random "
            "start; a model folder brings its own tokenizer.");
        row("hidden by heads", R"({"model":{"shape":{"hidden_size":130},"tokenizer":"t"}})",
            "spec#/model/shape: hidden_size has a value that cannot be used: it must be a multiple "
            "of heads (4).");
        row("odd head", R"({"model":{"shape":{"hidden_size":132},"tokenizer":"t"}})",
            "spec#/model/shape: heads has a value that cannot be used: hidden_size / heads must be "
            "even, but it is 33.");
        row("groups", R"({"model":{"shape":{"kv_heads":3},"tokenizer":"t"}})",
            "spec#/model/shape: heads has a value that cannot be used: it must be a multiple of "
            "kv_heads (3).");
        row("no heads", R"({"model":{"shape":{"heads":0},"tokenizer":"t"}})",
            "spec#/model/shape: heads has a value that cannot be used: it must be 1 or more.");
        row("positions", R"({"model":{"shape":{"max_positions":100},"tokenizer":"t"}})",
            "spec#/data: max_length has a value that cannot be used: it is beyond "
            "model.shape.max_positions (100).");
        row("shape key", R"({"model":{"shape":{"width":1},"tokenizer":"t"}})",
            "spec#/model/shape: width is not a known key.");
        row("rate", R"({"optimizer":{"learning_rate":0}})",
            "spec#/optimizer: learning_rate has a value that cannot be used: it must be above 0.");
        row("schedule name", R"({"optimizer":{"schedule":"step"}})",
            "spec#/optimizer: schedule has a value that cannot be used: \"step\" is none of: "
            "constant, linear, cosine.");
        row("warm-up", R"({"optimizer":{"warmup_ratio":1.5}})",
            "spec#/optimizer: warmup_ratio has a value that cannot be used: it must be from 0 to "
            "1.");
        row("beta", R"({"optimizer":{"beta2":1}})",
            "spec#/optimizer: beta2 has a value that cannot be used: it must be 0 or more and "
            "below 1.");
        row("epochs", R"({"schedule":{"epochs":0}})",
            "spec#/schedule: epochs has a value that cannot be used: it must be above 0 where "
            "max_steps does not decide.");
        row("micro-batch", R"({"schedule":{"micro_batch_tokens":256}})",
            "spec#/schedule: micro_batch_tokens has a value that cannot be used: with packing it "
            "must be data.max_length (512) or more, so that every row fits.");
        row("accumulation", R"({"schedule":{"accumulation":0}})",
            "spec#/schedule: accumulation has a value that cannot be used: it must be 1 or more.");
        row("patience", R"({"data":{"files":["a"],"held_out":0},"evaluation":{"patience":2}})",
            "spec#/evaluation: patience has a value that cannot be used: early stopping needs rows "
            "to judge by: data.held_out must be above 0.");
        row("keep", R"({"checkpoints":{"keep":0}})",
            "spec#/checkpoints: keep has a value that cannot be used: it must be 1 or more.");
        row("seed", R"({"seed":-1})",
            "spec: seed must be a whole number, 0 or more, but it is a whole number.");
        row("on_nan", R"({"on_nan":"ignore"})",
            "spec: on_nan has a value that cannot be used: \"ignore\" is none of: stop, skip.");
        row("template", R"({"chat_template":"chatlm"})", "spec: There is no chat template chatlm.");
        row("empty file name", R"({"data":{"files":[""]}})",
            "spec#/data: files has a value that cannot be used: a path in it is empty.");
        row("max length", R"({"data":{"files":["a"],"max_length":1}})",
            "spec#/data: max_length has a value that cannot be used: it must be 2 or more.");
        row("empty rows", R"({"data":{"files":["a"],"empty_rows":"keep"}})",
            "spec#/data: empty_rows has a value that cannot be used: \"keep\" is none of: raise, "
            "skip.");
        row("files type", R"({"data":{"files":"a"}})",
            "spec#/data: files must be a list of strings, but it is a string.");
        row("layers", R"({"model":{"shape":{"layers":0},"tokenizer":"t"}})",
            "spec#/model/shape: layers has a value that cannot be used: it must be 1 or more.");
        row("rope", R"({"model":{"shape":{"rope_theta":0},"tokenizer":"t"}})",
            "spec#/model/shape: rope_theta has a value that cannot be used: it must be above 0.");
        row("norm", R"({"model":{"shape":{"norm_eps":-1},"tokenizer":"t"}})",
            "spec#/model/shape: norm_eps has a value that cannot be used: it must be above 0.");
        row("init", R"({"model":{"shape":{"init_std":0},"tokenizer":"t"}})",
            "spec#/model/shape: init_std has a value that cannot be used: it must be above 0.");
        row("warm-up steps", R"({"optimizer":{"warmup_steps":-2}})",
            "spec#/optimizer: warmup_steps has a value that cannot be used: it must be -1 or "
            "more.");
        row("final rate", R"({"optimizer":{"min_learning_rate_ratio":2}})",
            "spec#/optimizer: min_learning_rate_ratio has a value that cannot be used: it must be "
            "from 0 to 1.");
        row("beta1", R"({"optimizer":{"beta1":-0.1}})",
            "spec#/optimizer: beta1 has a value that cannot be used: it must be 0 or more and "
            "below 1.");
        row("epsilon", R"({"optimizer":{"epsilon":0}})",
            "spec#/optimizer: epsilon has a value that cannot be used: it must be above 0.");
        row("decay", R"({"optimizer":{"weight_decay":-1}})",
            "spec#/optimizer: weight_decay has a value that cannot be used: it must be 0 or more.");
        row("clip", R"({"optimizer":{"clip_norm":-1}})",
            "spec#/optimizer: clip_norm has a value that cannot be used: it must be 0 or more.");
        row("max steps", R"({"schedule":{"max_steps":-2}})",
            "spec#/schedule: max_steps has a value that cannot be used: it must be -1 or more.");
        row("micro rows", R"({"schedule":{"micro_batch_rows":0}})",
            "spec#/schedule: micro_batch_rows has a value that cannot be used: it must be 1 or "
            "more.");
        row("eval steps", R"({"evaluation":{"every_steps":-1}})",
            "spec#/evaluation: every_steps has a value that cannot be used: it must be 0 or more.");
        row("probe prompts", R"({"evaluation":{"probe_prompts":-1}})",
            "spec#/evaluation: probe_prompts has a value that cannot be used: it must be 0 or "
            "more.");
        row("probe length", R"({"evaluation":{"probe_max_new":0}})",
            "spec#/evaluation: probe_max_new has a value that cannot be used: it must be 1 or "
            "more.");
        row("probe rows", R"({"evaluation":{"probe_rows":-1}})",
            "spec#/evaluation: probe_rows has a value that cannot be used: it must be 0 or more.");
        row("improvement", R"({"evaluation":{"min_improvement":-1}})",
            "spec#/evaluation: min_improvement has a value that cannot be used: it must be 0 or "
            "more.");
        row("save steps", R"({"checkpoints":{"every_steps":-1}})",
            "spec#/checkpoints: every_steps has a value that cannot be used: it must be 0 or "
            "more.");
        row("threads", R"({"threads":-1})",
            "spec: threads has a value that cannot be used: it must be 0 or more.");
        row("dtype", R"({"dtype":"f16"})",
            "spec: dtype has a value that cannot be used: \"f16\" is neither f32 nor bf16.");
        row("missing model", R"({"model":null})", "spec: model is missing.");
        row("top key", R"({"learning_rate":1})", "spec: learning_rate is not a known key.");
    }

    void eachRuleHasItsMessage() {
        QFETCH(QString, patch);
        QFETCH(QString, expected);
        Json json = goodSft();
        const Json changes = Json::parse(patch.toStdString());
        for (const auto& [key, value] : changes.items()) {
            if (value.is_null())
                json.erase(key);
            else
                json[key] = value;
        }
        const auto spec = trainSpecFromJson(json, "spec");
        QVERIFY(!spec);
        QCOMPARE(QString::fromStdString(message(spec.error())), expected);
        QVERIFY(!remedy(spec.error()).empty());
    }

    void smallMicroBatchIsRightWithoutPacking() {
        Json json = goodSft();
        json["data"]["packing"] = false;
        json["schedule"] = {{"micro_batch_tokens", 16}};
        ASSAY_VERIFY_RESULT(trainSpecFromJson(json, "spec"));
    }

    void examplesExplainEveryKeyAndParseBack() {
        for (const char* kind : {"sft", "pretrain", "dpo"}) {
            const auto text = exampleSpec(kind);
            ASSAY_VERIFY_RESULT(text);
            const auto json = parseJson(*text, "example", JsonComments::Allow);
            ASSAY_VERIFY_RESULT(json);
            const auto spec = trainSpecFromJson(*json, "example");
            ASSAY_VERIFY_RESULT(spec);
            QCOMPARE(spec->kind, std::string(kind));
            QCOMPARE(dumpJson(*json), dumpJson(trainSpecToJson(*spec)));
            for (std::size_t at = 0; at < text->size();) {
                const std::size_t end = text->find('\n', at);
                QVERIFY2(end - at <= 100, text->substr(at, end - at).c_str());
                at = end + 1;
            }
        }
        QVERIFY(!exampleSpec("rlhf"));
    }

    void everyKeyHasHelpAndEveryHelpAKey() {
        TrainSpec full;
        full.model.shape.emplace();
        std::set<std::string> keys;
        collectKeys(trainSpecToJson(full), "", keys);
        std::set<std::string> explained;
        for (const ParameterHelp& help : parameterHelp()) {
            QVERIFY2(explained.insert(std::string(help.key)).second, std::string(help.key).c_str());
            QVERIFY(!help.label.empty());
            QVERIFY(help.explanation.size() > 10);
        }
        QCOMPARE(explained, keys);
    }
};

QTEST_APPLESS_MAIN(TestTrainSpec)
#include "test_train_spec.moc"
