#include "core/job/plan_run.h"

#include "core/base/temporary_folder.h"
#include "core/job/job_folder.h"

#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What decides which rows are read. A project's rows may change under it; its state is the
/// caller's affair.
std::string dataKey(const TrainSpec& spec) {
    const Json json
        = {spec.kind, spec.data.project, spec.data.view, spec.data.files, spec.data.tokenized};
    return dumpJson(json);
}

/// What decides how a row becomes tokens and labels, and which are held out.
std::string tokenKey(const TrainSpec& spec) {
    const Json json = {spec.kind, spec.model.path, spec.model.tokenizer, spec.chatTemplate,
        spec.data.maxLength, spec.data.overlong, spec.data.trainOnPrompt, spec.data.trainOnHistory,
        spec.data.weightKey, spec.data.heldOut, spec.seed};
    return dumpJson(json);
}

} // namespace

Result<std::unique_ptr<RunPlan>> RunPlan::make(TrainSpec spec, const fs::path& base,
    const ProgressFunction& reading, const ProgressFunction& tokenising, StopToken stop) {
    resolvePaths(spec, base);
    auto folder = makeTemporaryFolder("assay-plan");
    if (!folder)
        return forward(folder);
    std::unique_ptr<RunPlan> plan(new RunPlan);
    plan->m_folder = std::move(*folder);
    if (auto done = plan->change(std::move(spec), reading, tokenising, stop); !done)
        return forward(done);
    return plan;
}

RunPlan::~RunPlan() {
    std::error_code ignored;
    if (!m_folder.empty())
        fs::remove_all(m_folder, ignored);
}

Result<void> RunPlan::change(TrainSpec spec, const ProgressFunction& reading,
    const ProgressFunction& tokenising, StopToken stop) {
    if (const std::string key = dataKey(spec); key != m_dataKey) {
        m_dataKey.clear(); // of nothing, until the new snapshot is whole
        m_tokenKey.clear();
        if (auto made = makeSnapshot(spec, dataFolder(), reading, stop); !made)
            return forward(made);
        m_dataKey = key;
    }
    if (const std::string key = tokenKey(spec); key != m_tokenKey) {
        m_tokenKey.clear();
        auto inputs = trainInputs(spec);
        if (!inputs)
            return forward(inputs);
        auto survey = surveyLabels(spec, dataFolder(), *inputs, tokenising, stop);
        if (!survey)
            return forward(survey);
        m_inputs = std::move(*inputs);
        m_survey = std::make_shared<const LabelSurvey>(std::move(*survey));
        m_tokenKey = key;
    }
    m_spec = std::move(spec);
    m_epoch = std::make_shared<const EpochPlan>(planEpoch(m_spec, m_survey->trainPlan(), 0));
    m_batches = summariseBatches(m_spec, *m_survey, *m_epoch);
    m_model = trainedModelSpec(m_spec, m_inputs, m_survey->largestId);
    return {};
}

Result<RowPreview> RunPlan::preview(std::int64_t index) const {
    return previewRow(m_spec, dataFolder(), m_inputs, *m_survey, index);
}

Result<SpecEstimate> RunPlan::estimate(const std::optional<Measurement>& measured) const {
    if (!m_model)
        return fail(m_model.error());
    const int threads
        = m_spec.threads > 0 ? m_spec.threads : int(std::thread::hardware_concurrency());
    return estimateSpec(m_spec, *m_model, *m_survey, m_batches, measured, threads);
}

TrainingFacts RunPlan::facts() const {
    return trainingFacts(
        m_spec, m_model ? std::optional(*m_model) : std::nullopt, m_survey.get(), &m_batches);
}

Result<Measurement> RunPlan::measure(const fs::path& program, StopToken stop) const {
    return measureSteps(program, m_spec, dataFolder(), m_inputs, *m_survey, *m_epoch, stop);
}

} // namespace assay
