#include "core/analysis/json_acceptor.h"

#include "core/base/rng.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

const std::vector<std::string>& documents() {
    static const std::vector<std::string> all
        = {"{\"name\":\"Tokyo\",\"of\":[\"Japan\", "
           "null],\"people\":1.4e+7,\"capital\":true,\"since\":-18.5}",
            "[[],{},\"\",0,-0.5e-3,{\"a\":{\"b\":[1,2,{\"c\":\"d\"}]}},false]",
            "{\"\xe9\xa6\x96\xe9\x83\xbd\" : \"\xe6\x9d\xb1\xe4\xba\xac "
            "\xf0\x9f\x97\xbc\",\n\t\"e\":\"\\u00e9\\n\\\"\\\\\"}",
            " \"just a text\" ", "12", "{\"pair\":\"\\ud83d\\ude00!\"}"};
    return all;
}

/// Where nlohmann says that no completion is left: its byte is 1-based and one beyond the end where
/// more input would do.
std::optional<std::size_t> deadByNlohmann(const std::string& text) {
    try {
        const auto parsed = nlohmann::json::parse(text);
        Q_UNUSED(parsed)
    } catch (const nlohmann::json::parse_error& error) {
        if (error.byte <= text.size())
            return error.byte - 1;
    }
    return std::nullopt;
}

std::size_t viable(const std::string& text, std::shared_ptr<const JsonSchema> schema = nullptr) {
    return JsonAcceptor(std::move(schema)).feed(text);
}

std::shared_ptr<const JsonSchema> schemaOf(const char* json) {
    auto schema = JsonSchema::parse(Json::parse(json), "schema");
    if (!schema)
        qFatal("%s", message(schema.error()).c_str());
    return *schema;
}

} // namespace

