#include "core/base/temporary_folder.h"
#include "core/models/model_files.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

bool isFolder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

Result<ModelFiles> openFolder(const fs::path& path) {
    ModelFiles model;
    model.kind = "Hugging Face folder";
    model.path = path;
    model.folder = path;
    auto config = readJsonFile(path / "config.json");
    if (!config)
        return forward(config);
    if (!config->is_object())
        return fail("json.type",
            {{"key", "This"}, {"expected", "an object"}, {"found", jsonTypeName(*config)}},
            (path / "config.json").string());
    model.config = std::move(*config);
    auto weights = openWeights(path);
    if (!weights)
        return forward(weights);
    model.weights = std::move(*weights);
    return model;
}

std::string beginningOf(const fs::path& path) {
    auto file = MappedFile::open(path);
    return file ? std::string(file->text().substr(0, 4)) : std::string();
}

/// A folder for the side files that goes away again.
class SideFolder {
public:
    static Result<SideFolder> make(const SideFiles& files) {
        auto made = makeTemporaryFolder("assay-model");
        if (!made)
            return forward(made);
        SideFolder folder;
        folder.m_path = *made;
        for (const auto& [name, content] : files)
            if (auto done = writeFileAtomically(*made / name, content); !done)
                return forward(done);
        return folder;
    }
    SideFolder() = default;
    SideFolder(SideFolder&& other) noexcept
        : m_path(std::exchange(other.m_path, {})) { }
    SideFolder& operator=(SideFolder&&) = delete;
    ~SideFolder() {
        std::error_code ignored;
        if (!m_path.empty())
            fs::remove_all(m_path, ignored);
    }
    const fs::path& path() const { return m_path; }

private:
    fs::path m_path;
};

} // namespace

bool isForeignModel(const fs::path& path) {
    std::error_code error;
    if (!isFolder(path))
        return fs::is_regular_file(path, error);
    return !fs::exists(path / "config.json", error) && weightsFileOf(path).extension() == ".gguf";
}

Result<ModelFiles> openModel(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
        return fail("file.missing", {{"path", path.string()}});
    fs::path file = path;
    if (isFolder(path)) {
        if (!isForeignModel(path))
            return openFolder(path);
        file = weightsFileOf(path);
    }
    if (beginningOf(file) == "GGUF")
        return openGgufModel(file);
    auto weights = openWeights(file);
    if (!weights)
        return forward(weights);
    return weights->format() == WeightFormat::Llama2c ? openLlama2cModel(file)
                                                      : openCheckpoint(file);
}

Result<std::shared_ptr<const Tokenizer>> tokenizerOf(const ModelFiles& model) {
    if (!model.folder.empty())
        return loadTokenizer(model.folder);
    if (model.sideFiles.empty())
        return std::shared_ptr<const Tokenizer>();
    auto folder = SideFolder::make(model.sideFiles);
    if (!folder)
        return forward(folder);
    return loadTokenizer(folder->path());
}

Result<std::shared_ptr<const ChatTemplate>> chatTemplateOf(const ModelFiles& model) {
    if (!model.folder.empty())
        return chatTemplateOf(model.folder);
    if (model.sideFiles.empty())
        return std::shared_ptr<const ChatTemplate>();
    auto folder = SideFolder::make(model.sideFiles);
    if (!folder)
        return forward(folder);
    return chatTemplateOf(folder->path());
}

} // namespace assay
