#include "core/job/train_spec_check.h"

#include "core/job/adapter_spec.h"
#include "core/job/channel_mix.h"
#include "core/job/spec_fields.h"
#include "core/text/chat_template.h"
#include "core/text/own_template.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

class Checker {
public:
    explicit Checker(std::string place)
        : m_place(std::move(place)) { }

    void section(const char* name) { m_section = name; }
    void require(bool holds, const char* key, std::string reason) {
        if (!holds)
            m_problems.push_back(
                Error("json.value", {{"key", key}, {"reason", std::move(reason)}}, where()));
    }
    /// The names are those that `specChoices` lists for the key.
    void oneOf(const char* key, const std::string& value) {
        const std::vector<std::string> names
            = specChoices(m_section.empty() ? std::string(key) : m_section + "." + key);
        std::string list;
        for (const std::string& name : names)
            list += (list.empty() ? "" : ", ") + name;
        require(std::ranges::find(names, value) != names.end(), key,
            "\"" + value + "\" is none of: " + list);
    }
    void above(const char* key, double value, double limit) {
        require(std::isfinite(value) && value > limit, key, "it must be above " + number(limit));
    }
    void atLeast(const char* key, double value, double limit) {
        require(std::isfinite(value) && value >= limit, key,
            "it must be " + number(limit) + " or more");
    }
    void between(const char* key, double value, double low, double high) {
        require(std::isfinite(value) && value >= low && value <= high, key,
            "it must be from " + number(low) + " to " + number(high));
    }
    void add(Error error) {
        error.where = where();
        m_problems.push_back(std::move(error));
    }
    std::vector<Error> take() { return std::move(m_problems); }

    static std::string number(double value) {
        std::string text = Json(value).dump();
        return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
    }

private:
    std::string where() const { return m_section.empty() ? m_place : m_place + "#/" + m_section; }

    std::string m_place;
    std::string m_section;
    std::vector<Error> m_problems;
};

void checkShape(Checker& check, const TrainSpec& spec) {
    const TrainSpec::Model::Shape& shape = *spec.model.shape;
    check.section("model/shape");
    check.atLeast("hidden_size", double(shape.hiddenSize), 1);
    check.atLeast("intermediate_size", double(shape.intermediateSize), 1);
    check.atLeast("layers", double(shape.layers), 1);
    check.atLeast("heads", double(shape.heads), 1);
    check.atLeast("kv_heads", double(shape.kvHeads), 1);
    check.atLeast("max_positions", double(shape.maxPositions), 2);
    check.above("rope_theta", shape.ropeTheta, 0);
    check.above("norm_eps", shape.normEps, 0);
    check.above("init_std", shape.initStd, 0);
    if (shape.heads > 0 && shape.hiddenSize > 0) {
        check.require(shape.hiddenSize % shape.heads == 0, "hidden_size",
            "it must be a multiple of heads (" + std::to_string(shape.heads) + ")");
        // Rotary positions turn pairs of a head's dimensions.
        check.require(
            shape.hiddenSize % shape.heads != 0 || shape.hiddenSize / shape.heads % 2 == 0, "heads",
            "hidden_size / heads must be even, but it is "
                + std::to_string(shape.hiddenSize / shape.heads));
    }
    if (shape.heads > 0 && shape.kvHeads > 0)
        check.require(shape.heads % shape.kvHeads == 0, "heads",
            "it must be a multiple of kv_heads (" + std::to_string(shape.kvHeads) + ")");
    check.section("data");
    check.require(spec.data.maxLength <= shape.maxPositions, "max_length",
        "it is beyond model.shape.max_positions (" + std::to_string(shape.maxPositions) + ")");
}

