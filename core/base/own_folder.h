#pragma once

#include <filesystem>

namespace assay {

/// The folder that libassay_core lies in, links resolved: the product's other libraries stand
/// beside it, in the build tree and once installed. Empty when the system cannot tell.
std::filesystem::path ownFolder();

} // namespace assay
