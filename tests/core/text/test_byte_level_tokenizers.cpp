#include "core/text/pieces/bpe_model.h"
#include "core/text/split/char_class.h"
#include "core/text/split/gpt_split.h"
#include "core/text/split/regex.h"
#include "tests/core/text/tokenizer_vectors.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr const char* names[] = {"gpt2", "qwen", "llama3"};

/// The tokenizer of a folder of the test material, laid out as models have it.
std::shared_ptr<const Tokenizer> load(const std::string& name) {
    const std::filesystem::path from = dataFolder() / "tokenizers" / name;
    const TextFolder folder;
    if (name == "gpt2") {
        folder.copy(from / "encoder.json", "encoder.json");
        folder.copy(from / "vocab.bpe", "vocab.bpe");
    } else if (name == "qwen") {
        for (const char* file : {"vocab.json", "merges.txt", "tokenizer_config.json"})
            folder.copy(from / file, file);
    } else {
        folder.copy(from / "llama3_tokenizer.model", "tokenizer.model");
    }
    const auto tokenizer = loadTokenizer(folder.path());
    return tokenizer ? *tokenizer : nullptr;
}

std::filesystem::path vectorsOf(const std::string& name) {
    return dataFolder() / "tokenizers" / name
        / (name == "gpt2"        ? "ggml-vocab-gpt-2.gguf"
                : name == "qwen" ? "ggml-vocab-qwen2.gguf"
                                 : "ggml-vocab-llama-bpe.gguf");
}

/// The same vocabulary as tokenizer.json, made from vocab.json and merges.txt.
std::string tokenizerJson(const std::string& name) {
    const std::filesystem::path from = dataFolder() / "tokenizers" / name;
    const bool gpt2 = name == "gpt2";
    const std::string vocabulary = readFile(from / (gpt2 ? "encoder.json" : "vocab.json")).value();
    std::istringstream lines(readFile(from / (gpt2 ? "vocab.bpe" : "merges.txt")).value());
    std::string merges;
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && !line.starts_with("#version"))
            merges += (merges.empty() ? "" : ",") + dumpJson(line);
    const std::string split = R"({"type":"Sequence","pretokenizers":[{"type":"Split","pattern":)"
                              R"({"Regex":)"
        + dumpJson(std::string(expressionOf(qwen2Pattern)))
        + R"(},"behavior":"Isolated","invert":false},)"
          R"({"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]})";
    const std::string byteLevel
        = R"({"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true})";
    return R"({"version":"1.0","added_tokens":[],"normalizer":)"
        + std::string(gpt2 ? "null" : R"({"type":"NFC"})") + R"(,"pre_tokenizer":)"
        + (gpt2 ? byteLevel : split) + R"(,"post_processor":)" + byteLevel + R"(,"decoder":)"
        + byteLevel + R"(,"model":{"type":"BPE","dropout":null,"vocab":)" + vocabulary
        + R"(,"merges":[)" + merges + "]}}";
}

} // namespace

