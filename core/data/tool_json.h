#pragma once

#include "core/data/sample.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

std::string_view trimmed(std::string_view text);

/// Why a text is not JSON; null when it is.
std::optional<std::string> jsonTextProblem(std::string_view text);

/// Reads {"name":..,"arguments":..} or a list of such from a text (ShareGPT's function_call,
/// LLaMA-Factory's tool_call part). `arguments` keeps the bytes it has in the text; where it is a
/// string, its content. Ids stay empty. `field` is what an error calls the text.
Result<std::vector<ToolCall>> toolCallsFromText(std::string_view text, const std::string& field);

/// The text from which `toolCallsFromText` reads the same calls.
std::string toolCallText(const ToolCall& call);
std::string toolCallsText(const std::vector<ToolCall>& calls);

/// Whether `text` still says exactly these calls (ids aside).
bool saysCalls(std::string_view text, const std::vector<ToolCall>& calls);

/// Ids for calls of formats that have none: call_1, call_2, .. in order of appearance; results
/// answer the calls before them in the same order.
class CallIds {
public:
    void nameCalls(std::vector<ToolCall>& calls);
    /// The id of the oldest call that has no answer yet; empty when there is none.
    std::string answered();

private:
    int m_last = 0;
    bool m_answering = false; ///< an answer was seen since the last call
    std::deque<std::string> m_pending;
};

} // namespace assay
