#include "core/base/json.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <filesystem>
#include <fstream>

using namespace assay;

class TestJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void syntaxErrorNamesLineAndColumn() {
        const auto parsed = parseJson("{\n \"a\": 1,\n \"b\": }", "x.json");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code, std::string("json.syntax"));
        QCOMPARE(parsed.error().where, std::string("x.json:3:7"));
    }

    void commentsOnlyWhereAllowed() {
        const char* text = "{ // why\n \"a\": 1 }";
        QVERIFY(!parseJson(text, "t"));
        QVERIFY(parseJson(text, "t", JsonComments::Allow).has_value());
    }

    void readerCollectsEveryProblem() {
        const Json object = Json::parse(R"({"count":"two","surplus":1})");
        JsonReader reader(object, "spec.json");
        int count = 0;
        std::string name;
        reader.read("count", count);
        reader.read("name", name);
        const auto done = reader.finish();
        QVERIFY(!done);
        QCOMPARE(done.error().code, std::string("several"));
        QCOMPARE(done.error().details.size(), std::size_t(3));
        QCOMPARE(done.error().details[0].code, std::string("json.type"));
        QCOMPARE(done.error().details[1].code, std::string("json.missing"));
        QCOMPARE(done.error().details[2].code, std::string("json.unknown_key"));
    }

    void documentsMadeToHurtAreRefusedAtOnce() {
        const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
        QVERIFY(!parseJson(deep, "x"));
        QVERIFY(parseJson(std::string(400, '[') + std::string(400, ']'), "x").has_value());
        QVERIFY(parseJson("\"" + std::string(1000, '[') + "\"", "x").has_value());
        std::string wide = "{";
        for (int i = 0; i < 300'000; ++i)
            wide += (i ? ",\"" : "\"") + std::to_string(i) + "\":0";
        QVERIFY(!parseJson(wide + "}", "x"));
        std::string list = "[";
        for (int i = 0; i < 300'000; ++i)
            list += i ? ",{\"a\":0,\"b\":1}" : "0";
        QVERIFY(parseJson(list + "]", "x").has_value());
    }

    void aHugeFileIsNotRead() {
        QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("huge.json")).toStdString();
        std::ofstream(path).put('[');
        std::filesystem::resize_file(path, std::uintmax_t(1) << 30); // takes no space
        const auto json = readJsonFile(path);
        QVERIFY(!json);
        QCOMPARE(json.error().code, std::string("json.syntax"));
    }

    void dumpIsValidUtf8EvenWhenAStringIsNot() {
        const Json value = std::string("a\xff");
        QCOMPARE(dumpJson(value), std::string("\"a\xef\xbf\xbd\""));
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "test_json.moc"
