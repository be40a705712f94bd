#include "tests/support/fake_model.h"

#include "core/base/hash.h"
#include "core/base/rng.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace assay::test {

FakeTokenizer::FakeTokenizer(std::vector<std::string> pieces, bool addsBos)
    : m_pieces(std::move(pieces))
    , m_addsBos(addsBos) { }

Encoding FakeTokenizer::encode(std::string_view text) const {
    Encoding encoding;
    for (std::size_t at = 0; at < text.size();) {
        TokenId id = 3 + TokenId(static_cast<unsigned char>(text[at]));
        std::size_t length = 1;
        for (std::size_t p = 0; p < m_pieces.size(); ++p)
            if (m_pieces[p].size() > length && text.substr(at).starts_with(m_pieces[p])) {
                id = 259 + TokenId(p);
                length = m_pieces[p].size();
            }
        encoding.ids.push_back(id);
        encoding.ranges.push_back({std::int64_t(at), std::int64_t(at + length)});
        at += length;
    }
    return encoding;
}

std::string FakeTokenizer::bytesOf(TokenId id) const {
    if (id < 3 || id >= vocabularySize())
        return {};
    return id < 259 ? std::string(1, char(id - 3)) : m_pieces[std::size_t(id - 259)];
}

std::string FakeTokenizer::piece(TokenId id) const {
    static const char* const controls[] = {"<unk>", "<s>", "</s>"};
    return isControl(id) ? controls[id] : bytesOf(id);
}

std::string FakeTokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (TokenId id : ids)
        text += bytesOf(id);
    return text;
}

TokenId FakeTokenizer::idOf(std::string_view wanted) const {
    for (TokenId id = 0; id < vocabularySize(); ++id)
        if (piece(id) == wanted)
            return id;
    return -1;
}

std::string FakeTokenizer::hash() const {
    std::string all;
    for (const std::string& piece : m_pieces)
        all += piece + '\n';
    return contentHash(all);
}

namespace {

class LineTemplate : public ChatTemplate {
public:
    std::string name() const override { return "lines"; }
    std::string hash() const override { return "00000000000000000000000000000001"; }
    Result<Rendered> render(
        const std::vector<Message>& messages, GenerationPrompt generationPrompt) const override {
        Rendered rendered;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const bool answer = messages[i].role == Role::Assistant;
            rendered.spans.push_back({answer ? "bot: " : "user: ", int(i), false, false});
            rendered.spans.push_back({messages[i].content, int(i), answer, false});
            rendered.spans.push_back({"\n", int(i), answer, false});
        }
        if (generationPrompt == GenerationPrompt::Add)
            rendered.spans.push_back({"bot: ", -1, false, false});
        return rendered;
    }
    std::vector<std::string> stopStrings() const override { return {"\n"}; }
    std::vector<std::string> controlTokens() const override { return {}; }
};

TokenId greedyChoice(std::span<const float> logits) {
    return TokenId(std::ranges::max_element(logits) - logits.begin());
}

TokenId sample(std::span<const float> logits, double temperature, Rng& rng) {
    const float peak = *std::ranges::max_element(logits);
    std::vector<double> weight(logits.size());
    double total = 0;
    for (std::size_t v = 0; v < logits.size(); ++v)
        total += weight[v] = std::exp((double(logits[v]) - peak) / temperature);
    double at = rng.uniform() * total;
    for (std::size_t v = 0; v < weight.size(); ++v)
        if ((at -= weight[v]) < 0)
            return TokenId(v);
    return TokenId(weight.size()) - 1;
}

} // namespace

std::shared_ptr<const ChatTemplate> fakeTemplate() {
    return std::make_shared<LineTemplate>();
}

FakeModel::FakeModel(FakeModelOptions options)
    : m_options(std::move(options)) {
    if (m_options.vocabulary == 0)
        m_options.vocabulary = m_options.tokenizer ? m_options.tokenizer->vocabularySize() : 64;
    m_info.path = m_options.name;
    m_info.family = "fake";
    m_info.hash = contentHash(m_options.name + std::to_string(m_options.seed));
    m_info.tokenizerHash = m_options.tokenizer ? m_options.tokenizer->hash() : "";
    m_info.templateName = m_options.chatTemplate ? m_options.chatTemplate->name() : "";
    m_info.templateHash = m_options.chatTemplate ? m_options.chatTemplate->hash() : "";
    m_info.dtype = "f32";
    m_info.device = "cpu";
    m_info.parameters = 1;
    m_info.vocabularySize = m_options.vocabulary;
    m_info.layers = 1;
    m_info.hiddenSize = 1;
    m_info.maxPositions = m_options.maxPositions;
}

void FakeModel::logits(std::span<const TokenId> prefix, std::span<float> out) const {
    std::uint64_t state = m_options.seed * 0x9e3779b97f4a7c15ULL;
    for (std::size_t back = 1; back <= 2 && back <= prefix.size(); ++back)
        state = (state ^ std::uint64_t(prefix[prefix.size() - back] + 7)) * 0xff51afd7ed558ccdULL;
    Rng rng(state);
    for (float& value : out)
        value = float(m_options.spread * rng.normal());
    if (m_options.teach)
        m_options.teach(prefix, out);
    if (m_options.delay.count() > 0)
        std::this_thread::sleep_for(m_options.delay);
}

