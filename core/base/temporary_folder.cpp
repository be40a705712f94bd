#include "core/base/temporary_folder.h"

#include "core/base/file.h"

#include <cerrno>
#include <cstdlib>

namespace assay {

Result<std::filesystem::path> makeTemporaryFolder(const std::string& prefix) {
    std::error_code problem;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(problem);
    std::string pattern = (parent / (prefix + "-XXXXXX")).string();
    if (problem || !::mkdtemp(pattern.data()))
        return fail("file.write",
            {{"path", parent.string()},
                {"reason", problem ? problem.message() : errnoText(errno)}});
    return std::filesystem::path(pattern);
}

} // namespace assay
