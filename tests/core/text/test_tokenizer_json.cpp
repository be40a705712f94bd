#include "tests/core/text/tokenizer_vectors.h"

#include <cstring>

using namespace assay;
using namespace assay::test;

namespace {

using LoadResult = Result<std::shared_ptr<const Tokenizer>>;

LoadResult loadJson(const std::string& json, const std::string& config = {}) {
    const TextFolder folder;
    folder.write("tokenizer.json", json);
    if (!config.empty())
        folder.write("tokenizer_config.json", config);
    return loadTokenizer(folder.path());
}

/// A vocabulary of letters and a few words, wrapped in the parts that a test is about.
std::string small(const std::string& parts, const std::string& added = {}) {
    std::string vocabulary = R"("<unk>":0)";
    int id = 0;
    for (const char* piece : {"▁", "a", "b", "c", "A", "1", "2", ".", ",", "é", "▁a", "ab", "▁ab",
             "12", "e", "<0x41>", "x"})
        vocabulary += ",\"" + std::string(piece) + "\":" + std::to_string(++id);
    return R"({"added_tokens":[)" + added + "]," + parts
        + R"("model":{"type":"BPE","unk_token":"<unk>","fuse_unk":true,"vocab":{)" + vocabulary
        + R"(},"merges":["▁ a",["a","b"],"▁a b","1 2"]}})";
}

std::string piecesOf(const Tokenizer& tokenizer, const std::string& text) {
    std::string pieces;
    for (const TokenId id : tokenizer.encode(text).ids)
        pieces += (pieces.empty() ? "" : "|") + tokenizer.piece(id);
    return pieces;
}

std::string piecesOf(const std::string& json, const std::string& text) {
    const LoadResult tokenizer = loadJson(json);
    return tokenizer ? piecesOf(**tokenizer, text) : message(tokenizer.error());
}

std::string added(int id, const char* content, const char* more) {
    return "{\"id\":" + std::to_string(id) + ",\"content\":\"" + content
        + "\",\"special\":false,\"normalized\":false" + more + "}";
}

/// What a SentencePiece file holds of a Unigram model, read from its protobuf wire form.
struct SentencePieceFile {
    struct Piece {
        std::string text;
        float score = 0;
    };
    std::vector<Piece> pieces;
    std::string charsmap;
};

std::uint64_t varint(std::string_view bytes, std::size_t& at) {
    std::uint64_t value = 0;
    for (int shift = 0; at < bytes.size(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes[at++]);
        value |= std::uint64_t(byte & 0x7f) << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

/// Calls `field(number, bytes)` for every length-delimited or 4-byte field.
using FieldSink = std::function<void(int number, std::string_view bytes)>;
void eachField(std::string_view bytes, const FieldSink& field) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::uint64_t key = varint(bytes, at);
        if ((key & 7) == 0) {
            varint(bytes, at);
            continue;
        }
        const std::size_t size = (key & 7) == 5 ? 4 : std::size_t(varint(bytes, at));
        field(int(key >> 3), bytes.substr(at, size));
        at += size;
    }
}

SentencePieceFile readSentencePiece(const std::filesystem::path& path) {
    SentencePieceFile file;
    const std::string bytes = readFile(path).value();
    eachField(bytes, [&](int number, std::string_view value) {
        if (number == 1) {
            SentencePieceFile::Piece& piece = file.pieces.emplace_back();
            eachField(value, [&](int part, std::string_view content) {
                if (part == 1)
                    piece.text = content;
                else if (part == 2)
                    std::memcpy(&piece.score, content.data(), 4);
            });
        } else if (number == 3) {
            eachField(value, [&](int part, std::string_view content) {
                if (part == 2)
                    file.charsmap = content;
            });
        }
    });
    return file;
}

/// The tokenizer.json that transformers makes of a Unigram SentencePiece file.
std::string unigramJson(const SentencePieceFile& file) {
    std::string vocabulary;
    for (const SentencePieceFile::Piece& piece : file.pieces)
        vocabulary += (vocabulary.empty() ? "[" : ",[") + dumpJson(piece.text) + ","
            + dumpJson(double(piece.score)) + "]";
    const QByteArray charsmap
        = QByteArray(file.charsmap.data(), qsizetype(file.charsmap.size())).toBase64();
    return R"({"added_tokens":[{"id":0,"content":"<unk>","special":true},)"
           R"({"id":1,"content":"<s>","special":true},{"id":2,"content":"</s>","special":true}],)"
           R"("normalizer":{"type":"Sequence","normalizers":[)"
           R"({"type":"Precompiled","precompiled_charsmap":")"
        + charsmap.toStdString()
        + R"("},{"type":"Replace","pattern":{"Regex":"^ +| +$"},"content":""},)"
          R"({"type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},)"
          R"("pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"},)"
          R"("decoder":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"},)"
          R"("model":{"type":"Unigram","unk_id":0,"vocab":[)"
        + vocabulary + "]}}";
}

} // namespace

class TestTokenizerJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void llama2AsTransformersWritesIt() {
        ASSAY_NEED_DATA("tokenizers/llama2");
        const std::filesystem::path from = dataFolder() / "tokenizers/llama2";
        const TextFolder folder;
        folder.copy(from / "tinyllama-tokenizer.json", "tokenizer.json");
        const auto loaded = loadTokenizer(folder.path());
        ASSAY_VERIFY_RESULT(loaded);
        const Tokenizer& tokenizer = **loaded;
        QCOMPARE(tokenizer.vocabularySize(), std::int64_t(32000));
        QCOMPARE(tokenizer.bosId(), 1);
        QVERIFY(tokenizer.addsBos());
        for (const Vector& vector : ggmlVectors(from / "ggml-vocab-llama-spm.gguf")) {
            const Encoding encoding = tokenizer.encode(vector.text);
            QCOMPARE(idsText(encoding.ids), idsText(vector.ids));
            verifyCovers(encoding, vector.text);
            QCOMPARE(tokenizer.decode(encoding.ids), vector.text);
        }
        const auto vectors = readJsonFile(from / "vectors.json");
        ASSAY_VERIFY_RESULT(vectors);
        for (const Json& one : (*vectors)["tokenizer.model"]["cases"])
            QCOMPARE(idsText(tokenizer.encode(one["text"].get<std::string>()).ids),
                idsText(one["ids"].get<std::vector<TokenId>>()));
        // The same text as sentencepiece itself takes it, also damaged.
        const TextFolder other;
        other.copy(from / "tokenizer.model", "tokenizer.model");
        const auto sentencePiece = loadTokenizer(other.path());
        ASSAY_VERIFY_RESULT(sentencePiece);
        Rng random(5);
        for (int i = 0; i < 200; ++i) {
            const std::string text = randomText(random, 1 + int(random.below(50)));
            const Encoding encoding = tokenizer.encode(text);
            verifyCovers(encoding, text);
            if (text.find("\xe2\x96\x81") == std::string::npos) // the marker means a space
                QCOMPARE(tokenizer.decode(encoding.ids), text);
            QCOMPARE(idsText(encoding.ids), idsText((*sentencePiece)->encode(text).ids));
            QCOMPARE(idsText(tokenizer.encodeContinuation(text).ids),
                idsText((*sentencePiece)->encodeContinuation(text).ids));
        }
        for (int i = 0; i < 100; ++i) {
            const std::string text = randomText(random, 20, true);
            const Encoding encoding = tokenizer.encodeContinuation(text);
            verifyCovers(encoding, text);
            if (text.find("\xe2\x96\x81") == std::string::npos)
                QCOMPARE(joinedBytes(tokenizer, encoding), text);
        }
    }

    void unigramAsSentencePieceTakesIt() {
        ASSAY_NEED_DATA("tokenizers/sentencepiece-upstream");
        const std::filesystem::path from = dataFolder() / "tokenizers/sentencepiece-upstream";
        const auto vectors = readJsonFile(from / "vectors.json");
        ASSAY_VERIFY_RESULT(vectors);
        const LoadResult loaded
            = loadJson(unigramJson(readSentencePiece(from / "test_model.model")));
        ASSAY_VERIFY_RESULT(loaded);
        int same = 0;
        for (const Json& one : (*vectors)["test_model.model"]["cases"]) {
            const std::string text = one["text"].get<std::string>();
            const Encoding encoding = (*loaded)->encode(text);
            verifyCovers(encoding, text);
            QCOMPARE(idsText(encoding.ids), idsText(one["ids"].get<std::vector<TokenId>>()));
            ++same;
        }
        QVERIFY(same > 40);
    }

    void normalizers() {
        const auto with = [](const std::string& normaliser) {
            return small("\"normalizer\":" + normaliser + ",");
        };
        QCOMPARE(piecesOf(with(R"({"type":"Lowercase"})"), "AbA"), std::string("ab|a"));
        QCOMPARE(piecesOf(with(R"({"type":"NFC"})"), "e\xcc\x81"), std::string("é"));
        QCOMPARE(piecesOf(with(R"({"type":"NFKC"})"), "Ａ"), std::string("A"));
        QCOMPARE(piecesOf(with(R"({"type":"NFKD"})"), "é"), std::string("e|<unk>"));
        QCOMPARE(piecesOf(with(R"({"type":"Sequence","normalizers":[{"type":"NFD"},)"
                               R"({"type":"StripAccents"}]})"),
                     "é"),
            std::string("e"));
        QCOMPARE(piecesOf(with(R"({"type":"Strip","strip_left":true,"strip_right":true})"), " a\t"),
            std::string("a"));
        QCOMPARE(piecesOf(with(R"({"type":"Prepend","prepend":"▁"})"), "ab"), std::string("▁ab"));
        QCOMPARE(
            piecesOf(with(R"({"type":"Replace","pattern":{"String":" "},"content":"▁"})"), "a ab"),
            std::string("a|▁ab"));
        QCOMPARE(piecesOf(with(R"({"type":"Replace","pattern":{"Regex":"\\d+"},"content":"x"})"),
                     "a123b4"),
            std::string("a|x|b|x"));
    }

    void preTokenizers() {
        const auto with
            = [](const std::string& cut) { return small("\"pre_tokenizer\":" + cut + ","); };
        const std::string one = R"({"type":"Digits","individual_digits":true})";
        QCOMPARE(piecesOf(with(one), "ab12"), std::string("ab|1|2"));
        QCOMPARE(piecesOf(with(R"({"type":"Digits","individual_digits":false})"), "ab12"),
            std::string("ab|12"));
        QCOMPARE(
            piecesOf(with(R"({"type":"WhitespaceSplit"})"), "a  ab\n."), std::string("a|ab|."));
        QCOMPARE(
            piecesOf(with(R"({"type":"Whitespace"})"), "ab.,12 c"), std::string("ab|.|,|12|c"));
        QCOMPARE(piecesOf(with(R"({"type":"Punctuation","behavior":"Removed"})"), "a.b,ab"),
            std::string("a|b|ab"));
        QCOMPARE(piecesOf(with(R"({"type":"CharDelimiterSplit","delimiter":"."})"), "a.b"),
            std::string("a|b"));
        QCOMPARE(
            piecesOf(
                with(R"({"type":"Metaspace","replacement":"▁","prepend_scheme":"first"})"), "ab a"),
            std::string("▁ab|▁a"));
        // Each behaviour cuts between other neighbours, so that other merges are possible.
        const auto split = [&](const std::string& behaviour, const char* text) {
            return piecesOf(with("{\"type\":\"Split\",\"pattern\":{\"String\":\"a\"},"
                                 "\"behavior\":\""
                                + behaviour + "\",\"invert\":false}"),
                text);
        };
        QCOMPARE(split("Removed", "cabc"), std::string("c|b|c"));
        QCOMPARE(split("Isolated", "cabc"), std::string("c|a|b|c"));
        QCOMPARE(split("MergedWithNext", "cabc"), std::string("c|ab|c"));
        QCOMPARE(split("MergedWithPrevious", "cabc"), std::string("c|a|b|c"));
        const std::string both = "{\"type\":\"Sequence\",\"pretokenizers\":["
                                 "{\"type\":\"WhitespaceSplit\"},"
            + one + "]}";
        QCOMPARE(piecesOf(with(both), "12 ab1"), std::string("1|2|ab|1"));
    }

    void everyTokenCoversItsBytes() {
        const LoadResult loaded = loadJson(
            small(R"("normalizer":{"type":"NFKC"},"pre_tokenizer":{"type":"WhitespaceSplit"},)"));
        ASSAY_VERIFY_RESULT(loaded);
        const std::string text = " Ａ  ab\xcc\x81";
        verifyCovers((*loaded)->encode(text), text);
        QCOMPARE(piecesOf(**loaded, text), std::string("A|ab|<unk>"));
    }

    void addedTokensKeepTheirRules() {
        const auto pieces = [](const char* more, const std::string& text) {
            return piecesOf(small("", added(40, "xx", more)), text);
        };
        QCOMPARE(pieces("", "axxb"), std::string("a|xx|b"));
        QCOMPARE(pieces(",\"single_word\":true", "axxb xx"), std::string("a|x|x|b|<unk>|xx"));
        const LoadResult strips
            = loadJson(small("", added(40, "xx", ",\"lstrip\":true,\"rstrip\":true")));
        ASSAY_VERIFY_RESULT(strips);
        const Encoding encoding = (*strips)->encode("a  xx b");
        QCOMPARE(encoding.ids.size(), std::size_t(3));
        QCOMPARE(encoding.ranges[1], (ByteRange{1, 6}));
        // Of two that begin alike the longer one; a special one is never found in data.
        QCOMPARE(piecesOf(small("", added(40, "xx", "") + "," + added(41, "xxx", "")), "xxxx"),
            std::string("xxx|x"));
        QCOMPARE(
            piecesOf(
                small("", R"({"id":40,"content":"xx","special":true,"normalized":false})"), "axx"),
            std::string("a|x|x"));
        // A normalised one is looked for behind the normaliser.
        QCOMPARE(piecesOf(small(R"("normalizer":{"type":"Lowercase"},)",
                              R"({"id":40,"content":"Xx","special":false,"normalized":true})"),
                     "AxX"),
            std::string("a|Xx"));
    }

    void unsupportedPartsAreNamed_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const std::string& json, const char* part) {
            QTest::newRow(name) << QString::fromStdString(json) << QString::fromUtf8(part);
        };
        row("model", R"({"model":{"type":"WordPiece","vocab":{}}})", "WordPiece");
        row("normalizer", small(R"("normalizer":{"type":"BertNormalizer"},)"), "BertNormalizer");
        row("pre-tokenizer", small(R"("pre_tokenizer":{"type":"UnicodeScripts"},)"),
            "UnicodeScripts");
        row("post-processor",
            small(R"("post_processor":{"type":"BertProcessing","sep":["a",1],"cls":["a",1]},)"),
            "BertProcessing");
        row("decoder", small(R"("decoder":{"type":"CTC"},)"), "CTC");
        row("dropout", R"({"model":{"type":"BPE","dropout":0.1,"vocab":{"a":0},"merges":[]}})",
            "dropout");
        row("suffix",
            R"({"model":{"type":"BPE","end_of_word_suffix":"</w>","vocab":{"a":0},"merges":[]}})",
            "end_of_word_suffix");
    }
    void unsupportedPartsAreNamed() {
        QFETCH(QString, json);
        QFETCH(QString, part);
        const LoadResult loaded = loadJson(json.toStdString());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, std::string("text.unsupported_tokenizer"));
        QVERIFY(QString::fromStdString(message(loaded.error())).contains(part));
    }

    void damagedFilesAreErrors_data() {
        QTest::addColumn<QString>("json");
        const auto row = [](const char* name, const char* json) {
            QTest::newRow(name) << QString::fromUtf8(json);
        };
        row("empty", "");
        row("not json", "{");
        row("list", "[]");
        row("no model", "{}");
        row("model is text", R"({"model":"BPE"})");
        row("no vocab", R"({"model":{"type":"BPE","merges":[]}})");
        row("vocab is a list", R"({"model":{"type":"BPE","vocab":[],"merges":[]}})");
        row("id is text", R"({"model":{"type":"BPE","vocab":{"a":"0"},"merges":[]}})");
        row("negative id", R"({"model":{"type":"BPE","vocab":{"a":-1},"merges":[]}})");
        row("huge id", R"({"model":{"type":"BPE","vocab":{"a":9000000000},"merges":[]}})");
        row("same id", R"({"model":{"type":"BPE","vocab":{"a":0,"b":0},"merges":[]}})");
        row("merge of one", R"({"model":{"type":"BPE","vocab":{"a":0},"merges":["a"]}})");
        row("merge of none", R"({"model":{"type":"BPE","vocab":{"a":0},"merges":["b c"]}})");
        row("merge to none", R"({"model":{"type":"BPE","vocab":{"a":0},"merges":["a a"]}})");
        row("unigram pair", R"({"model":{"type":"Unigram","vocab":[["a"]]}})");
        row("unk_id", R"({"model":{"type":"Unigram","unk_id":7,"vocab":[["a",-1.0]]}})");
        row("added id",
            R"({"added_tokens":[{"id":99999999,"content":"x"}],"model":{"type":"BPE","vocab":{},"merges":[]}})");
        row("regex",
            "{\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[a\"}},"
            "\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}}");
        row("charsmap",
            R"({"normalizer":{"type":"Precompiled","precompiled_charsmap":"AAAA"},"model":{"type":"BPE","vocab":{},"merges":[]}})");
    }
    void damagedFilesAreErrors() {
        QFETCH(QString, json);
        const LoadResult loaded = loadJson(json.toStdString());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, std::string("text.tokenizer_file"));
        QVERIFY(!remedy(loaded.error()).empty());
    }

    void filesCutAndChangedNeverCrash() {
        const std::string whole = small(
            R"("normalizer":{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace",)"
            R"("pattern":{"String":" "},"content":"▁"}]},"pre_tokenizer":{"type":"Digits"},)"
            R"("decoder":{"type":"Sequence","decoders":[{"type":"ByteFallback"},{"type":"Fuse"}]},)",
            added(40, "xx", ""));
        QVERIFY(loadJson(whole));
        Rng random(9);
        for (int i = 0; i < 400; ++i) {
            std::string text = whole;
            if (i % 2 == 0)
                text.resize(random.below(text.size()));
            else
                for (int k = 0; k < 3; ++k)
                    text[random.below(text.size())] = char(0x20 + random.below(0x60));
            const LoadResult loaded = loadJson(text);
            if (loaded)
                verifyCovers((*loaded)->encode("ab 12 é xx"), "ab 12 é xx");
        }
    }

    void aFileTooLargeIsRefusedUnread() {
        const TextFolder folder;
        folder.write("tokenizer.json", "{");
        std::filesystem::resize_file(folder.path() / "tokenizer.json", 1u << 30);
        const auto loaded = loadTokenizer(folder.path());
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().code, std::string("text.tokenizer_file"));
        QVERIFY(message(loaded.error()).find("1024 MB") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestTokenizerJson)
#include "test_tokenizer_json.moc"
