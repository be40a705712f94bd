#include "tests/core/data/export_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

namespace {

Message turn(Role role, const char* content) {
    Message message;
    message.role = role;
    message.content = content;
    return message;
}

} // namespace

/// Every dialect gives the same record for the same conversation, and its peculiarities are
/// understood.
class TestDialects : public QObject {
    Q_OBJECT

private:
    Folder m_folder;

    Sample only(
        const std::string& content, const char* dialect, const ImportOptions& options = {}) {
        const auto path = m_folder.write("one", content);
        CollectingSink sink;
        const auto summary = importFile(path, options, sink);
        if (!summary || sink.samples.size() != 1 || summary->dialect != dialect) {
            QTest::qFail(summary ? ("dialect " + summary->dialect).c_str()
                                 : message(summary.error()).c_str(),
                __FILE__, __LINE__);
            return {};
        }
        return sink.samples.front();
    }

private Q_SLOTS:
    void sameConversationSameRecord_data() {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<std::string>("dialect");
        const auto row = [](const char* dialect, const char* name, const char* content) {
            QTest::newRow(name) << std::string(content) << std::string(dialect);
        };
        row("alpaca", "alpaca",
            R"([{"instruction":"q2","input":"more","output":"a2","system":"s","history":[["q1","a1"]]}])");
        row("alpaca", "alpaca, upper case",
            R"([{"Instruction":"q2","Input":"more","Output":"a2","System":"s","History":[["q1","a1"]]}])");
        row("query-response", "query and response",
            R"({"system":"s","query":"q2\nmore","response":"a2","history":[["q1","a1"]]})");
        row("sharegpt", "sharegpt",
            R"([{"conversations":[{"from":"human","value":"q1"},{"from":"gpt","value":"a1"},{"from":"human","value":"q2\nmore"},{"from":"gpt","value":"a2"}],"system":"s"}])");
        row("sharegpt", "sharegpt, system turn overrides",
            R"([{"conversations":[{"from":"system","value":"s"},{"from":"user","value":"q1"},{"from":"assistant","value":"a1"},{"from":"user","value":"q2\nmore"},{"from":"assistant","value":"a2"}],"system":"other"}])");
        row("ms-swift", "ms-swift",
            R"({"system":"s","conversation":[{"human":"q1","assistant":"a1"},{"human":"q2\nmore","assistant":"a2"}]})");
        row("openai", "openai",
            R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"q1"},{"role":"assistant","content":"a1"},{"role":"user","content":"q2\nmore"},{"role":"assistant","content":"a2"}]})");
        row("openai", "openai, parts",
            R"({"messages":[{"role":"system","content":[{"type":"text","text":"s"}]},{"role":"user","content":"q1"},{"role":"assistant","content":"a1"},{"role":"user","content":[{"type":"text","text":"q2\n"},{"type":"text","text":"more"}]},{"role":"assistant","content":"a2"}]})");
        row("llamafactory-v1", "v1",
            R"({"messages":[{"role":"system","content":[{"type":"text","value":"s"}]},{"role":"user","content":[{"type":"text","value":"q1"}]},{"role":"assistant","content":[{"type":"text","value":"a1"}]},{"role":"user","content":[{"type":"text","value":"q2\nmore"}]},{"role":"assistant","content":[{"type":"text","value":"a2"}]}]})");
        row("csv", "csv",
            "System,Question,Answer,history\ns,\"q2\nmore\",a2,\"[[\"\"q1\"\",\"\"a1\"\"]]\"\n");
        row("tsv", "tsv",
            "answer\tquery\thistory\tsystem\na2\t\"q2\nmore\"\t[[\"q1\",\"a1\"]]\ts\r\n");
    }
    void sameConversationSameRecord() {
        QFETCH(std::string, content);
        QFETCH(std::string, dialect);
        Sample expected;
        expected.messages = {turn(Role::System, "s"), turn(Role::User, "q1"),
            turn(Role::Assistant, "a1"), turn(Role::User, "q2\nmore"), turn(Role::Assistant, "a2")};
        const Sample sample = stripped(only(content, dialect.c_str()));
        QVERIFY2(sample == expected, dumpJson(sampleToJson(sample)).c_str());
        QCOMPARE(revisionHash(sample), revisionHash(expected));
    }

    void sameToolCallsSameRecord_data() {
        QTest::addColumn<QString>("content");
        QTest::addColumn<std::string>("dialect");
        QTest::newRow("openai") << QStringLiteral(
            "{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':null,'tool_"
            "calls':["
            "{'id':'call_1','type':'function','function':{'name':'f','arguments':'{~x~: 1}'}}]},"
            "{'role':'tool','tool_call_id':'call_1','content':'r'},{'role':'assistant','content':'"
            "a'}],'tools':[{~n~: 1}]}")
                                << std::string("openai");
        QTest::newRow("openai, former calls") << QStringLiteral(
            "{'messages':[{'role':'user','content':'q'},{'role':'assistant','content':null,"
            "'function_call':{'name':'f','arguments':'{~x~: 1}'}},"
            "{'role':'function','name':'f','content':'r'},{'role':'assistant','content':'a'}],'"
            "tools':[{~n~: 1}]}") << std::string("openai");
        QTest::newRow("sharegpt") << QStringLiteral(
            "{'conversations':[{'from':'human','value':'q'},{'from':'function_call','value':'{~"
            "name~: ~f~, ~arguments~: {~x~: 1}}'},"
            "{'from':'observation','value':'r'},{'from':'gpt','value':'a'}],'tools':'[{~n~: 1}]'}")
                                  << std::string("sharegpt");
        QTest::newRow("v1") << QStringLiteral(
            "{'messages':[{'role':'user','content':[{'type':'text','value':'q'}]},{'role':'"
            "assistant','content':["
            "{'type':'tool_call','value':'{~arguments~:{~x~: 1},~name~:~f~}'}]},"
            "{'role':'tool','content':[{'type':'text','value':'r'}]},{'role':'assistant','content':"
            "[{'type':'text','value':'a'}]}],'tools':'[{~n~: 1}]'}")
                            << std::string("llamafactory-v1");
    }
    void sameToolCallsSameRecord() {
        QFETCH(QString, content);
        QFETCH(std::string, dialect);
        // ' stands for a quote, ~ for one inside a string (or, in a bare list, for a quote).
        QString json = content;
        json.replace(QLatin1String("[{~n~: 1}]}"), QLatin1String("[{'n': 1}]}"));
        json.replace(QLatin1Char('\''), QLatin1Char('"'))
            .replace(QLatin1Char('~'), QLatin1String("\\\""));
        Message call = turn(Role::Assistant, "");
        call.toolCalls = {{"call_1", "f", "{\"x\": 1}"}};
        Message result = turn(Role::Tool, "r");
        result.toolCallId = "call_1";
        Sample expected;
        expected.messages = {turn(Role::User, "q"), call, result, turn(Role::Assistant, "a")};
        expected.tools = "[{\"n\": 1}]";
        const Sample sample = stripped(only(json.toStdString(), dialect.c_str()));
        QVERIFY2(sample == expected, dumpJson(sampleToJson(sample)).c_str());
    }

    void weightsOfEveryDialect() {
        const auto weights = [&](const char* content, const char* dialect) {
            std::vector<double> list;
            for (const Message& message : only(content, dialect).messages)
                list.push_back(message.trainWeight.value_or(-1));
            return list;
        };
        QCOMPARE(
            weights(
                R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":0},{"role":"assistant","content":"b","weight":1}]})",
                "openai"),
            (std::vector<double>{-1, 0, 1}));
        QCOMPARE(
            weights(
                R"({"messages":[{"role":"user","content":"q","loss_weight":0.0},{"role":"assistant","content":"a","loss_weight":0.5}]})",
                "llamafactory-v1"),
            (std::vector<double>{0, 0.5}));
        QCOMPARE(
            weights(
                R"({"conversations":[{"from":"human","value":"q","train":true},{"from":"gpt","value":"a","train":false}]})",
                "sharegpt"),
            (std::vector<double>{1, 0}));
    }

    void reasoningAndSeveralCallsOfV1() {
        const Sample sample = only(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"value\":\"q\"}]},"
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"reasoning\",\"value\":\"think\"},"
            "{\"type\":\"tool_call\",\"value\":\"{\\\"name\\\": \\\"f\\\", \\\"arguments\\\": "
            "{}}\"},"
            "{\"type\":\"tool_call\",\"value\":\"{\\\"name\\\": \\\"g\\\", \\\"arguments\\\": "
            "\\\"raw\\\"}\"}]},"
            "{\"role\":\"tool\",\"content\":[{\"type\":\"text\",\"value\":\"r1\"}]},"
            "{\"role\":\"tool\",\"content\":[{\"type\":\"text\",\"value\":\"r2\"}]}]}",
            "llamafactory-v1");
        QCOMPARE(sample.messages[1].reasoning, std::string("think"));
        const std::vector<ToolCall> calls = {{"call_1", "f", "{}"}, {"call_2", "g", "raw"}};
        QVERIFY(sample.messages[1].toolCalls == calls);
        QCOMPARE(sample.messages[2].toolCallId, std::string("call_1"));
        QCOMPARE(sample.messages[3].toolCallId, std::string("call_2"));
    }

    void samePreferenceSameRecord_data() {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<std::string>("dialect");
        const auto row = [](const char* dialect, const char* name, const char* content) {
            QTest::newRow(name) << std::string(content) << std::string(dialect);
        };
        row("trl", "trl, texts", R"({"prompt":"q","chosen":"good","rejected":"bad"})");
        row("trl", "trl, lists",
            R"({"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"good"}],"rejected":[{"role":"assistant","content":"bad"}]})");
        row("trl", "trl, implicit prompt",
            R"({"chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"bad"}]})");
        row("trl", "trl, repeated prompt",
            R"({"prompt":"q","chosen":[{"role":"user","content":"q"},{"role":"assistant","content":"good"}],"rejected":[{"role":"user","content":"q"},{"role":"assistant","content":"bad"}]})");
        row("alpaca", "alpaca",
            R"({"instruction":"q","input":"","chosen":"good","rejected":"bad"})");
        row("sharegpt", "sharegpt",
            R"({"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"good"},"rejected":{"from":"gpt","value":"bad"}})");
        row("llamafactory-v1", "v1",
            R"({"chosen_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},{"role":"assistant","content":[{"type":"text","value":"good"}]}],"rejected_messages":[{"role":"user","content":[{"type":"text","value":"q"}]},{"role":"assistant","content":[{"type":"text","value":"bad"}]}]})");
        row("openai-dpo", "openai dpo",
            R"({"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"good"}],"non_preferred_output":[{"role":"assistant","content":"bad"}]})");
        row("openai", "ms-swift",
            R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"good"}],"rejected_response":"bad"})");
        row("csv", "csv", "instruction,chosen,rejected\nq,good,bad\n");
    }
    void samePreferenceSameRecord() {
        QFETCH(std::string, content);
        QFETCH(std::string, dialect);
        Sample expected;
        expected.messages = {turn(Role::User, "q")};
        expected.chosen = {turn(Role::Assistant, "good")};
        expected.rejected = {turn(Role::Assistant, "bad")};
        const Sample sample = only(content, dialect.c_str());
        QVERIFY2(stripped(sample) == expected, dumpJson(sampleToJson(sample)).c_str());
        QVERIFY(recognise(m_folder.path("one"))->preference);

        // And back: the same row in the same dialect, the same record through every other that has
        // pairs.
        const auto rows
            = dialect == "csv" ? std::vector<nlohmann::json>() : rowsOf(m_folder.path("one"));
        const std::map<std::string, std::string> formats = {{"trl", "trl"}, {"alpaca", "alpaca"},
            {"sharegpt", "sharegpt"}, {"llamafactory-v1", "llamafactory-v1"}, {"openai", "openai"}};
        for (const char* format :
            {"trl", "alpaca", "sharegpt", "openai", "llamafactory-v1", "csv"}) {
            const auto path = m_folder.path("back.jsonl");
            const auto exported = exportAll({sample}, format, path);
            ASSAY_VERIFY_RESULT(exported);
            QVERIFY(exported->refused.empty());
            if (formats.contains(dialect) && formats.at(dialect) == format)
                QVERIFY2(rowsOf(path) == rows, readFile(path)->c_str());
            CollectingSink sink;
            ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
            Sample back = stripped(sink.samples.at(0));
            // v1 always says the weight; it is the one that the role has anyway.
            for (auto* messages : {&back.messages, &*back.chosen, &*back.rejected})
                for (Message& message : *messages)
                    message.trainWeight.reset();
            QVERIFY2(back == expected, readFile(path)->c_str());
        }
    }

    void labelledAnswersAreNoTrainingAnswers() {
        const char* rows[] = {
            R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"label":LABEL})",
            R"({"prompt":"q","completion":"a","label":LABEL})",
            R"({"instruction":"q","output":"a","kto_tag":LABEL})",
            R"({"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"kto_tag":LABEL})"};
        const char* formats[] = {"openai", "trl", "alpaca", "sharegpt"};
        for (std::size_t i = 0; i < 4; ++i)
            for (const bool good : {true, false}) {
                std::string row = rows[i];
                row.replace(row.find("LABEL"), 5, good ? "true" : "false");
                const Sample sample = only(row, formats[i]);
                QCOMPARE(sample.messages.size(), std::size_t(1));
                QCOMPARE(sample.chosen.has_value(), good);
                QCOMPARE(sample.rejected.has_value(), !good);
                QCOMPARE(
                    (good ? sample.chosen : sample.rejected)->front().content, std::string("a"));
                const auto exported = exportAll({sample}, formats[i], m_folder.path("label.jsonl"));
                ASSAY_VERIFY_RESULT(exported);
                QVERIFY(rowsOf(m_folder.path("label.jsonl"))
                    == std::vector{nlohmann::json::parse(row)});
            }
        // A class label of an instruction row is not a judgement.
        const Sample classified
            = only(R"({"instruction":"q","output":"a","label":true})", "alpaca");
        QCOMPARE(classified.messages.size(), std::size_t(2));
        QCOMPARE(classified.meta["label"], Json(true));
    }

    void seedsAndParallelLists() {
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(
            m_folder.write("seeds.jsonl",
                R"({"id":"s","instruction":"i","instances":[{"input":"x","output":"a"},{"input":"","output":"b"}],"is_classification":false})"),
            {}, sink));
        QCOMPARE(sink.samples.size(), std::size_t(2));
        QCOMPARE(sink.samples[0].messages[0].content, std::string("i\nx"));
        QCOMPARE(sink.samples[1].messages[0].content, std::string("i"));
        QCOMPARE(sink.samples[1].messages[1].content, std::string("b"));
        QCOMPARE(sink.samples[1].meta["is_classification"], Json(false));
        const Sample lists
            = stripped(only(R"({"input":["q1","q2"],"output":["a1","a2"]})", "parallel-lists"));
        const std::vector<Message> expected = {turn(Role::User, "q1"), turn(Role::Assistant, "a1"),
            turn(Role::User, "q2"), turn(Role::Assistant, "a2")};
        QVERIFY(lists.messages == expected);
    }

    void tableWithoutHeaderIsReadByNumber() {
        ImportOptions options;
        options.dialect = "csv";
        options.header = false;
        options.columns.query = "#1";
        options.columns.answer = "#3";
        const Sample sample = only("q,mathematics,\"a \"\"quoted\"\"\"\n", "csv", options);
        QCOMPARE(sample.messages[0].content, std::string("q"));
        QCOMPARE(sample.messages[1].content, std::string("a \"quoted\""));
        QCOMPARE(sample.meta["#2"], Json("mathematics"));
        options.columns.answer = "#4";
        CollectingSink sink;
        const auto failed = importFile(m_folder.path("one"), options, sink);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, std::string("import.no_column"));
    }

    void mappedColumnsOfATable() {
        ImportOptions options;
        options.columns.system = "context";
        options.columns.query = "Frage";
        options.columns.answer = "Antwort";
        const Sample sample
            = stripped(only("Frage;Antwort;Context\n\"Was; ist\";x;y\n", "csv", options));
        const std::vector<Message> expected
            = {turn(Role::System, "y"), turn(Role::User, "Was; ist"), turn(Role::Assistant, "x")};
        QVERIFY(sample.messages == expected);
    }

    void aMappedColumnThatIsNotThereIsAnErrorAndNotProse() {
        ImportOptions options;
        options.columns.query = "zz";
        options.columns.answer = "a";
        m_folder.write("unmapped", "q,a\nWhat?,Yes\n");
        CollectingSink sink;
        const auto failed = importFile(m_folder.path("unmapped"), options, sink);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, std::string("import.no_column"));
        QCOMPARE(failed.error().argument("column"), std::string_view("zz"));
    }
};

QTEST_APPLESS_MAIN(TestDialects)
#include "test_dialects.moc"
