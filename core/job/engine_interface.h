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
};

/// What libassay_engine offers to the programs. Obtained by `loadEngine()`, so that verbs which
/// need no model start without libtorch.
class Engine {
public:
    virtual ~Engine() = default;
    virtual Result<std::shared_ptr<ModelUnderTest>> loadModel(
        const std::filesystem::path& folder, const LoadOptions& options, StopToken stop)
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
