#include "core/job/train_spec.h"

#include "core/job/train_spec_check.h"
#include "core/job/train_spec_fields.h"

#include <functional>
#include <iterator>

namespace assay {

namespace {

void take(std::vector<Error>& problems, std::vector<Error> more) {
    problems.insert(
        problems.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// Reads the fields of an object that `visitFields` lists; keys that are absent keep their default.
template <class T, class VisitFields>
void readFields(const Json& json, const std::string& place, T& target, VisitFields visitFields,
    std::vector<Error>& problems) {
    JsonReader reader(json, place);
    visitFields(target, [&](const char* key, auto& value) { reader.readOptional(key, value); });
    take(problems, reader.takeProblems());
}

template <class T, class VisitFields> Json fieldsToJson(const T& source, VisitFields visitFields) {
    Json json = Json::object();
    visitFields(source, [&](const char* key, const auto& value) { json[key] = value; });
    return json;
}

void readModel(const Json& json, const std::string& place, TrainSpec::Model& model,
    std::vector<Error>& problems) {
    JsonReader reader(json, place);
    reader.readOptional("path", model.path);
    if (const Json* shape = reader.optional("shape"); shape && !shape->is_null())
        readFields(
            *shape, place + "/shape", model.shape.emplace(),
            [](auto& s, auto&& visit) { visitShape(s, visit); }, problems);
    reader.readOptional("tokenizer", model.tokenizer);
    take(problems, reader.takeProblems());
}

} // namespace

Result<TrainSpec> trainSpecFromJson(const Json& json, const std::string& place) {
    TrainSpec spec;
    std::vector<Error> problems;
    JsonReader reader(json, place);
    reader.readOptional("version", spec.version);
    // Another version may mean other keys: the rest would only be noise.
    if (spec.version != TrainSpec::currentVersion)
        return fail("spec.version",
            {{"found", std::to_string(spec.version)},
                {"known", std::to_string(TrainSpec::currentVersion)}},
            place);
    reader.read("kind", spec.kind);
    reader.readOptional("name", spec.name);
    if (const Json* model = reader.required("model"))
        readModel(*model, place + "#/model", spec.model, problems);
    const auto section = [&](const char* key, const Json* found, auto& target, auto visitFields) {
        if (found)
            readFields(*found, place + "#/" + key, target, visitFields, problems);
    };
    section("adapter", reader.optional("adapter"), spec.adapter,
        [](auto& s, auto&& visit) { visitAdapter(s, visit); });
    section("freeze", reader.optional("freeze"), spec.freeze,
        [](auto& s, auto&& visit) { visitFreeze(s, visit); });
    section("data", reader.required("data"), spec.data,
        [](auto& s, auto&& visit) { visitData(s, visit); });
    reader.readOptional("chat_template", spec.chatTemplate);
    section("optimizer", reader.optional("optimizer"), spec.optimizer,
        [](auto& s, auto&& visit) { visitOptimizer(s, visit); });
    section("schedule", reader.optional("schedule"), spec.schedule,
        [](auto& s, auto&& visit) { visitSchedule(s, visit); });
    section(
        "dpo", reader.optional("dpo"), spec.dpo, [](auto& s, auto&& visit) { visitDpo(s, visit); });
    section("evaluation", reader.optional("evaluation"), spec.evaluation,
        [](auto& s, auto&& visit) { visitEvaluation(s, visit); });
    section("checkpoints", reader.optional("checkpoints"), spec.checkpoints,
        [](auto& s, auto&& visit) { visitCheckpoints(s, visit); });
    std::string dtype(dtypeName(spec.dtype));
    reader.readOptional("dtype", dtype);
    if (auto known = dtypeFromName(dtype))
        spec.dtype = *known;
    else
        reader.report(std::move(known.error()));
    reader.readOptional("seed", spec.seed);
    reader.readOptional("threads", spec.threads);
    reader.readOptional("on_nan", spec.onNan);

    std::vector<Error> all = reader.takeProblems();
    take(all, std::move(problems));
    // A combination can be judged only when its parts could be read.
    if (all.empty())
        take(all, trainSpecProblems(spec, place));
    if (all.empty())
        return spec;
    if (all.size() == 1)
        return fail(std::move(all.front()));
    Error several("several", {{"count", std::to_string(all.size())}}, place);
    several.details = std::move(all);
    return fail(std::move(several));
}

Json trainSpecToJson(const TrainSpec& spec) {
    Json json;
    json["version"] = spec.version;
    json["kind"] = spec.kind;
    json["name"] = spec.name;
    json["model"]
        = {{"path", spec.model.path}, {"shape", nullptr}, {"tokenizer", spec.model.tokenizer}};
    if (spec.model.shape)
        json["model"]["shape"] = fieldsToJson(
            *spec.model.shape, [](const auto& s, auto&& visit) { visitShape(s, visit); });
    json["adapter"]
        = fieldsToJson(spec.adapter, [](const auto& s, auto&& visit) { visitAdapter(s, visit); });
    json["freeze"]
        = fieldsToJson(spec.freeze, [](const auto& s, auto&& visit) { visitFreeze(s, visit); });
    json["data"]
        = fieldsToJson(spec.data, [](const auto& s, auto&& visit) { visitData(s, visit); });
    json["chat_template"] = spec.chatTemplate;
    json["optimizer"] = fieldsToJson(
        spec.optimizer, [](const auto& s, auto&& visit) { visitOptimizer(s, visit); });
    json["schedule"]
        = fieldsToJson(spec.schedule, [](const auto& s, auto&& visit) { visitSchedule(s, visit); });
    json["dpo"] = fieldsToJson(spec.dpo, [](const auto& s, auto&& visit) { visitDpo(s, visit); });
    json["evaluation"] = fieldsToJson(
        spec.evaluation, [](const auto& s, auto&& visit) { visitEvaluation(s, visit); });
    json["checkpoints"] = fieldsToJson(
        spec.checkpoints, [](const auto& s, auto&& visit) { visitCheckpoints(s, visit); });
    json["dtype"] = dtypeName(spec.dtype);
    json["seed"] = spec.seed;
    json["threads"] = spec.threads;
    json["on_nan"] = spec.onNan;
    return json;
}

} // namespace assay
