#include "core/analysis/grader.h"

#include "core/analysis/json_acceptor.h"
#include "core/analysis/normalised_text.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <utf8proc.h>

namespace assay {

namespace {

constexpr std::array kindNames
    = {"exact", "aliases", "regex", "json_schema", "choice", "judge", "person"};

std::string normalised(std::string_view text, bool ignoreCase) {
    return normaliseForComparison(text, ignoreCase).text;
}

bool isWordCharacter(std::string_view text) {
    if (text.empty() || utf8SequenceLength(text) == 0)
        return false;
    const char32_t c = utf8CodePoint(text);
    if (isCjk(c))
        return false; // written without spaces: every character stands alone
    const utf8proc_category_t category = utf8proc_category(utf8proc_int32_t(c));
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME)
        || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/// The character that ends before byte `at`.
std::string_view characterBefore(std::string_view text, std::size_t at) {
    std::size_t begin = at;
    while (begin > 0 && (static_cast<unsigned char>(text[--begin]) & 0xC0U) == 0x80)
        ;
    return text.substr(begin, at - begin);
}

/// Where `name` stands in `text` as whole words, or npos.
std::size_t findWords(std::string_view text, std::string_view name, std::size_t from = 0) {
    for (std::size_t at = text.find(name, from); at != std::string_view::npos && !name.empty();
         at = text.find(name, at + 1)) {
        const bool joinedBefore
            = isWordCharacter(characterBefore(text, at)) && isWordCharacter(name);
        const std::size_t end = at + name.size();
        const bool joinedAfter
            = isWordCharacter(text.substr(end)) && isWordCharacter(characterBefore(text, end));
        if (!joinedBefore && !joinedAfter)
            return at;
    }
    return std::string_view::npos;
}

bool hasGroup(const std::string& pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '\\')
            ++i;
        else if (pattern[i] == '(' && (i + 1 == pattern.size() || pattern[i + 1] != '?'))
            return true;
    }
    return false;
}

Grade unknown(std::string reason) {
    return {Verdict::Unknown, {}, std::move(reason)};
}

} // namespace

struct Grader::Parts {
    GraderKind kind = GraderKind::Exact;
    Json spec = "exact";
    bool ignoreCase = false;
    bool beginning = false;
    std::vector<std::string> accept;
    std::vector<std::string> reject;
    bool whole = false;
    std::optional<Pattern> pattern;
    bool takeLast = true;
    bool compare = false;
    std::vector<Pattern> remove;
    std::shared_ptr<const JsonSchema> schema;
    bool equal = false;
    bool fence = true;
    std::vector<std::string> choices;

    Grade exact(std::string_view answer, std::span<const std::string> references) const;
    Grade aliases(std::string_view answer, std::span<const std::string> references) const;
    Grade regex(std::string_view answer, std::span<const std::string> references) const;
    Grade json(std::string_view answer, std::span<const std::string> references) const;
    Grade choice(std::string_view answer, std::span<const std::string> references) const;
    std::string cleaned(std::string text) const;
    Result<void> readRegex(JsonReader& reader);
    Result<void> readSchema(JsonReader& reader);
};

std::string_view graderKindName(GraderKind kind) {
    return kindNames[std::size_t(kind)];
}

std::string_view verdictName(Verdict verdict) {
    return verdict == Verdict::Right ? "right" : verdict == Verdict::Wrong ? "wrong" : "unknown";
}

Grader::Grader()
    : m_parts(std::make_shared<Parts>()) { }

GraderKind Grader::kind() const {
    return m_parts->kind;
}

const Json& Grader::spec() const {
    return m_parts->spec;
}

Result<void> Grader::Parts::readRegex(JsonReader& reader) {
    std::string expression;
    std::string take = "last";
    std::vector<std::string> deleted;
    reader.read("pattern", expression);
    reader.readOptional("take", take);
    reader.readOptional("delete", deleted);
    compare = hasGroup(expression);
    reader.readOptional("compare", compare);
    if (take != "first" && take != "last")
        reader.report(Error("json.value", {{"key", "take"}, {"reason", "it is first or last"}}));
    takeLast = take == "last";
    auto compiled = Pattern::compile(expression, reader.place());
    if (!compiled)
        return forward(compiled);
    pattern = std::move(*compiled);
    for (const std::string& one : deleted) {
        auto part = Pattern::compile(one, reader.place());
        if (!part)
            return forward(part);
        remove.push_back(std::move(*part));
    }
    return {};
}

