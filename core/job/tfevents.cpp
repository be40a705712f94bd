#include "core/job/tfevents.h"

#include "core/job/protobuf_wire.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>

namespace assay {

namespace {

static_assert(std::endian::native == std::endian::little, "records are little-endian");

constexpr std::size_t headerBytes = 12; ///< length and its checksum
constexpr std::size_t footerBytes = 4; ///< the data's checksum
constexpr std::size_t windowBytes = 4 << 20;

constexpr std::array<std::uint32_t, 256> crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) ? 0x82F63B78U : 0U);
        table[i] = value;
    }
    return table;
}();

template <class T> void appendRaw(std::string& target, T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    target.append(bytes, sizeof value);
}

template <class T> T rawAt(std::string_view bytes, std::size_t at) {
    T value;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return value;
}

std::string recordOf(const std::string& data) {
    std::string record;
    record.reserve(headerBytes + data.size() + footerBytes);
    appendRaw(record, std::uint64_t(data.size()));
    const std::uint32_t lengthCrc = maskedCrc32c(record);
    appendRaw(record, lengthCrc);
    record += data;
    appendRaw(record, maskedCrc32c(data));
    return record;
}

/// simple_value is a float; a double beyond its range becomes an infinity of its sign.
float toFloat(double value) {
    if (std::isfinite(value) && std::abs(value) > double(std::numeric_limits<float>::max()))
        return std::copysign(
            std::numeric_limits<float>::infinity(), float(std::signbit(value) ? -1 : 1));
    return float(value);
}

} // namespace

std::uint32_t crc32c(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char byte : bytes)
        crc = (crc >> 8) ^ crcTable[(crc ^ std::uint8_t(byte)) & 0xFFU];
    return ~crc;
}

std::uint32_t maskedCrc32c(std::string_view bytes) {
    return std::rotr(crc32c(bytes), 15) + 0xa282ead8U;
}

std::string tfEventsFileName(
    std::int64_t unixSeconds, const std::string& host, std::int64_t pid, int attempt) {
    return "events.out.tfevents." + std::to_string(unixSeconds) + "." + host + "."
        + std::to_string(pid) + "." + std::to_string(attempt);
}

Result<TfEventsWriter> TfEventsWriter::create(const std::filesystem::path& path, double wallTime) {
    auto file = AppendFile::open(path, 0);
    if (!file)
        return forward(file);
    TfEventsWriter writer;
    writer.m_file = std::move(*file);
    std::string event;
    wire::appendDouble(event, 1, wallTime);
    wire::appendBytes(event, 3, "brain.Event:2");
    if (auto written = writer.m_file.append(recordOf(event)); !written)
        return forward(written);
    return writer;
}

Result<void> TfEventsWriter::addScalars(
    double wallTime, std::int64_t step, std::span<const std::pair<std::string, double>> scalars) {
    std::string summary;
    for (const auto& [tag, value] : scalars) {
        std::string entry;
        wire::appendBytes(entry, 1, tag);
        wire::appendFloat(entry, 2, toFloat(value));
        wire::appendBytes(summary, 1, entry);
    }
    std::string event;
    wire::appendDouble(event, 1, wallTime);
    if (step != 0)
        wire::appendVarint(event, 2, std::uint64_t(step));
    wire::appendBytes(event, 5, summary);
    return m_file.append(recordOf(event));
}

