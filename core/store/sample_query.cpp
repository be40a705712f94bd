#include "core/store/sample_query.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace assay {

namespace {

std::string placeholders(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += i == 0 ? "?" : ",?";
    return text;
}

/// Names joined by the unit separator.
std::vector<std::string> splitNames(const std::string& text) {
    std::vector<std::string> names;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(char(31), begin), text.size());
        names.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    std::ranges::sort(names);
    return names;
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
      "s.answer_preview, s.last_preview, mm.tokens, mm.answer_tokens, ll.loss, ll.model, "
      "ll.revision IS NOT s.revision, (SELECT group_concat(t.name, char(31)) FROM sample_tags x "
      "JOIN tags t ON t.id = x.tag_id WHERE x.sample_id = s.id)";
const char* const rowJoins
    = " JOIN channels c ON c.id = s.channel_id LEFT JOIN import_files f ON f.id = s.file_id"
      " LEFT JOIN measures mm ON mm.sample_id = s.id LEFT JOIN losses ll ON ll.sample_id = s.id";

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
    row.lastPreview = column(18).getString();
    if (row.lastPreview.empty())
        row.lastPreview = row.queryPreview;
    if (!column(19).isNull()) {
        row.tokens = column(19).getInt64();
        row.answerTokens = column(20).getInt64();
    }
    if (!column(21).isNull()) {
        row.loss = column(21).getDouble();
        row.lossModel = column(22).getString();
        row.lossStale = column(23).getInt() != 0;
    }
    if (!column(24).isNull())
        row.tags = splitNames(column(24).getString());
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

std::string SampleQuery::from(bool rows) const {
    if (driver.empty())
        return " FROM samples s";
    // CROSS fixes the order of the join: rows come from the driver in its own order. Conditions
    // are looked up in the narrow index; whole rows only where they are shown.
    if (rows)
        return " FROM " + driver + " CROSS JOIN samples s ON s.id = " + id;
    return " FROM " + driver
        + (needsSamples ? " CROSS JOIN samples s INDEXED BY samples_narrow ON s.id = " + id : "");
}

std::string SampleQuery::where() const {
    std::string text;
    for (const std::string& condition : conditions)
        text += (text.empty() ? " WHERE " : " AND ") + condition;
    return text;
}

namespace {

/// The numbers of these checks in the newest finished run.
std::string checkNumbers(std::size_t names) {
    return "(SELECT c.id FROM checks c WHERE c.run_id = (SELECT max(id) FROM check_runs WHERE "
           "finished = 1) AND c.name IN ("
        + placeholders(names) + "))";
}

/// Builds the query of one filter.
class QueryBuilder {
public:
    QueryBuilder(const SampleFilter& filter, SampleOrder order)
        : m_filter(filter)
        , m_order(order) { }

    Result<SampleQuery> build() {
        if (auto searched = addSearch(); !searched)
            return forward(searched);
        // The table of an order drives the query unless another knows the rows: it then stands in
        // the order asked for.
        if (m_order == SampleOrder::FewestTokens || m_order == SampleOrder::MostTokens)
            drive("measures m", "m.sample_id");
        if (m_order == SampleOrder::LowestLoss || m_order == SampleOrder::HighestLoss)
            drive("losses l", "l.sample_id");
        addNames(m_filter.findings, "findings", "check_id", checkNumbers(m_filter.findings.size()));
        addNames(m_filter.tags, "sample_tags", "tag_id",
            "(SELECT id FROM tags WHERE name IN (" + placeholders(m_filter.tags.size()) + "))");
        addRange(
            "measures m", "m.sample_id", "tokens", m_filter.tokensAtLeast, m_filter.tokensAtMost);
        addRange("losses l", "l.sample_id", "loss", m_filter.lossAtLeast, m_filter.lossAtMost);
        addColumns();
        addOrder();
        return std::move(m_query);
    }

private:
    /// Whether the table now drives the query.
    bool drive(const char* table, const char* id) {
        if (m_query.driver == table)
            return true;
        if (!m_query.driver.empty())
            return false;
        m_query.driver = table;
        m_query.id = id;
        return true;
    }

