#include "core/job/adapter_file.h"
#include "core/job/adapter_spec.h"
#include "core/weights/safetensors.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

class TestAdapterConfig : public QObject {
    Q_OBJECT

private:
    static AdapterConfig configOf(const char* text) {
        auto config = adapterConfigFromJson(Json::parse(text), "adapter_config.json");
        if (!config)
            qFatal("%s", message(config.error()).c_str());
        return *config;
    }
    static AdapterMatcher matcherOf(const AdapterTargets& targets) {
        return AdapterMatcher::of(targets).value();
    }

private Q_SLOTS:
    void theShortestConfigIsEnough() {
        const AdapterConfig config
            = configOf(R"({"peft_type": "LORA", "target_modules": ["q_proj"]})");
        QCOMPARE(config.rank, std::int64_t(8)); // PEFT's defaults
        QCOMPARE(config.alpha, 8.0);
        QCOMPARE(config.scaleOf("any"), 1.0);
        QCOMPARE(config.kind(), std::string("lora"));
    }

    void scalesFollowRankAlphaAndTheirPatterns() {
        const AdapterConfig config = configOf(R"({"peft_type": "LORA", "r": 4, "lora_alpha": 8,
            "target_modules": "all-linear", "use_rslora": true,
            "rank_pattern": {"layers.1.mlp.up_proj": 16, "down.*": 9},
            "alpha_pattern": {"up_proj": 32}})");
        QCOMPARE(config.scaleOf("model.layers.0.self_attn.q_proj"), 8 / std::sqrt(4.0));
        QCOMPARE(config.rankOf("model.layers.1.mlp.up_proj"), std::int64_t(16));
        QCOMPARE(config.rankOf("model.layers.11.mlp.up_proj"), std::int64_t(4));
        QCOMPARE(config.scaleOf("model.layers.1.mlp.up_proj"), 32 / std::sqrt(16.0));
        QCOMPARE(config.rankOf("model.layers.3.mlp.down_proj"), std::int64_t(9));
    }

    void targetsAreNamesExpressionsOrAll() {
        AdapterTargets names;
        names.names = {"q_proj", "mlp.up_proj"};
        const AdapterMatcher byName = matcherOf(names);
        QVERIFY(byName.matches("model.layers.0.self_attn.q_proj"));
        QVERIFY(!byName.matches("model.layers.0.self_attn.xq_proj"));
        QVERIFY(byName.matches("model.layers.3.mlp.up_proj"));
        QVERIFY(!byName.matches("model.layers.3.moe.up_proj"));

        AdapterTargets expression;
        expression.pattern = ".*layers\\.[02]\\..*_proj";
        const AdapterMatcher byPattern = matcherOf(expression);
        QVERIFY(byPattern.matches("model.layers.2.mlp.up_proj"));
        QVERIFY(!byPattern.matches("model.layers.1.mlp.up_proj"));
        QVERIFY(!byPattern.matches("model.layers.2.mlp.up_proj.more")); // the whole name

        AdapterTargets all;
        all.allLinear = true;
        all.excluded = {"v_proj"};
        all.layers = {1, 12};
        const AdapterMatcher some = matcherOf(all);
        QVERIFY(some.matches("model.layers.12.self_attn.q_proj"));
        QVERIFY(!some.matches("model.layers.2.self_attn.q_proj"));
        QVERIFY(!some.matches("model.layers.1.self_attn.v_proj"));
        QCOMPARE(layerOfModule("lm_head"), std::int64_t(-1));
    }

    void aSpecsListIsOneOfThem() {
        QVERIFY(adapterTargetsOf({"all-linear"})->allLinear);
        QCOMPARE(adapterTargetsOf({"re:.*q_proj"})->pattern, std::string(".*q_proj"));
        QCOMPARE(adapterTargetsOf({"a", "b"})->names, (std::vector<std::string>{"a", "b"}));
        QVERIFY(!adapterTargetsOf({"all-linear", "q_proj"}));
        QVERIFY(!adapterTargetsOf({"re:(open"}));
    }

    void unknownKeysSurviveAndFieldsAreWritten() {
        AdapterConfig config = configOf(R"({"peft_type": "LORA", "r": 4, "lora_alpha": 8,
            "target_modules": ["q_proj"], "runtime_config": {"x": 1}, "modules_to_save": ["lm_head"],
            "rank_pattern": {"q_proj": 2}})");
        config.base = "/models/base";
        const Json written = adapterConfigToJson(config, false);
        QCOMPARE(written["runtime_config"]["x"], Json(1));
        QCOMPARE(written["lora_alpha"].dump(), std::string("8"));
        QCOMPARE(written["base_model_name_or_path"], Json("/models/base"));
        const auto again = adapterConfigFromJson(written, "again");
        ASSAY_VERIFY_RESULT(again);
        QCOMPARE(again->rankOf("a.q_proj"), std::int64_t(2));
        QCOMPARE(again->savedWhole, config.savedWhole);
    }

    void variantsThatChangeTheMeaningAreRefusedByName() {
        const auto wrong = adapterConfigFromJson(Json::parse(R"({"peft_type": "LORA",
            "target_modules": ["a"], "layer_replication": [[0, 2], [1, 3]], "lora_bias": true,
            "init_lora_weights": "pissa_niter_4", "r": 0})"),
            "c");
        QVERIFY(!wrong);
        const QString text = QString::fromStdString(message(wrong.error()));
        for (const char* name :
            {"layer_replication", "lora_bias", "pissa_niter_4", "r has a value"})
            QVERIFY2(text.contains(QLatin1String(name)), qPrintable(text));
    }

    /// Real configurations of every kind that PEFT's own comparison runs: LoRA is described, the
    /// others are refused with their name.
    void realConfigurationsAreDescribedOrRefusedByName() {
        ASSAY_NEED_DATA("runs/peft-experiments");
        int read = 0;
        for (const auto& entry : fs::directory_iterator(dataFolder() / "runs/peft-experiments")) {
            if (!isAdapterFolder(entry.path()))
                continue;
            ++read;
            const std::string folder = entry.path().filename().string();
            const auto config = readAdapterConfig(entry.path());
            if (folder.starts_with("lora--")) {
                QVERIFY2(config.has_value(), folder.c_str());
                QCOMPARE(config->decomposed, folder.ends_with("dora"));
                QCOMPARE(config->rankStabilised, folder.ends_with("rslora"));
                continue;
            }
            QVERIFY2(!config, folder.c_str());
            QCOMPARE(config.error().code, std::string("adapter.unsupported_type"));
            QString kind = QString::fromStdString(folder.substr(0, folder.find("--")));
            kind.remove(QLatin1Char('_'));
            QString named
                = QString::fromStdString(std::string(config.error().argument("name"))).toLower();
            QCOMPARE(named.remove(QLatin1Char('_')), kind);
        }
        QCOMPARE(read, 12);
    }

    void aRealAdapterIsReadAndDescribed() {
        ASSAY_NEED_DATA("models/lora-gptoss20b-finance");
        const auto file = openAdapter(dataFolder() / "models/lora-gptoss20b-finance");
        ASSAY_VERIFY_RESULT(file);
        const Json described = describeAdapter(*file);
        QCOMPARE(described["kind"], Json("lora"));
        QCOMPARE(described["rank"], Json(4));
        QCOMPARE(described["scale"], Json(2.0));
        QCOMPARE(described["targets"], Json::parse(R"(["q_proj", "v_proj"])"));
        QCOMPARE(described["modules"], Json(48));
        QCOMPARE(described["layers"], Json(24));
        // 24 layers of 4 x (2880 + 4096) and 4 x (2880 + 512)
        QCOMPARE(described["parameters"], Json(24 * 4 * (2880 + 4096 + 2880 + 512)));
        QCOMPARE(described["base"], Json("togethercomputer/gpt-oss-20b-bf16"));
        const auto base = baseFolderOf(file->folder, {});
        QVERIFY(!base);
        QCOMPARE(base.error().code, std::string("adapter.no_base"));
    }

    void theBaseIsFoundAroundTheAdapter() {
        ASSAY_NEED_DATA("golden/llama-tiny");
        const fs::path base = dataFolder() / "golden/llama-tiny";
        const auto found = baseFolderOf(base / "adapter-lora", {});
        ASSAY_VERIFY_RESULT(found);
        QVERIFY(fs::equivalent(*found, base));
        QCOMPARE(adaptersIn(base),
            (std::vector<fs::path>{base / "adapter-lora", base / "adapter-rslora"}));
    }

    void halfAPairIsNamed() {
        QTemporaryDir directory;
        const fs::path folder = directory.path().toStdString();
        std::ofstream(folder / "adapter_config.json")
            << R"({"peft_type": "LORA", "r": 2, "target_modules": ["q"]})";
        const std::vector<float> numbers(8, 1.0F);
        const TensorToWrite tensors[] = {
            {"base_model.model.a.q.lora_A.weight", TensorType::F32, {2, 4},
                std::as_bytes(std::span(numbers))},
            {"base_model.model.a.q.lora_embedding_A", TensorType::F32, {2, 4},
                std::as_bytes(std::span(numbers))},
        };
        ASSAY_VERIFY_RESULT(writeSafetensors(folder / "adapter_model.safetensors", tensors));
        const auto file = openAdapter(folder);
        QVERIFY(!file);
        QCOMPARE(file.error().code, std::string("adapter.tensors"));
        QCOMPARE(file.error().details.size(), std::size_t(2));
        QCOMPARE(file.error().details[0].code, std::string("adapter.half_pair"));
        QCOMPARE(file.error().details[1].code, std::string("adapter.foreign_tensor"));
    }
};

QTEST_GUILESS_MAIN(TestAdapterConfig)
#include "test_adapter_config.moc"
