#include "core/weights/pickle.h"
#include "core/weights/weights.h"
#include "core/weights/zip_entries.h"

#include <algorithm>
#include <array>

namespace assay {

namespace fs = std::filesystem;

namespace {

using pickle::Index;
using pickle::Kind;
using pickle::Program;
using pickle::Value;

// 0x1950a86a20f9469cfc6c, little-endian: what torch.save wrote first before it wrote zip files.
constexpr std::string_view magic = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

tl::unexpected<Error> damaged(const fs::path& path, const std::string& reason) {
    return fail(
        "weights.damaged", {{"path", path.string()}, {"format", "PyTorch"}, {"reason", reason}});
}

using Storages = std::map<std::string, std::span<const std::byte>, std::less<>>;

/// Turns the values of a pickle into named tensors and plain data.
class Collector {
public:
    Collector(const fs::path& path, const Program& program, const Storages& storages)
        : m_path(path)
        , m_program(program)
        , m_storages(storages) { }

    Result<void> collect(Index root) {
        const Value& top = m_program.value(root);
        if (top.kind != Kind::Dict)
            return fail("weights.pickle_refused",
                {{"path", m_path.string()}, {"name", "something else than a dictionary"}});
        metadata = Json::object();
        const Value* model = modelPart(top);
        if (model != &top)
            for (std::size_t i = 0; i + 1 < top.items.size(); i += 2)
                if (&m_program.value(top.items[i + 1]) != model)
                    addPlain(metadata, keyText(m_program.value(top.items[i])),
                        m_program.value(top.items[i + 1]), 0);
        if (auto done = addTensors(*model, "", 0); !done)
            return done;
        stripWrappers();
        return {};
    }

    std::vector<TensorView> tensors;
    Json metadata;

private:
    static std::string keyText(const Value& key) {
        return key.kind == Kind::Int ? std::to_string(key.integer) : std::string(key.text);
    }

    /// Checkpoints keep the model beside the optimizer's state, under one of these names.
    const Value* modelPart(const Value& top) const {
        for (const char* name : {"model", "state_dict", "model_state_dict", "module", "weights"})
            if (const Value* part = m_program.find(top, name);
                part && part->kind == Kind::Dict && holdsTensors(*part))
                return part;
        return &top;
    }

    bool holdsTensors(const Value& dictionary) const {
        for (std::size_t i = 1; i < dictionary.items.size(); i += 2)
            if (m_program.value(dictionary.items[i]).kind == Kind::Tensor)
                return true;
        return false;
    }

    Result<void> addTensors(const Value& value, const std::string& name, int depth) {
        constexpr int deepest = 16;
        constexpr std::size_t mostVisits = 1'000'000;
        constexpr std::size_t longestName = 1024;
        if (depth > deepest || ++m_visits > mostVisits || name.size() > longestName)
            return damaged(m_path, "its containers are nested without end");
        if (value.kind == Kind::Tensor)
            return addTensor(value, name);
        if (value.kind == Kind::Dict || value.kind == Kind::List || value.kind == Kind::Tuple) {
            const std::size_t step = value.kind == Kind::Dict ? 2 : 1;
            for (std::size_t i = 0; i + step <= value.items.size(); i += step) {
                const std::string key
                    = step == 2 ? keyText(m_program.value(value.items[i])) : std::to_string(i);
                if (auto done = addTensors(m_program.value(value.items[i + step - 1]),
                        name.empty() ? key : name + "." + key, depth + 1);
                    !done)
                    return done;
            }
        } else if (name.find('.') == std::string::npos) {
            addPlain(metadata, name, value, 0);
        }
        return {};
    }

    Result<void> addTensor(const Value& value, const std::string& name) {
        const pickle::StoredTensor& stored = m_program.tensors()[value.tensor];
        const Value& storage = m_program.value(stored.storage);
        const auto found = m_storages.find(storage.text);
        const std::int64_t size = elementSize(storage.type);
        if (found == m_storages.end())
            return damaged(m_path,
                "the bytes of " + name + " (" + std::string(storage.text) + ") are missing");
        const std::int64_t held = std::int64_t(found->second.size()) / size;
        if (storage.integer > held)
            return damaged(m_path, "the bytes of " + name + " are cut off");
        TensorView view;
        view.name = name;
        view.type = storage.type;
        view.typeName = tensorTypeName(storage.type);
        view.shape = stored.shape;
        const std::int64_t elements = elementCount(view.shape);
        std::int64_t last = stored.offset; // the highest element that is read
        for (std::size_t d = 0; d < view.shape.size(); ++d) {
            std::int64_t reach = 0;
            if (stored.strides[d] < 0
                || __builtin_mul_overflow(
                    std::max<std::int64_t>(view.shape[d] - 1, 0), stored.strides[d], &reach)
                || __builtin_add_overflow(last, reach, &last))
                return damaged(m_path, "the shape of " + name + " is none");
        }
        // An expanded tensor could claim any number of elements for a few bytes.
        if (elements < 0 || elements > held || (elements > 0 && last >= held)
            || stored.offset > held)
            return damaged(m_path, "the shape of " + name + " does not fit its bytes");
        if (!isContiguous(stored))
            view.strides = stored.strides;
        view.bytes = found->second.subspan(std::size_t(stored.offset * size));
        if (view.strides.empty())
            view.bytes = view.bytes.first(std::size_t(elements * size));
        tensors.push_back(std::move(view));
        return {};
    }

