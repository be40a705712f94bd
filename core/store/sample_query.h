#pragma once

#include "core/store/database.h"
#include "core/store/samples.h"

#include <variant>

namespace assay {

/// The SQL of a filter: what stands after SELECT .. and what is bound, in this order.
struct SampleQuery {
    /// " FROM samples s", or with the search index before it.
    std::string from = " FROM samples s";
    std::vector<std::string> conditions;
    std::vector<std::variant<std::int64_t, double, std::string>> values;
    /// The column that names and orders the rows.
    std::string id = "s.id";
    bool searches = false;

    std::string where() const;
    /// " ORDER BY .."
    std::string orderBy(SampleOrder order) const;
    void restrict(const std::string& condition) { conditions.push_back(condition); }
};

/// Errors: those of `searchExpression`.
Result<SampleQuery> sampleQuery(const SampleFilter& filter);

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
