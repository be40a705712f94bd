#pragma once

#include "core/base/result.h"
#include "core/text/spm_shim/spm_shim.h"

#include <memory>

namespace assay {

/// The sentencepiece library, loaded once into a link namespace of its own (it exports protobuf
/// symbols that clash with libtorch's). Never unloaded.
Result<const AssaySpmFunctions*> spmLibrary();

struct SpmUnload {
    const AssaySpmFunctions* functions = nullptr;
    void operator()(AssaySpmModel* model) const { functions->unload(model); }
};
using SpmModel = std::unique_ptr<AssaySpmModel, SpmUnload>;

} // namespace assay