Result<void> Grader::Parts::readSchema(JsonReader& reader) {
    reader.readOptional("equal", equal);
    reader.readOptional("fence", fence);
    if (const Json* json = reader.optional("schema")) {
        auto parsed = JsonSchema::parse(*json, reader.place());
        if (!parsed)
            return forward(parsed);
        schema = std::move(*parsed);
    }
    return {};
}

Result<Grader> Grader::read(const Json& spec, const std::string& place) {
    const Json object = spec.is_string() ? Json{{"kind", spec}} : spec;
    JsonReader reader(object, place);
    std::string name;
    reader.read("kind", name);
    const auto found = std::ranges::find(kindNames, name);
    if (!name.empty() && found == kindNames.end())
        return fail("grader.kind", {{"kind", name}}, place);
    auto parts = std::make_shared<Parts>();
    parts->spec = spec;
    if (found != kindNames.end())
        parts->kind = GraderKind(found - kindNames.begin());
    Result<void> done;
    switch (parts->kind) {
    case GraderKind::Exact:
        reader.readOptional("ignore_case", parts->ignoreCase);
        reader.readOptional("beginning", parts->beginning);
        break;
    case GraderKind::Aliases:
        parts->ignoreCase = true;
        reader.readOptional("ignore_case", parts->ignoreCase);
        reader.readOptional("accept", parts->accept);
        reader.readOptional("reject", parts->reject);
        reader.readOptional("whole", parts->whole);
        break;
    case GraderKind::Regex:
        done = parts->readRegex(reader);
        break;
    case GraderKind::JsonSchema:
        done = parts->readSchema(reader);
        break;
    case GraderKind::Choice:
        parts->choices = {"A", "B", "C", "D"};
        reader.readOptional("choices", parts->choices);
        break;
    case GraderKind::Judge:
    case GraderKind::Person:
        reader.ignoreOthers(); // a rubric is for whoever judges
        break;
    }
    if (!done)
        return forward(done);
    if (auto finished = reader.finish(); !finished)
        return forward(finished);
    Grader grader;
    grader.m_parts = std::move(parts);
    return grader;
}

Grade Grader::grade(std::string_view answer, std::span<const std::string> references) const {
    switch (m_parts->kind) {
    case GraderKind::Exact:
        return m_parts->exact(answer, references);
    case GraderKind::Aliases:
        return m_parts->aliases(answer, references);
    case GraderKind::Regex:
        return m_parts->regex(answer, references);
    case GraderKind::JsonSchema:
        return m_parts->json(answer, references);
    case GraderKind::Choice:
        return m_parts->choice(answer, references);
    case GraderKind::Judge:
        return unknown("for a judge to decide");
    case GraderKind::Person:
        break;
    }
    return unknown("for a person to decide");
}

Grade Grader::Parts::exact(std::string_view answer, std::span<const std::string> references) const {
    if (references.empty())
        return unknown("no reference");
    const std::string said = normalised(answer, ignoreCase);
    for (const std::string& reference : references) {
        const std::string wanted = normalised(reference, ignoreCase);
        if (said == wanted)
            return {Verdict::Right, said, "equals the reference"};
        if (beginning && !wanted.empty() && said.starts_with(wanted))
            return {Verdict::Right, wanted, "begins with the reference"};
    }
    return {Verdict::Wrong, said, beginning ? "begins with no reference" : "equals no reference"};
}

Grade Grader::Parts::aliases(
    std::string_view answer, std::span<const std::string> references) const {
    std::vector<std::string> names = accept;
    names.insert(names.end(), references.begin(), references.end());
    if (names.empty())
        return unknown("no reference");
    const std::string said = normalised(answer, ignoreCase);
    const auto says = [&](const std::string& name) {
        const std::string wanted = normalised(name, ignoreCase);
        return whole ? said == wanted : findWords(said, wanted) != std::string::npos;
    };
    for (const std::string& name : reject)
        if (says(name))
            return {Verdict::Wrong, name, "says what is rejected"};
    for (const std::string& name : names)
        if (says(name))
            return {Verdict::Right, name, "says an accepted name"};
    return {Verdict::Wrong, {}, "says no accepted name"};
}

std::string Grader::Parts::cleaned(std::string text) const {
    for (const Pattern& part : remove)
        for (auto match = part.first(text); match && match->whole.end > match->whole.begin;
             match = part.first(text))
            text.erase(std::size_t(match->whole.begin),
                std::size_t(match->whole.end - match->whole.begin));
    return normalised(text, ignoreCase);
}

