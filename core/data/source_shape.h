#pragma once

#include "core/base/json.h"
#include "core/data/sample.h"

#include <string_view>

namespace assay {

/// How a source row was written, where several spellings mean the same: kept under this key of
/// `Sample::meta` and `Message::extra` so that an export in the same format gives the same row
/// back. It holds lengths and spellings, never content that could go stale: an exporter checks each
/// against the sample and falls back to its own spelling. It is never exported and needs no care
/// when a sample is edited.
inline constexpr const char* shapeKey = "_shape";

/// The note called `name`, or null.
const Json* shapeNote(const Json& extra, std::string_view name);
void setShapeNote(Json& extra, std::string_view name, Json value);

/// The keys that are the user's: everything but the notes. Null when none.
Json withoutShape(const Json& extra);

/// The parts a message has in LLaMA-Factory's v1 dialect when nothing else is noted: reasoning,
/// text, one part a tool call, each as [type, bytes or count].
Json usualParts(const Message& message);

/// ShareGPT's usual tag of a role; empty for a role it has none for.
std::string_view shareGptTag(Role role);

} // namespace assay
