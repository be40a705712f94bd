#pragma once

#include <string_view>

namespace assay::fuzz {

/// A reader of foreign bytes: whatever they are, it must come back soon, with bounded memory, and
/// without a fault. What it says of them does not matter here.
using Reader = void (*)(std::string_view bytes);

/// "safetensors", "pytorch", "gguf", or "weights", which finds the kind by content; null for
/// another name.
Reader weightReader(std::string_view name);
/// "tokenizer_json", "sentencepiece", "chat_template", "jsonl", "gguf_model"; null for another
/// name.
Reader textReader(std::string_view name);

} // namespace assay::fuzz
