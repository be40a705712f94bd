#pragma once

#include "core/base/result.h"
#include "core/data/sample.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay {

struct ExportOptions {
    /// Whether rows say their channel. Auto: where it is not simply the name of the file they came
    /// from.
    enum class Channel { Auto, Always, Never } channel = Channel::Auto;
};

struct ExportSummary {
    std::int64_t written = 0;
    std::int64_t refused = 0; ///< samples for which `add` returned an error
    std::int64_t bytes = 0;
    /// What the format has no place for and written samples had, with the number of samples
    /// concerned:
    /// {"extra keys", 12}.
    std::map<std::string, std::int64_t> leftOut;
};

/// Writes samples to one file. Nothing stands at the path until `finish`, which syncs and renames;
/// an exporter destroyed before that leaves no trace.
class Exporter {
public:
    virtual ~Exporter() = default;
    /// "export.cannot_hold" (arguments format and what) when the format cannot express the sample's
    /// conversation: the sample is then not written, and the exporter goes on. Any other error is
    /// final.
    virtual Result<void> add(const Sample& sample) = 0;
    virtual Result<ExportSummary> finish() = 0;
};

/// "alpaca", "sharegpt", "openai", "llamafactory-v1", "trl", "csv", "tsv", "text".
const std::vector<std::string>& exportFormats();

/// The JSON formats write an array into *.json and one object a line into every other name; "text"
/// writes
/// {"text":..} rows into *.json and *.jsonl and plain paragraphs into every other name. Unknown
/// extra keys of the source row are written back where the format has keys.
Result<std::unique_ptr<Exporter>> makeExporter(const std::string& format,
    const std::filesystem::path& path, const ExportOptions& options = {});

} // namespace assay
