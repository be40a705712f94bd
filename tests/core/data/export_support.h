#pragma once

#include "core/base/file.h"
#include "core/data/exporter.h"
#include "tests/core/data/import_support.h"

namespace assay::test {

/// The rows of a JSON array, of one object or of JSONL, compared without regard to the order of
/// keys.
inline std::vector<nlohmann::json> rowsOf(const std::filesystem::path& path) {
    std::string text = readFile(path).value_or(std::string());
    const auto whole = nlohmann::json::parse(text, nullptr, false);
    if (whole.is_array())
        return whole.get<std::vector<nlohmann::json>>();
    if (whole.is_object())
        return {whole};
    std::vector<nlohmann::json> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty())
            rows.push_back(nlohmann::json::parse(line));
    return rows;
}

struct Exported {
    ExportSummary summary;
    std::vector<Error> refused;
};

inline Result<Exported> exportAll(const std::vector<Sample>& samples, const std::string& format,
    const std::filesystem::path& path, const ExportOptions& options = {}) {
    auto exporter = makeExporter(format, path, options);
    if (!exporter)
        return forward(exporter);
    Exported exported;
    for (const Sample& sample : samples)
        if (auto done = (*exporter)->add(sample); !done)
            exported.refused.push_back(done.error());
    auto summary = (*exporter)->finish();
    if (!summary)
        return forward(summary);
    exported.summary = *summary;
    return exported;
}

} // namespace assay::test
