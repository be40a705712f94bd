#include "core/store/bulk_projection.h"

#include "core/store/interruption.h"
#include "core/store/projection.h"
#include "core/store/sample_query.h"

#include <map>

namespace assay {

namespace {

/// Takes about a tenth of a second: how soon a stop is noticed and how fine the progress is.
constexpr std::int64_t partRows = 20'000;

Json parsed(const std::string& text) {
    auto json = parseJson(text, "event");
    if (!json)
        throw StoreFailure{json.error()};
    return std::move(*json);
}

bool names(const Json& value, const char* key, const std::string& name) {
    const auto found = value.is_object() ? value.find(key) : value.end();
    return found != value.end() && found->is_array()
        && std::ranges::find(*found, Json(name)) != found->end();
}

std::vector<std::string> namesIn(const Json& value, const char* key) {
    const auto found = value.is_object() ? value.find(key) : value.end();
    return found != value.end() && found->is_array() ? found->get<std::vector<std::string>>()
                                                     : std::vector<std::string>();
}

} // namespace

BulkProjection::BulkProjection(
    Database& database, const ProgressFunction& progress, const StopToken& stop)
    : m_database(database)
    , m_progress(progress)
    , m_stop(stop) {
    database.handle().exec("CREATE TEMP TABLE IF NOT EXISTS bulk_ids(id INTEGER PRIMARY KEY);"
                           "CREATE TEMP TABLE IF NOT EXISTS bulk_mentions(event INTEGER PRIMARY "
                           "KEY, place INTEGER NOT NULL, value INTEGER NOT NULL);"
                           "DELETE FROM temp.bulk_ids; DELETE FROM temp.bulk_mentions");
}

BulkProjection::~BulkProjection() {
    // What stands in them is of no use to anybody; the next one empties them if this fails.
    auto emptied = m_database.run([&] {
        m_database.handle().exec("DELETE FROM temp.bulk_ids; DELETE FROM temp.bulk_mentions");
    });
    if (!emptied) { }
}

bool BulkProjection::knows(EventKind kind) {
    return kind == EventKind::Accept || kind == EventKind::Reject || kind == EventKind::Tag
        || kind == EventKind::Channel;
}

void BulkProjection::gather(std::span<const std::int64_t> samples) {
    for (const std::int64_t id : samples)
        m_database.query("INSERT OR IGNORE INTO temp.bulk_ids(id) VALUES (?)").bind(id).exec();
    Query missing = m_database.query("SELECT b.id FROM temp.bulk_ids b WHERE NOT EXISTS (SELECT 1 "
                                     "FROM samples s WHERE s.id = b.id) LIMIT 1");
    if (missing.step())
        throw StoreFailure{
            Error("store.sample_missing", {{"id", std::to_string(missing.integer(0))}})};
    countGathered();
}

void BulkProjection::gather(const SampleFilter& filter) {
    auto query = sampleQuery(filter);
    if (!query)
        throw StoreFailure{query.error()};
    const Interruption interruption(m_database, m_stop);
    auto statement = prepareQuery(m_database,
        "INSERT INTO temp.bulk_ids(id) SELECT " + query->id + query->from(false) + query->where(),
        *query);
    statement.exec();
    countGathered();
}

void BulkProjection::gatherThoseOf(std::int64_t event) {
    m_database
        .query("INSERT INTO temp.bulk_ids(id) SELECT sample_id FROM event_samples WHERE event = ?")
        .bind(event)
        .exec();
    countGathered();
}

void BulkProjection::countGathered() {
    Query query = m_database.query("SELECT count(*) FROM temp.bulk_ids");
    query.step();
    m_count = query.integer(0);
}

Json BulkProjection::statuses() {
    std::map<std::string_view, std::int64_t> counts;
    Query query = m_database.query("SELECT s.status, count(*) FROM temp.bulk_ids b JOIN samples s "
                                   "INDEXED BY samples_narrow ON s.id = b.id GROUP BY s.status");
    while (query.step())
        counts[statusName(ReviewStatus(query.integer(0)))] = query.integer(1);
    Json json;
    for (const auto& [status, count] : counts)
        json["statuses"][std::string(status)] = count;
    return json;
}

void BulkProjection::inParts(const std::string& sql, std::span<const std::int64_t> values) {
    std::string text = sql;
    constexpr std::string_view mark = "@part";
    text.replace(text.find(mark), mark.size(),
        "IN (SELECT id FROM temp.bulk_ids WHERE id > ?1 AND id <= ?2)");
    std::int64_t begin = -1;
    for (std::int64_t passed = 0; passed < m_count; passed += partRows) {
        if (m_stop.stop_requested())
            throw StoreFailure{Error("cancelled")};
        std::int64_t end = begin;
        {
            Query last = m_database.query("SELECT max(id) FROM (SELECT id FROM temp.bulk_ids WHERE "
                                          "id > ? ORDER BY id LIMIT ?)");
            last.bind(begin, partRows).step();
            end = last.integer(0);
        }
        Query part = m_database.query(text);
        part.bindOne(1, begin);
        part.bindOne(2, end);
        for (std::size_t i = 0; i < values.size(); ++i)
            part.bindOne(3 + int(i), values[i]);
        part.exec();
        begin = end;
        m_done += std::min(partRows, m_count - passed);
        // The samples are gone through twice: once for the event, once for what follows from it.
        if (m_progress)
            m_progress({std::min(m_done, 2 * m_count), 2 * m_count});
    }
}

void BulkProjection::link(std::int64_t event) {
    inParts("INSERT INTO event_samples(event, sample_id) SELECT ?3, id FROM temp.bulk_ids WHERE id "
            "@part",
        std::array{event});
}

void BulkProjection::apply(EventKind kind, const Json& after) {
    switch (kind) {
    case EventKind::Accept:
        return setStatus(ReviewStatus::Accepted);
    case EventKind::Reject:
        return setStatus(ReviewStatus::Rejected);
    case EventKind::Tag:
        for (const std::string& name : namesIn(after, "add"))
            inParts("INSERT OR IGNORE INTO sample_tags(tag_id, sample_id) SELECT ?3, id FROM "
                    "temp.bulk_ids WHERE id @part",
                std::array{tagId(m_database, name)});
        for (const std::string& name : namesIn(after, "remove"))
            inParts("DELETE FROM sample_tags WHERE tag_id = ?3 AND sample_id @part",
                std::array{tagId(m_database, name)});
        return;
    case EventKind::Channel:
        return inParts("UPDATE samples SET channel_id = ?3, channel_set = 1 WHERE id @part",
            std::array{channelId(m_database, after["channel"].get<std::string>())});
    default:
        throw StoreFailure{Error("internal", {{"what", "a decision that is not made in bulk"}})};
    }
}

void BulkProjection::setStatus(ReviewStatus status) {
    inParts("UPDATE samples SET status = ?3 WHERE adjudicated = 0 AND status <> ?3 AND id @part",
        std::array{std::int64_t(status)});
}

void BulkProjection::renew(EventKind kind, const Json& after) {
    switch (kind) {
    case EventKind::Accept:
    case EventKind::Reject:
        return renewStatus();
    case EventKind::Tag: {
        std::vector<std::string> changed = namesIn(after, "add");
        for (const std::string& name : namesIn(after, "remove"))
            if (std::ranges::find(changed, name) == changed.end())
                changed.push_back(name);
        for (const std::string& name : changed)
            renewTag(name);
        return;
    }
    case EventKind::Channel:
        return renewChannel();
    default:
        throw StoreFailure{Error("internal", {{"what", "a decision that is not made in bulk"}})};
    }
}

void BulkProjection::mention(std::span<const Mention> mentions) {
    m_database.handle().exec("DELETE FROM temp.bulk_mentions");
    for (std::size_t i = 0; i < mentions.size(); ++i)
        m_database.query("INSERT INTO temp.bulk_mentions(event, place, value) VALUES (?, ?, ?)")
            .bind(mentions[i].event, i, mentions[i].value)
            .exec();
}

namespace {

/// Of the events that mention the matter, the value of the newest one about the sample.
std::string newestMention(const std::string& sample) {
    return "(SELECT m.value FROM event_samples x JOIN temp.bulk_mentions m ON m.event = x.event "
           "WHERE x.sample_id = "
        + sample + " ORDER BY m.place DESC LIMIT 1)";
}

} // namespace

void BulkProjection::renewStatus() {
    static_assert(int(EventKind::Accept) == 0 && int(EventKind::Reject) == 1);
    static_assert(int(ReviewStatus::Accepted) == 1 && int(ReviewStatus::Rejected) == 2);
    // An adjudication stands whatever else is said.
    inParts("UPDATE samples SET status = coalesce((SELECT e.kind + 1 FROM event_samples x JOIN "
            "events e ON e.seq = x.event WHERE x.sample_id = samples.id AND e.kind IN (0, 1) AND "
            "e.seq NOT IN (SELECT event FROM undone) ORDER BY e.clock DESC, e.uid DESC LIMIT 1), 0)"
            " WHERE adjudicated = 0 AND id @part");
}

void BulkProjection::renewTag(const std::string& name) {
    std::vector<Mention> mentions;
    {
        Query events = m_database.query(
            "SELECT seq, after FROM events WHERE kind = ? AND seq NOT IN (SELECT event FROM "
            "undone) ORDER BY clock, uid");
        events.bind(int(EventKind::Tag));
        while (events.step()) {
            const Json after = parsed(events.text(1));
            const bool removes = names(after, "remove", name);
            if (removes || names(after, "add", name))
                mentions.push_back({events.integer(0), removes ? 0 : 1});
        }
    }
    mention(mentions);
    const std::int64_t tag = tagId(m_database, name);
    inParts("DELETE FROM sample_tags WHERE tag_id = ?3 AND sample_id @part", std::array{tag});
    inParts("INSERT INTO sample_tags(tag_id, sample_id) SELECT ?3, b.id FROM temp.bulk_ids b WHERE "
            "b.id @part AND "
            + newestMention("b.id") + " = 1",
        std::array{tag});
}

void BulkProjection::renewChannel() {
    std::vector<Mention> mentions;
    {
        // A new text says its own channel, which is what 0 stands for.
        Query events = m_database.query(
            "SELECT seq, kind, CASE WHEN kind = ?1 THEN after ELSE 'null' END FROM events WHERE "
            "kind IN (?1, ?2) AND seq NOT IN (SELECT event FROM undone) ORDER BY clock, uid");
        events.bind(int(EventKind::Channel), int(EventKind::Edit));
        while (events.step()) {
            std::int64_t channel = 0;
            if (EventKind(events.integer(1)) == EventKind::Channel)
                channel
                    = channelId(m_database, parsed(events.text(2))["channel"].get<std::string>());
            mentions.push_back({events.integer(0), channel});
        }
    }
    mention(mentions);
    const std::string own = "coalesce(json_extract(coalesce((SELECT e.after FROM events e WHERE "
                            "e.seq = s.edit_event), (SELECT p.json FROM payloads p WHERE "
                            "p.sample_id = s.id)), '$.channel'), '')";
    inParts("INSERT OR IGNORE INTO channels(name) SELECT DISTINCT " + own
        + " FROM samples s WHERE coalesce(" + newestMention("s.id") + ", 0) = 0 AND s.id @part");
    inParts("UPDATE samples AS s SET channel_id = CASE coalesce(" + newestMention("s.id")
        + ", 0) WHEN 0 THEN (SELECT c.id FROM channels c WHERE c.name = " + own + ") ELSE "
        + newestMention("s.id") + " END, channel_set = coalesce(" + newestMention("s.id")
        + ", 0) <> 0 WHERE s.id @part");
}

void BulkProjection::forEach(const std::function<void(std::int64_t)>& visit) {
    std::vector<std::int64_t> ids;
    ids.reserve(std::size_t(m_count));
    {
        Query query = m_database.query("SELECT id FROM temp.bulk_ids ORDER BY id");
        while (query.step())
            ids.push_back(query.integer(0));
    }
    for (const std::int64_t id : ids) {
        if (m_stop.stop_requested())
            throw StoreFailure{Error("cancelled")};
        visit(id);
        if (m_progress && ++m_done % 1000 == 0)
            m_progress({std::min(m_done, 2 * m_count), 2 * m_count});
    }
}

} // namespace assay
