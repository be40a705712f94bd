#include "core/base/temporary_folder.h"

#include "core/base/file.h"

#include <cctype>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// "PREFIX-NAMESPACE-PID-XXXXXX": the number of the process means something only within its
/// namespace of processes (containers may share the folder).
std::string ownStem(const std::string& prefix) {
    std::error_code ignored;
    std::string space = fs::read_symlink("/proc/self/ns/pid", ignored).string(); // "pid:[1234]"
    std::erase_if(space, [](unsigned char c) { return !std::isdigit(c); });
    return prefix + "-" + (space.empty() ? "0" : space) + "-";
}

bool isAlive(pid_t pid) {
    return ::kill(pid, 0) == 0 || errno != ESRCH;
}

void removeLeftovers(const fs::path& parent, const std::string& stem) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(stem))
            continue;
        pid_t pid = 0;
        const char* const end = name.data() + name.size();
        const auto read = std::from_chars(name.data() + stem.size(), end, pid);
        struct ::stat status { };
        const bool isOurs = ::lstat(entry.path().c_str(), &status) == 0 && S_ISDIR(status.st_mode)
            && status.st_uid == ::geteuid();
        if (read.ec == std::errc() && read.ptr != end && *read.ptr == '-' && pid > 0 && isOurs
            && !isAlive(pid))
            fs::remove_all(entry.path(), ignored);
    }
}

} // namespace

Result<std::filesystem::path> makeTemporaryFolder(const std::string& prefix) {
    std::error_code problem;
    const fs::path parent = fs::temp_directory_path(problem);
    const std::string stem = ownStem(prefix);
    if (!problem)
        removeLeftovers(parent, stem);
    std::string pattern = (parent / (stem + std::to_string(::getpid()) + "-XXXXXX")).string();
    if (problem || !::mkdtemp(pattern.data()))
        return fail("file.write",
            {{"path", parent.string()},
                {"reason", problem ? problem.message() : errnoText(errno)}});
    return std::filesystem::path(pattern);
}

} // namespace assay
