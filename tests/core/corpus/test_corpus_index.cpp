#include "core/base/rng.h"
#include "core/corpus/corpus_builder.h"
#include "core/corpus/suffix_array.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

Sample textSample(const std::string& text, std::int64_t line) {
    Sample sample;
    sample.text = text;
    sample.provenance = {"corpus.txt", line, 0, "text"};
    return sample;
}

/// Overlapping occurrences, the slow way.
std::int64_t naiveCount(const std::vector<std::string>& documents, const std::string& phrase) {
    std::int64_t count = 0;
    for (const std::string& document : documents)
        for (std::size_t at = document.find(phrase); at != std::string::npos;
             at = document.find(phrase, at + 1))
            ++count;
    return count;
}

std::int64_t naiveCount(
    const std::vector<std::vector<TokenId>>& documents, const std::vector<TokenId>& phrase) {
    std::int64_t count = 0;
    for (const auto& document : documents)
        for (std::size_t at = 0; at + phrase.size() <= document.size(); ++at)
            count
                += std::equal(phrase.begin(), phrase.end(), document.begin() + std::ptrdiff_t(at));
    return count;
}

} // namespace

class TestCorpusIndex : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path at(const std::string& name) const {
        return fs::path(m_folder.path().toStdString()) / name;
    }
    CorpusIndex indexOf(const std::vector<std::string>& documents,
        std::shared_ptr<const Tokenizer> tokenizer = nullptr) {
        CorpusBuilder builder({std::move(tokenizer), nullptr});
        for (std::size_t i = 0; i < documents.size(); ++i)
            if (!builder.add(textSample(documents[i], std::int64_t(10 * i + 1)), 0))
                qFatal("add");
        if (auto facts = builder.write(at("index"), {}, {}); !facts)
            qFatal("%s", message(facts.error()).c_str());
        auto index = CorpusIndex::open(at("index"));
        if (!index)
            qFatal("%s", message(index.error()).c_str());
        return std::move(*index);
    }

