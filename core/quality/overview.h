#pragma once

#include "core/quality/checks.h"

#include <map>
#include <span>
#include <unordered_map>

namespace assay {

/// Nearest-rank percentiles: the smallest value that at least p % of the rows do not exceed.
struct LengthFigures {
    std::int64_t median = 0;
    std::int64_t p95 = 0;
    std::int64_t p99 = 0;
    std::int64_t largest = 0;
    std::int64_t sum = 0;
};
LengthFigures lengthFigures(std::vector<std::int64_t> lengths);

/// What a data set, or one channel of it, is like.
struct OverviewPart {
    std::string channel; ///< empty for all of it
    std::int64_t rows = 0;
    std::int64_t turns = 0;
    LengthFigures tokens;
    LengthFigures characters;
    std::int64_t trainedTokens = 0;
    /// Rows by the name of the check that found something in them.
    std::map<std::string, std::int64_t> findings;
    std::map<std::string, std::int64_t> languages;
};

struct Overview {
    OverviewPart all;
    std::vector<OverviewPart> channels; ///< largest first
    std::int64_t duplicateGroups = 0;
    std::int64_t surplusRows = 0; ///< what would go if one row of each group stayed
    std::int64_t conflictGroups = 0;
    std::int64_t nearGroups = 0;
    /// What the rows were held against for leaks: a name for people, and how many; 0 where nothing
    /// was named.
    std::string heldOutName;
    std::int64_t heldOutRows = 0;
    bool estimated = false; ///< tokens were estimated from characters
    std::string tokenizer;
    std::int64_t maxLength = 0;
    int rulesVersion = checkRulesVersion;
};
Json overviewToJson(const Overview& overview);
Result<Overview> overviewFromJson(const Json& json, const std::string& place);

/// A row and, for findings that come in groups, the number of its group.
struct FoundRow {
    std::int64_t sample = 0;
    std::int64_t group = 0;
};

/// Collects checked samples; about 100 bytes each.
class OverviewBuilder {
public:
    explicit OverviewBuilder(const CheckOptions& options);
    /// `heldOut` of a row that others are held against.
    void add(std::int64_t id, const std::string& channel, const CheckedSample& checked,
        bool heldOut = false);
    /// Also finds duplicates, near duplicates and conflicts; `pieces` reads a text again.
    Overview finish(const NearDuplicates::Pieces& pieces, const StopToken& stop = {});
    /// Rows by check or "language.xx", after `finish`.
    const std::map<std::string, std::vector<FoundRow>>& found() const { return m_found; }

private:
    struct Row {
        std::int64_t id = 0;
        std::size_t channel = 0;
        ContentKey content{};
        ContentKey question{};
        ContentKey answer{};
        bool comparable = false;
        NearSignature near;
    };
    struct Lengths {
        std::vector<std::int64_t> tokens;
        std::vector<std::int64_t> characters;
    };
    void note(
        const std::string& name, std::int64_t id, std::size_t channel, std::int64_t group = 0);
    void findDuplicates();
    void findConflicts();
    void findNearDuplicates(const NearDuplicates::Pieces& pieces, const StopToken& stop);
    void noteLeaks();

    Overview m_overview;
    std::vector<OverviewPart> m_parts;
    std::vector<Lengths> m_lengths;
    std::unordered_map<std::string, std::size_t> m_channels;
    std::vector<Row> m_rows;
    std::unordered_map<std::int64_t, std::size_t> m_heldOut; ///< channels of held-out rows, by id
    std::vector<std::pair<std::size_t, std::int64_t>> m_leaks; ///< row, held-out id
    std::map<std::string, std::vector<FoundRow>> m_found;
};

} // namespace assay
