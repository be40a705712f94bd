#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/text/chat_template.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

/// A few hundred invented sentences with digits, capitals and two scripts.
std::string smallCorpus() {
    const std::vector<std::string> names{"Lima", "Oslo", "Cairo", "Quito", "北京", "Accra"};
    const std::vector<std::string> things{
        "river", "market", "bridge", "garden", "museum", "station"};
    Rng rng(11);
    std::string text;
    for (int i = 0; i < 400; ++i)
        text += "The " + things[rng.below(6)] + " of " + names[rng.below(6)] + " has "
            + std::to_string(rng.below(900)) + " visitors, more than the " + things[rng.below(6)]
            + ".\r\n";
    return text;
}

} // namespace

class TestTrainTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        m_root = m_folder.path().toStdString();
        m_corpus = {m_root / "a,corpus.txt"};
        ASSAY_VERIFY_RESULT(writeFileAtomically(m_corpus[0], smallCorpus()));
    }

    void everyTextSurvivesThereAndBack_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<int>("size");
        QTest::newRow("bpe") << QStringLiteral("bpe") << 400;
        QTest::newRow("unigram") << QStringLiteral("unigram") << 320;
    }

    void everyTextSurvivesThereAndBack() {
        QFETCH(QString, model);
        QFETCH(int, size);
        TokenizerTraining training;
        training.model = model.toStdString();
        training.vocabularySize = size;
        training.controlSymbols = {"<|im_start|>", "<|im_end|>"};
        const std::filesystem::path out = m_root / training.model;
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, out));
        const auto loaded = loadTokenizer(out);
        ASSAY_VERIFY_RESULT(loaded);
        const Tokenizer& tokenizer = **loaded;
        QCOMPARE(tokenizer.vocabularySize(), std::int64_t(size));
        QCOMPARE(tokenizer.unknownId(), 0);
        QCOMPARE(tokenizer.bosId(), 1);
        QCOMPARE(tokenizer.eosId(), 2);
        QCOMPARE(tokenizer.padId(), 3);
        QVERIFY(tokenizer.addsBos());
        QCOMPARE(tokenizer.idOf("<|im_end|>"), 5);
        QVERIFY(tokenizer.isControl(4) && tokenizer.isControl(5));
        // Learned pieces are longer than letters, unseen characters become bytes.
        QVERIFY(tokenizer.encode("The market of Lima").ids.size() < 18);
        for (const std::string text : {"The bridge", "  two\n\nlines\t ", "émigré 🦙 ﬁ ①",
                 "<|im_end|></s>", "12 345"}) {
            const Encoding encoding = tokenizer.encode(text);
            QCOMPARE(tokenizer.decode(encoding.ids), text);
            for (const TokenId id : encoding.ids)
                QVERIFY(!tokenizer.isControl(id) && id != 0);
        }
        // Digits stand alone.
        QCOMPARE(tokenizer.encodeContinuation("345").ids.size(), std::size_t(3));
    }

    void theSameCorpusGivesTheSameFile() {
        TokenizerTraining training;
        training.vocabularySize = 350;
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, m_root / "one"));
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, m_root / "two"));
        QCOMPARE(
            *readFile(m_root / "one/tokenizer.model"), *readFile(m_root / "two/tokenizer.model"));
    }

    void theConfigurationIsWhatTransformersReads() {
        TokenizerTraining training;
        training.vocabularySize = 350;
        training.controlSymbols = {"<|im_start|>", "<|im_end|>"};
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, m_root / "config"));
        const auto config = readJsonFile(m_root / "config/tokenizer_config.json");
        ASSAY_VERIFY_RESULT(config);
        QCOMPARE((*config)["tokenizer_class"].get<std::string>(), std::string("LlamaTokenizer"));
        QCOMPARE((*config)["add_bos_token"].get<bool>(), true);
        QCOMPARE((*config)["added_tokens_decoder"]["5"]["content"].get<std::string>(),
            std::string("<|im_end|>"));
        // A template can be stored beside it, and its marks are ids.
        const auto chatMl = chatTemplateByName("chatml").value();
        ASSAY_VERIFY_RESULT(storeChatTemplate(*chatMl, m_root / "config"));
        const auto tokenizer = loadTokenizer(m_root / "config");
        ASSAY_VERIFY_RESULT(tokenizer);
        QVERIFY(!(*tokenizer)->startsTextAfterControl());
        QCOMPARE((*tokenizer)->idOf("<|im_start|>"), 4);
    }

    void sizesThatDoNotFitNameOneThatDoes() {
        TokenizerTraining training;
        training.vocabularySize = 50000;
        const auto large = trainSentencePiece(m_corpus, training, m_root / "large");
        QVERIFY(!large);
        QCOMPARE(large.error().code, std::string("text.vocabulary_too_large"));
        QVERIFY(!std::filesystem::exists(m_root / "large"));
        // The size that it names works.
        training.vocabularySize = std::stoll(std::string(large.error().argument("largest")));
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, m_root / "large"));
        QCOMPARE((*loadTokenizer(m_root / "large"))->vocabularySize(), training.vocabularySize);

        training.vocabularySize = 262;
        const auto small = trainSentencePiece(m_corpus, training, m_root / "small");
        QVERIFY(!small);
        QCOMPARE(small.error().code, std::string("text.vocabulary_too_small"));
        training.vocabularySize = std::stoll(std::string(small.error().argument("least")));
        ASSAY_VERIFY_RESULT(trainSentencePiece(m_corpus, training, m_root / "small"));
    }

    void corpusMistakesAreNamed() {
        const std::vector<std::filesystem::path> missing{m_root / "absent.txt"};
        const auto absent = trainSentencePiece(missing, {}, m_root / "x");
        QVERIFY(!absent);
        QVERIFY(message(absent.error()).find("absent.txt") != std::string::npos);
        ASSAY_VERIFY_RESULT(writeFileAtomically(m_root / "empty.txt", "\n\n"));
        const std::vector<std::filesystem::path> blank{m_root / "empty.txt"};
        const auto empty = trainSentencePiece(blank, {}, m_root / "x");
        QVERIFY(!empty);
        QCOMPARE(empty.error().code, std::string("text.empty_corpus"));
    }

    void aLongLineCounts() {
        std::string line;
        for (int i = 0; i < 3000; ++i)
            line += "zebra quagga ";
        ASSAY_VERIFY_RESULT(writeFileAtomically(m_root / "long.txt", line));
        const std::vector<std::filesystem::path> corpus{m_root / "long.txt"};
        TokenizerTraining training;
        training.vocabularySize = 275;
        ASSAY_VERIFY_RESULT(trainSentencePiece(corpus, training, m_root / "long"));
        QVERIFY((*loadTokenizer(m_root / "long"))->encode("zebra").ids.size() < 4);
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    std::vector<std::filesystem::path> m_corpus;
};

QTEST_APPLESS_MAIN(TestTrainTokenizer)
#include "test_train_tokenizer.moc"
