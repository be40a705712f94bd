#include "core/corpus/corpus_builder.h"

#include "core/base/parallel.h"
#include "core/corpus/suffix_array.h"

#include <algorithm>

namespace assay {

namespace {

constexpr std::size_t mostBytes = (std::size_t(1) << 31U) - 16;

/// What is indexed of a sample, as one text.
std::string textOf(const Sample& sample) {
    if (sample.text)
        return *sample.text;
    std::string text;
    const auto add = [&](const std::vector<Message>& messages) {
        for (const Message& message : messages) {
            for (const std::string* part : {&message.reasoning, &message.content})
                if (!part->empty()) {
                    if (!text.empty())
                        text += '\n';
                    text += *part;
                }
            for (const ToolCall& call : message.toolCalls)
                text += '\n' + call.name + ' ' + call.arguments;
        }
    };
    add(sample.messages);
    if (sample.chosen)
        add(*sample.chosen);
    return text;
}

std::vector<TokenId> idsOf(const CorpusEncoding& encoding, const Sample& sample) {
    const Tokenizer& tokenizer = *encoding.tokenizer;
    if (sample.text)
        return tokenizer.encode(*sample.text).ids;
    std::vector<Message> messages = sample.messages;
    if (sample.chosen)
        messages.insert(messages.end(), sample.chosen->begin(), sample.chosen->end());
    if (encoding.chatTemplate) {
        auto encoded = encodeConversation(
            tokenizer, *encoding.chatTemplate, messages, GenerationPrompt::Omit);
        if (encoded)
            return std::move(encoded->ids);
    }
    // A conversation that the template cannot express is still training text.
    std::vector<TokenId> ids;
    for (const Message& message : messages) {
        const auto part = tokenizer.encode(message.content).ids;
        ids.insert(ids.end(), part.begin(), part.end());
    }
    return ids;
}

std::vector<std::uint32_t> bucketStarts(
    std::string_view text, const std::vector<std::uint32_t>& suffixes) {
    std::vector<std::uint32_t> starts(65537);
    for (const std::uint32_t at : suffixes) {
        const auto first = std::size_t(static_cast<unsigned char>(text[at]));
        const auto second
            = at + 1 < text.size() ? std::size_t(static_cast<unsigned char>(text[at + 1])) : 0;
        ++starts[(first << 8U) + second + 1];
    }
    for (std::size_t i = 1; i < starts.size(); ++i)
        starts[i] += starts[i - 1];
    return starts;
}

class Collector final : public ImportSink {
public:
    Collector(CorpusBuilder& builder, StopToken stop)
        : m_builder(builder)
        , m_stop(std::move(stop)) { }
    Result<void> accept(Sample&& sample) override {
        if (m_stop.stop_requested())
            return fail("cancelled");
        return m_builder.add(sample, 0);
    }
    Result<void> reject(RejectedRow&& row) override {
        m_builder.reject(row);
        return {};
    }

private:
    CorpusBuilder& m_builder;
    StopToken m_stop;
};

} // namespace

Result<CorpusEncoding> corpusEncodingOf(const std::filesystem::path& modelFolder) {
    auto tokenizer = loadTokenizer(modelFolder);
    if (!tokenizer)
        return forward(tokenizer);
    if (!*tokenizer)
        return fail("corpus.no_tokenizer", {{"path", modelFolder.string()}});
    CorpusEncoding encoding;
    encoding.tokenizer = std::move(*tokenizer);
    // A template that cannot be read costs the marks around the messages, not the index.
    if (auto chatTemplate = chatTemplateOf(modelFolder))
        encoding.chatTemplate = std::move(*chatTemplate);
    return encoding;
}

std::uint32_t CorpusBuilder::fileNumber(const std::string& name) {
    const auto [at, added] = m_files.try_emplace(name, std::uint32_t(m_facts.files.size()));
    if (added)
        m_facts.files.push_back(name);
    return at->second;
}

Result<void> CorpusBuilder::add(const Sample& sample, std::int64_t sampleId) {
    const std::string raw = textOf(sample);
    const bool manyLines = sample.provenance.dialect == "text";
    std::vector<LineMark> marks;
    const std::string text
        = corpusText(raw, manyLines ? &marks : nullptr, std::uint32_t(sample.provenance.line));
    if (text.empty())
        return {};
    if (m_text.size() + text.size() + 1 > mostBytes)
        return fail("corpus.too_large", {{"bytes", std::to_string(m_text.size() + text.size())}});
    CorpusDocument document;
    document.textBegin = std::uint32_t(m_text.size());
    document.words = countWords(text);
    document.file = fileNumber(sample.provenance.file);
    document.line = std::uint32_t(sample.provenance.line);
    document.sample = sampleId;
    document.firstMark = std::uint32_t(m_marks.size());
    if (marks.size() > 1)
        for (LineMark mark : marks) {
            mark.position += document.textBegin;
            m_marks.push_back(mark);
        }
    m_text += text;
    m_text += '\0';
    m_facts.words += document.words;
    m_facts.textBytes += std::int64_t(text.size());
    m_documents.push_back(document);
    if (!m_encoding.tokenizer)
        return {};
    m_waiting.push_back({m_documents.size() - 1, sample});
    m_waitingBytes += raw.size();
    constexpr std::size_t batch = std::size_t(4) << 20U;
    return m_waitingBytes < batch ? Result<void>() : encodeWaiting();
}

Result<void> CorpusBuilder::encodeWaiting() {
    std::vector<std::vector<TokenId>> encoded(m_waiting.size());
    parallelFor(0, std::int64_t(m_waiting.size()), 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            encoded[std::size_t(i)] = idsOf(m_encoding, m_waiting[std::size_t(i)].sample);
    });
    for (std::size_t i = 0; i < m_waiting.size(); ++i) {
        if (m_ids.size() + encoded[i].size() + 1 > mostBytes)
            return fail("corpus.too_large", {{"bytes", std::to_string(4 * m_ids.size())}});
        m_documents[m_waiting[i].document].tokenBegin = std::uint32_t(m_ids.size());
        m_ids.insert(m_ids.end(), encoded[i].begin(), encoded[i].end());
        m_facts.tokens += std::int64_t(encoded[i].size());
        m_ids.push_back(-1);
    }
    m_waiting.clear();
    m_waitingBytes = 0;
    return {};
}

