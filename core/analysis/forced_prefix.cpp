#include "core/analysis/forced_prefix.h"

#include "core/analysis/records.h"
#include "core/base/utf8.h"
#include "core/text/following_text.h"

#include <algorithm>

namespace assay {

namespace {

std::string spelled(const Tokenizer& tokenizer, std::span<const TokenId> ids) {
    std::string text;
    for (const TokenId id : ids)
        text += tokenizer.bytesOf(id);
    return text;
}

/// The most probable token whose bytes agree with what must be spelled: they begin it, or go
/// beyond it.
Result<TokenId> bestThatSpells(
    ModelUnderTest& model, std::span<const TokenId> ids, std::string_view wanted, StopToken stop) {
    auto pass = model.forced(ids, stop);
    if (!pass)
        return forward(pass);
    std::vector<float> row(std::size_t(model.info().vocabularySize));
    const std::int64_t last = (*pass)->positions() - 1;
    if (auto done = (*pass)->logits(last, last + 1, row); !done)
        return forward(done);
    const Tokenizer& tokenizer = *model.tokenizer();
    const auto known = std::min<std::int64_t>(tokenizer.vocabularySize(), std::int64_t(row.size()));
    TokenId best = -1;
    for (TokenId id = 0; id < known; ++id) {
        if (best >= 0 && row[std::size_t(id)] <= row[std::size_t(best)])
            continue;
        const std::string bytes = tokenizer.bytesOf(id);
        if (!bytes.empty() && (wanted.starts_with(bytes) || bytes.starts_with(wanted)))
            best = id;
    }
    if (best < 0)
        return fail("analysis.no_spelling", {{"text", toValidUtf8(wanted)}});
    return best;
}

/// The ids with the last `backOff` taken back and chosen again by the model.
Result<std::vector<TokenId>> chosenAgain(ModelUnderTest& model, const PreparedInput& prompt,
    std::vector<TokenId> ids, std::size_t backOff, StopToken stop) {
    const std::size_t kept = ids.size() - backOff;
    std::string wanted = spelled(*model.tokenizer(), std::span(ids).subspan(kept));
    ids.resize(kept);
    std::vector<TokenId> all = prompt.ids;
    all.insert(all.end(), ids.begin(), ids.end());
    while (!wanted.empty() && !all.empty()) {
        auto id = bestThatSpells(model, all, wanted, stop);
        if (!id)
            return forward(id);
        all.push_back(*id);
        ids.push_back(*id);
        wanted.erase(0, model.tokenizer()->bytesOf(*id).size());
    }
    return ids;
}

/// How the model would go on where it may choose the last tokens itself: an unnatural cut would
/// hide in what follows it.
Result<std::string> naturalRest(ModelUnderTest& model, const PreparedInput& prompt,
    const std::vector<TokenId>& ids, StopToken stop) {
    constexpr std::size_t backOff = 3;
    std::vector<TokenId> from = ids;
    if (auto again = chosenAgain(model, prompt, ids, std::min(backOff, ids.size()), stop))
        from = std::move(*again);
    else if (again.error().code != "analysis.no_spelling")
        return forward(again);
    auto next = continueFrom(model, prompt, from, 4, stop);
    if (!next)
        return forward(next);
    const Tokenizer& tokenizer = *model.tokenizer();
    const std::string all = spelled(tokenizer, next->ids);
    return all.substr(std::min(all.size(), spelled(tokenizer, ids).size()));
}

} // namespace

Result<ForcedPrefix> forceText(ModelUnderTest& model, const PreparedInput& prompt,
    const std::string& text, const ForcePrefixOptions& options, StopToken stop) {
    const auto tokenizer = model.tokenizer();
    if (!tokenizer)
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    FollowingText following = encodeFollowing(*tokenizer, prompt.ids, text);
    ForcedPrefix out;
    out.ids = std::move(following.encoding.ids);
    // Whether the end of the text is a border too: encode(text) must begin encode(text + rest).
    std::string rest = options.goesOn.value_or("");
    if (!options.goesOn) {
        auto natural = naturalRest(model, prompt, out.ids, stop);
        if (!natural)
            return forward(natural);
        rest = std::move(*natural);
    }
    const auto whole = encodeFollowing(*tokenizer, prompt.ids, text + rest).encoding.ids;
    out.natural = following.natural && whole.size() >= out.ids.size()
        && std::equal(out.ids.begin(), out.ids.end(), whole.begin());
    out.backedOff = std::min(options.backOff, out.ids.size());
    if (out.backedOff > 0) {
        auto again = chosenAgain(model, prompt, std::move(out.ids), out.backedOff, stop);
        if (!again)
            return forward(again);
        out.ids = std::move(*again);
    }
    const TokenView view = continuationView(*tokenizer, prompt.ids, out.ids);
    out.text = view.text ? toValidUtf8(*view.text) : text;
    return out;
}

Result<ForcedContinuation> continueFrom(ModelUnderTest& model, const PreparedInput& prompt,
    std::span<const TokenId> prefix, int maxNew, StopToken stop) {
    std::vector<TokenId> ids = prompt.ids;
    ids.insert(ids.end(), prefix.begin(), prefix.end());
    GenerateOptions options;
    options.maxNew = maxNew;
    options.stopStrings = prompt.stopStrings;
    auto generation = model.generate(ids, options, stop);
    if (!generation)
        return forward(generation);
    if (generation->ended == EndReason::Cancelled)
        return fail("cancelled");
    ForcedContinuation out;
    out.ids.assign(prefix.begin(), prefix.end());
    out.ids.insert(out.ids.end(), generation->ids.begin(), generation->ids.end());
    out.ended = generation->ended;
    const auto tokenizer = model.tokenizer();
    if (!tokenizer) {
        for (std::size_t i = 0; i < out.ids.size(); ++i) {
            out.text += (i > 0 ? " " : "") + std::to_string(out.ids[i]);
            if (i + 1 == prefix.size())
                out.prefixBytes = out.text.size();
        }
        return out;
    }
    const TokenView view = continuationView(*tokenizer, prompt.ids, out.ids);
    const std::string cut = cutAtStop(*view.text, prompt.stopStrings);
    const std::size_t given = prefix.empty() ? 0 : std::size_t(view.ranges[prefix.size() - 1].end);
    out.prefixBytes = toValidUtf8(cut.substr(0, given)).size();
    out.text = toValidUtf8(cut);
    return out;
}

Result<RepairTest> repairTest(ModelUnderTest& model, const PreparedInput& prompt,
    std::span<const TokenId> reference, std::size_t departure, const Grader& grader,
    std::span<const std::string> references, int maxNew, StopToken stop) {
    RepairTest out;
    out.departure = departure;
    const auto right = [&](std::size_t given) -> Result<bool> {
        auto branch = continueFrom(model, prompt, reference.first(given), maxNew, stop);
        if (!branch)
            return forward(branch);
        RepairTest::Try one{
            given, grader.grade(branch->text, references), branch->text, branch->prefixBytes};
        out.tries.push_back(std::move(one));
        return out.tries.back().grade.verdict == Verdict::Right;
    };
    auto free = right(0);
    if (!free)
        return forward(free);
    if (*free) {
        out.length = 0;
        return out;
    }
    const std::size_t most = reference.size() - std::min(departure, reference.size());
    std::size_t wrong = 0;
    for (std::size_t j = 1; most > 0; j = std::min(2 * j, most)) {
        auto good = right(departure + j);
        if (!good)
            return forward(good);
        if (*good) {
            out.length = j;
            break;
        }
        wrong = j;
        if (j == most)
            return out;
    }
    while (out.length && *out.length > wrong + 1) {
        const std::size_t middle = wrong + (*out.length - wrong) / 2;
        auto good = right(departure + middle);
        if (!good)
            return forward(good);
        if (*good)
            out.length = middle;
        else
            wrong = middle;
    }
    return out;
}

} // namespace assay
