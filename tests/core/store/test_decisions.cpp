#include "core/base/rng.h"
#include "core/store/database.h"
#include "tests/core/store/store_fixture.h"

#include <QtTest/QtTest>

#include <map>
#include <set>

using namespace assay;
using namespace assay::test;

namespace {

/// Every column that follows from decisions, the undone events, and the search index's own check.
std::string projectionDump(const std::filesystem::path& folder) {
    SQLite::Database db((folder / "project.db").string(), SQLite::OPEN_READWRITE);
    std::string dump;
    SQLite::Statement rows(db,
        "SELECT s.id, c.name, s.kind, s.turns, s.query_chars, s.answer_chars, hex(s.revision), "
        "s.query_preview, "
        "s.answer_preview, s.status, s.adjudicated, s.rating, s.comments, s.spans, s.edit_event, "
        "s.channel_set, s.last_preview, (SELECT group_concat(name) FROM (SELECT t.name FROM "
        "sample_tags x JOIN tags t ON t.id = x.tag_id WHERE x.sample_id = s.id ORDER BY t.name)) "
        "FROM samples s JOIN channels c ON c.id = s.channel_id ORDER BY s.id");
    while (rows.executeStep()) {
        for (int i = 0; i < rows.getColumnCount(); ++i)
            dump += rows.getColumn(i).getString() + "|";
        dump += "\n";
    }
    SQLite::Statement undone(db, "SELECT event FROM undone ORDER BY event");
    while (undone.executeStep())
        dump += "undone " + undone.getColumn(0).getString() + "\n";
    SQLite::Statement hits(
        db, "SELECT rowid FROM search WHERE search MATCH 'edited' ORDER BY rowid");
    while (hits.executeStep())
        dump += "hit " + hits.getColumn(0).getString() + "\n";
    db.exec("INSERT INTO search(search) VALUES ('integrity-check')");
    return dump;
}

/// The same rules written a second time, the plain way: a list of decisions, each in effect or not.
struct PlainModel {
    struct Entry {
        std::string uid;
        EventKind kind;
        std::vector<std::int64_t> samples;
        double rating = 0;
        std::string text;
        std::string verdict;
        std::string channel;
        std::string tag;
        bool tagRemoved = false;
        bool inEffect = true;
    };
    std::vector<Entry> entries;

    struct State {
        std::string status = "pending";
        bool adjudicated = false;
        double rating = -1;
        int comments = 0;
        int spans = 0;
        std::string text;
        std::string channel = "chat";
        std::set<std::string> tags;
    };
    State stateOf(std::int64_t id) const {
        State state;
        for (const Entry& entry : entries) {
            if (!entry.inEffect || std::ranges::find(entry.samples, id) == entry.samples.end())
                continue;
            if (entry.kind == EventKind::Accept && !state.adjudicated)
                state.status = "accepted";
            if (entry.kind == EventKind::Reject && !state.adjudicated)
                state.status = "rejected";
            if (entry.kind == EventKind::Adjudication) {
                state.status = entry.verdict;
                state.adjudicated = true;
            }
            if (entry.kind == EventKind::Rating)
                state.rating = entry.rating;
            if (entry.kind == EventKind::Comment)
                ++state.comments;
            if (entry.kind == EventKind::Span)
                ++state.spans;
            if (entry.kind == EventKind::Edit)
                state.text = entry.text;
            if (entry.kind == EventKind::Edit || entry.kind == EventKind::Channel)
                state.channel = entry.channel;
            if (entry.kind == EventKind::Tag && entry.tagRemoved)
                state.tags.erase(entry.tag);
            else if (entry.kind == EventKind::Tag)
                state.tags.insert(entry.tag);
        }
        return state;
    }
};

} // namespace

class TestDecisions : public QObject {
    Q_OBJECT

private:
    static Result<Project> projectWith(const Place& place, int count) {
        auto project = Project::create(place / "p.assay");
        if (!project)
            return project;
        std::vector<Sample> samples;
        for (int i = 0; i < count; ++i)
            samples.push_back(
                makeSample("question " + std::to_string(i), "answer " + std::to_string(i)));
        if (auto added = addSamples(*project, std::move(samples)); !added)
            return forward(added);
        return project;
    }

    static Decision decision(EventKind kind, std::vector<std::int64_t> samples, Json value = {}) {
        Decision made;
        made.kind = kind;
        made.samples = std::move(samples);
        made.value = std::move(value);
        made.author = "anna";
        return made;
    }