class TestJsonAcceptor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPrefixOfADocumentIsViableAndCanBeCompleted() {
        for (const std::string& document : documents()) {
            JsonAcceptor acceptor;
            for (std::size_t i = 0; i <= document.size(); ++i) {
                const std::string whole = document.substr(0, i) + acceptor.completion();
                QVERIFY2(nlohmann::json::accept(whole), whole.c_str());
                JsonAcceptor again;
                QCOMPARE(again.feed(whole), whole.size());
                QVERIFY(again.complete());
                if (i < document.size())
                    QVERIFY2(acceptor.feed(document[i]), document.substr(0, i + 1).c_str());
            }
            QVERIFY(acceptor.complete());
        }
    }

    void deadByteOfDamagedDocumentsIsThatOfAnIndependentParser() {
        // One byte replaced, left out or put in, 4,000 times.
        Rng rng(7);
        const std::string bytes = "{}[]\",:0123456789-+.eEtrufalsn\\ \x01\xff\x80"
                                  "ab";
        int dead = 0;
        for (int round = 0; round < 4000; ++round) {
            std::string text = documents()[rng.below(documents().size())];
            const std::size_t at = rng.below(text.size());
            const char byte = bytes[rng.below(bytes.size())];
            const auto how = rng.below(3);
            if (how == 0)
                text[at] = byte;
            else if (how == 1)
                text.erase(at, 1);
            else
                text.insert(at, 1, byte);
            const std::size_t found = viable(text);
            JsonAcceptor before;
            before.feed(text.substr(0, found));
            const std::string whole = text.substr(0, found) + before.completion();
            QVERIFY2(nlohmann::json::accept(whole), whole.c_str());
            const auto expected = deadByNlohmann(text);
            if (found == text.size()) {
                QVERIFY2(!expected, text.c_str());
                QCOMPARE(before.complete(), nlohmann::json::accept(text));
                continue;
            }
            ++dead;
            // A word or a half pair of surrogates in a wrong place is refused by its first wrong
            // byte here, and there when it has been read.
            const std::string prefix = text.substr(0, found + 1);
            if (expected && *expected == found)
                continue;
            JsonAcceptor next;
            for (const char* rest : {"", "0", "\"", "rue", "alse", "ull", "\":0", "00", "000\""})
                QVERIFY2(!nlohmann::json::accept(prefix + rest + before.completion()),
                    (text + " at " + std::to_string(found)).c_str());
            QVERIFY2(!expected || *expected > found, text.c_str());
        }
        QVERIFY(dead > 1000);
    }

    void refusedByteChangesNothing() {
        JsonAcceptor acceptor(schemaOf("{\"properties\":{\"a\":{\"enum\":[\"xy\"]}}}"));
        QCOMPARE(acceptor.feed("{\"a\":\"x"), std::size_t(7));
        QVERIFY(!acceptor.feed('z'));
        QCOMPARE(acceptor.death(), JsonDeath::Schema);
        QCOMPARE(acceptor.reason(), std::string("enum"));
        QCOMPARE(acceptor.pointer(), std::string("/a"));
        QVERIFY(!acceptor.feed('\n'));
        QCOMPARE(acceptor.death(), JsonDeath::Syntax);
        QCOMPARE(acceptor.feed("y\"}"), std::size_t(3));
        QVERIFY(acceptor.complete());
    }

    void schemaDiesAtTheFirstByteThatNoFittingDocumentHas_data() {
        QTest::addColumn<QByteArray>("schema");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("dead"); // -1: fits
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* schema, const char* text, int dead,
                             const char* reason) {
            QTest::addRow("%s", name)
                << QByteArray(schema) << QByteArray(text) << dead << QByteArray(reason);
        };
        row("type", "{\"type\":\"object\"}", "[1]", 0, "type");
        row("types", "{\"type\":[\"string\",\"null\"]}", "nul", 3, "");
        row("wrong type inside", "{\"properties\":{\"n\":{\"type\":\"integer\"}}}", "{\"n\":\"1\"}",
            5, "type");
        row("integer ends", "{\"items\":{\"type\":\"integer\"}}", "[1.5]", 4, "type");
        row("one point nought is an integer", "{\"items\":{\"type\":\"integer\"}}", "[1.0]", -1,
            "");
        row("unknown key",
            "{\"properties\":{\"name\":true,\"nation\":true},\"additionalProperties\":false}",
            "{\"nab\":1}", 4, "additionalProperties");
        row("key too short", "{\"properties\":{\"name\":true},\"additionalProperties\":false}",
            "{\"nam\":1}", 5, "additionalProperties");
        row("required", "{\"required\":[\"a\",\"b\"]}", "{\"a\":1}", 6, "required");
        row("enum", "{\"enum\":[\"red\",\"green\"]}", "\"grey\"", 4, "enum");
        row("enum ends early", "{\"enum\":[\"red\",\"green\"]}", "\"re\"", 3, "enum");
        row("const number", "{\"const\":12}", "13 ", 2, "const");
        row("true is not false", "{\"const\":true}", "false", 0, "const");
        row("enum of objects", "{\"enum\":[{\"a\":1},{\"a\":2}]}", "{\"a\":3}", 6, "enum");
        row("maxItems", "{\"maxItems\":2}", "[1,2,3]", 4, "maxItems");
        row("no items", "{\"maxItems\":0}", "[1]", 1, "maxItems");
        row("minItems", "{\"minItems\":2}", "[1]", 2, "minItems");
        row("prefixItems",
            "{\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"number\"}}",
            "[\"a\",1,\"b\"]", 7, "type");
        row("maxLength in characters", "{\"maxLength\":2}",
            "\"\xe6\x9d\xb1\xe4\xba\xac\xe9\x83\xbd\"", 7, "maxLength");
        row("minLength", "{\"minLength\":2}", "\"a\"", 2, "minLength");
        row("pattern", "{\"pattern\":\"^[0-9]{4}-[0-9]{2}$\"}", "\"2024-a\"", 6, "pattern");
        row("pattern not complete", "{\"pattern\":\"^[0-9]{4}-[0-9]{2}$\"}", "\"2024-1\"", 7,
            "pattern");
        row("pattern anywhere", "{\"pattern\":\"ok\"}", "\"so ok?\"", -1, "");
        row("minimum", "{\"minimum\":5}", "4\n", 1, "minimum");
        row("an exponent can still help", "{\"maximum\":10}", "[12e-1]", -1, "");
        row("anyOf",
            "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"array\",\"items\":{\"type\":\"null\"}}]"
            "}",
            "[null,1]", 6, "type");
        row("anyOf decides by a later key",
            "{\"anyOf\":[{\"properties\":{\"k\":{\"const\":\"a\"},\"v\":{\"type\":\"string\"}}},{"
            "\"properties\":{\"k\":{\"const\":\"b\"},\"v\":{\"type\":\"number\"}}}]}",
            "{\"k\":\"b\",\"v\":\"x\"}", 13, "type");
        row("reference to itself",
            "{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"properties\":{\"next\":{\"$ref\":\"#/"
            "$defs/t\"}},\"additionalProperties\":false}}}",
            "{\"next\":{\"next\":{\"nexd\":1}}}", 21, "additionalProperties");
        row("false", "{\"properties\":{\"a\":false}}", "{\"a\":1}", 3, "additionalProperties");
        row("fits",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\",\"items\":{\"type\":"
            "\"integer\",\"minimum\":1}}},\"required\":[\"a\"]}",
            "{\"b\":{\"c\":[]},\"a\":[1,2,30]}", -1, "");
    }
    void schemaDiesAtTheFirstByteThatNoFittingDocumentHas() {
        QFETCH(QByteArray, schema);
        QFETCH(QByteArray, text);
        QFETCH(int, dead);
        QFETCH(QByteArray, reason);
        JsonAcceptor acceptor(schemaOf(schema.constData()));
        const std::size_t fed = acceptor.feed(text.toStdString());
        if (dead < 0 || reason.isEmpty()) {
            QCOMPARE(fed, std::size_t(text.size()));
            QCOMPARE(acceptor.complete(), dead < 0);
            return;
        }
        QCOMPARE(int(fed), dead);
        QCOMPARE(acceptor.death(), JsonDeath::Schema);
        QCOMPARE(QByteArray::fromStdString(acceptor.reason()), reason);
    }

    void prefixesOfAFittingDocumentAreNeverRefused() {
        const auto schema
            = schemaOf("{\"type\":\"object\",\"required\":[\"city\",\"tags\"],"
                       "\"additionalProperties\":false,\n                "
                       "\"properties\":{\"city\":{\"type\":\"string\",\"pattern\":\"^[A-Z]\"},\n   "
                       "             "
                       "\"tags\":{\"type\":\"array\",\"items\":{\"anyOf\":[{\"enum\":[\"big\","
                       "\"old\"]},{\"type\":\"integer\"}]}},\n                "
                       "\"at\":{\"type\":\"object\",\"properties\":{\"lat\":{\"type\":\"number\","
                       "\"minimum\":-90}}}}}");
        const std::string text
            = "{\"city\":\"Tokyo\",\"at\":{\"lat\":35.7},\"tags\":[\"big\",3,\"old\"]}";
        JsonAcceptor acceptor(schema);
        for (const char byte : text)
            QVERIFY(acceptor.feed(byte));
        QVERIFY(acceptor.complete());
    }

    void unsupportedKeywordsAreNamed() {
        const auto schema = JsonSchema::parse(
            Json::parse("{\"properties\":{\"a\":{\"uniqueItems\":true}}}"), "s.json");
        QVERIFY(!schema);
        QCOMPARE(schema.error().code, std::string("schema.keyword"));
        QCOMPARE(schema.error().argument("keyword"), std::string_view("uniqueItems"));
        QCOMPARE(schema.error().where, std::string("s.json#/properties/a/uniqueItems"));
        QCOMPARE(JsonSchema::parse(Json::parse("{\"$ref\":\"other.json\"}"), "s").error().code,
            std::string("schema.reference"));
        QCOMPARE(JsonSchema::parse(Json::parse("{\"type\":\"text\"}"), "s").error().code,
            std::string("schema.value"));
        QCOMPARE(JsonSchema::parse(Json::parse("{\"pattern\":\"(\"}"), "s").error().code,
            std::string("grader.pattern"));
    }

    void nestingIsBounded() { QCOMPARE(viable(std::string(100000, '[')), std::size_t(1000)); }
};

QTEST_APPLESS_MAIN(TestJsonAcceptor)
#include "test_json_acceptor.moc"
