#include "core/data/sample.h"
#include "core/data/source_shape.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

Sample fullSample() {
    Sample sample;
    sample.uid = "b7b4a6c0-0000-4000-8000-000000000001";
    sample.channel = "tools";
    Message system;
    system.role = Role::System;
    system.content = "Be brief.";
    Message call;
    call.role = Role::Assistant;
    call.reasoning = "The clock knows.";
    call.toolCalls
        = {{"call_1", "clock", "{ \"zone\":\"Europe/Paris\" }"}, {"call_2", "broken", "not json"}};
    call.trainWeight = 0.1;
    call.extra = Json{{"name", "helper"}};
    Message result;
    result.role = Role::Tool;
    result.content = "12:00";
    result.toolCallId = "call_1";
    sample.messages = {system, call, result};
    sample.chosen = {system};
    sample.rejected.emplace();
    sample.reference = "";
    sample.tools = "[ {\"a\": 1.0} ]";
    sample.provenance = {"a/b.json", 12, 345, "openai"};
    sample.meta = Json{{"id", 7}, {"nested", Json::array({1, nullptr})}};
    return sample;
}

} // namespace

class TestSample : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldSurvivesTheStoredForm() {
        const Sample sample = fullSample();
        const auto json = parseJson(dumpJson(sampleToJson(sample)), "stored");
        ASSAY_VERIFY_RESULT(json);
        const auto back = sampleFromJson(*json, "stored");
        ASSAY_VERIFY_RESULT(back);
        QVERIFY(*back == sample);

        Sample text;
        text.text = "";
        const auto textBack = sampleFromJson(sampleToJson(text), "text");
        ASSAY_VERIFY_RESULT(textBack);
        QVERIFY(*textBack == text);
        QVERIFY(*sampleFromJson(sampleToJson(Sample{}), "empty") == Sample{});
    }

    void everyProblemOfTheStoredFormIsReported() {
        const Json json
            = Json::parse(R"({"messages":[{"role":"narrator","content":"x"},{"role":"user"}],
            "tools":[],"colour":"red"})");
        const auto sample = sampleFromJson(json, "row 3");
        QVERIFY(!sample);
        QCOMPARE(sample.error().code, std::string("several"));
        std::vector<std::string> seen;
        for (const Error& problem : sample.error().details)
            seen.push_back(problem.code + " " + problem.where);
        const std::vector<std::string> expected = {"sample.value row 3/messages/0",
            "json.missing row 3/messages/1", "json.type row 3", "json.unknown_key row 3"};
        QCOMPARE(seen, expected);
        QVERIFY(!sampleFromJson(Json("text"), "row 4"));
    }

    void revisionChangesWithWhatIsLearned() {
        const Sample sample = fullSample();
        const std::string hash = revisionHash(sample);
        QCOMPARE(hash.size(), std::size_t(32));
        const auto changed = [&](auto&& change) {
            Sample other = sample;
            change(other);
            return revisionHash(other) != hash;
        };
        QVERIFY(changed([](Sample& s) { s.messages[0].content += " "; }));
        QVERIFY(changed([](Sample& s) { s.messages[0].role = Role::User; }));
        QVERIFY(changed([](Sample& s) { s.messages[1].toolCalls[0].arguments = "{}"; }));
        QVERIFY(changed([](Sample& s) { s.messages[1].trainWeight.reset(); }));
        QVERIFY(changed([](Sample& s) { s.messages[1].reasoning.clear(); }));
        QVERIFY(changed([](Sample& s) { s.chosen.reset(); }));
        QVERIFY(changed([](Sample& s) { s.rejected.reset(); }));
        QVERIFY(changed([](Sample& s) { s.reference.reset(); }));
        QVERIFY(changed([](Sample& s) { s.text = ""; }));
        QVERIFY(changed([](Sample& s) { s.tools.clear(); }));
        // Moving a letter from one field to the next is a change too.
        QVERIFY(changed([](Sample& s) {
            s.messages[1].toolCalls[0].id = "call_1c";
            s.messages[1].toolCalls[0].name = "lock";
        }));
        // Where it came from and how it was spelt is not.
        QVERIFY(!changed([](Sample& s) { s.uid.clear(); }));
        QVERIFY(!changed([](Sample& s) { s.channel = "other"; }));
        QVERIFY(!changed([](Sample& s) { s.meta = nullptr; }));
        QVERIFY(!changed([](Sample& s) { s.provenance = {}; }));
        QVERIFY(!changed([](Sample& s) { setShapeNote(s.messages[0].extra, "from", "bot"); }));
    }

    void rolesHaveOneNameEach() {
        for (const Role role :
            {Role::System, Role::Developer, Role::User, Role::Assistant, Role::Tool})
            QCOMPARE(roleFromName(roleName(role)), std::optional<Role>(role));
        QCOMPARE(roleFromName("human"), std::optional<Role>());
    }
};

QTEST_APPLESS_MAIN(TestSample)
#include "test_sample.moc"
