#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/text/split/regex.h"

#include <pcre2.h>

#include <array>

namespace assay {

namespace {

/// What matching needs beside the code; one for every thread.
struct Scratch {
    pcre2_match_data* data = pcre2_match_data_create(1, nullptr);
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    Scratch() {
        pcre2_set_match_limit(context, 1000000);
        pcre2_set_depth_limit(context, 1000);
    }
    ~Scratch() {
        pcre2_match_context_free(context);
        pcre2_match_data_free(data);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

} // namespace

Result<Regex> Regex::compile(std::string_view expression, const std::string& place) {
    int code = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* compiled = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()),
        expression.size(), PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &code, &at, nullptr);
    if (!compiled) {
        std::array<PCRE2_UCHAR, 256> reason{};
        pcre2_get_error_message(code, reason.data(), reason.size());
        return fail("text.tokenizer_file",
            {{"path", place},
                {"reason",
                    "the pattern " + std::string(expression) + " is wrong at character "
                        + std::to_string(at + 1) + ": "
                        + reinterpret_cast<const char*>(reason.data())}},
            place);
    }
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); // without it matching is only slower
    Regex regex;
    regex.m_code = std::shared_ptr<const void>(compiled,
        [](const void* it) { pcre2_code_free(static_cast<pcre2_code*>(const_cast<void*>(it))); });
    return regex;
}

bool Regex::find(std::string_view text, std::size_t from, ByteRange& match) const {
    static thread_local const Scratch scratch;
    const int found = pcre2_match(static_cast<const pcre2_code*>(m_code.get()),
        reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, PCRE2_NO_UTF_CHECK,
        scratch.data, scratch.context);
    if (found < 0)
        return false;
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(scratch.data);
    // \K in a lookahead can put the start behind the end.
    if (ends[0] < from || ends[1] < ends[0])
        return false;
    match = {std::int64_t(ends[0]), std::int64_t(ends[1])};
    return true;
}

} // namespace assay
