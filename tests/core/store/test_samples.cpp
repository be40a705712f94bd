#include "core/base/rng.h"
#include "core/store/database.h"
#include "core/store/sample_query.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>
#include <sqlite3.h>

#include <set>

using namespace assay;
using namespace assay::test;

namespace {

/// Notes every table that a statement is allowed to read.
int noteTable(void* tables, int action, const char* table, const char*, const char*, const char*) {
    if (action == SQLITE_READ && table)
        static_cast<std::set<std::string>*>(tables)->insert(table);
    return SQLITE_OK;
}

} // namespace

class TestSamples : public QObject {
    Q_OBJECT

    Place m_place;
    std::optional<Project> m_project;

private Q_SLOTS:
    void initTestCase() {
        auto project = Project::create(m_place / "p");
        ASSAY_VERIFY_RESULT(project);
        m_project.emplace(std::move(*project));
        std::vector<Sample> samples;
        for (int i = 0; i < 300; ++i)
            samples.push_back(makeSample("question number " + std::to_string(i),
                "answer\n  with   lines", i % 3 == 0 ? "three" : "rest"));
        ASSAY_VERIFY_RESULT(addSamples(*m_project, std::move(samples)));
        Decision decision;
        decision.author = "anna";
        for (std::int64_t id = 1; id <= 300; id += 2)
            decision.samples.push_back(id);
        ASSAY_VERIFY_RESULT(m_project->decisions().record(decision));
        decision.kind = EventKind::Tag;
        decision.value = {{"add", {"odd"}}};
        ASSAY_VERIFY_RESULT(m_project->decisions().record(decision));
        std::erase_if(decision.samples, [](std::int64_t id) { return id % 5 != 0; });
        decision.value = {{"add", {"fifth"}}};
        ASSAY_VERIFY_RESULT(m_project->decisions().record(decision));
        SQLite::Database db((m_place / "p.assay" / "project.db").string(), SQLite::OPEN_READWRITE);
        db.exec(
            "INSERT INTO measures SELECT id, (id * 37) % 100, 1 FROM samples WHERE id <= 200;"
            "INSERT INTO losses SELECT id, revision, (id * 11) % 30 / 10.0, 'm', 0 FROM samples "
            "WHERE id > 150;");
    }

    void pagesKeysetsAndIdsAgree_data() {
        QTest::addColumn<QString>("filter");
        for (const char* filter :
            {"{}", R"({"channels":["three"]})", R"({"statuses":["accepted"]})",
                R"({"statuses":["pending","accepted"],"channels":["rest"]})",
                R"({"text":"question","channels":["three"]})",
                R"({"text":"question","statuses":["pending"]})", R"({"channels":["absent"]})",
                R"({"edited":true})", R"({"tags":["odd"]})", R"({"tags":["odd","fifth"]})",
                R"({"tags":["fifth"],"text":"question"})", R"({"chars_at_least":36})",
                R"({"tokens_at_most":40})", R"({"tokens_at_least":10,"tags":["fifth"]})",
                R"({"loss_at_least":1.5,"statuses":["pending"]})"})
            QTest::newRow(filter) << QString::fromLatin1(filter);
    }
    void pagesKeysetsAndIdsAgree() {
        QFETCH(QString, filter);
        auto wanted = filterFromJson(Json::parse(filter.toStdString()), "filter");
        ASSAY_VERIFY_RESULT(wanted);
        Samples& samples = m_project->samples();
        const std::vector<std::int64_t> ids = *samples.ids(*wanted);
        QCOMPARE(*samples.count(*wanted), std::int64_t(ids.size()));
        std::vector<std::int64_t> paged;
        for (std::int64_t offset = 0;; offset += 37) {
            auto page = samples.page(*wanted, 37, offset);
            ASSAY_VERIFY_RESULT(page);
            for (const SampleRow& row : *page)
                paged.push_back(row.id);
            if (page->size() < 37)
                break;
        }
        QCOMPARE(paged, ids);
        std::vector<std::int64_t> chained;
        for (std::int64_t last = 0;;) {
            auto page = samples.pageAfter(*wanted, last, 41);
            ASSAY_VERIFY_RESULT(page);
            for (const SampleRow& row : *page)
                chained.push_back(row.id);
            if (page->size() < 41)
                break;
            last = page->back().id;
        }
        QCOMPARE(chained, ids);
        std::vector<std::int64_t> backwards = *samples.ids(*wanted, SampleOrder::ImportedReverse);
        std::ranges::reverse(backwards);
        QCOMPARE(backwards, ids);
        std::vector<std::int64_t> streamed;
        ASSAY_VERIFY_RESULT(samples.forEach(*wanted, [&](StoredSample&& sample) -> Result<void> {
            streamed.push_back(sample.id);
            return {};
        }));
        QCOMPARE(streamed, ids);
    }

