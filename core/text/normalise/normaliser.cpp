#include "core/text/normalise/normaliser.h"

#include "core/base/utf8.h"
#include "core/text/normalise/charsmap.h"
#include "core/text/normalise/unicode_form.h"
#include "core/text/split/char_class.h"
#include "core/text/split/regex.h"

#include <utf8proc.h>

namespace assay {

namespace {

class Prepend : public NormaliserStep {
public:
    explicit Prepend(std::string prefix)
        : m_prefix(std::move(prefix)) { }
    bool mayChange(const TextView& text, bool continues) const override {
        return !continues && !text.text.empty();
    }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        out.append(m_prefix, frontOf(text));
        out.append(text);
    }

private:
    std::string m_prefix;
};

class Replace : public NormaliserStep {
public:
    Replace(std::string from, std::string to)
        : m_from(std::move(from))
        , m_to(std::move(to)) { }
    bool mayChange(const TextView& text, bool) const override {
        return !m_from.empty() && text.text.find(m_from) != std::string_view::npos;
    }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        std::size_t at = 0;
        for (std::size_t found; (found = text.text.find(m_from, at)) != std::string_view::npos;
             at = found + m_from.size()) {
            out.append(text.part(at, found - at));
            out.append(m_to, wholeOf(text.part(found, m_from.size())));
        }
        out.append(text.part(at, text.text.size() - at));
    }

private:
    std::string m_from;
    std::string m_to;
};

class ReplaceRegex : public NormaliserStep {
public:
    ReplaceRegex(Regex from, std::string to)
        : m_from(std::move(from))
        , m_to(std::move(to)) { }
    bool mayChange(const TextView& text, bool) const override {
        ByteRange match;
        return m_from.find(text.text, 0, match);
    }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        std::size_t at = 0;
        ByteRange match;
        for (std::size_t from = 0;
             from <= text.text.size() && m_from.find(text.text, from, match);) {
            const auto begin = std::size_t(match.begin);
            const auto end = std::size_t(match.end);
            out.append(text.part(at, begin - at));
            out.append(m_to, wholeOf(text.part(begin, end - begin)));
            at = end;
            from = end > begin           ? end
                : end < text.text.size() ? end + charAt(text.text.data() + end).size
                                         : end + 1;
        }
        out.append(text.part(at, text.text.size() - at));
    }

private:
    Regex m_from;
    std::string m_to;
};

class Lowercase : public NormaliserStep {
public:
    bool mayChange(const TextView&, bool) const override { return true; }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        const char* const begin = text.text.data();
        for (std::size_t at = 0; at < text.text.size();) {
            const CharAt c = charAt(begin + at);
            const TextView one = text.part(at, c.size);
            const auto lower = char32_t(utf8proc_tolower(utf8proc_int32_t(c.codePoint)));
            if (c.codePoint == 0x130) { // the one letter whose small form is two characters
                out.append("i\xcc\x87", wholeOf(one));
            } else if (lower != c.codePoint) {
                std::string small;
                appendUtf8(small, lower);
                out.append(small, wholeOf(one));
            } else {
                out.append(one);
            }
            at += c.size;
        }
    }
};

class Strip : public NormaliserStep {
public:
    Strip(bool left, bool right)
        : m_left(left)
        , m_right(right) { }
    bool mayChange(const TextView&, bool) const override { return true; }
    void apply(const TextView& text, bool continues, AlignedText& out) const override {
        const auto isSpace
            = [](const char* at) { return charClasses()[charAt(at).codePoint] & CharSpace; };
        const char* begin = text.text.data();
        const char* end = begin + text.text.size();
        if (m_left && !continues)
            while (begin < end && isSpace(begin))
                begin += charAt(begin).size;
        if (m_right)
            while (end > begin && isSpace(charBefore(end)))
                end = charBefore(end);
        out.append(text.part(std::size_t(begin - text.text.data()), std::size_t(end - begin)));
    }

private:
    bool m_left;
    bool m_right;
};

class StripAccents : public NormaliserStep {
public:
    bool mayChange(const TextView&, bool) const override { return true; }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        for (std::size_t at = 0; at < text.text.size();) {
            const CharAt c = charAt(text.text.data() + at);
            if (utf8proc_category(utf8proc_int32_t(c.codePoint)) != UTF8PROC_CATEGORY_MN)
                out.append(text.part(at, c.size));
            at += c.size;
        }
    }
};

class Form : public NormaliserStep {
public:
    explicit Form(UnicodeForm form)
        : m_form(form) { }
    bool mayChange(const TextView& text, bool) const override {
        return !isSurelyInForm(m_form, text.text);
    }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        appendInForm(m_form, text, out);
    }

private:
    UnicodeForm m_form;
};

class Precompiled : public NormaliserStep {
public:
    explicit Precompiled(Charsmap map)
        : m_map(std::move(map)) { }
    bool mayChange(const TextView& text, bool) const override { return !text.text.empty(); }
    void apply(const TextView& text, bool, AlignedText& out) const override {
        m_map.apply(text, out);
    }

private:
    Charsmap m_map;
};

} // namespace

std::unique_ptr<NormaliserStep> prependStep(std::string prefix) {
    return std::make_unique<Prepend>(std::move(prefix));
}

std::unique_ptr<NormaliserStep> replaceStep(std::string from, std::string to) {
    return std::make_unique<Replace>(std::move(from), std::move(to));
}

std::unique_ptr<NormaliserStep> replaceRegexStep(Regex from, std::string to) {
    return std::make_unique<ReplaceRegex>(std::move(from), std::move(to));
}

std::unique_ptr<NormaliserStep> lowercaseStep() {
    return std::make_unique<Lowercase>();
}

std::unique_ptr<NormaliserStep> stripStep(bool left, bool right) {
    return std::make_unique<Strip>(left, right);
}

std::unique_ptr<NormaliserStep> stripAccentsStep() {
    return std::make_unique<StripAccents>();
}

std::unique_ptr<NormaliserStep> unicodeFormStep(std::string_view form) {
    return std::make_unique<Form>(form == "NFC" ? UnicodeForm::Nfc
            : form == "NFD"                     ? UnicodeForm::Nfd
            : form == "NFKC"                    ? UnicodeForm::Nfkc
                                                : UnicodeForm::Nfkd);
}

std::unique_ptr<NormaliserStep> charsmapStep(Charsmap map) {
    return std::make_unique<Precompiled>(std::move(map));
}

} // namespace assay
