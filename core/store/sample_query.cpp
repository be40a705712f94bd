#include "core/store/sample_query.h"

#include "core/base/utf8.h"

namespace assay {

namespace {

std::string placeholders(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += i == 0 ? "?" : ",?";
    return text;
}

/// "{column} : (expression)", joined by AND.
Result<void> addMatch(
    std::string& match, std::string_view column, const std::string& typed, SearchSyntax syntax) {
    if (typed.empty())
        return {};
    auto expression = searchExpression(typed, syntax);
    if (!expression)
        return forward(expression);
    if (!match.empty())
        match += " AND ";
    if (!column.empty())
        match += "{" + std::string(column) + "} : ";
    match += "(" + *expression + ")";
    return {};
}

} // namespace

const char* const rowColumns
    = "s.id, s.uid, c.name, s.kind, s.turns, s.query_chars, s.answer_chars, s.status, "
      "s.adjudicated, s.rating, "
      "s.comments, s.spans, s.edit_event IS NOT NULL, s.revision, f.path, s.line, s.query_preview, "
      "s.answer_preview";
const char* const rowJoins
    = " JOIN channels c ON c.id = s.channel_id LEFT JOIN import_files f ON f.id = s.file_id";

SampleRow readRow(SQLite::Statement& statement) {
    const auto column = [&](int index) { return statement.getColumn(index); };
    SampleRow row;
    row.id = column(0).getInt64();
    row.uid = uuidFromBytes(column(1).getString());
    row.channel = column(2).getString();
    row.kind = SampleKind(column(3).getInt());
    row.turns = column(4).getInt();
    row.queryChars = column(5).getInt64();
    row.answerChars = column(6).getInt64();
    row.status = ReviewStatus(column(7).getInt());
    row.adjudicated = column(8).getInt() != 0;
    if (!column(9).isNull())
        row.rating = column(9).getDouble();
    row.comments = column(10).getInt();
    row.spans = column(11).getInt();
    row.edited = column(12).getInt() != 0;
    row.revision = toHex(column(13).getString());
    row.file = column(14).isNull() ? std::string() : column(14).getString();
    row.line = column(15).getInt64();
    row.queryPreview = column(16).getString();
    row.answerPreview = column(17).getString();
    return row;
}

const char* const payloadColumns = "s.id, s.uid, c.name, s.revision, s.status, coalesce(e.after, "
                                   "p.json), f.path, f.dialect, s.line, s.byte";
const char* const payloadJoins
    = " JOIN channels c ON c.id = s.channel_id JOIN payloads p ON p.sample_id = s.id"
      " LEFT JOIN events e ON e.seq = s.edit_event"
      " LEFT JOIN import_files f ON f.id = s.file_id";

StoredSample readSample(SQLite::Statement& statement) {
    StoredSample stored;
    stored.id = statement.getColumn(0).getInt64();
    const std::string place = "sample " + std::to_string(stored.id);
    auto json = parseJson(statement.getColumn(5).getText(), place);
    if (!json)
        throw StoreFailure{json.error()};
    auto sample = sampleFromJson(*json, place);
    if (!sample)
        throw StoreFailure{sample.error()};
    stored.sample = std::move(*sample);
    stored.sample.uid = uuidFromBytes(statement.getColumn(1).getString());
    stored.sample.channel = statement.getColumn(2).getString();
    if (stored.sample.provenance == Provenance{} && !statement.getColumn(6).isNull())
        stored.sample.provenance
            = {statement.getColumn(6).getString(), statement.getColumn(8).getInt64(),
                statement.getColumn(9).getInt64(), statement.getColumn(7).getString()};
    stored.revision = toHex(statement.getColumn(3).getString());
    stored.status = ReviewStatus(statement.getColumn(4).getInt());
    return stored;
}

std::string SampleQuery::where() const {
    std::string text;
    for (const std::string& condition : conditions)
        text += (text.empty() ? " WHERE " : " AND ") + condition;
    return text;
}

std::string SampleQuery::orderBy(SampleOrder order) const {
    if (order == SampleOrder::Relevance && searches)
        return " ORDER BY search.rank, " + id;
    return " ORDER BY " + id + (order == SampleOrder::ImportedReverse ? " DESC" : "");
}

Result<SampleQuery> sampleQuery(const SampleFilter& filter) {
    SampleQuery query;
    std::string match;
    if (auto added = addMatch(match, {}, filter.text, filter.syntax); !added)
        return forward(added);
    if (auto added = addMatch(match, "query", filter.queryText, filter.syntax); !added)
        return forward(added);
    if (auto added = addMatch(match, "answer", filter.answerText, filter.syntax); !added)
        return forward(added);
    if (!match.empty()) {
        // CROSS fixes the order of the join: hits come from the index in the order of their ids.
        query.from = " FROM search CROSS JOIN samples s ON s.id = search.rowid";
        query.id = "search.rowid";
        query.searches = true;
        query.restrict("search MATCH ?");
        query.values.emplace_back(match);
    }
    if (!filter.channels.empty()) {
        query.restrict("s.channel_id IN (SELECT id FROM channels WHERE name IN ("
            + placeholders(filter.channels.size()) + "))");
        for (const std::string& channel : filter.channels)
            query.values.emplace_back(channel);
    }
    if (!filter.statuses.empty()) {
        // The indexes of channel and file hold the status too. The plus keeps SQLite from
        // preferring the index of the status alone, which is in the order asked for but would have
        // to look at every row.
        const bool otherIndex = !filter.channels.empty() || !filter.file.empty() || filter.importId;
        query.restrict((otherIndex ? "+s.status IN (" : "s.status IN (")
            + placeholders(filter.statuses.size()) + ")");
        for (const ReviewStatus status : filter.statuses)
            query.values.emplace_back(std::int64_t(status));
    }
    if (!filter.file.empty()) {
        query.restrict("s.file_id IN (SELECT id FROM import_files WHERE path = ?)");
        query.values.emplace_back(filter.file);
    }
    if (filter.importId) {
        query.restrict("s.file_id IN (SELECT id FROM import_files WHERE import_id = ?)");
        query.values.emplace_back(*filter.importId);
    }
    if (filter.ratingAtLeast) {
        query.restrict("s.rating >= ?");
        query.values.emplace_back(*filter.ratingAtLeast);
    }
    if (filter.ratingAtMost) {
        query.restrict("s.rating <= ?");
        query.values.emplace_back(*filter.ratingAtMost);
    }
    if (filter.edited)
        query.restrict(*filter.edited ? "s.edit_event IS NOT NULL" : "s.edit_event IS NULL");
    return query;
}

SQLite::Statement prepareQuery(
    Database& database, const std::string& sql, const SampleQuery& query) {
    SQLite::Statement statement(database.handle(), sql);
    int index = 0;
    for (const auto& value : query.values)
        std::visit([&](const auto& v) { statement.bind(++index, v); }, value);
    return statement;
}

} // namespace assay
