#pragma once

#include "core/data/sample.h"

#include <QString>

namespace assay {

/// A turn's content without the thinking that some models write into it.
struct SplitContent {
    std::string reasoning; ///< inside <think>…</think> at the start of the content
    std::string answer;
    qint64 answerBegin = 0; ///< byte of `content` at which `answer` begins
};
SplitContent splitReasoning(const std::string& content);

/// The first words on one line.
QString preview(const std::string& text, int chars = 90);
/// The weight that the turn has in the loss: its own, or its role's.
double trainWeight(const Message& message);
/// "user", "assistant · tool call", "tool result"
QString turnTitle(const Message& message);
/// What is counted as a turn's text: thinking, content, calls.
std::string countedText(const Message& message);
/// "36 tokens", or "120 characters" where tokens are not known (-1).
QString lengthNote(int tokens, const std::string& text);

} // namespace assay
