#pragma once

#include "core/analysis/model_under_test.h"
#include "core/base/progress.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>

namespace assay {

enum class Dtype { F32, Bf16 };
std::string_view dtypeName(Dtype dtype);
Result<Dtype> dtypeFromName(const std::string& name);

struct LoadOptions {
    Dtype dtype = Dtype::F32;
    /// Overrides the template stored with the model; empty keeps it.
    std::string templateName;
    /// A model whose own template is not supported loads all the same when no text is rendered with
    /// it.
    bool templateRequired = false;
    int threads = 0; ///< 0: all
    /// An adapter's folder, laid over the model; empty: none. A model's folder may also be that of
    /// an adapter, which is then laid over the model that it names. Adapters of one base share its
    /// weights in memory.
    std::filesystem::path adapter;
};

/// What a merge gave.
struct MergeReport {
    std::int64_t modules = 0;
    bool untied = false; ///< input and output embeddings were one table and are two now
    /// Largest difference between the merged model's logits and those of base and adapter, over a
    /// few short texts.
    double largestDifference = 0;
    double largestLogit = 0; ///< for comparison
};

/// What libassay_engine offers to the programs. Obtained by `loadEngine()`, so that verbs which
/// need no model start without libtorch.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Result<std::shared_ptr<ModelUnderTest>> loadModel(
        const std::filesystem::path& folder, const LoadOptions& options, StopToken stop)
        = 0;
    /// Writes a Hugging Face folder (fp32) of the model with the adapter worked into its weights.
    /// `folder` may be empty: the model that the adapter names.
    virtual Result<MergeReport> merge(const std::filesystem::path& folder,
        const std::filesystem::path& adapter, const std::filesystem::path& out, StopToken stop)
        = 0;
    /// Runs the job folder to its end, or until told otherwise by its control file or `stop` (which
    /// saves a checkpoint first).
    virtual Result<void> runJob(const std::filesystem::path& jobFolder, StopToken stop) = 0;
    /// Answers JSON-RPC on the two descriptors until input ends. Returns the exit status.
    virtual int serve(int inputDescriptor, int outputDescriptor) = 0;
    /// Prints a table of measurements as JSON lines; see `./dev bench`.
    virtual Result<Json> bench(const std::string& what) = 0;
};

/// Loads libassay_engine (once) from beside the program; an error that names the package to install
/// where it is absent.
Result<Engine*> loadEngine();

} // namespace assay
