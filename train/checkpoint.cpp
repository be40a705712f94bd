#include "train/checkpoint.h"

#include "core/base/parallel.h"
#include "core/weights/safetensors.h"
#include "infer/model_files.h"
#include "nn/tensors.h"
#include "nn/torch_version.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

Json positionToJson(const TrainPosition& p) {
    Json json;
    json["step"] = p.step;
    json["epoch"] = p.epoch;
    json["micro_batch"] = p.microBatch;
    json["tokens"] = p.tokens;
    json["trained_tokens"] = p.trainedTokens;
    json["skipped_steps"] = p.skippedSteps;
    json["elapsed_s"] = p.elapsedSeconds;
    json["best_eval_loss"] = p.bestEvalLoss;
    json["best_step"] = p.bestStep;
    json["evaluations_without_improvement"] = p.evaluationsWithoutImprovement;
    json["stopped_early"] = p.stoppedEarly;
    return json;
}

Result<ResumePoint> readPosition(const fs::path& path) {
    auto json = readJsonFile(path);
    if (!json)
        return forward(json);
    ResumePoint point;
    TrainPosition& p = point.position;
    JsonReader reader(*json, path.string());
    reader.read("step", p.step);
    reader.read("epoch", p.epoch);
    reader.read("micro_batch", p.microBatch);
    reader.read("tokens", p.tokens);
    reader.read("trained_tokens", p.trainedTokens);
    reader.read("skipped_steps", p.skippedSteps);
    reader.read("elapsed_s", p.elapsedSeconds);
    reader.read("best_eval_loss", p.bestEvalLoss);
    reader.read("best_step", p.bestStep);
    reader.read("evaluations_without_improvement", p.evaluationsWithoutImprovement);
    reader.read("stopped_early", p.stoppedEarly);
    reader.optional("machine"); // for people: what bit-exactness holds for
    if (const Json* files = reader.required("file_lengths"); files && files->is_object())
        for (const auto& [name, length] : files->items())
            if (length.is_number_integer())
                point.lengths[name] = length.get<std::int64_t>();
    if (auto done = reader.finish(); !done)
        return forward(done);
    return point;
}

std::span<const std::byte> bytesOf(const at::Tensor& tensor) {
    return {nn::elements<std::byte>(tensor), std::size_t(tensor.nbytes())};
}

/// The model as other programs read it.
Result<void> writeWeights(const fs::path& folder, const TrainedModel& model) {
    const Decoder& decoder = *model.decoder;
    if (model.adapter)
        return model.adapter->save(folder, decoder.plan(), *model.parameters);
    if (auto done = writeFileAtomically(
            folder / "config.json", dumpJson(modelSpecToConfig(decoder.spec()), 2) + "\n");
        !done)
        return done;
    if (auto done = writeFileAtomically(folder / "generation_config.json",
            dumpJson(modelSpecToGenerationConfig(decoder.spec()), 2) + "\n");
        !done)
        return done;
    return saveWeights(folder, *model.parameters);
}

Result<void> writeInto(const fs::path& folder, const TrainedModel& model,
    const TrainPosition& position, const FileLengths& lengths, const CheckpointSource& source) {
    if (auto done = makeFolder(folder / "resume"); !done)
        return done;
    if (!source.tokenizerFolder.empty())
        if (auto done = copyModelFiles(source.tokenizerFolder, folder); !done)
            return done;
    if (source.chatTemplate)
        if (auto done = storeChatTemplate(*source.chatTemplate, folder); !done)
            return done;
    if (auto done = writeWeights(folder, model); !done)
        return done;

    const Optimizer& optimizer = *model.optimizer;
    const TensorToWrite moments[]
        = {{"moment1", TensorType::F32, {optimizer.count()}, bytesOf(optimizer.moment1())},
            {"moment2", TensorType::F32, {optimizer.count()}, bytesOf(optimizer.moment2())}};
    if (auto done = writeSafetensors(folder / "resume" / "optimizer.safetensors", moments); !done)
        return done;
    Json json = positionToJson(position);
    Json& files = json["file_lengths"] = Json::object();
    for (const auto& [name, length] : lengths)
        files[name] = length;
    json["machine"]
        = {{"version", ASSAY_VERSION}, {"libtorch", torchVersion()}, {"threads", threadCount()}};
    return writeFileAtomically(folder / "resume" / "position.json", dumpJson(json, 2) + "\n");
}

} // namespace

Result<void> saveCheckpoint(const JobFolder& folder, const TrainedModel& model,
    const TrainPosition& position, const FileLengths& lengths, const CheckpointSource& source) {
    const fs::path target = folder.checkpointFolder(position.step);
    if (fs::exists(target))
        return {}; // the same step again, after a command or at the end: it is whole already
    const fs::path temporary = target.string() + ".part";
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    if (auto done = writeInto(temporary, model, position, lengths, source); !done) {
        fs::remove_all(temporary, ignored);
        return done;
    }
    std::error_code problem;
    fs::rename(temporary, target, problem);
    if (problem)
        return fail("file.write", {{"path", target.string()}, {"reason", problem.message()}});
    return syncFolder(target.parent_path());
}

Result<ResumePoint> loadResumePoint(const fs::path& checkpoint, Optimizer& optimizer) {
    auto point = readPosition(checkpoint / "resume" / "position.json");
    if (!point)
        return forward(point);
    const fs::path path = checkpoint / "resume" / "optimizer.safetensors";
    auto file = SafetensorsFile::open(path);
    if (!file)
        return forward(file);
    at::Tensor moments[2];
    const char* names[] = {"moment1", "moment2"};
    for (int i = 0; i < 2; ++i) {
        const TensorView* view = file->find(names[i]);
        if (!view || view->elements() != optimizer.count() || view->type != TensorType::F32)
            return fail("train.bad_checkpoint", {{"path", path.string()}});
        moments[i] = at::empty({optimizer.count()}, at::kFloat);
        toFloats(*view, {nn::elements<float>(moments[i]), std::size_t(optimizer.count())});
    }
    optimizer.restore(point->position.step - point->position.skippedSteps, moments[0], moments[1]);
    return point;
}

void pruneCheckpoints(const JobFolder& folder, std::int64_t keep, std::int64_t bestStep) {
    const std::vector<std::int64_t> steps = folder.checkpointSteps();
    for (std::size_t i = 0; i + std::size_t(keep) < steps.size(); ++i) {
        if (steps[i] == bestStep)
            continue;
        std::error_code ignored; // an old checkpoint that stays costs space, nothing else
        fs::remove_all(folder.checkpointFolder(steps[i]), ignored);
    }
}

} // namespace assay
