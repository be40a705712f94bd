#pragma once

#include "core/base/json.h"
#include "core/corpus/corpus_text.h"
#include "core/corpus/index_file.h"
#include "core/text/tokenizer.h"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace assay {

/// One document of a corpus: a row of a data file, a paragraph of a text.
struct CorpusDocument {
    std::uint32_t textBegin = 0; ///< its end is one before the next document's beginning
    std::uint32_t words = 0;
    std::uint32_t tokenBegin = 0; ///< likewise
    std::uint32_t file = 0;
    std::uint32_t line = 0; ///< 1-based; 0 where it is not known
    std::uint32_t firstMark = 0; ///< its line marks end where the next document's begin
    std::int64_t sample = 0; ///< id in the project; 0 outside one
};

/// What an index holds.
struct CorpusFacts {
    std::int64_t documents = 0;
    std::int64_t textBytes = 0; ///< without separators
    std::int64_t tokens = 0; ///< 0 for an index without token ids
    std::int64_t words = 0;
    std::vector<std::string> files;
    std::string tokenizerHash; ///< empty without token ids
    std::string templateName; ///< that conversations were rendered with; empty: joined as text
    Json rejected; ///< rows that could not be read: [{file, line, reason}]
    std::int64_t rejectedRows = 0;
    Json source; ///< what it was made of, as the maker wished to note it
};
Json corpusFactsToJson(const CorpusFacts& facts);

/// Places of a phrase in the order of the suffix array.
struct CorpusHits {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::int64_t count() const { return std::int64_t(end) - begin; }
};

/// One place of a phrase, for people.
struct CorpusContext {
    std::string file;
    std::int64_t line = 0;
    std::int64_t sample = 0;
    std::int64_t document = 0;
    std::string before;
    std::string match;
    std::string after;
};

/// What follows a context in the corpus.
struct CorpusContinuation {
    /// How many of the context's last tokens were found together: the longest that occur.
    std::int64_t contextTokens = 0;
    std::int64_t contextCount = 0;
    std::int64_t count = 0; ///< of context and token
    CorpusHits hits; ///< of both together
    /// The commonest tokens after the context, with their counts, best first.
    std::vector<std::pair<TokenId, std::int64_t>> next;
};

/// A phrase index: suffix arrays over text and over token ids, in a memory-mapped file. Immutable;
/// any number of threads may ask. A phrase never crosses the border of a document; hits may
/// overlap.
class CorpusIndex {
public:
    /// The errors of `IndexFile::open`.
    static Result<CorpusIndex> open(const std::filesystem::path& path);
    /// Reads everything and compares checksums.
    Result<void> verify() const { return m_file.verify(); }

    const CorpusFacts& facts() const { return m_facts; }
    const std::filesystem::path& path() const { return m_file.path(); }
    std::size_t fileBytes() const { return m_file.size(); }

    /// The phrase is normalised as the text was. An empty phrase has no hits.
    CorpusHits findText(std::string_view phrase) const;
    /// Every spelling that differs only in case; one range each.
    std::vector<CorpusHits> findTextAnyCase(std::string_view phrase) const;
    CorpusHits findIds(std::span<const TokenId> ids) const;

    /// Positions of the hits in the text, ascending.
    std::vector<std::uint32_t> positions(const CorpusHits& hits) const;
    /// The document in which a position of the text lies, and the other way round.
    std::size_t documentAt(std::uint32_t position) const;
    std::span<const CorpusDocument> documents() const {
        return m_documents.first(m_documents.size() - 1);
    }
    std::string_view documentText(std::size_t document) const;

    /// The first `limit` places in the corpus's order, with `around` bytes or so on each side
    /// (whole characters).
    std::vector<CorpusContext> contexts(std::span<const CorpusHits> hits, std::int64_t length,
        std::size_t limit, std::size_t around = 120) const;
    /// The same for hits of ids: the text of the documents they stand in.
    std::vector<CorpusContext> contextsOfIds(const CorpusHits& hits, std::int64_t tokens,
        std::size_t limit, const Tokenizer& tokenizer, std::size_t aroundTokens = 40) const;

    /// How often `token` follows the end of `context`, of which as many tokens count as occur
    /// together; at most `longest`. Needs token ids.
    CorpusContinuation continuation(std::span<const TokenId> context, TokenId token,
        std::size_t longest = 64, std::size_t mostNext = 5) const;

private:
    CorpusHits narrowText(CorpusHits hits, std::size_t depth, char byte) const;
    CorpusHits narrowRanks(CorpusHits hits, std::size_t depth, std::uint32_t rank) const;
    std::uint32_t textPosition(std::size_t i) const;
    std::uint32_t tokenPosition(std::size_t i) const;
    std::uint32_t rankAt(std::size_t position) const {
        return position < m_ranks.size() ? m_ranks[position] : 0;
    }
    std::int64_t lineAt(std::size_t document, std::uint32_t position) const;

    IndexFile m_file;
    CorpusFacts m_facts;
    std::string_view m_text;
    std::span<const std::uint32_t> m_suffixes;
    std::span<const std::uint32_t> m_buckets; ///< first suffix of each pair of first bytes
    std::span<const CorpusDocument> m_documents; ///< and one that marks the end
    std::span<const LineMark> m_marks;
    std::span<const std::uint32_t> m_ranks;
    std::span<const std::uint32_t> m_tokenSuffixes;
    std::span<const std::uint32_t> m_rankStarts;
    std::span<const std::uint32_t> m_rankOf;
    std::span<const std::int32_t> m_idOf;
};

} // namespace assay
