#pragma once

#include "core/text/chat_template.h"
#include "core/text/tokenizer_config.h"

namespace assay {

/// The name of a template that a model brings along as Jinja.
inline constexpr const char* ownTemplateName = "jinja";

/// A model's own template. `config` gives the spellings of bos_token and the like; `place` names
/// the file in errors.
///
/// Trained is what stands in generation blocks; without them what an answer adds to the prompt that
/// asks for it, found by rendering the conversation with and without it. Where the template writes
/// a prompt otherwise than the conversation goes on, that is an error (text.template_mask), unless
/// the message's weight is 0.
Result<std::shared_ptr<const ChatTemplate>> ownTemplate(
    const std::string& source, const TokenizerConfig& config, const std::string& place);

} // namespace assay
