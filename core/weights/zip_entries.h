#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace assay {

/// The members of a zip archive whose members are stored without compression, as PyTorch writes
/// them: views into `bytes`, by name. Compressed members are left out of the map; zip64 is read.
/// `path` names the file in errors.
Result<std::map<std::string, std::span<const std::byte>, std::less<>>> zipEntries(
    std::span<const std::byte> bytes, const std::string& path);

} // namespace assay
