#include "app/assay-cli/thread_policy.h"

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace assay {

void waitPassively(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT"))
        return;
    std::error_code problem;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", problem);
    if (!problem && ::setenv("OMP_WAIT_POLICY", "passive", 0) == 0)
        ::execv(program.c_str(), argv); // returns only where it failed: then threads spin, and all else works
}

} // namespace assay