void checkModel(Checker& check, const TrainSpec& spec) {
    check.section("model");
    const bool hasPath = !spec.model.path.empty();
    if (hasPath && spec.model.shape)
        check.add(Error(
            "spec.model_start", {{"found", "this spec gives both model.path and model.shape"}}));
    if (!hasPath && !spec.model.shape)
        check.add(Error("spec.model_start", {{"found", "this spec gives neither"}}));
    if (spec.model.shape)
        check.require(
            !spec.model.tokenizer.empty(), "tokenizer", "a random start needs a tokenizer folder");
    else
        check.require(spec.model.tokenizer.empty(), "tokenizer",
            "it is only for a random start; a model folder brings its own tokenizer");
    if (spec.model.shape)
        checkShape(check, spec);
}

void checkAdapter(Checker& check, const TrainSpec& spec) {
    const TrainSpec::Adapter& adapter = spec.adapter;
    check.section("adapter");
    check.oneOf("kind", adapter.kind);
    check.between("rank", double(adapter.rank), 1, 65536);
    check.above("alpha", adapter.alpha, 0);
    check.require(
        adapter.dropout >= 0 && adapter.dropout < 1, "dropout", "it must be 0 or more and below 1");
    check.require(adapter.start.empty() || adapter.wanted(), "start",
        "it is only for training an adapter; kind is \"none\"");
    check.require(adapter.savedWhole.empty() || adapter.wanted(), "saved_whole",
        "without an adapter every module is trained; kind is \"none\"");
    if (!adapter.wanted())
        return;
    check.require(!spec.model.path.empty(), "kind",
        "an adapter needs a model that was trained before: model.path");
    check.require(!adapter.targets.empty(), "targets", "it must name at least one module");
    if (auto targets = adapterTargetsOf(adapter.targets); !targets)
        check.add(std::move(targets.error()));
}

void checkFreeze(Checker& check, const TrainSpec& spec) {
    check.section("freeze");
    check.atLeast("first_layers", double(spec.freeze.firstLayers), 0);
    check.require(!spec.freeze.wanted() || !spec.adapter.wanted(), "embeddings",
        "with an adapter the whole model is kept as it is; freeze is for training its own weights");
}

void checkDpo(Checker& check, const TrainSpec& spec) {
    check.section("dpo");
    check.above("beta", spec.dpo.beta, 0);
    check.require(spec.dpo.labelSmoothing >= 0 && spec.dpo.labelSmoothing < 0.5, "label_smoothing",
        "it must be 0 or more and below 0.5");
    if (spec.kind != "dpo")
        return;
    check.section("data");
    check.require(spec.data.tokenized.empty(), "tokenized",
        "preference pairs come from a project or from files");
    check.section("schedule");
    check.require(!spec.data.packing || spec.schedule.microBatchTokens >= 2 * spec.data.maxLength,
        "micro_batch_tokens",
        "both answers of a pair are computed together: with packing it must be twice "
        "data.max_length ("
            + std::to_string(2 * spec.data.maxLength) + ") or more");
}

void checkData(Checker& check, const TrainSpec& spec) {
    const TrainSpec::Data& data = spec.data;
    check.section("data");
    std::string found;
    int sources = 0;
    const auto count = [&](bool isGiven, const char* key) {
        if (!isGiven)
            return;
        found += (sources ? " and " : "") + std::string(key);
        ++sources;
    };
    count(!data.project.empty(), "data.project");
    count(!data.files.empty(), "data.files");
    count(!data.tokenized.empty(), "data.tokenized");
    if (sources != 1)
        check.add(Error("spec.data_source",
            {{"found", sources == 0 ? "this spec names none" : "this spec names " + found}}));
    check.require(data.view.empty() || !data.project.empty(), "view", "it needs data.project");
    check.require(
        std::ranges::none_of(data.files, &std::string::empty), "files", "a path in it is empty");
    check.atLeast("held_out", data.heldOut, 0);
    check.require(!(data.heldOut >= 1) || data.heldOut == std::floor(data.heldOut), "held_out",
        "it is a share below 1 or a whole number of rows");
    check.oneOf("order", data.order);
    check.atLeast("max_length", double(data.maxLength), 2);
    check.oneOf("overlong", data.overlong);
    check.oneOf("empty_rows", data.emptyRows);
    if (auto mix = channelMix(data.mix); !mix)
        check.add(std::move(mix.error()));
}

