#include "core/corpus/cooccurrence.h"

#include "core/corpus/corpus_builder.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::test;

class TestCooccurrence : public QObject {
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
    void statisticsHaveTheirWorkedValues() {
        const PairStatistics found = pairStatistics({1000, 40, 50, 20});
        QVERIFY(std::abs(*found.pmi - 2.302585) < 1e-6);
        QVERIFY(std::abs(*found.npmi - 0.588592) < 1e-6);
        QVERIFY(std::abs(found.g2 - 74.582) < 5e-4);
        QCOMPARE(*found.probability, 0.5);
        // (20.5 * 1002) / (41 * 51)
        QVERIFY(std::abs(found.smoothedPmi - std::log(20.5 * 1002 / (41.0 * 51))) < 1e-12);
    }

    void nothingFoundHasNoPmiButFiniteNumbers() {
        const PairStatistics none = pairStatistics({10, 3, 0, 0});
        QVERIFY(!none.pmi && !none.npmi);
        QCOMPARE(*none.probability, 0.0);
        QCOMPARE(none.g2, 0.0);
        QVERIFY(std::isfinite(none.smoothedPmi));
        QVERIFY(!pairStatistics({10, 0, 3, 0}).probability);
        QVERIFY(pairStatistics({10, 10, 10, 10}).pmi == 0.0);
    }

    void windowsAreCountedInWords() {
        // Words: a at 0, b at 3; and a at 0, b at 5 of the second document.
        const CorpusIndex index = indexOf({"a x x b", "a x x x x b", "b", "x"});
        const Cooccurrence near = cooccurrence(index, "a", "b", 4);
        QCOMPARE(near.aCount, 2);
        QCOMPARE(near.bCount, 3);
        QCOMPARE(near.aNearB, 1);
        QCOMPARE(near.bNearA, 1);
        QCOMPARE(near.documents.units, 4);
        QCOMPARE(near.documents.a, 2);
        QCOMPARE(near.documents.b, 3);
        QCOMPARE(near.documents.both, 2);
        // Windows of four words: the second document has two, a in the first, b in the second.
        QCOMPARE(near.windows.units, 5);
        QCOMPARE(near.windows.a, 2);
        QCOMPARE(near.windows.b, 3);
        QCOMPARE(near.windows.both, 1);
        QCOMPARE(cooccurrence(index, "a", "b", 6).aNearB, 2);
    }

    void chineseCharactersAreWords() {
        const CorpusIndex index = indexOf({"\xe6\x97\xa5\xe6\x9c\xac\xe7\x9a\x84\xe9\xa6\x96"});
        QCOMPARE(index.documents()[0].words, std::uint32_t(4));
        QCOMPARE(cooccurrence(index, "\xe6\x97\xa5", "\xe9\xa6\x96", 3).aNearB, 0);
        QCOMPARE(cooccurrence(index, "\xe6\x97\xa5", "\xe9\xa6\x96", 4).aNearB, 1);
    }

    void priorsOfTheRightAndTheWrongObject() {
        // Beijing comes with "capital" three times as often as Tokyo; with Japan Tokyo leads.
        std::vector<std::string> documents(3, "Beijing is a capital");
        documents.push_back("Tokyo is the capital of Japan");
        documents.push_back("Japan has Tokyo");
        documents.push_back("nothing");
        const CorpusIndex index = indexOf(documents);
        const PriorTable table = priorTable(index, {"Japan", "capital", "Tokyo", "Beijing", 100});
        QCOMPARE(table.units, 6);
        QCOMPARE(table.gold.subject.both, 2);
        QCOMPARE(table.gold.subject.a, 2);
        QCOMPARE(table.gold.relation.both, 1);
        QCOMPARE(table.gold.relation.a, 4);
        QCOMPARE(table.gold.both.both, 1);
        QCOMPARE(table.gold.both.a, 1);
        QCOMPARE(table.wrong.subject.both, 0);
        QCOMPARE(table.wrong.relation.both, 3);
        QCOMPARE(table.wrong.both.both, 0);
        QVERIFY(table.wrongLeads);
        const Json json = priorTableToJson({"Japan", "capital", "Tokyo", "Beijing", 100}, table);
        QCOMPARE(json["wrong"]["given_relation"]["p_b_given_a"], Json(0.75));
        QCOMPARE(json["gold"]["given_relation"]["p_b_given_a"], Json(0.25));
    }
};

QTEST_APPLESS_MAIN(TestCooccurrence)
#include "test_cooccurrence.moc"