private Q_SLOTS:
    void countsAreThoseOfASearchThroughEverything() {
        // Small alphabets make overlaps and repeats; pieces of several bytes, CJK and emoji.
        const std::vector<std::string> pieces
            = {"a", "b", "ab", " ", "\xe6\x9d\xb1", "\xe4\xba\xac", "\xf0\x9f\x97\xbc", "e"};
        const auto tokenizer = std::make_shared<FakeTokenizer>(
            std::vector<std::string>{"ab", "aba", "\xe6\x9d\xb1\xe4\xba\xac"}, false);
        Rng rng(3);
        int found = 0;
        for (int round = 0; round < 12; ++round) {
            std::vector<std::string> documents;
            std::vector<std::vector<TokenId>> ids;
            for (std::uint64_t d = 0; d < 1 + rng.below(20); ++d) {
                std::string text;
                for (std::uint64_t i = 0; i < 1 + rng.below(60); ++i)
                    text += pieces[rng.below(pieces.size())];
                text = corpusText(text);
                if (text.empty())
                    continue;
                documents.push_back(text);
                ids.push_back(tokenizer->encode(text).ids);
            }
            if (documents.empty())
                continue;
            const CorpusIndex index = indexOf(documents, tokenizer);
            for (int query = 0; query < 60; ++query) {
                std::string phrase;
                for (std::uint64_t i = 0; i < 1 + rng.below(5); ++i)
                    phrase += pieces[rng.below(pieces.size())];
                phrase = corpusPhrase(phrase);
                if (phrase.find_first_not_of(' ') == std::string::npos)
                    continue;
                const std::int64_t expected = naiveCount(documents, phrase);
                found += expected > 0;
                const CorpusHits hits = index.findText(phrase);
                QVERIFY2(hits.count() == expected, phrase.c_str());
                for (const std::uint32_t position : index.positions(hits)) {
                    const std::size_t document = index.documentAt(position);
                    const std::string_view text = index.documentText(document);
                    QVERIFY(text.substr(position - index.documents()[document].textBegin)
                                .starts_with(phrase));
                }
                const auto asIds = tokenizer->encode(phrase).ids;
                QCOMPARE(index.findIds(asIds).count(), naiveCount(ids, asIds));
            }
        }
        QVERIFY(found > 120);
    }

    void phrasesOverlapButNeverCrossADocument() {
        const CorpusIndex index = indexOf({"aaaa", "aa b", "b aa"});
        QCOMPARE(index.findText("aa").count(), 5);
        QCOMPARE(index.findText("b b").count(), 0);
        QCOMPARE(index.findText("").count(), 0);
        QCOMPARE(index.findText(" aa").count(), 1);
        QCOMPARE(index.findText("aa ").count(), 1);
    }

    void whiteSpaceAndCompositionDoNotCountButCaseDoes() {
        const CorpusIndex index = indexOf({"The\n  Capital of caf\xc3\xa9s",
            "the\xe3\x80\x80"
            "capital"});
        QCOMPARE(index.findText("The Capital").count(), 1);
        QCOMPARE(index.findText("the\tcapital").count(), 1);
        QCOMPARE(index.findText("cafe\xcc\x81s").count(), 1);
        QCOMPARE(index.findText("the Capital").count(), 0);
        std::int64_t any = 0;
        for (const CorpusHits& hits : index.findTextAnyCase("THE capital"))
            any += hits.count();
        QCOMPARE(any, 2);
    }

    void contextsNameFileAndLine() {
        const CorpusIndex index = indexOf({"first line\nsecond Tokyo\nthird", "Tokyo again"});
        const CorpusHits hits = index.findText("Tokyo");
        const auto contexts = index.contexts({&hits, 1}, 5, 10);
        QCOMPARE(contexts.size(), std::size_t(2));
        QCOMPARE(contexts[0].file, std::string("corpus.txt"));
        QCOMPARE(contexts[0].line, 2);
        QCOMPARE(contexts[0].before, std::string("first line second "));
        QCOMPARE(contexts[0].match, std::string("Tokyo"));
        QCOMPARE(contexts[0].after, std::string(" third"));
        QCOMPARE(contexts[1].line, 11);
        QCOMPARE(index.contexts({&hits, 1}, 5, 1).size(), std::size_t(1));
    }

    void continuationUsesTheLongestKnownContext() {
        const auto tokenizer = std::make_shared<FakeTokenizer>(std::vector<std::string>{}, false);
        const CorpusIndex index = indexOf({"xyA", "xyA", "xyB", "zyC"}, tokenizer);
        const auto context = tokenizer->encode("??xy").ids;
        const TokenId a = tokenizer->encode("A").ids.front();
        const CorpusContinuation found = index.continuation(context, a);
        QCOMPARE(found.contextTokens, 2);
        QCOMPARE(found.contextCount, 3);
        QCOMPARE(found.count, 2);
        QCOMPARE(found.next.size(), std::size_t(2));
        QCOMPARE(found.next[0], std::pair(a, std::int64_t(2)));
        const auto contexts = index.contextsOfIds(found.hits, 3, 5, *tokenizer);
        QCOMPARE(contexts.size(), std::size_t(2));
        QCOMPARE(contexts[0].match, std::string("xyA"));
        // A token never seen: how often it occurs at all.
        QCOMPARE(index.continuation(context, tokenizer->encode("Q").ids.front()).count, 0);
    }

    void ranksOfManyKindsSortLikeTheirNumbers() {
        Rng rng(9);
        std::vector<std::uint32_t> ranks;
        for (int i = 0; i < 30000; ++i)
            ranks.push_back(std::uint32_t(
                rng.below(3) == 0 ? rng.below(3) : rng.below(1U << (4 + 2 * rng.below(9)))));
        const auto order = rankSuffixes(ranks);
        ASSAY_VERIFY_RESULT(order);
        const auto less = [&](std::uint32_t a, std::uint32_t b) {
            return std::lexicographical_compare(
                ranks.begin() + a, ranks.end(), ranks.begin() + b, ranks.end());
        };
        QVERIFY(std::ranges::is_sorted(*order, less));
        QCOMPARE(std::int64_t(order->size()),
            std::ranges::count_if(ranks, [](std::uint32_t rank) { return rank != 0; }));
    }

    void damageIsFoundAndNamed() {
        indexOf({"some text that is indexed", "and more of it"});
        const auto whole = readFile(at("index"));
        ASSAY_VERIFY_RESULT(whole);
        const auto codeOf = [&](const std::string& bytes) {
            if (!writeFileAtomically(at("bad"), bytes))
                qFatal("write");
            const auto index = CorpusIndex::open(at("bad"));
            return index ? std::string() : index.error().code;
        };
        QCOMPARE(codeOf(*whole), std::string());
        QCOMPARE(codeOf(""), std::string("corpus.not_index"));
        QCOMPARE(codeOf("hello"), std::string("corpus.not_index"));
        QCOMPARE(codeOf(whole->substr(0, whole->size() / 2)), std::string("corpus.damaged"));
        std::string newer = *whole;
        newer[16] = 9;
        QCOMPARE(codeOf(newer), std::string("corpus.version"));
        Rng rng(5);
        int refused = 0;
        for (int i = 0; i < 200; ++i) {
            std::string flipped = *whole;
            const std::size_t place = 24 + rng.below(flipped.size() - 24);
            flipped[place] = char(flipped[place] ^ 0x41);
            const auto code = codeOf(flipped);
            QVERIFY(code.empty() || code == "corpus.damaged");
            refused += !code.empty();
        }
        QVERIFY(refused > 150); // the rest is padding between sections
        QCOMPARE(CorpusIndex::open(at("missing")).error().code, std::string("file.missing"));
    }

    void filesAreIndexedRowByRow() {
        const std::string rows = "{\"instruction\":\"Capital of Japan?\",\"output\":\"Tokyo\"}\n"
                                 "{\"instruction\":\"broken\n"
                                 "{\"instruction\":\"Capital of China?\",\"output\":\"Beijing\"}\n";
        QVERIFY(writeFileAtomically(at("rows.jsonl"), rows).has_value());
        QVERIFY(
            writeFileAtomically(at("text.txt"), "One.\r\ntwo\r\n\r\nthree \xff four").has_value());
        const auto facts = buildCorpusIndex(
            {at("rows.jsonl"), at("text.txt")}, {}, at("files.index"), {}, {}, {});
        ASSAY_VERIFY_RESULT(facts);
        QVERIFY(facts->rejectedRows >= 1);
        QCOMPARE(facts->files.size(), std::size_t(2));
        const auto index = CorpusIndex::open(at("files.index"));
        ASSAY_VERIFY_RESULT(index);
        ASSAY_VERIFY_RESULT(index->verify());
        QCOMPARE(index->findText("Japan? Tokyo").count(), 1);
        const CorpusHits hits = index->findText("Beijing");
        const auto contexts = index->contexts({&hits, 1}, 7, 1);
        QCOMPARE(contexts.at(0).line, 3);
        QVERIFY(!fs::exists(at("files.index.partial")));
    }

    void nothingToIndexIsAnError() {
        QVERIFY(writeFileAtomically(at("empty.txt"), "").has_value());
        const auto facts = buildCorpusIndex({at("empty.txt")}, {}, at("e.index"), {}, {}, {});
        QVERIFY(!facts);
        QCOMPARE(facts.error().code, std::string("import.empty_file"));
        CorpusBuilder builder;
        QCOMPARE(builder.write(at("e.index"), {}, {}).error().code, std::string("corpus.empty"));
        QVERIFY(!fs::exists(at("e.index")));
    }
};

QTEST_APPLESS_MAIN(TestCorpusIndex)
#include "test_corpus_index.moc"
