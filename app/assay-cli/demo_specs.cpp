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

TrainSpec pretrainSpec(const fs::path& project, const fs::path& tokenizer, std::int64_t hiddenSize,
    std::int64_t layers, bool quick) {
    TrainSpec spec = common(project, "corpus");
    spec.kind = "pretrain";
    TrainSpec::Model::Shape shape;
    shape.hiddenSize = hiddenSize;
    shape.intermediateSize = hiddenSize * 11 / 4;
    shape.layers = layers;
    shape.heads = hiddenSize / 32;
    shape.kvHeads = 1;
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

} // namespace

TrainSpec demoPretrainSpec(const fs::path& project, const fs::path& tokenizer, bool quick) {
    TrainSpec spec = pretrainSpec(project, tokenizer, 64, 2, quick);
    spec.name = "base of the demo world";
    return spec;
}

TrainSpec demoSiblingSpec(const fs::path& project, const fs::path& tokenizer, bool quick) {
    // Only the size differs: the corpus, the rows and all other settings are the base's.
    TrainSpec spec = pretrainSpec(project, tokenizer, 128, 3, quick);
    spec.name = "larger sibling of the base";
    return spec;
}

TrainSpec demoTuningSpec(const fs::path& project, const fs::path& base, bool quick) {
    TrainSpec spec = common(project, "training rows");
    spec.name = "fine-tuning with planted faults";
    spec.model.path = fs::absolute(base).string();
    spec.chatTemplate = "plain";
    spec.optimizer.learningRate = 6e-4;
    spec.schedule.epochs = 10;
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
