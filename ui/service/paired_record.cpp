#include "ui/service/paired_record.h"

namespace assay {

namespace {

tl::unexpected<Error> unusable(const std::string& reason) {
    return fail("session.score_record", {{"reason", reason}});
}

double numberAt(const Json& object, const char* key, std::size_t index) {
    const auto found = object.find(key);
    return found != object.end() && found->is_array() && index < found->size()
            && (*found)[index].is_number()
        ? (*found)[index].get<double>()
        : 0;
}

int intAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<int>() : 0;
}

Json valueAt(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() ? *found : Json();
}

} // namespace

Result<void> PairedCollector::addBlock(const Json& block) {
    const int first = intAt(block, "first");
    if (first < 1)
        return unusable("a block names no first token");
    for (const auto& [key, collector] :
        {std::pair("base", &m_base), std::pair("tuned", &m_tuned)}) {
        Json side = valueAt(block, key);
        if (side.is_null())
            continue;
        side["first"] = first;
        if (auto added = collector->addBlock(side); !added)
            return added;
    }
    const Json js = valueAt(block, "js");
    if (!js.is_array())
        return {};
    m_distances.resize(std::max(m_distances.size(), std::size_t(first) + js.size()));
    for (std::size_t i = 0; i < js.size(); ++i)
        m_distances[std::size_t(first) + i] = {numberAt(block, "js", i),
            numberAt(block, "kl_tuned_base", i), numberAt(block, "kl_base_tuned", i)};
    return {};
}

Result<PairedRecord> PairedCollector::finish(const Json& result) {
    if (!result.is_object() || !result.contains("tuned") || !result.contains("base"))
        return unusable("it lacks a side");
    PairedRecord record;
    record.shared = valueAt(result, "shared") == Json(true);
    const auto take = [&](const char* key, const char* tokensFrom, ScoreCollector& collector,
                          PairedRecord::Side& side) -> Result<void> {
        const Json& own = result[key];
        Json tokens = result[tokensFrom];
        tokens["text"] = valueAt(result, "text");
        auto scores = collector.finish(tokens);
        if (!scores)
            return forward(scores);
        side.scores = std::move(*scores);
        side.answerBegin = intAt(own, "answer_begin");
        side.answerEnd = intAt(own, "answer_end");
        side.departure = valueAt(own, "R1");
        const auto count = int(side.scores.tokens.size());
        if (side.answerBegin < 0 || side.answerBegin > side.answerEnd || side.answerEnd > count)
            return unusable("the answer lies outside the text");
        return {};
    };
    if (auto taken = take("tuned", "tuned", m_tuned, record.tuned); !taken)
        return forward(taken);
    if (auto taken = take("base", record.shared ? "tuned" : "base", m_base, record.base); !taken)
        return forward(taken);
    record.distances = std::move(m_distances);
    if (record.shared && record.distances.size() != record.tuned.scores.tokens.size())
        return unusable("distances do not fit the tokens");
    if (const Json groups = valueAt(result, "groups"); groups.is_array())
        for (const Json& group : groups) {
            const Json base = valueAt(group, "base_tokens");
            const Json tuned = valueAt(group, "tuned_tokens");
            if (!base.is_array() || !tuned.is_array() || base.size() != 2 || tuned.size() != 2)
                return unusable("a group names no tokens");
            PairedRecord::Group out{
                base[0].get<int>(), base[1].get<int>(), tuned[0].get<int>(), tuned[1].get<int>()};
            if (out.baseBegin > out.baseEnd || out.tunedBegin > out.tunedEnd
                || out.baseEnd > int(record.base.scores.tokens.size())
                || out.tunedEnd > int(record.tuned.scores.tokens.size()))
                return unusable("a group lies outside the text");
            record.groups.push_back(out);
        }
    record.cutBytes = intAt(result, "cut_bytes");
    for (const Json& spelling : valueAt(result, "stop"))
        if (spelling.is_string())
            record.stop.push_back(spelling.get<std::string>());
    record.textDeparture = valueAt(result, "R0");
    record.summary = valueAt(result, "summary");
    record.provenance = valueAt(result, "provenance");
    return record;
}

} // namespace assay
