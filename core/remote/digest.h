#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace assay {

enum class DigestKind { Sha1, Sha256 };

/// A cryptographic checksum, fed piece by piece (OpenSSL's).
class Digest {
public:
    explicit Digest(DigestKind kind);
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;
    void add(std::string_view bytes);
    /// Lower-case hexadecimal; once.
    std::string hex();

private:
    void* m_context;
};

/// Of a file's bytes behind `prefix`; git's name of a file is the SHA-1 with the prefix "blob
/// <size>\0".
Result<std::string> digestOfFile(const std::filesystem::path& path, DigestKind kind,
    std::string_view prefix, const ProgressFunction& progress, StopToken stop);

} // namespace assay
