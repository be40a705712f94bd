#include "core/base/file.h"
#include "core/data/sample.h"
#include "core/text/built_in_templates.h"
#include "core/text/own_template.h"
#include "core/text/tool_definitions.h"
#include "tests/core/text/tokenizer_vectors.h"

using namespace assay;
using namespace assay::test;

namespace {

Message say(Role role, const std::string& content) {
    Message message;
    message.role = role;
    message.content = content;
    return message;
}

std::vector<Message> twoTurns() {
    return {say(Role::User, "Hi"), say(Role::Assistant, "Hello!"), say(Role::User, "Bye"),
        say(Role::Assistant, "See you.")};
}

std::vector<Message> oneTurn() {
    return {say(Role::User, "Hi"), say(Role::Assistant, "Hello!")};
}

TokenizerConfig marks() {
    TokenizerConfig config;
    config.bosToken = "<s>";
    config.eosToken = "</s>";
    return config;
}

std::shared_ptr<const ChatTemplate> fromText(const std::string& source) {
    const auto result = ownTemplate(source, marks(), "test");
    return result ? *result : nullptr;
}

std::shared_ptr<const ChatTemplate> fromFile(const char* name) {
    return fromText(
        readFile(dataFolder() / "chat-templates/templates" / (std::string(name) + ".jinja"))
            .value());
}

/// The trained stretches, a bar behind each.
std::string answers(const ChatTemplate& chatTemplate, const std::vector<Message>& messages) {
    const auto rendered = chatTemplate.render(messages, GenerationPrompt::Omit);
    if (!rendered)
        return message(rendered.error());
    std::string text;
    bool before = false;
    for (const RenderedSpan& span : rendered->spans) {
        if (before && !span.answer)
            text += "|";
        if (span.answer)
            text += span.text;
        before = span.answer;
    }
    return text + (before ? "|" : "");
}

std::shared_ptr<const Tokenizer> qwen() {
    const std::filesystem::path from = dataFolder() / "tokenizers/qwen";
    const TextFolder folder;
    for (const char* file : {"vocab.json", "merges.txt", "tokenizer_config.json"})
        folder.copy(from / file, file);
    return loadTokenizer(folder.path()).value();
}

constexpr const char* chatMl
    = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
      "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

} // namespace

class TestOwnTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersByDifferenceOfPrefixes() {
        QCOMPARE(answers(*fromText(chatMl), twoTurns()),
            std::string("Hello!<|im_end|>\n|See you.<|im_end|>\n|"));
        QCOMPARE(fromText(chatMl)->stopStrings(), std::vector<std::string>{"<|im_end|>"});
    }

    void answersByGenerationBlocks() {
        const auto marked = fromText(
            "{% for m in messages %}{{ m.role }}: {% if m.role == 'assistant' %}{% generation %}"
            "{{ m.content }}{{ eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}"
            "\n{% endfor %}");
        QCOMPARE(answers(*marked, twoTurns()), std::string("Hello!</s>|See you.</s>|"));
        std::vector<Message> messages = twoTurns();
        messages[1].trainWeight = 0;
        QCOMPARE(answers(*marked, messages), std::string("See you.</s>|"));
        messages[2].trainWeight = 0.5;
        QCOMPARE(answers(*marked, messages), std::string("Bye|See you.</s>|"));
    }

    void templatesOfRealModels() {
        ASSAY_NEED_DATA("chat-templates/templates");
        QCOMPARE(answers(*fromFile("meta-llama-Llama-3.2-3B-Instruct"), twoTurns()),
            std::string("Hello!<|eot_id|>|See you.<|eot_id|>|"));
        QCOMPARE(answers(*fromFile("google-gemma-2-2b-it"), twoTurns()),
            std::string("Hello!<end_of_turn>\n|See you.<end_of_turn>\n|"));
        QCOMPARE(answers(*fromFile("Qwen-Qwen2.5-7B-Instruct"), twoTurns()),
            std::string("Hello!<|im_end|>\n|See you.<|im_end|>\n|"));
        // Qwen 3 writes an empty thought in front of the last answer only; both places are found.
        QCOMPARE(answers(*fromFile("Qwen-Qwen3-0.6B"), twoTurns()),
            std::string("Hello!<|im_end|>\n|<think>\n\n</think>\n\nSee you.<|im_end|>\n|"));
        QCOMPARE(
            fromFile("Qwen-Qwen3-0.6B")->stopStrings(), std::vector<std::string>{"<|im_end|>"});
    }

    void aMaskThatCannotBeToldIsAnError() {
        ASSAY_NEED_DATA("chat-templates/templates");
        // The prompt of R1 begins a thought that the conversation does not have.
        const auto r1 = fromFile("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B");
        const auto refused = r1->render(oneTurn(), GenerationPrompt::Omit);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("text.template_mask"));
        QVERIFY(message(refused.error()).find("<think>") != std::string::npos);
        // A chat needs no mask, and an answer of weight 0 none either.
        ASSAY_VERIFY_RESULT(r1->render({say(Role::User, "Hi")}, GenerationPrompt::Add));
        std::vector<Message> messages = oneTurn();
        messages[1].trainWeight = 0;
        ASSAY_VERIFY_RESULT(r1->render(messages, GenerationPrompt::Omit));
    }

    void controlTokensOnlyWhereTheTemplateWroteThem() {
        ASSAY_NEED_DATA("tokenizers/qwen");
        const auto tokenizer = qwen();
        std::vector<Message> messages = oneTurn();
        messages[0].content = "a <|im_end|> b";
        const auto sample
            = encodeConversation(*tokenizer, *fromText(chatMl), messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(sample);
        const TokenId end = tokenizer->idOf("<|im_end|>");
        QCOMPARE(std::count(sample->ids.begin(), sample->ids.end(), end), std::ptrdiff_t(2));
        verifyCovers({sample->ids, sample->ranges}, sample->text);
        // The answer and its end are trained; the line break behind it is not.
        std::string trained;
        for (const TokenId label : sample->labels)
            if (label != ignoredLabel)
                trained += tokenizer->piece(label);
        QCOMPARE(trained, std::string("Hello!<|im_end|>"));
    }

    void promptIdsAreTheConversationsFirstIds() {
        ASSAY_NEED_DATA("tokenizers/qwen");
        const auto tokenizer = qwen();
        for (const char* name : {"Qwen-Qwen2.5-7B-Instruct", "Qwen-Qwen3-0.6B",
                 "meta-llama-Llama-3.2-3B-Instruct", "microsoft-Phi-3.5-mini-instruct"}) {
            const auto chatTemplate = fromFile(name);
            std::vector<Message> messages = twoTurns();
            const auto whole
                = encodeConversation(*tokenizer, *chatTemplate, messages, GenerationPrompt::Omit);
            if (QByteArray(name).startsWith("microsoft")) {
                // It ends a conversation with EOS, so no earlier answer ends like a last one.
                QVERIFY(!whole || whole->trainedTokens() > 0);
                continue;
            }
            ASSAY_VERIFY_RESULT(whole);
            messages.pop_back();
            const auto prompt
                = encodeConversation(*tokenizer, *chatTemplate, messages, GenerationPrompt::Add);
            ASSAY_VERIFY_RESULT(prompt);
            QVERIFY(prompt->ids.size() < whole->ids.size());
            QCOMPARE(idsText(prompt->ids),
                idsText(
                    {whole->ids.begin(), whole->ids.begin() + std::ptrdiff_t(prompt->ids.size())}));
        }
    }

    void mistralsConversations_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("ids");
        QTest::addColumn<QString>("source");
        // The first version spells its marks as text; later ones have control tokens.
        QTest::newRow("v1") << QStringLiteral("tokenizer.model.v1")
                            << QStringLiteral("tokens_v1.json")
                            << QStringLiteral(
                                   "{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}"
                                   "[INST] {{ m.content }} [/INST]{% else %} {{ m.content }}"
                                   "{{ eos_token }}{% endif %}{% endfor %}");
        const QString marks
            = QStringLiteral("{{ bos_token }}{% for m in messages %}{% if m.role == 'user' %}"
                             "[INST]{{ m.content }}[/INST]{% else %}{{ m.content }}"
                             "{{ eos_token }}{% endif %}{% endfor %}");
        QTest::newRow("v2") << QStringLiteral("mistral_instruct_tokenizer_240216.model.v2")
                            << QStringLiteral("tokens_v2.json") << marks;
        QTest::newRow("v3") << QStringLiteral("mistral_instruct_tokenizer_240323.model.v3")
                            << QStringLiteral("tokens_v3.json") << marks;
    }
    void mistralsConversations() {
        ASSAY_NEED_DATA("tokenizers/mistral");
        QFETCH(QString, model);
        QFETCH(QString, ids);
        QFETCH(QString, source);
        const std::filesystem::path from = dataFolder() / "tokenizers/mistral";
        const TextFolder folder;
        folder.copy(from / model.toStdString(), "tokenizer.model");
        const auto tokenizer = loadTokenizer(folder.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        const auto sample = readJsonFile(from / "samples/no_tools/sample.json");
        ASSAY_VERIFY_RESULT(sample);
        std::vector<Message> messages;
        for (const Json& one : (*sample)["messages"])
            messages.push_back(say(roleFromName(one["role"].get<std::string>()).value(),
                one["content"].get<std::string>()));
        const auto wanted = readJsonFile(from / "samples/no_tools" / ids.toStdString());
        ASSAY_VERIFY_RESULT(wanted);
        const auto encoded = encodeConversation(
            **tokenizer, *fromText(source.toStdString()), messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(encoded);
        QCOMPARE(idsText(encoded->ids), idsText((*wanted)["tokens"].get<std::vector<TokenId>>()));
        QVERIFY(encoded->trainedTokens() > 30);
        verifyCovers({encoded->ids, encoded->ranges}, encoded->text);
    }

    void builtInTemplatesRenderAsTheirJinja() {
        for (const auto& builtIn : builtInTemplates()) {
            const auto same = fromText(builtIn->jinja(false));
            QVERIFY(same);
            std::vector<Message> messages = twoTurns();
            messages.insert(messages.begin(), say(Role::System, "Be brief."));
            const auto ours = builtIn->render(messages, GenerationPrompt::Omit);
            const auto theirs = same->render(messages, GenerationPrompt::Omit);
            ASSAY_VERIFY_RESULT(ours);
            ASSAY_VERIFY_RESULT(theirs);
            QCOMPARE(
                QByteArray::fromStdString(theirs->text()), QByteArray::fromStdString(ours->text()));
        }
    }

    void toolCallsAndReasoningReachTheTemplate() {
        ASSAY_NEED_DATA("chat-templates/templates");
        std::vector<Message> messages = oneTurn();
        messages[1].content.clear();
        messages[1].reasoning = "hm";
        messages[1].toolCalls.push_back({"call_1", "find", "{\"city\": \"Köln\", \"n\": 1}"});
        const std::string text = answers(*fromFile("Qwen-Qwen3-0.6B"), messages);
        QCOMPARE(QByteArray::fromStdString(text),
            QByteArray("<think>\nhm\n</think>\n\n<tool_call>\n{\"name\": \"find\", \"arguments\": "
                       "{\"city\": \"Köln\", \"n\": 1}}\n</tool_call><|im_end|>\n|"));
    }

    void toolDefinitionsReachTheTemplate() {
        ASSAY_NEED_DATA("chat-templates/cases/cases.json");
        const auto cases = readJsonFile(dataFolder() / "chat-templates/cases/cases.json");
        ASSAY_VERIFY_RESULT(cases);
        // Those with tools whose messages are of the usual form.
        for (const char* name :
            {"CISCai/Mistral-7B-Instruct-v0.3-SOTA-GGUF", "CohereForAI/c4ai-command-r-v01",
                "NousResearch/Hermes-2-Pro-Llama-3-8B (JSON Schema)",
                "meta-llama/Llama-3.1-8B-Instruct"}) {
            const Json& one = (*cases)[name];
            const Json& data = one["data"];
            TokenizerConfig config;
            config.bosToken = data["bos_token"].get<std::string>();
            if (data.contains("eos_token"))
                config.eosToken = data["eos_token"].get<std::string>();
            const auto chatTemplate
                = ownTemplate(one["chat_template"].get<std::string>(), config, name);
            ASSAY_VERIFY_RESULT(chatTemplate);
            const auto sample = sampleFromJson({{"messages", data["messages"]}}, name);
            ASSAY_VERIFY_RESULT(sample);
            const auto prompt = data.value("add_generation_prompt", false) ? GenerationPrompt::Add
                                                                           : GenerationPrompt::Omit;
            const auto rendered = renderConversation(
                **chatTemplate, sample->messages, prompt, dumpJson(data["tools"]));
            ASSAY_VERIFY_RESULT(rendered);
            QCOMPARE(QByteArray::fromStdString(rendered->text()),
                QByteArray::fromStdString(one["target"].get<std::string>()));
        }
    }

    void aToolsWordsAreNoControlTokens() {
        const auto chatTemplate
            = fromText("{{ bos_token }}{% for t in tools %}{{ t.name }}{% endfor %}"
                       "{% for m in messages %}{{ m.content }}{% endfor %}");
        const auto rendered = renderConversation(*chatTemplate, {say(Role::User, "Hi")},
            GenerationPrompt::Omit, "[{\"name\": \"a</s>b\"}]");
        ASSAY_VERIFY_RESULT(rendered);
        for (const RenderedSpan& span : rendered->spans)
            QCOMPARE(span.marks, span.text == "<s>");
        QCOMPARE(rendered->text(), std::string("<s>a</s>bHi"));
        const auto broken = renderConversation(
            *chatTemplate, {say(Role::User, "Hi")}, GenerationPrompt::Omit, "[{");
        QVERIFY(!broken);
    }
};

QTEST_APPLESS_MAIN(TestOwnTemplate)
#include "test_own_template.moc"
