#include "core/base/rng.h"
#include "train/learning_rate.h"
#include "train/training_run.h"

#include <cmath>
#include <sys/resource.h>
#include <thread>

namespace assay {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double peakResidentMiB() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024.0;
}

/// What one optimizer step saw.
struct StepResult {
    LossSum total;
    PairSums pairs;
    std::map<std::string, LossSum> channels;
    std::vector<Json> samples;
    std::int64_t tokens = 0;
    std::int64_t trainedTokens = 0;
    double gradientNorm = 0;
    double learningRate = 0;
    bool finite = true;
};

/// The loop: step, measure, evaluate, save, obey.
class TrainingLoop {
public:
    TrainingLoop(TrainingRun& run, JobWriter& job, StopToken stop)
        : m_run(run)
        , m_job(job)
        , m_stop(std::move(stop))
        , m_rows(plannedRows(run.rows.train)) { }

    Result<void> run();

private:
    enum class Order { GoOn, Stop };

    Result<void> begin();
    Result<void> trainStep();
    void setNoise(std::int64_t microBatch);
    void setNoiseOff();
    StepResult computeStep(const std::vector<std::vector<std::int64_t>>& window);
    Result<void> record(const StepResult& step, double seconds);
    Result<void> evaluate(Json& metrics);
    Result<void> checkpoint();
    Result<Order> obey();
    Result<void> changePhase(JobPhase phase);
    bool isDue(std::int64_t every) const;
    bool epochEnded() const { return m_run.position.microBatch >= std::int64_t(m_plan.size()); }
    double epochNow() const;

    TrainingRun& m_run;
    JobWriter& m_job;
    StopToken m_stop;
    PlannedRows m_rows;
    EpochPlan m_plan;
    bool m_checkpointWanted = false;
    bool m_paused = false;
    Clock::time_point m_start = Clock::now();
    std::int64_t m_firstStep = 0;
};

double TrainingLoop::epochNow() const {
    return double(m_run.position.epoch)
        + (m_plan.empty() ? 0.0 : double(m_run.position.microBatch) / double(m_plan.size()));
}

bool TrainingLoop::isDue(std::int64_t every) const {
    const bool last = m_run.position.step >= m_run.totalSteps;
    return last || (every > 0 ? m_run.position.step % every == 0 : epochEnded());
}

Result<void> TrainingLoop::changePhase(JobPhase phase) {
    return m_job.updateState([&](JobState& state) {
        state.phase = phase;
        state.step = m_run.position.step;
        state.totalSteps = m_run.totalSteps;
        state.epoch = epochNow();
        state.progress
            = m_run.totalSteps > 0 ? double(m_run.position.step) / double(m_run.totalSteps) : 0;
    });
}

Result<void> TrainingLoop::begin() {
    m_plan = planEpoch(m_run.spec, m_rows, m_run.position.epoch);
    m_firstStep = m_run.position.step;
    if (m_run.position.step > 0)
        return {};
    if (auto done = changePhase(JobPhase::Evaluating); !done)
        return done;
    if (auto done = writeProbeLosses(m_run, m_job, "base", m_stop); !done)
        return done;
    return writeProbes(m_run, m_job, m_stop);
}

/// Noise is a function of seed and position alone, so that a resumed run draws the same.
void TrainingLoop::setNoise(std::int64_t microBatch) {
    const std::uint64_t seed = Rng(
        m_run.spec.seed ^ (std::uint64_t(m_run.position.epoch) << 40) ^ std::uint64_t(microBatch))
                                   .next();
    m_run.model.decoder->setNoise(m_run.spec.optimizer.neftuneAlpha, seed);
    if (m_run.model.adapter)
        m_run.model.adapter->setNoise(seed);
}

void TrainingLoop::setNoiseOff() {
    m_run.model.decoder->setNoise(0, 0);
    if (m_run.model.adapter)
        m_run.model.adapter->setNoiseOff();
}

/// One pass over the micro-batches of a step. The loss is normalised by the trained tokens of all
/// of them, so that splitting a batch does not change it.
StepResult TrainingLoop::computeStep(const std::vector<std::vector<std::int64_t>>& window) {
    StepResult result;
    std::vector<MicroBatch> batches;
    double weight = 0;
    for (const auto& indices : window) {
        batches.push_back(makeMicroBatch(m_run.rows.train, indices));
        result.trainedTokens += std::int64_t(batches.back().targets.rows.size());
        result.tokens += batches.back().batch.tokens();
        weight += batchWeight(m_run, batches.back());
    }
    m_run.model.optimizer->zeroGradients();
    std::int64_t index = m_run.position.microBatch;
    for (const MicroBatch& micro : batches) {
        setNoise(index++);
        const at::Tensor hidden = m_run.model.decoder->forward(micro.batch, m_run.activations);
        at::Tensor dHidden = at::empty_like(hidden);
        const BatchLoss loss
            = batchLoss(m_run, micro, hidden, m_run.reference, 1.0 / weight, dHidden);
        m_run.model.decoder->backward(micro.batch, m_run.activations, dHidden);
        result.pairs.add(loss.pairs);
        for (const auto& [at, sum] : loss.rows) {
            const TrainRow& row = m_run.rows.train[std::size_t(at)];
            for (LossSum* target : {&result.total, &result.channels[row.channel]}) {
                target->nll += sum.nll;
                target->weight += sum.weight;
            }
            Json line;
            line["kind"] = "seen";
            line["step"] = m_run.position.step + 1;
            line["epoch"] = m_run.position.epoch;
            line["row"] = row.row;
            line["id"] = row.id;
            line["revision"] = row.revision;
            line["channel"] = row.channel;
            line["loss"] = sum.mean();
            line["tokens"] = sum.weight;
            result.samples.push_back(std::move(line));
        }
    }
    setNoiseOff();
    result.gradientNorm = m_run.model.optimizer->gradientNorm();
    result.finite = std::isfinite(result.total.nll) && std::isfinite(result.gradientNorm);
    return result;
}

