#include "core/analysis/forced_request.h"

#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestForcedPrefix : public QObject {
    Q_OBJECT

    static std::shared_ptr<FakeTokenizer> tokenizer() {
        return std::make_shared<FakeTokenizer>(
            std::vector<std::string>{"Tok", "Tokyo", "kyo", "ab"});
    }
    static FakeModel modelThat(std::vector<std::pair<std::string, std::string>> says,
        std::shared_ptr<FakeTokenizer> tokens = tokenizer()) {
        FakeModelOptions options;
        options.tokenizer = tokens;
        options.chatTemplate = fakeTemplate();
        std::vector<std::function<void(std::span<const TokenId>, std::span<float>)>> all;
        for (const auto& [after, answer] : says)
            all.push_back(continueWith(tokens, after, answer));
        options.teach = [all](std::span<const TokenId> prefix, std::span<float> logits) {
            for (const auto& one : all)
                one(prefix, logits);
        };
        return FakeModel(options);
    }
    static PreparedInput promptOf(const FakeModel& model, const std::string& text) {
        ModelInput input;
        input.text = text;
        auto prompt = prepareInput(model, input, GenerationPrompt::Add);
        if (!prompt)
            qFatal("%s", message(prompt.error()).c_str());
        return *prompt;
    }

private Q_SLOTS:
    void tokensGivenStayAsTheyAre() {
        FakeModel model = modelThat({{"is ", "xx"}});
        const PreparedInput prompt = promptOf(model, "is ");
        const std::vector<TokenId> spelled
            = {3 + 'T', 3 + 'o', 3 + 'k'}; // three bytes, which the tokenizer would join
        const auto next = continueFrom(model, prompt, spelled, 4, {});
        ASSAY_VERIFY_RESULT(next);
        QVERIFY(std::equal(spelled.begin(), spelled.end(), next->ids.begin()));
        QCOMPARE(next->ids.size(), std::size_t(7));
        QVERIFY(next->text.starts_with("Tok"));
        QCOMPARE(next->prefixBytes, std::size_t(3));
    }

    void cutInsideATokenIsWarnedAbout() {
        FakeModel model = modelThat({{"is ", "x"}});
        const PreparedInput prompt = promptOf(model, "is ");
        ForcePrefixOptions options;
        options.goesOn = "kyo";
        const auto cut = forceText(model, prompt, "To", options, {});
        ASSAY_VERIFY_RESULT(cut);
        QVERIFY(!cut->natural); // encode("Tokyo") is one token
        options.goesOn = " it is";
        const auto whole = forceText(model, prompt, "Tokyo", options, {});
        ASSAY_VERIFY_RESULT(whole);
        QVERIFY(whole->natural);
        QCOMPARE(whole->ids.size(), std::size_t(1));
    }

    void modelThatWouldHaveChosenALongerTokenShowsTheCut() {
        FakeModel model = modelThat({{"is ", "Tokyo"}});
        const PreparedInput prompt = promptOf(model, "is ");
        const auto cut = forceText(model, prompt, "To", {}, {});
        ASSAY_VERIFY_RESULT(cut);
        QVERIFY(!cut->natural);
        QCOMPARE(cut->text, std::string("To"));
    }

    void backOffLetsTheModelChooseATokenThatGoesOnFromTheSameBytes() {
        // After "is " the model wants Tokyo as one token; "To" as two bytes is no way to it.
        FakeModel model = modelThat({{"is ", "Tokyo"}});
        const PreparedInput prompt = promptOf(model, "is ");
        ForcePrefixOptions options;
        options.goesOn = "";
        options.backOff = 2;
        const auto healed = forceText(model, prompt, "To", options, {});
        ASSAY_VERIFY_RESULT(healed);
        QCOMPARE(healed->backedOff, std::size_t(2));
        QCOMPARE(healed->text, std::string("Tokyo"));
        QCOMPARE(healed->ids, std::vector<TokenId>{259 + 1});
    }

    void repairLengthIsTheSmallestThatHelps() {
        // Needs "abcde" before it goes on with "fgh" by itself.
        FakeModel model = modelThat(
            {{"is ", "zzzzzzzz"}, {"abcde", "fgh\n"}}, std::make_shared<FakeTokenizer>());
        const PreparedInput prompt = promptOf(model, "is ");
        const auto reference = model.tokenizer()->encode("abcdefgh").ids;
        const std::vector<std::string> references{"abcdefgh"};
        const Grader begins = *Grader::read(Json{{"kind", "exact"}, {"beginning", true}}, "grader");
        const auto test = repairTest(model, prompt, reference, 0, begins, references, 12, {});
        ASSAY_VERIFY_RESULT(test);
        QCOMPARE(test->length, std::optional<std::size_t>(5));
        QCOMPARE(test->given(), std::size_t(5));
        // 0, 1, 2, 4, 8, then 6 and 5.
        std::vector<std::size_t> given;
        for (const RepairTest::Try& one : test->tries)
            given.push_back(one.given);
        QCOMPARE(given, (std::vector<std::size_t>{0, 1, 2, 4, 8, 6, 5}));
    }

    void nothingNeedBeGivenToAModelThatIsRight() {
        FakeModel model = modelThat({{"is ", "ok\n"}}, std::make_shared<FakeTokenizer>());
        ForcedPrefixRequest request;
        request.input.text = "is ";
        request.reference = "ok";
        const auto answer = answerForcedPrefix(model, request, {});
        ASSAY_VERIFY_RESULT(answer);
        QCOMPARE((*answer)["given"], Json(0));
        QCOMPARE((*answer)["repair_length"], Json(0));
        QCOMPARE((*answer)["share"], Json(0.0));
    }

    void requestsNameWhatWasForcedAndWhatFollowed() {
        FakeModel model = modelThat({{"Tokyo", " it is"}});
        ForcedPrefixRequest request;
        request.input.text = "is ";
        request.prefix = "Tokyo";
        request.maxNew = 6;
        const auto answer = answerForcedPrefix(model, request, {});
        ASSAY_VERIFY_RESULT(answer);
        QCOMPARE((*answer)["prefix"]["text"], Json("Tokyo"));
        QCOMPARE((*answer)["continuation"], Json(" it is"));
        QCOMPARE((*answer)["prefix"]["natural"], Json(true));
        request.prefix.clear();
        request.prefixIds = {99999};
        QCOMPARE(
            answerForcedPrefix(model, request, {}).error().code, std::string("analysis.id_range"));
    }
};

QTEST_APPLESS_MAIN(TestForcedPrefix)
#include "test_forced_prefix.moc"
