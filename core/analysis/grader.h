#pragma once

#include "core/analysis/json_schema.h"
#include "core/analysis/pattern.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Who says whether an answer is right.
enum class GraderKind {
    Exact, ///< equals a reference
    Aliases, ///< says one of the accepted names
    Regex, ///< an expression matches, or what it cuts out equals a reference
    JsonSchema, ///< is JSON that fits, and equals a reference where asked
    Choice, ///< names the right one of several choices
    Judge, ///< a rubric, for a judging model: never decided here
    Person, ///< a person: never decided here
};
std::string_view graderKindName(GraderKind kind);

enum class Verdict { Right, Wrong, Unknown };
std::string_view verdictName(Verdict verdict);

struct Grade {
    Verdict verdict = Verdict::Unknown;
    /// What was compared: the cut-out value, the name found, the choice read; empty where none.
    std::string found;
    /// One phrase for people: "equals the reference", "no reference", "not JSON at byte 17".
    std::string reason;
};

/// How an evaluation set decides right or wrong. Immutable; safe to share between threads.
///
/// As JSON, all keys but `kind` optional (a string alone is the kind):
///   exact:       {"kind":"exact", "ignore_case":false, "beginning":false}: `beginning` lets the
///                 answer go on behind the reference, as a plain text does that no mark ends
///   aliases:     {"kind":"aliases", "accept":["Tokyo","東京"], "reject":["Beijing"],
///                 "whole":false, "ignore_case":true}: whole words of the answer (whole: all of
///                 it); the case's references are accepted too; one rejected makes it wrong
///   regex:       {"kind":"regex", "pattern":"#### (-?[0-9.,]+)", "take":"last"|"first",
///                 "compare":true, "delete":["[,$]","\\.$"]}: with `compare` (the default where
///                 the pattern has a group) the cut-out value must equal a reference, `delete`
///                 expressions taken out of both
///   json_schema: {"kind":"json_schema", "schema":{..}, "equal":false, "fence":true}: `fence`
///                 accepts a code fence around the document
///   choice:      {"kind":"choice", "choices":["A","B","C","D"]}: the first of the letters that
///                 stands alone, or the answer that is one of the choices' texts; a reference is a
///                 letter, a text or a number from 0
///   judge, person
class Grader {
public:
    /// The exact grader.
    Grader();
    /// "grader.kind", "grader.pattern", the errors of JsonReader and JsonSchema.
    static Result<Grader> read(const Json& spec, const std::string& place);

    GraderKind kind() const;
    /// As given, for records.
    const Json& spec() const;
    /// Unknown where a reference is needed and none is there. Any reference will do.
    Grade grade(std::string_view answer, std::span<const std::string> references) const;

private:
    struct Parts;
    std::shared_ptr<const Parts> m_parts;
};

/// The part of an answer that should be JSON: without a code fence around it and white space.
std::string_view withoutFence(std::string_view answer);

} // namespace assay
