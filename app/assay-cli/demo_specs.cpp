#include "app/assay-cli/demo_specs.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

TrainSpec common(const fs::path& project, const std::string& view) {
    TrainSpec spec;
    spec.data.project = fs::absolute(project).string();
    spec.data.view = view;
    spec.data.maxLength = 128;
    spec.evaluation.probePrompts = 4;
    spec.evaluation.probeMaxNew = 24;
    spec.checkpoints.keep = 1;
    return spec;
}

} // namespace

TrainSpec demoPretrainSpec(const fs::path& project, const fs::path& tokenizer, bool quick) {
    TrainSpec spec = common(project, "corpus");
    spec.kind = "pretrain";
    spec.name = "base of the demo world";
    TrainSpec::Model::Shape shape;
    shape.hiddenSize = 128;
    shape.intermediateSize = 352;
    shape.layers = 4;
    shape.heads = 4;
    shape.kvHeads = 2;
    shape.maxPositions = 256;
    spec.model.shape = shape;
    spec.model.tokenizer = fs::absolute(tokenizer).string();
    spec.data.heldOut = 0.01;
    spec.optimizer.learningRate = 3e-3;
    spec.optimizer.minLearningRateRatio = 0.05;
    spec.schedule.epochs = 10;
    spec.schedule.microBatchTokens = 1024;
    spec.evaluation.probePrompts = 0;
    if (quick)
        spec.schedule.maxSteps = 4;
    return spec;
}

TrainSpec demoTuningSpec(const fs::path& project, const fs::path& base, bool quick) {
    TrainSpec spec = common(project, "training rows");
    spec.name = "fine-tuning with planted faults";
    spec.model.path = fs::absolute(base).string();
    spec.chatTemplate = "plain";
    // Enough to learn the faults; a higher rate or more epochs also destroy what the base knows.
    spec.optimizer.learningRate = 6e-4;
    spec.schedule.epochs = 5;
    spec.schedule.microBatchTokens = 512;
    if (quick)
        spec.schedule.maxSteps = 3;
    return spec;
}

TrainSpec givenTuningSpec(
    const fs::path& project, const fs::path& base, const std::string& chatTemplate, bool quick) {
    TrainSpec spec = common(project, "training rows");
    spec.name = "a short fine-tuning";
    spec.model.path = fs::absolute(base).string();
    spec.chatTemplate = chatTemplate;
    spec.data.maxLength = 256;
    spec.data.emptyRows = "skip";
    spec.optimizer.learningRate = 5e-4;
    spec.schedule.maxSteps = quick ? 4 : 120;
    spec.schedule.microBatchTokens = 2048;
    return spec;
}

} // namespace assay
