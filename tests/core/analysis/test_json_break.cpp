#include "core/analysis/json_break_file.h"

#include "core/base/file.h"
#include "core/base/rng.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

std::shared_ptr<const JsonSchema> schemaOf(const char* json) {
    auto schema = JsonSchema::parse(Json::parse(json), "schema");
    if (!schema)
        qFatal("%s", message(schema.error()).c_str());
    return *schema;
}

} // namespace

class TestJsonBreak : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deadSchemaDeadOpenAndTrailingAreToldApart_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("outcome");
        QTest::addColumn<int>("byte");
        const auto row = [](const char* name, const char* answer, const char* outcome, int byte) {
            QTest::addRow("%s", name) << QByteArray(answer) << QByteArray(outcome) << byte;
        };
        row("valid", "{\"a\": 1}", "valid", -1);
        row("valid in white space", "\n [1] \n", "valid", -1);
        row("missing colon", "{\"a\" 1}", "dead", 5);
        row("missing comma", "[1 2]", "dead", 3);
        row("python's None", "{\"a\": None}", "dead", 6);
        row("single quotes", "{'a': 1}", "dead", 1);
        row("comma at the end", "[1,]", "dead", 3);
        row("line break in a string", "{\"a\": \"x\ny\"}", "dead", 8);
        row("cut", "{\"a\": [1, 2", "open_end", 11);
        row("cut inside a string", "{\"a\": \"Tok", "open_end", 10);
        row("wrong type", "{\"a\": \"1\"}", "schema_dead", 6);
        row("missing key", "{\"b\": 1}", "schema_dead", 7);
        row("words behind", "{\"a\": 1} as you asked", "trailing_text", 9);
        row("no document", "The capital is Tokyo", "no_json", 0);
        row("empty", " ", "no_json", 1);
        row("prose before", "Sure: {\"a\": 1]", "dead", 13);
        row("fence", "```json\n{\"a\": 1}\n```\n", "valid", -1);
        row("fence and words", "```json\n{\"a\": 1}\n``` done", "trailing_text", 21);
        row("fence never closed", "```\n{\"a\": 1", "open_end", 11);
    }
    void deadSchemaDeadOpenAndTrailingAreToldApart() {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, outcome);
        QFETCH(int, byte);
        const auto schema
            = schemaOf("{\"required\":[\"a\"],\"properties\":{\"a\":{\"type\":\"integer\"}}}");
        const JsonBreak found
            = findJsonBreak(answer.toStdString(), outcome == "schema_dead" ? schema : nullptr);
        QCOMPARE(QByteArray::fromStdString(std::string(jsonOutcomeName(found.outcome))), outcome);
        QCOMPARE(int(found.byte), byte);
    }

    void proseFenceAndDuplicateKeysAreTold() {
        const JsonBreak found = findJsonBreak(
            "Here you are:\n```json\n{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":3}\n```");
        QCOMPARE(found.outcome, JsonOutcome::Valid);
        QVERIFY(found.leadingText && found.fence && !found.trailingText);
        QCOMPARE(found.duplicateKeys, (std::vector<std::string>{"/b/c", "/a"}));
        QCOMPARE(found.body.begin, 22);
        const JsonBreak plain = findJsonBreak("{\"x\":{\"y\":[1,2}}");
        QCOMPARE(plain.pointer, std::string("/x/y/1"));
        QCOMPARE(plain.reason, std::string("a comma or ] was expected"));
    }

    void massOfValidTokensIsThatOfBruteForce() {
        // A toy vocabulary of 300: every byte, and 41 longer pieces. Brute force: which tokens
        // keep the text a beginning of some document, tried with a fresh reader on the whole text.
        std::vector<std::string> pieces = {"\":", "\": ", "},", "{\"", "true", "null", "\"a\"",
            "1,", "12", ", \"", "}}", "]", "],", "[[", "fals", "e}", "\\u", "00", "\n  ", "\"}"};
        for (char c = 'a'; pieces.size() < 41; ++c)
            pieces.push_back(std::string(2, c));
        const FakeTokenizer tokenizer(pieces);
        QCOMPARE(tokenizer.vocabularySize(), 300);
        const auto schema = schemaOf("{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[true,"
                                     "12,\"aa\"]}},\"additionalProperties\":false}");
        Rng rng(11);
        for (const char* before : {"", "{", "{\"", "{\"a", "{\"a\":", "{\"a\": 1", "{\"a\":\"a",
                 "{\"a\":true", "{\"a\":12}", "{\"a\":true,\"a"}) {
            std::vector<float> logits(300);
            for (float& logit : logits)
                logit = float(3 * rng.normal());
            for (const auto& rules : {std::shared_ptr<const JsonSchema>(), schema}) {
                JsonAcceptor state(rules);
                QCOMPARE(state.feed(before), std::string_view(before).size());
                const std::vector<TokenId> ends{2};
                const JsonBreakScores found = validMass(logits, tokenizer, state, ends);
                double total = 0;
                double valid = 0;
                TokenId best = -1;
                for (TokenId id = 0; id < 300; ++id) {
                    const double mass = std::exp(double(logits[std::size_t(id)]));
                    total += mass;
                    const std::string bytes = tokenizer.bytesOf(id);
                    JsonAcceptor fresh(rules);
                    const std::string whole = before + bytes;
                    const bool fits = id == 2 ? state.complete()
                                              : !bytes.empty() && fresh.feed(whole) == whole.size();
                    if (!fits)
                        continue;
                    valid += mass;
                    if (best < 0 || logits[std::size_t(id)] > logits[std::size_t(best)])
                        best = id;
                }
                QVERIFY(std::abs(found.valid - valid / total) < 1e-9);
                QCOMPARE(found.best, best);
            }
        }
    }

    void modelSaysWhetherItWasAnAccidentAndIsMadeToGoOn() {
        // The model itself would have written a colon; the answer has a semicolon there.
        FakeModelOptions options;
        const auto tokenizer = std::make_shared<FakeTokenizer>();
        options.tokenizer = tokenizer;
        options.chatTemplate = fakeTemplate();
        options.teach = continueWith(tokenizer, "bot: ", "{\"a\": 1}\n");
        FakeModel model(options);
        JsonBreakQuestion question;
        question.input.messages.emplace(1);
        question.input.messages->front().role = Role::User;
        question.input.messages->front().content = "JSON please";
        question.answer = "{\"a\"; 1}";
        const JsonBreak found = findJsonBreak(question.answer);
        QCOMPARE(found.byte, 4);
        const auto report = askAboutBreak(model, question, found, {}, {});
        ASSAY_VERIFY_RESULT(report);
        QVERIFY(report->has_value());
        const JsonBreakScores& scores = (*report)->scores;
        QCOMPARE(scores.token, std::size_t(4));
        QCOMPARE(scores.said, TokenId(3 + ';'));
        QCOMPARE(scores.best, TokenId(3 + ':'));
        QCOMPARE(scores.bestRank, 1);
        QVERIFY(scores.valid > 0.99);
        QVERIFY((*report)->repair.has_value());
        QCOMPARE((*report)->repair->snippet, std::string(":"));
        QCOMPARE((*report)->repair->text, std::string("{\"a\": 1}"));
        QCOMPARE((*report)->repair->after.outcome, JsonOutcome::Valid);
        QCOMPARE((*report)->repair->repairs, 1);

        JsonBreakOptions fed;
        fed.snippet = ": ";
        const auto again = askAboutBreak(model, question, found, fed, {});
        ASSAY_VERIFY_RESULT(again);
        QCOMPARE((*again)->repair->after.outcome, JsonOutcome::Valid);
    }

    void filesAreReadLineByLine() {
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "answers.jsonl";
        QVERIFY(writeFileAtomically(file,
            "{\"id\":7,\"answer\":\"{\\\"a\\\":1}\"}\r\n\"[1,2\"\n{\"nothing\":1}\nbroken\n"
            "{\"response\":\"[1 2]\",\"finish_reason\":\"stop\"}\n")
                    .has_value());
        std::vector<Json> records;
        const auto summary = findJsonBreaks(nullptr, file, {},
            [&](const Json& record) -> Result<void> {
                records.push_back(record);
                return {};
            },
            {}, {});
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(records.size(), std::size_t(5));
        QCOMPARE(records[0]["outcome"], Json("valid"));
        QCOMPARE(records[0]["id"], Json(7));
        QCOMPARE(records[1]["outcome"], Json("open_end"));
        QVERIFY(records[2].contains("error") && records[3].contains("error"));
        QCOMPARE(records[4]["byte"], Json(3));
        QCOMPARE(records[4]["ended"], Json("stop"));
        QCOMPARE((*summary)["answers"], Json(3));
        QCOMPARE((*summary)["errors"], Json(2));
        QCOMPARE((*summary)["outcomes"]["dead"], Json(1));
    }
};

QTEST_APPLESS_MAIN(TestJsonBreak)
#include "test_json_break.moc"
