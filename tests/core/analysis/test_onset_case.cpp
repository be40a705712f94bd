#include "core/analysis/onset_file.h"

#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <sstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

/// Says "Beijing." after "Japan is " and "Tokyo." once it was made to begin with "T".
FakeModel capitalModel() {
    FakeModelOptions options;
    const auto tokenizer = std::make_shared<FakeTokenizer>();
    options.tokenizer = tokenizer;
    options.chatTemplate = fakeTemplate();
    const auto wrong = continueWith(tokenizer, "bot: ", "Beijing.\n");
    const auto right = continueWith(tokenizer, "bot: T", "okyo.\n");
    options.teach = [wrong, right](std::span<const TokenId> prefix, std::span<float> logits) {
        wrong(prefix, logits);
        right(prefix, logits);
    };
    return FakeModel(options);
}

OnsetCase capitalCase(const std::string& reference) {
    Json json = {{"messages", {{{"role", "user"}, {"content", "Capital of Japan?"}}}}};
    if (!reference.empty())
        json["reference"] = reference;
    auto asked = onsetCaseFromJson(json, "case");
    if (!asked)
        qFatal("%s", message(asked.error()).c_str());
    return *asked;
}

} // namespace

class TestOnsetCase : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path at(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void oneTokenThatDecidesIsTheErrorsOnset() {
        FakeModel model = capitalModel();
        const OnsetCase asked = capitalCase("Tokyo.");
        const auto found = findOnset(model, asked, {}, {});
        ASSAY_VERIFY_RESULT(found);
        QCOMPARE(found->answer, std::string("Beijing."));
        QCOMPARE(found->grade.verdict, Verdict::Wrong);
        QCOMPARE(found->r0->byte, 0);
        QCOMPARE(found->r1->first->index, std::size_t(0));
        QCOMPARE(found->r1Place->text, std::string("T"));
        QCOMPARE(found->r1Chosen, std::string("B"));
        QCOMPARE(found->r3->length, std::optional<std::size_t>(1));
        QCOMPARE(found->r3->given(), std::size_t(1));
        QCOMPARE(found->label, OnsetLabel::Onset);
        const Json json = onsetToJson(asked, *found, {});
        QCOMPARE(json["label"], Json("error onset"));
        QCOMPARE(json["rules"]["R1"]["token"], Json(0));
        QCOMPARE(json["rules"]["R3"]["repair_length"], Json(1));
    }

    void anotherWordingIsADepartureAndNoError() {
        FakeModel model = capitalModel();
        OnsetCase asked = capitalCase("It is Beijing.");
        asked.grader = *Grader::read(Json{{"kind", "aliases"}, {"accept", {"Beijing"}}}, "grader");
        const auto found = findOnset(model, asked, {}, {});
        ASSAY_VERIFY_RESULT(found);
        QCOMPARE(found->grade.verdict, Verdict::Right);
        QVERIFY(found->r1->first.has_value());
        QCOMPARE(found->label, OnsetLabel::Departure);
        QCOMPARE(found->r3->length, std::optional<std::size_t>(0));
    }

    void modelThatNeverFinishesRightIsNotShown() {
        FakeModel model = capitalModel();
        const auto found = findOnset(model, capitalCase("Kyoto."), {}, {});
        ASSAY_VERIFY_RESULT(found);
        // The reference as a whole is followed by other text than its end.
        QCOMPARE(found->label, OnsetLabel::NotShown);
        QVERIFY(!found->r3->length);
        QCOMPARE(found->r3->tries.back().given, found->referenceIds.size());
    }

    void withoutReferenceThereAreOnlySuspects() {
        FakeModel model = capitalModel();
        OnsetCase asked = capitalCase("");
        asked.answer = "zq@x Tokyo";
        const auto found = findOnset(model, asked, {}, {});
        ASSAY_VERIFY_RESULT(found);
        QVERIFY(!found->suspects.empty());
        QCOMPARE(found->label, OnsetLabel::Suspect);
        QVERIFY(!found->r1 && !found->r3);
    }

    void givenAnswerIsTakenAsItIs() {
        FakeModel model = capitalModel();
        OnsetCase asked = capitalCase("Tokyo, of course");
        asked.answer = "Tokyo, of curse";
        const auto found = findOnset(model, asked, {}, {});
        ASSAY_VERIFY_RESULT(found);
        QVERIFY(!found->ownAnswer);
        QCOMPARE(found->r0->byte, 11);
        QCOMPARE(found->r0Place->token, std::size_t(11));
        QCOMPARE(found->r0Place->text, std::string("u"));
    }

    void rolloutsFindTheTokenAfterWhichNoneEndsRight() {
        FakeModel model = capitalModel();
        OnsetCase asked = capitalCase("Tokyo.");
        OnsetOptions options;
        options.r4 = true;
        options.rollouts = 4;
        options.positions = 4;
        options.maxNew = 16;
        options.temperature = 0.2;
        const auto found = findOnset(model, asked, options, {});
        ASSAY_VERIFY_RESULT(found);
        QVERIFY(found->r4.size() >= 2);
        QCOMPARE(found->r4Critical, std::optional<std::size_t>(0));
        QCOMPARE(found->r4[0].place.token, std::size_t(0));
        QCOMPARE(found->r4[0].known, 4);
        QCOMPARE(found->r4[0].right, 0);
        QCOMPARE(rolloutTokens(options), 4 * 4 * 16);
    }

    void referenceIdsNeedNoTokenizer() {
        FakeModelOptions plain;
        plain.vocabulary = 24;
        FakeModel model(plain);
        const std::vector<TokenId> prompt{3, 4};
        const auto said = model.generate(prompt, {.maxNew = 8}, {}, {});
        ASSAY_VERIFY_RESULT(said);
        std::vector<TokenId> reference = said->ids;
        reference[5] = (reference[5] + 1) % 24;
        const auto asked
            = onsetCaseFromJson(Json{{"ids", prompt}, {"reference_ids", reference}}, "case");
        ASSAY_VERIFY_RESULT(asked);
        const auto found = findOnset(model, *asked, {}, {});
        ASSAY_VERIFY_RESULT(found);
        QCOMPARE(found->r1->first->index, std::size_t(5));
        QCOMPARE(found->r1->first->chosen, said->ids[5]);
    }

    void badLinesAreToldAndTheRestGoesOn() {
        FakeModel model = capitalModel();
        QVERIFY(writeFileAtomically(at("cases.jsonl"),
            "\xEF\xBB\xBF{\"id\":\"a\",\"prompt\":\"x\",\"reference\":\"Tokyo.\"}\r\n"
            "not json\n\n"
            "{\"prompt\":\"x\",\"messages\":[]}\n"
            "{\"prompt\":\"x\",\"reference\":\"y\",\"grader\":\"guess\"}\n"
            "{\"prompt\":\"x\"}\n")
                    .has_value());
        OnsetFileOptions options;
        options.rules.maxNew = 8;
        const auto summary = findOnsets(model, at("cases.jsonl"), at("out.jsonl"), options, {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE((*summary)["cases"], Json(2));
        QCOMPARE((*summary)["errors"], Json(3));
        std::istringstream lines(*readFile(at("out.jsonl")));
        std::vector<Json> records;
        for (std::string line; std::getline(lines, line);)
            records.push_back(Json::parse(line));
        QCOMPARE(records.size(), std::size_t(5));
        QCOMPARE(records[0]["id"], Json("a"));
        QVERIFY(records[0]["rules"].contains("R3"));
        QCOMPARE(records[1]["line"], Json(2));
        QVERIFY(records[1].contains("error"));
        QCOMPARE(records[3]["error"]["code"], Json("grader.kind"));
        QVERIFY(!fs::exists(at("out.jsonl.partial")));
    }

    void rulesAreNamedOrRefused() {
        OnsetOptions options;
        ASSAY_VERIFY_RESULT(readOnsetRules("R1,R4", options));
        QVERIFY(!options.r0 && options.r1 && !options.r2 && !options.r3 && options.r4);
        QCOMPARE(readOnsetRules("R1,R9", options).error().code, std::string("analysis.rule"));
        QCOMPARE(readOnsetRules("", options).error().code, std::string("analysis.rule"));
    }

    void histogramsDouble() {
        const Json bins = doublingHistogram({0, 1, 2, 3, 4, 5, 8, 9});
        std::string text;
        for (const Json& bin : bins)
            text += dumpJson(bin["from"]) + "-" + dumpJson(bin["to"]) + ":" + dumpJson(bin["count"])
                + " ";
        QCOMPARE(text, std::string("0-0:1 1-1:1 2-2:1 3-4:2 5-8:2 9-16:1 "));
    }
};

QTEST_APPLESS_MAIN(TestOnsetCase)
#include "test_onset_case.moc"
