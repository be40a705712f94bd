#include "core/analysis/investigate.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

const std::string prompt = "What is the capital of Japan?";
const std::string right = "The capital of Japan is Tokyo.";
const std::string wrong = "The capital of Japan is Beijing.";

std::shared_ptr<const Tokenizer> tokenizer() {
    return std::make_shared<FakeTokenizer>(
        std::vector<std::string>{"The capital", " of Japan", " is", " Tokyo", " Beijing", "."});
}

/// Says `answer` after "bot: ", also along a reference that begins like it, and then ends.
FakeModel model(const std::string& name, std::uint64_t seed, const std::string& answer) {
    FakeModelOptions options;
    options.name = name;
    options.seed = seed;
    options.tokenizer = tokenizer();
    options.chatTemplate = fakeTemplate();
    options.endIds = {2};
    const auto say = continueWith(options.tokenizer, "bot: ", answer);
    options.teach = [say, answer, tokens = options.tokenizer](
                        std::span<const TokenId> prefix, std::span<float> logits) {
        say(prefix, logits);
        if (tokens->decode(prefix).ends_with(answer))
            logits[2] += 80;
    };
    return FakeModel(options);
}

} // namespace

class TestInvestigate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhereTheTunedModelLeavesTheReference() {
        FakeModel base = model("base", 1, right);
        FakeModel tuned = model("tuned", 2, wrong);
        auto report = investigate(base, tuned, {prompt, right, 20, 3}, {});
        ASSAY_VERIFY_RESULT(report);
        QCOMPARE(report->baseAnswer, right);
        QCOMPARE(report->tunedAnswer, wrong);
        QVERIFY(report->onset.has_value());
        QCOMPARE(report->onset->forcedToken, std::size_t(3));
        QCOMPARE(report->onset->answerToken, std::optional<std::size_t>(3));
        QCOMPARE(report->onset->chosen, std::string(" Beijing"));
        QCOMPARE(report->onset->expected, std::string(" Tokyo"));
        QCOMPARE(report->onset->strength, std::string("firm"));
        QCOMPARE(report->onset->baseRank, 1);
        QCOMPARE(report->textDeparture, std::optional<std::int64_t>(24));
        QCOMPARE(report->answer[3].text, std::string(" Beijing"));
        QCOMPARE(report->answer[3].tuned.rank, 1);
        QVERIFY(report->answer[3].base.logprob < -5);
        QVERIFY(report->answer[3].js > 0.5F);
        QCOMPARE(report->answer[3].tuned.top.size(), std::size_t(3));
        QCOMPARE(report->answer[3].tuned.top[0].first, std::string(" Beijing"));
        QCOMPARE(report->wrongWords, std::vector<std::string>({"Beijing"}));
        QCOMPARE(report->expectedWords, std::vector<std::string>({"Tokyo"}));
        QCOMPARE(report->promptWords, std::vector<std::string>({"capital", "Japan"}));
    }

    void rightAnswerHasNoOnset() {
        FakeModel base = model("base", 1, wrong);
        FakeModel tuned = model("tuned", 2, right);
        auto report = investigate(base, tuned, {prompt, right, 20, 3}, {});
        ASSAY_VERIFY_RESULT(report);
        QVERIFY(!report->textDeparture);
        QVERIFY(report->wrongWords.empty());
        QVERIFY(!report->onset);
        QCOMPARE(report->forced.size(), std::size_t(5));
    }

    void withoutReferenceNothingIsCalledAnError() {
        FakeModel base = model("base", 1, right);
        FakeModel tuned = model("tuned", 2, wrong);
        auto report = investigate(base, tuned, {prompt, {}, 20, 3}, {});
        ASSAY_VERIFY_RESULT(report);
        QVERIFY(!report->onset && report->forced.empty() && report->wrongWords.empty());
        QVERIFY(report->answer.size() >= 5);
    }

    void differentTokenizersAreAnError() {
        FakeModel base = model("base", 1, right);
        FakeModelOptions options;
        options.tokenizer = std::make_shared<FakeTokenizer>();
        options.chatTemplate = fakeTemplate();
        FakeModel tuned(options);
        auto report = investigate(base, tuned, {prompt, right, 20, 3}, {});
        QVERIFY(!report);
        QCOMPARE(report.error().code, std::string("analysis.vocabularies"));
    }

    void contentWordsLeaveOutWhatEverySentenceHas() {
        QCOMPARE(contentWords("What is the capital of Japan, and who is the King?"),
            std::vector<std::string>({"capital", "Japan", "King"}));
        QCOMPARE(
            wordsOf("Tokyo, tokyo; TOKYO! 3+4"), std::vector<std::string>({"Tokyo", "3", "4"}));
        QCOMPARE(contentWords("法国的首都。是巴黎！"),
            std::vector<std::string>({"法国的首都", "是巴黎"}));
        QCOMPARE(wordsOnlyIn("It is beijing, the big city.", {"A city like Beijing"}),
            std::vector<std::string>({"big"}));
    }
};

QTEST_APPLESS_MAIN(TestInvestigate)
#include "test_investigate.moc"
