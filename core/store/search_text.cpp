#include "core/store/search_text.h"

#include "core/base/utf8.h"

#include <utf8proc.h>
#include <vector>

namespace assay {

namespace {

struct CodePoint {
    char32_t value = 0;
    std::string_view bytes;
};

/// Calls `visit` for each code point; invalid bytes are passed over.
template <class Visit> void forEachCodePoint(std::string_view text, Visit&& visit) {
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (length > 0)
            visit(CodePoint{utf8CodePoint(text), text.substr(0, length)});
        text.remove_prefix(length > 0 ? length : 1);
    }
}

bool isSpace(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x3000 || c == 0x2028
        || c == 0x2029;
}

/// Whether the index's tokenizer takes the character as part of a word: letters, numbers, private
/// use.
bool isWordCharacter(char32_t c) {
    const utf8proc_category_t category = utf8proc_category(utf8proc_int32_t(c));
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
        || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO)
        || category == UTF8PROC_CATEGORY_CO;
}

bool hasWord(std::string_view text) {
    bool found = false;
    forEachCodePoint(text, [&](const CodePoint& c) { found = found || isWordCharacter(c.value); });
    return found;
}

/// An FTS5 string; inside it only the quote itself has a meaning.
std::string ftsString(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"')
            out += '"';
        if (c != '\0')
            out += c;
    }
    return out + "\"";
}

void addText(std::string& target, std::string_view text) {
    if (text.empty())
        return;
    if (!target.empty())
        target += '\n';
    target += text;
}

void addMessages(ShadowText& shadow, const std::vector<Message>& messages) {
    for (const Message& message : messages) {
        std::string& side = message.role == Role::Assistant ? shadow.answer : shadow.query;
        addText(side, message.reasoning);
        addText(side, message.content);
        for (const ToolCall& call : message.toolCalls) {
            addText(side, call.name);
            addText(side, call.arguments);
        }
    }
}

struct Term {
    std::string text;
    bool phrase = false;
    bool absent = false;
    bool beginning = false;
};

/// Splits at white space; quotes hold words together, an open one reaches to the end.
std::vector<Term> termsOf(std::string_view typed) {
    std::vector<Term> terms;
    Term term;
    bool inQuotes = false;
    const auto finish = [&] {
        if (!term.phrase && term.text.size() > 1 && term.text.back() == '*') {
            term.text.pop_back();
            term.beginning = true;
        }
        if (!term.text.empty())
            terms.push_back(term);
        term = {};
    };
    forEachCodePoint(typed, [&](const CodePoint& c) {
        if (c.value == '"' || c.value == 0x201c || c.value == 0x201d) {
            if (inQuotes || !term.text.empty())
                finish();
            inQuotes = !inQuotes;
            term.phrase = inQuotes;
        } else if (!inQuotes && isSpace(c.value)) {
            finish();
        } else if (!inQuotes && term.text.empty() && !term.absent && c.value == '-') {
            term.absent = true;
        } else {
            term.text += c.bytes;
        }
    });
    finish();
    return terms;
}

std::string plainExpression(std::string_view typed) {
    std::string wanted;
    std::string absent;
    for (const Term& term : termsOf(typed)) {
        if (!hasWord(term.text))
            continue; // punctuation is not in the index
        std::string expression = ftsString(spaceCjk(term.text));
        if (term.beginning)
            expression += '*';
        std::string& side = term.absent ? absent : wanted;
        if (!side.empty())
            side += term.absent ? " OR " : " AND ";
        side += expression;
    }
    if (wanted.empty() || absent.empty())
        return wanted;
    return "(" + wanted + ") NOT (" + absent + ")";
}

/// Leaves the operators alone; runs of CJK become phrases, inside quotes they are spaced.
std::string expertExpression(std::string_view typed) {
    std::string out;
    std::string run;
    bool inQuotes = false;
    const auto finishRun = [&] {
        if (!run.empty())
            out += " " + ftsString(spaceCjk(run)) + " ";
        run.clear();
    };
    forEachCodePoint(typed, [&](const CodePoint& c) {
        if (!inQuotes && isCjk(c.value)) {
            run += c.bytes;
            return;
        }
        finishRun();
        if (c.value == '"')
            inQuotes = !inQuotes;
        if (inQuotes && isCjk(c.value))
            out.append(" ").append(c.bytes).append(" ");
        else if (c.value != 0)
            out += c.bytes;
    });
    finishRun();
    return out;
}

} // namespace

std::string spaceCjk(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 2);
    for (std::size_t i = 0; i < text.size();) {
        if (static_cast<unsigned char>(text[i]) < 0x80) {
            out += text[i++];
            continue;
        }
        const std::size_t length = utf8SequenceLength(text.substr(i));
        if (length == 0) {
            out += ' ';
            ++i;
            continue;
        }
        const std::string_view bytes = text.substr(i, length);
        if (isCjk(utf8CodePoint(bytes)))
            out.append(" ").append(bytes).append(" ");
        else
            out += bytes;
        i += length;
    }
    return out;
}

ShadowText shadowText(const Sample& sample) {
    ShadowText shadow;
    addMessages(shadow, sample.messages);
    if (sample.text)
        addText(shadow.answer, *sample.text);
    if (sample.chosen)
        addMessages(shadow, *sample.chosen);
    if (sample.rejected)
        addMessages(shadow, *sample.rejected);
    if (sample.reference)
        addText(shadow.answer, *sample.reference);
    shadow.query = spaceCjk(shadow.query);
    shadow.answer = spaceCjk(shadow.answer);
    return shadow;
}

Result<std::string> searchExpression(std::string_view typed, SearchSyntax syntax) {
    std::string expression
        = syntax == SearchSyntax::Expert ? expertExpression(typed) : plainExpression(typed);
    if (!hasWord(expression))
        return fail("store.search_words", {{"query", toValidUtf8(typed)}});
    return expression;
}

} // namespace assay
