#include "core/weights/gguf.h"

#include "core/weights/blocks.h"
#include "core/weights/bytes_reader.h"

#include <algorithm>
#include <bit>

namespace assay {

namespace fs = std::filesystem;

namespace {

struct GgmlType {
    int number;
    TensorType type;
    std::string_view name;
};
constexpr GgmlType ggmlTypes[] = {{0, TensorType::F32, "F32"}, {1, TensorType::F16, "F16"},
    {2, TensorType::Q4_0, "Q4_0"}, {3, TensorType::Other, "Q4_1"}, {6, TensorType::Other, "Q5_0"},
    {7, TensorType::Other, "Q5_1"}, {8, TensorType::Q8_0, "Q8_0"}, {9, TensorType::Other, "Q8_1"},
    {10, TensorType::Other, "Q2_K"}, {11, TensorType::Other, "Q3_K"}, {12, TensorType::Q4K, "Q4_K"},
    {13, TensorType::Other, "Q5_K"}, {14, TensorType::Q6K, "Q6_K"}, {15, TensorType::Other, "Q8_K"},
    {24, TensorType::I8, "I8"}, {25, TensorType::I16, "I16"}, {26, TensorType::I32, "I32"},
    {27, TensorType::I64, "I64"}, {28, TensorType::F64, "F64"}, {30, TensorType::Bf16, "BF16"}};

/// Bytes of one value; 0 for texts and arrays.
std::size_t sizeOf(GgufType type) {
    constexpr std::size_t sizes[] = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
    return sizes[std::size_t(type)];
}

/// Walks over a file and says where it is not whole.
struct Reading {
    const fs::path& path;
    BytesReader in;

    tl::unexpected<Error> damaged(const std::string& reason) const {
        return fail(
            "weights.damaged", {{"path", path.string()}, {"format", "GGUF"}, {"reason", reason}});
    }
    tl::unexpected<Error> cut() const { return damaged("it ends too early; it may be cut off"); }

    std::string_view text() { return in.text(in.read<std::uint64_t>()); }

    Result<GgufType> type() {
        const auto number = in.read<std::uint32_t>();
        if (!in.ok())
            return cut();
        if (number > std::uint32_t(GgufType::F64))
            return damaged("a value has the unknown type " + std::to_string(number));
        return GgufType(number);
    }

