#include "core/weights/safetensors.h"

#include "core/weights/streamed_file.h"
#include "core/weights/weights.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

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
    {"BF16", TensorType::Bf16, 2}, {"I64", TensorType::I64, 8}, {"F64", TensorType::F64, 8},
    {"I32", TensorType::I32, 4}, {"I16", TensorType::I16, 2}, {"I8", TensorType::I8, 1},
    {"U8", TensorType::U8, 1}, {"BOOL", TensorType::Bool, 1}, {"U64", TensorType::Other, 8},
    {"U32", TensorType::Other, 4}, {"U16", TensorType::Other, 2}, {"F8_E4M3", TensorType::Other, 1},
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

/// A header with 100 MB of short keys must not take minutes: simdjson reads it in linear time, and
/// leaves equal keys to be found.
struct Header {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
};

Result<void> parseHeader(std::string_view text, const fs::path& path, Header& header) {
    simdjson::dom::element root;
    if (header.parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS
        || root.get(header.object) != simdjson::SUCCESS)
        return damaged(path, "its header is not valid JSON");
    return {};
}

/// What an entry says; false where its form is wrong.
struct Entry {
    std::string_view typeName;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};
bool readEntry(simdjson::dom::element element, Entry& entry) {
    simdjson::dom::array shape;
    simdjson::dom::array offsets;
    if (element["dtype"].get(entry.typeName) != simdjson::SUCCESS
        || element["shape"].get(shape) != simdjson::SUCCESS
        || element["data_offsets"].get(offsets) != simdjson::SUCCESS || offsets.size() != 2
        || offsets.at(0).get(entry.begin) != simdjson::SUCCESS
        || offsets.at(1).get(entry.end) != simdjson::SUCCESS)
        return false;
    for (const simdjson::dom::element dimension : shape) {
        std::int64_t size = 0;
        if (dimension.get(size) != simdjson::SUCCESS)
            return false;
        entry.shape.push_back(size);
    }
    return true;
}

Json metadataOf(simdjson::dom::element element) {
    Json metadata = Json::object();
    simdjson::dom::object object;
    if (element.get(object) != simdjson::SUCCESS)
        return metadata;
    constexpr std::size_t most = 1000; // Json finds a key by walking over all of them
    for (const auto& [key, value] : object) {
        std::string_view text;
        if (metadata.size() < most && value.get(text) == simdjson::SUCCESS)
            metadata[std::string(key)] = std::string(text);
    }
    return metadata;
}

} // namespace

Result<SafetensorsFile> SafetensorsFile::open(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    SafetensorsFile file;
    file.m_file = std::make_shared<const MappedFile>(std::move(*mapped));
    file.m_path = path;
    const std::span<const std::byte> bytes = file.m_file->bytes();
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
    Header header;
    if (auto done = parseHeader(text, path, header); !done)
        return forward(done);
    const std::span<const std::byte> data = bytes.subspan(8 + headerLength);

    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    for (const auto& [key, element] : header.object) {
        std::string name(key);
        if (name == "__metadata__") {
            file.m_metadata = metadataOf(element);
            continue;
        }
        Entry entry;
        if (!readEntry(element, entry))
            return damaged(path, "its entry lacks dtype, shape or data_offsets", name);
        const TypeInfo* type = typeNamed(entry.typeName);
        if (!type)
            return damaged(path, "its type " + std::string(entry.typeName) + " is unknown", name);
        if (entry.begin > entry.end || entry.end > data.size())
            return damaged(path,
                "its bytes " + std::to_string(entry.begin) + " to " + std::to_string(entry.end)
                    + " lie outside the file's " + std::to_string(data.size())
                    + " bytes of data; the file may be cut off",
                name);
        const std::int64_t elements = elementCount(entry.shape);
        if (elements < 0 || std::uint64_t(elements) > data.size()
            || std::uint64_t(elements) * std::uint64_t(type->size) != entry.end - entry.begin)
            return damaged(path,
                "its shape does not fit its " + std::to_string(entry.end - entry.begin) + " bytes",
                name);
        ranges.emplace_back(entry.begin, entry.end);
        TensorView view;
        view.name = name;
        view.type = type->type;
        view.typeName = type->name;
        view.shape = std::move(entry.shape);
        view.bytes = data.subspan(entry.begin, entry.end - entry.begin);
        if (!file.m_tensors.emplace(std::move(name), std::move(view)).second)
            return damaged(path, "the tensor is named twice", std::string(key));
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

namespace {

/// The length and the header, padded so that the data starts 8-aligned.
std::string headOf(std::span<const TensorToWrite> tensors) {
    Json header;
    header["__metadata__"] = {{"format", "pt"}};
    std::uint64_t offset = 0;
    for (const TensorToWrite& tensor : tensors) {
        const auto size = std::uint64_t(storedBytes(tensor.type, elementCount(tensor.shape)));
        Json& entry = header[tensor.name];
        entry["dtype"] = std::string(infoOf(tensor.type).name);
        entry["shape"] = tensor.shape;
        entry["data_offsets"] = Json::array({offset, offset + size});
        offset += size;
    }
    std::string head = dumpJson(header);
    head.append((8 - head.size() % 8) % 8, ' ');
    const std::uint64_t length = head.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + head;
}

} // namespace

Result<void> writeSafetensors(const fs::path& path, std::span<const TensorToWrite> tensors) {
    auto file = StreamedFile::create(path);
    if (!file)
        return forward(file);
    Result<void> done = file->append(headOf(tensors));
    for (const TensorToWrite& tensor : tensors)
        if (done)
            done = file->append(
                {reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size()});
    return done ? file->finish() : done;
}

Result<void> writeSafetensors(const fs::path& path, std::span<const TensorToWrite> tensors,
    const std::function<Result<std::string>(std::size_t)>& bytesOf) {
    auto file = StreamedFile::create(path);
    if (!file)
        return forward(file);
    if (auto done = file->append(headOf(tensors)); !done)
        return done;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        auto bytes = bytesOf(i);
        if (!bytes)
            return forward(bytes);
        if (auto done = file->append(*bytes); !done)
            return done;
    }
    return file->finish();
}

Result<Weights> openSafetensors(const fs::path& path) {
    auto file = SafetensorsFile::open(path);
    if (!file)
        return forward(file);
    std::vector<TensorView> tensors;
    for (const auto& [name, tensor] : file->tensors())
        tensors.push_back(tensor);
    auto weights = Weights::of(WeightFormat::Safetensors, path, std::move(tensors), {file->file()});
    if (weights)
        weights->metadata = file->metadata();
    return weights;
}

} // namespace assay
