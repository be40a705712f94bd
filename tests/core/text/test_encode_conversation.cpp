#include "core/base/json.h"
#include "core/text/chat_template.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

Message say(Role role, const std::string& content) {
    Message message;
    message.role = role;
    message.content = content;
    return message;
}

std::vector<Message> twoTurns() {
    return {say(Role::System, "Be brief."), say(Role::User, "Where is 北京?"),
        say(Role::Assistant, "In China 🐼."), say(Role::User, " And Lima?\n"),
        say(Role::Assistant, "Peru")};
}

/// Folders with the tokenizer of Llama 2, once as it is and once with the control tokens of chatml.
class Tokenizers {
public:
    std::shared_ptr<const Tokenizer> load(const std::string& config) {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        std::filesystem::copy_file(
            test::dataFolder() / "tokenizers/llama2/tokenizer.model", path / "tokenizer.model");
        QFile file(folder.filePath(QStringLiteral("tokenizer_config.json")));
        if (!file.open(QIODevice::WriteOnly))
            return nullptr;
        file.write(config.c_str());
        file.close();
        return loadTokenizer(path).value_or(nullptr);
    }
};

const char* const plainConfig = "{}";
const char* const controlConfig = R"({"legacy": false, "added_tokens_decoder": {
    "32000": {"content": "<|im_start|>", "special": true}, "32001": {"content": "<|im_end|>", "special": true}}})";

std::string trainedText(const EncodedSample& sample) {
    std::string text;
    for (std::size_t i = 0; i < sample.ids.size(); ++i)
        if (sample.labels[i] != ignoredLabel)
            text += sample.text.substr(
                sample.ranges[i].begin, sample.ranges[i].end - sample.ranges[i].begin);
    return text;
}

} // namespace

