#include "app/assay-cli/bench_analysis.h"

#include "app/assay-cli/verbs.h"
#include "core/base/parallel.h"
#include "core/base/rng.h"
#include "core/base/temporary_folder.h"
#include "core/corpus/corpus_builder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <set>
#include <sys/resource.h>
#include <unordered_map>

namespace assay {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Words are tokens, each known by its number: what is measured is the index, not a tokenizer.
class WordTokenizer final : public Tokenizer {
public:
    explicit WordTokenizer(const std::vector<std::string>& words)
        : m_words(words) {
        for (std::size_t i = 0; i < words.size(); ++i)
            m_ids.emplace(words[i], TokenId(i));
    }
    std::int64_t vocabularySize() const override { return std::int64_t(m_words.size()); }
    Encoding encode(std::string_view text) const override {
        Encoding encoding;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find(' ', at), text.size());
            encoding.ids.push_back(m_ids.at(std::string(text.substr(at, end - at))));
            at = end + 1;
        }
        return encoding;
    }
    std::string bytesOf(TokenId id) const override { return m_words[std::size_t(id)] + " "; }
    std::string piece(TokenId id) const override { return m_words[std::size_t(id)]; }
    bool isControl(TokenId) const override { return false; }
    std::string decode(std::span<const TokenId> ids) const override {
        std::string text;
        for (const TokenId id : ids)
            text += bytesOf(id);
        return text;
    }
    TokenId bosId() const override { return -1; }
    TokenId eosId() const override { return -1; }
    TokenId unknownId() const override { return -1; }
    TokenId padId() const override { return -1; }
    TokenId idOf(std::string_view piece) const override { return m_ids.at(std::string(piece)); }
    bool addsBos() const override { return false; }
    std::string hash() const override { return "bench"; }

private:
    const std::vector<std::string>& m_words;
    std::unordered_map<std::string, TokenId> m_ids;
};

std::vector<std::string> inventWords(std::size_t count, Rng& rng) {
    std::set<std::string> words;
    while (words.size() < count) {
        std::string word;
        for (std::uint64_t i = 0; i < 2 + rng.below(7); ++i)
            word += char('a' + rng.below(26));
        words.insert(std::move(word));
    }
    std::vector<std::string> shuffled(words.begin(), words.end());
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[rng.below(i)]);
    return shuffled;
}

/// Word number of a draw from 1 / rank.
std::size_t zipf(std::size_t words, Rng& rng) {
    const double at = std::exp(rng.uniform() * std::log(double(words) + 1)) - 1;
    return std::min(words - 1, std::size_t(at));
}

/// Middle of the times of single counts, in microseconds.
template <class Count>
double medianMicroseconds(const std::vector<std::vector<TokenId>>& phrases, const Count& count) {
    std::vector<double> times;
    std::int64_t all = 0;
    for (const auto& phrase : phrases) {
        const Clock::time_point start = Clock::now();
        all += count(phrase);
        times.push_back(1e6 * secondsSince(start));
    }
    std::ranges::nth_element(times, times.begin() + std::ptrdiff_t(times.size() / 2));
    return all > 0 ? times[times.size() / 2] : -1;
}

} // namespace

Result<Json> benchAnalysis(std::int64_t tokens) {
    constexpr std::size_t vocabulary = 50000;
    constexpr std::int64_t documentWords = 200;
    Rng rng(17);
    const std::vector<std::string> words = inventWords(vocabulary, rng);
    const auto tokenizer = std::make_shared<WordTokenizer>(words);
    std::string beginning;
    for (int i = 0; i < 30; ++i)
        beginning += words[zipf(vocabulary, rng)] + " ";
    auto folder = makeTemporaryFolder("assay-bench");
    if (!folder)
        return forward(folder);
    CorpusBuilder builder({tokenizer, nullptr});
    std::vector<std::vector<TokenId>> phrases;
    const Clock::time_point begun = Clock::now();
    double inventing = 0;
    for (std::int64_t done = 0; done < tokens; done += documentWords) {
        const Clock::time_point start = Clock::now();
        Sample sample;
        std::string text = rng.below(10) == 0 ? beginning : std::string();
        for (std::int64_t i = 0; i < documentWords; ++i)
            text += words[zipf(vocabulary, rng)] + (i + 1 < documentWords ? " " : "");
        if (rng.below(std::uint64_t(tokens / documentWords)) < 2000) {
            const auto ids = tokenizer->encode(text).ids;
            const std::size_t at = rng.below(ids.size() - 5);
            phrases.emplace_back(
                ids.begin() + std::ptrdiff_t(at), ids.begin() + std::ptrdiff_t(at) + 5);
        }
        sample.text = std::move(text);
        inventing += secondsSince(start);
        if (auto added = builder.add(sample, 0); !added)
            return forward(added);
        if (interruptToken().stop_requested())
            return fail("cancelled");
    }
    const double adding = secondsSince(begun) - inventing;
    const Clock::time_point sorting = Clock::now();
    const auto path = *folder / "bench.index";
    auto facts = builder.write(path, terminalProgress("indexing"), interruptToken());
    const double writing = secondsSince(sorting);
    auto index = facts ? CorpusIndex::open(path) : fail(facts.error());
    std::error_code ignored;
    if (!index) {
        std::filesystem::remove_all(*folder, ignored);
        return forward(index);
    }
    const double byIds = medianMicroseconds(
        phrases, [&](const auto& phrase) { return index->findIds(phrase).count(); });
    std::vector<std::string> spelled;
    for (const auto& phrase : phrases) {
        spelled.push_back(tokenizer->decode(phrase));
        spelled.back().pop_back();
    }
    std::size_t next = 0;
    const double byText = medianMicroseconds(
        phrases, [&](const auto&) { return index->findText(spelled[next++]).count(); });
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    Json table = {{"tokens", facts->tokens}, {"text_mb", double(facts->textBytes) / 1e6},
        {"documents", facts->documents}, {"threads", threadCount()}, {"add_s", adding},
        {"sort_and_write_s", writing}, {"file_mb", double(index->fileBytes()) / 1e6},
        {"queries", phrases.size()}, {"count_ids_5gram_us", byIds}, {"count_text_5gram_us", byText},
        {"peak_rss_mib", double(usage.ru_maxrss) / 1024.0}};
    std::filesystem::remove_all(*folder, ignored);
    return table;
}

void printBenchAnalysis(const Json& table) {
    const auto number = [&](const char* key) { return table[key].get<double>(); };
    std::printf("phrase index of %.1f M tokens, %.0f MB of text, %.0f documents, %.0f threads\n",
        number("tokens") / 1e6, number("text_mb"), number("documents"), number("threads"));
    std::printf("  normalise and add    %8.1f s\n", number("add_s"));
    std::printf("  sort and write       %8.1f s   %.0f MB\n", number("sort_and_write_s"),
        number("file_mb"));
    std::printf("  count 5 tokens       %8.1f us  (median of %.0f)\n", number("count_ids_5gram_us"),
        number("queries"));
    std::printf("  count 5 words, text  %8.1f us\n", number("count_text_5gram_us"));
    std::printf("  peak memory          %8.0f MiB\n", number("peak_rss_mib"));
}

} // namespace assay
