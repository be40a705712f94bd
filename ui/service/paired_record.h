#pragma once

#include "ui/service/score_record.h"

namespace assay {

/// The answer to analysis.compare_text with the blocks that were streamed before it: one text under
/// two models.
struct PairedRecord {
    struct Side {
        ScoreRecord scores; ///< of the whole text; where `shared` the tokens are the same on both
        int answerBegin = 0;
        int answerEnd = 0;
        Json departure; ///< rule R1 on this text
    };
    /// Between the distributions at one token, nats; only where `shared`, one a token.
    struct Distance {
        double js = 0;
        double klTunedBase = 0;
        double klBaseTuned = 0;
    };
    /// Tokens of both sides that cover the same bytes; only where the tokenizers differ.
    struct Group {
        int baseBegin = 0, baseEnd = 0;
        int tunedBegin = 0, tunedEnd = 0;
    };
    bool shared = true;
    Side base;
    Side tuned;
    std::vector<Distance> distances;
    std::vector<Group> groups;
    /// At the end of the text, that a model's context had no room for.
    std::int64_t cutBytes = 0;
    std::vector<std::string> stop; ///< spellings that end an answer under the template used
    Json textDeparture; ///< rule R0, null without a reference
    Json summary;
    Json provenance;
};

/// Collects the blocks of one request as they arrive.
class PairedCollector {
public:
    Result<void> addBlock(const Json& block);
    std::int64_t received() const { return m_tuned.received(); }
    Result<PairedRecord> finish(const Json& result);

private:
    ScoreCollector m_base;
    ScoreCollector m_tuned;
    std::vector<PairedRecord::Distance> m_distances;
};

} // namespace assay