void CorpusBuilder::reject(const RejectedRow& row) {
    constexpr std::int64_t mostTold = 20;
    if (m_facts.rejected.is_null())
        m_facts.rejected = Json::array();
    if (m_facts.rejectedRows++ < mostTold)
        m_facts.rejected.push_back(
            {{"file", row.file}, {"line", row.line}, {"reason", message(row.reason)}});
}

Result<CorpusFacts> CorpusBuilder::write(
    const std::filesystem::path& path, const ProgressFunction& progress, StopToken stop) {
    const auto report = [&](std::int64_t done) {
        if (progress)
            progress({done, 1000});
    };
    if (auto encoded = encodeWaiting(); !encoded)
        return forward(encoded);
    if (m_documents.empty())
        return fail("corpus.empty");
    report(500);
    m_facts.documents = documents();
    if (m_encoding.tokenizer)
        m_facts.tokenizerHash = m_encoding.tokenizer->hash();
    if (m_encoding.chatTemplate)
        m_facts.templateName = m_encoding.chatTemplate->name();
    CorpusDocument end;
    end.textBegin = std::uint32_t(m_text.size());
    end.tokenBegin = std::uint32_t(m_ids.size());
    end.firstMark = std::uint32_t(m_marks.size());
    m_documents.push_back(end);

    const TokenRanks ranks = rankTokens(m_ids);
    std::vector<std::uint32_t> sequence(m_ids.size());
    for (std::size_t i = 0; i < m_ids.size(); ++i)
        sequence[i] = m_ids[i] < 0 ? 0 : ranks.rankOf[std::size_t(m_ids[i])];
    m_ids = {};
    if (stop.stop_requested())
        return fail("cancelled");
    Result<std::vector<std::uint32_t>> suffixes;
    Result<std::vector<std::uint32_t>> tokenSuffixes;
    parallelTasks(2, [&](std::int64_t task) {
        (task == 0 ? suffixes : tokenSuffixes)
            = task == 0 ? textSuffixes(m_text) : rankSuffixes(sequence);
    });
    if (!suffixes)
        return forward(suffixes);
    if (!tokenSuffixes)
        return forward(tokenSuffixes);
    if (stop.stop_requested())
        return fail("cancelled");
    report(950);
    const std::vector<std::uint32_t> buckets = bucketStarts(m_text, *suffixes);
    std::vector<std::uint32_t> rankStarts(ranks.idOf.size() + 1);
    for (const std::uint32_t rank : sequence)
        if (rank > 0)
            ++rankStarts[rank + 1];
    for (std::size_t i = 1; i < rankStarts.size(); ++i)
        rankStarts[i] += rankStarts[i - 1];
    const std::string facts = dumpJson(corpusFactsToJson(m_facts));
    IndexFileWriter file;
    file.add("facts", facts);
    file.add("documents", m_documents);
    file.add("lines", m_marks);
    file.add("text", m_text);
    file.add("suffixes", *suffixes);
    file.add("buckets", buckets);
    if (m_encoding.tokenizer) {
        file.add("ranks", sequence);
        file.add("token-suffixes", *tokenSuffixes);
        file.add("rank-starts", rankStarts);
        file.add("rank-of", ranks.rankOf);
        file.add("id-of", ranks.idOf);
    }
    if (auto written = file.write(path); !written)
        return forward(written);
    report(1000);
    return m_facts;
}

Result<CorpusFacts> buildCorpusIndex(const std::vector<std::filesystem::path>& inputs,
    CorpusEncoding encoding, const std::filesystem::path& out, const CorpusBuildOptions& options,
    const ProgressFunction& progress, StopToken stop) {
    CorpusBuilder builder(std::move(encoding));
    Json names = Json::array();
    std::int64_t all = 0;
    std::vector<std::int64_t> sizes;
    for (const auto& input : inputs) {
        std::error_code failed;
        const auto size = std::filesystem::file_size(input, failed);
        sizes.push_back(failed ? 0 : std::int64_t(size));
        all += sizes.back();
        names.push_back(input.string());
    }
    builder.noteSource({{"inputs", names}});
    Collector collector(builder, stop);
    std::int64_t before = 0;
    std::vector<Error> empty;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        ImportOptions import;
        import.textUnit = options.unit;
        auto read = importFile(
            inputs[i], import, collector,
            [&](const Progress& part) {
                if (progress && all > 0)
                    progress({(before + part.done) * 500 / all, 1000});
            },
            stop);
        before += sizes[i];
        if (!read && read.error().code == "import.nothing_kept" && inputs.size() > 1) {
            empty.push_back(std::move(read.error())); // other files may hold something
            continue;
        }
        if (!read)
            return forward(read);
    }
    if (builder.documents() == 0 && !empty.empty())
        return fail(std::move(empty.front()));
    return builder.write(out, progress, stop);
}

} // namespace assay
