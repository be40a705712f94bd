#pragma once

#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// A regular expression that a user wrote (PCRE2, Unicode): of a grader or of a JSON schema. Safe
/// to share between threads. Text that is not UTF-8 is read with its bad bytes replaced.
class Pattern {
public:
    /// "grader.pattern" with the place in the expression.
    static Result<Pattern> compile(const std::string& expression, const std::string& place);

    struct Match {
        ByteRange whole;
        /// The first group that took part; the whole match where the expression has none.
        std::string value;
    };
    /// The last match is what a grader of worked solutions wants.
    std::optional<Match> first(std::string_view text) const;
    std::optional<Match> last(std::string_view text) const;
    /// Whether some text that begins with `prefix` may match: false only when none can. An
    /// expression that is not anchored at the start can always still match.
    bool mayMatch(std::string_view prefix) const;

private:
    std::optional<Match> find(std::string_view text, std::size_t from) const;
    std::shared_ptr<const void> m_code;
    bool m_anchored = false;
};

} // namespace assay
