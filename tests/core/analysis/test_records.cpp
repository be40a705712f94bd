#include "core/analysis/records.h"

#include "core/analysis/forced_reference.h"
#include "core/analysis/generated_text.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using namespace assay;
using namespace assay::test;

namespace {

std::shared_ptr<FakeTokenizer> words() {
    return std::make_shared<FakeTokenizer>(
        std::vector<std::string>{"Tokyo", " is", " in", "Where"});
}

FakeModel textModel() {
    FakeModelOptions options;
    options.tokenizer = words();
    options.chatTemplate = fakeTemplate();
    return FakeModel(options);
}

ModelInput ofText(std::string text) {
    ModelInput input;
    input.text = std::move(text);
    return input;
}

ModelInput ofQuestion(std::string text) {
    ModelInput input;
    Message message;
    message.content = std::move(text);
    input.messages = {message};
    return input;
}

Result<ModelInput> readInput(const char* json) {
    const Json object = Json::parse(json);
    JsonReader reader(object, "here");
    ModelInput input = readModelInput(reader, "text");
    if (auto done = reader.finish(); !done)
        return forward(done);
    return input;
}

} // namespace

class TestRecords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoreRecordHasOneEntryATokenAndNullForTheFirst() {
        FakeModel model = textModel();
        const auto input = prepareInput(model, ofText("Tokyo is\xc3\xa9"), GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(input);
        ScoreOptions options;
        options.topK = 2;
        const auto scores = model.score(input->ids, options, {}, {});
        const Json record = scoreRecord(model, *input, *scores);
        QCOMPARE(record["ids"].size(),
            std::size_t(5)); // BOS, Tokyo, is, and the two bytes of the letter
        for (const char* key : {"pieces", "byte_offsets", "bytes_hex", "logprob", "rank", "entropy",
                 "varentropy", "margin", "top"})
            QCOMPARE(record[key].size(), std::size_t(5));
        for (const char* key : {"logprob", "rank", "entropy", "varentropy", "margin", "top"})
            QVERIFY(record[key][0].is_null());
        QCOMPARE(record["byte_offsets"], Json::parse("[[0,0],[0,5],[5,8],[8,9],[9,10]]"));
        QCOMPARE(record["bytes_hex"], Json::parse(R"([null,null,null,"c3","a9"])"));
        for (std::size_t t = 1; t < 5; ++t) {
            QCOMPARE(float(record["logprob"][t].get<double>()), scores->tokens[t - 1].logprob);
            QCOMPARE(record["rank"][t].get<int>(), scores->tokens[t - 1].rank);
            QCOMPARE(record["top"][t].size(), std::size_t(2));
        }
        // Keys of the form that other programs read come in a fixed order, and the line is valid
        // UTF-8.
        QVERIFY(dumpJson(record).starts_with("{\"text\":\"Tokyo is\xc3\xa9\",\"ids\":["));
    }

