#include "ui/service/score_record.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

tl::unexpected<Error> unusable(const std::string& reason) {
    return fail("session.score_record", {{"reason", reason}});
}

const Json* arrayAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? &*found : nullptr;
}

double numberOr(const Json& value, double fallback) {
    return value.is_number() ? value.get<double>() : fallback;
}

int hexDigit(char c) {
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

std::string fromHex(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        const int high = hexDigit(hex[i]);
        const int low = hexDigit(hex[i + 1]);
        if (high < 0 || low < 0)
            return {};
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

} // namespace

Result<void> ScoreCollector::addBlock(const Json& block) {
    const auto first = block.find("first");
    if (first == block.end() || !first->is_number_integer() || first->get<std::int64_t>() < 0)
        return unusable("a block names no first token");
    const Json* logprob = arrayAt(block, "logprob");
    const Json* rank = arrayAt(block, "rank");
    const Json* entropy = arrayAt(block, "entropy");
    const Json* varentropy = arrayAt(block, "varentropy");
    const Json* margin = arrayAt(block, "margin");
    if (!logprob || !rank || !entropy || !varentropy || !margin)
        return unusable("a block lacks an array");
    const std::size_t count = logprob->size();
    for (const Json* other : {rank, entropy, varentropy, margin})
        if (other->size() != count)
            return unusable("a block's arrays differ in length");
    const Json* top = arrayAt(block, "top");
    const auto begin = first->get<std::size_t>();
    if (m_scores.size() < begin + count)
        m_scores.resize(begin + count);
    for (std::size_t i = 0; i < count; ++i) {
        ScoreRecord::Token& token = m_scores[begin + i];
        // Only the first token of a text has none; elsewhere null is a number that is not finite.
        token.scored = begin + i > 0;
        if (!token.scored)
            continue;
        token.logprob = numberOr((*logprob)[i], std::nan(""));
        token.rank = int(numberOr((*rank)[i], 0));
        token.entropy = numberOr((*entropy)[i], 0);
        token.varentropy = numberOr((*varentropy)[i], 0);
        token.margin = numberOr((*margin)[i], 0);
        if (!top || i >= top->size() || !(*top)[i].is_array())
            continue;
        for (const Json& pair : (*top)[i])
            if (pair.is_array() && pair.size() >= 2 && pair[0].is_number_integer())
                token.top.emplace_back(pair[0].get<int>(), numberOr(pair[1], 0));
    }
    return {};
}

Result<ScoreRecord> ScoreCollector::finish(const Json& result) {
    const Json* ids = result.is_object() ? arrayAt(result, "ids") : nullptr;
    if (!ids)
        return unusable("it has no ids");
    if (m_scores.size() != ids->size())
        return unusable("scores for " + std::to_string(m_scores.size()) + " of "
            + std::to_string(ids->size()) + " tokens arrived");
    ScoreRecord record;
    record.tokens = std::move(m_scores);
    m_scores.clear();
    if (const auto text = result.find("text"); text != result.end() && text->is_string())
        record.text = text->get<std::string>();
    const Json* pieces = arrayAt(result, "pieces");
    const Json* offsets = arrayAt(result, "byte_offsets");
    const Json* hex = arrayAt(result, "bytes_hex");
    record.hasText = pieces && offsets;
    std::vector<std::pair<std::size_t, std::size_t>> ranges(record.tokens.size());
    for (std::size_t i = 0; i < record.tokens.size(); ++i) {
        ScoreRecord::Token& token = record.tokens[i];
        token.id = int(numberOr((*ids)[i], -1));
        if (pieces && i < pieces->size() && (*pieces)[i].is_string())
            token.piece = (*pieces)[i].get<std::string>();
        if (offsets && i < offsets->size() && (*offsets)[i].is_array()
            && (*offsets)[i].size() == 2) {
            const auto begin = std::size_t(numberOr((*offsets)[i][0], 0));
            const auto end = std::size_t(numberOr((*offsets)[i][1], 0));
            if (begin > end || end > record.text.size())
                return unusable("a byte range lies outside the text");
            ranges[i] = {begin, end};
            token.bytes = record.text.substr(begin, end - begin);
        }
        if (token.bytes.empty() && hex && i < hex->size() && (*hex)[i].is_string())
            token.bytes = fromHex((*hex)[i].get<std::string>());
    }
    if (const Json* spans = arrayAt(result, "spans")) {
        // A token belongs to the span that its first byte lies in; spans ascend.
        std::size_t at = 0;
        for (std::size_t i = 0; i < record.tokens.size(); ++i) {
            const auto endOf
                = [&](std::size_t s) { return numberOr((*spans)[s].value("end", Json(0)), 0); };
            while (at + 1 < spans->size() && double(ranges[i].first) >= endOf(at))
                ++at;
            if (at >= spans->size() || !(*spans)[at].is_object())
                break;
            const Json& span = (*spans)[at];
            record.tokens[i].message = int(numberOr(span.value("message", Json(-1)), -1));
            record.tokens[i].answer = span.value("answer", Json(false)) == Json(true);
            record.tokens[i].control = span.value("control", Json(false)) == Json(true);
        }
    }
    if (const auto provenance = result.find("provenance"); provenance != result.end())
        record.provenance = *provenance;
    return record;
}

} // namespace assay
