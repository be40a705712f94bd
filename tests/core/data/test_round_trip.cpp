#include "tests/core/data/export_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

/// Import then export gives the same rows in the same dialect, and the same samples through any
/// other.
class TestRoundTrip : public QObject {
    Q_OBJECT

private:
    static void realFileRows() {
        QTest::addColumn<std::string>("file");
        QTest::addColumn<std::string>("format");
        const auto row = [](const char* file, const char* format) {
            QTest::newRow(file) << std::string(file) << std::string(format);
        };
        row("sft/axolotl-sharegpt/alpaca.json", "alpaca");
        row("sft/axolotl-sharegpt/conversation.json", "sharegpt");
        row("sft/axolotl-sharegpt/conversation.missingturns.json", "sharegpt");
        row("sft/chinese-vicuna/instruct_data_sample.jsonl", "alpaca");
        row("sft/fastchat-sharegpt/dummy_conversation.json", "sharegpt");
        row("sft/llamafactory-alpaca/alpaca_en_demo.json", "alpaca");
        row("sft/llamafactory-alpaca/alpaca_zh_demo.json", "alpaca");
        row("sft/llamafactory-alpaca/identity.json", "alpaca");
        row("sft/llamafactory-toolcall/glaive_toolcall_en_demo.json", "sharegpt");
        row("sft/llamafactory-toolcall/reason_tool_use_demo_50.jsonl", "llamafactory-v1");
        row("sft/openai-messages/toy_chat_fine_tuning.jsonl", "openai");
        row("sft/openai-messages/v1_sft_demo.jsonl", "llamafactory-v1");
        row("sft/openai-messages/v1_dpo_demo.jsonl", "llamafactory-v1");
        row("preference/llamafactory-dpo/dpo_en_demo.json", "sharegpt");
        row("preference/llamafactory-dpo/dpo_zh_demo.json", "sharegpt");
        row("preference/llamafactory-kto/kto_en_demo.json", "openai");
        row("corpus/pretrain-demos/c4_demo.jsonl", "text");
    }

private Q_SLOTS:
    void sameDialectGivesTheSameRows_data() { realFileRows(); }
    void sameDialectGivesTheSameRows() {
        QFETCH(std::string, file);
        QFETCH(std::string, format);
        const auto path = dataFolder() / file;
        if (!std::filesystem::exists(path))
            QSKIP("test material is absent");
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        Folder folder;
        const auto out = folder.path(path.filename());
        const auto exported = exportAll(sink.samples, format, out);
        ASSAY_VERIFY_RESULT(exported);
        QVERIFY(exported->refused.empty());
        QVERIFY(exported->summary.leftOut.empty());
        QCOMPARE(exported->summary.bytes, std::int64_t(std::filesystem::file_size(out)));
        const auto before = rowsOf(path);
        const auto after = rowsOf(out);
        QCOMPARE(after.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i)
            QVERIFY2(before[i] == after[i],
                ("row " + std::to_string(i) + "\n" + before[i].dump() + "\n" + after[i].dump())
                    .c_str());
    }

    void throughOpenAiAndBackGivesTheSameSamples_data() { realFileRows(); }
    void throughOpenAiAndBackGivesTheSameSamples() {
        QFETCH(std::string, file);
        const auto path = dataFolder() / file;
        if (!std::filesystem::exists(path))
            QSKIP("test material is absent");
        CollectingSink first;
        ASSAY_VERIFY_RESULT(importFile(path, {}, first));
        if (first.samples.front().text)
            QSKIP("text is no conversation");
        Folder folder;
        const auto out = folder.path("through.jsonl");
        const auto exported = exportAll(first.samples, "openai", out);
        ASSAY_VERIFY_RESULT(exported);
        QVERIFY(exported->refused.empty());
        CollectingSink second;
        ASSAY_VERIFY_RESULT(importFile(out, {}, second));
        QCOMPARE(second.samples.size(), first.samples.size());
        for (std::size_t i = 0; i < first.samples.size(); ++i) {
            Sample before = stripped(first.samples[i]);
            Sample after = stripped(second.samples[i]);
            // A weight that the role has anyway need not be said.
            for (Sample* sample : {&before, &after})
                for (auto* messages :
                    {&sample->messages, sample->chosen ? &*sample->chosen : nullptr,
                        sample->rejected ? &*sample->rejected : nullptr})
                    for (std::size_t m = 0; messages && m < messages->size(); ++m)
                        if (Message& message = (*messages)[m];
                            message.trainWeight == (message.role == Role::Assistant ? 1.0 : 0.0))
                            message.trainWeight.reset();
            QVERIFY2(before == after,
                ("row " + std::to_string(i) + "\n" + dumpJson(sampleToJson(before)) + "\n"
                    + dumpJson(sampleToJson(after)))
                    .c_str());
            QCOMPARE(revisionHash(after), revisionHash(before));
        }
    }

    void storedFormIsLossless_data() { realFileRows(); }
    void storedFormIsLossless() {
        QFETCH(std::string, file);
        const auto path = dataFolder() / file;
        if (!std::filesystem::exists(path))
            QSKIP("test material is absent");
        CollectingSink sink;
        ASSAY_VERIFY_RESULT(importFile(path, {}, sink));
        for (const Sample& sample : sink.samples) {
            const auto parsed = parseJson(dumpJson(sampleToJson(sample)), "stored");
            ASSAY_VERIFY_RESULT(parsed);
            const auto back = sampleFromJson(*parsed, "stored");
            ASSAY_VERIFY_RESULT(back);
            QVERIFY(*back == sample);
        }
    }
};

QTEST_APPLESS_MAIN(TestRoundTrip)
#include "test_round_trip.moc"
