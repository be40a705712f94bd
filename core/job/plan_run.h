#pragma once

#include "core/job/spec_estimate.h"

#include <memory>

namespace assay {

/// A run thought through before it is made: the snapshot of its rows (in a temporary folder, which
/// goes with this object), every row as the model will see it, the first epoch's micro-batches, and
/// from them memory and time. Every step uses the functions that the run itself uses. Not to be
/// used from two threads at a time.
class RunPlan {
public:
    static Result<std::unique_ptr<RunPlan>> make(TrainSpec spec, const std::filesystem::path& base,
        const ProgressFunction& reading, const ProgressFunction& tokenising, StopToken stop);
    ~RunPlan();
    RunPlan(const RunPlan&) = delete;
    RunPlan& operator=(const RunPlan&) = delete;

    /// The same for a changed spec; the rows are read again only where the data source changed, and
    /// tokenised again only where what decides about tokens did.
    Result<void> change(TrainSpec spec, const ProgressFunction& reading,
        const ProgressFunction& tokenising, StopToken stop);

    const TrainSpec& spec() const { return m_spec; }
    const LabelSurvey& survey() const { return *m_survey; }
    const EpochPlan& firstEpoch() const { return *m_epoch; }
    /// The same, to be kept when this object goes on to another spec.
    std::shared_ptr<const LabelSurvey> sharedSurvey() const { return m_survey; }
    std::shared_ptr<const EpochPlan> sharedEpoch() const { return m_epoch; }
    const BatchSummary& batches() const { return m_batches; }
    /// The model that will be trained, or why the data does not fit it.
    const Result<ModelSpec>& model() const { return m_model; }

    Result<RowPreview> preview(std::int64_t index) const;
    Result<SpecEstimate> estimate(const std::optional<Measurement>& measured) const;
    TrainingFacts facts() const;
    Result<Measurement> measure(const std::filesystem::path& program, StopToken stop) const;

private:
    RunPlan() = default;
    std::filesystem::path dataFolder() const { return m_folder / "data"; }

    std::filesystem::path m_folder;
    TrainSpec m_spec;
    TrainInputs m_inputs;
    std::shared_ptr<const LabelSurvey> m_survey;
    std::shared_ptr<const EpochPlan> m_epoch;
    BatchSummary m_batches;
    Result<ModelSpec> m_model = ModelSpec();
    std::string m_dataKey; ///< what the snapshot was made of
    std::string m_tokenKey; ///< what the survey was made of
};

} // namespace assay