    void withoutTokenizerPiecesAndOffsetsAreNull() {
        FakeModel model{FakeModelOptions{}};
        ModelInput input;
        input.ids = {3, 5, 7};
        const auto prepared = prepareInput(model, input, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(prepared);
        const Json record = scoreRecord(model, *prepared, *model.score(prepared->ids, {}, {}, {}));
        for (const char* key : {"text", "pieces", "byte_offsets", "bytes_hex"})
            QVERIFY(record[key].is_null());
        QVERIFY(!record.contains("top"));
        QCOMPARE(record["count"].get<int>(), 3);
    }

    void idsGetNoBosAndTextDoes() {
        FakeModel model = textModel();
        ModelInput ids;
        ids.ids = {262};
        QCOMPARE(
            prepareInput(model, ids, GenerationPrompt::Omit)->ids, (std::vector<TokenId>{262}));
        QCOMPARE(prepareInput(model, ofText("Where"), GenerationPrompt::Omit)->ids,
            (std::vector<TokenId>{1, 262}));
    }

    void floatsAreShortAndExact() {
        for (float value : {0.1F, -6.9819646F, 1e-20F, 16777216.0F})
            QCOMPARE(float(floatToJson(value).get<double>()), value);
        QCOMPARE(dumpJson(floatToJson(0.1F)), std::string("0.1"));
        QVERIFY(floatToJson(std::numeric_limits<float>::quiet_NaN()).is_null());
        QVERIFY(floatToJson(-std::numeric_limits<float>::infinity()).is_null());
    }

    void exactlyOneInputIsTaken_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("none") << QByteArray("{}") << QByteArray("analysis.one_input");
        QTest::newRow("two") << QByteArray(R"({"ids":[1],"text":"a"})")
                             << QByteArray("analysis.one_input");
        QTest::newRow("ids of text") << QByteArray(R"({"ids":["1"]})") << QByteArray("json.type");
        QTest::newRow("fractions") << QByteArray(R"({"ids":[1.5]})") << QByteArray("json.type");
        QTest::newRow("huge id") << QByteArray(R"({"ids":[99999999999]})")
                                 << QByteArray("json.type");
        QTest::newRow("text is a number") << QByteArray(R"({"text":1})") << QByteArray("json.type");
        QTest::newRow("no messages") << QByteArray(R"({"messages":[]})") << QByteArray("json.type");
        QTest::newRow("message without role")
            << QByteArray(R"({"messages":[{"content":"a"}]})") << QByteArray("json.missing");
        QTest::newRow("unknown role")
            << QByteArray(R"({"messages":[{"role":"bard","content":"a"}]})")
            << QByteArray("json.value");
        QTest::newRow("content is a list")
            << QByteArray(R"({"messages":[{"role":"user","content":[1]}]})")
            << QByteArray("json.type");
    }
    void exactlyOneInputIsTaken() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, code);
        const auto input = readInput(json.constData());
        QVERIFY(!input);
        QCOMPARE(QByteArray::fromStdString(input.error().code), code);
        QVERIFY(input.error().where.starts_with("here"));
    }

    void messagesKeepToolCallsAndReasoning() {
        const auto input = readInput(R"({"messages":[{"role":"user","content":"q"},
            {"role":"assistant","content":null,"reasoning_content":"hm",
             "tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"[1]"}}]},
            {"role":"tool","content":"2","tool_call_id":"1"}]})");
        ASSAY_VERIFY_RESULT(input);
        const auto& messages = *input->messages;
        QCOMPARE(messages.size(), std::size_t(3));
        QVERIFY(messages[1].role == Role::Assistant && messages[1].content.empty());
        QCOMPARE(messages[1].reasoning, std::string("hm"));
        QCOMPARE(messages[1].toolCalls[0].name, std::string("f"));
        QCOMPARE(messages[1].toolCalls[0].arguments, std::string("[1]"));
        QCOMPARE(messages[2].toolCallId, std::string("1"));
    }

    void streamedPartsMakeUpTheTextAndStopStringsAreHeldBack() {
        const auto tokenizer = std::make_shared<FakeTokenizer>();
        const std::string text = "caf\xc3\xa9 <|im_x <|im_end|> more";
        GeneratedText stream(tokenizer, std::vector<TokenId>{1}, {"<|im_end|>", ""});
        std::string shown;
        for (TokenId id : tokenizer->encode(text).ids) {
            const std::string part = stream.add(id);
            QVERIFY(part.find("<|im_e") == std::string::npos);
            QVERIFY(isWhole(part));
            shown += part;
        }
        shown += stream.finish();
        QCOMPARE(shown, std::string("caf\xc3\xa9 <|im_x "));
        QVERIFY(stream.stopped());
        // What looked like a stop string and was none comes out at the end.
        GeneratedText other(tokenizer, {}, {"END"});
        std::string all;
        for (TokenId id : tokenizer->encode("the EN").ids)
            all += other.add(id);
        QCOMPARE(all, std::string("the "));
        QCOMPARE(all + other.finish(), std::string("the EN"));
    }

    void aReferenceKeepsThePromptsIds() {
        FakeModel model = textModel();
        const ModelInput text = ofText("Where is");
        const auto prompt = prepareInput(model, text, GenerationPrompt::Add);
        const auto forced = forceReference(model, text, *prompt, " Tokyo is");
        ASSAY_VERIFY_RESULT(forced);
        QVERIFY(forced->promptKept);
        QCOMPARE(forced->first, prompt->ids.size());
        QCOMPARE(*forced->whole.text, std::string("Where is Tokyo is"));
        QCOMPARE(words()->decode(forced->ids()), std::string(" Tokyo is"));
        QCOMPARE(forced->whole.ranges[forced->first].begin, 8);

        const ModelInput question = ofQuestion("Where?");
        const auto asked = prepareInput(model, question, GenerationPrompt::Add);
        const auto answer = forceReference(model, question, *asked, "Tokyo");
        ASSAY_VERIFY_RESULT(answer);
        QVERIFY(answer->promptKept);
        QCOMPARE(*answer->whole.text, std::string("user: Where?\nbot: Tokyo\n"));
        // The newline that closes the turn is not part of the reference.
        QCOMPARE(words()->decode(answer->ids()), std::string("Tokyo"));
        QCOMPARE(answer->end - answer->first, std::size_t(1));
    }

    void aTemplateThatPadsTheAnswerLosesNothingOfTheReference() {
        FakeModel model = textModel();
        ModelInput question = ofQuestion("Where?");
        question.templateName = "llama-2";
        const auto asked = prepareInput(model, question, GenerationPrompt::Add);
        ASSAY_VERIFY_RESULT(asked);
        const auto forced = forceReference(model, question, *asked, "  in Tokyo ");
        ASSAY_VERIFY_RESULT(forced);
        QCOMPARE(words()->decode(forced->ids()), std::string(" in Tokyo"));
        QVERIFY(forced->promptKept);
    }

    void aGenerationRecordSaysHowItWasMade() {
        FakeModelOptions options;
        options.tokenizer = words();
        options.teach = continueWith(options.tokenizer, "Q", "Tokyo is END rest");
        FakeModel model(options);
        const auto prompt = prepareInput(model, ofText("Q"), GenerationPrompt::Add);
        GenerateOptions generate;
        generate.maxNew = 12;
        generate.temperature = 0;
        generate.stopStrings = {"END"};
        generate.capture = true;
        const auto generation = model.generate(prompt->ids, generate, {}, {});
        const Json record = generationRecord(model, *prompt, generate, *generation);
        QCOMPARE(record["text"], Json("Tokyo is "));
        QCOMPARE(record["ended"], Json("stop_string"));
        QCOMPARE(record["logprob"].size(), record["ids"].size());
        QVERIFY(!record["logprob"][0].is_null());
        QCOMPARE(record["prompt"]["text"], Json("Q"));
        QCOMPARE(record["provenance"]["sampling"]["greedy"], Json(true));
        QVERIFY(record["provenance"]["sampling"]["seed"].is_null());
        generate.temperature = 0.7;
        generate.seed = 9;
        const Json sampled = generationProvenance(model.info(), *prompt, generate);
        QCOMPARE(sampled["sampling"]["seed"].get<int>(), 9);
        QCOMPARE(sampled["sampling"]["temperature"].get<double>(), 0.7);
    }

private:
    static bool isWhole(const std::string& text) {
        return dumpJson(text).find("\xef\xbf\xbd") == std::string::npos;
    }
};

QTEST_APPLESS_MAIN(TestRecords)
#include "test_records.moc"
