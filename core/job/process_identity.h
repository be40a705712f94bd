#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace assay {

// What is particular to Linux about processes stands in process_identity.cpp.

/// The machine's name.
std::string hostName();
/// Changes with every start of the machine, so that a process id of before is not mistaken for a
/// living one; empty where the system has none.
std::string bootId();
/// Whether a process of this machine still runs; one that ended and was not waited for does not.
bool isProcessAlive(std::int64_t pid);
/// The file of the program that runs; empty when it cannot be told.
std::filesystem::path thisProgram();
/// Marks every descriptor above `last` to be closed when another program is started; may be called
/// between fork and exec.
void closeOnExecAbove(int last);

} // namespace assay
