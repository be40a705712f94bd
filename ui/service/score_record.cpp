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

std::vector<std::pair<int, double>> candidates(const Json& list) {
    std::vector<std::pair<int, double>> out;
    out.reserve(list.size());
    for (const Json& pair : list)
        if (pair.is_array() && pair.size() >= 2 && pair[0].is_number_integer())
            out.emplace_back(pair[0].get<int>(), numberOr(pair[1], 0));
    return out;
}

int hexDigit(char c) {
    return c >= '0' && c <= '9' ? c - '0'
        : c >= 'a' && c <= 'f'  ? c - 'a' + 10
        : c >= 'A' && c <= 'F'  ? c - 'A' + 10
                                : -1;
}

/// Marks what the template put around the messages' words.
void markFrame(ScoreRecord& record, const Json& spans, const std::vector<int>& spanOf) {
    static const char* const roles[]
        = {"", "system", "developer", "user", "assistant", "tool", "function"};
    std::vector<bool> frame(spans.size(), false);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const Json& span = spans[i];
        const auto begin = std::size_t(numberOr(span.value("begin", Json(0)), 0));
        const auto end = std::size_t(numberOr(span.value("end", Json(0)), 0));
        if (end > record.text.size() || begin > end)
            continue;
        std::string words = record.text.substr(begin, end - begin);
        const auto first = words.find_first_not_of(" \t\r\n");
        words = first == std::string::npos
            ? std::string()
            : words.substr(first, words.find_last_not_of(" \t\r\n") + 1 - first);
        frame[i] = span.value("control", Json(false)) == Json(true)
            || !span.value("message", Json()).is_number() || words.empty();
        // The name of a role stands before the words of its message; alone it is the words.
        if (!frame[i] && std::ranges::find(roles, words) != std::end(roles))
            frame[i] = i + 1 < spans.size()
                && spans[i + 1].value("message", Json()) == span.value("message", Json())
                && spans[i + 1].value("control", Json(false)) != Json(true);
    }
    for (std::size_t i = 0; i < record.tokens.size(); ++i)
        record.tokens[i].frame
            = record.tokens[i].bytes.empty() || (spanOf[i] >= 0 && frame[std::size_t(spanOf[i])]);
}

} // namespace

std::string bytesFromHex(const std::string& hex) {
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

std::vector<int> ScoreRecord::ids() const {
    std::vector<int> ids;
    ids.reserve(tokens.size());
    for (const Token& token : tokens)
        ids.push_back(token.id);
    return ids;
}

ScoreRecord::Token generatedToken(const Json& params) {
    ScoreRecord::Token token;
    const auto number = [&](const char* key, double fallback) {
        const auto found = params.find(key);
        return found != params.end() ? numberOr(*found, fallback) : fallback;
    };
    const auto text = [&](const char* key) {
        const auto found = params.find(key);
        return found != params.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    };
    token.id = int(number("id", -1));
    token.piece = text("piece");
    token.bytes = bytesFromHex(text("bytes_hex"));
    token.scored = true;
    token.logprob = number("logprob", std::nan(""));
    token.rank = int(number("rank", 0));
    token.entropy = number("entropy", 0);
    token.varentropy = number("varentropy", 0);
    token.margin = number("margin", 0);
    if (const Json* top = arrayAt(params, "top"))
        token.top = candidates(*top);
    token.control = token.bytes.empty();
    return token;
}

Result<void> ScoreCollector::addTokens(const Json& tokens) {
    const auto first = tokens.find("first");
    const Json* ids = arrayAt(tokens, "ids");
    const std::size_t known = m_fields.is_object() ? m_fields["ids"].size() : 0;
    if (!ids || first == tokens.end() || !first->is_number_integer()
        || first->get<std::int64_t>() != std::int64_t(known))
        return unusable("its tokens came out of order");
    if (!m_fields.is_object())
        m_fields = {{"ids", Json::array()}};
    for (const char* key : {"ids", "pieces", "byte_offsets", "bytes_hex"}) {
        const Json* part = arrayAt(tokens, key);
        if (!part)
            continue;
        Json& all = m_fields[key];
        if (!all.is_array())
            all = Json::array();
        all.insert(all.end(), part->begin(), part->end());
    }
    return {};
}

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
        token.top = candidates((*top)[i]);
    }
    return {};
}

Result<ScoreRecord> ScoreCollector::finish(const Json& result) {
    const Json& fields = m_fields.is_object() ? m_fields : result;
    const Json* ids = fields.is_object() ? arrayAt(fields, "ids") : nullptr;
    if (!ids || !result.is_object())
        return unusable("it has no ids");
    const auto scored = std::min(
        ids->size(), std::size_t(numberOr(result.value("scored", Json()), double(ids->size()))));
    if (m_scores.size() != scored)
        return unusable("scores for " + std::to_string(m_scores.size()) + " of "
            + std::to_string(scored) + " tokens arrived");
    ScoreRecord record;
    record.tokens = std::move(m_scores);
    record.tokens.resize(ids->size());
    record.scored = scored;
    m_scores.clear();
    if (const Json* stop = arrayAt(result, "stop"))
        for (const Json& spelling : *stop)
            if (spelling.is_string())
                record.stop.push_back(spelling.get<std::string>());
    if (const auto text = result.find("text"); text != result.end() && text->is_string())
        record.text = text->get<std::string>();
    const Json* pieces = arrayAt(fields, "pieces");
    const Json* offsets = arrayAt(fields, "byte_offsets");
    const Json* hex = arrayAt(fields, "bytes_hex");
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
            token.bytes = bytesFromHex((*hex)[i].get<std::string>());
    }
    if (const Json* spans = arrayAt(result, "spans")) {
        // A token belongs to the span that its first byte lies in; spans ascend.
        std::size_t at = 0;
        std::vector<int> spanOf(record.tokens.size(), -1);
        for (std::size_t i = 0; i < record.tokens.size(); ++i) {
            const auto endOf
                = [&](std::size_t s) { return numberOr((*spans)[s].value("end", Json(0)), 0); };
            while (at + 1 < spans->size() && double(ranges[i].first) >= endOf(at))
                ++at;
            if (at >= spans->size() || !(*spans)[at].is_object())
                break;
            const Json& span = (*spans)[at];
            spanOf[i] = int(at);
            record.tokens[i].message = int(numberOr(span.value("message", Json(-1)), -1));
            record.tokens[i].answer = span.value("answer", Json(false)) == Json(true);
            record.tokens[i].control = span.value("control", Json(false)) == Json(true);
        }
        markFrame(record, *spans, spanOf);
    } else {
        for (ScoreRecord::Token& token : record.tokens)
            token.frame = record.hasText && token.bytes.empty();
    }
    if (const auto provenance = result.find("provenance"); provenance != result.end())
        record.provenance = *provenance;
    return record;
}

} // namespace assay
