#include "tests/fuzz/readers.h"

#include "core/data/importer.h"
#include "core/models/describe_model.h"
#include "core/models/piece_list.h"
#include "core/text/own_template.h"
#include "core/text/sentencepiece_tokenizer.h"
#include "core/text/tokenizer_json.h"
#include "core/weights/gguf.h"
#include "core/weights/weights.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>

namespace assay::fuzz {

namespace {

/// A file that lives in memory and has a path.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes)
        : m_descriptor(::memfd_create("fuzz", MFD_CLOEXEC)) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto written = ::write(m_descriptor, bytes.data() + at, bytes.size() - at);
            if (written <= 0)
                break;
            at += std::size_t(written);
        }
    }
    ~MemoryFile() { ::close(m_descriptor); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

/// Reads every tensor that is not larger than what a fuzzer has time for.
void readAll(const Result<Weights>& weights) {
    if (!weights)
        return;
    constexpr std::int64_t most = 1 << 20;
    std::vector<float> values;
    for (const TensorView& tensor : weights->tensors()) {
        const std::int64_t elements = tensor.elements();
        if (elements < 0 || elements > most)
            continue;
        values.assign(std::size_t(elements), 0);
        toFloats(tensor, values);
    }
}

void readWeights(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openWeights(file.path()));
}

void readSafetensors(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openSafetensors(file.path()));
}

void readPyTorch(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openPyTorch(file.path()));
}

void readGguf(std::string_view bytes) {
    const MemoryFile file(bytes);
    const auto model = openGgufModel(file.path());
    if (!model)
        return;
    readAll(Result<Weights>(model->weights));
    const auto tokenizer = tokenizerOf(*model);
    if (tokenizer && *tokenizer)
        (*tokenizer)->encode("Hello  w\xc3\xb6rld 123");
}

void use(const Result<std::shared_ptr<const Tokenizer>>& tokenizer) {
    if (!tokenizer || !*tokenizer)
        return;
    const Encoding encoding = (*tokenizer)->encode("Hello  w\xc3\xb6rld 123\n<s>\xff \xe4\xbd\xa0");
    (*tokenizer)->encodeContinuation(" and more");
    (*tokenizer)->decode(encoding.ids);
    constexpr std::int64_t most = 1000;
    for (TokenId id = -1; id < std::min((*tokenizer)->vocabularySize(), most); ++id)
        displayPiece(**tokenizer, id);
}

void readTokenizerJsonBytes(std::string_view bytes) {
    const MemoryFile file(bytes);
    use(readTokenizerJson(file.path(), {}));
}

void readSentencePiece(std::string_view bytes) {
    const auto list = readSentencePieceModel(bytes, "fuzz");
    if (list)
        sentencePieceModel(*list);
    readLlama2cTokenizer(bytes, "fuzz");
    use(SentencePieceTokenizer::create(bytes, {}, "fuzz"));
}

void readTemplate(std::string_view bytes) {
    TokenizerConfig config;
    config.bosToken = "<s>";
    config.eosToken = "</s>";
    const auto chatTemplate = ownTemplate(std::string(bytes), config, "fuzz");
    if (!chatTemplate)
        return;
    std::vector<Message> messages(3);
    messages[0].role = Role::System;
    messages[0].content = "Be brief.";
    messages[1].content = "Hello";
    messages[2].role = Role::Assistant;
    messages[2].content = "Hi there";
    (*chatTemplate)->render(messages, GenerationPrompt::Omit);
    messages.pop_back();
    (*chatTemplate)->render(messages, GenerationPrompt::Add);
}

class CountingSink final : public ImportSink {
public:
    Result<void> accept(Sample&& sample) override {
        revisionHash(sample);
        return {};
    }
    Result<void> reject(RejectedRow&&) override { return {}; }
};

void readRows(std::string_view bytes) {
    const MemoryFile file(bytes);
    CountingSink sink;
    importFile(file.path(), {}, sink);
}

} // namespace

Reader readerNamed(std::string_view name) {
    constexpr std::pair<std::string_view, Reader> readers[] = {{"weights", readWeights},
        {"safetensors", readSafetensors}, {"pytorch", readPyTorch}, {"gguf", readGguf},
        {"tokenizer_json", readTokenizerJsonBytes}, {"sentencepiece", readSentencePiece},
        {"chat_template", readTemplate}, {"jsonl", readRows}};
    for (const auto& [known, reader] : readers)
        if (name == known)
            return reader;
    return nullptr;
}

} // namespace assay::fuzz
