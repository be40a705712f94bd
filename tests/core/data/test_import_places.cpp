#include "tests/core/data/import_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

struct Place {
    const char* code;
    std::int64_t line;
    std::int64_t byte;
    const char* field;
};

const char* const sound = R"({"instruction":"q","output":"a"})";

} // namespace

/// One bad row among good ones: what is said about it, and that nothing else is lost.
class TestImportPlaces : public QObject {
    Q_OBJECT

private:
    Folder m_folder;

    void check(const std::string& content, std::int64_t accepted, const std::vector<Place>& places,
        const ImportOptions& options = {}) {
        const auto path = m_folder.write("rows.data", content);
        CollectingSink sink;
        const auto summary = importFile(path, options, sink);
        ASSAY_VERIFY_RESULT(summary);
        std::string described;
        for (const RejectedRow& row : sink.rejected)
            described += row.reason.code + " line " + std::to_string(row.line) + " byte "
                + std::to_string(row.byte) + " " + row.field + " | " + row.raw + "\n";
        QVERIFY2(sink.rejected.size() == places.size(), described.c_str());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const RejectedRow& row = sink.rejected[i];
            QVERIFY2(row.reason.code == places[i].code && row.line == places[i].line
                    && row.byte == places[i].byte && row.field == places[i].field,
                described.c_str());
            QCOMPARE(row.file, path.string());
            QCOMPARE(row.reason.where, path.string() + ":" + std::to_string(row.line));
            QVERIFY(!row.raw.empty());
        }
        QCOMPARE(summary->accepted, accepted);
        QCOMPARE(summary->rejected, std::int64_t(places.size()));
    }

