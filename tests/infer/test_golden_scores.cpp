#include "infer/torch_model.h"
#include "tests/model/golden.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestGoldenScores : public QObject {
    Q_OBJECT

private:
    static std::shared_ptr<ModelUnderTest> load(
        const std::filesystem::path& folder, Dtype dtype = Dtype::F32) {
        LoadOptions options;
        options.dtype = dtype;
        auto model = TorchModel::load(folder, options, {}, {});
        if (!model)
            qFatal("%s", message(model.error()).c_str());
        return *model;
    }

private Q_SLOTS:
    void scoresMatchTheReference_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::newRow("llama-tiny") << QByteArray("llama-tiny");
        for (const char* name : {"llama-untied", "mistral-tiny", "qwen2-tiny", "gpt2-tiny"})
            QTest::newRow(name) << QByteArray(name);
    }

    void scoresMatchTheReference() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        const auto model = load(golden.folder);
        const auto logprobs = golden.floats("next_logprob");
        const auto entropies = golden.floats("entropy");
        const auto topLogprobs = golden.floats("top5_logprob");
        const TensorView* ranks = golden.numbers.find("next_rank");
        const TensorView* topIds = golden.numbers.find("top5_ids");
        const auto rows = golden.rows();
        const std::size_t width = golden.json["input_ids"][0].size();
        for (std::size_t b = 0; b < rows.size(); ++b) {
            const auto scores
                = model->score(rows[b], {5, 7}, {}); // chunks of 7: borders inside the text
            ASSAY_VERIFY_RESULT(scores);
            QCOMPARE(scores->tokens.size(), rows[b].size() - 1);
            for (std::size_t t = 0; t < scores->tokens.size(); ++t) {
                const TokenScore& score = scores->tokens[t];
                QVERIFY(std::abs(score.logprob - logprobs[b * (width - 1) + t]) < 1e-4F);
                QVERIFY(std::abs(score.entropy - entropies[b * width + t]) < 1e-4F);
                std::int64_t rank = 0;
                std::memcpy(&rank, ranks->bytes.data() + 8 * (b * (width - 1) + t), 8);
                QCOMPARE(std::int64_t(score.rank), rank);
                for (std::size_t k = 0; k < 5; ++k) {
                    std::int64_t id = 0;
                    std::memcpy(&id, topIds->bytes.data() + 8 * ((b * width + t) * 5 + k), 8);
                    QCOMPARE(std::int64_t(scores->top[t * 5 + k].id), id);
                    QVERIFY(std::abs(scores->top[t * 5 + k].logprob
                                - topLogprobs[(b * width + t) * 5 + k])
                        < 1e-4F);
                }
            }
        }
    }

    void logitsMatchTheReference_data() { scoresMatchTheReference_data(); }

    void logitsMatchTheReference() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        const auto model = load(golden.folder);
        const auto rows = golden.rows();
        const auto expected = golden.floats("logits");
        const auto& shape = golden.numbers.find("logits")->shape; // [rows, width, vocabulary]
        auto pass = model->forced(rows[1], {});
        ASSAY_VERIFY_RESULT(pass);
        std::vector<float> logits(rows[1].size() * std::size_t(shape[2]));
        ASSAY_VERIFY_RESULT((*pass)->logits(0, (*pass)->positions(), logits));
        for (std::size_t i = 0; i < logits.size(); ++i)
            QVERIFY(std::abs(logits[i] - expected[std::size_t(shape[1] * shape[2]) + i]) < 1e-4F);
    }

    void greedyMatchesTheReference_data() { scoresMatchTheReference_data(); }

    void greedyMatchesTheReference() {
        QFETCH(QByteArray, folder);
        const Golden golden(folder.constData());
        const auto model = load(golden.folder);
        const Json& greedy = golden.json["greedy"];
        auto prompt = golden.rows()[0];
        prompt.resize(greedy["prompt_len"].get<std::size_t>());
        GenerateOptions options;
        options.maxNew = int(greedy["new_ids"].size());
        options.stopAtEnd = false;
        const auto plain = model->generate(prompt, options, {});
        ASSAY_VERIFY_RESULT(plain);
        QCOMPARE(plain->ids, greedy["new_ids"].get<std::vector<TokenId>>());
        QCOMPARE(plain->ended, EndReason::Length);
        options.capture = true;
        options.captureTopK = 3;
        const auto captured = model->generate(prompt, options, {});
        ASSAY_VERIFY_RESULT(captured);
        QCOMPARE(captured->ids, plain->ids); // asking for numbers never changes the text
        for (std::size_t i = 0; i < plain->ids.size(); ++i) {
            QVERIFY(
                std::abs(captured->scores.tokens[i].logprob - greedy["logprobs"][i].get<float>())
                < 1e-4F);
            QCOMPARE(captured->scores.top[i * 3].id, plain->ids[i]);
        }
    }

    void storiesContinueExactly_data() {
        QTest::addColumn<QByteArray>("folder");
        QTest::newRow("stories260k") << QByteArray("models/stories260k-hf");
        QTest::newRow("llama2xs") << QByteArray("models/llama2xs-279k-hf");
    }

    void storiesContinueExactly() {
        QFETCH(QByteArray, folder);
        const auto path = dataFolder() / folder.constData();
        if (!std::filesystem::exists(path))
            QSKIP("test material is absent");
        const auto expected = readJsonFile(path / "expected.json");
        ASSAY_VERIFY_RESULT(expected);
        const auto model = load(path);
        const Json& greedy = (*expected)["greedy"];
        const auto ids = greedy["ids"].get<std::vector<TokenId>>();
        GenerateOptions options;
        options.maxNew = greedy["max_new_tokens"].get<int>();
        const auto generated = model->generate(std::vector<TokenId>{ids[0]}, options, {});
        ASSAY_VERIFY_RESULT(generated);
        QCOMPARE(generated->ids, std::vector<TokenId>(ids.begin() + 1, ids.end()));
        QVERIFY(model->tokenizer() != nullptr);
        QCOMPARE(model->tokenizer()->decode(generated->ids), greedy["text"].get<std::string>());

        const Json& story = (*expected)["story"];
        const auto storyIds = story["ids"].get<std::vector<TokenId>>();
        const auto scores = model->score(storyIds, {}, {});
        ASSAY_VERIFY_RESULT(scores);
        for (std::size_t t = 0; t < scores->tokens.size(); ++t) {
            QVERIFY(
                std::abs(scores->tokens[t].logprob - story["logprobs"][t].get<float>()) < 1e-4F);
            QVERIFY(std::abs(scores->tokens[t].entropy - story["entropy"][t].get<float>()) < 1e-4F);
            QCOMPARE(int(scores->tokens[t].rank), story["rank"][t].get<int>());
        }
    }

    void samplingRepeatsWithItsSeedAndFollowsItsFilters() {
        const Golden golden("llama-tiny");
        const auto model = load(golden.folder);
        const auto prompt = golden.rows()[0];
        GenerateOptions options;
        options.maxNew = 12;
        options.temperature = 1;
        options.seed = 5;
        options.stopAtEnd = false;
        const auto first = model->generate(prompt, options, {});
        const auto again = model->generate(prompt, options, {});
        ASSAY_VERIFY_RESULT(first);
        QCOMPARE(first->ids, again->ids);
        options.seed = 6;
        QVERIFY(model->generate(prompt, options, {})->ids != first->ids);
        options.topK = 1; // only the largest is left: greedy
        const auto top1 = model->generate(prompt, options, {});
        options.temperature = 0;
        QCOMPARE(top1->ids, model->generate(prompt, options, {})->ids);
    }

    void badInputIsAnError() {
        const Golden golden("llama-tiny");
        const auto model = load(golden.folder);
        QCOMPARE(model->score(std::vector<TokenId>{}, {}, {}).error().code,
            std::string("model.no_tokens"));
        QCOMPARE(model->score(std::vector<TokenId>{1, 320}, {}, {}).error().code,
            std::string("model.id_outside"));
        QCOMPARE(model->score(std::vector<TokenId>(129, 1), {}, {}).error().code,
            std::string("model.too_long"));
        std::stop_source stopped;
        stopped.request_stop();
        QCOMPARE(model->score(golden.rows()[0], {}, stopped.get_token()).error().code,
            std::string("cancelled"));
    }
};

QTEST_APPLESS_MAIN(TestGoldenScores)
#include "test_golden_scores.moc"
