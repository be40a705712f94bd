#include "tests/support/test_paths.h"

#include <cstdlib>

namespace assay::test {

std::filesystem::path dataFolder() {
    const char* set = std::getenv("ASSAY_TEST_DATA");
    if (set && *set)
        return set;
    return sourceFolder().parent_path() / "shared" / "data";
}

std::filesystem::path goldenFolder() {
    return sourceFolder() / "tests" / "golden";
}
std::filesystem::path sourceFolder() {
    return ASSAY_SOURCE_DIR;
}
std::filesystem::path binaryFolder() {
    return std::filesystem::path(ASSAY_BINARY_DIR) / "bin";
}

} // namespace assay::test
