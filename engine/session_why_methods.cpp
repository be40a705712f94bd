#include "core/analysis/forced_request.h"
#include "core/analysis/json_break.h"
#include "core/analysis/onset_case.h"
#include "engine/session_methods.h"

namespace assay {

namespace {

std::optional<Grader> readGrader(JsonReader& params) {
    const Json* spec = params.optional("grader");
    if (!spec)
        return std::nullopt;
    auto grader = Grader::read(*spec, "grader");
    if (grader)
        return std::move(*grader);
    params.report(std::move(grader.error()));
    return std::nullopt;
}

std::shared_ptr<const JsonSchema> readSchema(JsonReader& params) {
    const Json* json = params.optional("schema");
    if (!json)
        return nullptr;
    auto schema = JsonSchema::parse(*json, "schema");
    if (schema)
        return std::move(*schema);
    params.report(std::move(schema.error()));
    return nullptr;
}

} // namespace

MethodTask prepareForced(SessionContext& context, JsonReader& params) {
    std::string model;
    ForcedPrefixRequest request;
    params.read("model", model);
    request.input = readModelInput(params, "prompt");
    params.readOptional("template", request.input.templateName);
    params.readOptional("prefix", request.prefix);
    params.readOptional("reference", request.reference);
    if (const Json* ids = params.optional("prefix_ids"))
        if (auto read = idsFromJson(*ids, "prefix_ids", params))
            request.prefixIds = std::move(*read);
    request.grader = readGrader(params);
    int backOff = 0;
    params.readOptional("back_off", backOff);
    params.readOptional("max_new", request.maxNew);
    const int given
        = !request.prefix.empty() + !request.prefixIds.empty() + !request.reference.empty();
    if (given != 1)
        params.report(Error("analysis.one_input",
            {{"keys", "prefix, prefix_ids and reference"}, {"count", std::to_string(given)}}));
    request.backOff = std::size_t(std::max(0, backOff));
    return [&context, model, request](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        return answerForcedPrefix(**found, request, call.stop);
    };
}

MethodTask prepareOnset(SessionContext& context, JsonReader& params) {
    std::string model;
    OnsetCase asked;
    OnsetOptions options;
    std::string rules = "R0,R1,R2,R3";
    params.read("model", model);
    asked.input = readModelInput(params, "prompt");
    params.readOptional("template", asked.input.templateName);
    params.readOptional("references", asked.references);
    if (params.has("answer")) {
        asked.answer.emplace();
        params.read("answer", *asked.answer);
    }
    asked.grader = readGrader(params);
    params.readOptional("rules", rules);
    params.readOptional("max_new", options.maxNew);
    params.readOptional("rollouts", options.rollouts);
    params.readOptional("positions", options.positions);
    params.readOptional("temperature", options.temperature);
    params.readOptional("seed", options.seed);
    if (auto read = readOnsetRules(rules, options); !read)
        params.report(std::move(read.error()));
    return [&context, model, asked, options](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        auto result = findOnset(**found, asked, options, call.stop);
        if (!result)
            return forward(result);
        return onsetToJson(asked, *result, options);
    };
}

MethodTask prepareJsonBreak(SessionContext& context, JsonReader& params) {
    std::string model;
    JsonBreakQuestion question;
    JsonBreakOptions options;
    params.read("model", model);
    params.read("answer", question.answer);
    question.input = readModelInput(params, "prompt");
    params.readOptional("template", question.input.templateName);
    params.readOptional("snippet", options.snippet);
    params.readOptional("repairs", options.mostRepairs);
    params.readOptional("max_new", options.maxNew);
    options.schema = readSchema(params);
    return [&context, model, question, options](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        const JsonBreak broken = findJsonBreak(question.answer, options.schema);
        Json record = jsonBreakToJson(broken);
        auto report = askAboutBreak(**found, question, broken, options, call.stop);
        if (!report)
            return forward(report);
        if (*report)
            record["model"] = jsonBreakReportToJson(**report, *(*found)->tokenizer());
        return record;
    };
}

} // namespace assay