Result<void> TrainingLoop::trainStep() {
    const Clock::time_point start = Clock::now();
    TrainPosition& position = m_run.position;
    if (epochEnded()) {
        ++position.epoch;
        position.microBatch = 0;
        m_plan = planEpoch(m_run.spec, m_rows, position.epoch);
    }
    const std::int64_t count = std::min<std::int64_t>(
        m_run.spec.schedule.accumulation, std::int64_t(m_plan.size()) - position.microBatch);
    const auto first = m_plan.begin() + position.microBatch;
    StepResult step = computeStep({first, first + count});
    step.learningRate = learningRateAt(m_run.spec.optimizer, position.step, m_run.totalSteps);
    if (step.finite) {
        m_run.model.optimizer->step(m_run.spec.optimizer, step.learningRate, step.gradientNorm);
        if (m_run.model.adapter)
            m_run.model.adapter->refresh(*m_run.model.parameters);
    } else if (m_run.spec.onNan == "skip") {
        ++position.skippedSteps;
    }
    position.microBatch += count;
    ++position.step;
    position.tokens += step.tokens;
    position.trainedTokens += step.trainedTokens;
    const double seconds = secondsSince(start);
    position.elapsedSeconds += seconds;
    if (auto done = record(step, seconds); !done)
        return done;
    if (!step.finite && m_run.spec.onNan != "skip")
        return fail("train.not_finite", {{"step", std::to_string(position.step)}});
    return {};
}

Result<void> TrainingLoop::record(const StepResult& step, double seconds) {
    const TrainPosition& position = m_run.position;
    Json line;
    line["step"] = position.step;
    line["epoch"] = epochNow();
    line["loss"] = step.total.mean();
    line["lr"] = step.learningRate;
    line["grad_norm"] = step.gradientNorm;
    line["tokens"] = position.tokens;
    line["trained_tokens"] = position.trainedTokens;
    line["tokens_per_s"] = double(step.tokens) / std::max(seconds, 1e-9);
    line["peak_rss_mib"] = peakResidentMiB();
    line["elapsed_s"] = position.elapsedSeconds;
    if (step.pairs.count > 0) {
        line["dpo_margin"] = step.pairs.meanMargin();
        line["dpo_accuracy"] = step.pairs.accuracy();
    }
    if (position.skippedSteps > 0)
        line["skipped_steps"] = position.skippedSteps;
    Json& channels = line["channel_loss"] = Json::object();
    Json& channelTokens = line["channel_tokens"] = Json::object();
    for (const auto& [name, sum] : step.channels) {
        channels[name] = sum.mean();
        channelTokens[name] = sum.weight;
    }
    if (auto done = m_job.appendSamples(step.samples); !done)
        return done;
    const bool evaluating = step.finite && isDue(m_run.spec.evaluation.everySteps);
    if (evaluating)
        if (auto done = evaluate(line); !done)
            return done;
    if (auto done = m_job.appendMetrics(line); !done)
        return done;
    std::vector<std::pair<std::string, double>> scalars{{"train/loss", step.total.mean()},
        {"train/learning_rate", step.learningRate}, {"train/grad_norm", step.gradientNorm},
        {"train/epoch", epochNow()}, {"train/tokens_per_s", line["tokens_per_s"].get<double>()}};
    for (const auto& [name, sum] : step.channels)
        scalars.emplace_back("train/channel/" + name, sum.mean());
    if (line.contains("eval_loss"))
        scalars.emplace_back("eval/loss", line["eval_loss"].get<double>());
    return m_job.appendScalars(position.step, scalars);
}

