#include "core/weights/gguf_writer.h"

#include "core/weights/streamed_file.h"

namespace assay {

namespace {

constexpr std::uint64_t alignment = 32; // GGUF's default

template <class T> void append(std::string& target, T value) {
    target.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void appendText(std::string& target, std::string_view text) {
    append(target, std::uint64_t(text.size()));
    target += text;
}

std::string padding(std::uint64_t size) {
    return std::string(std::size_t((alignment - size % alignment) % alignment), '\0');
}

} // namespace

void GgufWriter::begin(const std::string& key, GgufType type) {
    appendText(m_values, key);
    append(m_values, std::uint32_t(type));
    ++m_valueCount;
}

void GgufWriter::beginList(const std::string& key, GgufType type, std::size_t count) {
    begin(key, GgufType::Array);
    append(m_values, std::uint32_t(type));
    append(m_values, std::uint64_t(count));
}

void GgufWriter::add(const std::string& key, std::string_view value) {
    begin(key, GgufType::Text);
    appendText(m_values, value);
}

void GgufWriter::add(const std::string& key, std::uint32_t value) {
    begin(key, GgufType::U32);
    append(m_values, value);
}

void GgufWriter::add(const std::string& key, float value) {
    begin(key, GgufType::F32);
    append(m_values, value);
}

void GgufWriter::add(const std::string& key, bool value) {
    begin(key, GgufType::Bool);
    append(m_values, std::uint8_t(value));
}

void GgufWriter::add(const std::string& key, const std::vector<std::string>& values) {
    beginList(key, GgufType::Text, values.size());
    for (const std::string& value : values)
        appendText(m_values, value);
}

void GgufWriter::add(const std::string& key, const std::vector<float>& values) {
    beginList(key, GgufType::F32, values.size());
    for (const float value : values)
        append(m_values, value);
}

void GgufWriter::add(const std::string& key, const std::vector<std::int32_t>& values) {
    beginList(key, GgufType::I32, values.size());
    for (const std::int32_t value : values)
        append(m_values, value);
}

std::size_t GgufWriter::addTensor(
    const std::string& name, TensorType type, const std::vector<std::int64_t>& shape) {
    m_tensors.push_back({name, type, shape, storedBytes(type, elementCount(shape))});
    return m_tensors.size() - 1;
}

Result<void> GgufWriter::write(const std::filesystem::path& path, const Producer& bytesOf) const {
    std::string head = "GGUF";
    append(head, std::uint32_t(3));
    append(head, std::uint64_t(m_tensors.size()));
    append(head, m_valueCount);
    head += m_values;
    std::uint64_t offset = 0;
    for (const Tensor& tensor : m_tensors) {
        appendText(head, tensor.name);
        append(head, std::uint32_t(tensor.shape.size()));
        for (std::size_t d = tensor.shape.size(); d-- > 0;)
            append(head, std::uint64_t(tensor.shape[d]));
        append(head, std::uint32_t(ggmlTypeNumber(tensor.type)));
        append(head, offset);
        offset += std::uint64_t(tensor.bytes);
        offset += padding(offset).size();
    }
    head += padding(head.size());
    auto file = StreamedFile::create(path);
    if (!file)
        return forward(file);
    if (auto done = file->append(head); !done)
        return done;
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        auto bytes = bytesOf(i);
        if (!bytes)
            return forward(bytes);
        *bytes += padding(bytes->size());
        if (auto done = file->append(*bytes); !done)
            return done;
    }
    return file->finish();
}

} // namespace assay
