#pragma once

#include "core/weights/gguf.h"

#include <functional>

namespace assay {

/// Collects what a GGUF file of version 3 holds, then writes it tensor by tensor.
class GgufWriter {
public:
    void add(const std::string& key, std::string_view value);
    void add(const std::string& key, const char* value) { add(key, std::string_view(value)); }
    void add(const std::string& key, std::uint32_t value);
    void add(const std::string& key, float value);
    void add(const std::string& key, bool value);
    void add(const std::string& key, const std::vector<std::string>& values);
    void add(const std::string& key, const std::vector<float>& values);
    void add(const std::string& key, const std::vector<std::int32_t>& values);

    /// A tensor of the given shape (rows first) and a type that has a ggml number; its rows fill
    /// whole blocks. Returns its index.
    std::size_t addTensor(
        const std::string& name, TensorType type, const std::vector<std::int64_t>& shape);
    std::size_t tensorCount() const { return m_tensors.size(); }

    /// Gives the stored bytes of tensor `index`, in the order in which they were added.
    using Producer = std::function<Result<std::string>(std::size_t index)>;
    /// Writes beside the target, syncs and renames.
    Result<void> write(const std::filesystem::path& path, const Producer& bytesOf) const;

private:
    void begin(const std::string& key, GgufType type);
    void beginList(const std::string& key, GgufType type, std::size_t count);

    struct Tensor {
        std::string name;
        TensorType type;
        std::vector<std::int64_t> shape;
        std::int64_t bytes;
    };
    std::string m_values;
    std::uint64_t m_valueCount = 0;
    std::vector<Tensor> m_tensors;
};

} // namespace assay