    static QString statusOf(Project& project, std::int64_t id) {
        auto row = project.samples().row(id);
        return row ? QString::fromStdString(std::string(statusName(row->status)))
                   : QStringLiteral("?");
    }

private Q_SLOTS:
    void eventKeepsWhatWasDecidedAndSeen() {
        Place place;
        auto project = projectWith(place, 2);
        ASSAY_VERIFY_RESULT(project);
        Decision made = decision(EventKind::Reject, {2});
        made.activeMs = 4200;
        made.guideline = "0123abcd";
        made.saw = Json::parse(R"({"loss": 2.5, "mode": "opened"})");
        auto event = project->decisions().record(made);
        ASSAY_VERIFY_RESULT(event);
        auto history = project->decisions().history(2);
        ASSAY_VERIFY_RESULT(history);
        QCOMPARE(history->size(), std::size_t(1));
        const Event& kept = history->front();
        QCOMPARE(kept.uid, event->uid);
        QCOMPARE(kept.author, std::string("anna"));
        QCOMPARE(kept.activeMs, std::int64_t(4200));
        QCOMPARE(kept.guideline, std::string("0123abcd"));
        QCOMPARE(kept.saw["loss"].get<double>(), 2.5);
        QCOMPARE(kept.before["status"].get<std::string>(), std::string("pending"));
        QVERIFY(!kept.bulk);
        QCOMPARE(statusOf(*project, 2), QStringLiteral("rejected"));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("pending"));
    }

    void bulkIsOneEventAndOneUndo() {
        Place place;
        auto project = projectWith(place, 30);
        ASSAY_VERIFY_RESULT(project);
        std::vector<std::int64_t> ids;
        for (int i = 5; i <= 24; ++i)
            ids.push_back(i);
        auto event = project->decisions().record(decision(EventKind::Accept, ids));
        ASSAY_VERIFY_RESULT(event);
        QVERIFY(event->bulk);
        QCOMPARE(event->sampleCount, std::int64_t(20));
        QCOMPARE(*project->decisions().count(), std::int64_t(1));
        QCOMPARE(*project->decisions().samplesOf(event->uid), ids);
        SampleFilter accepted;
        accepted.statuses = {ReviewStatus::Accepted};
        QCOMPARE(*project->samples().count(accepted), std::int64_t(20));
        ASSAY_VERIFY_RESULT(project->decisions().undoLast("anna"));
        QCOMPARE(*project->samples().count(accepted), std::int64_t(0));
        QCOMPARE(*project->decisions().count(), std::int64_t(2));
    }

    void aDecisionAboutAWholeFilterNamesTheSamplesThatPassThen() {
        Place place;
        auto project = projectWith(place, 50);
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(project->decisions().record(decision(EventKind::Reject, {3, 4})));
        SampleFilter pending;
        pending.statuses = {ReviewStatus::Pending};
        auto event = project->decisions().recordAll(decision(EventKind::Accept, {}), pending);
        ASSAY_VERIFY_RESULT(event);
        QVERIFY(event->bulk);
        QCOMPARE(event->sampleCount, std::int64_t(48));
        QCOMPARE(event->before["statuses"]["pending"].get<int>(), 48);
        QCOMPARE(project->decisions().samplesOf(event->uid)->size(), std::size_t(48));
        QCOMPARE(*project->samples().count(pending), std::int64_t(0));
        const auto figures = project->decisions().figures();
        ASSAY_VERIFY_RESULT(figures);
        QCOMPARE(figures->lookedAt, std::int64_t(0)); // the two rejected ones were in bulk too
        QCOMPARE(figures->inBulk, std::int64_t(50));
        ASSAY_VERIFY_RESULT(project->decisions().undo(event->uid, "anna"));
        QCOMPARE(*project->samples().count(pending), std::int64_t(48));
        SampleFilter none;
        none.text = "absent";
        QCOMPARE(project->decisions().recordAll(decision(EventKind::Accept, {}), none).error().code,
            std::string("store.decision_value"));
    }

    void aStopLeavesEverythingAsItWas() {
        Place place;
        auto project = projectWith(place, 40);
        ASSAY_VERIFY_RESULT(project);
        const std::string before = projectionDump(place / "p.assay");
        std::stop_source stop;
        // Asked to stop when the first part is done: the event and its samples are written by then.
        const ProgressFunction stopping = [&](const Progress&) { stop.request_stop(); };
        auto event = project->decisions().recordAll(
            decision(EventKind::Accept, {}), {}, stopping, stop.get_token());
        QVERIFY(!event);
        QCOMPARE(event.error().code, std::string("cancelled"));
        QCOMPARE(*project->decisions().count(), std::int64_t(0));
        QCOMPARE(projectionDump(place / "p.assay"), before);
        ASSAY_VERIFY_RESULT(project->decisions().recordAll(decision(EventKind::Accept, {}), {}));
    }

    void editMakesARevisionAndUndoBringsTheOldTextBack() {
        Place place;
        auto project = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(project);
        auto original = project->samples().sample(1);
        ASSAY_VERIFY_RESULT(original);
        Decision made = decision(EventKind::Edit, {1});
        made.edited = makeSample("法国的首都是哪里？", "巴黎", "facts");
        auto event = project->decisions().record(made);
        ASSAY_VERIFY_RESULT(event);

        auto now = project->samples().sample(1);
        ASSAY_VERIFY_RESULT(now);
        QCOMPARE(now->sample.messages[1].content, std::string("巴黎"));
        QCOMPARE(now->sample.uid, original->sample.uid);
        QCOMPARE(now->revision, event->revision);
        QVERIFY(now->revision != original->revision);
        auto row = project->samples().row(1);
        QVERIFY(row->edited);
        QCOMPARE(row->channel, std::string("facts"));
        QCOMPARE(row->answerPreview, std::string("巴黎"));
        QCOMPARE(row->answerChars, std::int64_t(2));
        SampleFilter search;
        search.text = "首都";
        QCOMPARE(*project->samples().count(search), std::int64_t(1));
        auto before = project->samples().sampleAt(1, original->revision);
        ASSAY_VERIFY_RESULT(before);
        QCOMPARE(before->sample.messages, original->sample.messages);

        ASSAY_VERIFY_RESULT(project->decisions().undo(event->uid, "anna"));
        auto back = project->samples().sample(1);
        QCOMPARE(back->sample.messages, original->sample.messages);
        QCOMPARE(back->revision, original->revision);
        QCOMPARE(*project->samples().count(search), std::int64_t(0));
        search.text = "question";
        QCOMPARE(*project->samples().count(search), std::int64_t(1));
        // The undone text can still be had by its revision, as a run that used it needs it.
        ASSAY_VERIFY_RESULT(project->samples().sampleAt(1, event->revision));
    }

    void undoAndRedoReachAnyDepth() {
        Place place;
        auto project = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(project);
        constexpr int depth = 25;
        for (int i = 0; i < depth; ++i)
            ASSAY_VERIFY_RESULT(
                project->decisions().record(decision(EventKind::Rating, {1}, {{"value", i}})));
        for (int i = depth - 1; i >= 0; --i) {
            QCOMPARE(*project->samples().row(1)->rating, double(i));
            ASSAY_VERIFY_RESULT(project->decisions().undoLast("anna"));
        }
        QVERIFY(!project->samples().row(1)->rating);
        auto surplus = project->decisions().undoLast("anna");
        QVERIFY(!surplus);
        QCOMPARE(surplus.error().code, std::string("store.nothing_to_undo"));
        for (int i = 0; i < depth; ++i) {
            ASSAY_VERIFY_RESULT(project->decisions().redoLast("anna"));
            QCOMPARE(*project->samples().row(1)->rating, double(i));
        }
        QCOMPARE(project->decisions().redoLast("anna").error().code,
            std::string("store.nothing_to_redo"));
        // And back once more: an undone redo is an undo again.
        ASSAY_VERIFY_RESULT(project->decisions().undoLast("anna"));
        QCOMPARE(*project->samples().row(1)->rating, double(depth - 2));
        ASSAY_VERIFY_RESULT(
            project->decisions().record(decision(EventKind::Rating, {1}, {{"value", 99}})));
        QCOMPARE(project->decisions().redoLast("anna").error().code,
            std::string("store.nothing_to_redo"));
    }

    void undoOfAnOlderDecisionLeavesNewerOnesInForce() {
        Place place;
        auto project = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(project);
        auto first = project->decisions().record(decision(EventKind::Accept, {1}));
        ASSAY_VERIFY_RESULT(project->decisions().record(decision(EventKind::Reject, {1})));
        ASSAY_VERIFY_RESULT(project->decisions().undo(first->uid, "ben"));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("rejected"));
        auto twice = project->decisions().undo(first->uid, "ben");
        QVERIFY(!twice);
        QCOMPARE(twice.error().code, std::string("store.already_undone"));
        QCOMPARE(
            project->decisions().undo("11111111-2222-4333-8444-555555555555", "ben").error().code,
            std::string("store.event_missing"));
    }

    void undoConcernsTheAuthorsOwnDecisions() {
        Place place;
        auto project = projectWith(place, 2);
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(project->decisions().record(decision(EventKind::Accept, {1})));
        Decision other = decision(EventKind::Accept, {2});
        other.author = "ben";
        ASSAY_VERIFY_RESULT(project->decisions().record(other));
        ASSAY_VERIFY_RESULT(project->decisions().undoLast("anna"));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("pending"));
        QCOMPARE(statusOf(*project, 2), QStringLiteral("accepted"));
    }

    void adjudicationStandsAgainstLaterAnswers() {
        Place place;
        auto project = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(project);
        auto verdict = project->decisions().record(
            decision(EventKind::Adjudication, {1}, {{"status", "rejected"}}));
        ASSAY_VERIFY_RESULT(verdict);
        ASSAY_VERIFY_RESULT(project->decisions().record(decision(EventKind::Accept, {1})));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("rejected"));
        ASSAY_VERIFY_RESULT(project->decisions().undo(verdict->uid, "anna"));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("accepted"));
    }

    void wrongDecisionsAreRefusedWhole_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("value");
        QTest::addColumn<qint64>("sample");
        QTest::addColumn<QString>("code");
        const QString wrong = QStringLiteral("store.decision_value");
        QTest::newRow("no such sample") << "accept"
                                        << "null" << qint64(9) << "store.sample_missing";
        QTest::newRow("rating is text") << "rating"
                                        << R"({"value":"good"})" << qint64(1) << wrong;
        QTest::newRow("rating name is a number") << "rating"
                                                 << R"({"value":1,"name":2})" << qint64(1) << wrong;
        QTest::newRow("comment without text") << "comment"
                                              << "{}" << qint64(1) << wrong;
        QTest::newRow("empty span")
            << "span"
            << R"({"message":0,"begin":3,"end":3,"label":"x"})" << qint64(1) << wrong;
        QTest::newRow("unknown verdict") << "adjudication"
                                         << R"({"status":"perhaps"})" << qint64(1) << wrong;
        QTest::newRow("edit without a text") << "edit"
                                             << "null" << qint64(1) << wrong;
        QTest::newRow("undo of samples") << "undo"
                                         << "null" << qint64(1) << wrong;
    }
    void wrongDecisionsAreRefusedWhole() {
        QFETCH(QString, kind);
        QFETCH(QString, value);
        QFETCH(qint64, sample);
        QFETCH(QString, code);
        Place place;
        auto project = projectWith(place, 3);
        ASSAY_VERIFY_RESULT(project);
        Decision made = decision(
            *eventKindFromName(kind.toStdString()), {1, sample}, Json::parse(value.toStdString()));
        auto event = project->decisions().record(made);
        QVERIFY(!event);
        QCOMPARE(QString::fromStdString(event.error().code), code);
        QCOMPARE(*project->decisions().count(), std::int64_t(0));
        QCOMPARE(statusOf(*project, 1), QStringLiteral("pending"));
    }

    void eventsCannotBeChangedOrRemoved() {
        Place place;
        auto project = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(project);
        ASSAY_VERIFY_RESULT(project->decisions().record(decision(EventKind::Accept, {1})));
        SQLite::Database db(((place / "p.assay") / "project.db").string(), SQLite::OPEN_READWRITE);
        QVERIFY_THROWS_EXCEPTION(SQLite::Exception, db.exec("DELETE FROM events"));
        QVERIFY_THROWS_EXCEPTION(SQLite::Exception, db.exec("UPDATE events SET author = 'x'"));
    }

    void clockGrowsStrictlyAcrossConnections() {
        Place place;
        auto one = projectWith(place, 1);
        ASSAY_VERIFY_RESULT(one);
        auto two = Project::open(place / "p.assay");
        ASSAY_VERIFY_RESULT(two);
        std::int64_t last = 0;
        for (int i = 0; i < 20; ++i) {
            auto event
                = (i % 2 == 0 ? one : two)->decisions().record(decision(EventKind::Accept, {1}));
            ASSAY_VERIFY_RESULT(event);
            QVERIFY(event->clock.packed > last);
            last = event->clock.packed;
        }
    }

    void replayEqualsTheRunningProjection_data() {
        QTest::addColumn<quint64>("seed");
        for (const quint64 seed : {1, 2, 3, 4})
            QTest::addRow("seed %llu", static_cast<unsigned long long>(seed)) << seed;
    }
    void replayEqualsTheRunningProjection() {
        QFETCH(quint64, seed);
        Place place;
        constexpr int sampleCount = 12;
        auto project = projectWith(place, sampleCount);
        ASSAY_VERIFY_RESULT(project);
        Rng rng(seed);
        PlainModel model;
        const char* authors[] = {"anna", "ben"};
        std::map<std::string, std::string> undoOf; // uid of an undo: what it names
        std::vector<std::string> all;
        for (int step = 0; step < 80; ++step) {
            const std::string author = authors[rng.below(2)];
            if (rng.below(3) == 0 && !all.empty()) {
                // Any event, also an undo: undo, redo, undo of the redo, ..
                const std::string uid = all[rng.below(all.size())];
                auto undone = project->decisions().undo(uid, author);
                if (!undone) {
                    QCOMPARE(undone.error().code, std::string("store.already_undone"));
                    continue;
                }
                all.push_back(undone->uid);
                undoOf[undone->uid] = uid;
                // Each undo turns over everything down the chain.
                std::string root = uid;
                int turns = 1;
                while (undoOf.contains(root)) {
                    root = undoOf[root];
                    ++turns;
                }
                auto entry = std::ranges::find(model.entries, root, &PlainModel::Entry::uid);
                QVERIFY(entry != model.entries.end());
                entry->inEffect = turns % 2 == 0;
                continue;
            }
            PlainModel::Entry entry;
            constexpr EventKind kinds[] = {EventKind::Accept, EventKind::Reject, EventKind::Edit,
                EventKind::Rating, EventKind::Span, EventKind::Comment, EventKind::Adjudication,
                EventKind::Tag, EventKind::Channel};
            entry.kind = kinds[rng.below(std::size(kinds))];
            const std::size_t count = entry.kind == EventKind::Edit ? 1 : 1 + rng.below(4);
            std::set<std::int64_t> chosen;
            while (chosen.size() < count)
                chosen.insert(1 + std::int64_t(rng.below(sampleCount)));
            entry.samples.assign(chosen.begin(), chosen.end());
            Decision made = decision(entry.kind, entry.samples);
            made.author = author;
            if (entry.kind == EventKind::Rating) {
                entry.rating = double(rng.below(5));
                made.value = {{"value", entry.rating}};
            } else if (entry.kind == EventKind::Comment) {
                made.value = {{"text", "note"}};
            } else if (entry.kind == EventKind::Span) {
                made.value = {{"message", 0}, {"begin", 0}, {"end", 2}, {"label", "wrong"}};
            } else if (entry.kind == EventKind::Adjudication) {
                entry.verdict = rng.below(2) == 0 ? "accepted" : "rejected";
                made.value = {{"status", entry.verdict}};
            } else if (entry.kind == EventKind::Edit) {
                entry.text = "edited " + std::to_string(step);
                entry.channel = "channel" + std::to_string(rng.below(3));
                made.edited = makeSample("question", entry.text, entry.channel);
            } else if (entry.kind == EventKind::Channel) {
                entry.channel = "set" + std::to_string(rng.below(3));
                made.value = {{"channel", entry.channel}};
            } else if (entry.kind == EventKind::Tag) {
                entry.tag = "tag" + std::to_string(rng.below(3));
                entry.tagRemoved = rng.below(3) == 0;
                made.value[entry.tagRemoved ? "remove" : "add"].push_back(entry.tag);
            }
            auto event = project->decisions().record(made);
            ASSAY_VERIFY_RESULT(event);
            entry.uid = event->uid;
            all.push_back(event->uid);
            model.entries.push_back(entry);
        }
        for (std::int64_t id = 1; id <= sampleCount; ++id) {
            const PlainModel::State expected = model.stateOf(id);
            auto row = project->samples().row(id);
            ASSAY_VERIFY_RESULT(row);
            QCOMPARE(std::string(statusName(row->status)), expected.status);
            QCOMPARE(row->adjudicated, expected.adjudicated);
            QCOMPARE(row->rating.value_or(-1), expected.rating);
            QCOMPARE(row->comments, expected.comments);
            QCOMPARE(row->spans, expected.spans);
            QCOMPARE(row->channel, expected.channel);
            QCOMPARE(std::set(row->tags.begin(), row->tags.end()), expected.tags);
            const std::string text
                = expected.text.empty() ? "answer " + std::to_string(id - 1) : expected.text;
            QCOMPARE(project->samples().sample(id)->sample.messages[1].content, text);
        }
        const std::string running = projectionDump(place / "p.assay");
        ASSAY_VERIFY_RESULT(project->decisions().rebuildProjection());
        QCOMPARE(projectionDump(place / "p.assay"), running);
        QVERIFY(running.find("undone") != std::string::npos
            && running.find("hit") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestDecisions)
#include "test_decisions.moc"
