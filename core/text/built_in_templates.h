#pragma once

#include "core/text/chat_template.h"

namespace assay {

const std::vector<std::shared_ptr<const ChatTemplate>>& builtInTemplates();
/// Their names, for messages.
std::string builtInTemplateList();

} // namespace assay