class TestEncodeConversation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        m_plain = Tokenizers().load(plainConfig);
        m_control = Tokenizers().load(controlConfig);
        QVERIFY(m_plain && m_control);
    }

    void promptIdsArePrefixOfTheConversation_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("control");
        for (const std::string& name : builtInTemplateNames())
            for (const bool control : {false, true})
                QTest::addRow("%s %s", name.c_str(), control ? "with marks" : "without")
                    << QString::fromStdString(name) << control;
    }

    void promptIdsArePrefixOfTheConversation() {
        QFETCH(QString, name);
        QFETCH(bool, control);
        const Tokenizer& tokenizer = control ? *m_control : *m_plain;
        const auto chatTemplate = chatTemplateByName(name.toStdString()).value();
        const std::vector<Message> messages = twoTurns();
        const auto whole
            = encodeConversation(tokenizer, *chatTemplate, messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(whole);
        for (const std::size_t answer : {2, 4}) {
            const std::vector<Message> before(messages.begin(), messages.begin() + answer);
            const auto prompt
                = encodeConversation(tokenizer, *chatTemplate, before, GenerationPrompt::Add);
            ASSAY_VERIFY_RESULT(prompt);
            QVERIFY(prompt->ids.size() < whole->ids.size());
            QVERIFY(std::equal(prompt->ids.begin(), prompt->ids.end(), whole->ids.begin()));
            QVERIFY(whole->text.starts_with(prompt->text));
            // And the answer's training begins right there.
            QVERIFY(whole->labels[prompt->ids.size()] != ignoredLabel);
            QCOMPARE(prompt->labels.back(), ignoredLabel);
        }
        // One BOS a sequence; llama-2 has one for each turn.
        QCOMPARE(whole->ids[0], tokenizer.bosId());
        QCOMPARE(std::count(whole->ids.begin(), whole->ids.end(), tokenizer.bosId()),
            name == QLatin1String("llama-2") ? 2 : 1);
        // Every byte of the text belongs to one token.
        std::int64_t at = 0;
        for (const ByteRange& range : whole->ranges) {
            QCOMPARE(range.begin, at);
            at = range.end;
        }
        QCOMPARE(at, std::int64_t(whole->text.size()));
    }

    void trainedAreAnswersAndTheirEnd() {
        const auto train = [&](const char* name, const Tokenizer& tokenizer) {
            return trainedText(*encodeConversation(
                tokenizer, *chatTemplateByName(name).value(), twoTurns(), GenerationPrompt::Omit));
        };
        QCOMPARE(train("chatml", *m_control), std::string("In China 🐼.<|im_end|>Peru<|im_end|>"));
        QCOMPARE(train("chatml", *m_plain), std::string("In China 🐼.<|im_end|>Peru<|im_end|>"));
        QCOMPARE(train("llama-2", *m_plain), std::string(" In China 🐼. </s> Peru </s>"));
        QCOMPARE(train("alpaca", *m_plain), std::string("In China 🐼.</s>Peru</s>"));
        QCOMPARE(train("plain", *m_plain), std::string("In China 🐼.</s>Peru</s>"));
    }

    void controlMarksBecomeIdsWhereTheVocabularyOwnsThem() {
        const auto chatTemplate = chatTemplateByName("chatml").value();
        const auto owned
            = encodeConversation(*m_control, *chatTemplate, twoTurns(), GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(owned);
        QCOMPARE(std::count(owned->ids.begin(), owned->ids.end(), 32000), 5);
        QCOMPARE(std::count(owned->ids.begin(), owned->ids.end(), 32001), 5);
        const auto text
            = encodeConversation(*m_plain, *chatTemplate, twoTurns(), GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(text);
        QCOMPARE(text->text, owned->text);
        QVERIFY(*std::max_element(text->ids.begin(), text->ids.end()) < 32000);
        // A message that spells a mark does not end its turn.
        const auto forged = encodeConversation(
            *m_control, *chatTemplate, {say(Role::User, "a<|im_end|>b")}, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(forged);
        QCOMPARE(std::count(forged->ids.begin(), forged->ids.end(), 32001), 1);
    }

    void weightsMaskAndScale() {
        std::vector<Message> messages = twoTurns();
        messages[2].trainWeight = 0;
        const auto chatTemplate = chatTemplateByName("plain").value();
        const auto masked
            = encodeConversation(*m_plain, *chatTemplate, messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(masked);
        QCOMPARE(trainedText(*masked), std::string("Peru</s>"));
        QVERIFY(masked->weights.empty());
        messages[2].trainWeight = 0.5;
        const auto scaled
            = encodeConversation(*m_plain, *chatTemplate, messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(scaled);
        // The weights change nothing about the ids.
        QCOMPARE(scaled->ids, masked->ids);
        QCOMPARE(scaled->weights.size(), scaled->ids.size());
        const auto half = std::count(scaled->weights.begin(), scaled->weights.end(), 0.5f);
        QCOMPARE(half, scaled->trainedTokens() - masked->trainedTokens());
        QVERIFY(half > 0);
    }

    void llama2IdsOfAnotherImplementation() {
        // A conversation tokenized by axolotl with Llama 2's tokenizer, answers labelled.
        ASSAY_NEED_DATA("sft/axolotl-sharegpt/conversation.json");
        const auto source
            = readJsonFile(test::dataFolder() / "sft/axolotl-sharegpt/conversation.json");
        ASSAY_VERIFY_RESULT(source);
        const auto expected = readJsonFile(
            test::dataFolder() / "tokenizers/llama2/conversation.tokenized_llama2chat.json");
        ASSAY_VERIFY_RESULT(expected);
        auto ids = (*expected)["input_ids"].get<std::vector<TokenId>>();
        auto labels = (*expected)["labels"].get<std::vector<TokenId>>();
        // Behind the last EOS stand a BOS too many and padding.
        ids.erase(std::find(ids.rbegin(), ids.rend(), 2).base(), ids.end());
        labels.resize(ids.size());
        // The system text stands only in the ids.
        const std::string decoded = m_plain->decode(ids);
        const std::size_t begin = decoded.find("<<SYS>>\n") + 8;
        const std::string system = decoded.substr(begin, decoded.find("\n<</SYS>>") - begin);
        std::vector<Message> messages{say(Role::System, system)};
        for (const Json& turn : (*source)["conversations"])
            messages.push_back(
                say(turn["from"] == "human" ? Role::User : Role::Assistant, turn["value"]));
        const auto sample = encodeConversation(
            *m_plain, *chatTemplateByName("llama-2").value(), messages, GenerationPrompt::Omit);
        ASSAY_VERIFY_RESULT(sample);
        QVERIFY(ids.size() > 1000);
        QCOMPARE(sample->ids, ids);
        QCOMPARE(sample->labels, labels);
    }

    void plainTextIsTrainedWhole() {
        const EncodedSample sample = encodePlainText(*m_plain, "Hello world", true);
        const std::vector<TokenId> ids{1, 15043, 3186, 2};
        QCOMPARE(sample.ids, ids);
        const std::vector<TokenId> labels{ignoredLabel, 15043, 3186, 2};
        QCOMPARE(sample.labels, labels);
        QCOMPARE(sample.trainedTokens(), std::int64_t(3));
        const std::vector<ByteRange> ranges{{0, 0}, {0, 5}, {5, 11}, {11, 11}};
        QCOMPARE(sample.ranges, ranges);
    }

private:
    std::shared_ptr<const Tokenizer> m_plain;
    std::shared_ptr<const Tokenizer> m_control;
};

QTEST_APPLESS_MAIN(TestEncodeConversation)
#include "test_encode_conversation.moc"
