#include "core/weights/pickle.h"

#include <algorithm>
#include <bit>
#include <charconv>

namespace assay::pickle {

namespace {

constexpr std::size_t mostValues = 2'000'000;
constexpr std::size_t mostMembers = 16'000'000;

struct NamedStorage {
    std::string_view name;
    TensorType type;
};
constexpr NamedStorage storages[]
    = {{"FloatStorage", TensorType::F32}, {"HalfStorage", TensorType::F16},
        {"BFloat16Storage", TensorType::Bf16}, {"DoubleStorage", TensorType::F64},
        {"LongStorage", TensorType::I64}, {"IntStorage", TensorType::I32},
        {"ShortStorage", TensorType::I16}, {"CharStorage", TensorType::I8},
        {"ByteStorage", TensorType::U8}, {"BoolStorage", TensorType::Bool}};

/// torch.float32 and the like, which stand in configurations.
constexpr std::string_view dtypes[] = {"float32", "float16", "bfloat16", "float64", "float", "half",
    "double", "int64", "int32", "int16", "int8", "uint8", "bool", "long", "int"};

std::int64_t decimal(std::string_view text, bool& ok) {
    if (text.ends_with('L'))
        text.remove_suffix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    ok = error == std::errc() && end == text.data() + text.size();
    return value;
}

} // namespace

void Program::damaged(const std::string& reason) const {
    throw Failure{
        Error("weights.damaged", {{"path", m_path}, {"format", "PyTorch"}, {"reason", reason}})};
}

void Program::refuse(const std::string& name) const {
    throw Failure{Error("weights.pickle_refused", {{"path", m_path}, {"name", name}})};
}

Result<Index> Program::run(BytesReader& in) {
    m_stack.clear();
    m_marks.clear();
    m_memo.clear();
    try {
        while (true) {
            const auto code = in.read<std::uint8_t>();
            if (!in.ok())
                damaged("its pickle ends too early");
            if (code == '.')
                return pop();
            step(code, in);
            if (!in.ok())
                damaged("its pickle ends too early");
        }
    } catch (const Failure& failure) {
        return fail(failure.error);
    }
}

Index Program::add(Value value) {
    if (m_values.size() >= mostValues)
        damaged("it holds more than " + std::to_string(mostValues) + " values");
    m_values.push_back(std::move(value));
    return Index(m_values.size() - 1);
}

void Program::pushText(Kind kind, std::string_view text) {
    Value value;
    value.kind = kind;
    value.text = text;
    push(std::move(value));
}

Index Program::pop() {
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
        damaged("its pickle takes what is not there");
    const Index index = m_stack.back();
    m_stack.pop_back();
    return index;
}

std::vector<Index> Program::popToMark() {
    if (m_marks.empty())
        damaged("its pickle takes what is not there");
    std::vector<Index> items(m_stack.begin() + std::ptrdiff_t(m_marks.back()), m_stack.end());
    m_stack.resize(m_marks.back());
    m_marks.pop_back();
    return items;
}

void Program::step(std::uint8_t code, BytesReader& in) {
    if (std::max({m_stack.size(), m_marks.size(), m_memo.size()}) > mostValues)
        damaged("it holds more than " + std::to_string(mostValues) + " values");
    if (pushPlain(code, in) || collect(code) || remember(code, in))
        return;
    switch (code) {
    case 0x80: // PROTO
        in.take(1);
        return;
    case 0x95: // FRAME
        in.take(8);
        return;
    case '(':
        m_marks.push_back(m_stack.size());
        return;
    case '0':
        pop();
        return;
    case '1':
        popToMark();
        return;
    case '2':
        m_stack.push_back(pop());
        m_stack.push_back(m_stack.back());
        return;
    case 'c': {
        const std::string_view module = in.line();
        const std::string_view name = in.line();
        if (in.ok())
            global(module, name);
        return;
    }
    case 0x93: { // STACK_GLOBAL
        const Value& name = m_values[pop()];
        const Value& module = m_values[pop()];
        if (name.kind != Kind::Text || module.kind != Kind::Text)
            damaged("a name in its pickle is no text");
        global(std::string_view(module.text), std::string_view(name.text));
        return;
    }
    case 'R':
    case 0x81: // NEWOBJ
        reduce();
        return;
    case 'b': { // BUILD: only what OrderedDict carries along, which says nothing of the weights
        pop();
        const Index target = pop();
        if (m_values[target].kind != Kind::Dict)
            refuse("an object with a state of its own");
        m_stack.push_back(target);
        return;
    }
    case 'Q':
        storage();
        return;
    default:
        refuse("pickle's operation " + std::to_string(code));
    }
}

bool Program::pushPlain(std::uint8_t code, BytesReader& in) {
    const auto pushInteger = [this](std::int64_t number, Kind kind = Kind::Int) {
        Value value;
        value.kind = kind;
        value.integer = number;
        push(std::move(value));
    };
    const auto longInteger = [&](std::uint64_t size) {
        const std::string_view bytes = in.text(size);
        if (bytes.size() > 8 || !in.ok()) { // PyTorch's magic number is the only long one
            pushText(Kind::Bytes, bytes);
            return;
        }
        std::uint64_t number = bytes.empty() || (bytes.back() & 0x80) == 0 ? 0 : ~std::uint64_t(0);
        for (std::size_t i = bytes.size(); i-- > 0;)
            number = number << 8 | std::uint8_t(bytes[i]);
        pushInteger(std::int64_t(number));
    };
    switch (code) {
    case 'N':
        push({});
        return true;
    case 0x88:
    case 0x89:
        pushInteger(code == 0x88, Kind::Bool);
        return true;
    case 'K':
        pushInteger(in.read<std::uint8_t>());
        return true;
    case 'M':
        pushInteger(in.read<std::uint16_t>());
        return true;
    case 'J':
        pushInteger(in.read<std::int32_t>());
        return true;
    case 'I':
    case 'L': {
        const std::string_view line = in.line();
        bool ok = false;
        const std::int64_t number = decimal(line, ok);
        if (!ok)
            damaged("a number in its pickle is none");
        pushInteger(
            number, code == 'I' && line.size() == 2 && line[0] == '0' ? Kind::Bool : Kind::Int);
        return true;
    }
    case 0x8a:
        longInteger(in.read<std::uint8_t>());
        return true;
    case 0x8b:
        longInteger(in.read<std::uint32_t>());
        return true;
    case 'F':
    case 'G': {
        Value value;
        value.kind = Kind::Real;
        if (code == 'G') {
            value.real = std::bit_cast<double>(__builtin_bswap64(in.read<std::uint64_t>()));
        } else {
            const std::string_view line = in.line();
            std::from_chars(line.data(), line.data() + line.size(), value.real);
        }
        push(std::move(value));
        return true;
    }
    case 'V':
    case 'S': {
        std::string_view line = in.line();
        if (code == 'S' && line.size() >= 2)
            line = line.substr(1, line.size() - 2);
        pushText(Kind::Text, line);
        return true;
    }
    case 0x8c:
    case 'U':
        pushText(Kind::Text, in.text(in.read<std::uint8_t>()));
        return true;
    case 'X':
    case 'T':
        pushText(Kind::Text, in.text(in.read<std::uint32_t>()));
        return true;
    case 0x8d:
        pushText(Kind::Text, in.text(in.read<std::uint64_t>()));
        return true;
    case 'C':
        pushText(Kind::Bytes, in.text(in.read<std::uint8_t>()));
        return true;
    case 'B':
        pushText(Kind::Bytes, in.text(in.read<std::uint32_t>()));
        return true;
    case 0x8e:
        pushText(Kind::Bytes, in.text(in.read<std::uint64_t>()));
        return true;
    default:
        return false;
    }
}

void Program::appendItems(std::span<const Index> items, Kind kind) {
    if (m_stack.empty() || m_values[m_stack.back()].kind != kind)
        damaged("its pickle adds to what is no container");
    if (kind == Kind::Dict && items.size() % 2 != 0)
        damaged("a key in its pickle has no value");
    m_members += items.size();
    if (m_members > mostMembers)
        damaged("it holds more than " + std::to_string(mostMembers) + " members");
    auto& target = m_values[m_stack.back()].items;
    target.insert(target.end(), items.begin(), items.end());
}

bool Program::collect(std::uint8_t code) {
    const auto container = [this](Kind kind, std::vector<Index> items) {
        Value value;
        value.kind = kind;
        push(std::move(value));
        appendItems(items, kind);
    };
    const auto last = [this](std::size_t count) {
        std::vector<Index> items(count);
        for (std::size_t i = count; i-- > 0;)
            items[i] = pop();
        return items;
    };
    switch (code) {
    case ')':
        container(Kind::Tuple, {});
        return true;
    case 0x85:
    case 0x86:
    case 0x87:
        container(Kind::Tuple, last(std::size_t(code - 0x84)));
        return true;
    case 't':
        container(Kind::Tuple, popToMark());
        return true;
    case ']':
    case 0x8f: // EMPTY_SET
        container(Kind::List, {});
        return true;
    case 'l':
        container(Kind::List, popToMark());
        return true;
    case '}':
        container(Kind::Dict, {});
        return true;
    case 'd':
        container(Kind::Dict, popToMark());
        return true;
    case 'a':
        appendItems(last(1), Kind::List);
        return true;
    case 'e':
    case 0x90: // ADDITEMS
        appendItems(popToMark(), Kind::List);
        return true;
    case 's':
        appendItems(last(2), Kind::Dict);
        return true;
    case 'u':
        appendItems(popToMark(), Kind::Dict);
        return true;
    default:
        return false;
    }
}

void Program::put(std::uint64_t slot) {
    if (m_stack.empty())
        damaged("its pickle takes what is not there");
    m_memo[slot] = m_stack.back();
}

void Program::get(std::uint64_t slot) {
    const auto found = m_memo.find(slot);
    if (found == m_memo.end())
        damaged("its pickle names a value that it does not hold");
    m_stack.push_back(found->second);
}

bool Program::remember(std::uint8_t code, BytesReader& in) {
    const auto slotOfLine = [&] {
        bool ok = false;
        const std::int64_t slot = decimal(in.line(), ok);
        if (!ok || slot < 0)
            damaged("a number in its pickle is none");
        return std::uint64_t(slot);
    };
    switch (code) {
    case 'q':
        put(in.read<std::uint8_t>());
        return true;
    case 'r':
        put(in.read<std::uint32_t>());
        return true;
    case 'p':
        put(slotOfLine());
        return true;
    case 0x94: // MEMOIZE
        put(m_memo.size());
        return true;
    case 'h':
        get(in.read<std::uint8_t>());
        return true;
    case 'j':
        get(in.read<std::uint32_t>());
        return true;
    case 'g':
        get(slotOfLine());
        return true;
    default:
        return false;
    }
}

void Program::global(std::string_view module, std::string_view name) {
    Value value;
    value.kind = Kind::Global;
    if (module == "collections" && name == "OrderedDict") {
        value.callable = Callable::OrderedDict;
    } else if (module == "torch._utils"
        && (name == "_rebuild_tensor_v2" || name == "_rebuild_tensor")) {
        value.callable = Callable::RebuildTensor;
    } else if (module == "torch._utils" && name == "_rebuild_parameter") {
        value.callable = Callable::RebuildParameter;
    } else if (module == "torch" && name == "Size") {
        value.callable = Callable::Size;
    } else if (module == "torch" && name == "device") {
        value.callable = Callable::Device;
    } else if (module == "torch" && std::ranges::find(dtypes, name) != std::end(dtypes)) {
        value.kind = Kind::Text;
        value.text = name;
    } else if (const auto* found = std::ranges::find(storages, name, &NamedStorage::name);
               module == "torch" && found != std::end(storages)) {
        value.callable = Callable::StorageType;
        value.type = found->type;
    } else {
        refuse(std::string(module) + "." + std::string(name));
    }
    push(std::move(value));
}

void Program::reduce() {
    const Value arguments = m_values[pop()];
    const Value called = m_values[pop()];
    if (arguments.kind != Kind::Tuple || called.kind != Kind::Global)
        refuse("a call of something that is no name");
    Value result;
    switch (called.callable) {
    case Callable::OrderedDict:
        if (!arguments.items.empty())
            refuse("an OrderedDict made of something");
        result.kind = Kind::Dict;
        break;
    case Callable::RebuildTensor:
        result = rebuildTensor(arguments);
        break;
    case Callable::RebuildParameter:
        if (arguments.items.empty() || m_values[arguments.items[0]].kind != Kind::Tensor)
            damaged("a parameter in its pickle is no tensor");
        m_stack.push_back(arguments.items[0]);
        return;
    case Callable::Size:
        if (arguments.items.size() != 1)
            damaged("a shape in its pickle is none");
        m_stack.push_back(arguments.items[0]);
        return;
    case Callable::Device:
        result.kind = Kind::Text;
        if (!arguments.items.empty())
            result.text = m_values[arguments.items[0]].text;
        break;
    case Callable::StorageType:
        refuse("a storage with its bytes inside the pickle");
    }
    push(std::move(result));
}

std::int64_t Program::integer(Index index) const {
    if (m_values[index].kind != Kind::Int)
        damaged("a number of a tensor is none");
    return m_values[index].integer;
}

std::vector<std::int64_t> Program::integers(Index index) const {
    const Value& tuple = m_values[index];
    constexpr std::size_t mostDimensions = 64;
    if ((tuple.kind != Kind::Tuple && tuple.kind != Kind::List)
        || tuple.items.size() > mostDimensions)
        damaged("the shape of a tensor is none");
    std::vector<std::int64_t> numbers;
    for (const Index item : tuple.items)
        numbers.push_back(integer(item));
    return numbers;
}

Value Program::rebuildTensor(const Value& arguments) {
    if (arguments.items.size() < 4 || m_values[arguments.items[0]].kind != Kind::Storage)
        damaged("a tensor in its pickle has no storage");
    StoredTensor tensor;
    tensor.storage = arguments.items[0];
    tensor.offset = integer(arguments.items[1]);
    tensor.shape = integers(arguments.items[2]);
    tensor.strides = integers(arguments.items[3]);
    if (tensor.shape.size() != tensor.strides.size() || tensor.offset < 0)
        damaged("the shape of a tensor is none");
    m_tensors.push_back(std::move(tensor));
    Value value;
    value.kind = Kind::Tensor;
    value.tensor = Index(m_tensors.size() - 1);
    return value;
}

/// ('storage', type, key, place, elements[, view]): the tuple that PyTorch writes for the bytes of
/// a tensor.
void Program::storage() {
    const Value tuple = m_values[pop()];
    if (tuple.kind != Kind::Tuple || tuple.items.size() < 5
        || m_values[tuple.items[0]].text != "storage")
        damaged("a storage in its pickle is none");
    const Value& type = m_values[tuple.items[1]];
    const Value& key = m_values[tuple.items[2]];
    if (type.kind != Kind::Global || type.callable != Callable::StorageType
        || key.kind != Kind::Text)
        damaged("a storage in its pickle is none");
    if (tuple.items.size() > 5 && m_values[tuple.items[5]].kind != Kind::None)
        refuse("a view of a storage in the format of 2016");
    Value value;
    value.kind = Kind::Storage;
    value.type = type.type;
    value.text = key.text;
    value.integer = integer(tuple.items[4]);
    if (value.integer < 0)
        damaged("a storage has less than no elements");
    push(std::move(value));
}

const Value* Program::find(const Value& dictionary, std::string_view key) const {
    for (std::size_t i = 0; dictionary.kind == Kind::Dict && i + 1 < dictionary.items.size();
         i += 2)
        if (const Value& name = m_values[dictionary.items[i]];
            name.kind == Kind::Text && name.text == key)
            return &m_values[dictionary.items[i + 1]];
    return nullptr;
}

} // namespace assay::pickle