    static bool isContiguous(const pickle::StoredTensor& tensor) {
        std::int64_t expected = 1;
        for (std::size_t d = tensor.shape.size(); d-- > 0;) {
            if (tensor.shape[d] > 1 && tensor.strides[d] != expected)
                return false;
            expected *= std::max<std::int64_t>(tensor.shape[d], 1);
        }
        return true;
    }

    /// Numbers and texts of a configuration; what is long or deep is left out, for these are only
    /// shown and read for a model's shape.
    void addPlain(Json& target, const std::string& name, const Value& value, int depth) {
        constexpr int most = 1000;
        constexpr std::size_t longest = 4096;
        if (depth > 4 || m_plain >= most || name.size() > longest)
            return;
        ++m_plain;
        switch (value.kind) {
        case Kind::Bool:
            target[name] = value.integer != 0;
            break;
        case Kind::Int:
            target[name] = value.integer;
            break;
        case Kind::Real:
            target[name] = value.real;
            break;
        case Kind::Text:
            if (value.text.size() <= longest)
                target[name] = std::string(value.text);
            break;
        case Kind::Dict: {
            Json inner = Json::object();
            for (std::size_t i = 0; i + 1 < value.items.size() && m_plain < most; i += 2)
                addPlain(inner, keyText(m_program.value(value.items[i])),
                    m_program.value(value.items[i + 1]), depth + 1);
            target[name] = std::move(inner);
            break;
        }
        default:
            break;
        }
    }

    /// What torch.compile and data-parallel training put in front of every name.
    void stripWrappers() {
        for (const std::string_view prefix : {"_orig_mod.", "module.", "_orig_mod."})
            if (!tensors.empty() && std::ranges::all_of(tensors, [&](const TensorView& tensor) {
                    return tensor.name.starts_with(prefix);
                }))
                for (TensorView& tensor : tensors)
                    tensor.name.erase(0, prefix.size());
    }

    const fs::path& m_path;
    const Program& m_program;
    const Storages& m_storages;
    std::size_t m_visits = 0;
    int m_plain = 0;
};

Result<Weights> collected(const fs::path& path, const Program& program, Index root,
    const Storages& storages, std::shared_ptr<const MappedFile> file) {
    Collector collector(path, program, storages);
    if (auto done = collector.collect(root); !done)
        return forward(done);
    auto weights
        = Weights::of(WeightFormat::Pickle, path, std::move(collector.tensors), {std::move(file)});
    if (weights)
        weights->metadata = std::move(collector.metadata);
    return weights;
}

Result<Weights> openZip(const fs::path& path, std::shared_ptr<const MappedFile> file) {
    auto entries = zipEntries(file->bytes(), path.string());
    if (!entries)
        return forward(entries);
    const auto data = std::ranges::find_if(*entries, [](const auto& entry) {
        const std::string& name = entry.first;
        return name.ends_with("/data.pkl") && std::ranges::count(name, '/') == 1;
    });
    if (data == entries->end())
        return fail("weights.pickle_refused",
            {{"path", path.string()},
                {"name",
                    entries->empty() ? "a compressed archive" : "an archive without data.pkl"}});
    const std::string root = data->first.substr(0, data->first.find('/') + 1);
    if (entries->contains(root + "constants.pkl"))
        return fail(
            "weights.pickle_refused", {{"path", path.string()}, {"name", "a TorchScript program"}});
    if (const auto order = entries->find(root + "byteorder"); order != entries->end()
        && order->second.size() >= 3 && std::to_integer<char>(order->second[0]) == 'b')
        return fail(
            "weights.pickle_refused", {{"path", path.string()}, {"name", "big-endian numbers"}});
    Storages storages;
    for (const auto& [name, bytes] : *entries)
        if (name.starts_with(root + "data/"))
            storages.emplace(name.substr(root.size() + 5), bytes);
    Program program(path.string());
    BytesReader in(data->second);
    auto top = program.run(in);
    if (!top)
        return forward(top);
    return collected(path, program, *top, storages, std::move(file));
}

/// Five pickles (magic, version, system, the object, keys of the storages), then for each key the
/// number of its elements and their bytes.
Result<Weights> openLegacy(const fs::path& path, std::shared_ptr<const MappedFile> file) {
    Program program(path.string());
    BytesReader in(file->bytes());
    std::array<Index, 5> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto part = program.run(in);
        if (!part)
            return forward(part);
        parts[i] = *part;
        if (i == 0 && program.value(*part).text != magic)
            return damaged(path, "it is a pickle, but not one of torch.save");
    }
    std::map<std::string, std::int64_t, std::less<>> sizes; // of an element, by key
    for (const pickle::StoredTensor& tensor : program.tensors()) {
        const Value& storage = program.value(tensor.storage);
        sizes[std::string(storage.text)] = elementSize(storage.type);
    }
    Storages storages;
    const Value& keys = program.value(parts[4]);
    for (const Index index : keys.items) {
        const std::string key(program.value(index).text);
        const auto elements = in.read<std::int64_t>();
        std::int64_t bytes = 0;
        if (!sizes.contains(key) || elements < 0
            || __builtin_mul_overflow(elements, sizes[key], &bytes))
            return damaged(path, "the storage " + key + " belongs to no tensor");
        const auto content = in.take(std::uint64_t(bytes));
        if (!in.ok())
            return damaged(path, "the storage " + key + " is cut off");
        storages.emplace(key, content);
    }
    return collected(path, program, parts[3], storages, std::move(file));
}

} // namespace

Result<Weights> openPyTorch(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    auto file = std::make_shared<const MappedFile>(std::move(*mapped));
    if (file->text().starts_with("PK\x03\x04"))
        return openZip(path, std::move(file));
    return openLegacy(path, std::move(file));
}

} // namespace assay
