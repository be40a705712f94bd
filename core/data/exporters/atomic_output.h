#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace assay::exporting {

/// A file that appears under its name only when it is complete. Written in blocks beside the
/// target; removed when it is destroyed before `commit`.
class AtomicOutput {
public:
    static Result<AtomicOutput> create(const std::filesystem::path& path);
    AtomicOutput() = default;
    ~AtomicOutput();
    AtomicOutput(AtomicOutput&& other) noexcept;
    AtomicOutput& operator=(AtomicOutput&& other) noexcept;
    AtomicOutput(const AtomicOutput&) = delete;
    AtomicOutput& operator=(const AtomicOutput&) = delete;

    Result<void> write(std::string_view bytes);
    /// Syncs, renames over the target and syncs the folder.
    Result<void> commit();
    std::int64_t bytes() const { return m_bytes; }
    const std::filesystem::path& path() const { return m_path; }

private:
    Result<void> flush();
    tl::unexpected<Error> failure(int number) const;

    std::filesystem::path m_path;
    std::filesystem::path m_temporary;
    std::string m_buffer;
    std::int64_t m_bytes = 0;
    int m_descriptor = -1;
};

} // namespace assay::exporting
