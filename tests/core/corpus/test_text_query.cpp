#include "core/corpus/text_query.h"

#include "core/corpus/corpus_builder.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestTextQuery : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    CorpusIndex indexOf(const std::vector<std::string>& documents) {
        CorpusBuilder builder;
        for (const std::string& document : documents) {
            Sample sample;
            sample.text = document;
            if (!builder.add(sample, 0))
                qFatal("add");
        }
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "index";
        if (!builder.write(path, {}, {}))
            qFatal("write");
        auto index = CorpusIndex::open(path);
        if (!index)
            qFatal("open");
        return std::move(*index);
    }

private Q_SLOTS:
    void continuationUsesTheLongestEndThatOccurs() {
        const CorpusIndex index
            = indexOf({"the capital of Japan is Tokyo", "the capital of Japan is Tokyo",
                "the capital of Japan is Kyoto", "the capital of China is Beijing"});
        const auto found = continuationOfText(index, "Say it: the capital of\nJapan is", " Tokyo");
        QCOMPARE(found.known.words, 5);
        QCOMPARE(found.known.contextCount, 3);
        QCOMPARE(found.known.count, 2);
        QCOMPARE(found.followed.words, 5);
        QCOMPARE(found.hits.count(), 2);
        // Never after "Japan is", but after "is".
        const auto other = continuationOfText(index, "the capital of Japan is", " Beijing");
        QCOMPARE(other.known.count, 0);
        QCOMPARE(other.followed.context, std::string("is"));
        QCOMPARE(other.followed.contextCount, 4);
        QCOMPARE(other.followed.count, 1);
        QCOMPARE(continuationOfText(index, "Japan is", " Rome").hits.count(), 0);
    }

    void longestVerbatimPartsAreFoundInTheTextAsItStands() {
        const CorpusIndex index = indexOf(
            {"one two three four five six seven", "six seven eight nine ten eleven twelve"});
        const std::string text = "So: two three  four\nfive six seven eight nine ten eleven! end";
        const auto spans = verbatimSpans(index, text, 4);
        QCOMPARE(spans.size(), std::size_t(2));
        const auto cut = [&](const VerbatimSpan& span) {
            return text.substr(
                std::size_t(span.range.begin), std::size_t(span.range.end - span.range.begin));
        };
        QCOMPARE(cut(spans[0]), std::string("two three  four\nfive six seven"));
        QCOMPARE(cut(spans[1]), std::string("six seven eight nine ten"));
        QCOMPARE(spans[0].words, 6);
        QCOMPARE(spans[0].count, 1);
        QVERIFY(verbatimSpans(index, text, 7).empty());
        QVERIFY(verbatimSpans(index, "", 4).empty());
    }

    void chineseIsFoundCharacterByCharacter() {
        const CorpusIndex index
            = indexOf({"\xe6\x97\xa5\xe6\x9c\xac\xe7\x9a\x84\xe9\xa6\x96\xe9\x83"
                       "\xbd\xe6\x98\xaf\xe4\xb8\x9c\xe4\xba\xac"});
        const auto spans = verbatimSpans(index,
            "\xe5\xad\xa6\xe7\x9a\x84\xe9\xa6\x96\xe9\x83\xbd\xe6\x98\xaf\xe4\xb8\x9c\xe5\xad\xa6",
            4);
        QCOMPARE(spans.size(), std::size_t(1));
        QCOMPARE(spans[0].range, (ByteRange{3, 18}));
        QCOMPARE(spans[0].words, 5);
    }
};

QTEST_APPLESS_MAIN(TestTextQuery)
#include "test_text_query.moc"