    Result<GgufValue> value() {
        auto type = this->type();
        if (!type)
            return forward(type);
        GgufValue value;
        value.type = *type;
        if (value.type == GgufType::Array) {
            auto element = this->type();
            if (!element)
                return forward(element);
            if (*element == GgufType::Array)
                return damaged("it holds lists of lists");
            value.array = true;
            value.type = *element;
            value.count = in.read<std::uint64_t>();
        }
        if (value.type == GgufType::Text) {
            const auto whole = in; // what is read again, once its length is known
            for (std::uint64_t i = 0; i < value.count && in.ok(); ++i)
                text();
            if (!in.ok())
                return cut();
            auto again = whole;
            value.bytes = again.take(in.position() - whole.position());
        } else {
            std::uint64_t size = 0;
            if (__builtin_mul_overflow(value.count, sizeOf(value.type), &size))
                return cut();
            value.bytes = in.take(size);
        }
        if (!in.ok())
            return cut();
        return value;
    }
};

struct TensorPlace {
    TensorView view;
    std::uint64_t offset = 0;
};

Result<TensorPlace> readTensorInfo(Reading& file) {
    TensorPlace place;
    TensorView& view = place.view;
    view.name = std::string(file.text());
    const auto dimensions = file.in.read<std::uint32_t>();
    constexpr std::uint32_t most = 8;
    if (!file.in.ok())
        return file.cut();
    if (dimensions > most)
        return file.damaged(view.name + " has " + std::to_string(dimensions) + " dimensions");
    for (std::uint32_t d = 0; d < dimensions; ++d) {
        const auto size = file.in.read<std::uint64_t>();
        if (size > std::uint64_t(INT64_MAX))
            return file.damaged("the shape of " + view.name + " is none");
        view.shape.insert(view.shape.begin(), std::int64_t(size));
    }
    const auto number = file.in.read<std::uint32_t>();
    place.offset = file.in.read<std::uint64_t>();
    if (!file.in.ok())
        return file.cut();
    const auto* type = std::ranges::find(ggmlTypes, int(number), &GgmlType::number);
    if (type == std::end(ggmlTypes)) {
        view.typeName = "type " + std::to_string(number);
    } else {
        view.type = type->type;
        view.typeName = type->name;
    }
    return place;
}

/// The tensor's bytes within the data, checked; those of types that we do not know stay empty.
Result<void> placeTensor(
    Reading& file, TensorPlace& place, std::span<const std::byte> data, std::uint64_t alignment) {
    TensorView& view = place.view;
    const std::int64_t elements = view.elements();
    if (elements < 0)
        return file.damaged("the shape of " + view.name + " is none");
    if (place.offset % alignment != 0)
        return file.damaged(view.name + " does not begin at a multiple of the alignment");
    if (view.type == TensorType::Other)
        return {};
    const BlockLayout blocks = blockLayout(view.type);
    if (blocks.values > 0 && (view.shape.empty() || view.shape.back() % blocks.values != 0))
        return file.damaged("the rows of " + view.name + " do not fill whole blocks");
    const std::int64_t size = storedBytes(view.type, elements);
    if (size < 0 || place.offset > data.size() || std::uint64_t(size) > data.size() - place.offset)
        return file.damaged("the bytes of " + view.name + " lie outside it; it may be cut off");
    view.bytes = data.subspan(std::size_t(place.offset), std::size_t(size));
    return {};
}

Result<void> checkOverlaps(const Reading& file, const std::vector<TensorView>& tensors) {
    std::vector<const TensorView*> order;
    for (const TensorView& tensor : tensors)
        if (!tensor.bytes.empty())
            order.push_back(&tensor);
    std::ranges::sort(order, {}, [](const TensorView* tensor) { return tensor->bytes.data(); });
    for (std::size_t i = 1; i < order.size(); ++i)
        if (order[i - 1]->bytes.data() + order[i - 1]->bytes.size() > order[i]->bytes.data())
            return file.damaged(order[i - 1]->name + " and " + order[i]->name + " overlap");
    return {};
}

template <class T> T scalarAt(const GgufValue& value, std::size_t index) {
    T number{};
    std::memcpy(&number, value.bytes.data() + index * sizeof(T), sizeof(T));
    return number;
}

std::optional<std::int64_t> integerAt(const GgufValue& value, std::size_t index) {
    switch (value.type) {
    case GgufType::U8:
    case GgufType::Bool:
        return scalarAt<std::uint8_t>(value, index);
    case GgufType::I8:
        return scalarAt<std::int8_t>(value, index);
    case GgufType::U16:
        return scalarAt<std::uint16_t>(value, index);
    case GgufType::I16:
        return scalarAt<std::int16_t>(value, index);
    case GgufType::U32:
        return scalarAt<std::uint32_t>(value, index);
    case GgufType::I32:
        return scalarAt<std::int32_t>(value, index);
    case GgufType::U64:
    case GgufType::I64:
        return scalarAt<std::int64_t>(value, index);
    default:
        return std::nullopt;
    }
}

std::optional<double> realAt(const GgufValue& value, std::size_t index) {
    if (value.type == GgufType::F32)
        return double(scalarAt<float>(value, index));
    if (value.type == GgufType::F64)
        return scalarAt<double>(value, index);
    if (const auto whole = integerAt(value, index))
        return double(*whole);
    return std::nullopt;
}

std::string_view textFrom(BytesReader& in) {
    return in.text(in.read<std::uint64_t>());
}

} // namespace

int ggmlTypeNumber(TensorType type) {
    const auto* found = std::ranges::find(ggmlTypes, type, &GgmlType::type);
    return found == std::end(ggmlTypes) || type == TensorType::Other ? -1 : found->number;
}

Result<GgufFile> GgufFile::open(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    GgufFile result;
    result.m_path = path;
    result.m_file = std::make_shared<const MappedFile>(std::move(*mapped));
    const std::span<const std::byte> bytes = result.m_file->bytes();
    Reading file{path, BytesReader(bytes)};
    if (file.in.text(4) != "GGUF")
        return file.damaged("it does not begin with GGUF");
    const auto version = file.in.read<std::uint32_t>();
    const auto tensorCount = file.in.read<std::uint64_t>();
    const auto valueCount = file.in.read<std::uint64_t>();
    if (!file.in.ok())
        return file.cut();
    if (version != 2 && version != 3)
        return fail("weights.gguf_version",
            {{"path", path.string()},
                {"version",
                    version > 0xffff ? std::string("of big-endian numbers")
                                     : "of version " + std::to_string(version)}});
    result.m_version = int(version);
    constexpr std::uint64_t leastValue = 8 + 4 + 1;
    constexpr std::uint64_t leastTensor = 8 + 4 + 4 + 8;
    if (valueCount > bytes.size() / leastValue || tensorCount > bytes.size() / leastTensor)
        return file.damaged("it claims " + std::to_string(tensorCount) + " tensors and "
            + std::to_string(valueCount) + " values in " + std::to_string(bytes.size()) + " bytes");
    for (std::uint64_t i = 0; i < valueCount; ++i) {
        const std::string key(file.text());
        auto value = file.value();
        if (!value)
            return forward(value);
        if (!result.m_values.emplace(key, *value).second)
            return file.damaged("two values have the name " + key);
    }
    std::vector<TensorPlace> places;
    for (std::uint64_t i = 0; i < tensorCount; ++i) {
        auto place = readTensorInfo(file);
        if (!place)
            return forward(place);
        places.push_back(std::move(*place));
    }
    const std::int64_t alignment = result.integer("general.alignment").value_or(32);
    if (alignment < 1 || alignment > (1 << 20) || !std::has_single_bit(std::uint64_t(alignment)))
        return file.damaged("its alignment is " + std::to_string(alignment));
    const std::size_t begin = (file.in.position() + std::size_t(alignment) - 1)
        / std::size_t(alignment) * std::size_t(alignment);
    const std::span<const std::byte> data = bytes.subspan(std::min(begin, bytes.size()));
    for (TensorPlace& place : places) {
        if (auto done = placeTensor(file, place, data, std::uint64_t(alignment)); !done)
            return forward(done);
        result.m_tensors.push_back(std::move(place.view));
    }
    if (auto done = checkOverlaps(file, result.m_tensors); !done)
        return forward(done);
    return result;
}

const GgufValue* GgufFile::find(std::string_view key) const {
    const auto found = m_values.find(key);
    return found == m_values.end() ? nullptr : &found->second;
}

std::optional<std::string_view> GgufFile::text(std::string_view key) const {
    const GgufValue* value = find(key);
    if (!value || value->array || value->type != GgufType::Text)
        return std::nullopt;
    BytesReader in(value->bytes);
    return textFrom(in);
}

std::optional<std::int64_t> GgufFile::integer(std::string_view key) const {
    const GgufValue* value = find(key);
    return value && !value->array ? integerAt(*value, 0) : std::nullopt;
}

std::optional<double> GgufFile::real(std::string_view key) const {
    const GgufValue* value = find(key);
    return value && !value->array ? realAt(*value, 0) : std::nullopt;
}

std::optional<bool> GgufFile::flag(std::string_view key) const {
    const GgufValue* value = find(key);
    if (!value || value->array || value->type != GgufType::Bool)
        return std::nullopt;
    return scalarAt<std::uint8_t>(*value, 0) != 0;
}

std::vector<std::string_view> GgufFile::texts(std::string_view key) const {
    std::vector<std::string_view> list;
    const GgufValue* value = find(key);
    if (!value || !value->array || value->type != GgufType::Text)
        return list;
    BytesReader in(value->bytes);
    for (std::uint64_t i = 0; i < value->count; ++i)
        list.push_back(textFrom(in));
    return list;
}

std::vector<std::int64_t> GgufFile::integers(std::string_view key) const {
    std::vector<std::int64_t> list;
    const GgufValue* value = find(key);
    for (std::uint64_t i = 0; value && value->array && i < value->count; ++i)
        if (const auto number = integerAt(*value, std::size_t(i)))
            list.push_back(*number);
        else
            return {};
    return list;
}

std::vector<double> GgufFile::reals(std::string_view key) const {
    std::vector<double> list;
    const GgufValue* value = find(key);
    for (std::uint64_t i = 0; value && value->array && i < value->count; ++i)
        if (const auto number = realAt(*value, std::size_t(i)))
            list.push_back(*number);
        else
            return {};
    return list;
}

Json GgufFile::summary() const {
    Json json = Json::object();
    constexpr std::size_t most = 1000;
    for (const auto& [key, value] : m_values) {
        if (json.size() >= most)
            break;
        if (value.array)
            json[key] = std::to_string(value.count)
                + (value.type == GgufType::Text ? " strings" : " numbers");
        else if (value.type == GgufType::Text)
            json[key] = std::string(*text(key));
        else if (value.type == GgufType::Bool)
            json[key] = *flag(key);
        else if (value.type == GgufType::F32 || value.type == GgufType::F64)
            json[key] = *realAt(value, 0);
        else
            json[key] = *integerAt(value, 0);
    }
    return json;
}

Result<Weights> openGguf(const fs::path& path) {
    auto file = GgufFile::open(path);
    if (!file)
        return forward(file);
    auto weights = Weights::of(WeightFormat::Gguf, path, file->tensors(), {file->file()});
    if (weights)
        weights->metadata = file->summary();
    return weights;
}

} // namespace assay
