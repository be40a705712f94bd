#pragma once

#include "core/data/sample.h"
#include "core/quality/check_list.h"
#include "core/quality/leaks.h"
#include "core/quality/near_duplicates.h"
#include "core/text/chat_template.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What the checks measure with.
struct CheckOptions {
    /// Null: lengths in tokens are estimated from characters (`estimatedTokens`).
    std::shared_ptr<const Tokenizer> tokenizer;
    /// With a tokenizer; null takes chatml.
    std::shared_ptr<const ChatTemplate> chatTemplate;
    std::string tokenizerName; ///< for people
    /// Tokens a row may have before its end is cut.
    std::int64_t maxLength = 2048;
    /// Null: leaks are not looked for.
    std::shared_ptr<const LeakIndex> heldOut;
};

/// One token for four characters, and two for three Chinese, Japanese or Korean ones: our rule of
/// thumb for tokenizers of 32,000 to 150,000 pieces.
std::int64_t estimatedTokens(std::int64_t characters, std::int64_t cjkCharacters);

using ContentKey = std::array<std::uint64_t, 2>;

/// What the checks know of one sample.
struct CheckedSample {
    std::vector<const CheckInfo*> found;
    std::string language;
    int turns = 0;
    std::int64_t characters = 0;
    std::int64_t tokens = 0; ///< after the template; estimated without a tokenizer
    std::int64_t answerTokens = 0; ///< of which are trained
    ContentKey content{}; ///< of system, question, answer and tools
    ContentKey question{}; ///< of all before the last answer
    ContentKey answer{};
    bool comparable = false; ///< whether the question is to be compared with others
    NearSignature near; ///< of what is compared for near duplicates
    std::int64_t leakOf = 0; ///< the held-out row that this one shares words with; 0 for none
};

/// All checks that need this sample only; duplicates are found by comparing keys.
CheckedSample checkSample(const Sample& sample, const CheckOptions& options);

/// Unicode NFC, white space collapsed to one space and none at the ends.
std::string normalisedForComparison(std::string_view text);

/// The single groups, each adding what it finds. For tests of one rule at a time.
std::vector<const CheckInfo*> checkStructure(const Sample& sample);
std::vector<const CheckInfo*> checkText(std::string_view answer);
std::vector<const CheckInfo*> checkContent(std::string_view whole, std::string_view answer);

/// What in the sample made the check speak, in its own words or figures ("anna@example.org",
/// "0.12"); empty where the rule says it all. For the checks of one sample by itself.
std::string findingEvidence(std::string_view check, const Sample& sample);
/// The sample with everything of the kind that a "pii-" check looks for replaced by a word that
/// says what stood there ("[e-mail]", "[IP address]", "[secret]"), in texts, thinking and calls; no
/// value where nothing is to be replaced or the check is none of these.
std::optional<Sample> redacted(std::string_view check, const Sample& sample);
std::string textEvidence(std::string_view check, std::string_view answer);
/// The text without what the check looks for.
std::string redactedText(std::string_view check, std::string_view text);
std::string contentEvidence(
    std::string_view check, std::string_view whole, std::string_view answer);

} // namespace assay
