#include "train/preference.h"

#include "core/text/packing.h"
#include "train/training_run.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {

namespace {

/// log sigmoid(x) without overflow.
double logSigmoid(double x) {
    return x < 0 ? x - std::log1p(std::exp(x)) : -std::log1p(std::exp(-x));
}

double sigmoid(double x) {
    return std::exp(logSigmoid(x));
}

/// The summed log-probability of each segment's labels.
std::vector<double> segmentScores(const MicroBatch& batch, const LossResult& loss) {
    std::vector<double> scores(batch.batch.segments.size(), 0.0);
    for (std::size_t i = 0; i < loss.nll.size(); ++i) {
        const double weight
            = batch.targets.weights.empty() ? 1.0 : double(batch.targets.weights[i]);
        scores[std::size_t(batch.targets.segments[i])] -= weight * double(loss.nll[i]);
    }
    return scores;
}

Result<std::vector<PairScore>> scorePairs(
    TrainingRun& run, const std::vector<TrainRow>& rows, StopToken stop) {
    std::vector<std::int64_t> lengths;
    for (const TrainRow& row : rows)
        lengths.push_back(std::int64_t(row.ids.size()));
    const std::int64_t room
        = std::max(run.spec.schedule.microBatchTokens, 2 * run.spec.data.maxLength);
    std::vector<PairScore> scores(rows.size());
    for (const auto& bin : planPacking(lengths, room, PackingOrder::Keep).bins) {
        const MicroBatch micro = makeMicroBatch(rows, bin);
        const at::Tensor hidden = run.model.decoder->forward(micro.batch, run.activations, stop);
        if (!hidden.defined())
            return fail("cancelled");
        const std::vector<double> sums
            = segmentScores(micro, evaluateLoss(*run.model.decoder, hidden, micro.targets));
        for (std::size_t s = 0; s + 1 < sums.size(); s += 2)
            scores[std::size_t(micro.rows[s])] = {sums[s], sums[s + 1]};
    }
    return scores;
}

Json scoresToJson(const std::vector<PairScore>& scores) {
    Json list = Json::array();
    for (const PairScore& score : scores)
        list.push_back({score.chosen, score.rejected});
    return list;
}

/// False where the list is not that of as many rows.
bool scoresFromJson(
    const Json& json, const char* key, std::size_t rows, std::vector<PairScore>& scores) {
    const auto list = json.find(key);
    if (list == json.end() || !list->is_array() || list->size() != rows)
        return false;
    for (const Json& pair : *list) {
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_number() || !pair[1].is_number())
            return false;
        scores.push_back({pair[0].get<double>(), pair[1].get<double>()});
    }
    return true;
}

} // namespace

PairLoss pairLoss(const TrainSpec::Dpo& dpo, const PairScore& score, const PairScore& reference) {
    PairLoss result;
    result.margin
        = dpo.beta * ((score.chosen - reference.chosen) - (score.rejected - reference.rejected));
    const double wrong = dpo.labelSmoothing;
    result.loss = -(1 - wrong) * logSigmoid(result.margin) - wrong * logSigmoid(-result.margin);
    result.slope
        = dpo.beta * (wrong * sigmoid(result.margin) - (1 - wrong) * sigmoid(-result.margin));
    return result;
}

double batchWeight(const TrainingRun& run, const MicroBatch& batch) {
    if (run.spec.kind == "dpo")
        return double(batch.batch.segments.size() / 2);
    const LossTargets& targets = batch.targets;
    return targets.weights.empty()
        ? double(targets.rows.size())
        : std::accumulate(targets.weights.begin(), targets.weights.end(), 0.0);
}

BatchLoss batchLoss(TrainingRun& run, const MicroBatch& batch, const at::Tensor& hidden,
    std::span<const PairScore> reference, double scale, at::Tensor dHidden) {
    Decoder& decoder = *run.model.decoder;
    BatchLoss result;
    if (run.spec.kind != "dpo") {
        result.rows = lossByRow(batch,
            dHidden.defined() ? lossAndGradient(decoder, hidden, batch.targets, scale, dHidden)
                              : evaluateLoss(decoder, hidden, batch.targets));
        return result;
    }
    // How much each token counts in the gradient is known only when the whole pair is scored.
    const std::vector<double> scores
        = segmentScores(batch, evaluateLoss(decoder, hidden, batch.targets));
    std::vector<double> slopes(scores.size(), 0.0); // d loss / d nll of each segment
    for (std::size_t s = 0; s + 1 < scores.size(); s += 2) {
        const std::int64_t row = batch.rows[s];
        const PairLoss loss
            = pairLoss(run.spec.dpo, {scores[s], scores[s + 1]}, reference[std::size_t(row)]);
        slopes[s] = -loss.slope;
        slopes[s + 1] = loss.slope;
        LossSum& sum = result.rows[row];
        sum.nll += loss.loss;
        sum.weight += 1;
        result.pairs.add(loss);
    }
    if (!dHidden.defined())
        return result;
    LossTargets weighted = batch.targets;
    weighted.weights.resize(weighted.rows.size(), 1.0F);
    for (std::size_t i = 0; i < weighted.rows.size(); ++i)
        weighted.weights[i] *= float(slopes[std::size_t(weighted.segments[i])]);
    lossAndGradient(decoder, hidden, weighted, scale, dHidden);
    return result;
}

Result<void> prepareReference(TrainingRun& run, JobWriter& job, StopToken stop) {
    if (run.spec.kind != "dpo")
        return {};
    const std::filesystem::path path = job.folder().path() / "reference.json";
    if (std::filesystem::exists(path)) {
        auto json = readJsonFile(path);
        if (!json)
            return forward(json);
        if (!scoresFromJson(*json, "train", run.rows.train.size(), run.reference)
            || !scoresFromJson(*json, "held_out", run.rows.heldOut.size(), run.heldOutReference))
            return fail("train.bad_checkpoint", {{"path", path.string()}});
        return {};
    }
    if (run.position.step > 0) // the starting weights are no longer at hand
        return fail("file.missing", {{"path", path.string()}});
    auto train = scorePairs(run, run.rows.train, stop);
    if (!train)
        return forward(train);
    auto heldOut = scorePairs(run, run.rows.heldOut, stop);
    if (!heldOut)
        return forward(heldOut);
    run.reference = std::move(*train);
    run.heldOutReference = std::move(*heldOut);
    const Json json = {
        {"train", scoresToJson(run.reference)}, {"held_out", scoresToJson(run.heldOutReference)}};
    return writeFileAtomically(path, dumpJson(json) + "\n");
}

} // namespace assay