    Result<void> addSearch() {
        std::string match;
        if (auto added = addMatch(match, {}, m_filter.text, m_filter.syntax); !added)
            return added;
        if (auto added = addMatch(match, "query", m_filter.queryText, m_filter.syntax); !added)
            return added;
        if (auto added = addMatch(match, "answer", m_filter.answerText, m_filter.syntax); !added)
            return added;
        if (match.empty())
            return {};
        drive("search", "search.rowid");
        m_query.restrict("search MATCH ?");
        // Imports under way are in the index already. The first part is asked once for all hits.
        m_query.restrict("(NOT EXISTS (SELECT 1 FROM staged_samples) OR NOT EXISTS (SELECT 1 FROM "
                         "staged_samples g WHERE g.id = search.rowid))");
        m_query.values.emplace_back(match);
        return {};
    }

    void addNames(const std::vector<std::string>& names, const std::string& table,
        const std::string& column, const std::string& numbers) {
        if (names.empty())
            return;
        // Several names may mean the same sample twice; a list of ids may not.
        if (names.size() == 1 && m_query.driver.empty()) {
            m_query.driver = table + " d";
            m_query.id = "d.sample_id";
            m_query.restrict("d." + column + " = " + numbers);
        } else {
            m_query.restrict("EXISTS (SELECT 1 FROM " + table + " x WHERE x.sample_id = "
                + m_query.id + " AND x." + column + " IN " + numbers + ")");
            m_query.needsSamples |= m_query.driver.empty();
        }
        for (const std::string& name : names)
            m_query.values.emplace_back(name);
    }

    template <class T>
    void addRange(const char* table, const char* id, const std::string& column,
        const std::optional<T>& least, const std::optional<T>& most) {
        if (!least && !most)
            return;
        const std::string name = std::string(1, *table) + "." + column;
        std::string range;
        const auto add = [&](const char* comparison, const std::optional<T>& limit) {
            if (!limit)
                return;
            range += (range.empty() ? "" : " AND ") + name + comparison;
            m_query.values.emplace_back(*limit);
        };
        add(" >= ?", least);
        add(" <= ?", most);
        if (drive(table, id))
            m_query.restrict(range);
        else
            m_query.restrict("EXISTS (SELECT 1 FROM " + std::string(table) + " WHERE " + id + " = "
                + m_query.id + " AND " + range + ")");
    }

    void addColumns() {
        const SampleFilter& filter = m_filter;
        const bool oneChannel = filter.channels.size() == 1;
        if (!filter.channels.empty()) {
            // One channel and one status are one run of an index, in the order of ids.
            m_query.restrictRow(oneChannel
                    ? "s.channel_id = (SELECT id FROM channels WHERE name = ?)"
                    : "s.channel_id IN (SELECT id FROM channels WHERE name IN ("
                        + placeholders(filter.channels.size()) + "))");
            for (const std::string& channel : filter.channels)
                m_query.values.emplace_back(channel);
        }
        if (!filter.statuses.empty()) {
            // The indexes of channel and file hold the status too. The plus keeps SQLite from
            // preferring the index of the status alone, which is in the order asked for but would
            // have to look at every row.
            const bool otherIndex
                = (!filter.channels.empty() && !(oneChannel && filter.statuses.size() == 1))
                || !filter.file.empty() || filter.importId;
            m_query.restrictRow((otherIndex ? "+s.status IN (" : "s.status IN (")
                + placeholders(filter.statuses.size()) + ")");
            for (const ReviewStatus status : filter.statuses)
                m_query.values.emplace_back(std::int64_t(status));
        }
        if (!filter.file.empty()) {
            m_query.restrictRow("s.file_id IN (SELECT id FROM import_files WHERE path = ?)");
            m_query.values.emplace_back(filter.file);
        }
        if (filter.importId) {
            m_query.restrictRow("s.file_id IN (SELECT id FROM import_files WHERE import_id = ?)");
            m_query.values.emplace_back(*filter.importId);
        }
        addLimit("s.rating >= ?", filter.ratingAtLeast);
        addLimit("s.rating <= ?", filter.ratingAtMost);
        addLimit("s.query_chars + s.answer_chars >= ?", filter.charsAtLeast);
        addLimit("s.query_chars + s.answer_chars <= ?", filter.charsAtMost);
        if (filter.edited)
            m_query.restrictRow(
                *filter.edited ? "s.edit_event IS NOT NULL" : "s.edit_event IS NULL");
    }

