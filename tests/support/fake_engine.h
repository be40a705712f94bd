#pragma once

#include <string>

namespace assay::test {

/// Speaks the live session's protocol on stdin and stdout without a model: splits text at blanks
/// and gives each token made-up numbers that depend on its text only. For tests of the window;
/// scenarios misbehave in one way each:
///   "good"; "greets" (prints a line before hello), "old" (protocol version 0), "mute" (never
///   answers), "dies" (ends at the first text.score), "garbles" (sends half a message at the first
///   text.score), "refuses" (model.load fails), "no_template" (messages fail unless a template is
///   named), "slow" (text.score waits for request.cancel), "short" (fewer scores than tokens),
///   "endless" (text.generate gives three tokens and then waits for request.cancel).
/// Returns the exit status when input ends.
int runFakeEngine(const std::string& scenario);

} // namespace assay::test
