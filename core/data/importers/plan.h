#pragma once

#include "core/base/file.h"
#include "core/data/importer.h"
#include "core/data/importers/row_fields.h"
#include "core/data/importers/row_parsers.h"
#include "core/data/importers/row_source.h"

#include <memory>

namespace assay::importing {

/// How one file will be read.
struct Plan {
    Recognition recognition;
    Opening opening;
    char delimiter = 0; ///< CSV and TSV
    std::vector<std::string> header; ///< their column names
    RowParser parser = nullptr; ///< null: plain text, or no row could be parsed
    /// The mapping with "#2" replaced by the column's name.
    ColumnMapping columns;
    /// Why no row was understood, for `recognise`.
    std::optional<Error> firstProblem;
};

/// Looks at the file's beginning. Errors: binary or empty file, unknown dialect, rows of no known
/// shape.
Result<Plan> makePlan(std::string_view text, const std::string& path, const ImportOptions& options);

std::unique_ptr<RowSource> makeRowSource(
    std::string_view text, const Plan& plan, const ImportOptions& options);

/// Parses one JSON row; the fault says the place within the file.
struct JsonRow {
    Json json;
    std::optional<Fault> fault;
};
JsonRow readJsonRow(const RawRow& row);
/// The first byte that is not UTF-8.
std::optional<Fault> utf8Fault(const RawRow& row);

/// A record of named fields as an object. Fields that hold message lists are read as JSON.
Json csvObject(const std::vector<std::string>& header, std::vector<std::string> fields,
    const ColumnMapping& columns);
bool isCsv(const Plan& plan);

std::vector<std::string> keysOf(const Json& row);
Error unrecognised(const std::string& path, const std::vector<std::string>& keys);

} // namespace assay::importing
