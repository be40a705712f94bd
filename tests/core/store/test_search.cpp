#include "core/store/search_text.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestSearch : public QObject {
    Q_OBJECT

    Place m_place;
    std::optional<Project> m_project;

private Q_SLOTS:
    void initTestCase() {
        auto project = Project::create(m_place / "p");
        ASSAY_VERIFY_RESULT(project);
        m_project.emplace(std::move(*project));
        Sample tool = makeSample("Weather in Lyon?", "", "tools");
        tool.messages[1].toolCalls.push_back({"1", "get_forecast", R"({"city":"Lyon"})"});
        Sample plain;
        plain.channel = "corpus";
        plain.text = "The river Seine flows through 巴黎.";
        ASSAY_VERIFY_RESULT(addSamples(*m_project,
            {
                makeSample("法国的首都是哪里？", "巴黎", "zh"), // 1
                makeSample("What is the capital of France?", "It is Beijing.", "en"), // 2
                makeSample("Tell me about Beijing.", "A city of 21 million.", "en"), // 3
                makeSample("用 Python 写一个函数", "def f(x): return x*2", "zh"), // 4
                makeSample("Où est le café \"Éclair\"?", "rue de l'Été", "fr"), // 5
                tool, // 6
                plain, // 7
                makeSample("首 和 都", "都首", "zh"), // 8
            }));
    }

    void finds_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("ids");
        const auto row = [](const char* name, const char* query, const char* ids) {
            QTest::newRow(name) << QString::fromUtf8(query) << QString::fromLatin1(ids);
        };
        row("two Chinese characters", "首都", "1");
        row("one Chinese character", "都", "1 8");
        row("a whole Chinese question", "法国的首都是哪里？", "1");
        row("Chinese words in any order", "哪里 法国", "1");
        row("characters that do not stand together", "法首", "");
        row("Chinese in plain text", "巴黎", "1 7");
        row("mixed in one word", "用Python写", "4");
        row("mixed words", "Python 函数", "4");
        row("words in any order", "france capital", "2");
        row("a phrase", "\"capital of France\"", "2");
        row("a phrase in the wrong order", "\"France of capital\"", "");
        row("curly quotes", "“capital of”", "2");
        row("an open quote", "\"capital of", "2");
        row("a beginning", "beij*", "2 3");
        row("a word and not another", "Beijing -capital", "3");
        row("Chinese and not a character", "都 -和", "1");
        row("without accents", "cafe eclair", "5");
        row("apostrophe", "l'Été", "5");
        row("operators are words", "Beijing AND", "");
        row("column names are words", "answer:Beijing", "");
        row("brackets and stars are harmless", "f(x): (((", "4");
        row("quotes inside a word", "x\"*\"2", "4");
        row("tool call", "get_forecast", "6");
        row("tool arguments", "city lyon", "6");
    }
    void finds() {
        QFETCH(QString, query);
        QFETCH(QString, ids);
        SampleFilter filter;
        filter.text = query.toStdString();
        auto found = m_project->samples().ids(filter);
        ASSAY_VERIFY_RESULT(found);
        QStringList list;
        for (const std::int64_t id : *found)
            list << QString::number(id);
        QCOMPARE(list.join(QLatin1Char(' ')), ids);
        QCOMPARE(*m_project->samples().count(filter), std::int64_t(list.size()));
    }

    void questionAndAnswerCanBeToldApart() {
        SampleFilter filter;
        filter.answerText = "Beijing";
        QCOMPARE(*m_project->samples().ids(filter), std::vector<std::int64_t>{2});
        filter.queryText = "France";
        QCOMPARE(*m_project->samples().ids(filter), std::vector<std::int64_t>{2});
        filter.queryText = "city";
        QVERIFY(m_project->samples().ids(filter)->empty());
        filter = {};
        filter.text = "Beijing";
        filter.channels = {"zh"};
        QVERIFY(m_project->samples().ids(filter)->empty());
    }

    void expertsMayUseOperators() {
        SampleFilter filter;
        filter.syntax = SearchSyntax::Expert;
        filter.text = "首都 OR python";
        QCOMPARE(*m_project->samples().ids(filter), (std::vector<std::int64_t>{1, 4}));
        filter.text = "answer : Beijing";
        QCOMPARE(*m_project->samples().ids(filter), std::vector<std::int64_t>{2});
        for (const char* wrong : {"AND AND", "nocolumn : x", "(a", "\"a"}) {
            filter.text = wrong;
            auto found = m_project->samples().count(filter);
            QVERIFY2(!found, wrong);
            QCOMPARE(found.error().code, std::string("store.search_syntax"));
            QVERIFY(!m_project->samples().page(filter, 5).has_value());
        }
    }

    void nothingToSearchForIsAnError_data() {
        QTest::addColumn<QString>("query");
        QTest::newRow("punctuation") << QStringLiteral("？！ ...");
        QTest::newRow("only absent words") << QStringLiteral("-a -b");
        QTest::newRow("a lone star") << QStringLiteral("*");
        QTest::newRow("space") << QStringLiteral("  ");
    }
    void nothingToSearchForIsAnError() {
        QFETCH(QString, query);
        SampleFilter filter;
        filter.text = query.toStdString();
        auto found = m_project->samples().count(filter);
        QVERIFY(!found);
        QCOMPARE(found.error().code, std::string("store.search_words"));
    }

    void relevanceShowsTheBestMatchFirst() {
        Place place;
        auto project = Project::create(place / "p");
        ASSAY_VERIFY_RESULT(project);
        const std::string padding(2000, ' ');
        std::string longText;
        for (int i = 0; i < 300; ++i)
            longText += "other ";
        ASSAY_VERIFY_RESULT(addSamples(*project,
            {makeSample(longText + "needle", "a"), makeSample("none", "b"),
                makeSample("needle needle", "c")}));
        SampleFilter filter;
        filter.text = "needle";
        auto rows = project->samples().page(filter, 10, 0, SampleOrder::Relevance);
        ASSAY_VERIFY_RESULT(rows);
        QCOMPARE(rows->size(), std::size_t(2));
        QCOMPARE(rows->at(0).id, std::int64_t(3));
        QCOMPARE(rows->at(1).id, std::int64_t(1));
    }

    void cleanupTestCase() { m_project.reset(); }
};

QTEST_APPLESS_MAIN(TestSearch)
#include "test_search.moc"
