#include "core/analysis/compare.h"

#include "core/analysis/onset.h"
#include "core/analysis/token_scores_kernel.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>

namespace assay {

bool sharesVocabulary(const ModelUnderTest& base, const ModelUnderTest& tuned) {
    return base.info().tokenizerHash == tuned.info().tokenizerHash
        && !base.tokenizer() == !tuned.tokenizer();
}

std::int64_t commonVocabulary(const ModelUnderTest& base, const ModelUnderTest& tuned) {
    std::int64_t size = std::min(base.info().vocabularySize, tuned.info().vocabularySize);
    if (const auto tokenizer = base.tokenizer())
        size = std::min(size, tokenizer->vocabularySize());
    return size;
}

namespace {

struct Restricted {
    kernel::NormedRow row;
    float dropped = 0;
};

/// The row over the common ids, and the probability that is left out.
Restricted restrictRow(std::span<const float> logits, std::size_t common) {
    const std::span<const float> kept = logits.first(common);
    const float peak = kernel::rowMax(kept);
    Restricted out{{kept, peak, kernel::rowSums(kept, peak).s}, 0};
    if (common < logits.size()) {
        const std::span<const float> rest = logits.subspan(common);
        const float restPeak = kernel::rowMax(rest);
        const double ratio = kernel::rowSums(rest, restPeak).s / out.row.sum
            * std::exp(double(restPeak) - double(peak));
        out.dropped = std::isinf(restPeak) && restPeak < 0 ? 0 : float(ratio / (1 + ratio));
    }
    return out;
}

} // namespace

ComparedToken compareRows(std::span<const float> base, std::span<const float> tuned,
    std::int64_t commonVocabulary, TokenId next, std::span<Candidate> baseTop,
    std::span<Candidate> tunedTop) {
    ComparedToken token;
    token.base = scoreLogits(base, next, baseTop);
    token.tuned = scoreLogits(tuned, next, tunedTop);
    const Restricted baseRow = restrictRow(base, std::size_t(commonVocabulary));
    const Restricted tunedRow = restrictRow(tuned, std::size_t(commonVocabulary));
    token.distance = kernel::rowDistance(baseRow.row, tunedRow.row);
    token.baseDropped = baseRow.dropped;
    token.tunedDropped = tunedRow.dropped;
    return token;
}

Result<Comparison> compareOnIds(ModelUnderTest& base, ModelUnderTest& tuned,
    std::span<const TokenId> ids, const CompareOptions& options, const StopToken& stop) {
    Comparison comparison;
    comparison.commonVocabulary = commonVocabulary(base, tuned);
    if (ids.size() < 2)
        return comparison;
    auto basePass = base.forced(ids, stop);
    if (!basePass)
        return forward(basePass);
    auto tunedPass = tuned.forced(ids, stop);
    if (!tunedPass)
        return forward(tunedPass);

    const auto baseSize = std::size_t(base.info().vocabularySize);
    const auto tunedSize = std::size_t(tuned.info().vocabularySize);
    constexpr std::int64_t budget = 16 << 20; // floats
    const std::int64_t chunk = options.chunk > 0
        ? options.chunk
        : std::clamp<std::int64_t>(budget / std::int64_t(std::max(baseSize, tunedSize)), 1, 256);
    const std::int64_t rows = std::int64_t(ids.size()) - 1;
    const std::int64_t held = std::min(chunk, rows);
    std::vector<float> baseLogits(std::size_t(held) * baseSize);
    std::vector<float> tunedLogits(std::size_t(held) * tunedSize);
    comparison.tokens.resize(std::size_t(rows));
    const auto kept = std::size_t(std::max(0, options.topK));
    comparison.topK = int(kept);
    comparison.baseTop.resize(std::size_t(rows) * kept);
    comparison.tunedTop.resize(std::size_t(rows) * kept);
    for (std::int64_t begin = 0; begin < rows; begin += chunk) {
        const std::int64_t end = std::min(rows, begin + chunk);
        if (stop.stop_requested())
            return fail("cancelled");
        const auto count = std::size_t(end - begin);
        const std::span<float> baseRows(baseLogits.data(), count * baseSize);
        const std::span<float> tunedRows(tunedLogits.data(), count * tunedSize);
        if (auto done = (*basePass)->logits(begin, end, baseRows); !done)
            return forward(done);
        if (auto done = (*tunedPass)->logits(begin, end, tunedRows); !done)
            return forward(done);
        parallelFor(begin, end, 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t t = first; t < last; ++t) {
                const auto row = std::size_t(t - begin);
                comparison.tokens[std::size_t(t)]
                    = compareRows(baseRows.subspan(row * baseSize, baseSize),
                        tunedRows.subspan(row * tunedSize, tunedSize), comparison.commonVocabulary,
                        ids[std::size_t(t) + 1],
                        std::span(comparison.baseTop).subspan(std::size_t(t) * kept, kept),
                        std::span(comparison.tunedTop).subspan(std::size_t(t) * kept, kept));
            }
        });
    }
    return comparison;
}

std::string_view urialBand(std::int32_t rankUnderBase) {
    return rankUnderBase <= 1 ? "unshifted" : rankUnderBase <= 3 ? "marginal" : "shifted";
}

std::optional<Divergence> firstDivergence(std::string_view base,
    std::span<const ByteRange> baseRanges, std::string_view tuned,
    std::span<const ByteRange> tunedRanges) {
    if (base == tuned)
        return std::nullopt;
    const std::int64_t byte = std::ranges::mismatch(base, tuned).in1 - base.begin();
    return Divergence{byte, tokenAtByte(baseRanges, byte), tokenAtByte(tunedRanges, byte)};
}

std::optional<Divergence> firstDivergence(
    std::span<const TokenId> base, std::span<const TokenId> tuned) {
    if (std::ranges::equal(base, tuned))
        return std::nullopt;
    const std::size_t at = std::size_t(std::ranges::mismatch(base, tuned).in1 - base.begin());
    return Divergence{-1, at, at};
}

} // namespace assay
