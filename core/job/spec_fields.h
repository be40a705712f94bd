#pragma once

#include "core/job/train_spec.h"

#include <span>
#include <string_view>

namespace assay {

/// How a field of the spec is edited.
enum class FieldType { Text, Whole, Number, Flag, Choice, Paths };

/// One key of the spec, by its dotted path ("optimizer.learning_rate"). Label, explanation and
/// usual values stand under the same key in core/advice/parameter_help.
struct SpecField {
    std::string key;
    FieldType type = FieldType::Text;
    std::vector<std::string> choices; ///< of a Choice; an empty one means "the model's own"
};

/// Every key that a spec can hold, in the spec's order; made from the lists in train_spec_fields.h
/// by way of the written spec, so that a new key appears by itself. Version is left out: it is not
/// for people.
const std::vector<SpecField>& specFields();
const SpecField* findSpecField(std::string_view key);

/// The values a key may take, where they are names; empty for others. The spec's own check goes by
/// the same list.
std::vector<std::string> specChoices(std::string_view key);

/// The value at a dotted path of a written spec; null where it is absent.
const Json* specValue(const Json& spec, std::string_view key);
/// Sets it, making objects on the way (a shape that was null).
void setSpecValue(Json& spec, std::string_view key, Json value);

/// Which field an error of `trainSpecFromJson` is about: a key, or a section ("data") where several
/// belong together; empty where it is about the whole.
std::string fieldOfProblem(const Error& error);
/// All problems of a draft, one by one; empty when it can be trained.
std::vector<Error> specProblems(const Json& spec);

/// A key whose values differ.
struct SpecDifference {
    std::string key;
    Json before; ///< null where it was absent
    Json after;
};
/// What changed from one written spec to another; name and version are left out. Two shapes are
/// compared key by key.
std::vector<SpecDifference> specDifferences(const Json& before, const Json& after);

/// A named set of values laid over a spec.
struct SpecPreset {
    std::string id;
    std::string name;
    std::string explanation;
    Json values; ///< dotted key -> value
};
/// "quick", "careful", "memorise", "pretrain"
const std::vector<SpecPreset>& builtInPresets();
/// Lays the values over a draft; keys that no spec has are refused.
Result<void> applyPreset(Json& spec, const Json& values);

} // namespace assay
