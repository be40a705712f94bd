#pragma once

#include "core/store/project.h"

namespace assay {

/// Which rows of the table, in which order.
struct TableExport {
    SampleFilter filter;
    SampleOrder order = SampleOrder::Imported;
    /// CSV with a header, or (a file name that ends in .json) an array of objects.
    std::filesystem::path file;
};

/// Writes the table's columns, not the texts; the file appears when it is whole. The number of
/// rows. "cancelled", "file.write".
Result<std::int64_t> writeTable(Project& project, const TableExport& what,
    const ProgressFunction& progress = {}, const StopToken& stop = {});

/// The same at once, from a connection of its own, for tables of at most `mostRowsAtOnce` rows;
/// "window.long_table" otherwise.
constexpr std::int64_t mostRowsAtOnce = 50000;
Result<void> writeTableAtOnce(const std::filesystem::path& project, const TableExport& what);

} // namespace assay
