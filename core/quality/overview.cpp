#include "core/quality/overview.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace assay {

namespace {

Json figuresToJson(const LengthFigures& figures) {
    return {{"p50", figures.median}, {"p95", figures.p95}, {"p99", figures.p99},
        {"largest", figures.largest}, {"sum", figures.sum}};
}

LengthFigures figuresFromJson(const Json& json) {
    return {json.value("p50", std::int64_t(0)), json.value("p95", std::int64_t(0)),
        json.value("p99", std::int64_t(0)), json.value("largest", std::int64_t(0)),
        json.value("sum", std::int64_t(0))};
}

Json countsToJson(const std::map<std::string, std::int64_t>& counts) {
    Json json = Json::object();
    for (const auto& [name, count] : counts)
        json[name] = count;
    return json;
}

std::map<std::string, std::int64_t> countsFromJson(const Json& json) {
    std::map<std::string, std::int64_t> counts;
    for (const auto& [name, count] : json.items())
        counts[name] = count.get<std::int64_t>();
    return counts;
}

Json partToJson(const OverviewPart& part) {
    Json json = {{"rows", part.rows}, {"turns", part.turns}, {"tokens", figuresToJson(part.tokens)},
        {"characters", figuresToJson(part.characters)}, {"trained_tokens", part.trainedTokens},
        {"findings", countsToJson(part.findings)}, {"languages", countsToJson(part.languages)}};
    if (!part.channel.empty())
        json["channel"] = part.channel;
    return json;
}

OverviewPart partFromJson(const Json& json) {
    OverviewPart part;
    part.channel = json.value("channel", "");
    part.rows = json.at("rows").get<std::int64_t>();
    part.turns = json.at("turns").get<std::int64_t>();
    part.tokens = figuresFromJson(json.at("tokens"));
    part.characters = figuresFromJson(json.at("characters"));
    part.trainedTokens = json.at("trained_tokens").get<std::int64_t>();
    part.findings = countsFromJson(json.at("findings"));
    part.languages = countsFromJson(json.at("languages"));
    return part;
}

} // namespace

LengthFigures lengthFigures(std::vector<std::int64_t> lengths) {
    LengthFigures figures;
    if (lengths.empty())
        return figures;
    std::ranges::sort(lengths);
    const auto rank = [&](double share) {
        return lengths[std::size_t(std::ceil(share * double(lengths.size()))) - 1];
    };
    figures.median = rank(0.50);
    figures.p95 = rank(0.95);
    figures.p99 = rank(0.99);
    figures.largest = lengths.back();
    for (const std::int64_t length : lengths)
        figures.sum += length;
    return figures;
}

Json overviewToJson(const Overview& overview) {
    Json json = partToJson(overview.all);
    json["duplicate_groups"] = overview.duplicateGroups;
    json["surplus_rows"] = overview.surplusRows;
    json["conflict_groups"] = overview.conflictGroups;
    json["near_groups"] = overview.nearGroups;
    json["held_out"] = {{"name", overview.heldOutName}, {"rows", overview.heldOutRows}};
    json["tokens_estimated"] = overview.estimated;
    json["tokenizer"] = overview.tokenizer;
    json["max_length"] = overview.maxLength;
    json["rules"] = overview.rulesVersion;
    json["channels"] = Json::array();
    for (const OverviewPart& part : overview.channels)
        json["channels"].push_back(partToJson(part));
    return json;
}

Result<Overview> overviewFromJson(const Json& json, const std::string& place) {
    try {
        Overview overview;
        overview.all = partFromJson(json);
        overview.duplicateGroups = json.at("duplicate_groups").get<std::int64_t>();
        overview.surplusRows = json.at("surplus_rows").get<std::int64_t>();
        overview.conflictGroups = json.at("conflict_groups").get<std::int64_t>();
        overview.nearGroups = json.value("near_groups", std::int64_t(0));
        if (const auto heldOut = json.find("held_out"); heldOut != json.end()) {
            overview.heldOutName = heldOut->value("name", "");
            overview.heldOutRows = heldOut->value("rows", std::int64_t(0));
        }
        overview.estimated = json.at("tokens_estimated").get<bool>();
        overview.tokenizer = json.at("tokenizer").get<std::string>();
        overview.maxLength = json.at("max_length").get<std::int64_t>();
        overview.rulesVersion = json.at("rules").get<int>();
        for (const Json& part : json.at("channels"))
            overview.channels.push_back(partFromJson(part));
        return overview;
    } catch (const Json::exception& e) {
        return fail("json.value", {{"key", "overview"}, {"reason", e.what()}}, place);
    }
}

OverviewBuilder::OverviewBuilder(const CheckOptions& options) {
    m_overview.estimated = !options.tokenizer;
    m_overview.tokenizer = options.tokenizerName;
    m_overview.maxLength = options.maxLength;
}

void OverviewBuilder::note(
    const std::string& name, std::int64_t id, std::size_t channel, std::int64_t group) {
    m_found[name].push_back({id, group});
    ++m_overview.all.findings[name];
    ++m_parts[channel].findings[name];
}

