#include "train/training_run.h"

#include "core/text/packing.h"

namespace assay {

Result<EvaluationResult> evaluateRows(TrainingRun& run, const std::vector<TrainRow>& rows,
    std::span<const PairScore> reference, std::size_t count, StopToken stop) {
    std::vector<std::int64_t> lengths;
    for (std::size_t i = 0; i < std::min(count, rows.size()); ++i)
        lengths.push_back(std::int64_t(rows[i].ids.size()));
    const std::int64_t room = std::max(run.spec.schedule.microBatchTokens,
        (run.spec.kind == "dpo" ? 2 : 1) * run.spec.data.maxLength);
    const PackingPlan plan = planPacking(lengths, room, PackingOrder::Keep);
    EvaluationResult result;
    for (const auto& bin : plan.bins) {
        const MicroBatch micro = makeMicroBatch(rows, bin);
        const at::Tensor hidden = run.model.decoder->forward(micro.batch, run.activations, stop);
        if (!hidden.defined())
            return fail("cancelled");
        const BatchLoss loss = batchLoss(run, micro, hidden, reference, 0, {});
        result.pairs.add(loss.pairs);
        for (const auto& [index, sum] : loss.rows) {
            result.rows[index] = sum;
            LossSum& channel = result.channels[rows[std::size_t(index)].channel];
            for (LossSum* target : {&result.total, &channel}) {
                target->nll += sum.nll;
                target->weight += sum.weight;
            }
        }
    }
    return result;
}

Result<void> writeProbes(TrainingRun& run, JobWriter& job, StopToken stop) {
    ModelInfo info;
    info.vocabularySize = run.model.decoder->spec().vocabularySize;
    info.maxPositions = run.model.decoder->spec().maxPositions;
    TorchModel asked(info, run.model.decoder, run.tokenizer, run.chatTemplate);
    ModelUnderTest& model = asked;
    GenerateOptions options;
    options.maxNew = int(run.spec.evaluation.probeMaxNew);
    std::int64_t written = 0;
    // Held-out rows first: on training rows a right answer may be memory.
    for (const auto* rows : {&run.rows.heldOut, &run.rows.train}) {
        for (const TrainRow& row : *rows) {
            if (written >= run.spec.evaluation.probePrompts)
                return {};
            if (row.prompt.empty() || std::int64_t(row.prompt.size()) >= info.maxPositions)
                continue;
            auto answer = model.generate(row.prompt, options, stop);
            if (!answer)
                return forward(answer);
            if (answer->ended == EndReason::Cancelled)
                return fail("cancelled");
            Json line;
            line["step"] = run.position.step;
            line["row"] = row.row;
            line["id"] = row.id;
            line["held_out"] = rows == &run.rows.heldOut;
            line["prompt"] = row.promptText;
            line["answer"]
                = run.tokenizer ? Json(run.tokenizer->decode(answer->ids)) : Json(nullptr);
            line["ids"] = answer->ids;
            line["ended"] = std::string(endReasonName(answer->ended));
            line["reference"] = row.reference;
            if (auto done = job.appendProbe(line); !done)
                return done;
            ++written;
        }
    }
    return {};
}

Result<void> writeProbeLosses(
    TrainingRun& run, JobWriter& job, const std::string& at, StopToken stop) {
    auto result = evaluateRows(
        run, run.rows.train, run.reference, std::size_t(run.spec.evaluation.probeRows), stop);
    if (!result)
        return forward(result);
    std::vector<Json> lines;
    for (const auto& [index, sum] : result->rows) {
        const TrainRow& row = run.rows.train[std::size_t(index)];
        Json line;
        line["kind"] = "probe";
        line["at"] = at;
        line["step"] = run.position.step;
        line["row"] = row.row;
        line["id"] = row.id;
        line["channel"] = row.channel;
        line["loss"] = sum.mean();
        line["tokens"] = sum.weight;
        lines.push_back(std::move(line));
    }
    return job.appendSamples(lines);
}

} // namespace assay
