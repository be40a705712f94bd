#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/readers.h"

#include "core/data/importer.h"
#include "core/models/model_files.h"
#include "core/models/piece_list.h"
#include "core/text/own_template.h"
#include "core/text/sentencepiece_tokenizer.h"
#include "core/text/tokenizer_json.h"

#include <algorithm>

namespace assay::fuzz {

namespace {

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

void readGgufModel(std::string_view bytes) {
    const MemoryFile file(bytes);
    const auto model = openGgufModel(file.path());
    if (model)
        use(tokenizerOf(*model));
}

} // namespace

Reader textReader(std::string_view name) {
    constexpr std::pair<std::string_view, Reader> readers[]
        = {{"tokenizer_json", readTokenizerJsonBytes}, {"sentencepiece", readSentencePiece},
            {"chat_template", readTemplate}, {"jsonl", readRows}, {"gguf_model", readGgufModel}};
    for (const auto& [known, reader] : readers)
        if (name == known)
            return reader;
    return nullptr;
}

} // namespace assay::fuzz
