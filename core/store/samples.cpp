#include "core/store/samples.h"

#include "core/store/interruption.h"
#include "core/store/sample_query.h"

namespace assay {

namespace {

/// What SQLite says about an expert's expression is an error of the expression, not of the
/// database.
template <class T> Result<T> blameExpression(Result<T> result, const SampleFilter& filter) {
    if (result || filter.syntax != SearchSyntax::Expert || result.error().code != "store.database")
        return result;
    const std::string typed = filter.text + filter.queryText + filter.answerText;
    return fail("store.search_syntax",
        {{"query", typed}, {"reason", std::string(result.error().argument("reason"))}});
}

} // namespace

Result<std::int64_t> Samples::count(const SampleFilter& filter, StopToken stop) {
    auto query = sampleQuery(filter);
    if (!query)
        return forward(query);
    const Interruption interruption(m_database, stop);
    return blameExpression(m_database.run([&] {
        auto statement = prepareQuery(
            m_database, "SELECT count(*)" + query->from(false) + query->where(), *query);
        statement.executeStep();
        return statement.getColumn(0).getInt64();
    }),
        filter);
}

namespace {

/// Ids of a page, of all parts of an order one after the other. Within `Database::run`.
std::vector<std::int64_t> idsOf(
    Database& database, const SampleQuery& query, std::int64_t limit, std::int64_t offset) {
    // Pages deep in the list skip index entries, not rows.
    auto statement = prepareQuery(database,
        "SELECT " + query.id + query.from(false) + query.where() + query.orderBy()
            + " LIMIT ? OFFSET ?",
        query);
    const int next = int(query.values.size()) + 1;
    statement.bind(next, limit);
    statement.bind(next + 1, offset);
    std::vector<std::int64_t> found;
    while (statement.executeStep())
        found.push_back(statement.getColumn(0).getInt64());
    return found;
}

std::int64_t countOf(Database& database, const SampleQuery& query) {
    auto statement
        = prepareQuery(database, "SELECT count(*)" + query.from(false) + query.where(), query);
    statement.executeStep();
    return statement.getColumn(0).getInt64();
}

Result<std::vector<std::int64_t>> orderedIds(Database& database, const SampleFilter& filter,
    SampleOrder order, std::int64_t limit, std::int64_t offset) {
    auto query = sampleQuery(filter, order);
    if (!query)
        return forward(query);
    auto rest = sampleQueryOfRest(filter, order);
    if (!rest)
        return forward(rest);
    return blameExpression(database.run([&] {
        std::vector<std::int64_t> found = idsOf(database, *query, limit, offset);
        const auto left = limit < 0 ? -1 : limit - std::int64_t(found.size());
        if (*rest && left != 0) {
            const std::int64_t skip
                = found.empty() && offset > 0 ? offset - countOf(database, *query) : 0;
            const auto more = idsOf(database, **rest, left, skip);
            found.insert(found.end(), more.begin(), more.end());
        }
        return found;
    }),
        filter);
}

} // namespace

Result<std::vector<SampleRow>> Samples::page(
    const SampleFilter& filter, std::int64_t limit, std::int64_t offset, SampleOrder order) {
    auto wanted = orderedIds(m_database, filter, order, limit, offset);
    if (!wanted)
        return forward(wanted);
    return rows(*wanted);
}

Result<std::vector<SampleRow>> Samples::pageAfter(
    const SampleFilter& filter, std::int64_t id, std::int64_t limit, SampleOrder order) {
    const bool reverse = order == SampleOrder::ImportedReverse;
    auto query = sampleQuery(filter, reverse ? order : SampleOrder::Imported);
    if (!query)
        return forward(query);
    query->restrict(query->id + (reverse ? " < ?" : " > ?"));
    query->values.emplace_back(id);
    return blameExpression(m_database.run([&] {
        auto statement = prepareQuery(m_database,
            std::string("SELECT ") + rowColumns + query->from(true) + rowJoins + query->where()
                + query->orderBy() + " LIMIT ?",
            *query);
        statement.bind(int(query->values.size()) + 1, limit);
        std::vector<SampleRow> found;
        while (statement.executeStep())
            found.push_back(readRow(statement));
        return found;
    }),
        filter);
}

Result<std::vector<std::int64_t>> Samples::ids(
    const SampleFilter& filter, SampleOrder order, StopToken stop) {
    const Interruption interruption(m_database, stop);
    return orderedIds(m_database, filter, order, -1, 0);
}

Result<std::vector<SampleRow>> Samples::rows(std::span<const std::int64_t> ids) {
    return m_database.run([&] {
        SQLite::Statement statement(m_database.handle(),
            std::string("SELECT ") + rowColumns + " FROM samples s" + rowJoins + " WHERE s.id = ?");
        std::vector<SampleRow> found;
        found.reserve(ids.size());
        for (const std::int64_t id : ids) {
            statement.reset();
            statement.bind(1, id);
            if (statement.executeStep())
                found.push_back(readRow(statement));
        }
        return found;
    });
}

Result<SampleRow> Samples::row(std::int64_t id) {
    auto found = rows(std::span(&id, 1));
    if (!found)
        return forward(found);
    if (found->empty())
        return fail("store.sample_missing", {{"id", std::to_string(id)}});
    return std::move(found->front());
}

Result<StoredSample> Samples::sample(std::int64_t id) {
    return m_database.run([&] {
        SQLite::Statement statement(m_database.handle(),
            std::string("SELECT ") + payloadColumns + " FROM samples s" + payloadJoins
                + " WHERE s.id = ?");
        statement.bind(1, id);
        if (!statement.executeStep())
            throw StoreFailure{Error("store.sample_missing", {{"id", std::to_string(id)}})};
        return readSample(statement);
    });
}

Result<StoredSample> Samples::sampleAt(std::int64_t id, const std::string& revision) {
    return m_database.run([&] {
        const std::string hash = bytesFromHex(revision);
        // The newest edit that made this text, else the text as imported.
        SQLite::Statement statement(m_database.handle(),
            "SELECT s.id, s.uid, c.name, r.revision, s.status, r.json, f.path, f.dialect, s.line, "
            "s.byte "
            "FROM samples s JOIN channels c ON c.id = s.channel_id "
            "LEFT JOIN import_files f ON f.id = s.file_id JOIN ("
            "SELECT e.seq AS seq, e.revision AS revision, e.after AS json FROM event_samples x "
            "JOIN events e ON e.seq = x.event WHERE x.sample_id = ?1 AND e.revision = ?2 "
            "UNION ALL SELECT 0, revision, json FROM payloads WHERE sample_id = ?1 AND revision = "
            "?2"
            ") r WHERE s.id = ?1 ORDER BY r.seq DESC LIMIT 1");
        statement.bind(1, id);
        statement.bind(2, hash.data(), int(hash.size()));
        if (!statement.executeStep())
            throw StoreFailure{Error(
                "store.revision_missing", {{"id", std::to_string(id)}, {"revision", revision}})};
        return readSample(statement);
    });
}

Result<std::int64_t> Samples::findId(const std::string& idOrUid) {
    const bool number = !idOrUid.empty() && idOrUid.size() <= 18
        && idOrUid.find_first_not_of("0123456789") == std::string::npos;
    return m_database.run([&] {
        if (number) {
            Query query = m_database.query("SELECT id FROM samples WHERE id = ?");
            if (query.bind(std::stoll(idOrUid)).step())
                return query.integer(0);
        }
        const std::string low = bytesFromHex(idOrUid);
        const std::string high = low + std::string(17, '\xff');
        if (low.size() >= 4) {
            Query query
                = m_database.query("SELECT id FROM samples WHERE uid >= ? AND uid < ? LIMIT 2");
            query.bindBlob(1, low);
            query.bindBlob(2, high);
            if (query.step()) {
                const std::int64_t id = query.integer(0);
                if (!query.step())
                    return id;
            }
        }
        throw StoreFailure{Error("store.sample_missing", {{"id", idOrUid}})};
    });
}

Result<void> Samples::forEach(const SampleFilter& filter,
    const std::function<Result<void>(StoredSample&&)>& visit, StopToken stop) {
    auto query = sampleQuery(filter);
    if (!query)
        return forward(query);
    return blameExpression(m_database.run([&] {
        // One statement is one snapshot: decisions made meanwhile are not seen by half.
        auto statement = prepareQuery(m_database,
            std::string("SELECT ") + payloadColumns + query->from(true) + payloadJoins
                + query->where() + query->orderBy(),
            *query);
        while (statement.executeStep()) {
            if (stop.stop_requested())
                throw StoreFailure{Error("cancelled")};
            if (auto visited = visit(readSample(statement)); !visited)
                throw StoreFailure{visited.error()};
        }
    }),
        filter);
}

namespace {

Result<std::vector<CountByName>> countBy(Database& database, const char* sql) {
    return database.run([&] {
        std::vector<CountByName> counts;
        Query query = database.query(sql);
        while (query.step())
            counts.push_back({query.text(0), query.integer(1)});
        return counts;
    });
}

} // namespace

Result<std::vector<CountByName>> Samples::channels() {
    return countBy(m_database,
        "SELECT c.name, n.n FROM (SELECT channel_id, count(*) AS n FROM samples GROUP BY "
        "channel_id) n "
        "JOIN channels c ON c.id = n.channel_id ORDER BY c.name");
}

Result<std::vector<CountByName>> Samples::statuses() {
    auto counts = countBy(
        m_database, "SELECT status, count(*) FROM samples GROUP BY status ORDER BY status");
    if (counts)
        for (CountByName& count : *counts)
            count.name = statusName(ReviewStatus(std::stoi(count.name)));
    return counts;
}

Result<std::vector<CountByName>> Samples::files() {
    return countBy(m_database,
        "SELECT f.path, sum(n.n) FROM (SELECT file_id, count(*) AS n FROM samples WHERE file_id IS "
        "NOT NULL "
        "GROUP BY file_id) n JOIN import_files f ON f.id = n.file_id GROUP BY f.path ORDER BY "
        "f.path");
}

Result<std::vector<CountByName>> Samples::tags() {
    return countBy(m_database,
        "SELECT t.name, n.n FROM (SELECT tag_id, count(*) AS n FROM sample_tags GROUP BY tag_id) n "
        "JOIN tags t ON t.id = n.tag_id ORDER BY t.name");
}

Result<bool> Samples::tokensKnown() {
    return m_database.run(
        [&] { return m_database.query("SELECT 1 FROM measures LIMIT 1").step(); });
}

Result<std::optional<double>> Samples::largestLoss() {
    return m_database.run([&]() -> std::optional<double> {
        Query query = m_database.query("SELECT max(loss) FROM losses");
        if (!query.step() || query.isNull(0))
            return {};
        return query.real(0);
    });
}

} // namespace assay
