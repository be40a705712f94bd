#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/analysis/pattern.h"

#include "core/base/utf8.h"

#include <array>
#include <pcre2.h>

namespace assay {

namespace {

const pcre2_code* codeOf(const std::shared_ptr<const void>& code) {
    return static_cast<const pcre2_code*>(code.get());
}

/// A user's expression may need exponential time; then it counts as not matching.
struct Scratch {
    pcre2_match_data* data;
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    explicit Scratch(const pcre2_code* code)
        : data(pcre2_match_data_create_from_pattern(code, nullptr)) {
        pcre2_set_match_limit(context, 1000000);
        pcre2_set_depth_limit(context, 5000);
    }
    ~Scratch() {
        pcre2_match_context_free(context);
        pcre2_match_data_free(data);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

PCRE2_SPTR bytesOf(std::string_view text) {
    return reinterpret_cast<PCRE2_SPTR>(text.data());
}

} // namespace

Result<Pattern> Pattern::compile(const std::string& expression, const std::string& place) {
    int number = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* compiled = pcre2_compile(bytesOf(expression), expression.size(),
        PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &number, &at, nullptr);
    if (!compiled) {
        std::array<PCRE2_UCHAR, 256> reason{};
        pcre2_get_error_message(number, reason.data(), reason.size());
        return fail("grader.pattern",
            {{"pattern", expression}, {"character", std::to_string(at + 1)},
                {"reason", reinterpret_cast<const char*>(reason.data())}},
            place);
    }
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD); // without it: slower
    Pattern pattern;
    std::uint32_t options = 0;
    pcre2_pattern_info(compiled, PCRE2_INFO_ALLOPTIONS, &options);
    pattern.m_anchored = (options & PCRE2_ANCHORED) != 0;
    pattern.m_code = std::shared_ptr<const void>(compiled,
        [](const void* it) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(it))); });
    return pattern;
}

std::optional<Pattern::Match> Pattern::find(std::string_view text, std::size_t from) const {
    const Scratch scratch(codeOf(m_code));
    const int found = pcre2_match(codeOf(m_code), bytesOf(text), text.size(), from,
        PCRE2_NO_UTF_CHECK, scratch.data, scratch.context);
    if (found < 0)
        return std::nullopt;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(scratch.data);
    if (ends[0] < from || ends[1] < ends[0])
        return std::nullopt; // \K in a lookahead can put the start behind the end
    Match match;
    match.whole = {std::int64_t(ends[0]), std::int64_t(ends[1])};
    match.value = text.substr(ends[0], ends[1] - ends[0]);
    for (int group = 1; group < found; ++group) {
        const PCRE2_SIZE begin = ends[2 * group];
        if (begin == PCRE2_UNSET)
            continue;
        match.value = text.substr(begin, ends[2 * group + 1] - begin);
        break;
    }
    return match;
}

std::optional<Pattern::Match> Pattern::first(std::string_view text) const {
    return find(isValidUtf8(text) ? std::string(text) : toValidUtf8(text), 0);
}

std::optional<Pattern::Match> Pattern::last(std::string_view text) const {
    const std::string valid = isValidUtf8(text) ? std::string(text) : toValidUtf8(text);
    std::optional<Match> best;
    for (std::size_t from = 0; from <= valid.size();) {
        auto match = find(valid, from);
        if (!match)
            break;
        from = std::size_t(match->whole.end);
        if (match->whole.begin == match->whole.end) {
            // An empty match: go on behind the next character.
            from += from < valid.size()
                ? std::max<std::size_t>(1, utf8SequenceLength(std::string_view(valid).substr(from)))
                : 1;
        }
        best = std::move(match);
    }
    return best;
}

bool Pattern::mayMatch(std::string_view prefix) const {
    if (!m_anchored || !isValidUtf8(prefix))
        return true;
    const Scratch scratch(codeOf(m_code));
    const int found = pcre2_match(codeOf(m_code), bytesOf(prefix), prefix.size(), 0,
        PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, scratch.data, scratch.context);
    return found >= 0 || found == PCRE2_ERROR_PARTIAL;
}

} // namespace assay
