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

bool isProcessAlive(std::int64_t pid) {
    const auto text = readFile("/proc/" + std::to_string(pid) + "/stat");
    if (!text)
        return false;
    // "pid (name) state ..": the name may itself hold brackets.
    const std::size_t end = text->rfind(')');
    if (end == std::string::npos || end + 2 >= text->size())
        return false;
    const char state = (*text)[end + 2];
    return state != 'Z' && state != 'X';
}

std::filesystem::path thisProgram() {
    std::error_code problem;
    const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", problem);
    return problem ? std::filesystem::path() : path;
}

void closeOnExecAbove(int last) {
    if (::close_range(unsigned(last) + 1, ~0U, CLOSE_RANGE_CLOEXEC) != 0) {
        // An older kernel: what is left open does no harm that was not done before.
    }
}

} // namespace assay
