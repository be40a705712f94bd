#pragma once

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/rng.h"
#include "core/base/utf8.h"
#include "core/text/tokenizer.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <sstream>

namespace assay::test {

/// A model folder that a test fills.
class TextFolder {
public:
    std::filesystem::path path() const { return m_folder.path().toStdString(); }
    void write(const std::string& name, const std::string& content) const {
        const auto done = writeFileAtomically(path() / name, content);
        QVERIFY(done.has_value());
    }
    void copy(const std::filesystem::path& from, const std::string& name) const {
        std::filesystem::copy_file(from, path() / name);
    }

private:
    QTemporaryDir m_folder;
};

/// The contract of Encoding: aligned, ascending, and covering the text without a gap or an overlap.
inline void verifyCovers(const Encoding& encoding, std::string_view text) {
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

struct Vector {
    std::string text;
    std::vector<TokenId> ids;
};

/// llama.cpp's vectors: texts between marks, and a line of ids for each.
inline std::vector<Vector> ggmlVectors(const std::filesystem::path& stem) {
    const std::string texts = readFile(stem.string() + ".inp").value();
    std::istringstream answers(readFile(stem.string() + ".out").value());
    std::vector<Vector> vectors;
    const std::string mark = "\n__ggml_vocab_test__\n";
    for (std::size_t at = 0; at < texts.size();) { // the last text ends with a mark too
        const std::size_t end = texts.find(mark, at);
        Vector vector;
        vector.text = texts.substr(at, end == std::string::npos ? end : end - at);
        std::string line;
        std::getline(answers, line);
        std::istringstream ids(line);
        for (TokenId id; ids >> id;)
            vector.ids.push_back(id);
        vectors.push_back(std::move(vector));
        if (end == std::string::npos)
            break;
        at = end + mark.size();
    }
    return vectors;
}

inline QByteArray idsText(const std::vector<TokenId>& ids) {
    QByteArray text;
    for (const TokenId id : ids)
        text += QByteArray::number(id) + ' ';
    return text;
}

/// The bytes of the tokens, one after the other.
inline std::string joinedBytes(const Tokenizer& tokenizer, const Encoding& encoding) {
    std::string text;
    for (const TokenId id : encoding.ids)
        text += tokenizer.bytesOf(id);
    return text;
}

/// Text of many scripts, marks, spaces, line breaks and emoji; with `damage` also bytes that are
/// not UTF-8.
inline std::string randomText(Rng& random, int length, bool damage = false) {
    static const char* const snippets[] = {"the ", " world", "'s", "'LL", "it's ", "123", "4567 ",
        "\n", "\r\n", "\n\n  ", "   ", "\t", "!!!", " ...", "_x", "été", "e\xcc\x81", "ö", "日本語",
        "中文 ", "한국어", "привет ", "مرحبا", "नमस्ते", "🦙", "👩‍👩‍👧", "\xc2\xa0",
        "\xe3\x80\x80", "½", "Ⅷ", "ﬁ", "x²", "'", "''", "don't", "I'M", "\xe2\x96\x81", "<s>",
        "<|im_end|>", "{\"a\": 1}", "//", "Ａ", "\xc5\xbf", "'\xc5\xbf", "\xe2\x80\x8d"};
    std::string text;
    for (int i = 0; i < length; ++i) {
        const auto choice = random.below(100);
        if (choice < 70) {
            text += snippets[random.below(std::size(snippets))];
        } else if (choice < 90 || !damage) {
            char32_t c = char32_t(random.below(choice < 85 ? 0x3000 : 0x20000));
            if (c >= 0xd800 && c < 0xe000)
                c = U'x';
            appendUtf8(text, c);
        } else {
            text.push_back(static_cast<char>(0x80 + random.below(0x80)));
        }
    }
    return text;
}

} // namespace assay::test
