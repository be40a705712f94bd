#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/base/utf8.h"
#include "core/text/tokenizer.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;

namespace {

struct VectorFile {
    const char* folder;
    const char* model;
};
constexpr VectorFile vectorFiles[] = {
    {"llama2", "tokenizer.model"},
    {"mistral", "tokenizer.model.v1"},
    {"mistral", "mistral_instruct_tokenizer_240216.model.v2"},
    {"mistral", "mistral_instruct_tokenizer_240323.model.v3"},
    {"chinese-alpaca-sp", "chinese_sp.model"},
    {"sentencepiece-upstream", "test_model.model"},
    {"sentencepiece-upstream", "test_ja_model.model"},
    {"smolgpt-es-4096", "tok4096.model"},
};

/// A model folder around one tokenizer file.
class ModelFolder {
public:
    explicit ModelFolder(const std::filesystem::path& tokenizer, const std::string& config = {}) {
        std::filesystem::copy_file(tokenizer, path() / "tokenizer.model");
        if (!config.empty())
            write("tokenizer_config.json", config);
    }
    ModelFolder() = default;
    void write(const char* name, const std::string& content) const {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content.data(), qint64(content.size()));
    }
    std::filesystem::path path() const { return m_folder.path().toStdString(); }

private:
    QTemporaryDir m_folder;
};

/// The contract of Encoding: aligned, ascending, and covering the text without a gap or an overlap.
void verifyCovers(const Encoding& encoding, std::string_view text) {
    QCOMPARE(encoding.ranges.size(), encoding.ids.size());
    std::int64_t at = 0;
    for (const ByteRange& range : encoding.ranges) {
        QCOMPARE(range.begin, at);
        QVERIFY(range.end >= range.begin);
        at = range.end;
    }
    if (!encoding.ids.empty())
        QCOMPARE(at, std::int64_t(text.size()));
}

std::filesystem::path llama2() {
    return test::dataFolder() / "tokenizers/llama2/tokenizer.model";
}

} // namespace

class TestSentencePieceTokenizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void agreesWithSentencePiece_data() {
        QTest::addColumn<int>("file");
        for (int i = 0; i < int(std::size(vectorFiles)); ++i)
            QTest::newRow(vectorFiles[i].model) << i;
    }

    void agreesWithSentencePiece() {
        ASSAY_NEED_DATA("tokenizers");
        QFETCH(int, file);
        const std::filesystem::path folder
            = test::dataFolder() / "tokenizers" / vectorFiles[file].folder;
        const auto vectors = readJsonFile(folder / "vectors.json");
        ASSAY_VERIFY_RESULT(vectors);
        const Json& expected = (*vectors)[vectorFiles[file].model];
        const ModelFolder model(folder / vectorFiles[file].model);
        const auto loaded = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(loaded);
        const Tokenizer& tokenizer = **loaded;
        QCOMPARE(tokenizer.vocabularySize(), expected["vocab_size"].get<std::int64_t>());
        QCOMPARE(tokenizer.bosId(), expected["bos"].get<TokenId>());
        QCOMPARE(tokenizer.eosId(), expected["eos"].get<TokenId>());
        QCOMPARE(tokenizer.unknownId(), expected["unk"].get<TokenId>());
        QCOMPARE(tokenizer.padId(), expected["pad"].get<TokenId>());
        QVERIFY(tokenizer.addsBos());
        QVERIFY(!expected["cases"].empty());
        for (const Json& one : expected["cases"]) {
            const std::string text = one["text"];
            const Encoding encoding = tokenizer.encode(text);
            QCOMPARE(encoding.ids, one["ids"].get<std::vector<TokenId>>());
            verifyCovers(encoding, text);
            for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
                // For an unknown token sentencepiece names the text in place of a piece.
                if (encoding.ids[i] != tokenizer.unknownId())
                    QCOMPARE(displayPiece(tokenizer, encoding.ids[i]),
                        one["pieces"][i].get<std::string>());
            }
            QCOMPARE(tokenizer.decode(encoding.ids), one["decoded"].get<std::string>());
        }
    }

    void bytesOfTokensAreTheTextWhereNothingIsNormalised() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2());
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        for (const std::string text : {"naïve café — “quotes” … 3.14%", "🙂👩‍👩‍👧 ok",
                 "កាន់តែពិសេស", "\tTabs\n\n  two "}) {
            for (const bool continues : {false, true}) {
                const Encoding encoding = continues ? (*tokenizer)->encodeContinuation(text)
                                                    : (*tokenizer)->encode(text);
                verifyCovers(encoding, text);
                std::string joined;
                for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
                    const std::string bytes = (*tokenizer)->bytesOf(encoding.ids[i]);
                    const ByteRange range = encoding.ranges[i];
                    const std::string covered = text.substr(range.begin, range.end - range.begin);
                    // Only the space in front of the text is nobody's.
                    QCOMPARE(bytes, i == 0 && !continues ? " " + covered : covered);
                    joined += bytes;
                }
                QCOMPARE(joined, continues ? text : " " + text);
            }
        }
    }

    void randomTextIsCoveredByEveryModel_data() { agreesWithSentencePiece_data(); }

    void randomTextIsCoveredByEveryModel() {
        ASSAY_NEED_DATA("tokenizers");
        QFETCH(int, file);
        const ModelFolder model(
            test::dataFolder() / "tokenizers" / vectorFiles[file].folder / vectorFiles[file].model);
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::vector<std::string> parts{" ", "  ", "\n", "\t", "a", "the", "Lima", "é", "é",
            "ﬁ", "½", "京", "\u3000", "🦙", "👩‍👧", "\u2581", "\u00a0", "7", "...", "<s>",
            "<0x41>", std::string(1, '\0'), "\xff", "\xe3\x81", "\xc0"};
        Rng rng(3);
        for (int round = 0; round < 300; ++round) {
            std::string text;
            for (std::uint64_t n = rng.below(12); n > 0; --n)
                text += parts[rng.below(parts.size())];
            verifyCovers((*tokenizer)->encode(text), text);
            verifyCovers((*tokenizer)->encodeContinuation(text), text);
            if (QTest::currentTestFailed())
                QFAIL(QByteArray::fromStdString(text).toPercentEncoding().constData());
        }
    }

    void randomTextKeepsItsBytesWhereNothingIsNormalised() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2());
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::vector<std::string> parts{" ", "\n", "\t", "a", "the", "Lima", "é", "é", "ﬁ",
            "½", "京", "\u3000", "🦙", "7", "<s>", std::string(1, '\0'), "\xff", "\xe3\x81", "ក"};
        Rng rng(4);
        for (int round = 0; round < 300; ++round) {
            std::string text;
            for (std::uint64_t n = rng.below(20); n > 0; --n)
                text += parts[rng.below(parts.size())];
            const Encoding encoding = (*tokenizer)->encodeContinuation(text);
            for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
                const ByteRange range = encoding.ranges[i];
                QCOMPARE((*tokenizer)->bytesOf(encoding.ids[i]),
                    text.substr(range.begin, range.end - range.begin));
            }
        }
    }

    void byteTokensCoverTheirSingleBytes() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2());
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        const Encoding encoding = (*tokenizer)->encode("a🦙b");
        // "▁a", four bytes of U+1F999, "b".
        QCOMPARE(encoding.ids.size(), std::size_t(6));
        QCOMPARE(displayPiece(**tokenizer, encoding.ids[1]), std::string("<0xF0>"));
        const std::vector<ByteRange> expected{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}};
        QCOMPARE(encoding.ranges, expected);
    }

    void droppedWhiteSpaceBelongsToATokenBesideIt() {
        ASSAY_NEED_DATA("tokenizers/sentencepiece-upstream");
        const ModelFolder model(
            test::dataFolder() / "tokenizers/sentencepiece-upstream/test_model.model");
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        for (const std::string text : {"  two   spaces  ", "ﬁne ①②③ ＡＢＣ", "\tx\n"})
            verifyCovers((*tokenizer)->encode(text), text);
    }

    void invalidUtf8KeepsItsBytes() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2());
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::string text = "ab\xff\xe3\x81 c";
        const Encoding encoding = (*tokenizer)->encode(text);
        verifyCovers(encoding, text);
        std::string joined;
        for (const TokenId id : encoding.ids)
            joined += (*tokenizer)->bytesOf(id);
        QCOMPARE(joined, " " + text);
    }

    void controlTokensInDataStayText() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2());
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        for (const TokenId id : (*tokenizer)->encode("<s>x</s><unk><0x0A>").ids)
            QVERIFY(!(*tokenizer)->isControl(id) && id != (*tokenizer)->unknownId());
        QCOMPARE((*tokenizer)->idOf("</s>"), 2);
        QCOMPARE((*tokenizer)->idOf("no such piece"), -1);
    }

    void storyOfTheSmallModel() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const auto expected
            = readJsonFile(test::dataFolder() / "models/stories260k-hf/expected.json");
        ASSAY_VERIFY_RESULT(expected);
        const auto tokenizer = loadTokenizer(test::dataFolder() / "models/stories260k-hf");
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::string text = (*expected)["story"]["text"];
        Encoding encoding = (*tokenizer)->encode(text);
        encoding.ids.insert(encoding.ids.begin(), (*tokenizer)->bosId());
        QCOMPARE(encoding.ids, (*expected)["story"]["ids"].get<std::vector<TokenId>>());
        std::vector<std::string> pieces;
        for (const TokenId id : encoding.ids)
            pieces.push_back(displayPiece(**tokenizer, id));
        QCOMPARE(pieces, (*expected)["story"]["pieces"].get<std::vector<std::string>>());
        const auto greedy = (*expected)["greedy"]["ids"].get<std::vector<TokenId>>();
        QCOMPARE((*tokenizer)->decode(greedy), (*expected)["greedy"]["text"].get<std::string>());
    }

    void configurationDecidesBosAndAddedTokens() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(llama2(), R"({"add_bos_token": false, "legacy": false,
            "eos_token": {"content": "<|im_end|>"}, "pad_token": "</s>", "added_tokens_decoder": {
            "0": {"content": "<unk>", "special": true}, "32000": {"content": "<|im_end|>", "special": true},
            "32001": {"content": "<|im_start|>", "special": true}, "32002": {"content": "<note>", "special": false}}})");
        const auto tokenizer = loadTokenizer(model.path());
        ASSAY_VERIFY_RESULT(tokenizer);
        QVERIFY(!(*tokenizer)->addsBos());
        QVERIFY(!(*tokenizer)->startsTextAfterControl());
        QCOMPARE((*tokenizer)->vocabularySize(), std::int64_t(32003));
        QCOMPARE((*tokenizer)->eosId(), 32000);
        QCOMPARE((*tokenizer)->padId(), 2);
        QCOMPARE((*tokenizer)->idOf("<|im_start|>"), 32001);
        QVERIFY((*tokenizer)->isControl(32001));
        QVERIFY((*tokenizer)->bytesOf(32001).empty());
        // A special token written in data is text, the other added token is found.
        const std::string text = "a<|im_start|><note>b";
        const Encoding encoding = (*tokenizer)->encode(text);
        verifyCovers(encoding, text);
        QCOMPARE(std::count(encoding.ids.begin(), encoding.ids.end(), 32001), 0);
        QCOMPARE(std::count(encoding.ids.begin(), encoding.ids.end(), 32002), 1);
        QCOMPARE((*tokenizer)->decode(encoding.ids), text);
    }

    void addedIdsWithAGapAreRefused() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const ModelFolder model(
            llama2(), R"({"added_tokens_decoder": {"32005": {"content": "<x>"}}})");
        const auto tokenizer = loadTokenizer(model.path());
        QVERIFY(!tokenizer);
        QCOMPARE(tokenizer.error().code, std::string("text.added_token_gap"));
    }

    void foldersWithoutAReadableTokenizer() {
        const ModelFolder empty;
        const auto none = loadTokenizer(empty.path());
        ASSAY_VERIFY_RESULT(none);
        QVERIFY(*none == nullptr);

        empty.write("tekken.json", "{}");
        const auto unsupported = loadTokenizer(empty.path());
        QVERIFY(!unsupported);
        QCOMPARE(unsupported.error().code, std::string("text.unsupported_tokenizer"));
        QVERIFY(message(unsupported.error()).find("tekken.json") != std::string::npos);

        empty.write("tokenizer.model", "version https://git-lfs.github.com/spec/v1\n");
        const auto broken = loadTokenizer(empty.path());
        QVERIFY(!broken);
        QCOMPARE(broken.error().code, std::string("text.tokenizer_invalid"));
    }

    void aTruncatedModelIsAnErrorAtEveryLength() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        QFile file(test::toQString(test::dataFolder() / "models/stories260k-hf/tokenizer.model"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string whole = file.readAll().toStdString();
        for (const std::size_t size :
            {std::size_t(0), std::size_t(1), whole.size() / 2, whole.size() - 1}) {
            const ModelFolder folder;
            folder.write("tokenizer.model", whole.substr(0, size));
            QVERIFY(!loadTokenizer(folder.path()).has_value());
        }
    }

    void manyThreadsMayEncodeAtOnce() {
        ASSAY_NEED_DATA("models/stories260k-hf");
        const auto tokenizer = loadTokenizer(test::dataFolder() / "models/stories260k-hf");
        ASSAY_VERIFY_RESULT(tokenizer);
        const std::string text = "Once upon a time, there was a 🦙 named Tim.";
        const Encoding expected = (*tokenizer)->encode(text);
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int n = 0; n < 200; ++n)
                    wrong += (*tokenizer)->encode(text).ids != expected.ids;
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestSentencePieceTokenizer)
#include "test_sentencepiece_tokenizer.moc"
