#include "core/analysis/score_file.h"

#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"
#include "core/base/file.h"

namespace assay {

namespace {

/// Calls `take(line, place)` for every line that is not empty; a failure ends the walk.
template <class Take>
Result<void> forEachLine(const std::filesystem::path& input, const Take& take) {
    auto file = MappedFile::open(input);
    if (!file)
        return forward(file);
    std::string_view rest = file->text();
    for (std::int64_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        if (auto done = take(line, input.string() + ":" + std::to_string(number)); !done)
            return done;
    }
    return {};
}

Result<ModelInput> readLine(std::string_view line, const std::string& place) {
    auto json = parseJson(line, place);
    if (!json) {
        json.error().where = place; // the parser's own line is always 1 here
        return forward(json);
    }
    JsonReader reader(*json, place);
    reader.ignoreOthers();
    ModelInput input = readModelInput(reader, "text");
    if (auto done = reader.finish(); !done)
        return forward(done);
    return input;
}

Error placed(Error error, const std::string& place) {
    error.where = error.where.empty() ? place : place + ", " + error.where;
    return error;
}

} // namespace

Result<ScoreFileLines> checkScoreFile(const std::filesystem::path& input) {
    constexpr std::size_t mostProblems = 50;
    ScoreFileLines lines;
    std::vector<Error> problems;
    auto walked
        = forEachLine(input, [&](std::string_view line, const std::string& place) -> Result<void> {
              auto read = readLine(line, place);
              ++lines.count;
              if (read)
                  lines.messages |= read->messages.has_value();
              else if (problems.size() < mostProblems)
                  problems.push_back(std::move(read.error()));
              return {};
          });
    if (!walked)
        return forward(walked);
    if (problems.size() == 1)
        return fail(std::move(problems.front()));
    if (!problems.empty()) {
        Error all("several", {{"count", std::to_string(problems.size())}}, input.string());
        all.details = std::move(problems);
        return fail(std::move(all));
    }
    return lines;
}

Result<void> scoreFile(ModelUnderTest& model, const std::filesystem::path& input,
    const std::filesystem::path& output, const ScoreFileOptions& options, StopToken stop,
    const ProgressFunction& progress) {
    auto lines = checkScoreFile(input);
    if (!lines)
        return forward(lines);
    if (auto fits = checkTopK(model, options.topK); !fits)
        return forward(fits);
    std::filesystem::path partial = output;
    partial += ".partial";
    auto file = AppendFile::open(partial, 0);
    if (!file)
        return forward(file);
    std::int64_t done = 0;
    const auto scoreLine = [&](std::string_view line, const std::string& place) -> Result<void> {
        auto request = readLine(line, place);
        if (!request)
            return forward(request);
        request->templateName = options.templateName;
        auto prepared = prepareInput(model, *request, GenerationPrompt::Omit);
        if (!prepared)
            return fail(placed(std::move(prepared.error()), place));
        ScoreOptions wanted;
        wanted.topK = options.topK;
        auto scores = model.score(prepared->ids, wanted, stop);
        if (!scores || stop.stop_requested()) {
            Error error = scores ? Error("cancelled") : std::move(scores.error());
            const std::string where = error.code == "cancelled"
                ? std::to_string(done) + " lines are in " + partial.string()
                : place;
            return fail(placed(std::move(error), where));
        }
        if (auto written = file->append(dumpJson(scoreRecord(model, *prepared, *scores)) + "\n");
            !written)
            return written;
        if (progress)
            progress({++done, lines->count});
        else
            ++done;
        return {};
    };
    if (auto walked = forEachLine(input, scoreLine); !walked)
        return walked;
    if (auto synced = file->sync(); !synced)
        return synced;
    std::error_code failed;
    std::filesystem::rename(partial, output, failed);
    if (failed)
        return fail("file.write", {{"path", output.string()}, {"reason", failed.message()}});
    return syncFolder(output.has_parent_path() ? output.parent_path() : std::filesystem::path("."));
}

} // namespace assay
