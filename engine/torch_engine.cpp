#include "core/base/parallel.h"
#include "core/job/engine_interface.h"
#include "core/job/job_writer.h"
#include "engine/bench.h"
#include "engine/session.h"
#include "infer/merge_model.h"
#include "infer/torch_model.h"
#include "nn/torch_version.h"
#include "train/training_run.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>

namespace assay {

namespace {

/// OpenMP's threads and libtorch's are set together; without the call libtorch 1.13 may use one
/// only.
void useThreads(int threads) {
    setThreadCount(threads);
    at::set_num_threads(threadCount());
}

class TorchEngine final : public Engine {
public:
    TorchEngine() { useThreads(0); }

    Result<std::shared_ptr<ModelUnderTest>> loadModel(
        const std::filesystem::path& folder, const LoadOptions& options, StopToken stop) override {
        useThreads(options.threads);
        auto model = TorchModel::load(folder, options, {}, stop);
        if (!model)
            return forward(model);
        return std::shared_ptr<ModelUnderTest>(std::move(*model));
    }

    Result<MergeReport> merge(const std::filesystem::path& folder,
        const std::filesystem::path& adapter, const std::filesystem::path& out,
        StopToken stop) override {
        useThreads(0);
        return mergeIntoModel(folder, adapter, out, stop);
    }

    Result<void> runJob(const std::filesystem::path& jobFolder, StopToken stop) override {
        auto folder = JobFolder::open(jobFolder);
        if (!folder)
            return forward(folder);
        auto job = JobWriter::acquire(*folder);
        if (!job)
            return forward(job);
        useThreads(folder->spec().threads);
        Result<void> done = guardedTraining(**job, stop);
        if (!done) {
            const Error error = done.error();
            // The reason is in the state for whoever looks later; failing to write it changes
            // nothing.
            if (error.code == "cancelled") {
                (void)(*job)->updateState([](JobState& state) { state.phase = JobPhase::Stopped; });
            } else {
                (void)(*job)->log(message(error));
                (void)(*job)->updateState([&](JobState& state) {
                    state.phase = JobPhase::Failed;
                    state.error = error;
                });
            }
        }
        return done;
    }

    int serve(int inputDescriptor, int outputDescriptor) override {
        SessionFacts facts;
        facts.libtorch = torchVersion();
        facts.threads = threadCount();
        return runSession(*this, inputDescriptor, outputDescriptor, facts);
    }

    Result<Json> bench(const std::string& what) override { return runEngineBench(what); }

private:
    static Result<void> guardedTraining(JobWriter& job, StopToken stop) {
        try {
            c10::InferenceMode mode;
            return runTraining(job, stop);
        } catch (const std::bad_alloc&) {
            return fail("memory.exhausted", {{"what", "training"}});
        } catch (const c10::Error& e) {
            return fail("internal", {{"what", e.what_without_backtrace()}});
        } catch (const std::exception& e) {
            return fail("internal", {{"what", e.what()}});
        }
    }
};

} // namespace

} // namespace assay

/// The library's one entry point, found by loadEngine().
extern "C" assay::Engine* assay_engine() {
    static assay::TorchEngine engine;
    return &engine;
}
