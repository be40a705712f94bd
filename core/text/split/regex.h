#pragma once

#include "core/base/result.h"
#include "core/text/tokenizer.h"

#include <memory>

namespace assay {

/// A regular expression over well-formed UTF-8 with Unicode's classes, compiled to machine code
/// where the machine allows. Safe to share between threads.
class Regex {
public:
    /// `place` names the file in errors.
    static Result<Regex> compile(std::string_view expression, const std::string& place);

    /// The first match at or behind `from`; false where there is none. An expression that needs too
    /// many steps counts as not matching.
    bool find(std::string_view text, std::size_t from, ByteRange& match) const;

private:
    std::shared_ptr<const void> m_code;
};

} // namespace assay