class TestByteLevelTokenizers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedVectors_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : names)
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void publishedVectors() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        QFETCH(QString, name);
        const auto tokenizer = load(name.toStdString());
        QVERIFY(tokenizer);
        const std::vector<Vector> vectors = ggmlVectors(vectorsOf(name.toStdString()));
        QCOMPARE(vectors.size(), std::size_t(46));
        for (const Vector& vector : vectors) {
            const Encoding encoding = tokenizer->encode(vector.text);
            QCOMPARE(idsText(encoding.ids), idsText(vector.ids));
            verifyCovers(encoding, vector.text);
            QCOMPARE(tokenizer->decode(encoding.ids), vector.text);
        }
    }

    void tokenizerJsonGivesTheSameIds_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("gpt2") << QStringLiteral("gpt2");
        QTest::newRow("qwen") << QStringLiteral("qwen");
    }
    void tokenizerJsonGivesTheSameIds() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        QFETCH(QString, name);
        const TextFolder folder;
        folder.write("tokenizer.json", tokenizerJson(name.toStdString()));
        const auto tokenizer = loadTokenizer(folder.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        for (const Vector& vector : ggmlVectors(vectorsOf(name.toStdString())))
            QCOMPARE(idsText((*tokenizer)->encode(vector.text).ids), idsText(vector.ids));
    }

    void factsOfTheFamilies() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        const auto llama3 = load("llama3");
        QCOMPARE(llama3->vocabularySize(), std::int64_t(128256));
        QCOMPARE(llama3->bosId(), 128000);
        QCOMPARE(llama3->idOf("<|eot_id|>"), 128009);
        QVERIFY(llama3->isControl(128009));
        QVERIFY(llama3->addsBos());
        const auto qwen = load("qwen");
        QCOMPARE(qwen->vocabularySize(), std::int64_t(151669));
        QCOMPARE(qwen->eosId(), qwen->idOf("<|im_end|>"));
        QVERIFY(!qwen->addsBos());
        QCOMPARE(qwen->bosId(), -1);
        const auto gpt2 = load("gpt2");
        QCOMPARE(gpt2->vocabularySize(), std::int64_t(50257));
        QCOMPARE(gpt2->eosId(), 50256);
        QVERIFY(gpt2->isControl(50256));
    }

    void controlTokensInDataStayText() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        const auto qwen = load("qwen");
        for (const TokenId id : qwen->encode("a <|im_end|> b").ids)
            QVERIFY(!qwen->isControl(id));
        // A mark that is no control token is found wherever it stands.
        const std::vector<TokenId> ids = qwen->encode("a<tool_call>b").ids;
        QCOMPARE(ids.size(), std::size_t(3));
        QCOMPARE(ids[1], qwen->idOf("<tool_call>"));
        QVERIFY(!qwen->isControl(ids[1]));
    }

    void anyBytesComeBack() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        for (const char* name : names) {
            const auto tokenizer = load(name);
            Rng random(7);
            for (int i = 0; i < 300; ++i) {
                const bool damage = i % 2 == 1;
                const std::string text = randomText(random, 1 + int(random.below(60)), damage);
                const Encoding encoding = tokenizer->encode(text);
                verifyCovers(encoding, text);
                if (QByteArray(name) == "qwen")
                    continue; // its normaliser composes what was written apart
                QCOMPARE(tokenizer->decode(encoding.ids), text);
                for (std::size_t t = 0; t < encoding.ids.size(); ++t)
                    QCOMPARE(tokenizer->bytesOf(encoding.ids[t]),
                        text.substr(std::size_t(encoding.ranges[t].begin),
                            std::size_t(encoding.ranges[t].end - encoding.ranges[t].begin)));
            }
        }
    }

    void composedCharactersPointAtWhatWasWritten() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        const auto qwen = load("qwen");
        const std::string text = "caf"
                                 "e\xcc\x81 noir";
        const Encoding encoding = qwen->encode(text);
        verifyCovers(encoding, text);
        QCOMPARE(idsText(encoding.ids), idsText(qwen->encode("café noir").ids));
        QCOMPARE(text.substr(std::size_t(encoding.ranges.back().begin)), std::string(" noir"));
    }

    void handWrittenPatternsMatchTheRegularExpressions_data() {
        QTest::addColumn<int>("index");
        QTest::newRow("gpt2") << 0;
        QTest::newRow("llama3") << 1;
        QTest::newRow("qwen2") << 2;
    }
    void handWrittenPatternsMatchTheRegularExpressions() {
        QFETCH(int, index);
        const GptPattern pattern = index == 0 ? gpt2Pattern
            : index == 1                      ? llama3Pattern
                                              : qwen2Pattern;
        const Regex regex = Regex::compile(expressionOf(pattern), "test").value();
        const Regex letter = Regex::compile("^(\\p{L}|\\p{N}|\\s)$", "test").value();
        const std::uint8_t* classes = charClasses();
        const auto agrees = [&](char32_t c) { // both know the character, or neither does
            std::string one;
            appendUtf8(one, c);
            ByteRange match;
            return letter.find(one, 0, match)
                == ((classes[c] & (CharLetter | CharNumber | CharSpace)) != 0);
        };
        Rng random(11);
        int compared = 0;
        for (int i = 0; i < 4000; ++i) {
            const std::string text = randomText(random, 1 + int(random.below(40)));
            bool known = true;
            for (std::size_t at = 0; at < text.size();) {
                const CharAt c = charAt(text.data() + at);
                known = known && agrees(c.codePoint);
                at += c.size;
            }
            if (!known)
                continue; // a character of a newer Unicode than one of the libraries has
            ++compared;
            const char* const end = text.data() + text.size();
            for (const char* at = text.data(); at < end;) {
                const auto begin = std::size_t(at - text.data());
                ByteRange match;
                QVERIFY(regex.find(text, begin, match));
                const char* next = gptWordEnd(pattern, classes, at, end);
                QCOMPARE(QByteArray(at, next - at),
                    QByteArray(text.data() + match.begin, match.end - match.begin));
                at = next;
            }
        }
        QVERIFY(compared > 3000);
    }

    void scanAndHeapMergeAlike() {
        Rng random(3);
        for (int round = 0; round < 200; ++round) {
            MergeTable merges;
            const int kinds = 2 + int(random.below(5));
            TokenId next = kinds;
            for (std::uint32_t rank = 0; rank < 40; ++rank, ++next)
                merges.add(TokenId(random.below(std::uint64_t(next))),
                    TokenId(random.below(std::uint64_t(next))), {rank, next});
            std::vector<PieceToken> scanned;
            for (std::uint64_t i = 0, count = random.below(200); i < count; ++i)
                scanned.push_back({TokenId(random.below(std::uint64_t(kinds))), 1});
            std::vector<PieceToken> heaped = scanned;
            mergeByScan(merges, scanned);
            mergeByHeap(merges, heaped);
            QCOMPARE(heaped.size(), scanned.size());
            for (std::size_t i = 0; i < scanned.size(); ++i) {
                QCOMPARE(heaped[i].id, scanned[i].id);
                QCOMPARE(heaped[i].bytes, scanned[i].bytes);
            }
        }
    }

    void aVeryLongWordTakesNoQuadraticTime() {
        ASSAY_NEED_DATA("tokenizers/gpt2");
        const auto gpt2 = load("gpt2");
        std::string text;
        for (int i = 0; i < 400000; ++i)
            text.push_back(char('a' + i * 7 % 26));
        const Encoding encoding = gpt2->encode(text);
        verifyCovers(encoding, text);
        QCOMPARE(gpt2->decode(encoding.ids), text);
    }

    void trainedVocabularyOfTheReferenceEncodes() {
        ASSAY_NEED_DATA("tokenizers/bpe-training-reference");
        const std::filesystem::path from = dataFolder() / "tokenizers/bpe-training-reference";
        const TextFolder folder;
        folder.copy(from / "train-bpe-reference-merges.txt", "merges.txt");
        folder.copy(from / "train-bpe-reference-vocab.json", "vocab.json");
        folder.write("tokenizer_config.json",
            R"({"tokenizer_class": "GPT2Tokenizer", "eos_token": "<|endoftext|>"})");
        const auto tokenizer = loadTokenizer(folder.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        QCOMPARE((*tokenizer)->vocabularySize(), std::int64_t(500));
        for (const char* name :
            {"german.txt", "address.txt", "tinystories_sample.txt", "corpus.en"}) {
            const std::string text = readFile(from / name).value();
            const Encoding encoding = (*tokenizer)->encode(text);
            verifyCovers(encoding, text);
            QCOMPARE((*tokenizer)->decode(encoding.ids), text);
            QVERIFY(encoding.ids.size() < text.size());
        }
    }
};

QTEST_APPLESS_MAIN(TestByteLevelTokenizers)
#include "test_byte_level_tokenizers.moc"
