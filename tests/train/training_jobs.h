#pragma once

#include "core/job/data_snapshot.h"
#include "tests/model/golden.h"
#include "train/training_run.h"

#include <QtTest/QtTest>

#include <c10/core/InferenceMode.h>
#include <fstream>

namespace assay::test {

/// Rows of ids whose first `from` are not trained.
inline void writeTokenized(const std::filesystem::path& path,
    const std::vector<std::vector<TokenId>>& rows, std::size_t from) {
    std::ofstream out(path);
    for (const auto& row : rows) {
        Json line;
        line["ids"] = row;
        auto labels = row;
        std::fill_n(labels.begin(), from, ignoredLabel);
        line["labels"] = labels;
        out << line.dump() << "\n";
    }
}

/// The spec of the golden training: 12 steps over both rows, the first three warming up.
inline TrainSpec goldenSpec(const Golden& golden, const std::filesystem::path& data) {
    const Json& train = golden.json["train"];
    TrainSpec spec;
    spec.name = "golden";
    spec.model.path = golden.folder.string();
    spec.data.tokenized = data.string();
    spec.data.order = "file";
    spec.data.heldOut = 0;
    spec.data.packing = false;
    spec.data.maxLength = 64;
    spec.optimizer.learningRate = 1e-3;
    spec.optimizer.schedule = "cosine";
    spec.optimizer.warmupSteps = train["warmup_steps"].get<std::int64_t>();
    spec.optimizer.beta1 = train["betas"][0].get<double>();
    spec.optimizer.beta2 = train["betas"][1].get<double>();
    spec.optimizer.weightDecay = train["weight_decay"].get<double>();
    spec.schedule.epochs = 12;
    spec.schedule.microBatchRows = 2;
    spec.evaluation.probePrompts = 0;
    spec.evaluation.probeRows = 0;
    spec.evaluation.everySteps = 100;
    spec.checkpoints.everySteps = 100;
    return spec;
}

inline JobFolder makeJob(const TrainSpec& spec, const std::filesystem::path& path) {
    auto folder = JobFolder::create(path, spec, std::filesystem::current_path());
    if (!folder)
        qFatal("%s", message(folder.error()).c_str());
    if (auto done = makeSnapshot(folder->spec(), folder->dataFolder(), {}, {}); !done)
        qFatal("%s", message(done.error()).c_str());
    return *folder;
}

inline Result<void> work(const std::filesystem::path& path, StopToken stop = {}) {
    auto folder = JobFolder::open(path);
    if (!folder)
        return forward(folder);
    auto job = JobWriter::acquire(*folder);
    if (!job)
        return forward(job);
    c10::InferenceMode mode;
    return runTraining(**job, stop);
}

inline std::vector<Json> lines(const std::filesystem::path& path) {
    std::vector<Json> result;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);)
        result.push_back(Json::parse(line));
    return result;
}

} // namespace assay::test