private Q_SLOTS:
    void lineOfBrokenJson() {
        // The bad character is the 17th of the second line, which begins at byte 33.
        check(std::string(sound) + "\n{\"instruction\": oops}\n" + sound + "\n", 2,
            {{"row.syntax", 2, 33 + 16, ""}});
    }

    void lineThatEndsTooEarly() {
        check(std::string(sound) + "\n{\"instruction\":\"q\",\"output\":\"a\n" + sound + "\n", 2,
            {{"row.syntax", 2, 33 + 30, ""}});
    }

    void missingAndMistypedFields() {
        check(std::string(sound)
                + "\n\n{\"instruction\":\"q\"}\r\n{\"instruction\":\"q\",\"output\":5}\n[1]\n",
            1,
            {{"row.missing", 3, 34, "output"}, {"row.type", 4, 55, "output"},
                {"row.not_object", 5, 86, ""}});
    }

    void nestedFieldIsNamed() {
        check(R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}
{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":7}]}
{"messages":[{"role":"user","content":"q"},{"role":"assistant"}]}
{"messages":[]}
{"messages":[{"role":"user","content":[{"type":"image_url","text":"x"}]}]}
)",
            1,
            {{"row.type", 2, 80, "messages[1].content"},
                {"row.missing", 3, 158, "messages[1].content"},
                {"row.no_messages", 4, 224, "messages"},
                {"row.part_type", 5, 240, "messages[0].content[0]"}});
    }

    void unknownRoleNamesTheTagAndCanBeMapped() {
        const std::string content
            = R"([{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]},
{"conversations":[{"from":"human","value":"q"},{"from":"bard","value":"a"}]}])";
        check(content, 1, {{"row.unknown_role", 2, 78, "conversations[1].from"}});
        const auto path = m_folder.write("roles.json", content);
        CollectingSink sink;
        QVERIFY(importFile(path, {}, sink).has_value());
        QVERIFY(message(sink.rejected[0].reason).find("\"bard\"") != std::string::npos);
        QVERIFY(remedy(sink.rejected[0].reason).find("bard=assistant") != std::string::npos);
        QCOMPARE(recognise(path)->unknownRoles, std::vector<std::string>{"bard"});
        ImportOptions options;
        options.roles["bard"] = Role::Assistant;
        check(content, 2, {}, options);
        QVERIFY(recognise(path, options)->unknownRoles.empty());
    }

    void invalidUtf8IsPlacedAtItsByte() {
        check(std::string(sound) + "\n{\"instruction\":\"caf\xe9\",\"output\":\"a\"}\n" + sound, 2,
            {{"row.not_utf8", 2, 33 + 19, ""}});
        // Over-long and surrogate forms are invalid too.
        check(std::string(sound) + "\n{\"instruction\":\"\xc0\xaf\",\"output\":\"a\"}\n", 1,
            {{"row.not_utf8", 2, 33 + 16, ""}});
    }

    void rowsOfAnArrayFailAlone() {
        check("[\n  {\"instruction\":\"q\",\"output\":\"a\"},\n  "
              "{\"instruction\":\"q\",,\"output\":\"a\"},\n"
              "  {\"instruction\":\"q\",\"output\":\"a\"}\n]\n",
            2, {{"row.syntax", 3, 40 + 19, ""}});
    }

    void missingBraceCostsOneRowOfAnArray() {
        check("[\n  {\n    \"instruction\": \"q\",\n    \"output\": \"a\"\n  },\n"
              "  {\n    \"instruction\": \"broken\",\n    \"output\": \"a\"\n  ,\n"
              "  {\n    \"instruction\": \"q\",\n    \"output\": \"a\"\n  }\n]\n",
            2, {{"row.syntax", 6, 55, ""}});
    }

    void unclosedStringCostsOneRowOfAnArray() {
        check(
            "[{\"instruction\":\"q\",\"output\":\"a\"},\n{\"instruction\":\"q\",\"output\":\"a},\n"
            "{\"instruction\":\"q\",\"output\":\"a\"}]",
            2, {{"row.syntax", 2, 35 + 32, ""}});
    }

    void brokenRowInOneLongLineCostsOneRow() {
        const std::string row
            = R"({"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]})";
        const std::string bad
            = R"({"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"})";
        check("[" + row + "," + bad + "," + row + "," + row + "]", 3, {{"row.syntax", 1, 77, ""}});
    }

    void cutOffFileLosesTheLastRowOnly() {
        check("[{\"instruction\":\"q\",\"output\":\"a\"},\n{\"instruction\":\"q\",\"outp", 1,
            {{"row.cut_off", 2, 35, ""}});
    }

    void oddSeparatorsAreRemarked() {
        const auto path = m_folder.write("odd.json",
            "[{\"instruction\":\"q\",\"output\":\"a\"}\n{\"instruction\":\"q\",\"output\":\"\"},,\n"
            "{\"instruction\":\"q\",\"output\":\"a\"},");
        CollectingSink sink;
        const auto summary = importFile(path, {}, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->accepted, std::int64_t(3));
        QCOMPARE(summary->rejected, std::int64_t(0));
        std::vector<std::string> seen;
        for (const RejectedRow& row : sink.remarks)
            seen.push_back(row.reason.code + " " + std::to_string(row.line) + " " + row.field);
        const std::vector<std::string> expected = {
            "row.separator 2 ", "row.empty_turn 2 output", "row.separator 2 ", "row.not_closed 3 "};
        QCOMPARE(seen, expected);
    }

    void missingTurnsAreRemarked() {
        const auto path = m_folder.write("turns.jsonl",
            R"({"conversations":[{"from":"human","value":"q"},{"from":"human","value":"q2"},{"from":"gpt","value":"a"},{"from":"gpt","value":"b"}]}
{"conversations":[{"from":"system","value":"s"},{"from":"gpt","value":"a"},{"from":"human","value":"q"}]}
{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"a"},"rejected":{"from":"gpt","value":"b"}}
)");
        CollectingSink sink;
        const auto summary = importFile(path, {}, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->accepted, std::int64_t(3));
        std::vector<std::string> seen;
        for (const RejectedRow& row : sink.remarks)
            seen.push_back(std::to_string(row.line) + " " + row.field + " " + row.reason.code);
        const std::vector<std::string> expected
            = {"1 conversations[1] row.turn_order", "1 conversations[3] row.turn_order",
                "2 conversations[1] row.turn_order", "2 conversations[2] row.turn_order"};
        QCOMPARE(seen, expected);
    }

    void badArgumentsAreKeptAndRemarked() {
        const auto path = m_folder.write("calls.jsonl",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"tool_"
            "calls\":[{\"id\":\"c\","
            "\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\": "
            "1\"}}]}]}");
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        QCOMPARE(sink.samples[0].messages[1].toolCalls[0].arguments, std::string("{\"x\": 1"));
        QCOMPARE(sink.remarks.size(), std::size_t(1));
        QCOMPARE(sink.remarks[0].reason.code, std::string("row.json_text"));
        QCOMPARE(
            sink.remarks[0].field, std::string("messages[1].tool_calls[0].function.arguments"));
    }

    void csvPlaces() {
        check("query,answer\nq,a\n\"q\n2\",a,surplus\nq,\"a\" b\nq,\"a\"\n", 2,
            {{"row.fields", 3, 17, ""}, {"row.quote", 5, 33 + 5, ""}});
        check("query,answer\nq,a\nq,\"never closed\nq,a\n", 2, {{"row.quote", 3, 19, ""}});
    }

    void hugeAndDeepRowsAreRejected() {
        ImportOptions options;
        options.largestRow = 1000;
        const std::string big
            = "{\"instruction\":\"" + std::string(1000, 'x') + "\",\"output\":\"a\"}";
        check(std::string(sound) + "\n" + big + "\n", 1, {{"row.too_large", 2, 33, ""}}, options);
        check(std::string(sound) + "\n" + big + "\n", 2, {});
        const std::string deep
            = "{\"a\":" + std::string(100000, '[') + std::string(100000, ']') + "}";
        check(std::string(sound) + "\n" + deep + "\n", 1, {{"row.too_deep", 2, 33 + 5 + 199, ""}});
        const auto path = m_folder.write("deep.jsonl", std::string(sound) + "\n" + deep + "\n");
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        QVERIFY(sink.rejected[0].raw.size() <= 4000);
    }

    void listsOfDifferentLength() {
        check(R"({"input":["q1","q2"],"output":["a1","a2"]}
{"input":["q1","q2"],"output":["a1"]}
{"input":["q1"],"output":"a1"}
)",
            1, {{"row.list_lengths", 2, 43, "output"}, {"row.type", 3, 81, "output"}});
    }

    void wrongHistoryIsNamed() {
        check(R"({"instruction":"q","output":"a","history":[["q","a"]]}
{"instruction":"q","output":"a","history":[["q","a"],["q"]]}
)",
            1, {{"row.history", 2, 55, "history[1]"}});
    }
};

QTEST_APPLESS_MAIN(TestImportPlaces)
#include "test_import_places.moc"
