#include "core/store/projection.h"

#include <unordered_set>

namespace assay {

namespace {

constexpr const char* insertSearch = "INSERT INTO search(rowid, query, answer) VALUES (?, ?, ?)";

Json parsed(const std::string& text, const std::string& place) {
    auto json = parseJson(text, place);
    if (!json)
        throw StoreFailure{json.error()};
    return std::move(*json);
}

std::vector<std::string> namesOf(const Json& value, const char* key) {
    const auto found = value.is_object() ? value.find(key) : value.end();
    return found != value.end() && found->is_array() ? found->get<std::vector<std::string>>()
                                                     : std::vector<std::string>();
}

std::int64_t numberOf(Database& database, const std::string& table, const std::string& name) {
    {
        Query find = database.query("SELECT id FROM " + table + " WHERE name = ?");
        if (find.bind(name).step())
            return find.integer(0);
    }
    database.query("INSERT INTO " + table + "(name) VALUES (?)").bind(name).exec();
    return database.handle().getLastInsertRowid();
}

} // namespace

void noteTextChange(Database& database) {
    database.query("UPDATE meta SET value = value + 1 WHERE key = 'text_version'").exec();
}

std::int64_t channelId(Database& database, const std::string& name) {
    return numberOf(database, "channels", name);
}

std::int64_t tagId(Database& database, const std::string& name) {
    return numberOf(database, "tags", name);
}

void applyEvent(SampleState& state, EventKind kind, std::int64_t sequence, const Json& after) {
    const auto statusOf = [&] {
        const auto found = after.is_object() ? after.find("status") : after.end();
        const auto status = found != after.end() && found->is_string()
            ? statusFromName(found->get_ref<const std::string&>())
            : std::nullopt;
        return status.value_or(state.status);
    };
    switch (kind) {
    case EventKind::Accept:
        if (!state.adjudicated)
            state.status = ReviewStatus::Accepted;
        break;
    case EventKind::Reject:
        if (!state.adjudicated)
            state.status = ReviewStatus::Rejected;
        break;
    case EventKind::Adjudication:
        state.status = statusOf();
        state.adjudicated = true;
        break;
    case EventKind::Edit:
        state.editEvent = sequence;
        state.channel.reset(); // the new text says its own
        break;
    case EventKind::Rating:
        if (after.is_object() && after.value("name", "overall") == "overall"
            && after.contains("value"))
            state.rating = after["value"].get<double>();
        break;
    case EventKind::Comment:
        ++state.comments;
        break;
    case EventKind::Span:
        ++state.spans;
        break;
    case EventKind::Undo:
        break;
    case EventKind::Tag:
        for (const std::string& name : namesOf(after, "add"))
            state.tags.insert(name);
        for (const std::string& name : namesOf(after, "remove"))
            state.tags.erase(name);
        break;
    case EventKind::Preference: // about two answers, not about the sample's own state
        break;
    case EventKind::Channel:
        if (after.is_object() && after.contains("channel"))
            state.channel = after["channel"].get<std::string>();
        break;
    }
}

std::optional<SampleState> Projection::load(std::int64_t sampleId) {
    Query query = m_database.query("SELECT status, adjudicated, rating, comments, spans, "
                                   "edit_event, CASE WHEN channel_set THEN (SELECT name FROM "
                                   "channels WHERE id = channel_id) END FROM samples WHERE id = "
                                   "?");
    if (!query.bind(sampleId).step())
        return {};
    SampleState state;
    state.status = ReviewStatus(query.integer(0));
    state.adjudicated = query.integer(1) != 0;
    if (!query.isNull(2))
        state.rating = query.real(2);
    state.comments = int(query.integer(3));
    state.spans = int(query.integer(4));
    if (!query.isNull(5))
        state.editEvent = query.integer(5);
    if (!query.isNull(6))
        state.channel = query.text(6);
    Query tags = m_database.query(
        "SELECT t.name FROM sample_tags x JOIN tags t ON t.id = x.tag_id WHERE x.sample_id = ?");
    tags.bind(sampleId);
    while (tags.step())
        state.tags.insert(tags.text(0));
    return state;
}

void Projection::store(std::int64_t sampleId, const SampleState& from, const SampleState& to) {
    if (from == to)
        return;
    {
        Query query = m_database.query(
            "UPDATE samples SET status = ?, adjudicated = ?, rating = ?, comments = ?, "
            "spans = ?, edit_event = ? WHERE id = ?");
        query.bind(int(to.status), to.adjudicated);
        if (to.rating)
            query.bindOne(3, *to.rating);
        else
            query.bindNull(3);
        query.bindOne(4, to.comments);
        query.bindOne(5, to.spans);
        if (to.editEvent)
            query.bindOne(6, *to.editEvent);
        else
            query.bindNull(6);
        query.bindOne(7, sampleId);
        query.exec();
    }
    storeTags(sampleId, from, to);
    if (from.editEvent == to.editEvent) {
        if (from.channel != to.channel)
            m_database.query("UPDATE samples SET channel_id = ?, channel_set = ? WHERE id = ?")
                .bind(channelId(m_database,
                          to.channel ? *to.channel : sampleUnder(sampleId, to.editEvent).channel),
                    to.channel.has_value(), sampleId)
                .exec();
        return;
    }
    noteTextChange(m_database);
    m_database.query("DELETE FROM measures WHERE sample_id = ?").bind(sampleId).exec();
    // The index keeps no copy of the text, so an entry is taken out by saying what was put in.
    const ShadowText old = shadowText(sampleUnder(sampleId, from.editEvent));
    m_database.query("INSERT INTO search(search, rowid, query, answer) VALUES ('delete', ?, ?, ?)")
        .bind(sampleId, old.query, old.answer)
        .exec();
    const Sample current = sampleUnder(sampleId, to.editEvent);
    const ShadowText shadow = shadowText(current);
    m_database.query(insertSearch).bind(sampleId, shadow.query, shadow.answer).exec();
    renewIndexColumns(sampleId, current, to.channel);
}

void Projection::storeTags(std::int64_t sampleId, const SampleState& from, const SampleState& to) {
    for (const std::string& name : from.tags)
        if (!to.tags.contains(name))
            m_database.query("DELETE FROM sample_tags WHERE tag_id = ? AND sample_id = ?")
                .bind(tagId(m_database, name), sampleId)
                .exec();
    for (const std::string& name : to.tags)
        if (!from.tags.contains(name))
            m_database.query("INSERT OR IGNORE INTO sample_tags(tag_id, sample_id) VALUES (?, ?)")
                .bind(tagId(m_database, name), sampleId)
                .exec();
}

Sample Projection::sampleUnder(
    std::int64_t sampleId, const std::optional<std::int64_t>& editEvent) {
    const std::string place = "sample " + std::to_string(sampleId);
    Query query = m_database.query(editEvent ? "SELECT after FROM events WHERE seq = ?"
                                             : "SELECT json FROM payloads WHERE sample_id = ?");
    if (!query.bind(editEvent.value_or(sampleId)).step())
        throw StoreFailure{Error("store.damaged",
            {{"path", m_database.path().string()},
                {"reason", "the text of " + place + " is missing"}})};
    auto sample = sampleFromJson(parsed(query.text(0), place), place);
    if (!sample)
        throw StoreFailure{sample.error()};
    return std::move(*sample);
}

void Projection::renewIndexColumns(
    std::int64_t sampleId, const Sample& sample, const std::optional<std::string>& channel) {
    const SampleDescription description = describeSample(sample);
    const std::int64_t number = channelId(m_database, channel.value_or(sample.channel));
    Query query = m_database.query(
        "UPDATE samples SET channel_id = ?, kind = ?, turns = ?, query_chars = ?, "
        "answer_chars = ?, query_preview = ?, answer_preview = ?, revision = ?, "
        "channel_set = ?, last_preview = ? WHERE id = ?");
    query.bind(number, int(description.kind), description.turns, description.queryChars,
        description.answerChars, description.queryPreview, description.answerPreview);
    query.bindBlob(8, bytesFromHex(revisionHash(sample)));
    query.bindOne(9, channel.has_value());
    query.bindOne(10, description.lastPreview);
    query.bindOne(11, sampleId);
    query.exec();
}

void Projection::refold(std::int64_t sampleId) {
    const std::optional<SampleState> from = load(sampleId);
    if (!from)
        return;
    SampleState to;
    {
        // The text of an edit is not needed to fold it.
        Query query = m_database.query("SELECT e.seq, e.kind, CASE WHEN e.kind = 2 THEN 'null' "
                                       "ELSE e.after END FROM event_samples x "
                                       "JOIN events e ON e.seq = x.event WHERE x.sample_id = ? AND "
                                       "e.seq NOT IN (SELECT event FROM undone) "
                                       "ORDER BY e.clock, e.uid");
        static_assert(int(EventKind::Edit) == 2);
        query.bind(sampleId);
        while (query.step())
            applyEvent(
                to, EventKind(query.integer(1)), query.integer(0), parsed(query.text(2), "event"));
    }
    store(sampleId, *from, to);
}

void Projection::renewEffect(const std::string& eventUidBytes) {
    std::string uid = eventUidBytes;
    while (!uid.empty()) {
        std::int64_t sequence = 0;
        std::string next;
        {
            Query find = m_database.query("SELECT seq, target FROM events WHERE uid = ?");
            find.bindBlob(1, uid);
            if (!find.step())
                return;
            sequence = find.integer(0);
            if (!find.isNull(1))
                next = find.text(1);
        }
        bool takenBack = false;
        {
            Query undos = m_database.query("SELECT 1 FROM events WHERE target = ? AND "
                                           "seq NOT IN (SELECT event FROM undone) LIMIT 1");
            undos.bindBlob(1, uid);
            takenBack = undos.step();
        }
        m_database
            .query(takenBack ? "INSERT OR IGNORE INTO undone(event) VALUES (?)"
                             : "DELETE FROM undone WHERE event = ?")
            .bind(sequence)
            .exec();
        uid = next;
    }
}

void Projection::rebuild() {
    SQLite::Database& db = m_database.handle();
    db.exec("DELETE FROM undone; UPDATE samples SET status = 0, adjudicated = 0, rating = NULL, "
            "comments = 0, "
            "spans = 0, edit_event = NULL, channel_set = 0; DELETE FROM sample_tags; INSERT INTO "
            "search(search) VALUES ('delete-all')");
    {
        // From the newest to the oldest: whether an undo counts is known before what it names is
        // reached.
        SQLite::Statement events(
            db, "SELECT seq, uid, target FROM events ORDER BY clock DESC, uid DESC");
        std::unordered_set<std::string> takenBack;
        while (events.executeStep()) {
            if (takenBack.contains(events.getColumn(1).getString()))
                m_database.query("INSERT INTO undone(event) VALUES (?)")
                    .bind(events.getColumn(0).getInt64())
                    .exec();
            else if (!events.getColumn(2).isNull())
                takenBack.insert(events.getColumn(2).getString());
        }
    }
    {
        SQLite::Statement events(db,
            "SELECT seq, kind, after FROM events WHERE seq NOT IN "
            "(SELECT event FROM undone) ORDER BY clock, uid");
        while (events.executeStep()) {
            const std::int64_t sequence = events.getColumn(0).getInt64();
            const auto kind = EventKind(events.getColumn(1).getInt());
            const Json after = kind == EventKind::Edit
                ? Json()
                : parsed(events.getColumn(2).getString(), "event");
            SQLite::Statement samples(db, "SELECT sample_id FROM event_samples WHERE event = ?");
            samples.bind(1, sequence);
            while (samples.executeStep()) {
                const std::int64_t id = samples.getColumn(0).getInt64();
                SampleState to = load(id).value_or(SampleState{});
                const std::optional<std::int64_t> edit = to.editEvent;
                SampleState from = to;
                applyEvent(to, kind, sequence, after);
                if (to.editEvent != edit) {
                    m_database.query("UPDATE samples SET edit_event = ? WHERE id = ?")
                        .bind(sequence, id)
                        .exec();
                    from.editEvent = to.editEvent; // texts are indexed below, all at once
                }
                store(id, from, to);
            }
        }
    }
    noteTextChange(m_database);
    SQLite::Statement samples(db,
        "SELECT s.id, s.edit_event, CASE WHEN s.channel_set THEN c.name END FROM samples s "
        "JOIN channels c ON c.id = s.channel_id ORDER BY s.id");
    while (samples.executeStep()) {
        const std::int64_t id = samples.getColumn(0).getInt64();
        std::optional<std::int64_t> edit;
        if (!samples.getColumn(1).isNull())
            edit = samples.getColumn(1).getInt64();
        const Sample sample = sampleUnder(id, edit);
        const ShadowText shadow = shadowText(sample);
        m_database.query(insertSearch).bind(id, shadow.query, shadow.answer).exec();
        std::optional<std::string> channel;
        if (!samples.getColumn(2).isNull())
            channel = samples.getColumn(2).getString();
        renewIndexColumns(id, sample, channel);
    }
}

} // namespace assay
