#include "core/analysis/json_break.h"

#include "core/analysis/forced_prefix.h"
#include "core/analysis/records.h"
#include "core/base/utf8.h"
#include "core/text/following_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace assay {

namespace {

constexpr std::array outcomeNames
    = {"valid", "no_json", "dead", "schema_dead", "open_end", "trailing_text"};
constexpr std::string_view white = " \t\r\n";
constexpr std::string_view fenceMark = "```";

/// Where the document begins, and what stands before it.
std::size_t documentBegin(std::string_view answer, JsonBreak& found) {
    std::size_t at = answer.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    at = answer.find_first_not_of(white, at);
    if (at == std::string_view::npos)
        return answer.size();
    if (answer[at] == '{' || answer[at] == '[')
        return at;
    if (answer[at] == '"') {
        // A text that is one string is a document too.
        JsonAcceptor whole;
        if (whole.feed(answer.substr(at)) == answer.size() - at)
            return at;
    }
    const std::size_t bracket = answer.find_first_of("{[", at);
    if (bracket == std::string_view::npos)
        return at;
    const std::string_view before = answer.substr(at, bracket - at);
    const std::size_t mark = before.find(fenceMark);
    found.fence = mark != std::string_view::npos;
    found.leadingText = mark != 0;
    return bracket;
}

/// Keys that an object has twice, as paths of keys.
std::vector<std::string> duplicateKeys(std::string_view body) {
    std::vector<std::set<std::string>> open;
    std::vector<std::string> path;
    std::vector<std::string> found;
    const auto watch = [&](int, Json::parse_event_t event, Json& value) {
        if (event == Json::parse_event_t::object_start) {
            open.emplace_back();
            path.emplace_back();
        } else if (event == Json::parse_event_t::object_end) {
            open.pop_back();
            path.pop_back();
        } else if (event == Json::parse_event_t::key) {
            path.back() = value.get<std::string>();
            if (!open.back().insert(path.back()).second) {
                std::string pointer;
                for (const std::string& key : path)
                    pointer += "/" + key;
                found.push_back(std::move(pointer));
            }
        }
        return true;
    };
    const Json parsed = Json::parse(body, watch, false);
    return parsed.is_discarded() ? std::vector<std::string>() : found;
}

} // namespace

std::string_view jsonOutcomeName(JsonOutcome outcome) {
    return outcomeNames[std::size_t(outcome)];
}

JsonBreak findJsonBreak(std::string_view answer, std::shared_ptr<const JsonSchema> schema) {
    JsonBreak found;
    const std::size_t begin = documentBegin(answer, found);
    const std::string_view rest = answer.substr(begin);
    JsonAcceptor acceptor(schema);
    const std::size_t fed = acceptor.feed(rest);
    const std::size_t at = begin + fed;
    found.body = {std::int64_t(begin), std::int64_t(at)};
    found.pointer = acceptor.pointer();
    if (rest.empty()) {
        found.outcome = JsonOutcome::NoJson;
        found.byte = std::int64_t(answer.size());
        found.reason = "the answer is empty";
        return found;
    }
    const auto breakAt = [&](JsonOutcome outcome, std::size_t byte, std::string reason) {
        found.outcome = outcome;
        found.byte = std::int64_t(byte);
        found.reason = std::move(reason);
    };
    if (fed < rest.size() && acceptor.closed()) {
        // Behind the document: its fence, and anything else.
        std::size_t after = answer.find_first_not_of(white, at);
        if (found.fence && answer.substr(after).starts_with(fenceMark))
            after = answer.find_first_not_of(white, after + fenceMark.size());
        if (after != std::string_view::npos) {
            found.trailingText = true;
            breakAt(JsonOutcome::TrailingText, after, acceptor.reason());
        }
    } else if (fed < rest.size()) {
        const bool begun = rest.front() == '{' || rest.front() == '[';
        const bool schemaDied = acceptor.death() == JsonDeath::Schema;
        breakAt(schemaDied ? JsonOutcome::SchemaDead
                : begun    ? JsonOutcome::Dead
                           : JsonOutcome::NoJson,
            at, acceptor.reason());
    } else if (!acceptor.complete()) {
        JsonAcceptor plain;
        plain.feed(rest);
        if (plain.complete())
            breakAt(JsonOutcome::SchemaDead, at, "the value does not fit");
        else
            breakAt(JsonOutcome::OpenEnd, at, "the document is not closed");
    }
    if (found.outcome == JsonOutcome::Valid || found.outcome == JsonOutcome::TrailingText) {
        const std::size_t last = answer.substr(0, at).find_last_not_of(white);
        found.body.end = std::int64_t(last + 1);
        found.duplicateKeys
            = duplicateKeys(answer.substr(begin, std::size_t(found.body.end) - begin));
    }
    return found;
}

