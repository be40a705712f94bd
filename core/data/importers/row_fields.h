#pragma once

#include "core/data/importer.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace assay::importing {

/// The keys of one row, each taken once; what nobody took is the row's extra keys.
class RowFields {
public:
    struct Field {
        const std::string* name = nullptr;
        const Json* value = nullptr;
        explicit operator bool() const { return value != nullptr; }
    };

    explicit RowFields(Json object);
    /// The value under the mapped name or, where that is empty, under the first of `names` that the
    /// row has: exactly, then without regard to case.
    Field take(const std::string& mapped, std::initializer_list<const char*> names);
    /// As `take`, but null and "" count as absent; they are kept so that they are written back.
    Field takeFilled(const std::string& mapped, std::initializer_list<const char*> names);
    bool has(const char* name) const;
    const Json* peek(const char* name) const;
    /// Puts a taken key back among the extra ones.
    void giveBack(const Field& field);
    /// Known keys whose value said nothing, and known keys that another one overruled.
    Json& unused() { return m_unused; }
    Json rest() const;

private:
    Field find(const std::string& mapped, std::initializer_list<const char*> names);
    Json m_row;
    std::vector<bool> m_taken;
    Json m_unused;
};

/// What the parsers of a row need besides the row.
class RowContext {
public:
    RowContext(const ImportOptions& options, std::string defaultChannel)
        : m_options(options)
        , m_defaultChannel(std::move(defaultChannel)) { }

    const ImportOptions& options() const { return m_options; }
    const ColumnMapping& columns() const { return m_options.columns; }
    const std::string& defaultChannel() const { return m_defaultChannel; }

    void beginRow(std::string_view text) {
        m_text = text;
        m_remarks.clear();
    }
    /// The value of a top-level key as it stands in the row, byte for byte.
    std::string rawValue(const std::string& key) const;

    /// The role of a tag, or "row.unknown_role" naming it.
    Result<Role> role(const std::string& tag, const std::string& field) const;
    void remark(Error error) { m_remarks.push_back(std::move(error)); }
    void remarkEmptyTurn(const std::string& field) {
        remark(Error("row.empty_turn", {{"field", field}}));
    }
    const std::vector<Error>& remarks() const { return m_remarks; }

private:
    const ImportOptions& m_options;
    std::string m_defaultChannel;
    std::string_view m_text;
    std::vector<Error> m_remarks;
};

using RowSamples = Result<std::vector<Sample>>;

/// Errors of a row carry the field in the argument "field".
tl::unexpected<Error> wrongType(const std::string& field, const char* expected, const Json& found);
tl::unexpected<Error> missing(const std::string& field);
Result<std::string> stringOf(const RowFields::Field& field);
Result<std::string> stringOf(const Json& value, const std::string& field);
std::string at(const std::string& field, std::size_t index);

/// Remarks turns that seem to be missing: two questions or two answers in a row, an answer without
/// question, a question without answer. `answerApart`: the answer stands in other keys.
void remarkTurnOrder(RowContext& context, const std::vector<Message>& messages,
    const std::string& field, bool answerApart);

/// Takes tools, reference and channel, and keeps the rest of the row as `meta`.
Result<void> finishSample(RowFields& row, RowContext& context, Sample& sample);

/// A KTO label: a boolean under the mapped key or "kto_tag"; a plain "label" is one only beside
/// messages or a completion, for elsewhere it may be a class.
enum class PlainLabel { Ignore, Accept };
std::optional<bool> takeLabel(
    RowFields& row, const RowContext& context, Sample& sample, PlainLabel plain);
/// Moves the turns behind the last user turn into chosen (good) or rejected.
void applyLabel(Sample& sample, bool good);

} // namespace assay::importing
