#include "core/job/model_plan.h"
#include "tests/support/family_configs.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>
#include <set>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

/// Published configs: sizes and names must come out as the models' owners state them.
class TestModelFamilies : public QObject {
    Q_OBJECT

private:
    static Json sizes(const char* family, std::int64_t vocabulary, std::int64_t hidden,
        std::int64_t inner, std::int64_t layers, std::int64_t heads, std::int64_t kvHeads) {
        Json config;
        config["model_type"] = family;
        config["vocab_size"] = vocabulary;
        config["hidden_size"] = hidden;
        config["intermediate_size"] = inner;
        config["num_hidden_layers"] = layers;
        config["num_attention_heads"] = heads;
        config["num_key_value_heads"] = kvHeads;
        return config;
    }
    static void verifyCount(const Json& config, std::int64_t expected) {
        const auto spec = modelSpecFromConfig(config, "config");
        ASSAY_VERIFY_RESULT(spec);
        QCOMPARE(spec->parameterCount(), expected);
    }
    static std::vector<std::string> codes(const Json& config) {
        const auto spec = modelSpecFromConfig(config, "config");
        if (spec)
            return {};
        std::vector<std::string> found;
        if (spec.error().code != "several")
            found.push_back(spec.error().code);
        for (const Error& error : spec.error().details)
            found.push_back(error.code);
        return found;
    }

private Q_SLOTS:
    /// The numbers of parameters that the published models have.
    void parametersOfPublishedModels() {
        Json gpt2;
        gpt2["model_type"] = "gpt2";
        gpt2["vocab_size"] = 50257;
        gpt2["n_embd"] = 768;
        gpt2["n_layer"] = 12;
        gpt2["n_head"] = 12;
        gpt2["n_positions"] = 1024;
        verifyCount(gpt2, 124'439'808);
        Json llama = sizes("llama", 128256, 2048, 8192, 16, 32, 8);
        llama["tie_word_embeddings"] = true;
        verifyCount(llama, 1'235'814'400); // Llama 3.2 1B
        verifyCount(sizes("mistral", 32000, 4096, 14336, 32, 32, 8), 7'241'732'096); // 7B v0.1
        Json qwen2 = sizes("qwen2", 151936, 896, 4864, 24, 14, 2);
        qwen2["tie_word_embeddings"] = true;
        verifyCount(qwen2, 494'032'768); // Qwen2.5 0.5B
        verifyCount(sizes("gemma2", 256000, 2304, 9216, 26, 8, 4), 2'614'341'888); // 2B
        verifyCount(sizes("gemma3_text", 262144, 1152, 6912, 26, 4, 1), 999'885'952); // 1B
        verifyCount(sizes("phi3", 32064, 3072, 8192, 32, 32, 32), 3'821'079'552); // mini
    }

    void realConfigs() {
        ASSAY_NEED_DATA("runs/hf-configs");
        const fs::path configs = dataFolder() / "runs" / "hf-configs";
        const auto tiny = readModelSpec(configs / "tinyllama-1.1b-chat");
        ASSAY_VERIFY_RESULT(tiny);
        QCOMPARE(tiny->parameterCount(), std::int64_t(1'100'048'384));
        const auto omni = readModelSpec(configs / "llama-3.2-1b-omni");
        QCOMPARE(omni.error().code, std::string("model.unknown_family"));
        const std::string text = message(omni.error());
        QVERIFY(text.find("omni_speech_llama") != std::string::npos);
        for (const std::string& family : supportedFamilies())
            QVERIFY2(text.find(family) != std::string::npos, family.c_str());

        // Of Qwen3 1.7B the index of its shards is there: all names.
        const auto qwen = readModelSpec(configs / "qwen3-1.7b");
        ASSAY_VERIFY_RESULT(qwen);
        QVERIFY(qwen->headDimension != qwen->hiddenSize / 8 && qwen->windows.empty());
        std::set<std::string> expected;
        const Json index
            = readJsonFile(configs / "qwen3-1.7b" / "model.safetensors.index.json").value();
        for (const auto& [name, file] : index["weight_map"].items())
            if (name != "lm_head.weight") // tied
                expected.insert(name);
        std::set<std::string> found;
        for (const ParameterShape& parameter : parameterShapes(modelPlan(*qwen)))
            found.insert(parameter.name);
        QCOMPARE(found, expected);
    }

    void defaultsOfTheFamilies() {
        const auto gemma2 = modelSpecFromConfig(sizes("gemma2", 64, 16, 32, 4, 2, 1), "config");
        ASSAY_VERIFY_RESULT(gemma2);
        QCOMPARE(gemma2->windows, (std::vector<std::int64_t>{4096, 0, 4096, 0}));
        QCOMPARE(gemma2->attentionSoftcap, 50.0);
        QCOMPARE(gemma2->headSoftcap, 30.0);
        QVERIFY(gemma2->tiedEmbeddings);
        const auto gemma3
            = modelSpecFromConfig(sizes("gemma3_text", 64, 16, 32, 7, 2, 1), "config");
        ASSAY_VERIFY_RESULT(gemma3);
        QCOMPARE(
            gemma3->windows, (std::vector<std::int64_t>{4096, 4096, 4096, 4096, 4096, 0, 4096}));
        QCOMPARE(gemma3->rope.theta, 1e6);
        QCOMPARE(gemma3->windowedRope->theta, 1e4);
        QCOMPARE(gemma3->headSoftcap, 0.0);
        // Mistral's window stands where the config is silent, and not where it says null.
        Json mistral = sizes("mistral", 64, 16, 32, 2, 2, 1);
        QCOMPARE(modelSpecFromConfig(mistral, "config")->windows.size(), std::size_t(2));
        mistral["sliding_window"] = nullptr;
        QVERIFY(modelSpecFromConfig(mistral, "config")->windows.empty());
    }

    void stretchedContexts() {
        Json config = sizes("qwen2", 64, 16, 32, 2, 2, 1);
        config["max_position_embeddings"] = 32768;
        config["rope_scaling"]
            = {{"type", "yarn"}, {"factor", 4.0}, {"original_max_position_embeddings", 32768}};
        QCOMPARE(modelSpecFromConfig(config, "config")->maxPositions, std::int64_t(131072));
        config["rope_scaling"] = {{"type", "dynamic"}, {"factor", 2.0}};
        QCOMPARE(modelSpecFromConfig(config, "config")->maxPositions, std::int64_t(65536));
        config["rope_scaling"] = {{"type", "linear"}, {"factor", 2.0}};
        QCOMPARE(modelSpecFromConfig(config, "config")->maxPositions, std::int64_t(32768));
    }

    void firstSpellingsOfLongrope() {
        Json config = sizes("phi3", 64, 16, 32, 2, 2, 1);
        config["max_position_embeddings"] = 131072;
        config["original_max_position_embeddings"] = 4096;
        for (const char* type : {"su", "yarn", "longrope"}) {
            config["rope_scaling"]
                = {{"type", type}, {"short_factor", {1, 1, 1, 1}}, {"long_factor", {2, 2, 2, 2}}};
            const auto spec = modelSpecFromConfig(config, "config");
            ASSAY_VERIFY_RESULT(spec);
            QCOMPARE(spec->rope.scaling, std::string("longrope"));
            QCOMPARE(spec->rope.originalPositions, std::int64_t(4096));
            QCOMPARE(ropeFrequencies(spec->rope, 8, 0).magnitude,
                float(std::sqrt(1 + std::log(32.0) / std::log(4096.0))));
        }
    }

    void everyCaseOfTheEngineTestsCountsItsParameters() {
        for (const FamilyCase& found : familyCases()) {
            const auto spec = modelSpecFromConfig(found.config, found.name);
            ASSAY_VERIFY_RESULT(spec);
            QVERIFY2(spec->parameterCount() > 10'000, found.name.c_str());
        }
    }

    void whatCannotBeComputedIsRefusedByName() {
        using Codes = std::vector<std::string>;
        Json config = sizes("llama", 64, 16, 32, 2, 2, 1);
        config["rope_scaling"] = {{"rope_type", "spiral"}};
        QCOMPARE(codes(config), (Codes{"model.unsupported"}));
        config = sizes("gemma3_text", 64, 16, 32, 2, 2, 1);
        config["layer_types"] = {"full_attention", "chunked_attention"};
        QCOMPARE(codes(config), (Codes{"model.unsupported"}));
        config["layer_types"] = {"full_attention"};
        QCOMPARE(codes(config), (Codes{"json.value"}));
        config = sizes("phi3", 64, 16, 32, 2, 2, 1);
        config["rope_scaling"]
            = {{"type", "longrope"}, {"short_factor", {1, 1, 1}}, {"long_factor", {1, 1, 1, -1}}};
        QCOMPARE(codes(config), (Codes{"json.value", "json.value"}));
        config = sizes("phi3", 64, 16, 32, 2, 2, 1);
        config["partial_rotary_factor"] = 0.1;
        QCOMPARE(codes(config), (Codes{"json.value"}));
        config = sizes("gemma2", 64, 16, 32, 2, 2, 1);
        config["use_bidirectional_attention"] = true;
        QCOMPARE(codes(config), (Codes{"model.unsupported"}));
        config = sizes("mamba", 64, 16, 32, 2, 2, 1);
        QCOMPARE(codes(config), (Codes{"model.unknown_family"}));
    }

    /// Sizes that nobody has: an answer at once, no memory asked for.
    void absurdSizes() {
        for (const char* key : {"vocab_size", "hidden_size", "intermediate_size",
                 "num_hidden_layers", "num_attention_heads", "head_dim"}) {
            Json config = sizes("gemma3_text", 64, 16, 32, 2, 2, 1);
            for (const std::int64_t size : {std::int64_t(0), std::int64_t(-4),
                     std::int64_t(1) << 40, std::numeric_limits<std::int64_t>::max()}) {
                config[key] = size;
                QVERIFY2(!codes(config).empty(), key);
            }
        }
        Json config = sizes("llama", 64, 16, 32, 2, 2, 1);
        config["num_attention_heads"] = 1 << 20;
        config["num_key_value_heads"] = 1 << 20;
        config["head_dim"] = 1 << 20;
        QVERIFY(!codes(config).empty());
    }
};

QTEST_APPLESS_MAIN(TestModelFamilies)
#include "test_model_families.moc"
