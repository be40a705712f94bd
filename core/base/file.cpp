#include "core/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// Closes on leaving the scope.
struct Descriptor {
    int value = -1;
    ~Descriptor() {
        if (value >= 0)
            ::close(value);
    }
};

tl::unexpected<Error> openFailure(const fs::path& path, int number) {
    if (number == ENOENT)
        return fail("file.missing", {{"path", path.string()}});
    return fail("file.open", {{"path", path.string()}, {"reason", errnoText(number)}});
}

tl::unexpected<Error> writeFailure(const fs::path& path, int number) {
    return fail("file.write", {{"path", path.string()}, {"reason", errnoText(number)}});
}

/// Writes all bytes; errno tells why when it returns false.
bool writeAll(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return false;
        }
        bytes.remove_prefix(std::size_t(written));
    }
    return true;
}

} // namespace

std::string errnoText(int number) {
    char buffer[256];
    // The GNU form returns the text, which may or may not stand in the buffer.
    return strerror_r(number, buffer, sizeof buffer);
}

Result<std::string> readFile(const fs::path& path) {
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.value < 0)
        return openFailure(path, errno);
    struct stat info { };
    if (::fstat(file.value, &info) == 0 && S_ISDIR(info.st_mode))
        return fail("file.read", {{"path", path.string()}, {"reason", "it is a folder"}});
    std::string content;
    char buffer[1 << 16];
    for (;;) {
        const ssize_t count = ::read(file.value, buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail("file.read", {{"path", path.string()}, {"reason", errnoText(errno)}});
        if (count == 0)
            return content;
        content.append(buffer, std::size_t(count));
    }
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view content) {
    const fs::path temporary = path.string() + ".part-" + std::to_string(::getpid());
    {
        Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)};
        if (file.value < 0)
            return writeFailure(path, errno);
        if (!writeAll(file.value, content) || ::fsync(file.value) != 0) {
            const int number = errno;
            ::unlink(temporary.c_str());
            return writeFailure(path, number);
        }
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0) {
        const int number = errno;
        ::unlink(temporary.c_str());
        return writeFailure(path, number);
    }
    return syncFolder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

Result<void> makeFolder(const fs::path& path) {
    std::error_code problem;
    fs::create_directories(path, problem);
    if (problem)
        return fail("file.write", {{"path", path.string()}, {"reason", problem.message()}});
    return {};
}

Result<void> syncFolder(const fs::path& path) {
    Descriptor folder{::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.value < 0)
        return openFailure(path, errno);
    if (::fsync(folder.value) != 0
        && errno != EINVAL) // EINVAL: a file system that cannot sync folders
        return writeFailure(path, errno);
    return {};
}

Result<MappedFile> MappedFile::open(const fs::path& path) {
    Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.value < 0)
        return openFailure(path, errno);
    struct stat info { };
    if (::fstat(file.value, &info) != 0)
        return fail("file.read", {{"path", path.string()}, {"reason", errnoText(errno)}});
    if (!S_ISREG(info.st_mode))
        return fail("file.read", {{"path", path.string()}, {"reason", "it is not a regular file"}});
    MappedFile mapped;
    if (info.st_size == 0)
        return mapped;
    void* data = ::mmap(nullptr, std::size_t(info.st_size), PROT_READ, MAP_PRIVATE, file.value, 0);
    if (data == MAP_FAILED)
        return fail("file.read", {{"path", path.string()}, {"reason", errnoText(errno)}});
    mapped.m_data = static_cast<const std::byte*>(data);
    mapped.m_size = std::size_t(info.st_size);
    return mapped;
}

MappedFile::~MappedFile() {
    if (m_data)
        ::munmap(const_cast<std::byte*>(m_data), m_size);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0)) { }

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

Result<AppendFile> AppendFile::open(const fs::path& path, std::int64_t keepBytes) {
    AppendFile file;
    file.m_path = path;
    file.m_descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (file.m_descriptor < 0)
        return writeFailure(path, errno);
    struct stat info { };
    if (::fstat(file.m_descriptor, &info) != 0)
        return writeFailure(path, errno);
    file.m_size = info.st_size;
    if (keepBytes >= 0 && keepBytes < file.m_size) {
        if (::ftruncate(file.m_descriptor, keepBytes) != 0)
            return writeFailure(path, errno);
        file.m_size = keepBytes;
    }
    return file;
}

AppendFile::~AppendFile() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(other.m_size)
    , m_path(std::move(other.m_path)) { }

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    std::swap(m_path, other.m_path);
    return *this;
}

Result<void> AppendFile::append(std::string_view bytes) {
    if (!writeAll(m_descriptor, bytes)) {
        const int number = errno;
        // A torn line would spoil the file for every later reader: take it back.
        if (::ftruncate(m_descriptor, m_size) != 0) { }
        return writeFailure(m_path, number);
    }
    m_size += std::int64_t(bytes.size());
    return {};
}

Result<void> AppendFile::sync() {
    if (::fdatasync(m_descriptor) != 0)
        return writeFailure(m_path, errno);
    return {};
}

} // namespace assay