    void ordersHoldEveryRowOnceAndPagesFollowThem_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<int>("order");
        for (const char* filter : {"{}", R"({"channels":["three"]})", R"({"text":"question"})",
                 R"({"tags":["odd"]})", R"({"tokens_at_least":5})"})
            for (int order = int(SampleOrder::Imported); order <= int(SampleOrder::Group); ++order)
                QTest::addRow("%s %d", filter, order) << QString::fromLatin1(filter) << order;
    }
    void ordersHoldEveryRowOnceAndPagesFollowThem() {
        QFETCH(QString, filter);
        QFETCH(int, order);
        const SampleFilter wanted = *filterFromJson(Json::parse(filter.toStdString()), "filter");
        Samples& samples = m_project->samples();
        const auto ids = samples.ids(wanted, SampleOrder(order));
        ASSAY_VERIFY_RESULT(ids);
        std::vector<std::int64_t> sorted = *ids;
        std::ranges::sort(sorted);
        QCOMPARE(sorted, *samples.ids(wanted));
        QCOMPARE(*samples.count(wanted), std::int64_t(ids->size()));
        std::vector<SampleRow> paged;
        for (std::int64_t offset = 0;; offset += 61) {
            auto page = samples.page(wanted, 61, offset, SampleOrder(order));
            ASSAY_VERIFY_RESULT(page);
            paged.insert(paged.end(), page->begin(), page->end());
            if (page->size() < 61)
                break;
        }
        QCOMPARE(paged.size(), ids->size());
        for (std::size_t i = 0; i < paged.size(); ++i)
            QCOMPARE(paged[i].id, (*ids)[i]);
        // The rule itself, unknown values last.
        const auto key = [&](const SampleRow& row) {
            switch (SampleOrder(order)) {
            case SampleOrder::Shortest:
                return double(row.chars());
            case SampleOrder::Longest:
                return -double(row.chars());
            case SampleOrder::FewestTokens:
                return double(row.tokens.value_or(1000));
            case SampleOrder::MostTokens:
                return -double(row.tokens.value_or(-1));
            case SampleOrder::LowestLoss:
                return row.loss.value_or(1000);
            case SampleOrder::HighestLoss:
                return -row.loss.value_or(-1);
            case SampleOrder::Pending:
                return double(row.status);
            case SampleOrder::Rejected:
                return -double(row.status);
            case SampleOrder::ImportedReverse:
                return -double(row.id);
            case SampleOrder::Imported:
                return double(row.id);
            default:
                return 0.0;
            }
        };
        QVERIFY(std::ranges::is_sorted(paged, {}, key));
    }

    void lastQuestionIsTheLastOne() {
        Place place;
        auto project = Project::create(place / "p.assay");
        ASSAY_VERIFY_RESULT(project);
        Sample sample = makeSample("first", "a");
        for (const Message& message : makeSample("second", "b").messages)
            sample.messages.push_back(message);
        ASSAY_VERIFY_RESULT(addSamples(*project, {sample, makeSample("only", "c")}));
        auto rows = project->samples().page({}, 10);
        ASSAY_VERIFY_RESULT(rows);
        QCOMPARE(rows->at(0).queryPreview, std::string("first"));
        QCOMPARE(rows->at(0).lastPreview, std::string("second"));
        QCOMPARE(rows->at(1).lastPreview, std::string("only"));
        auto tags = m_project->samples().tags();
        ASSAY_VERIFY_RESULT(tags);
        QCOMPARE(tags->size(), std::size_t(2));
        QCOMPARE(tags->at(1).count, std::int64_t(150));
    }

    void rowsTellWhatTheTextIs() {
        auto row = m_project->samples().row(1);
        ASSAY_VERIFY_RESULT(row);
        QCOMPARE(row->channel, std::string("three"));
        QCOMPARE(row->turns, 1);
        QCOMPARE(row->queryChars, std::int64_t(17));
        QCOMPARE(row->answerPreview, std::string("answer with lines"));
        QCOMPARE(row->uid.size(), std::size_t(36));
        QCOMPARE(row->revision.size(), std::size_t(32));
        QCOMPARE(*m_project->samples().findId(row->uid), std::int64_t(1));
        QCOMPARE(*m_project->samples().findId(row->uid.substr(0, 13)), std::int64_t(1));
        QCOMPARE(
            m_project->samples().findId("301").error().code, std::string("store.sample_missing"));
        QCOMPARE(m_project->samples().row(301).error().code, std::string("store.sample_missing"));
        QCOMPARE(revisionHash(m_project->samples().sample(1)->sample), row->revision);
    }

    void countsByNameAddUp() {
        auto channels = m_project->samples().channels();
        QCOMPARE(channels->size(), std::size_t(2));
        QCOMPARE(channels->at(0).count, std::int64_t(200));
        QCOMPARE(channels->at(1).count, std::int64_t(100));
        auto statuses = m_project->samples().statuses();
        QCOMPARE(statuses->at(0).name, std::string("pending"));
        QCOMPARE(statuses->at(0).count, std::int64_t(150));
        QCOMPARE(statuses->at(1).count, std::int64_t(150));
    }

    void listsNeverTouchThePayload() {
        auto database = Database::open(m_place / "p.assay" / "project.db", DatabaseMode::ReadOnly);
        ASSAY_VERIFY_RESULT(database);
        std::set<std::string> tables;
        sqlite3_set_authorizer((*database)->handle().getHandle(), noteTable, &tables);
        Samples samples(**database);
        for (const char* text : {"", "question"}) {
            SampleFilter filter;
            filter.text = text;
            filter.channels = {"three"};
            filter.statuses = {ReviewStatus::Accepted};
            QVERIFY(*samples.count(filter) > 0);
            QVERIFY(!samples.page(filter, 10, 5)->empty());
            QVERIFY(!samples.pageAfter(filter, 5, 10)->empty());
            QVERIFY(!samples.ids(filter)->empty());
        }
        QVERIFY(!samples.channels()->empty());
        QVERIFY(!samples.statuses()->empty());
        QVERIFY(tables.contains("samples") && tables.contains("search"));
        QVERIFY(!tables.contains("payloads"));
        QVERIFY(!tables.contains("events"));
        tables.clear();
        QVERIFY(samples.sample(1).has_value()); // and the check would have noticed
        QVERIFY(tables.contains("payloads"));
    }

    void filteredCountsAndIdsReadIndexesOnly() {
        auto database = Database::open(m_place / "p.assay" / "project.db", DatabaseMode::ReadOnly);
        ASSAY_VERIFY_RESULT(database);
        for (const char* json : {R"({"statuses":["accepted"]})", R"({"channels":["three"]})",
                 R"({"channels":["three"],"statuses":["pending"]})"}) {
            auto filter = filterFromJson(Json::parse(json), "filter");
            auto query = sampleQuery(*filter);
            auto plan = prepareQuery(**database,
                "EXPLAIN QUERY PLAN SELECT s.id" + query->from(true) + query->where()
                    + query->orderBy(),
                *query);
            bool covered = false;
            while (plan.executeStep())
                covered = covered
                    || plan.getColumn(3).getString().find("SEARCH s USING COVERING INDEX samples_")
                        != std::string::npos;
            QVERIFY2(covered, json);
        }
    }

    void savedViewsKeepTheirFilter() {
        SampleFilter filter;
        filter.channels = {"three", "zh"};
        filter.statuses = {ReviewStatus::Pending, ReviewStatus::Rejected};
        filter.text = "首都 \"a b\"";
        filter.answerText = "x";
        filter.syntax = SearchSyntax::Expert;
        filter.file = "data.jsonl";
        filter.importId = 3;
        filter.ratingAtLeast = 1.5;
        filter.ratingAtMost = 4;
        filter.edited = false;
        filter.tags = {"odd"};
        filter.findings = {"duplicate.exact"};
        filter.charsAtLeast = 1;
        filter.charsAtMost = 2;
        filter.tokensAtLeast = 3;
        filter.tokensAtMost = 4;
        filter.lossAtLeast = 0.5;
        filter.lossAtMost = 1.5;
        Registry& registry = m_project->registry();
        ASSAY_VERIFY_RESULT(registry.saveView("hard ones", filter));
        auto view = registry.view("hard ones");
        ASSAY_VERIFY_RESULT(view);
        QVERIFY(view->filter == filter);
        ASSAY_VERIFY_RESULT(registry.saveView("hard ones", {}));
        QVERIFY(registry.view("hard ones")->filter == SampleFilter{});
        QCOMPARE(registry.views()->size(), std::size_t(1));
        ASSAY_VERIFY_RESULT(registry.removeView("hard ones"));
        QCOMPARE(registry.view("hard ones").error().code, std::string("store.view_missing"));
        QCOMPARE(registry.removeView("hard ones").error().code, std::string("store.view_missing"));
        QVERIFY(!filterFromJson(Json::parse(R"({"chanels":["x"]})"), "view").has_value());
    }

    void aWalkStopsWhenAskedOrOnAnError() {
        std::stop_source stop;
        int seen = 0;
        auto walked = m_project->samples().forEach(
            {},
            [&](StoredSample&&) -> Result<void> {
                if (++seen == 10)
                    stop.request_stop();
                return {};
            },
            stop.get_token());
        QCOMPARE(walked.error().code, std::string("cancelled"));
        QCOMPARE(seen, 10);
        walked = m_project->samples().forEach({}, [&](StoredSample&&) -> Result<void> {
            return fail("usage", {{"what", "enough"}});
        });
        QCOMPARE(walked.error().code, std::string("usage"));
        // And leaves no read behind that would hold up writers or the log.
        ASSAY_VERIFY_RESULT(m_project->registry().saveView("v", {}));
    }

    void cleanupTestCase() { m_project.reset(); }
};

QTEST_APPLESS_MAIN(TestSamples)
#include "test_samples.moc"