JsonBreakScores validMass(std::span<const float> logits, const Tokenizer& tokenizer,
    const JsonAcceptor& before, std::span<const TokenId> endIds, std::string_view lead) {
    JsonBreakScores out;
    const float most = *std::ranges::max_element(logits);
    double total = 0;
    for (const float logit : logits)
        total += std::exp(double(logit) - double(most));
    const auto probability = [&](TokenId id) {
        return std::exp(double(logits[std::size_t(id)]) - double(most)) / total;
    };
    // Few first bytes are viable; only their tokens are tried out whole.
    std::array<bool, 256> first{};
    for (int byte = 0; byte < 256; ++byte) {
        JsonAcceptor fork = before;
        first[std::size_t(byte)] = fork.feed(char(byte));
    }
    const bool complete = lead.empty() && before.complete();
    const auto isValid = [&](TokenId id) {
        if (std::ranges::find(endIds, id) != endIds.end())
            return complete;
        const std::string bytes = tokenizer.bytesOf(id);
        if (bytes.empty())
            return false;
        if (!lead.empty() && bytes.size() <= lead.size())
            return lead.starts_with(bytes);
        if (!bytes.starts_with(lead)
            || !first[std::size_t(static_cast<unsigned char>(bytes[lead.size()]))])
            return false;
        JsonAcceptor fork = before;
        return fork.feed(std::string_view(bytes).substr(lead.size())) == bytes.size() - lead.size();
    };
    const auto known
        = TokenId(std::min<std::int64_t>(std::int64_t(logits.size()), tokenizer.vocabularySize()));
    for (TokenId id = 0; id < known; ++id) {
        if (!isValid(id))
            continue;
        out.valid += probability(id);
        if (out.best < 0 || logits[std::size_t(id)] > logits[std::size_t(out.best)])
            out.best = id;
        const bool blank = tokenizer.bytesOf(id).find_first_not_of(white) == std::string::npos
            && std::ranges::find(endIds, id) == endIds.end();
        if (!blank && (out.next < 0 || logits[std::size_t(id)] > logits[std::size_t(out.next)]))
            out.next = id;
    }
    for (const TokenId id : endIds)
        if (id >= 0 && std::size_t(id) < logits.size())
            out.end += probability(id);
    if (out.best >= 0) {
        const float logit = logits[std::size_t(out.best)];
        out.bestRank = 1
            + std::int32_t(std::ranges::count_if(logits, [logit](float z) { return z > logit; }));
        out.bestLogprob = float(double(logit) - double(most) - std::log(total));
        out.gap = most - logit;
    }
    return out;
}

