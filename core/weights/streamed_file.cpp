#include "core/weights/streamed_file.h"

namespace assay {

namespace fs = std::filesystem;

Result<StreamedFile> StreamedFile::create(const fs::path& path) {
    StreamedFile result;
    const fs::path temporary = path.string() + ".part";
    std::error_code ignored;
    fs::remove(temporary, ignored);
    auto file = AppendFile::open(temporary);
    if (!file)
        return forward(file);
    result.m_path = path;
    result.m_temporary = temporary;
    result.m_file = std::move(*file);
    return result;
}

StreamedFile::StreamedFile(StreamedFile&& other) noexcept
    : m_path(std::move(other.m_path))
    , m_temporary(std::exchange(other.m_temporary, {}))
    , m_file(std::move(other.m_file)) { }

StreamedFile::~StreamedFile() {
    std::error_code ignored;
    if (!m_temporary.empty())
        fs::remove(m_temporary, ignored);
}

Result<void> StreamedFile::finish() {
    if (auto done = m_file.sync(); !done)
        return done;
    std::error_code problem;
    fs::rename(m_temporary, m_path, problem);
    if (problem)
        return fail("file.write", {{"path", m_path.string()}, {"reason", problem.message()}});
    m_temporary.clear();
    return syncFolder(m_path.parent_path().empty() ? fs::path(".") : m_path.parent_path());
}

} // namespace assay
