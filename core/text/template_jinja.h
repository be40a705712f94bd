#pragma once

#include <string>

namespace assay {

/// The built-in templates in the Jinja dialect of transformers (trim_blocks and lstrip_blocks on).
/// They render what ours render; `withBos` puts {{ bos_token }} in front.
std::string chatMlJinja(bool withBos);
std::string llama2Jinja();
std::string alpacaJinja(bool withBos);
std::string plainJinja(bool withBos);

} // namespace assay
