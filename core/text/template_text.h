#pragma once

#include <string>
#include <string_view>

namespace assay {

/// The words that Stanford's Alpaca put in front of every instruction, used where no system message
/// stands.
inline constexpr std::string_view alpacaPreamble
    = "Below is an instruction that describes a task. Write a response that appropriately "
      "completes the request.";

/// Without white space at both ends, as Python's str.strip() and Jinja's trim understand it
/// (Unicode spaces such as U+3000 included).
std::string trimmed(std::string_view text);

} // namespace assay
