#pragma once

#include "core/base/json.h"
#include "core/corpus/corpus_index.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// How often two things come together among N units (documents, or windows of them).
struct PairCounts {
    std::int64_t units = 0; ///< N
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int64_t both = 0;
};

/// Definitions: docs/analysis.md. Natural logarithms.
struct PairStatistics {
    std::optional<double> probability; ///< P(b|a); none where a never occurs
    std::optional<double> pmi; ///< ln(c(a,b) N / (c(a) c(b))); none where a count is 0
    std::optional<double> npmi; ///< PMI / -ln(c(a,b) / N)
    /// With 0.5 added to each cell of the 2 x 2 table: always there, and what small counts allow.
    double smoothedPmi = 0;
    /// 2 sum O ln(O / E) over the 2 x 2 table.
    double g2 = 0;
};
PairStatistics pairStatistics(const PairCounts& counts);
Json pairToJson(const PairCounts& counts);

struct Cooccurrence {
    std::int64_t aCount = 0; ///< occurrences
    std::int64_t bCount = 0;
    std::int64_t window = 0; ///< in words; 0: documents only
    /// Occurrences of a with some b fewer than `window` words away in the same document, and the
    /// other way round.
    std::int64_t aNearB = 0;
    std::int64_t bNearA = 0;
    PairCounts documents;
    /// Documents cut into consecutive windows; a phrase belongs to the window in which it begins.
    PairCounts windows;
};
Cooccurrence cooccurrence(
    const CorpusIndex& index, std::string_view a, std::string_view b, std::int64_t window);
Json cooccurrenceToJson(const Cooccurrence& found);

/// The question "why Beijing for Japan's capital?": subject Japan, relation "capital", gold Tokyo,
/// wrong Beijing. Units are windows of `window` words, or documents where it is 0.
struct PriorQuestion {
    std::string subject;
    std::string relation;
    std::string gold;
    std::string wrong;
    std::int64_t window = 100;
};
struct ObjectPriors {
    std::int64_t count = 0; ///< units with the object
    PairCounts subject;
    PairCounts relation;
    PairCounts both; ///< "a" are the units with subject and relation
};
struct PriorTable {
    std::int64_t units = 0;
    ObjectPriors gold;
    ObjectPriors wrong;
    /// Whether the wrong object comes more often with the subject or with the relation than the
    /// right one: the corpus' half of a frequency bias. The other half is the model's own.
    bool wrongLeads = false;
};
PriorTable priorTable(const CorpusIndex& index, const PriorQuestion& question);
Json priorTableToJson(const PriorQuestion& question, const PriorTable& table);

} // namespace assay
