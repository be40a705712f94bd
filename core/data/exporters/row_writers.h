#pragma once

#include "core/data/exporter.h"
#include "core/data/source_shape.h"

#include <set>
#include <string>

namespace assay::exporting {

/// One row being written: what it may use of the source's spelling, and what had to stay behind.
class RowContext {
public:
    RowContext(
        const char* format, const char* dialect, const ExportOptions& options, const Sample& sample)
        : format(format)
        , options(options)
        , sample(sample)
        , same(sample.provenance.dialect == dialect) { }

    const char* format;
    const ExportOptions& options;
    const Sample& sample;
    /// The sample comes from this very dialect, so that the notes on its spelling apply.
    bool same;
    std::set<std::string> leftOut;
    /// Tool definitions that go into the row byte for byte, in place of `rawToolsMark`.
    std::string rawTools;

    tl::unexpected<Error> cannotHold(const std::string& what) const {
        return fail("export.cannot_hold", {{"format", format}, {"what", what}});
    }
    /// A note on the sample's, or a message's, spelling in this dialect; null from any other.
    const Json* note(const char* name) const {
        return same ? shapeNote(sample.meta, name) : nullptr;
    }
    const Json* note(const Message& message, const char* name) const {
        return same ? shapeNote(message.extra, name) : nullptr;
    }
    bool noted(const Message& message, const char* name, const char* value) const {
        const Json* found = note(message, name);
        return found && *found == value;
    }
};

using RowWriter = Result<Json> (*)(RowContext&);
Result<Json> alpacaRow(RowContext& context);
Result<Json> shareGptRow(RowContext& context);
Result<Json> openAiRow(RowContext& context);
Result<Json> llamaFactoryV1Row(RowContext& context);
Result<Json> trlRow(RowContext& context);
Result<Json> textRow(RowContext& context);

/// Stands for tool definitions until the row is text; it is no JSON, so no definitions can be equal
/// to it.
inline constexpr const char* rawToolsMark = "<tools as imported>";

/// Runs a writer; a note on the source's spelling that somebody damaged becomes an error and no
/// exception.
Result<Json> writeRow(RowWriter writer, RowContext& context);
/// The row in one line.
std::string rowText(const RowContext& context, const Json& row);

/// OpenAI's message; also used by TRL.
Result<Json> openAiMessages(RowContext& context, const std::vector<Message>& messages);

/// Whether tools are written as JSON text or as a list where nothing is noted.
enum class ToolsForm { Text, List };
/// Adds tools, reference, channel and the source row's extra keys.
Result<void> finishRow(RowContext& context, Json& row, ToolsForm toolsForm);
/// The tools in one form, for rows that nest them; null when there are none.
Result<Json> toolsJson(RowContext& context, ToolsForm form);

/// Keys of the source message that the written one does not have yet.
void addExtraKeys(const Message& message, Json& written);
void addExtraKeys(RowContext& context, const Json& extra, Json& written);
/// The tag noted for a message if it still means the message's role, else empty.
std::string notedTag(const RowContext& context, const Message& message, const char* name);
/// Notes that ids other than the generated ones were left behind.
void checkCallIds(RowContext& context, const std::vector<Message>& messages);
/// 1 rather than 1.0.
Json weightJson(double weight);
/// Whether the weight is what the role has anyway.
bool isUsualWeight(const Message& message);

} // namespace assay::exporting
