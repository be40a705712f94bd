#pragma once

#include <string>

namespace assay {

/// The libtorch this engine was built with.
std::string torchVersion();

} // namespace assay
