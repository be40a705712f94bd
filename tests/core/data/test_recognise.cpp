#include "tests/core/data/import_support.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

/// What every file of the test material is, and how many of its rows are kept.
class TestRecognise : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFiles_data() {
        QTest::addColumn<std::string>("file");
        QTest::addColumn<std::string>("dialect");
        QTest::addColumn<std::string>("container");
        QTest::addColumn<bool>("preference");
        QTest::addColumn<int>("accepted");
        QTest::addColumn<int>("remarks");
        const auto row = [](const char* file, const char* dialect, const char* container,
                             bool preference, int accepted, int remarks) {
            QTest::newRow(file) << std::string(file) << std::string(dialect)
                                << std::string(container) << preference << accepted << remarks;
        };
        row("sft/axolotl-sharegpt/alpaca.json", "alpaca", "json array", false, 2, 0);
        row("sft/axolotl-sharegpt/conversation.json", "sharegpt", "json objects", false, 1, 0);
        row("sft/axolotl-sharegpt/conversation.missingturns.json", "sharegpt", "json objects",
            false, 1, 1);
        row("sft/chinese-vicuna/chat_data_sample.jsonl", "parallel-lists", "jsonl", false, 3, 0);
        row("sft/chinese-vicuna/instruct_data_sample.jsonl", "alpaca", "jsonl", false, 10, 0);
        row("sft/fastchat-sharegpt/dummy_conversation.json", "sharegpt", "json array", false, 500,
            0);
        row("sft/llamafactory-alpaca/alpaca_en_demo.json", "alpaca", "json array", false, 999, 0);
        row("sft/llamafactory-alpaca/alpaca_zh_demo.json", "alpaca", "json array", false, 1000, 0);
        row("sft/llamafactory-alpaca/identity.json", "alpaca", "json array", false, 91, 0);
        row("sft/llamafactory-toolcall/glaive_toolcall_en_demo.json", "sharegpt", "json array",
            false, 300, 0);
        row("sft/llamafactory-toolcall/reason_tool_use_demo_50.jsonl", "llamafactory-v1", "jsonl",
            false, 50, 0);
        row("sft/openai-messages/toy_chat_fine_tuning.jsonl", "openai", "jsonl", false, 5, 1);
        row("sft/openai-messages/v1_sft_demo.jsonl", "llamafactory-v1", "jsonl", false, 500, 0);
        row("sft/openai-messages/v1_dpo_demo.jsonl", "llamafactory-v1", "jsonl", true, 10, 0);
        row("sft/self-instruct/seed_tasks.jsonl", "self-instruct", "jsonl", false, 175, 0);
        row("sft/self-instruct/user_oriented_instructions.jsonl", "self-instruct", "jsonl", false,
            252, 0);
        row("preference/llamafactory-dpo/dpo_en_demo.json", "sharegpt", "json array", true, 300, 0);
        row("preference/llamafactory-dpo/dpo_zh_demo.json", "sharegpt", "json array", true, 300, 0);
        row("preference/llamafactory-kto/kto_en_demo.json", "openai", "json array", true, 300, 0);
        row("corpus/pretrain-demos/c4_demo.jsonl", "text", "jsonl", false, 300, 0);
        row("corpus/tinyshakespeare/tinyshakespeare.txt", "text", "text", false, 7222, 0);
        row("corpus/tinystories-sample/tinystories_sample.txt", "text", "text", false, 4667, 0);
        row("corpus/zh-sanguo/sanguoyanyi.txt", "text", "text", false, 1566, 0);
    }

    void realFiles() {
        QFETCH(std::string, file);
        QFETCH(std::string, dialect);
        QFETCH(std::string, container);
        QFETCH(bool, preference);
        QFETCH(int, accepted);
        QFETCH(int, remarks);
        const auto path = dataFolder() / file;
        if (!std::filesystem::exists(path))
            QSKIP("test material is absent");
        const auto recognition = recognise(path);
        ASSAY_VERIFY_RESULT(recognition);
        QCOMPARE(recognition->dialect, dialect);
        QCOMPARE(recognition->container, container);
        QCOMPARE(recognition->preference, preference);
        QVERIFY(recognition->unknownRoles.empty());

        CollectingSink sink;
        const auto summary = importFile(path, {}, sink);
        ASSAY_VERIFY_RESULT(summary);
        QCOMPARE(summary->dialect, dialect);
        QCOMPARE(int(summary->rejected), 0);
        QCOMPARE(int(summary->remarks), remarks);
        QCOMPARE(int(summary->accepted), accepted);
        QCOMPARE(sink.samples.size(), std::size_t(accepted));
        QCOMPARE(sink.samples.front().provenance.dialect, dialect);
        QCOMPARE(sink.samples.front().channel, path.stem().string());
    }

    void whatHoldsNoRowsSaysItsKeys() {
        ASSAY_NEED_DATA("sft/llamafactory-alpaca/dataset_info.json");
        const auto settings = recognise(dataFolder() / "sft/llamafactory-alpaca/dataset_info.json");
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, std::string("import.unrecognised"));
        QVERIFY(settings.error().argument("keys").starts_with("identity, alpaca_en_demo, "));
        const auto poems = recognise(dataFolder() / "corpus/zh-poetry/tang300.json");
        QVERIFY(!poems);
        QCOMPARE(poems.error().argument("keys"),
            std::string_view("author, paragraphs, tags, title, id"));
    }
};

QTEST_APPLESS_MAIN(TestRecognise)
#include "test_recognise.moc"
