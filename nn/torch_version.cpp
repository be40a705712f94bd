#include "nn/torch_version.h"

#include <torch/csrc/api/include/torch/version.h>

namespace assay {

std::string torchVersion() {
    return TORCH_VERSION;
}

} // namespace assay