    template <class T> void addLimit(const char* condition, const std::optional<T>& limit) {
        if (!limit)
            return;
        m_query.restrictRow(condition);
        m_query.values.emplace_back(*limit);
    }

    void orderByRow(const std::string& order) {
        m_query.order = order;
        m_query.needsSamples = true;
    }

    void addOrder() {
        const std::string id = m_query.id;
        m_query.order = id;
        switch (m_order) {
        case SampleOrder::Imported:
            break;
        case SampleOrder::ImportedReverse:
            m_query.order = id + " DESC";
            break;
        case SampleOrder::Relevance:
            if (m_query.driver == "search")
                m_query.order = "search.rank, " + id;
            break;
        case SampleOrder::Shortest:
            orderByRow("s.query_chars + s.answer_chars, s.id");
            break;
        case SampleOrder::Longest:
            orderByRow("s.query_chars + s.answer_chars DESC, s.id DESC");
            break;
        case SampleOrder::FewestTokens:
            m_query.order = quantity("measures", "tokens") + ", " + id;
            break;
        case SampleOrder::MostTokens:
            m_query.order = quantity("measures", "tokens") + " DESC, " + id + " DESC";
            break;
        case SampleOrder::LowestLoss:
            m_query.order = quantity("losses", "loss") + ", " + id;
            break;
        case SampleOrder::HighestLoss:
            m_query.order = quantity("losses", "loss") + " DESC, " + id + " DESC";
            break;
        case SampleOrder::Pending:
            orderByRow("s.status, s.id");
            break;
        case SampleOrder::Rejected:
            orderByRow("s.status DESC, s.id DESC");
            break;
        case SampleOrder::Group:
            if (m_query.driver == "findings d")
                m_query.order = "d.detail, " + id;
            break;
        }
    }

    /// The column where its table drives the query; elsewhere it is looked up for every row, of
    /// which only those that have it take part.
    std::string quantity(const std::string& table, const std::string& column) {
        if (m_query.driver.starts_with(table))
            return std::string(1, table[0]) + "." + column;
        const std::string value = "(SELECT o." + column + " FROM " + table
            + " o WHERE o.sample_id = " + m_query.id + ")";
        m_query.restrict(value + " IS NOT NULL");
        return value;
    }

    const SampleFilter& m_filter;
    SampleOrder m_order;
    SampleQuery m_query;
};

} // namespace

Result<SampleQuery> sampleQuery(const SampleFilter& filter, SampleOrder order) {
    return QueryBuilder(filter, order).build();
}

Result<std::optional<SampleQuery>> sampleQueryOfRest(
    const SampleFilter& filter, SampleOrder order) {
    const bool tokens = order == SampleOrder::FewestTokens || order == SampleOrder::MostTokens;
    const bool loss = order == SampleOrder::LowestLoss || order == SampleOrder::HighestLoss;
    if (!tokens && !loss)
        return std::optional<SampleQuery>();
    auto query = sampleQuery(filter);
    if (!query)
        return forward(query);
    query->restrict(std::string("NOT EXISTS (SELECT 1 FROM ") + (tokens ? "measures" : "losses")
        + " o WHERE o.sample_id = " + query->id + ")");
    return std::optional(std::move(*query));
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
