#pragma once

#include "core/base/json.h"
#include "core/data/sample.h"
#include "core/store/hybrid_clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Stored as numbers: add at the end only.
enum class EventKind {
    Accept,
    Reject,
    Edit,
    Rating,
    Span,
    Comment,
    Adjudication,
    Undo,
    Tag,
    Channel,
    Preference
};
std::string_view eventKindName(EventKind kind);
std::optional<EventKind> eventKindFromName(std::string_view name);

/// What a person decides about one sample, or about many at once (a bulk action: one decision, one
/// undo).
struct Decision {
    EventKind kind = EventKind::Accept;
    std::vector<std::int64_t> samples;
    /// Made by a bulk action, even where it concerned one sample only: nobody looked at it.
    bool inBulk = false;
    /// Rating: {"value": number, "name"?: string}; only a rating without a name (or named
    /// "overall") is shown in lists. Span: {"message": index, "begin": byte, "end": byte, "label":
    /// string, ..}. Comment: {"text": string, ..}. Adjudication: {"status": "accepted" or
    /// "rejected", ..}. Tag: {"add": [names], "remove": [names]}. Channel: {"channel": name}.
    /// Preference: {"choice": "a", "b", "tie" or "both_bad", "a": string, "b": string, "left": "a"
    /// or "b", ..}: which of two answers is better, what they were, and which stood on the left.
    /// Others: anything or null.
    Json value;
    /// Edit: the new text; one sample only.
    std::optional<Sample> edited;
    std::string author;
    std::int64_t activeMs = 0; ///< time the person was at work on it, without pauses
    std::string guideline; ///< hash of the guideline text in force; empty when none
    Json
        saw; ///< what was on the screen: model loss, suggestion, others' answers, opened or in bulk
};

/// A decision as it was recorded; never changed afterwards.
struct Event {
    std::int64_t sequence = 0; ///< order of arrival in this project
    std::string uid;
    HybridTime clock;
    std::string author;
    EventKind kind = EventKind::Accept;
    std::string target; ///< of an undo: the event that it takes back
    bool bulk = false;
    std::int64_t sampleCount = 0;
    std::string revision; ///< of an edit: hash of the new text
    std::int64_t activeMs = 0;
    std::string guideline;
    Json before;
    Json after;
    Json saw;
    bool inEffect = true; ///< not taken back by an undo
};
/// With times as milliseconds since 1970; of an edit `after` is the whole sample.
Json eventToJson(const Event& event);

} // namespace assay
