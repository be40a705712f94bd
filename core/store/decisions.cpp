#include "core/store/decisions.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"
#include "core/store/bulk_projection.h"
#include "core/store/projection.h"
#include "core/store/samples.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {

namespace {

constexpr std::array<std::string_view, 11> kindNames = {"accept", "reject", "edit", "rating",
    "span", "comment", "adjudication", "undo", "tag", "channel", "preference"};

constexpr const char* eventColumns = "e.seq, e.uid, e.clock, e.author, e.kind, e.target, e.bulk, "
                                     "e.sample_count, e.revision, e.active_ms, "
                                     "e.guideline, e.before, e.after, e.saw, NOT EXISTS (SELECT 1 "
                                     "FROM undone u WHERE u.event = e.seq)";

Json storedJson(const std::string& text) {
    auto json = parseJson(text, "event");
    return json ? std::move(*json) : Json();
}

Event readEvent(const Query& query) {
    Event event;
    event.sequence = query.integer(0);
    event.uid = uuidFromBytes(query.text(1));
    event.clock = {query.integer(2)};
    event.author = query.text(3);
    event.kind = EventKind(query.integer(4));
    if (!query.isNull(5))
        event.target = uuidFromBytes(query.text(5));
    event.bulk = query.integer(6) != 0;
    event.sampleCount = query.integer(7);
    if (!query.isNull(8))
        event.revision = toHex(query.text(8));
    event.activeMs = query.integer(9);
    event.guideline = query.text(10);
    event.before = storedJson(query.text(11));
    event.after = storedJson(query.text(12));
    event.saw = storedJson(query.text(13));
    event.inEffect = query.integer(14) != 0;
    return event;
}

tl::unexpected<Error> wrongValue(EventKind kind, const std::string& reason) {
    return fail(
        "store.decision_value", {{"kind", std::string(eventKindName(kind))}, {"reason", reason}});
}

bool isTextKey(const Json& value, const char* key) {
    return value.contains(key) && value[key].is_string();
}

bool namesIn(const Json& value, const char* key) {
    const auto found = value.find(key);
    return found != value.end() && found->is_array() && !found->empty()
        && std::ranges::all_of(*found, [](const Json& name) {
               return name.is_string() && !name.get_ref<const std::string&>().empty();
           });
}

/// What the projection and later readers rely on.
Result<void> checkDecision(const Decision& decision, bool ofFilter) {
    const Json& value = decision.value;
    if (decision.samples.empty() && !ofFilter)
        return wrongValue(decision.kind, "no sample is named");
    switch (decision.kind) {
    case EventKind::Accept:
    case EventKind::Reject:
        break;
    case EventKind::Edit:
        if (!decision.edited)
            return wrongValue(decision.kind, "the new text is missing");
        if (decision.samples.size() != 1)
            return wrongValue(decision.kind, "an edit concerns one sample");
        break;
    case EventKind::Rating:
        if (!value.is_object() || !value.contains("value") || !value["value"].is_number()
            || !std::isfinite(value["value"].get<double>()))
            return wrongValue(decision.kind, "\"value\" must be a number");
        if (value.contains("name") && !value["name"].is_string())
            return wrongValue(decision.kind, "\"name\" must be a string");
        break;
    case EventKind::Span: {
        const auto whole = [&](const char* key) {
            return value.is_object() && value.contains(key) && value[key].is_number_integer()
                && value[key].get<std::int64_t>() >= 0;
        };
        if (!whole("message") || !whole("begin") || !whole("end") || !isTextKey(value, "label"))
            return wrongValue(
                decision.kind, "\"message\", \"begin\", \"end\" and \"label\" are needed");
        if (value["begin"].get<std::int64_t>() >= value["end"].get<std::int64_t>())
            return wrongValue(decision.kind, "the span is empty");
        break;
    }
    case EventKind::Comment:
        if (!value.is_object() || !isTextKey(value, "text"))
            return wrongValue(decision.kind, "\"text\" must be a string");
        break;
    case EventKind::Adjudication:
        if (!value.is_object() || !isTextKey(value, "status")
            || statusFromName(value["status"].get<std::string>()).value_or(ReviewStatus::Pending)
                == ReviewStatus::Pending)
            return wrongValue(decision.kind, "\"status\" must be accepted or rejected");
        break;
    case EventKind::Undo:
        return wrongValue(decision.kind, "an undo names an event, not samples");
    case EventKind::Tag:
        if (!value.is_object() || (!namesIn(value, "add") && !namesIn(value, "remove")))
            return wrongValue(decision.kind, "\"add\" or \"remove\" must be a list of names");
        break;
    case EventKind::Channel:
        if (!value.is_object() || !isTextKey(value, "channel")
            || value["channel"].get_ref<const std::string&>().empty())
            return wrongValue(decision.kind, "\"channel\" must be a name");
        break;
    case EventKind::Preference: {
        const auto oneOf = [&](const char* key, std::initializer_list<std::string_view> names) {
            return value.is_object() && isTextKey(value, key)
                && std::ranges::find(names, value[key].get_ref<const std::string&>())
                != names.end();
        };
        if (!oneOf("choice", {"a", "b", "tie", "both_bad"}) || !oneOf("left", {"a", "b"})
            || !isTextKey(value, "a") || !isTextKey(value, "b"))
            return wrongValue(decision.kind, "\"choice\", \"left\", \"a\" and \"b\" are needed");
        if (decision.samples.size() != 1)
            return wrongValue(decision.kind, "a preference concerns one sample");
        break;
    }
    }
    return {};
}

Json stateToJson(const SampleState& state) {
    Json json = {{"status", statusName(state.status)}};
    if (state.adjudicated)
        json["adjudicated"] = true;
    if (state.rating)
        json["rating"] = *state.rating;
    return json;
}

/// The next reading after all events of the project, whoever wrote them: the caller holds the write
/// lock.
HybridTime nextClock(Database& database) {
    Query query = database.query("SELECT max(clock) FROM events");
    query.step();
    HybridClock clock(query.isNull(0) ? HybridTime{} : HybridTime{query.integer(0)});
    return clock.tick(wallClockMs());
}

/// Fills in sequence, uid and clock.
void insertEvent(Database& database, Event& event) {
    event.clock = nextClock(database);
    event.uid = makeUuid();
    Query query = database.query("INSERT INTO events(uid, clock, author, kind, target, bulk, "
                                 "sample_count, revision, active_ms, guideline, "
                                 "before, after, saw) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
    query.bindBlob(1, bytesFromHex(event.uid));
    query.bindOne(2, event.clock.packed);
    query.bindOne(3, event.author);
    query.bindOne(4, int(event.kind));
    if (event.target.empty())
        query.bindNull(5);
    else
        query.bindBlob(5, bytesFromHex(event.target));
    query.bindOne(6, event.bulk);
    query.bindOne(7, event.sampleCount);
    if (event.revision.empty())
        query.bindNull(8);
    else
        query.bindBlob(8, bytesFromHex(event.revision));
    query.bindOne(9, event.activeMs);
    query.bindOne(10, event.guideline);
    query.bindOne(11, dumpJson(event.before));
    query.bindOne(12, dumpJson(event.after));
    query.bindOne(13, dumpJson(event.saw));
    query.exec();
    event.sequence = database.handle().getLastInsertRowid();
}

/// Puts the new text into the event and what it replaces into `before`.
void prepareEdit(Database& database, const Decision& decision, Event& event) {
    const auto stored = Samples(database).sample(decision.samples.front());
    if (!stored)
        throw StoreFailure{stored.error()};
    const Sample& current = stored->sample;
    Sample edited = *decision.edited;
    edited.uid = current.uid;
    if (edited.provenance == Provenance{})
        edited.provenance = current.provenance;
    if (edited == current)
        throw StoreFailure{wrongValue(EventKind::Edit, "the text is the same as before").value()};
    event.after = sampleToJson(edited);
    event.revision = revisionHash(edited);
    event.before["revision"] = revisionHash(current);
}

std::string uuidBytes(const std::string& uid) {
    std::string bytes = bytesFromHex(uid);
    if (bytes.size() != 16)
        throw StoreFailure{Error("store.event_missing", {{"uid", uid}})};
    return bytes;
}

Event findEvent(Database& database, const std::string& uidBytes) {
    Query query
        = database.query(std::string("SELECT ") + eventColumns + " FROM events e WHERE e.uid = ?");
    query.bindBlob(1, uidBytes);
    if (!query.step())
        throw StoreFailure{Error("store.event_missing", {{"uid", uuidFromBytes(uidBytes)}})};
    return readEvent(query);
}

/// The decision that an undo, or the undo of an undo, is in the end about.
Event decisionBehind(Database& database, Event event) {
    while (!event.target.empty())
        event = findEvent(database, uuidBytes(event.target));
    return event;
}

/// Within a transaction.
Event undoWithin(Database& database, const std::string& uidBytes, const std::string& author,
    std::int64_t activeMs, const ProgressFunction& progress = {}, const StopToken& stop = {}) {
    const Event target = findEvent(database, uidBytes);
    if (!target.inEffect)
        throw StoreFailure{Error("store.already_undone", {{"uid", target.uid}})};
    Event event;
    event.kind = EventKind::Undo;
    event.author = author;
    event.activeMs = activeMs;
    event.target = target.uid;
    event.bulk = target.bulk;
    event.sampleCount = target.sampleCount;
    insertEvent(database, event);
    BulkProjection bulk(database, progress, stop);
    bulk.gatherThoseOf(target.sequence);
    bulk.link(event.sequence);
    Projection projection(database);
    projection.renewEffect(uidBytes);
    const Event decision = decisionBehind(database, target);
    if (bulk.count() > 1 && BulkProjection::knows(decision.kind))
        bulk.renew(decision.kind, decision.after);
    else
        bulk.forEach([&](std::int64_t id) { projection.refold(id); });
    return event;
}

/// The uid that the statement finds, or empty.
std::string firstUid(Query query) {
    return query.step() ? query.text(0) : std::string();
}

} // namespace

std::string_view eventKindName(EventKind kind) {
    return kindNames[std::size_t(kind)];
}

std::optional<EventKind> eventKindFromName(std::string_view name) {
    for (std::size_t i = 0; i < kindNames.size(); ++i)
        if (kindNames[i] == name)
            return EventKind(i);
    return {};
}

Json eventToJson(const Event& event) {
    Json json
        = {{"event", event.uid}, {"kind", eventKindName(event.kind)}, {"author", event.author},
            {"time_ms", event.clock.milliseconds()}, {"clock", event.clock.packed},
            {"in_effect", event.inEffect}, {"samples", event.sampleCount}, {"bulk", event.bulk}};
    if (!event.target.empty())
        json["target"] = event.target;
    if (!event.revision.empty())
        json["revision"] = event.revision;
    if (event.activeMs > 0)
        json["active_ms"] = event.activeMs;
    if (!event.guideline.empty())
        json["guideline"] = event.guideline;
    json["before"] = event.before;
    json["after"] = event.after;
    json["saw"] = event.saw;
    return json;
}

Result<Event> Decisions::record(
    const Decision& decision, const ProgressFunction& progress, StopToken stop) {
    return recordIn(decision, nullptr, progress, stop);
}

Result<Event> Decisions::recordAll(const Decision& decision, const SampleFilter& filter,
    const ProgressFunction& progress, StopToken stop) {
    return recordIn(decision, &filter, progress, stop);
}

Result<Event> Decisions::recordIn(const Decision& decision, const SampleFilter* filter,
    const ProgressFunction& progress, const StopToken& stop) {
    if (auto checked = checkDecision(decision, filter != nullptr); !checked)
        return forward(checked);
    return m_database.write([&] {
        Event event;
        event.kind = decision.kind;
        event.author = decision.author;
        event.activeMs = decision.activeMs;
        event.guideline = decision.guideline;
        event.after = decision.value;
        event.saw = decision.saw;
        BulkProjection bulk(m_database, progress, stop);
        if (filter)
            bulk.gather(*filter);
        else
            bulk.gather(decision.samples);
        if (bulk.count() == 0)
            throw StoreFailure{wrongValue(decision.kind, "no sample passes the filter").value()};
        event.sampleCount = bulk.count();
        event.bulk = filter != nullptr || decision.inBulk || decision.samples.size() > 1;
        Projection projection(m_database);
        if (event.sampleCount > 1)
            event.before = bulk.statuses();
        else
            bulk.forEach([&](std::int64_t id) {
                event.before = stateToJson(projection.load(id).value_or(SampleState{}));
            });
        if (decision.kind == EventKind::Edit)
            prepareEdit(m_database, decision, event);
        insertEvent(m_database, event);
        bulk.link(event.sequence);
        if (event.sampleCount > 1 && BulkProjection::knows(event.kind)) {
            bulk.apply(event.kind, event.after);
            return event;
        }
        bulk.forEach([&](std::int64_t id) {
            const SampleState from = projection.load(id).value_or(SampleState{});
            SampleState to = from;
            applyEvent(to, event.kind, event.sequence, event.after);
            projection.store(id, from, to);
        });
        return event;
    });
}

Result<Event> Decisions::undo(const std::string& eventUid, const std::string& author,
    std::int64_t activeMs, const ProgressFunction& progress, StopToken stop) {
    return m_database.write([&] {
        return undoWithin(m_database, uuidBytes(eventUid), author, activeMs, progress, stop);
    });
}

Result<Event> Decisions::undoLast(const std::string& author) {
    return m_database.write([&] {
        const std::string uid = firstUid(std::move(
            m_database
                .query("SELECT uid FROM events WHERE author = ? AND target IS NULL AND seq "
                       "NOT IN (SELECT event FROM undone) ORDER BY clock DESC, uid DESC "
                       "LIMIT 1")
                .bind(author)));
        if (uid.empty())
            throw StoreFailure{Error("store.nothing_to_undo")};
        return undoWithin(m_database, uid, author, 0);
    });
}

Result<Event> Decisions::redoLast(const std::string& author) {
    return m_database.write([&] {
        // Only an undo of a decision is taken back; one that itself took back an undo is a redo
        // already done.
        const std::string uid = firstUid(std::move(
            m_database
                .query(
                    "SELECT u.uid FROM events u JOIN events t ON t.uid = u.target AND t.target IS "
                    "NULL "
                    "WHERE u.author = ?1 AND u.seq NOT IN (SELECT event FROM undone) AND u.clock > "
                    "coalesce((SELECT max(clock) FROM events WHERE author = ?1 AND target IS "
                    "NULL), 0) "
                    "ORDER BY u.clock DESC, u.uid DESC LIMIT 1")
                .bind(author)));
        if (uid.empty())
            throw StoreFailure{Error("store.nothing_to_redo")};
        return undoWithin(m_database, uid, author, 0);
    });
}

Result<Event> Decisions::undoLastOf(std::int64_t sampleId, const std::string& author) {
    return m_database.write([&] {
        const std::string uid = firstUid(
            std::move(m_database
                          .query("SELECT e.uid FROM event_samples x JOIN events e ON e.seq = "
                                 "x.event WHERE x.sample_id = ? "
                                 "AND e.target IS NULL AND e.seq NOT IN (SELECT event FROM undone) "
                                 "ORDER BY e.clock DESC, e.uid DESC LIMIT 1")
                          .bind(sampleId)));
        if (uid.empty())
            throw StoreFailure{Error("store.nothing_to_undo")};
        return undoWithin(m_database, uid, author, 0);
    });
}

Result<std::vector<Event>> Decisions::history(std::int64_t sampleId) {
    return m_database.run([&] {
        std::vector<Event> events;
        Query query = m_database.query(std::string("SELECT ") + eventColumns
            + " FROM event_samples x JOIN events e ON e.seq = x.event WHERE x.sample_id = ? "
              "ORDER BY e.clock, e.uid");
        query.bind(sampleId);
        while (query.step())
            events.push_back(readEvent(query));
        return events;
    });
}

Result<std::vector<Event>> Decisions::recent(std::int64_t limit) {
    return m_database.run([&] {
        std::vector<Event> events;
        Query query = m_database.query(std::string("SELECT ") + eventColumns
            + " FROM events e ORDER BY e.clock DESC, e.uid DESC LIMIT ?");
        query.bind(limit);
        while (query.step())
            events.push_back(readEvent(query));
        return events;
    });
}

Result<std::vector<std::pair<std::int64_t, Event>>> Decisions::preferences() {
    return m_database.run([&] {
        std::vector<std::pair<std::int64_t, Event>> found;
        Query query = m_database.query(std::string("SELECT ") + eventColumns
            + ", x.sample_id FROM events e JOIN event_samples x ON x.event = e.seq WHERE e.kind = "
              "? AND e.seq NOT IN (SELECT event FROM undone) ORDER BY e.clock, e.uid");
        query.bind(int(EventKind::Preference));
        while (query.step())
            found.emplace_back(query.integer(15), readEvent(query));
        return found;
    });
}

Result<std::vector<std::int64_t>> Decisions::samplesOf(const std::string& eventUid) {
    return m_database.run([&] {
        const Event event = findEvent(m_database, uuidBytes(eventUid));
        std::vector<std::int64_t> samples;
        Query query = m_database.query(
            "SELECT sample_id FROM event_samples WHERE event = ? ORDER BY sample_id");
        query.bind(event.sequence);
        while (query.step())
            samples.push_back(query.integer(0));
        return samples;
    });
}

Result<std::int64_t> Decisions::count() {
    return m_database.run([&] {
        Query query = m_database.query("SELECT count(*) FROM events");
        query.step();
        return query.integer(0);
    });
}

Result<void> Decisions::rebuildProjection() {
    return m_database.write([&] { Projection(m_database).rebuild(); });
}

} // namespace assay