void OverviewBuilder::add(
    std::int64_t id, const std::string& channel, const CheckedSample& checked, bool heldOut) {
    const auto [place, isNew] = m_channels.try_emplace(channel, m_parts.size());
    if (isNew) {
        m_parts.emplace_back();
        m_parts.back().channel = channel;
        m_lengths.emplace_back();
    }
    const std::size_t number = place->second;
    OverviewPart& part = m_parts[number];
    for (OverviewPart* each : {&m_overview.all, &part}) {
        ++each->rows;
        each->turns += checked.turns;
        each->trainedTokens += checked.answerTokens;
        ++each->languages[checked.language];
    }
    m_lengths[number].tokens.push_back(checked.tokens);
    m_lengths[number].characters.push_back(checked.characters);
    for (const CheckInfo* info : checked.found)
        note(info->name, id, number);
    m_found[std::string(languagePrefix) + checked.language].push_back({id, 0});
    if (heldOut)
        m_heldOut.emplace(id, number);
    else if (checked.leakOf != 0)
        m_leaks.emplace_back(m_rows.size(), checked.leakOf);
    m_rows.push_back({id, number, checked.content, checked.question, checked.answer,
        checked.comparable, checked.near});
}

namespace {

/// Calls `visit` with each run of rows of equal key that has at least two; rows stay in the order
/// of their ids.
template <class Row, class Visit>
void forEachGroup(std::vector<Row*>& rows, ContentKey Row::*key, Visit visit) {
    std::ranges::sort(rows, [key](const Row* a, const Row* b) {
        return a->*key != b->*key ? a->*key < b->*key : a->id < b->id;
    });
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && rows[end]->*key == rows[begin]->*key)
            ++end;
        if (end - begin > 1)
            visit(std::span(rows).subspan(begin, end - begin));
        begin = end;
    }
}

} // namespace

void OverviewBuilder::findDuplicates() {
    std::vector<Row*> rows;
    for (Row& row : m_rows)
        rows.push_back(&row);
    // A group is numbered by its first row, so that groups stand in the order of import.
    forEachGroup(rows, &Row::content, [this](std::span<Row*> group) {
        ++m_overview.duplicateGroups;
        m_overview.surplusRows += std::int64_t(group.size()) - 1;
        for (const Row* row : group)
            note("duplicate-exact", row->id, row->channel, group.front()->id);
    });
}

void OverviewBuilder::findConflicts() {
    std::vector<Row*> rows;
    for (Row& row : m_rows)
        if (row.comparable)
            rows.push_back(&row);
    forEachGroup(rows, &Row::question, [this](std::span<Row*> group) {
        const bool differ = std::ranges::any_of(
            group, [&](const Row* row) { return row->answer != group.front()->answer; });
        if (!differ)
            return;
        ++m_overview.conflictGroups;
        for (const Row* row : group)
            note("conflict", row->id, row->channel, group.front()->id);
    });
}

void OverviewBuilder::findNearDuplicates(
    const NearDuplicates::Pieces& pieces, const StopToken& stop) {
    std::vector<const Row*> rows;
    for (const Row& row : m_rows)
        rows.push_back(&row);
    std::ranges::sort(rows, [](const Row* a, const Row* b) {
        return a->content != b->content ? a->content < b->content : a->id < b->id;
    });
    NearDuplicates near;
    std::unordered_map<std::int64_t, std::size_t> channels;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (i == 0 || rows[i]->content != rows[i - 1]->content) {
            near.add(rows[i]->id, rows[i]->near);
            channels.emplace(rows[i]->id, rows[i]->channel);
        }
    for (const std::vector<std::int64_t>& group : near.groups(pieces, stop)) {
        ++m_overview.nearGroups;
        for (const std::int64_t id : group)
            note("duplicate-near", id, channels[id], group.front());
    }
}

void OverviewBuilder::noteLeaks() {
    m_overview.heldOutRows = std::int64_t(m_heldOut.size());
    std::set<std::int64_t> leaked;
    for (const auto& [row, heldOut] : m_leaks) {
        note("leak", m_rows[row].id, m_rows[row].channel, heldOut);
        leaked.insert(heldOut);
    }
    // A held-out row stands beside the rows that know it.
    for (const std::int64_t id : leaked)
        if (const auto found = m_heldOut.find(id); found != m_heldOut.end())
            note("leak", id, found->second, id);
}

Overview OverviewBuilder::finish(const NearDuplicates::Pieces& pieces, const StopToken& stop) {
    findDuplicates();
    findNearDuplicates(pieces, stop);
    findConflicts();
    noteLeaks();
    Lengths all;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Lengths& lengths = m_lengths[i];
        all.tokens.insert(all.tokens.end(), lengths.tokens.begin(), lengths.tokens.end());
        all.characters.insert(
            all.characters.end(), lengths.characters.begin(), lengths.characters.end());
        m_parts[i].tokens = lengthFigures(std::move(lengths.tokens));
        m_parts[i].characters = lengthFigures(std::move(lengths.characters));
    }
    m_overview.all.tokens = lengthFigures(std::move(all.tokens));
    m_overview.all.characters = lengthFigures(std::move(all.characters));
    m_overview.channels = std::move(m_parts);
    std::ranges::stable_sort(m_overview.channels, std::ranges::greater(), &OverviewPart::rows);
    return m_overview;
}

} // namespace assay
