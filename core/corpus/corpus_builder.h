#pragma once

#include "core/base/progress.h"
#include "core/corpus/corpus_index.h"
#include "core/data/importer.h"
#include "core/text/chat_template.h"

#include <memory>

namespace assay {

/// With what token ids are made; both null: the index holds text only.
struct CorpusEncoding {
    std::shared_ptr<const Tokenizer> tokenizer;
    /// Renders conversations as training does; null: their messages are encoded one after another.
    std::shared_ptr<const ChatTemplate> chatTemplate;
};
/// Those of a model folder; null ones where it has none. "corpus.no_tokenizer".
Result<CorpusEncoding> corpusEncodingOf(const std::filesystem::path& modelFolder);

/// Collects documents and writes the index of them. The phases and their share of the progress:
/// reading and encoding 0 to 500, sorting 500 to 950, writing to 1000.
class CorpusBuilder {
public:
    explicit CorpusBuilder(CorpusEncoding encoding = {})
        : m_encoding(std::move(encoding)) { }

    /// The text that a model is trained on of a sample: a document, or all messages of a
    /// conversation with the chosen answer. `sample` is its id in a project, or 0.
    Result<void> add(const Sample& sample, std::int64_t sampleId);
    void reject(const RejectedRow& row);
    void noteSource(Json source) { m_facts.source = std::move(source); }
    std::int64_t documents() const { return std::int64_t(m_documents.size()); }

    /// "corpus.empty", "corpus.too_large", "corpus.memory", "cancelled". Nothing can be added
    /// afterwards.
    Result<CorpusFacts> write(
        const std::filesystem::path& path, const ProgressFunction& progress, StopToken stop);

private:
    struct Waiting {
        std::size_t document;
        Sample sample;
    };
    Result<void> encodeWaiting();
    std::uint32_t fileNumber(const std::string& name);

    CorpusEncoding m_encoding;
    CorpusFacts m_facts;
    std::string m_text;
    std::vector<CorpusDocument> m_documents;
    std::vector<LineMark> m_marks;
    std::vector<TokenId> m_ids;
    std::vector<Waiting> m_waiting;
    std::size_t m_waitingBytes = 0;
    std::map<std::string, std::uint32_t> m_files;
};

struct CorpusBuildOptions {
    TextUnit unit = TextUnit::Paragraph;
};

/// Indexes files in any format that import reads. Rows that cannot be read are counted, and told
/// with the facts; an error where nothing could be read at all.
Result<CorpusFacts> buildCorpusIndex(const std::vector<std::filesystem::path>& inputs,
    CorpusEncoding encoding, const std::filesystem::path& out, const CorpusBuildOptions& options,
    const ProgressFunction& progress, StopToken stop);

} // namespace assay
