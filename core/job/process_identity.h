#pragma once

#include <cstdint>
#include <string>

namespace assay {

/// The machine's name.
std::string hostName();
/// Changes with every start of the machine, so that a process id of before is not mistaken for a living
/// one; empty where the system has none.
std::string bootId();
/// Whether a process of this machine still runs; one that ended and was not waited for does not.
bool isProcessAlive(std::int64_t pid);

} // namespace assay
