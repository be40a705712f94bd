#include "model/safetensors.h"

#include "nn/simd.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit

struct TypeInfo {
    std::string_view name;
    TensorType type;
    std::int64_t size;
};
constexpr TypeInfo types[] = {{"F32", TensorType::F32, 4}, {"F16", TensorType::F16, 2},
    {"BF16", TensorType::Bf16, 2}, {"I64", TensorType::I64, 8}, {"F64", TensorType::Other, 8},
    {"I32", TensorType::Other, 4}, {"I16", TensorType::Other, 2}, {"I8", TensorType::Other, 1},
    {"U64", TensorType::Other, 8}, {"U32", TensorType::Other, 4}, {"U16", TensorType::Other, 2},
    {"U8", TensorType::Other, 1}, {"BOOL", TensorType::Other, 1}, {"F8_E4M3", TensorType::Other, 1},
    {"F8_E5M2", TensorType::Other, 1}};

const TypeInfo* typeNamed(std::string_view name) {
    const auto* found = std::ranges::find(types, name, &TypeInfo::name);
    return found == std::end(types) ? nullptr : found;
}
const TypeInfo& infoOf(TensorType type) {
    return *std::ranges::find(types, type, &TypeInfo::type);
}

tl::unexpected<Error> damaged(
    const fs::path& path, const std::string& reason, const std::string& place = {}) {
    return fail("safetensors.damaged", {{"path", path.string()}, {"reason", reason}},
        place.empty() ? std::string() : "tensor " + place);
}

/// nlohmann keeps the last of two equal keys; the format forbids them, so they are watched while
/// parsing.
Result<Json> parseHeader(std::string_view text, const fs::path& path) {
    std::set<std::string> names;
    std::string repeated;
    const Json::parser_callback_t watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::key && depth == 1
            && !names.insert(parsed.get<std::string>()).second)
            repeated = parsed.get<std::string>();
        return true;
    };
    try {
        Json header = Json::parse(text, watch);
        if (!repeated.empty())
            return damaged(path, "the tensor is named twice", repeated);
        return header;
    } catch (const Json::exception&) {
        return damaged(path, "its header is not valid JSON");
    }
}

/// Elements of a shape, or -1 when a dimension is negative or the product overflows.
std::int64_t elementsOf(const Json& shape) {
    std::int64_t count = 1;
    for (const Json& dimension : shape) {
        if (!dimension.is_number_unsigned())
            return -1;
        const auto size = dimension.get<std::uint64_t>();
        if (size > (std::uint64_t(1) << 48)
            || __builtin_mul_overflow(count, std::int64_t(size), &count))
            return -1;
    }
    return count;
}

/// The two offsets of an entry whose form is right; false otherwise.
bool readOffsets(const Json& entry, std::uint64_t& begin, std::uint64_t& end) {
    if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string()
        || !entry.contains("shape") || !entry["shape"].is_array()
        || !entry.contains("data_offsets"))
        return false;
    const Json& offsets = entry["data_offsets"];
    if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned()
        || !offsets[1].is_number_unsigned())
        return false;
    begin = offsets[0].get<std::uint64_t>();
    end = offsets[1].get<std::uint64_t>();
    return true;
}

float halfToFloat(std::uint16_t half) {
    const std::uint32_t sign = std::uint32_t(half & 0x8000U) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1fU;
    const std::uint32_t mantissa = half & 0x3ffU;
    if (exponent == 0x1f)
        return std::bit_cast<float>(sign | 0x7f800000U | (mantissa << 13));
    if (exponent != 0)
        return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
    const float small = float(mantissa) * 0x1.0p-24F; // subnormal
    return sign ? -small : small;
}

} // namespace

