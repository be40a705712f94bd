#include "core/corpus/cooccurrence.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace assay {

namespace {

using Units = std::vector<std::uint64_t>;

/// Where a phrase occurs: documents and word numbers in them, ascending.
struct WordPlace {
    std::uint32_t document = 0;
    std::uint32_t word = 0;
};

std::vector<WordPlace> wordPlaces(const CorpusIndex& index, std::string_view phrase) {
    std::vector<WordPlace> places;
    const auto positions = index.positions(index.findText(phrase));
    for (std::size_t i = 0; i < positions.size();) {
        const std::size_t document = index.documentAt(positions[i]);
        const std::string_view text = index.documentText(document);
        const std::uint32_t begin = index.documents()[document].textBegin;
        WordCounter words(text);
        for (; i < positions.size() && positions[i] - begin < text.size(); ++i) {
            // A phrase that begins with a space begins with the word behind it.
            std::size_t at = positions[i] - begin;
            at += text[at] == ' ' && at + 1 < text.size() ? 1 : 0;
            places.push_back({std::uint32_t(document), words.wordAt(at)});
        }
    }
    return places;
}

std::int64_t windowsOf(std::uint32_t words, std::int64_t window) {
    return std::max<std::int64_t>(1, (words + window - 1) / window);
}

/// First unit of each document.
Units firstUnits(const CorpusIndex& index, std::int64_t window) {
    Units first;
    std::uint64_t next = 0;
    for (const CorpusDocument& document : index.documents()) {
        first.push_back(next);
        next += window > 0 ? std::uint64_t(windowsOf(document.words, window)) : 1;
    }
    first.push_back(next);
    return first;
}

/// The units in which a phrase begins, ascending, each once.
Units unitsOf(const std::vector<WordPlace>& places, const Units& first, std::int64_t window) {
    Units units;
    for (const WordPlace& place : places) {
        const std::uint64_t unit = first[place.document]
            + (window > 0 ? std::uint64_t(place.word) / std::uint64_t(window) : 0);
        if (units.empty() || units.back() != unit)
            units.push_back(unit);
    }
    return units;
}

Units common(const Units& a, const Units& b) {
    Units both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    return both;
}

/// How many of `from` have one of `to` fewer than `window` words away.
std::int64_t near(
    const std::vector<WordPlace>& from, const std::vector<WordPlace>& to, std::int64_t window) {
    std::int64_t count = 0;
    std::size_t at = 0;
    for (const WordPlace& place : from) {
        const auto before = [&](const WordPlace& other) {
            return other.document < place.document
                || (other.document == place.document
                    && std::int64_t(other.word) + window <= std::int64_t(place.word));
        };
        while (at < to.size() && before(to[at]))
            ++at;
        count += at < to.size() && to[at].document == place.document
            && std::int64_t(to[at].word) < std::int64_t(place.word) + window;
    }
    return count;
}

PairCounts counts(const Units& a, const Units& b, std::uint64_t units) {
    return {std::int64_t(units), std::int64_t(a.size()), std::int64_t(b.size()),
        std::int64_t(common(a, b).size())};
}

Json orNull(const std::optional<double>& value) {
    return value ? Json(*value) : Json();
}

Json objectToJson(const std::string& name, const ObjectPriors& priors) {
    return {{"text", name}, {"units", priors.count}, {"given_subject", pairToJson(priors.subject)},
        {"given_relation", pairToJson(priors.relation)}, {"given_both", pairToJson(priors.both)}};
}

} // namespace

