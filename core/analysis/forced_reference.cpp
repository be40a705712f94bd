#include "core/analysis/forced_reference.h"

#include <algorithm>

namespace assay {

namespace {

/// Sets first and end to the tokens that cover bytes [begin, end) of the text.
void coverBytes(
    ForcedReference& forced, const PreparedInput& prompt, std::int64_t begin, std::int64_t end) {
    const auto& ranges = forced.whole.ranges;
    const auto startsIn = [&](const ByteRange& r) { return r.end > begin && r.end > r.begin; };
    const auto startsAfter = [&](const ByteRange& r) { return r.begin >= end && r.end > r.begin; };
    forced.first = std::size_t(std::ranges::find_if(ranges, startsIn) - ranges.begin());
    forced.end = std::size_t(std::ranges::find_if(ranges, startsAfter) - ranges.begin());
    // Greedy generation starts behind the prompt, so a space that the template puts before the
    // answer is something it has to say too.
    const std::span<const TokenId> ids(forced.whole.ids);
    forced.promptKept = ids.size() >= prompt.ids.size()
        && std::ranges::equal(ids.first(prompt.ids.size()), prompt.ids);
    if (forced.promptKept)
        forced.first = prompt.ids.size();
    forced.first
        = std::max<std::size_t>(1, forced.first); // the first token of all has no prediction
    forced.end = std::max(forced.first, forced.end);
    // A mark without bytes (an end token) behind the answer belongs to its turn, not to its words.
    while (forced.end > forced.first && ranges[forced.end - 1].begin == ranges[forced.end - 1].end)
        --forced.end;
}

/// Where the reference's words stand in the answer's span: a template may put spaces around them,
/// or trim them.
ByteRange wordsIn(const std::string& text, ByteRange span, std::string_view reference) {
    const std::size_t from = reference.find_first_not_of(" \t\r\n");
    if (from != std::string_view::npos)
        reference = reference.substr(from, reference.find_last_not_of(" \t\r\n") + 1 - from);
    const std::size_t at = text.find(reference, std::size_t(span.begin));
    if (at == std::string::npos || std::int64_t(at + reference.size()) > span.end)
        return span;
    return {std::int64_t(at), std::int64_t(at + reference.size())};
}

Result<ForcedReference> afterMessages(const ModelUnderTest& model, const ModelInput& input,
    const PreparedInput& prompt, const std::string& reference) {
    ModelInput closed = input;
    Message answer;
    answer.role = Role::Assistant;
    answer.content = reference;
    closed.messages->push_back(answer);
    auto whole = prepareInput(model, closed, GenerationPrompt::Omit);
    if (!whole)
        return forward(whole);
    ForcedReference forced;
    forced.whole = std::move(*whole);
    const int last = int(closed.messages->size()) - 1;
    const auto isAnswer
        = [&](const TextSpan& s) { return s.message == last && s.answer && !s.control; };
    const auto span = std::ranges::find_if(forced.whole.spans, isAnswer);
    if (span == forced.whole.spans.end())
        return fail("analysis.no_input");
    const ByteRange words = wordsIn(*forced.whole.text, span->range, reference);
    coverBytes(forced, prompt, words.begin, words.end);
    return forced;
}

/// The prompt keeps its ids, which are what generation starts from.
ForcedReference afterText(
    const Tokenizer& tokenizer, const PreparedInput& prompt, const std::string& reference) {
    const bool atStart = !prompt.text || prompt.text->empty();
    const Encoding encoding
        = atStart ? tokenizer.encode(reference) : tokenizer.encodeContinuation(reference);
    ForcedReference forced;
    forced.whole.ids = prompt.ids;
    forced.whole.text = prompt.text.value_or("") + reference;
    forced.whole.ranges = prompt.ranges;
    const auto offset = std::int64_t(forced.whole.text->size() - reference.size());
    for (std::size_t i = 0; i < encoding.ids.size(); ++i) {
        forced.whole.ids.push_back(encoding.ids[i]);
        forced.whole.ranges.push_back(
            {encoding.ranges[i].begin + offset, encoding.ranges[i].end + offset});
    }
    forced.first = std::max<std::size_t>(1, prompt.ids.size());
    forced.end = std::max(forced.first, forced.whole.ids.size());
    return forced;
}

} // namespace

Result<ForcedReference> forceReference(const ModelUnderTest& model, const ModelInput& input,
    const PreparedInput& prompt, const std::string& reference) {
    if (input.messages)
        return afterMessages(model, input, prompt, reference);
    const auto tokenizer = model.tokenizer();
    if (!tokenizer)
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    return afterText(*tokenizer, prompt, reference);
}

ForcedReference forceReference(const ModelUnderTest& model, const PreparedInput& prompt,
    const std::vector<TokenId>& reference) {
    ForcedReference forced;
    forced.first = std::max<std::size_t>(1, prompt.ids.size());
    forced.whole.ids = prompt.ids;
    forced.whole.ids.insert(forced.whole.ids.end(), reference.begin(), reference.end());
    forced.end = std::max(forced.first, forced.whole.ids.size());
    TokenView view = viewOfIds(model.tokenizer().get(), forced.whole.ids);
    forced.whole.text = std::move(view.text);
    forced.whole.ranges = std::move(view.ranges);
    return forced;
}

std::int64_t forcedTextBegin(const ForcedReference& forced, const std::string& text) {
    if (!forced.whole.text)
        return 0;
    const std::int64_t begin = forced.first < forced.whole.ranges.size()
        ? forced.whole.ranges[forced.first].begin
        : std::int64_t(forced.whole.text->size());
    const std::size_t word = text.find_first_not_of(" \t\r\n");
    if (word == std::string::npos)
        return begin;
    const std::size_t at = forced.whole.text->find(text.substr(word), std::size_t(begin));
    return at == std::string::npos ? begin : std::int64_t(at) - std::int64_t(word);
}

} // namespace assay