namespace {

/// Ids that end an answer: the model's, and those that its template ends turns with.
std::vector<TokenId> endIdsOf(const ModelUnderTest& model, const PreparedInput& prompt) {
    std::vector<TokenId> ids = model.endIds();
    for (const std::string& stop : prompt.stopStrings)
        if (const TokenId id = model.tokenizer()->idOf(stop); id >= 0)
            ids.push_back(id);
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

/// An answer as ids behind a prompt, with the byte at which each begins.
struct AnswerTokens {
    std::vector<TokenId> ids;
    std::vector<std::int64_t> begins; ///< and the end of the last
    std::string text;
};

AnswerTokens tokensOf(const ForcedReference& forced, const std::string& text) {
    AnswerTokens out;
    const std::int64_t base = forcedTextBegin(forced, text);
    const auto ids = forced.ids();
    out.ids.assign(ids.begin(), ids.end());
    for (std::size_t i = forced.first; i < forced.end; ++i)
        out.begins.push_back(std::max<std::int64_t>(0, forced.whole.ranges[i].begin - base));
    out.begins.push_back(std::int64_t(text.size()));
    out.text = text;
    return out;
}

AnswerTokens tokensOf(const Tokenizer& tokenizer, const PreparedInput& prompt,
    const std::vector<TokenId>& ids, const std::string& text) {
    AnswerTokens out;
    out.ids = ids;
    const TokenView view = continuationView(tokenizer, prompt.ids, ids);
    for (const ByteRange& range : view.ranges)
        out.begins.push_back(range.begin);
    out.begins.push_back(std::int64_t(text.size()));
    out.text = text;
    return out;
}

Result<JsonBreakScores> scoreBreak(ModelUnderTest& model, const PreparedInput& prompt,
    const AnswerTokens& answer, const JsonBreak& found, const JsonBreakOptions& options,
    StopToken stop) {
    std::size_t token = 0;
    while (token < answer.ids.size() && answer.begins[token + 1] <= found.byte)
        ++token;
    const std::int64_t tokenByte = answer.begins[std::min(token, answer.begins.size() - 1)];
    std::vector<TokenId> before = prompt.ids;
    before.insert(before.end(), answer.ids.begin(), answer.ids.begin() + std::ptrdiff_t(token));
    if (before.empty())
        return fail("analysis.no_input"); // the first token of all has no prediction
    auto pass = model.forced(before, stop);
    if (!pass)
        return forward(pass);
    std::vector<float> row(std::size_t(model.info().vocabularySize));
    if (auto done
        = (*pass)->logits(std::int64_t(before.size()) - 1, std::int64_t(before.size()), row);
        !done)
        return forward(done);
    JsonAcceptor state(options.schema);
    const std::string_view text = answer.text;
    std::string_view lead;
    if (tokenByte < found.body.begin)
        lead = text.substr(std::size_t(tokenByte), std::size_t(found.body.begin - tokenByte));
    else
        state.feed(
            text.substr(std::size_t(found.body.begin), std::size_t(tokenByte - found.body.begin)));
    JsonBreakScores out = validMass(row, *model.tokenizer(), state, endIdsOf(model, prompt), lead);
    out.token = token;
    out.tokenByte = tokenByte;
    if (token < answer.ids.size()) {
        out.said = answer.ids[token];
        out.saidLogprob = scoreLogits(row, out.said, {}).logprob;
    }
    return out;
}

} // namespace

Result<std::optional<JsonBreakReport>> askAboutBreak(ModelUnderTest& model,
    const JsonBreakQuestion& question, const JsonBreak& found, const JsonBreakOptions& options,
    StopToken stop) {
    if (found.outcome == JsonOutcome::Valid)
        return std::optional<JsonBreakReport>();
    const auto tokenizer = model.tokenizer();
    if (!tokenizer)
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    auto prompt = prepareInput(model, question.input, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    auto forced = forceReference(model, question.input, *prompt, question.answer);
    if (!forced)
        return forward(forced);
    AnswerTokens answer = tokensOf(*forced, question.answer);
    auto scores = scoreBreak(model, *prompt, answer, found, options, stop);
    if (!scores)
        return forward(scores);
    JsonBreakReport report;
    report.scores = *scores;
    const auto ends = endIdsOf(model, *prompt);
    JsonRepair repair;
    repair.after = found;
    JsonBreakScores place = *scores;
    while (repair.after.outcome != JsonOutcome::Valid && repair.repairs < options.mostRepairs) {
        std::vector<TokenId> ids(
            answer.ids.begin(), answer.ids.begin() + std::ptrdiff_t(place.token));
        const bool ended = std::ranges::find(ends, place.next) != ends.end();
        if (!options.snippet.empty()) {
            if (repair.repairs > 0)
                break;
            // Behind the bytes of the token that were still right.
            const std::string bytes = answer.text.substr(std::size_t(place.tokenByte),
                                          std::size_t(repair.after.byte - place.tokenByte))
                + options.snippet;
            std::vector<TokenId> all = prompt->ids;
            all.insert(all.end(), ids.begin(), ids.end());
            const auto fed = encodeFollowing(*tokenizer, all, bytes).encoding.ids;
            ids.insert(ids.end(), fed.begin(), fed.end());
            repair.snippet = options.snippet;
        } else if (place.next < 0) {
            break;
        } else if (!ended) {
            ids.push_back(place.next);
            repair.snippet += tokenizer->bytesOf(place.next);
        }
        ++repair.repairs;
        if (options.snippet.empty() && ended) {
            repair.text = answer.text.substr(0, std::size_t(place.tokenByte));
            repair.after = findJsonBreak(repair.text, options.schema);
            break;
        }
        auto next = continueFrom(model, *prompt, ids, options.maxNew, stop);
        if (!next)
            return forward(next);
        repair.text = next->text;
        repair.after = findJsonBreak(repair.text, options.schema);
        if (repair.after.outcome == JsonOutcome::Valid || !options.snippet.empty())
            break;
        answer = tokensOf(*tokenizer, *prompt, next->ids, next->text);
        auto again = scoreBreak(model, *prompt, answer, repair.after, options, stop);
        if (!again)
            return forward(again);
        place = *again;
    }
    repair.snippet = toValidUtf8(repair.snippet);
    if (repair.repairs > 0)
        report.repair = std::move(repair);
    return std::optional(std::move(report));
}

Json jsonBreakToJson(const JsonBreak& found) {
    Json out = {{"outcome", jsonOutcomeName(found.outcome)},
        {"byte", found.byte < 0 ? Json() : Json(found.byte)}, {"reason", found.reason},
        {"pointer", found.pointer}, {"body", {found.body.begin, found.body.end}},
        {"leading_text", found.leadingText}, {"fence", found.fence},
        {"trailing_text", found.trailingText}};
    if (!found.duplicateKeys.empty())
        out["duplicate_keys"] = found.duplicateKeys;
    return out;
}

Json jsonBreakReportToJson(const JsonBreakReport& report, const Tokenizer& tokenizer) {
    const JsonBreakScores& s = report.scores;
    Json out = {{"token", s.token}, {"token_byte", s.tokenByte},
        {"said", s.said < 0 ? Json() : Json(displayPiece(tokenizer, s.said))}};
    if (s.said >= 0)
        out["said_logprob"] = floatToJson(s.saidLogprob);
    out["p_valid"] = s.valid;
    out["p_end"] = s.end;
    out["best_valid"] = s.best < 0
        ? Json()
        : Json{{"id", s.best}, {"text", displayPiece(tokenizer, s.best)}, {"rank", s.bestRank},
            {"logprob", floatToJson(s.bestLogprob)}, {"gap", floatToJson(s.gap)}};
    if (report.repair)
        out["repair"] = {{"snippet", report.repair->snippet}, {"repairs", report.repair->repairs},
            {"text", report.repair->text}, {"after", jsonBreakToJson(report.repair->after)}};
    return out;
}

} // namespace assay
