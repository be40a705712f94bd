#pragma once

#include "core/store/database.h"
#include "core/store/samples.h"

#include <variant>

namespace assay {

/// The SQL of a filter: what stands after SELECT .. and what is bound, in this order.
///
/// The rows come from the table that knows best which they are (the driver: the search index, the
/// findings, ..), joined to `samples` only where something of it is asked.
struct SampleQuery {
    /// For example "search"; empty where `samples` itself is walked through.
    std::string driver;
    /// The column that names the rows.
    std::string id = "s.id";
    std::vector<std::string> conditions;
    std::vector<std::variant<std::int64_t, double, std::string>> values;
    /// After ORDER BY.
    std::string order = "s.id";
    /// Whether a condition or the order reads a column of `samples`.
    bool needsSamples = false;

    /// " FROM .. "; `rows` where columns of `samples` are selected.
    std::string from(bool rows) const;
    std::string where() const;
    std::string orderBy() const { return " ORDER BY " + order; }
    void restrict(const std::string& condition) { conditions.push_back(condition); }
    void restrictRow(const std::string& condition) {
        needsSamples = true;
        conditions.push_back(condition);
    }
};

/// Errors: those of `searchExpression`.
Result<SampleQuery> sampleQuery(
    const SampleFilter& filter, SampleOrder order = SampleOrder::Imported);

/// An order by a quantity that not every sample has leaves those out; this query finds them.
/// No value where the order has them all.
Result<std::optional<SampleQuery>> sampleQueryOfRest(const SampleFilter& filter, SampleOrder order);

/// A statement with the query's values bound from the first place on; further values are bound
/// behind them.
SQLite::Statement prepareQuery(
    Database& database, const std::string& sql, const SampleQuery& query);

/// The columns of a SampleRow, the joins they need, and the reading of one.
extern const char* const rowColumns;
extern const char* const rowJoins;
SampleRow readRow(SQLite::Statement& statement);

/// The columns of a StoredSample, the joins they need, and the reading of one. Throws StoreFailure.
extern const char* const payloadColumns;
extern const char* const payloadJoins;
StoredSample readSample(SQLite::Statement& statement);

} // namespace assay
