#pragma once

#include "core/data/importers/row_fields.h"

namespace assay::importing {

/// {"messages":[{"role","content"},..]}: OpenAI and LLaMA-Factory v1, with their preference forms
/// (chosen and rejected, chosen_messages and rejected_messages, rejected_response) and KTO labels.
RowSamples parseMessagesRow(RowFields& row, RowContext& context);
/// {"input":{"messages":[..]},"preferred_output":[..],"non_preferred_output":[..]}.
RowSamples parseOpenAiPairRow(RowFields& row, RowContext& context);
/// {"prompt","chosen","rejected"} and {"prompt","completion","label"}, texts or message lists.
RowSamples parseTrlRow(RowFields& row, RowContext& context);
/// {"conversations":[{"from","value"},..]} and ms-swift's
/// {"conversation":[{"human","assistant"},..]}.
RowSamples parseShareGptRow(RowFields& row, RowContext& context);
/// Alpaca, query and response, and any question and answer under mapped names.
RowSamples parseInstructionRow(RowFields& row, RowContext& context);
/// {"input":["q1","q2"],"output":["a1","a2"]}.
RowSamples parseParallelRow(RowFields& row, RowContext& context);
/// {"instruction","instances":[{"input","output"},..]}: one sample an instance.
RowSamples parseSelfInstructRow(RowFields& row, RowContext& context);
/// {"text":".."}.
RowSamples parseTextRow(RowFields& row, RowContext& context);

/// The dialect of a row by its keys; empty when it is of none. `options` may map keys.
std::string dialectOfRow(const Json& row, const ColumnMapping& columns);
/// Null for a dialect that has no rows of keys ("text" of plain files, unknown names).
using RowParser = RowSamples (*)(RowFields&, RowContext&);
RowParser parserOf(const std::string& dialect);

} // namespace assay::importing
