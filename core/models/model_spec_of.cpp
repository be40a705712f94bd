#include "core/models/model_spec_of.h"

#include "core/base/file.h"
#include "core/base/temporary_folder.h"

namespace assay {

namespace fs = std::filesystem;

Result<ModelSpec> modelSpecOf(const Json& config, const std::string& /*place*/) {
    auto folder = makeTemporaryFolder("assay-config");
    if (!folder)
        return forward(folder);
    Result<ModelSpec> spec = ModelSpec();
    if (auto done = writeFileAtomically(*folder / "config.json", dumpJson(config)); done)
        spec = readModelSpec(*folder);
    else
        spec = fail(done.error());
    std::error_code ignored;
    fs::remove_all(*folder, ignored);
    return spec;
}

} // namespace assay