Grade Grader::Parts::regex(std::string_view answer, std::span<const std::string> references) const {
    const auto cut = [&](std::string_view text) {
        return takeLast ? pattern->last(text) : pattern->first(text);
    };
    const auto match = cut(answer);
    if (!match)
        return {Verdict::Wrong, {}, "the expression does not match"};
    if (!compare)
        return {Verdict::Right, match->value, "the expression matches"};
    if (references.empty())
        return unknown("no reference");
    const std::string said = cleaned(match->value);
    for (const std::string& reference : references) {
        // A reference may be a worked solution too.
        const auto inside = cut(reference);
        if (said == cleaned(reference) || (inside && said == cleaned(inside->value)))
            return {Verdict::Right, match->value, "equals the reference"};
    }
    return {Verdict::Wrong, match->value, "equals no reference"};
}

Grade Grader::Parts::json(std::string_view answer, std::span<const std::string> references) const {
    const std::string_view body = fence ? withoutFence(answer) : answer;
    JsonAcceptor acceptor(schema);
    const std::size_t fed = acceptor.feed(body);
    if (fed < body.size()) {
        const std::string at = std::to_string(body.data() - answer.data() + std::ptrdiff_t(fed));
        return acceptor.death() == JsonDeath::Schema
            ? Grade{Verdict::Wrong, acceptor.reason(),
                "does not fit the schema (" + acceptor.reason() + ") at byte " + at}
            : Grade{Verdict::Wrong, {}, "not JSON at byte " + at};
    }
    if (!acceptor.complete())
        return {Verdict::Wrong, {}, "the document is not complete"};
    if (!equal)
        return {Verdict::Right, {}, schema ? "fits the schema" : "is JSON"};
    if (references.empty())
        return unknown("no reference");
    // Order of keys does not count.
    const auto value = nlohmann::json::parse(body, nullptr, false);
    for (const std::string& reference : references)
        if (value == nlohmann::json::parse(reference, nullptr, false) && !value.is_discarded())
            return {Verdict::Right, {}, "equals the reference"};
    return {Verdict::Wrong, {}, "equals no reference"};
}

Grade Grader::Parts::choice(
    std::string_view answer, std::span<const std::string> references) const {
    if (references.empty())
        return unknown("no reference");
    const auto letter = [](std::size_t index) { return std::string(1, char('A' + index)); };
    const auto indexOf
        = [&](const std::string& text, bool isReference) -> std::optional<std::size_t> {
        const std::string plain = normalised(text, false);
        for (std::size_t i = 0; i < choices.size(); ++i)
            if (plain == normalised(choices[i], false) || plain == letter(i))
                return i;
        if (isReference && !plain.empty() && plain.size() < 3
            && std::ranges::all_of(plain, [](char c) { return c >= '0' && c <= '9'; })
            && std::size_t(std::stoi(plain)) < choices.size())
            return std::size_t(std::stoi(plain));
        return std::nullopt;
    };
    std::optional<std::size_t> said = indexOf(std::string(answer), false);
    if (!said) {
        // The first letter, or text of a choice, that stands alone; the longer where both begin at
        // one place.
        const std::string text = normalised(answer, false);
        std::size_t best = std::string::npos;
        std::size_t length = 0;
        for (std::size_t i = 0; i < choices.size(); ++i)
            for (const std::string& name : {letter(i), normalised(choices[i], false)}) {
                const std::size_t at = findWords(text, name);
                if (at < best || (at == best && at != std::string::npos && name.size() > length)) {
                    best = at;
                    length = name.size();
                    said = i;
                }
            }
    }
    if (!said)
        return {Verdict::Wrong, {}, "names no choice"};
    for (const std::string& reference : references)
        if (indexOf(reference, true) == said)
            return {Verdict::Right, choices[*said], "names the right choice"};
    return {Verdict::Wrong, choices[*said], "names another choice"};
}

std::string_view withoutFence(std::string_view answer) {
    constexpr std::string_view space = " \t\r\n";
    constexpr std::string_view fence = "```";
    const std::size_t first = answer.find_first_not_of(space);
    if (first == std::string_view::npos || !answer.substr(first).starts_with(fence))
        return answer;
    const std::size_t line = answer.find('\n', first);
    const std::size_t last = answer.find_last_not_of(space) + 1;
    if (line == std::string_view::npos || !answer.substr(0, last).ends_with(fence)
        || last < line + 1 + fence.size())
        return answer;
    return answer.substr(line + 1, last - fence.size() - line - 1);
}

} // namespace assay
