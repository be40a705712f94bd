#include "core/base/utf8.h"
#include "core/text/score_text.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

class TestScoreText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        m_tokenizer = loadTokenizer(test::dataFolder() / "models/stories260k-hf").value();
    }

    void fieldsOfAText() {
        const Json fields = tokenFields(m_tokenizer.get(), viewOfText(*m_tokenizer, "Tim é🦙"));
        QCOMPARE(fields["text"].get<std::string>(), std::string("Tim é🦙"));
        const std::size_t count = fields["ids"].size();
        QCOMPARE(fields["pieces"].size(), count);
        QCOMPARE(fields["byte_offsets"].size(), count);
        QCOMPARE(fields["bytes_hex"].size(), count);
        QCOMPARE(fields["ids"][0].get<TokenId>(), m_tokenizer->bosId());
        QCOMPARE(fields["pieces"][0].get<std::string>(), std::string("<s>"));
        QCOMPARE(fields["byte_offsets"][0].dump(), std::string("[0,0]"));
        // The llama ends the text with four single bytes.
        for (int i = 0; i < 4; ++i) {
            const std::size_t token = count - 4 + std::size_t(i);
            QCOMPARE(fields["byte_offsets"][token], Json({6 + i, 7 + i}));
            QCOMPARE(fields["bytes_hex"][token].get<std::string>(),
                (std::vector<std::string>{"f0", "9f", "a6", "99"}[i]));
        }
        QVERIFY(fields["bytes_hex"][1].is_null());
        for (const Json& piece : fields["pieces"])
            QVERIFY(isValidUtf8(piece.get<std::string>()));
    }

    void idsGiveTheSameFieldsAsTheirText() {
        const TokenView fromText = viewOfText(*m_tokenizer, "Once upon 🦙 a time");
        const TokenView fromIds = viewOfIds(m_tokenizer.get(), fromText.ids);
        QCOMPARE(tokenFields(m_tokenizer.get(), fromIds), tokenFields(m_tokenizer.get(), fromText));
        QCOMPARE(*fromIds.text, m_tokenizer->decode(fromText.ids));
    }

    void idsThatEndInsideACharacterStillGiveAValidLine() {
        TokenView view = viewOfText(*m_tokenizer, "a🦙");
        view.ids.pop_back();
        const Json fields = tokenFields(m_tokenizer.get(), viewOfIds(m_tokenizer.get(), view.ids));
        const std::string text = fields["text"];
        QVERIFY(isValidUtf8(text));
        QCOMPARE(text, std::string("a\ufffd\ufffd\ufffd"));
        // Offsets point into the text as it is shown.
        QCOMPARE(fields["byte_offsets"].back(), Json({7, 10}));
        QCOMPARE(fields["bytes_hex"].back().get<std::string>(), std::string("a6"));
    }

    void withoutATokenizerOnlyIdsAreKnown() {
        const Json fields = tokenFields(nullptr, viewOfIds(nullptr, {3, 1, 2}));
        QCOMPARE(fields["ids"].dump(), std::string("[3,1,2]"));
        for (const char* key : {"text", "pieces", "byte_offsets", "bytes_hex"})
            QVERIFY(fields[key].is_null());
    }

    void anIdOutsideTheVocabularyIsShownAsSuch() {
        const Json fields
            = tokenFields(m_tokenizer.get(), viewOfIds(m_tokenizer.get(), {1, 99999}));
        QCOMPARE(fields["pieces"][1].get<std::string>(), std::string("<id 99999>"));
    }

    void aStreamGivesWholeCharacters() {
        const std::string text = "Once é 你好 🦙!";
        const Encoding encoding = m_tokenizer->encode(text);
        TextStream stream(*m_tokenizer, true);
        std::string joined;
        bool held = false;
        for (const TokenId id : encoding.ids) {
            const std::string part = stream.push(id);
            QVERIFY(isValidUtf8(part));
            QVERIFY(part.find("\ufffd") == std::string::npos);
            held = held || part.empty();
            joined += part;
        }
        QVERIFY(held);
        QCOMPARE(joined + stream.finish(), text);
        // In the middle of a text the space in front counts.
        TextStream middle(*m_tokenizer);
        QCOMPARE(middle.push(encoding.ids[0]).substr(0, 1), std::string(" "));
    }

    void aStreamDoesNotWaitForWhatCannotBeCompleted() {
        TextStream stream(*m_tokenizer);
        const TokenId lead = m_tokenizer->idOf("<0xF0>");
        const TokenId letter = m_tokenizer->idOf("a");
        QCOMPARE(stream.push(lead), std::string());
        QCOMPARE(stream.push(letter),
            std::string("\ufffd"
                        "a"));
        QCOMPARE(stream.push(m_tokenizer->idOf("<0x99>")), std::string("\ufffd"));
        QCOMPARE(stream.push(lead), std::string());
        QCOMPARE(stream.finish(), std::string("\ufffd"));
        QCOMPARE(stream.finish(), std::string());
    }

private:
    std::shared_ptr<const Tokenizer> m_tokenizer;
};

QTEST_APPLESS_MAIN(TestScoreText)
#include "test_score_text.moc"
