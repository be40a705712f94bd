#pragma once

#include "core/job/engine_interface.h"

#include <cstddef>
#include <string>
#include <vector>

namespace assay {

/// What `hello` tells about the engine, and the session's limits.
struct SessionFacts {
    std::string libtorch;
    int threads = 0; ///< 0: as many as the machine has
    std::vector<std::string> devices = {"cpu"};
    /// Bytes of one line, newline included, each way.
    std::size_t lineLimit = 1 << 20;
};

/// Answers the JSON-RPC of docs/protocol.md until `input` ends, then cancels what is running and
/// returns the exit status. When `output` is the standard output, everything else that is written
/// there goes to the standard error from then on.
int runSession(Engine& engine, int input, int output, const SessionFacts& facts = {});

} // namespace assay