void checkOptimizer(Checker& check, const TrainSpec::Optimizer& optimizer) {
    check.section("optimizer");
    check.above("learning_rate", optimizer.learningRate, 0);
    check.oneOf("schedule", optimizer.schedule);
    check.between("warmup_ratio", optimizer.warmupRatio, 0, 1);
    check.atLeast("warmup_steps", double(optimizer.warmupSteps), -1);
    check.between("min_learning_rate_ratio", optimizer.minLearningRateRatio, 0, 1);
    check.require(
        optimizer.beta1 >= 0 && optimizer.beta1 < 1, "beta1", "it must be 0 or more and below 1");
    check.require(
        optimizer.beta2 >= 0 && optimizer.beta2 < 1, "beta2", "it must be 0 or more and below 1");
    check.above("epsilon", optimizer.epsilon, 0);
    check.atLeast("weight_decay", optimizer.weightDecay, 0);
    check.atLeast("clip_norm", optimizer.clipNorm, 0);
    check.atLeast("neftune_alpha", optimizer.neftuneAlpha, 0);
}

void checkSchedule(Checker& check, const TrainSpec& spec) {
    const TrainSpec::Schedule& schedule = spec.schedule;
    check.section("schedule");
    check.atLeast("max_steps", double(schedule.maxSteps), -1);
    check.require(schedule.maxSteps >= 0 || schedule.epochs > 0, "epochs",
        "it must be above 0 where max_steps does not decide");
    check.require(std::isfinite(schedule.epochs), "epochs", "it must be a finite number");
    check.atLeast("micro_batch_tokens", double(schedule.microBatchTokens), 1);
    check.atLeast("micro_batch_rows", double(schedule.microBatchRows), 1);
    check.atLeast("accumulation", double(schedule.accumulation), 1);
    check.require(!spec.data.packing || schedule.microBatchTokens >= spec.data.maxLength,
        "micro_batch_tokens",
        "with packing it must be data.max_length (" + std::to_string(spec.data.maxLength)
            + ") or more, so that every row fits");
}

void checkEvaluation(Checker& check, const TrainSpec& spec) {
    const TrainSpec::Evaluation& evaluation = spec.evaluation;
    check.section("evaluation");
    check.atLeast("every_steps", double(evaluation.everySteps), 0);
    check.atLeast("probe_prompts", double(evaluation.probePrompts), 0);
    check.atLeast("probe_max_new", double(evaluation.probeMaxNew), 1);
    check.atLeast("probe_rows", double(evaluation.probeRows), 0);
    check.atLeast("patience", double(evaluation.patience), 0);
    check.atLeast("min_improvement", evaluation.minImprovement, 0);
    check.require(evaluation.patience <= 0 || spec.data.heldOut > 0, "patience",
        "early stopping needs rows to judge by: data.held_out must be above 0");
}

} // namespace

std::vector<Error> trainSpecProblems(const TrainSpec& spec, const std::string& place) {
    Checker check(place);
    check.oneOf("kind", spec.kind);
    check.atLeast("threads", spec.threads, 0);
    check.oneOf("on_nan", spec.onNan);
    if (!spec.chatTemplate.empty() && spec.chatTemplate != ownTemplateName)
        if (auto known = chatTemplateByName(spec.chatTemplate); !known)
            check.add(std::move(known.error()));
    checkModel(check, spec);
    checkAdapter(check, spec);
    checkFreeze(check, spec);
    checkDpo(check, spec);
    checkData(check, spec);
    checkOptimizer(check, spec.optimizer);
    checkSchedule(check, spec);
    checkEvaluation(check, spec);
    check.section("checkpoints");
    check.atLeast("every_steps", double(spec.checkpoints.everySteps), 0);
    check.atLeast("keep", double(spec.checkpoints.keep), 1);
    return check.take();
}

} // namespace assay
