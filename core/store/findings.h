#pragma once

#include "core/base/progress.h"
#include "core/quality/overview.h"

#include <optional>
#include <span>

namespace assay {

class Database;

/// What the newest finished check found.
struct StoredOverview {
    Overview overview;
    std::int64_t createdMs = 0; ///< since 1970, UTC
    /// Samples were imported or texts edited since, or the rules are older than this program's.
    bool stale = false;
};

/// The tokens of a sample, as counted for its revision.
struct Measure {
    std::int64_t sample = 0;
    std::string revision;
    std::int64_t tokens = 0;
    std::int64_t answerTokens = 0;
};

/// The mean loss of a sample's answer under a model.
struct AnswerLoss {
    std::int64_t sample = 0;
    std::string revision;
    double loss = 0; ///< nats a token
    std::string model; ///< name and checkpoint, for people
};

/// What a check found in one sample.
struct SampleFinding {
    std::string name;
    std::int64_t group = 0; ///< 0 where findings stand alone
    std::vector<std::int64_t> others; ///< of the group
    std::int64_t otherCount = 0; ///< also of those not listed
};

/// What was found and measured about the samples: an index that can be made anew at any time.
class SampleFindings {
public:
    explicit SampleFindings(Database& database)
        : m_database(database) { }

    /// No value before the first check.
    Result<std::optional<StoredOverview>> newest();
    /// The checks that found something in the sample, languages left out.
    Result<std::vector<std::string>> of(std::int64_t sampleId);
    /// The same with the first others of its group, where findings come in groups.
    Result<std::vector<SampleFinding>> withGroups(std::int64_t sampleId, int mostOthers);

    /// Puts a whole check in place of the one before, in steps between which others can write; it
    /// is seen only when it is complete. `textVersion` is what `textVersion()` said before the
    /// texts were read. "cancelled" leaves the one before.
    Result<void> store(const Overview& overview,
        const std::map<std::string, std::vector<FoundRow>>& found,
        std::span<const Measure> measures, std::int64_t textVersion,
        const ProgressFunction& progress = {}, StopToken stop = {});
    Result<std::int64_t> textVersion();

    /// Replaces what was known of these samples; ids that do not exist are left out.
    Result<void> storeLosses(std::span<const AnswerLoss> losses);

private:
    Result<void> dropRuns(const char* which);

    Database& m_database;
};

} // namespace assay