class FakeForcedPass : public ForcedPass {
public:
    FakeForcedPass(FakeModel& model, std::vector<TokenId> ids, StopToken stop)
        : m_model(model)
        , m_ids(std::move(ids))
        , m_stop(std::move(stop)) { }
    std::int64_t positions() const override { return std::int64_t(m_ids.size()); }
    Result<void> logits(std::int64_t begin, std::int64_t end, std::span<float> out) override {
        m_model.m_largestChunk = std::max(m_model.m_largestChunk.load(), end - begin);
        const std::size_t vocabulary = std::size_t(m_model.info().vocabularySize);
        for (std::int64_t t = begin; t < end; ++t) {
            if (m_stop.stop_requested())
                return fail("cancelled");
            m_model.logits(std::span<const TokenId>(m_ids).first(std::size_t(t) + 1),
                out.subspan(std::size_t(t - begin) * vocabulary, vocabulary));
        }
        return {};
    }

private:
    FakeModel& m_model;
    std::vector<TokenId> m_ids;
    StopToken m_stop;
};

Result<std::unique_ptr<ForcedPass>> FakeModel::forced(
    std::span<const TokenId> ids, StopToken stop) {
    return std::make_unique<FakeForcedPass>(
        *this, std::vector<TokenId>(ids.begin(), ids.end()), stop);
}

Result<SequenceScores> FakeModel::score(std::span<const TokenId> ids, const ScoreOptions& options,
    StopToken stop, const BlockFunction& onBlock) {
    SequenceScores all;
    all.topK = options.topK;
    std::vector<float> row(std::size_t(m_options.vocabulary));
    SequenceScores block;
    block.topK = options.topK;
    const auto flush = [&] {
        if (onBlock && !block.tokens.empty())
            onBlock(std::int64_t(all.tokens.size() - block.tokens.size()), block);
        block.tokens.clear();
        block.top.clear();
    };
    for (std::size_t t = 0; t + 1 < ids.size(); ++t) {
        if (stop.stop_requested())
            return fail("cancelled");
        logits(ids.first(t + 1), row);
        std::vector<Candidate> top(std::size_t(options.topK));
        const TokenScore score = scoreLogits(row, ids[t + 1], top);
        for (SequenceScores* scores : {&all, &block}) {
            scores->tokens.push_back(score);
            scores->top.insert(scores->top.end(), top.begin(), top.end());
        }
        if (std::int64_t(block.tokens.size()) == options.chunk)
            flush();
    }
    flush();
    return all;
}

Result<Generation> FakeModel::generate(std::span<const TokenId> prompt,
    const GenerateOptions& options, StopToken stop, const TokenFunction& onToken) {
    Generation generation;
    std::vector<TokenId> ids(prompt.begin(), prompt.end());
    std::vector<float> row(std::size_t(m_options.vocabulary));
    Rng rng(options.seed);
    while (int(generation.ids.size()) < options.maxNew) {
        if (stop.stop_requested()) {
            generation.ended = EndReason::Cancelled;
            return generation;
        }
        logits(ids, row);
        const TokenId next
            = options.temperature == 0 ? greedyChoice(row) : sample(row, options.temperature, rng);
        const bool end = (options.stopAtEnd && std::ranges::count(m_options.endIds, next) > 0)
            || std::ranges::count(options.stopIds, next) > 0;
        if (end) {
            generation.ended = EndReason::EndToken;
            generation.endId = next;
            return generation;
        }
        ids.push_back(next);
        generation.ids.push_back(next);
        if (options.capture) {
            std::vector<Candidate> top(std::size_t(options.captureTopK));
            generation.scores.tokens.push_back(scoreLogits(row, next, top));
            generation.scores.topK = options.captureTopK;
            generation.scores.top.insert(generation.scores.top.end(), top.begin(), top.end());
        }
        if (onToken)
            onToken(next, options.capture ? &generation.scores.tokens.back() : nullptr,
                std::span(generation.scores.top)
                    .last(options.capture ? std::size_t(options.captureTopK) : 0));
        if (m_options.tokenizer) {
            const std::string text = m_options.tokenizer->decode(generation.ids);
            for (const std::string& end : options.stopStrings)
                if (text.find(end) != std::string::npos) {
                    generation.ended = EndReason::StopString;
                    return generation;
                }
        }
    }
    return generation;
}

std::function<void(std::span<const TokenId>, std::span<float>)> continueWith(
    std::shared_ptr<const Tokenizer> tokenizer, std::string after, std::string answer,
    float boost) {
    const std::vector<TokenId> path = tokenizer->encode(answer).ids;
    return [=](std::span<const TokenId> prefix, std::span<float> logits) {
        // The longest answer prefix that ends the text and has `after` before it.
        for (std::size_t said = std::min(path.size(), prefix.size() + 1); said-- > 0;) {
            if (!std::ranges::equal(prefix.last(said), std::span(path).first(said)))
                continue;
            if (!tokenizer->decode(prefix.first(prefix.size() - said)).ends_with(after))
                continue;
            logits[std::size_t(path[said])] += boost;
            return;
        }
    };
}

} // namespace assay::test
