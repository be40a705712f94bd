#include "core/job/spec_fields.h"

#include "core/job/train_spec_fields.h"
#include "core/text/chat_template.h"

#include <algorithm>

namespace assay {

namespace {

/// Walks the leaves of a written spec. A list is a leaf.
template <class Visitor>
void visitLeaves(const Json& object, const std::string& path, Visitor&& visit) {
    for (const auto& [key, value] : object.items()) {
        const std::string inner = path.empty() ? key : path + "." + key;
        if (value.is_object())
            visitLeaves(value, inner, visit);
        else
            visit(inner, value);
    }
}

FieldType typeOf(const Json& value) {
    if (value.is_boolean())
        return FieldType::Flag;
    if (value.is_number_float())
        return FieldType::Number;
    if (value.is_number())
        return FieldType::Whole;
    if (value.is_array())
        return FieldType::Paths;
    return FieldType::Text;
}

std::vector<SpecField> makeFields() {
    TrainSpec spec;
    spec.model.shape.emplace(); // so that its keys are written
    std::vector<SpecField> fields;
    visitLeaves(trainSpecToJson(spec), {}, [&](const std::string& key, const Json& value) {
        if (key == "version")
            return;
        SpecField field{key, typeOf(value), specChoices(key)};
        if (!field.choices.empty())
            field.type = FieldType::Choice;
        fields.push_back(std::move(field));
    });
    return fields;
}

} // namespace

const std::vector<SpecField>& specFields() {
    static const std::vector<SpecField> fields = makeFields();
    return fields;
}

const SpecField* findSpecField(std::string_view key) {
    const auto found = std::ranges::find(specFields(), key, &SpecField::key);
    return found == specFields().end() ? nullptr : &*found;
}

std::vector<std::string> specChoices(std::string_view key) {
    if (key == "kind")
        return {"sft", "pretrain", "dpo"};
    if (key == "adapter.kind")
        return {"none", "lora", "rslora", "dora"};
    if (key == "data.order")
        return {"shuffle", "file"};
    if (key == "data.overlong")
        return {"truncate", "drop", "raise"};
    if (key == "data.empty_rows")
        return {"raise", "skip"};
    if (key == "optimizer.schedule")
        return {"constant", "linear", "cosine"};
    if (key == "on_nan")
        return {"stop", "skip"};
    if (key == "dtype")
        return {std::string(dtypeName(Dtype::F32)), std::string(dtypeName(Dtype::Bf16))};
    if (key == "chat_template") {
        std::vector<std::string> names = builtInTemplateNames();
        names.insert(names.begin(), std::string()); // the model's own
        return names;
    }
    return {};
}

const Json* specValue(const Json& spec, std::string_view key) {
    const Json* at = &spec;
    while (!key.empty()) {
        const std::size_t dot = std::min(key.find('.'), key.size());
        if (!at->is_object())
            return nullptr;
        const auto found = at->find(std::string(key.substr(0, dot)));
        if (found == at->end())
            return nullptr;
        at = &*found;
        key.remove_prefix(std::min(dot + 1, key.size()));
    }
    return at;
}

void setSpecValue(Json& spec, std::string_view key, Json value) {
    Json* at = &spec;
    while (!key.empty()) {
        const std::size_t dot = std::min(key.find('.'), key.size());
        if (!at->is_object())
            *at = Json::object();
        at = &(*at)[std::string(key.substr(0, dot))];
        key.remove_prefix(std::min(dot + 1, key.size()));
    }
    *at = std::move(value);
}

std::string fieldOfProblem(const Error& error) {
    const std::size_t mark = error.where.find("#/");
    std::string field = mark == std::string::npos ? std::string() : error.where.substr(mark + 2);
    std::ranges::replace(field, '/', '.');
    if (error.code == "text.unknown_template")
        return "chat_template";
    if (const std::string_view key = error.argument("key"); !key.empty())
        field += (field.empty() ? "" : ".") + std::string(key);
    return field;
}

std::vector<Error> specProblems(const Json& spec) {
    auto read = trainSpecFromJson(spec, "spec");
    if (read)
        return {};
    if (read.error().code == "several")
        return std::move(read.error().details);
    std::vector<Error> problems;
    problems.push_back(std::move(read.error()));
    return problems;
}

std::vector<SpecDifference> specDifferences(const Json& before, const Json& after) {
    std::vector<SpecDifference> differences;
    for (const SpecField& field : specFields()) {
        if (field.key == "name")
            continue;
        const Json* old = specValue(before, field.key);
        const Json* now = specValue(after, field.key);
        const Json oldValue = old ? *old : Json();
        const Json newValue = now ? *now : Json();
        if (oldValue != newValue)
            differences.push_back({field.key, oldValue, newValue});
    }
    return differences;
}

const std::vector<SpecPreset>& builtInPresets() {
    static const std::vector<SpecPreset> presets = {
        {"quick", "Quick look",
            "30 steps with a short evaluation: does it run, does the loss fall? The weights are "
            "not meant to be kept.",
            {{"schedule.max_steps", 30}, {"schedule.accumulation", 1},
                {"optimizer.schedule", "constant"}, {"optimizer.warmup_steps", 5},
                {"evaluation.every_steps", 10}, {"evaluation.probe_prompts", 4},
                {"evaluation.probe_rows", 32}, {"evaluation.patience", 0},
                {"checkpoints.every_steps", 0}, {"checkpoints.keep", 1}}},
        {"careful", "Careful",
            "2 epochs with cosine decay, 5 % held out, evaluation four times an epoch or so, and "
            "an end when the held-out loss has not fallen three times in a row.",
            {{"schedule.max_steps", -1}, {"schedule.epochs", 2.0}, {"optimizer.schedule", "cosine"},
                {"optimizer.warmup_steps", -1}, {"optimizer.warmup_ratio", 0.05},
                {"optimizer.weight_decay", 0.01}, {"optimizer.clip_norm", 1.0},
                {"data.held_out", 0.05}, {"evaluation.every_steps", 50}, {"evaluation.patience", 3},
                {"checkpoints.every_steps", 50}, {"checkpoints.keep", 2}}},
        {"memorise", "Can it learn this at all?",
            "20 epochs at a constant rate, nothing held out: a set that is not learnt by heart in "
            "this way points to a wrong template, mask or rate.",
            {{"schedule.max_steps", -1}, {"schedule.epochs", 20.0},
                {"optimizer.schedule", "constant"}, {"optimizer.warmup_steps", 10},
                {"optimizer.weight_decay", 0.0}, {"data.held_out", 0.0}, {"evaluation.patience", 0},
                {"evaluation.every_steps", 0}}},
        {"pretrain", "Pre-train tiny",
            "Plain text into a small new model: rate 1e-3 with cosine decay to a tenth, weight "
            "decay 0.1, one epoch.",
            {{"kind", "pretrain"}, {"optimizer.learning_rate", 1e-3},
                {"optimizer.schedule", "cosine"}, {"optimizer.min_learning_rate_ratio", 0.1},
                {"optimizer.warmup_steps", -1}, {"optimizer.warmup_ratio", 0.03},
                {"optimizer.weight_decay", 0.1}, {"optimizer.beta2", 0.95},
                {"schedule.max_steps", -1}, {"schedule.epochs", 1.0}, {"data.packing", true},
                {"evaluation.patience", 0}}},
    };
    return presets;
}

Result<void> applyPreset(Json& spec, const Json& values) {
    if (!values.is_object())
        return fail("json.type",
            {{"key", "values"}, {"expected", "an object"}, {"found", jsonTypeName(values)}});
    for (const auto& [key, value] : values.items())
        if (!findSpecField(key))
            return fail("json.unknown_key",
                {{"key", key}, {"known", "those that assay-cli spec --example prints"}});
    for (const auto& [key, value] : values.items())
        setSpecValue(spec, key, value);
    return {};
}

} // namespace assay
