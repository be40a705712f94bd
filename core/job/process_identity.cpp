#include "core/job/process_identity.h"

#include "core/base/file.h"

#include <unistd.h>

namespace assay {

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "unknown";
}

std::string bootId() {
    auto text = readFile("/proc/sys/kernel/random/boot_id");
    if (!text)
        return {};
    while (!text->empty() && text->back() == '\n')
        text->pop_back();
    return *text;
}

} // namespace assay
