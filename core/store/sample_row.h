#pragma once

#include "core/data/sample.h"
#include "core/store/search_text.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

enum class ReviewStatus { Pending, Accepted, Rejected };
std::string_view statusName(ReviewStatus status);
std::optional<ReviewStatus> statusFromName(std::string_view name);

enum class SampleKind { Conversation, Text, Preference };
std::string_view kindName(SampleKind kind);

/// What a list shows of a sample: index columns only, never its payload.
struct SampleRow {
    std::int64_t id = 0; ///< of this project; `uid` is the global one
    std::string uid;
    std::string channel;
    SampleKind kind = SampleKind::Conversation;
    int turns = 0; ///< assistant messages
    std::int64_t queryChars = 0; ///< code points of system, user and tool messages
    std::int64_t answerChars
        = 0; ///< code points of assistant messages, of plain text, or of the chosen answer
    ReviewStatus status = ReviewStatus::Pending;
    bool adjudicated = false;
    std::optional<double> rating;
    int comments = 0;
    int spans = 0;
    bool edited = false;
    std::string revision; ///< hash of the current text
    std::string file; ///< empty for samples that were not imported
    std::int64_t line = 0;
    std::string queryPreview; ///< start of the first user message on one line
    std::string answerPreview;
    std::string lastPreview; ///< start of the last user message; the same as the first of one turn
    std::vector<std::string> tags;
    /// As the last check counted them with a model's tokenizer; not known of newer texts.
    std::optional<std::int64_t> tokens;
    std::optional<std::int64_t> answerTokens;
    /// Mean loss of the answer in nats a token, the model that gave it, and whether the text was
    /// edited since.
    std::optional<double> loss;
    std::string lossModel;
    bool lossStale = false;

    std::int64_t chars() const { return queryChars + answerChars; }
};
Json sampleRowToJson(const SampleRow& row);

/// Which samples are meant. An empty list or text does not restrict; all restrictions must hold.
struct SampleFilter {
    std::vector<std::string> channels;
    std::vector<ReviewStatus> statuses;
    std::string text; ///< full text in question or answer
    std::string queryText; ///< full text in the question
    std::string answerText; ///< full text in the answer
    SearchSyntax syntax = SearchSyntax::Plain;
    std::string file; ///< source file, exactly as recorded
    std::optional<std::int64_t> importId;
    std::optional<double> ratingAtLeast;
    std::optional<double> ratingAtMost;
    std::optional<bool> edited;
    std::vector<std::string> tags;
    /// Names of checks, of which one must have found something in the sample.
    std::vector<std::string> findings;
    /// Code points of the whole sample, and tokens as the last check counted them. A sample whose
    /// tokens are not known is outside every range of tokens.
    std::optional<std::int64_t> charsAtLeast;
    std::optional<std::int64_t> charsAtMost;
    std::optional<std::int64_t> tokensAtLeast;
    std::optional<std::int64_t> tokensAtMost;
    std::optional<double> lossAtLeast;
    std::optional<double> lossAtMost;

    bool isEmpty() const { return *this == SampleFilter{}; }
    bool operator==(const SampleFilter&) const = default;
};
Json filterToJson(const SampleFilter& filter);
Result<SampleFilter> filterFromJson(const Json& json, const std::string& place);

/// The index columns that follow from a sample's text.
struct SampleDescription {
    SampleKind kind = SampleKind::Conversation;
    int turns = 0;
    std::int64_t queryChars = 0;
    std::int64_t answerChars = 0;
    std::string queryPreview;
    std::string answerPreview;
    std::string lastPreview; ///< empty where it is the first user message
};
SampleDescription describeSample(const Sample& sample);

} // namespace assay
