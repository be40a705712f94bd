#include "core/analysis/compare_report.h"

#include "core/analysis/onset.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

std::shared_ptr<FakeTokenizer> tokenizer(
    std::vector<std::string> pieces = {"Tokyo", "Beijing", " is"}) {
    return std::make_shared<FakeTokenizer>(std::move(pieces));
}

FakeModelOptions modelSaying(
    const std::string& answer, std::shared_ptr<FakeTokenizer> words = tokenizer()) {
    FakeModelOptions options;
    options.name = answer;
    options.seed = std::hash<std::string>()(answer);
    options.tokenizer = words;
    options.chatTemplate = fakeTemplate();
    options.teach = continueWith(words, "bot: ", answer + "\n");
    return options;
}

CompareRequest question() {
    CompareRequest request;
    request.prompt.text = "The capital of Japan?";
    request.reference = "It is Tokyo.";
    request.maxNew = 30;
    return request;
}

} // namespace

class TestCompareReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhereTheRunsPartAndWhereEachLeavesTheReference() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Beijing."));
        const auto report = compareReport(base, tuned, question(), {});
        ASSAY_VERIFY_RESULT(report);
        const Json& json = *report;
        QCOMPARE(json["prompt"]["text"], Json("user: The capital of Japan?\nbot: "));
        QCOMPARE(json["context"]["template"], Json("lines"));
        QCOMPARE(json["base"]["text"], Json("It is Tokyo."));
        QCOMPARE(json["tuned"]["text"], Json("It is Beijing."));
        QCOMPARE(json["divergence"]["byte"].get<int>(), 6);
        QCOMPARE(json["divergence"]["base"]["piece"], Json("Tokyo"));
        QCOMPARE(json["divergence"]["tuned"]["piece"], Json("Beijing"));
        const std::size_t token = json["divergence"]["tuned"]["token"].get<std::size_t>();

        const Json& baseOnset = json["reference"]["onset"]["base"];
        QCOMPARE(baseOnset["R0"]["departs"], Json(false));
        QCOMPARE(baseOnset["R1"]["departs"], Json(false));
        const Json& tunedOnset = json["reference"]["onset"]["tuned"];
        QCOMPARE(tunedOnset["R0"]["byte"].get<int>(), 6);
        QCOMPARE(tunedOnset["R0"]["token"].get<std::size_t>(), token);
        QCOMPARE(tunedOnset["R1"]["index"].get<std::size_t>(), token);
        QCOMPARE(tunedOnset["R1"]["chosen"]["piece"], Json("Beijing"));
        QCOMPARE(tunedOnset["R1"]["expected"]["piece"], Json("Tokyo"));
        QCOMPARE(tunedOnset["R1"]["strength"], Json("firm"));
        QVERIFY(tunedOnset["R1"]["label"].get<std::string>().find("error") == std::string::npos);
        // Where the model departs, the forced scores show it.
        const Json& forced = json["reference"]["comparison"];
        const std::size_t at = tunedOnset["R1"]["token"].get<std::size_t>();
        QVERIFY(forced["tuned"]["rank"][at].get<int>() > 1);
        QCOMPARE(forced["base"]["rank"][at].get<int>(), 1);
        QVERIFY(forced["delta"][at].get<double>() < 0);
        QCOMPARE(forced["tuned"]["argmax"][at], tunedOnset["R1"]["chosen"]["id"]);
    }

    void arraysAreAlignedToTheTokens() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Beijing."));
        const Json json = *compareReport(base, tuned, question(), {});
        for (const Json& on :
            {json["on_tuned"], json["on_base"], json["reference"]["comparison"]}) {
            const std::size_t count = on["ids"].size();
            for (const char* key : {"pieces", "byte_offsets", "delta", "kl_tuned_base",
                     "kl_base_tuned", "js", "tv", "rank_shift"})
                QCOMPARE(on[key].size(), count);
            for (const char* side : {"base", "tuned"})
                for (const char* key :
                    {"logprob", "rank", "entropy", "varentropy", "margin", "argmax"})
                    QCOMPARE(on[side][key].size(), count);
            double sum = 0;
            for (std::size_t t = on["answer_begin"].get<std::size_t>(); t < count; ++t)
                sum += on["delta"][t].get<double>();
            QVERIFY(std::abs(sum - on["summary"]["delta_sum"].get<double>())
                < 1e-4 * (1 + std::abs(sum)));
        }
        // Bands only where the tuned model chose the tokens.
        QVERIFY(!json["on_base"].contains("band"));
        const Json& on = json["on_tuned"];
        const auto first = on["answer_begin"].get<std::size_t>();
        QVERIFY(on["band"][first - 1].is_null());
        QVERIFY(on["band"][first].is_string());
        const Json& bands = on["summary"]["bands"];
        QCOMPARE(bands["unshifted"].get<std::size_t>() + bands["marginal"].get<std::size_t>()
                + bands["shifted"].get<std::size_t>(),
            on["ids"].size() - first);
    }

    void equalModelsDoNotPart() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Tokyo."));
        const Json json = *compareReport(base, tuned, question(), {});
        QVERIFY(json["divergence"].is_null());
        for (std::size_t t = 1; t < json["on_tuned"]["ids"].size(); ++t)
            QCOMPARE(json["on_tuned"]["js"][t].get<double>(), 0.0);
    }

    void aRawPromptIsContinuedAsItStands() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Beijing."));
        CompareRequest request = question();
        request.raw = true;
        const Json json = *compareReport(base, tuned, request, {});
        QCOMPARE(json["prompt"]["text"], Json("The capital of Japan?"));
        QVERIFY(json["context"]["template"].is_null());
        // Nor is there anything to render with where the tuned model has no template.
        FakeModelOptions plain = modelSaying("It is Beijing.");
        plain.chatTemplate = nullptr;
        FakeModel without(plain);
        QCOMPARE((*compareReport(base, without, question(), {}))["prompt"]["text"],
            Json("The capital of Japan?"));
    }

    void differentTokenizersAreComparedByBytes() {
        // The base model cuts the same text otherwise, so only sums over equal bytes can be
        // compared.
        FakeModel base(modelSaying("It is Tokyo.", tokenizer({"It is", "To", "kyo"})));
        FakeModel tuned(modelSaying("It is Beijing."));
        const auto report = compareReport(base, tuned, question(), {});
        ASSAY_VERIFY_RESULT(report);
        const Json& json = *report;
        QCOMPARE(json["context"]["same_ids"], Json(false));
        QCOMPARE(json["divergence"]["byte"].get<int>(), 6);
        const Json& on = json["reference"]["comparison"];
        QVERIFY(!on.contains("kl_tuned_base"));
        const std::string text = on["text"];
        std::int64_t at = 0;
        double baseSum = 0;
        for (const Json& group : on["groups"]) {
            QCOMPARE(group["begin"].get<std::int64_t>(), at);
            at = group["end"].get<std::int64_t>();
            if (group["base_logprob"].is_number())
                baseSum += group["base_logprob"].get<double>();
        }
        QVERIFY(at <= std::int64_t(text.size()));
        QCOMPARE(text.substr(0, std::size_t(at)),
            std::string("user: The capital of Japan?\nbot: It is Tokyo."));
        // Group sums make up the sequence.
        const Encoding whole = base.tokenizer()->encode(text.substr(0, std::size_t(at)));
        std::vector<TokenId> ids{1};
        ids.insert(ids.end(), whole.ids.begin(), whole.ids.end());
        const auto scores = base.score(ids, {}, {}, {});
        double expected = 0;
        for (const TokenScore& score : scores->tokens)
            expected += double(score.logprob);
        QVERIFY(std::abs(baseSum - expected) < 1e-3 * std::abs(expected));
        QCOMPARE(json["reference"]["onset"]["base"]["R1"]["departs"], Json(false));
        QVERIFY(!compareTable(json).empty());
    }

    void idsServeModelsWithoutTokenizer() {
        FakeModelOptions options;
        options.seed = 4;
        FakeModel base(options);
        options.seed = 5;
        FakeModel tuned(options);
        CompareRequest request;
        request.prompt.ids = {3, 4};
        request.referenceIds = {7, 8, 9};
        request.maxNew = 5;
        const auto report = compareReport(base, tuned, request, {});
        ASSAY_VERIFY_RESULT(report);
        QCOMPARE((*report)["divergence"]["byte"], Json());
        QVERIFY((*report)["reference"]["onset"]["tuned"]["R0"].is_null());
        QCOMPARE((*report)["reference"]["onset"]["tuned"]["R1"]["reference_tokens"].get<int>(), 3);
        const std::string table = compareTable(*report);
        QVERIFY(table.find("#") != std::string::npos);
        // Text needs a tokenizer.
        request.prompt.ids.reset();
        request.prompt.text = "x";
        QCOMPARE(compareReport(base, tuned, request, {}).error().code,
            std::string("analysis.no_tokenizer"));
    }

    void aComparisonCanBeCancelled() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Beijing."));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(compareReport(base, tuned, question(), stop.get_token()).error().code,
            std::string("cancelled"));
    }

    void theTableNamesRulesAndNeverSaysError() {
        FakeModel base(modelSaying("It is Tokyo."));
        FakeModel tuned(modelSaying("It is Beijing."));
        const std::string table = compareTable(*compareReport(base, tuned, question(), {}));
        for (const char* part : {"It is Beijing.", "they part at byte 6",
                 "R1, tuned: departs from the reference", "R0, base: the same"})
            QVERIFY2(table.find(part) != std::string::npos, table.c_str());
        QVERIFY(table.find("rror") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCompareReport)
#include "test_compare_report.moc"
