#include "core/analysis/json_break_file.h"

#include "core/analysis/json_lines.h"
#include "core/base/error_json.h"

#include <map>

namespace assay {

namespace {

struct Line {
    Json id;
    std::string answer;
    std::string ended; ///< empty where it is not told
    ModelInput input;
};

Result<Line> readLine(const Json& json, const std::string& place) {
    Line line;
    if (json.is_string()) {
        line.answer = json.get<std::string>();
        line.input.text = std::string();
        return line;
    }
    JsonReader reader(json, place);
    reader.ignoreOthers();
    const char* key = "answer";
    for (const char* other : {"response", "output", "completion", "text"})
        if (!reader.has("answer") && reader.has(other)) {
            key = other;
            break;
        }
    reader.read(key, line.answer);
    if (const Json* id = reader.optional("id"))
        line.id = *id;
    for (const char* told : {"ended", "finish_reason"})
        if (const Json* value = reader.optional(told); value && value->is_string())
            line.ended = value->get<std::string>();
    if (reader.has("prompt") || reader.has("ids") || reader.has("messages"))
        line.input = readModelInput(reader, "prompt");
    else
        line.input.text = std::string();
    if (auto done = reader.finish(); !done)
        return forward(done);
    return line;
}

} // namespace

Result<Json> findJsonBreaks(ModelUnderTest* model, const std::filesystem::path& input,
    const JsonBreakFileOptions& options,
    const std::function<Result<void>(const Json& record)>& write, StopToken stop,
    const ProgressFunction& progress) {
    std::int64_t answers = 0;
    std::int64_t errors = 0;
    std::int64_t repaired = 0;
    std::int64_t asked = 0;
    double mass = 0;
    std::map<std::string, std::int64_t> outcomes;
    const auto take = [&](Result<Json> json, std::int64_t number) -> Result<void> {
        if (stop.stop_requested())
            return fail("cancelled");
        if (progress)
            progress({number, -1});
        const std::string place = input.string() + ":" + std::to_string(number);
        const auto refuse = [&](Error error) {
            ++errors;
            return write({{"line", number}, {"error", errorToJson(error)}});
        };
        if (!json)
            return refuse(std::move(json.error()));
        auto line = readLine(*json, place);
        if (!line)
            return refuse(std::move(line.error()));
        ++answers;
        const JsonBreak found = findJsonBreak(line->answer, options.how.schema);
        ++outcomes[std::string(jsonOutcomeName(found.outcome))];
        Json record = {{"line", number}};
        if (!line->id.is_null())
            record["id"] = line->id;
        record.update(jsonBreakToJson(found));
        if (!line->ended.empty())
            record["ended"] = line->ended;
        if (model) {
            line->input.templateName = options.templateName;
            auto report
                = askAboutBreak(*model, {line->input, line->answer}, found, options.how, stop);
            if (!report && report.error().code == "cancelled")
                return fail(std::move(report.error()));
            if (!report) {
                record["model_error"] = errorToJson(report.error());
            } else if (*report) {
                ++asked;
                mass += (*report)->scores.valid;
                repaired
                    += (*report)->repair && (*report)->repair->after.outcome == JsonOutcome::Valid;
                record["model"] = jsonBreakReportToJson(**report, *model->tokenizer());
            }
        }
        return write(record);
    };
    if (auto walked = forEachJsonLine(input, take); !walked)
        return forward(walked);
    const auto valid = outcomes.find("valid");
    Json summary = {{"answers", answers}, {"errors", errors}, {"outcomes", outcomes},
        {"valid_share",
            answers > 0
                ? Json(double(valid == outcomes.end() ? 0 : valid->second) / double(answers))
                : Json()}};
    if (model) {
        summary["asked"] = asked;
        summary["mean_p_valid"] = asked > 0 ? Json(mass / double(asked)) : Json();
        summary["repaired"] = repaired;
        summary["model"] = modelInfoToJson(model->info());
    }
    return summary;
}

} // namespace assay