namespace {

/// The tensor's only value, where it is a numeric tensor without dimensions.
/// TensorProto: dtype=1, tensor_shape=2 {dim=2}, tensor_content=4, float_val=5, double_val=6,
/// int_val=7, int64_val=10 (TensorFlow, tensor.proto and types.proto).
std::optional<double> scalarOfTensor(std::string_view tensor) {
    enum { Float = 1, Double = 2, Int32 = 3, Int64 = 9 };
    std::uint64_t type = 0;
    bool hasDimensions = false;
    std::string_view content;
    std::optional<double> listed;
    wire::Reader reader(tensor);
    while (const auto field = reader.next()) {
        std::string_view bytes = field->bytes;
        if (field->number == 1)
            type = field->varint;
        else if (field->number == 2) {
            wire::Reader shape(bytes);
            while (const auto dimension = shape.next())
                hasDimensions = hasDimensions || dimension->number == 2;
        } else if (field->number == 4)
            content = bytes;
        else if (field->number == 5
            && bytes.size() >= sizeof(float)) // packed or not: the same bytes
            listed = rawAt<float>(bytes, 0);
        else if (field->number == 6 && bytes.size() >= sizeof(double))
            listed = rawAt<double>(bytes, 0);
        else if (field->number == 7 || field->number == 10) {
            std::uint64_t value = field->varint;
            if (!bytes.empty() && !wire::readVarint(bytes, value))
                return std::nullopt;
            listed = double(std::int64_t(value));
        }
    }
    if (!reader.ok() || hasDimensions)
        return std::nullopt;
    if (type == Float)
        return content.size() == sizeof(float) ? rawAt<float>(content, 0) : listed;
    if (type == Double)
        return content.size() == sizeof(double) ? rawAt<double>(content, 0) : listed;
    if (type == Int32)
        return content.size() == 4 ? double(rawAt<std::int32_t>(content, 0)) : listed;
    if (type == Int64)
        return content.size() == 8 ? double(rawAt<std::int64_t>(content, 0)) : listed;
    return std::nullopt;
}

/// metadata {plugin_data=1 {plugin_name=1}}
std::string_view pluginName(std::string_view metadata) {
    wire::Reader reader(metadata);
    while (const auto field = reader.next())
        if (field->number == 1) {
            wire::Reader plugin(field->bytes);
            while (const auto inner = plugin.next())
                if (inner->number == 1)
                    return inner->bytes;
        }
    return {};
}

/// The first string of a tensor of strings (dtype 7, string_val=8); empty for any other.
std::string_view textOfTensor(std::string_view tensor) {
    constexpr std::uint64_t stringType = 7;
    std::uint64_t type = 0;
    std::string_view text;
    wire::Reader reader(tensor);
    while (const auto field = reader.next()) {
        if (field->number == 1)
            type = field->varint;
        else if (field->number == 8 && text.empty())
            text = field->bytes;
    }
    return reader.ok() && type == stringType ? text : std::string_view();
}

/// One Summary.Value; none where it is no scalar. False when it is not well formed.
bool readValue(
    std::string_view bytes, std::optional<TfScalar>& scalar, std::vector<TfText>& texts) {
    std::string_view tag;
    std::string_view tensor;
    std::string_view plugin;
    std::optional<double> value;
    wire::Reader reader(bytes);
    while (const auto field = reader.next()) {
        if (field->number == 1)
            tag = field->bytes;
        else if (field->number == 2 && field->bytes.size() == sizeof(float))
            value = rawAt<float>(field->bytes, 0);
        else if (field->number == 8)
            tensor = field->bytes;
        else if (field->number == 9)
            plugin = pluginName(field->bytes);
    }
    if (!value && !tensor.empty() && (plugin.empty() || plugin == "scalars"))
        value = scalarOfTensor(tensor);
    if (value) {
        scalar.emplace();
        scalar->tag = tag;
        scalar->value = *value;
    } else if (plugin == "text") {
        if (const std::string_view text = textOfTensor(tensor); !text.empty())
            texts.push_back({std::string(tag), std::string(text)});
    }
    return reader.ok();
}

bool readEvent(std::string_view event, std::vector<TfScalar>& scalars, std::vector<TfText>& texts) {
    double wallTime = 0;
    std::int64_t step = 0;
    const std::size_t first = scalars.size();
    wire::Reader reader(event);
    while (const auto field = reader.next()) {
        if (field->number == 1 && field->bytes.size() == sizeof(double))
            wallTime = rawAt<double>(field->bytes, 0);
        else if (field->number == 2)
            step = std::int64_t(field->varint);
        else if (field->number == 5) {
            wire::Reader summary(field->bytes);
            while (const auto value = summary.next()) {
                std::optional<TfScalar> scalar;
                if (value->number != 1)
                    continue;
                if (!readValue(value->bytes, scalar, texts))
                    return false;
                if (scalar)
                    scalars.push_back(std::move(*scalar));
            }
            if (!summary.ok())
                return false;
        }
    }
    for (std::size_t i = first; i < scalars.size(); ++i) {
        scalars[i].step = step;
        scalars[i].wallTime = wallTime;
    }
    return reader.ok();
}

} // namespace

TfEventsReader::TfEventsReader(std::filesystem::path path)
    : m_path(std::move(path)) { }

Result<TfEventsReader::Batch> TfEventsReader::poll() {
    Batch batch;
    if (m_broken)
        return batch;
    std::ifstream file(m_path, std::ios::binary);
    if (!file)
        return fail("file.open", {{"path", m_path.string()}, {"reason", errnoText(errno)}});
    file.seekg(0, std::ios::end);
    if (std::int64_t(file.tellg()) < m_offset) {
        batch.restarted = true;
        m_offset = 0;
        m_offsets.clear();
    }
    file.seekg(m_offset);
    std::string window;
    while (!m_broken) {
        const std::size_t held = window.size();
        window.resize(held + windowBytes);
        file.read(window.data() + held, std::streamsize(windowBytes));
        window.resize(held + std::size_t(file.gcount()));
        if (file.bad())
            return fail("file.read", {{"path", m_path.string()}, {"reason", errnoText(errno)}});
        window.erase(0, readRecords(window, batch));
        if (file.eof())
            break;
    }
    batch.pendingBytes = m_broken ? 0 : std::int64_t(window.size());
    return batch;
}

std::size_t TfEventsReader::readRecords(std::string_view bytes, Batch& batch) {
    std::size_t used = 0;
    const auto damaged = [&](const char* reason) {
        m_broken = true;
        batch.problem = Error("tfevents.damaged",
            {{"path", m_path.string()}, {"byte", std::to_string(m_offset)}, {"reason", reason}});
        return used;
    };
    for (;;) {
        const std::string_view rest = bytes.substr(used);
        if (rest.size() < headerBytes)
            return used;
        const auto length = rawAt<std::uint64_t>(rest, 0);
        if (rawAt<std::uint32_t>(rest, 8) != maskedCrc32c(rest.substr(0, 8)))
            return damaged("the checksum of a record's length is wrong");
        if (length > rest.size() - headerBytes || rest.size() - headerBytes - length < footerBytes)
            return used;
        const std::string_view data = rest.substr(headerBytes, length);
        if (rawAt<std::uint32_t>(rest, headerBytes + length) != maskedCrc32c(data))
            return damaged("the checksum of a record is wrong");
        const std::size_t before = batch.scalars.size();
        if (!readEvent(data, batch.scalars, batch.texts)) {
            batch.scalars.resize(before);
            return damaged("a record is not an event");
        }
        m_offsets.push_back(m_offset);
        m_offset += std::int64_t(headerBytes + length + footerBytes);
        used += headerBytes + length + footerBytes;
        ++batch.records;
    }
}

} // namespace assay