PairStatistics pairStatistics(const PairCounts& c) {
    PairStatistics out;
    const auto n = double(c.units);
    if (c.a > 0)
        out.probability = double(c.both) / double(c.a);
    if (c.both > 0) {
        out.pmi = std::log(double(c.both) * n / (double(c.a) * double(c.b)));
        const double most = -std::log(double(c.both) / n);
        if (most > 0)
            out.npmi = *out.pmi / most;
    }
    const double cells[2][2] = {{double(c.both), double(c.a - c.both)},
        {double(c.b - c.both), n - double(c.a) - double(c.b) + double(c.both)}};
    const double rows[2] = {double(c.a), n - double(c.a)};
    const double columns[2] = {double(c.b), n - double(c.b)};
    for (int i = 0; i < 2; ++i)
        for (int j = 0; j < 2; ++j)
            if (cells[i][j] > 0)
                out.g2 += 2 * cells[i][j] * std::log(cells[i][j] * n / (rows[i] * columns[j]));
    constexpr double half = 0.5;
    out.smoothedPmi = std::log((double(c.both) + half) * (n + 4 * half)
        / ((double(c.a) + 2 * half) * (double(c.b) + 2 * half)));
    return out;
}

Json pairToJson(const PairCounts& c) {
    const PairStatistics s = pairStatistics(c);
    return {{"n", c.units}, {"a", c.a}, {"b", c.b}, {"both", c.both},
        {"p_b_given_a", orNull(s.probability)}, {"pmi", orNull(s.pmi)}, {"npmi", orNull(s.npmi)},
        {"pmi_smoothed", s.smoothedPmi}, {"g2", s.g2}};
}

Cooccurrence cooccurrence(
    const CorpusIndex& index, std::string_view a, std::string_view b, std::int64_t window) {
    Cooccurrence out;
    out.window = window;
    const auto aPlaces = wordPlaces(index, a);
    const auto bPlaces = wordPlaces(index, b);
    out.aCount = std::int64_t(aPlaces.size());
    out.bCount = std::int64_t(bPlaces.size());
    const Units documents = firstUnits(index, 0);
    out.documents
        = counts(unitsOf(aPlaces, documents, 0), unitsOf(bPlaces, documents, 0), documents.back());
    if (window <= 0)
        return out;
    out.aNearB = near(aPlaces, bPlaces, window);
    out.bNearA = near(bPlaces, aPlaces, window);
    const Units windows = firstUnits(index, window);
    out.windows = counts(
        unitsOf(aPlaces, windows, window), unitsOf(bPlaces, windows, window), windows.back());
    return out;
}

Json cooccurrenceToJson(const Cooccurrence& found) {
    Json out = {{"a", found.aCount}, {"b", found.bCount},
        {"documents", pairToJson(found.documents)}, {"window", found.window}};
    if (found.window > 0) {
        out["a_near_b"] = found.aNearB;
        out["b_near_a"] = found.bNearA;
        out["windows"] = pairToJson(found.windows);
    }
    return out;
}

PriorTable priorTable(const CorpusIndex& index, const PriorQuestion& question) {
    const std::int64_t window = std::max<std::int64_t>(0, question.window);
    const Units first = firstUnits(index, window);
    const auto unitsWith = [&](const std::string& phrase) {
        return unitsOf(wordPlaces(index, phrase), first, window);
    };
    const Units subject = unitsWith(question.subject);
    const Units relation = unitsWith(question.relation);
    const Units both = common(subject, relation);
    PriorTable table;
    table.units = std::int64_t(first.back());
    const auto priorsOf = [&](const std::string& phrase) {
        const Units object = unitsWith(phrase);
        ObjectPriors priors;
        priors.count = std::int64_t(object.size());
        priors.subject = counts(subject, object, first.back());
        priors.relation = counts(relation, object, first.back());
        priors.both = counts(both, object, first.back());
        return priors;
    };
    table.gold = priorsOf(question.gold);
    table.wrong = priorsOf(question.wrong);
    table.wrongLeads = table.wrong.subject.both > table.gold.subject.both
        || table.wrong.relation.both > table.gold.relation.both;
    return table;
}

Json priorTableToJson(const PriorQuestion& question, const PriorTable& table) {
    return {{"subject", question.subject}, {"relation", question.relation},
        {"unit", question.window > 0 ? "window" : "document"}, {"window", question.window},
        {"units", table.units}, {"gold", objectToJson(question.gold, table.gold)},
        {"wrong", objectToJson(question.wrong, table.wrong)}, {"wrong_leads", table.wrongLeads}};
}

} // namespace assay
