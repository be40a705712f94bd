#include "tests/fuzz/readers.h"

#include <cstddef>
#include <cstdint>

/// libFuzzer's entry; one program a reader, whose name the build gives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const assay::fuzz::Reader reader = assay::fuzz::ASSAY_FUZZ_FIND(ASSAY_FUZZ_READER);
    reader({reinterpret_cast<const char*>(data), size});
    return 0;
}
