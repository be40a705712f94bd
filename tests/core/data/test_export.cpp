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

Sample conversation(std::vector<Message> messages) {
    Sample sample;
    sample.channel = "c";
    sample.messages = std::move(messages);
    return sample;
}

Sample exchange() {
    return conversation({turn(Role::User, "q"), turn(Role::Assistant, "a")});
}

Sample plainText(const char* text) {
    Sample sample;
    sample.channel = "c";
    sample.text = text;
    return sample;
}

std::vector<std::string> filesIn(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    return names;
}

} // namespace

class TestExport : public QObject {
    Q_OBJECT

private:
    /// Which of the formats refuse the sample, with what they say of the first.
    static std::string refusals(const Sample& sample) {
        Folder folder;
        std::string names;
        for (const std::string& format : exportFormats()) {
            const auto exported = exportAll({sample}, format, folder.path(format));
            if (!exported || exported->refused.empty())
                continue;
            if (exported->refused[0].code != "export.cannot_hold" || exported->summary.refused != 1
                || exported->summary.written != 0)
                return "wrong refusal by " + format;
            names += (names.empty() ? "" : " ") + format;
        }
        return names;
    }

private Q_SLOTS:
    void everyFormatSaysWhatItCannotHold() {
        QCOMPARE(refusals(exchange()), std::string("trl text"));
        QCOMPARE(refusals(plainText("t")),
            std::string("alpaca sharegpt openai llamafactory-v1 trl csv tsv"));
        // A paragraph file would split the text in two.
        QCOMPARE(refusals(plainText("a\n\nb")),
            std::string("alpaca sharegpt openai llamafactory-v1 trl csv tsv text"));

        Sample call = exchange();
        call.messages[1].content.clear();
        call.messages[1].toolCalls = {{"call_1", "f", "{}"}};
        QCOMPARE(refusals(call), std::string("alpaca trl csv tsv text"));
        call.messages[1].content = "I look it up.";
        QCOMPARE(refusals(call), std::string("alpaca sharegpt trl csv tsv text"));

        Sample weighted = exchange();
        weighted.messages[1].trainWeight = 0;
        QCOMPARE(refusals(weighted), std::string("alpaca trl csv tsv text"));
        weighted.messages[1].trainWeight = 1;
        QCOMPARE(refusals(weighted), std::string("trl text"));

        Sample thinking = exchange();
        thinking.messages[1].reasoning = "hm";
        QCOMPARE(refusals(thinking), std::string("alpaca sharegpt trl csv tsv text"));

        Sample developer = exchange();
        developer.messages.insert(developer.messages.begin(), turn(Role::Developer, "d"));
        QCOMPARE(
            refusals(developer), std::string("alpaca sharegpt llamafactory-v1 trl csv tsv text"));

        const Sample open = conversation({turn(Role::User, "q")});
        QCOMPARE(refusals(open), std::string("alpaca trl csv tsv text"));
        const Sample twice = conversation(
            {turn(Role::User, "q"), turn(Role::User, "q"), turn(Role::Assistant, "a")});
        QCOMPARE(refusals(twice), std::string("alpaca trl csv tsv text"));

        Sample broken = exchange();
        broken.tools = "[{";
        QCOMPARE(refusals(broken), std::string("openai trl text"));
    }

    void systemPromptOfSeveralLinesAndQuotesSurvivesEveryFormat() {
        const Sample sample = conversation({turn(Role::System, "line 1\nline \"2\"\r\n\n, end "),
            turn(Role::User, "first\t\xE9\xA6\x96"), turn(Role::Assistant, " ; \\ "),
            turn(Role::User, "q\n"), turn(Role::Assistant, "\"")});
        Folder folder;
        for (const char* format :
            {"alpaca", "sharegpt", "openai", "llamafactory-v1", "csv", "tsv"}) {
            const auto path = folder.path("out");
            const auto exported = exportAll({sample}, format, path);
            ASSAY_VERIFY_RESULT(exported);
            QVERIFY(exported->refused.empty());
            CollectingSink sink;
            ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
            Sample back = stripped(sink.samples.at(0));
            for (Message& message : back.messages)
                message.trainWeight.reset();
            QVERIFY2(back == stripped(sample),
                (std::string(format) + " " + dumpJson(sampleToJson(back))).c_str());
        }
    }

