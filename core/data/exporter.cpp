#include "core/data/exporter.h"

#include "core/data/exporters/json_exporter.h"

namespace assay {

using namespace exporting;

namespace {

constexpr JsonExporter::Format jsonFormats[] = {
    {"alpaca", "alpaca", alpacaRow},
    {"sharegpt", "sharegpt", shareGptRow},
    {"openai", "openai", openAiRow},
    {"llamafactory-v1", "llamafactory-v1", llamaFactoryV1Row},
    {"trl", "trl", trlRow},
    {"text", "text", textRow},
};

} // namespace

const std::vector<std::string>& exportFormats() {
    static const std::vector<std::string> formats
        = {"alpaca", "sharegpt", "openai", "llamafactory-v1", "trl", "csv", "tsv", "text"};
    return formats;
}

Result<std::unique_ptr<Exporter>> makeExporter(
    const std::string& format, const std::filesystem::path& path, const ExportOptions& options) {
    if (format == "csv" || format == "tsv")
        return makeCsvExporter(path, format == "tsv" ? '\t' : ',', options);
    const bool array = path.extension() == ".json";
    if (format == "text" && !array && path.extension() != ".jsonl")
        return makeTextExporter(path);
    for (const JsonExporter::Format& known : jsonFormats) {
        if (format != known.name)
            continue;
        auto output = AtomicOutput::create(path);
        if (!output)
            return forward(output);
        return std::make_unique<JsonExporter>(known, std::move(*output), array, options);
    }
    std::string names;
    for (const std::string& name : exportFormats())
        names += (names.empty() ? "" : ", ") + name;
    return fail("export.unknown_format", {{"format", format}, {"known", names}});
}

} // namespace assay
