#include "core/analysis/grader.h"

#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestGrader : public QObject {
    Q_OBJECT

    static Grade grade(
        const char* spec, const std::string& answer, const std::vector<std::string>& references) {
        auto grader = Grader::read(Json::parse(spec), "case");
        if (!grader)
            qFatal("%s", message(grader.error()).c_str());
        return grader->grade(answer, references);
    }

private Q_SLOTS:
    void answersAreJudgedByTheirGrader_data() {
        QTest::addColumn<QByteArray>("spec");
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("reference");
        QTest::addColumn<QByteArray>("verdict");
        const auto row = [](const char* name, const char* spec, const char* answer,
                             const char* reference, const char* verdict) {
            QTest::addRow("%s", name) << QByteArray(spec) << QByteArray(answer)
                                      << QByteArray(reference) << QByteArray(verdict);
        };
        row("exact", "\"exact\"", " Tokyo\n", "Tokyo", "right");
        row("exact, case", "\"exact\"", "tokyo", "Tokyo", "wrong");
        row("exact, no case", "{\"kind\":\"exact\",\"ignore_case\":true}", "tokyo", "Tokyo",
            "right");
        row("alias in a sentence", "\"aliases\"", "It is tokyo, I think.", "Tokyo", "right");
        row("alias inside a word", "\"aliases\"", "Romeo", "Rome", "wrong");
        row("alias in Chinese", "{\"kind\":\"aliases\",\"accept\":[\"\\u4e1c\\u4eac\"]}",
            "\xe6\x97\xa5\xe6\x9c\xac\xe7\x9a\x84\xe9\xa6\x96\xe9\x83\xbd\xe6\x98\xaf\xe4\xb8\x9c"
            "\xe4\xba\xac\xe3\x80\x82",
            "", "right");
        row("alias rejected", "{\"kind\":\"aliases\",\"reject\":[\"Beijing\"]}",
            "Tokyo, not Beijing", "Tokyo", "wrong");
        row("alias whole", "{\"kind\":\"aliases\",\"whole\":true}", "It is Tokyo", "Tokyo",
            "wrong");
        row("alias, empty answer", "\"aliases\"", "", "Tokyo", "wrong");
        row("expression", "{\"kind\":\"regex\",\"pattern\":\"^yes\\\\b\"}", "yes, it is", "",
            "right");
        row("last number",
            "{\"kind\":\"regex\",\"pattern\":\"(-?[$0-9.,]{2,})|(-?[0-9]+)\",\"delete\":[\"[,$]\","
            "\"\\\\.$\"]}",
            "first 3, then $1,234.", "1234", "right");
        row("reference is a worked solution",
            "{\"kind\":\"regex\",\"pattern\":\"#### (-?[0-9.,]+)\"}", "so\n#### 18",
            "9 * 2 = 18\n#### 18", "right");
        row("nothing cut out", "{\"kind\":\"regex\",\"pattern\":\"#### (-?[0-9.,]+)\"}", "eighteen",
            "#### 18", "wrong");
        row("JSON", "\"json_schema\"", "```json\n{\"a\":1}\n```", "", "right");
        row("JSON, fence forbidden", "{\"kind\":\"json_schema\",\"fence\":false}",
            "```json\n{\"a\":1}\n```", "", "wrong");
        row("JSON, cut", "\"json_schema\"", "{\"a\":1", "", "wrong");
        row("JSON, schema", "{\"kind\":\"json_schema\",\"schema\":{\"required\":[\"b\"]}}",
            "{\"a\":1}", "", "wrong");
        row("JSON, equal in any order", "{\"kind\":\"json_schema\",\"equal\":true}",
            "{\"b\":2,\"a\":1.0}", "{\"a\":1,\"b\":2}", "right");
        row("JSON, not equal", "{\"kind\":\"json_schema\",\"equal\":true}", "{\"b\":2}",
            "{\"a\":1,\"b\":2}", "wrong");
        row("choice by letter", "\"choice\"", "The answer is (B).", "B", "right");
        row("choice by number", "\"choice\"", " C", "2", "right");
        row("choice by text", "{\"kind\":\"choice\",\"choices\":[\"red\",\"dark red\"]}",
            "It is dark red.", "dark red", "right");
        row("another choice", "\"choice\"", "A", "B", "wrong");
        row("no choice", "\"choice\"", "I don't know", "B", "wrong");
        row("a person", "\"person\"", "x", "x", "unknown");
        row("a judge's rubric", "{\"kind\":\"judge\",\"rubric\":\"polite?\"}", "x", "x", "unknown");
        row("no reference", "\"exact\"", "x", "", "unknown");
    }
    void answersAreJudgedByTheirGrader() {
        QFETCH(QByteArray, spec);
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, reference);
        QFETCH(QByteArray, verdict);
        std::vector<std::string> references;
        if (!reference.isEmpty())
            references.push_back(reference.toStdString());
        const Grade found = grade(spec.constData(), answer.toStdString(), references);
        QCOMPARE(QByteArray::fromStdString(std::string(verdictName(found.verdict))), verdict);
        QVERIFY(!found.reason.empty());
    }

    void anyReferenceWillDo() {
        QCOMPARE(grade("\"exact\"", "two", {"one", "two"}).verdict, Verdict::Right);
    }

    void whatWasCutOutIsTold() {
        QCOMPARE(grade("{\"kind\":\"regex\",\"pattern\":\"is (\\\\w+)\",\"take\":\"first\"}",
                     "x is red is blue", {"red"})
                     .found,
            std::string("red"));
        const Grade broken = grade(
            "{\"kind\":\"json_schema\",\"schema\":{\"type\":\"array\"}}", "```\n{}\n```", {});
        QCOMPARE(broken.found, std::string("type"));
        QCOMPARE(broken.reason, std::string("does not fit the schema (type) at byte 4"));
    }

    void mistakesInASpecificationAreNamed() {
        QCOMPARE(Grader::read(Json("exactly"), "c").error().code, std::string("grader.kind"));
        QCOMPARE(
            Grader::read(Json::parse("{\"kind\":\"exact\",\"pattern\":\"x\"}"), "c").error().code,
            std::string("json.unknown_key"));
        QCOMPARE(
            Grader::read(Json::parse("{\"kind\":\"regex\",\"pattern\":\"(\"}"), "c").error().code,
            std::string("grader.pattern"));
        QCOMPARE(Grader::read(Json::parse("{\"kind\":\"regex\"}"), "c").error().code,
            std::string("json.missing"));
    }

    void answersThatAreNotUtf8AreJudged() {
        QCOMPARE(grade("\"aliases\"", "\xff Tokyo", {"Tokyo"}).verdict, Verdict::Right);
        QCOMPARE(grade("\"json_schema\"", "\"\xff\"", {}).verdict, Verdict::Wrong);
        QCOMPARE(grade("{\"kind\":\"regex\",\"pattern\":\"T.kyo\"}", "\xff Tokyo", {}).verdict,
            Verdict::Right);
    }
};

QTEST_APPLESS_MAIN(TestGrader)
#include "test_grader.moc"