    void tableColumnsGrowWithTheSamples() {
        Sample first = exchange();
        Sample second = exchange();
        second.messages.insert(second.messages.begin(), turn(Role::System, "s"));
        second.meta = Json{{"score", 5}, {"id", "x\ny"}};
        second.reference = "r";
        Folder folder;
        const auto path = folder.path("out.csv");
        ExportOptions options;
        options.channel = ExportOptions::Channel::Never;
        ASSAY_VERIFY_RESULT(exportAll({first, second}, "csv", path, options));
        QCOMPARE(*readFile(path),
            std::string("system,query,answer,reference,score,id\n,q,a,,,\ns,q,a,r,5,\"x\ny\"\n"));
        QCOMPARE(filesIn(path.parent_path()), std::vector<std::string>{"out.csv"});
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        QCOMPARE(sink.samples.size(), std::size_t(2));
        QCOMPARE(*sink.samples[1].reference, std::string("r"));
        QCOMPARE(sink.samples[1].meta["id"], Json("x\ny"));
    }

    void extraKeysOfRowsAndTurnsAreWrittenBack() {
        const std::string row
            = R"({"id":7,"messages":[{"role":"user","content":"q","name":"ann"},{"role":"assistant","content":null,"refusal":null},{"role":"assistant","content":"a","weight":0,"audio":{"id":1}}],"parallel_tool_calls":false,"tags":["x"],"nothing":null})";
        Folder folder;
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(folder.write("in.jsonl", row), {}, sink));
        const auto path = folder.path("out.jsonl");
        ASSAY_VERIFY_RESULT(exportAll(sink.samples, "openai", path));
        QVERIFY2(rowsOf(path).at(0) == nlohmann::json::parse(row), readFile(path)->c_str());
    }

    void editedSampleIsWrittenAsEdited() {
        const std::string row
            = R"({"instruction":"do","input":"this","output":"a","system":"","id":1})";
        Folder folder;
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(folder.write("in.jsonl", row), {}, sink));
        Sample sample = sink.samples.at(0);
        sample.messages[0].content = "do that";
        sample.messages[1].content = "b";
        sample.messages.insert(sample.messages.begin(), turn(Role::System, "s"));
        const auto path = folder.path("out.jsonl");
        ASSAY_VERIFY_RESULT(exportAll({sample}, "alpaca", path));
        const auto written = rowsOf(path).at(0);
        // "that" has the length of "this" but no line break before it any more.
        QCOMPARE(written["instruction"], nlohmann::json("do that"));
        QVERIFY(!written.contains("input"));
        QCOMPARE(written["output"], nlohmann::json("b"));
        QCOMPARE(written["system"], nlohmann::json("s"));
        QCOMPARE(written["id"], nlohmann::json(1));
    }

    void editedToolCallIsWrittenAsEdited() {
        Folder folder;
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(
            importFile(folder.write("in.jsonl",
                           "{\"conversations\":[{\"from\":\"human\",\"value\":\"q\"},{\"from\":"
                           "\"function_call\","
                           "\"value\":\"{\\\"arguments\\\":{},\\\"name\\\":\\\"f\\\"}\"}]}"),
                {}, sink));
        Sample sample = sink.samples.at(0);
        const auto path = folder.path("out.jsonl");
        ASSAY_VERIFY_RESULT(exportAll({sample}, "sharegpt", path));
        QCOMPARE(rowsOf(path)[0]["conversations"][1]["value"],
            nlohmann::json("{\"arguments\":{},\"name\":\"f\"}"));
        sample.messages[1].toolCalls[0].arguments = "{\"x\": 1}";
        ASSAY_VERIFY_RESULT(exportAll({sample}, "sharegpt", path));
        QCOMPARE(rowsOf(path)[0]["conversations"][1]["value"],
            nlohmann::json("{\"name\": \"f\", \"arguments\": {\"x\": 1}}"));
    }

    void channelIsWrittenWhereTheFileDoesNotSayIt() {
        Folder folder;
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(
            importFile(folder.write("set.jsonl",
                           "{\"instruction\":\"q\",\"output\":\"a\"}\n{\"instruction\":\"q\","
                           "\"output\":\"a\",\"source\":\"web\"}\n"),
                {}, sink));
        Sample moved = sink.samples[0];
        moved.channel = "other";
        const auto path = folder.path("out.jsonl");
        ASSAY_VERIFY_RESULT(exportAll({sink.samples[0], sink.samples[1], moved}, "alpaca", path));
        const auto rows = rowsOf(path);
        QVERIFY(!rows[0].contains("channel"));
        QCOMPARE(rows[1]["source"], nlohmann::json("web"));
        QCOMPARE(rows[2]["channel"], nlohmann::json("other"));
        ExportOptions options;
        options.channel = ExportOptions::Channel::Always;
        ASSAY_VERIFY_RESULT(exportAll({sink.samples[0]}, "alpaca", path, options));
        QCOMPARE(rowsOf(path)[0]["channel"], nlohmann::json("set"));
    }

    void whatAWrittenSampleLosesIsCounted() {
        Sample sample = exchange();
        sample.messages[0].extra = Json{{"name", "ann"}};
        sample.meta = Json{{"output", "another"}};
        Folder folder;
        const auto exported = exportAll({sample, sample}, "alpaca", folder.path("out.json"));
        ASSAY_VERIFY_RESULT(exported);
        QCOMPARE(exported->summary.written, std::int64_t(2));
        const std::map<std::string, std::int64_t> expected
            = {{"extra keys", 2}, {"extra keys of turns", 2}};
        QVERIFY(exported->summary.leftOut == expected);

        Sample call = conversation({turn(Role::User, "q"), turn(Role::Assistant, "")});
        call.messages[1].toolCalls = {{"call_99abc", "f", "{}"}};
        const auto ids = exportAll({call}, "sharegpt", folder.path("out.json"));
        QCOMPARE(ids->summary.leftOut.at("ids of tool calls"), std::int64_t(1));
    }

    void nothingStandsThereBeforeTheEnd() {
        Folder folder;
        for (const std::string& format : exportFormats()) {
            const auto path = folder.write(format + ".json", "old");
            {
                auto exporter = makeExporter(format, path);
                ASSAY_VERIFY_RESULT(exporter);
                (void)(*exporter)->add(exchange());
                QCOMPARE(*readFile(path), std::string("old"));
            }
            QCOMPARE(*readFile(path), std::string("old"));
        }
        QCOMPARE(filesIn(folder.path("")).size(), exportFormats().size());
    }

    void unwritablePlacesAndUnknownFormats() {
        Folder folder;
        const auto nowhere = makeExporter("openai", folder.path("absent/out.jsonl"));
        QVERIFY(!nowhere);
        QCOMPARE(nowhere.error().code, std::string("file.write"));
        const auto unknown = makeExporter("parquet", folder.path("out"));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, std::string("export.unknown_format"));
        auto twice = makeExporter("openai", folder.path("out.jsonl"));
        ASSAY_VERIFY_RESULT(twice);
        ASSAY_VERIFY_RESULT((*twice)->finish());
        const auto again = (*twice)->finish();
        QVERIFY(!again);
        QCOMPARE(again.error().code, std::string("export.finished"));
        QCOMPARE(*readFile(folder.path("out.jsonl")), std::string());
    }

    void arrayOrLinesByTheNameOfTheFile() {
        Folder folder;
        ASSAY_VERIFY_RESULT(exportAll({exchange(), exchange()}, "alpaca", folder.path("a.json")));
        QCOMPARE(recognise(folder.path("a.json"))->container, std::string("json array"));
        ASSAY_VERIFY_RESULT(exportAll({exchange(), exchange()}, "alpaca", folder.path("a.jsonl")));
        QCOMPARE(recognise(folder.path("a.jsonl"))->container, std::string("jsonl"));
        ASSAY_VERIFY_RESULT(exportAll({}, "alpaca", folder.path("none.json")));
        QVERIFY(rowsOf(folder.path("none.json")).empty());
        ASSAY_VERIFY_RESULT(
            exportAll({plainText("a\nb"), plainText("c")}, "text", folder.path("t.txt")));
        QCOMPARE(*readFile(folder.path("t.txt")), std::string("a\nb\n\nc\n"));
        ASSAY_VERIFY_RESULT(exportAll({plainText("a\n\nb")}, "text", folder.path("t.jsonl")));
        QCOMPARE(rowsOf(folder.path("t.jsonl"))[0]["text"], nlohmann::json("a\n\nb"));
    }
};

QTEST_APPLESS_MAIN(TestExport)
#include "test_export.moc"
