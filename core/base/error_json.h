#pragma once

#include "core/base/error.h"
#include "core/base/json.h"

namespace assay {

/// The form in which an error travels between processes and stands in files:
/// {"code", "arguments": {name: value}, "where"?, "details"?: [..], "message"}. `message` is the
/// English text for people who read the file; a reader that has the catalogue makes its own.
Json errorToJson(const Error& error);
/// Lenient: what is absent stays empty, so that a reader of a newer program's file still gets the
/// code.
Error errorFromJson(const Json& json);

} // namespace assay