std::int64_t TensorView::elements() const {
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    return count;
}

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    SafetensorsFile file;
    file.m_file = std::move(*mapped);
    file.m_path = path;
    const std::span<const std::byte> bytes = file.m_file.bytes();
    if (bytes.size() < 8)
        return damaged(
            path, "it ends inside the header (" + std::to_string(bytes.size()) + " bytes)");
    std::uint64_t headerLength = 0;
    std::memcpy(&headerLength, bytes.data(), 8);
    if (headerLength > largestHeader || headerLength > bytes.size() - 8)
        return damaged(path,
            "its header claims " + std::to_string(headerLength) + " bytes, the file has "
                + std::to_string(bytes.size()) + "; it may be cut off");
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + 8, headerLength);
    if (text.empty() || text.front() != '{')
        return damaged(path, "its header does not begin with {");
    auto header = parseHeader(text, path);
    if (!header)
        return forward(header);
    const std::span<const std::byte> data = bytes.subspan(8 + headerLength);

    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto& [name, entry] : header->items()) {
        if (name == "__metadata__")
            continue;
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        if (!readOffsets(entry, begin, end))
            return damaged(path, "its entry lacks dtype, shape or data_offsets", name);
        const TypeInfo* type = typeNamed(entry["dtype"].get<std::string>());
        if (!type)
            return damaged(
                path, "its type " + entry["dtype"].get<std::string>() + " is unknown", name);
        if (begin > end || end > data.size())
            return damaged(path,
                "its bytes " + std::to_string(begin) + " to " + std::to_string(end)
                    + " lie outside the file's " + std::to_string(data.size())
                    + " bytes of data; the file may be cut off",
                name);
        const std::int64_t elements = elementsOf(entry["shape"]);
        if (elements < 0 || std::uint64_t(elements) > data.size()
            || std::uint64_t(elements) * std::uint64_t(type->size) != end - begin)
            return damaged(
                path, "its shape does not fit its " + std::to_string(end - begin) + " bytes", name);
        ranges.emplace_back(begin, end);
        TensorView view;
        view.name = name;
        view.type = type->type;
        view.typeName = type->name;
        view.shape = entry["shape"].get<std::vector<std::int64_t>>();
        view.bytes = data.subspan(begin, end - begin);
        file.m_tensors.emplace(name, std::move(view));
    }
    std::ranges::sort(ranges);
    std::uint64_t covered = 0;
    for (const auto& [begin, end] : ranges) {
        if (begin != covered)
            return damaged(
                path, begin < covered ? "two tensors overlap" : "there is a hole between tensors");
        covered = end;
    }
    if (covered != data.size())
        return damaged(
            path, std::to_string(data.size() - covered) + " bytes follow the last tensor");
    return file;
}

const TensorView* SafetensorsFile::find(const std::string& name) const {
    const auto found = m_tensors.find(name);
    return found == m_tensors.end() ? nullptr : &found->second;
}

bool toFloats(const TensorView& tensor, std::span<float> out) {
    const std::byte* in = tensor.bytes.data();
    switch (tensor.type) {
    case TensorType::F32:
        std::memcpy(out.data(), in, tensor.bytes.size());
        return true;
    case TensorType::F16:
    case TensorType::Bf16:
        for (std::size_t i = 0; i < out.size(); ++i) {
            std::uint16_t bits = 0;
            std::memcpy(&bits, in + 2 * i, 2);
            out[i]
                = tensor.type == TensorType::F16 ? halfToFloat(bits) : nn::toFloat(nn::Bf16{bits});
        }
        return true;
    default:
        return false;
    }
}

Result<void> writeSafetensors(const fs::path& path, std::span<const TensorToWrite> tensors) {
    Json header;
    header["__metadata__"] = {{"format", "pt"}};
    std::uint64_t offset = 0;
    for (const TensorToWrite& tensor : tensors) {
        Json& entry = header[tensor.name];
        entry["dtype"] = std::string(infoOf(tensor.type).name);
        entry["shape"] = tensor.shape;
        entry["data_offsets"] = Json::array({offset, offset + tensor.bytes.size()});
        offset += tensor.bytes.size();
    }
    std::string head = dumpJson(header);
    head.append((8 - head.size() % 8) % 8, ' '); // data starts 8-aligned
    const std::uint64_t headLength = head.size();

    const fs::path temporary = path.string() + ".part";
    std::error_code ignored;
    fs::remove(temporary, ignored);
    auto file = AppendFile::open(temporary);
    if (!file)
        return forward(file);
    const auto append = [&](const void* data, std::size_t size) {
        return file->append({static_cast<const char*>(data), size});
    };
    Result<void> done = append(&headLength, sizeof headLength);
    if (done)
        done = append(head.data(), head.size());
    for (const TensorToWrite& tensor : tensors)
        if (done)
            done = append(tensor.bytes.data(), tensor.bytes.size());
    if (done)
        done = file->sync();
    if (!done) {
        fs::remove(temporary, ignored);
        return done;
    }
    std::error_code problem;
    fs::rename(temporary, path, problem);
    if (problem)
        return fail("file.write", {{"path", path.string()}, {"reason", problem.message()}});
    return syncFolder(path.parent_path());
}

} // namespace assay
