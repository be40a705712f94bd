#pragma once

#include "core/base/file.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// CRC-32C (Castagnoli) and the rotated form in which TFRecord files store it.
std::uint32_t crc32c(std::string_view bytes);
std::uint32_t maskedCrc32c(std::string_view bytes);

/// "events.out.tfevents.<unix seconds>.<host>.<pid>.<attempt>"
std::string tfEventsFileName(
    std::int64_t unixSeconds, const std::string& host, std::int64_t pid, int attempt);

/// Writes a TensorBoard event file: whole records only, each one write.
class TfEventsWriter {
public:
    /// Creates the file with its version record; `wallTime` in unix seconds.
    static Result<TfEventsWriter> create(const std::filesystem::path& path, double wallTime);
    /// One event that holds all the scalars. NaN and infinities are kept as such.
    Result<void> addScalars(double wallTime, std::int64_t step,
        std::span<const std::pair<std::string, double>> scalars);
    Result<void> sync() { return m_file.sync(); }
    const std::filesystem::path& path() const { return m_file.path(); }

private:
    AppendFile m_file;
};

struct TfScalar {
    std::string tag;
    std::int64_t step = 0;
    double wallTime = 0;
    double value = 0;
    bool operator==(const TfScalar&) const = default;
};

/// A text that a program noted, for example its arguments under "args/text_summary".
struct TfText {
    std::string tag;
    std::string text;
};

/// Reads the scalars and texts of an event file that may still grow. Images, histograms and unknown
/// fields are skipped.
class TfEventsReader {
public:
    explicit TfEventsReader(std::filesystem::path path);
    struct Batch {
        std::vector<TfScalar> scalars;
        std::vector<TfText> texts;
        std::int64_t records = 0;
        /// The file had become shorter and was read again from its beginning.
        bool restarted = false;
        /// Bytes of a record that is not whole yet (or was cut by a crash); read when it is
        /// complete.
        std::int64_t pendingBytes = 0;
        /// Why reading ended for good in the middle of the file; what came before is in `scalars`.
        std::optional<Error> problem;
    };
    /// The records since the last call. An error only when the file cannot be read at all.
    Result<Batch> poll();
    /// Byte offset of every record read so far.
    const std::vector<std::int64_t>& recordOffsets() const { return m_offsets; }

private:
    /// Reads the whole records at the front; returns how many bytes they take.
    std::size_t readRecords(std::string_view bytes, Batch& batch);

    std::filesystem::path m_path;
    std::int64_t m_offset = 0;
    bool m_broken = false;
    std::vector<std::int64_t> m_offsets;
};

} // namespace assay
