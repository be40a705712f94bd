#pragma once

#include "core/base/result.h"
#include "core/weights/bytes_reader.h"
#include "core/weights/tensor.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::pickle {

enum class Kind { None, Bool, Int, Real, Text, Bytes, List, Tuple, Dict, Global, Storage, Tensor };

/// The few names that a file of tensors may call; each is known here, none is ever run.
enum class Callable { OrderedDict, RebuildTensor, RebuildParameter, Size, Device, StorageType };

using Index = std::uint32_t;

/// One value; lists, tuples and dictionaries name their members by index, so that a value may
/// contain itself without harm.
struct Value {
    Kind kind = Kind::None;
    Callable callable = Callable::OrderedDict;
    TensorType type = TensorType::Other; ///< of a storage or its type
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text; ///< into the file; a storage's key
    std::vector<Index> items; ///< of a dictionary: key, value, key, value
    Index tensor = 0; ///< into Program::tensors
};

/// A tensor as the file describes it: a view of a storage, in elements.
struct StoredTensor {
    Index storage = 0; ///< the storage's value
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
};

/// Reads the opcodes of Python's pickle protocols 0 to 5 (CPython, Lib/pickletools.py) as data:
/// numbers, texts, lists, tuples, dictionaries, and PyTorch's tensors. Anything else, above all any
/// other name that would be looked up or called, is an error that says which. Memory is bounded by
/// the number of values, time by the file.
class Program {
public:
    explicit Program(std::string path)
        : m_path(std::move(path)) { }

    /// Runs to STOP and gives the value on top; the reader then stands behind it. One program may
    /// read several pickles in turn.
    Result<Index> run(BytesReader& in);

    const Value& value(Index index) const { return m_values[index]; }
    const std::vector<StoredTensor>& tensors() const { return m_tensors; }
    /// The member of a dictionary, null where there is none.
    const Value* find(const Value& dictionary, std::string_view key) const;

private:
    struct Failure {
        Error error;
    };
    [[noreturn]] void damaged(const std::string& reason) const;
    [[noreturn]] void refuse(const std::string& name) const;

    void step(std::uint8_t code, BytesReader& in);
    bool pushPlain(std::uint8_t code, BytesReader& in);
    bool collect(std::uint8_t code);
    bool remember(std::uint8_t code, BytesReader& in);
    Index add(Value value);
    void push(Value value) { m_stack.push_back(add(std::move(value))); }
    void pushText(Kind kind, std::string_view text);
    Index pop();
    std::vector<Index> popToMark();
    void appendItems(std::span<const Index> items, Kind kind);
    void global(std::string_view module, std::string_view name);
    void reduce();
    Value rebuildTensor(const Value& arguments);
    void storage();
    std::vector<std::int64_t> integers(Index index) const;
    std::int64_t integer(Index index) const;
    void put(std::uint64_t slot);
    void get(std::uint64_t slot);

    std::string m_path;
    std::vector<Value> m_values;
    std::vector<StoredTensor> m_tensors;
    std::vector<Index> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, Index> m_memo;
    std::size_t m_members = 0;
};

} // namespace assay::pickle