Result<void> TrainingLoop::evaluate(Json& metrics) {
    TrainPosition& position = m_run.position;
    if (auto done = changePhase(JobPhase::Evaluating); !done)
        return done;
    if (!m_run.rows.heldOut.empty()) {
        auto result = evaluateRows(
            m_run, m_run.rows.heldOut, m_run.heldOutReference, m_run.rows.heldOut.size(), m_stop);
        if (!result)
            return forward(result);
        const double loss = result->total.mean();
        metrics["eval_loss"] = loss;
        metrics["eval_tokens"] = result->total.weight;
        if (result->pairs.count > 0) {
            metrics["eval_dpo_margin"] = result->pairs.meanMargin();
            metrics["eval_dpo_accuracy"] = result->pairs.accuracy();
        }
        Json& channels = metrics["eval_channel_loss"] = Json::object();
        for (const auto& [name, sum] : result->channels)
            channels[name] = sum.mean();
        if (position.bestStep < 0
            || loss < position.bestEvalLoss - m_run.spec.evaluation.minImprovement) {
            position.bestEvalLoss = loss;
            position.bestStep = position.step;
            position.evaluationsWithoutImprovement = 0;
        } else {
            ++position.evaluationsWithoutImprovement;
        }
        const std::int64_t patience = m_run.spec.evaluation.patience;
        position.stoppedEarly = patience > 0 && position.evaluationsWithoutImprovement >= patience;
        m_checkpointWanted
            |= position.bestStep == position.step && m_run.spec.evaluation.patience > 0;
    }
    if (epochEnded() || position.step >= m_run.totalSteps)
        if (auto done
            = writeProbeLosses(m_run, m_job, "epoch " + std::to_string(position.epoch + 1), m_stop);
            !done)
            return done;
    if (auto done = writeProbes(m_run, m_job, m_stop); !done)
        return done;
    return changePhase(JobPhase::Running);
}

Result<void> TrainingLoop::checkpoint() {
    m_checkpointWanted = false;
    const JobPhase before = m_job.state().phase;
    if (auto done = changePhase(JobPhase::Checkpointing); !done)
        return done;
    auto lengths = m_job.fileLengths();
    if (!lengths)
        return forward(lengths);
    if (auto done = saveCheckpoint(
            m_job.folder(), m_run.model, m_run.position, *lengths, m_run.checkpointSource);
        !done)
        return done;
    pruneCheckpoints(m_job.folder(), std::max<std::int64_t>(1, m_run.spec.checkpoints.keep),
        m_run.position.bestStep);
    return changePhase(before);
}

/// Does what control.jsonl says, between two steps. While paused it waits here.
Result<TrainingLoop::Order> TrainingLoop::obey() {
    for (;;) {
        if (m_stop.stop_requested())
            return Order::Stop;
        auto commands = m_job.pollControl();
        if (!commands)
            return forward(commands);
        Order order = Order::GoOn;
        for (const ControlCommand& command : *commands) {
            switch (command.verb) {
            case ControlVerb::Pause:
                m_paused = true;
                break;
            case ControlVerb::Resume:
                m_paused = false;
                break;
            case ControlVerb::Stop:
                order = Order::Stop;
                break;
            case ControlVerb::CheckpointNow:
                if (auto done = checkpoint(); !done)
                    return forward(done);
                break;
            }
            if (auto done = m_job.acknowledge(command); !done)
                return forward(done);
        }
        if (order == Order::Stop)
            return order;
        const JobPhase phase = m_paused ? JobPhase::Paused : JobPhase::Running;
        if (m_job.state().phase != phase)
            if (auto done = changePhase(phase); !done)
                return forward(done);
        if (!m_paused)
            return order;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        if (auto done = m_job.noteProgress([](JobState&) {}); !done) // keeps the heartbeat
            return forward(done);
    }
}

Result<void> TrainingLoop::run() {
    if (auto done = begin(); !done)
        return done;
    TrainPosition& position = m_run.position;
    while (position.step < m_run.totalSteps && !position.stoppedEarly) {
        auto order = obey();
        if (!order)
            return forward(order);
        if (*order == Order::Stop) {
            if (auto done = checkpoint(); !done)
                return done;
            return changePhase(JobPhase::Stopped);
        }
        if (auto done = trainStep(); !done)
            return done;
        if (isDue(m_run.spec.checkpoints.everySteps) || m_checkpointWanted || position.stoppedEarly)
            if (auto done = checkpoint(); !done)
                return done;
        const double perStep = secondsSince(m_start) / double(position.step - m_firstStep);
        if (auto done = m_job.noteProgress([&](JobState& state) {
                state.phase = JobPhase::Running;
                state.step = position.step;
                state.totalSteps = m_run.totalSteps;
                state.epoch = epochNow();
                state.progress = double(position.step) / double(m_run.totalSteps);
                state.etaSeconds = perStep * double(m_run.totalSteps - position.step);
            });
            !done)
            return done;
    }
    if (auto done = m_job.log(
            position.stoppedEarly ? "stopped early: the held-out loss no longer falls" : "done");
        !done)
        return done;
    return changePhase(JobPhase::Done);
}

} // namespace

Result<void> runTraining(JobWriter& job, StopToken stop) {
    auto run = prepareRun(job, stop);
    if (!run)
        return forward(run);
    return TrainingLoop(**run, job, stop).run();
}

} // namespace assay
