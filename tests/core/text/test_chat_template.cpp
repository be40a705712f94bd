#include "core/base/json.h"
#include "core/text/chat_template.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <set>

using namespace assay;

namespace {

Message say(Role role, const std::string& content) {
    Message message;
    message.role = role;
    message.content = content;
    return message;
}

std::shared_ptr<const ChatTemplate> named(const std::string& name) {
    return chatTemplateByName(name).value();
}

std::string rendered(const std::string& name, const std::vector<Message>& messages,
    GenerationPrompt prompt = GenerationPrompt::Omit) {
    const auto result = named(name)->render(messages, prompt);
    return result ? result->text() : "error " + message(result.error());
}

/// The text of the trained spans, a bar between two.
std::string answers(const std::string& name, const std::vector<Message>& messages) {
    std::string text;
    const auto result = named(name)->render(messages, GenerationPrompt::Omit);
    for (const RenderedSpan& span : result.value().spans)
        if (span.answer)
            text += span.text + "|";
    return text;
}

std::vector<Message> twoTurns() {
    return {say(Role::System, "Be brief."), say(Role::User, "Hi"), say(Role::Assistant, "Hello!"),
        say(Role::User, "Bye"), say(Role::Assistant, "See you.")};
}

std::vector<Message> oneQuestion() {
    return {say(Role::User, "Hi")};
}

} // namespace

class TestChatTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chatMl() {
        QCOMPARE(rendered("chatml", twoTurns()),
            std::string("<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
                        "<|im_start|>assistant\nHello!<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n"
                        "<|im_start|>assistant\nSee you.<|im_end|>\n"));
        QCOMPARE(rendered("chatml", oneQuestion(), GenerationPrompt::Add),
            std::string("<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"));
        QCOMPARE(
            answers("chatml", twoTurns()), std::string("Hello!|<|im_end|>|See you.|<|im_end|>|"));
    }

    void llama2() {
        QCOMPARE(rendered("llama-2", twoTurns()),
            std::string("<s>[INST] <<SYS>>\nBe brief.\n<</SYS>>\n\nHi [/INST] Hello! </s>"
                        "<s>[INST] Bye [/INST] See you. </s>"));
        QCOMPARE(rendered("llama-2", oneQuestion(), GenerationPrompt::Add),
            std::string("<s>[INST] Hi [/INST]"));
        QCOMPARE(answers("llama-2", twoTurns()), std::string(" Hello! |</s>| See you. |</s>|"));
        // Words are trimmed as Python's strip does, ideographic spaces included.
        QCOMPARE(rendered("llama-2",
                     {say(Role::User, "\n 你好\u3000 "), say(Role::Assistant, "\tok\u00a0")}),
            std::string("<s>[INST] 你好 [/INST] ok </s>"));
    }

    void alpaca() {
        QCOMPARE(rendered("alpaca", twoTurns()),
            std::string("Be brief.\n\n### Instruction:\nHi\n\n### Response:\nHello!</s>"
                        "\n\n### Instruction:\nBye\n\n### Response:\nSee you.</s>"));
        QCOMPARE(rendered("alpaca", oneQuestion(), GenerationPrompt::Add),
            std::string("Below is an instruction that describes a task. Write a response that "
                        "appropriately "
                        "completes the request.\n\n### Instruction:\nHi\n\n### Response:\n"));
        QCOMPARE(answers("alpaca", twoTurns()), std::string("Hello!|</s>|See you.|</s>|"));
    }

    void plain() {
        QCOMPARE(rendered("plain", twoTurns()),
            std::string("Be brief.\nHi\nHello!</s>Bye\nSee you.</s>"));
        QCOMPARE(rendered("plain", oneQuestion(), GenerationPrompt::Add), std::string("Hi\n"));
        QCOMPARE(answers("plain", twoTurns()), std::string("Hello!|</s>|See you.|</s>|"));
    }

    void chatMlHoldsToolCallsAndReasoning() {
        Message call = say(Role::Assistant, "");
        call.reasoning = "Look it up.";
        call.toolCalls = {{"1", "find", R"({"q": "x"})"}};
        std::vector<Message> messages{say(Role::User, "?"), call, say(Role::Tool, "42")};
        QCOMPARE(rendered("chatml", messages),
            std::string("<|im_start|>user\n?<|im_end|>\n<|im_start|>assistant\n<think>\nLook it "
                        "up.\n</think>\n\n\n"
                        "<tool_call>\n{\"name\": \"find\", \"arguments\": {\"q\": "
                        "\"x\"}}\n</tool_call><|im_end|>\n"
                        "<|im_start|>tool\n<tool_response>\n42\n</tool_response><|im_end|>\n"));
        for (const char* name : {"llama-2", "alpaca", "plain"}) {
            const auto refused = named(name)->render(messages, GenerationPrompt::Omit);
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, std::string("text.template_message"));
            QCOMPARE(refused.error().argument("number"), std::string_view("2"));
        }
    }

    void turnsOutOfOrderAreNamed() {
        for (const char* name : {"llama-2", "alpaca", "plain"}) {
            for (const std::vector<Message>& messages :
                {std::vector<Message>{}, {say(Role::System, "x")}, {say(Role::Assistant, "x")},
                    {say(Role::User, "x"), say(Role::User, "y")},
                    {say(Role::User, "x"), say(Role::System, "y")}})
                QVERIFY(!named(name)->render(messages, GenerationPrompt::Omit));
            QVERIFY(!named(name)->render(twoTurns(), GenerationPrompt::Add));
        }
    }

    void namesAndHashesAreDistinct() {
        QCOMPARE(builtInTemplateNames(),
            (std::vector<std::string>{"chatml", "llama-2", "alpaca", "plain"}));
        std::set<std::string> hashes;
        for (const std::string& name : builtInTemplateNames()) {
            QCOMPARE(named(name)->name(), name);
            hashes.insert(named(name)->hash());
        }
        QCOMPARE(hashes.size(), std::size_t(4));
        const auto unknown = chatTemplateByName("vicuna");
        QVERIFY(!unknown);
        QVERIFY(remedy(unknown.error()).find("llama-2") != std::string::npos);
    }

    void theChoiceIsStoredWithTheModel() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        const auto none = chatTemplateOf(path);
        ASSAY_VERIFY_RESULT(none);
        QVERIFY(*none == nullptr);
        QFile config(folder.filePath(QStringLiteral("tokenizer_config.json")));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.write(R"({"tokenizer_class": "LlamaTokenizer", "add_bos_token": false})");
        config.close();
        for (const std::string& name : builtInTemplateNames()) {
            ASSAY_VERIFY_RESULT(storeChatTemplate(*named(name), path));
            const auto stored = chatTemplateOf(path);
            ASSAY_VERIFY_RESULT(stored);
            QCOMPARE((*stored)->name(), name);
            // What was in the configuration stays there.
            const auto json = readJsonFile(path / "tokenizer_config.json");
            ASSAY_VERIFY_RESULT(json);
            QCOMPARE((*json)["tokenizer_class"].get<std::string>(), std::string("LlamaTokenizer"));
            QCOMPARE((*json)["chat_template"].get<std::string>(), named(name)->jinja(false));
            // Without our own file the Jinja text is recognised.
            std::filesystem::remove(path / "assay_template.json");
            const auto recognised = chatTemplateOf(path);
            ASSAY_VERIFY_RESULT(recognised);
            QCOMPARE((*recognised)->name(), name);
        }
    }

    void aTemplateOfTheModelsOwnIsRun() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        const auto configure = [&](const char* text) {
            QFile config(folder.filePath(QStringLiteral("tokenizer_config.json")));
            QVERIFY(config.open(QIODevice::WriteOnly));
            config.write(text);
        };
        configure("{\"chat_template\": \"{{ messages[0].content }}\"}");
        const auto one = chatTemplateOf(path);
        ASSAY_VERIFY_RESULT(one);
        QCOMPARE((*one)->name(), std::string("jinja"));
        QCOMPARE(
            (*one)->render(oneQuestion(), GenerationPrompt::Add).value().text(), std::string("Hi"));
        // Of several the one named default.
        configure("{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"t\"},"
                  "{\"name\": \"default\", \"template\": \"d\"}]}");
        QCOMPARE(chatTemplateOf(path)
                     .value()
                     ->render(oneQuestion(), GenerationPrompt::Add)
                     .value()
                     .text(),
            std::string("d"));
        // Stored with another folder it is the same there.
        QTemporaryDir other;
        const std::filesystem::path copy = other.path().toStdString();
        ASSAY_VERIFY_RESULT(storeChatTemplate(**one, copy));
        const auto stored = chatTemplateOf(copy);
        ASSAY_VERIFY_RESULT(stored);
        QCOMPARE((*stored)->hash(), (*one)->hash());
        QCOMPARE((*stored)->jinja(false), std::string("{{ messages[0].content }}"));
        configure("{\"chat_template\": \"{% if %}\"}");
        const auto wrong = chatTemplateOf(path);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, std::string("text.template_syntax"));
        // Naming one settles it.
        ASSAY_VERIFY_RESULT(storeChatTemplate(*named("plain"), path));
        QCOMPARE(chatTemplateOf(path).value()->name(), std::string("plain"));
    }
};

QTEST_APPLESS_MAIN(TestChatTemplate)
#include "test_chat_template.moc"
