#pragma once

#include <string_view>

namespace assay::fuzz {

/// A reader of foreign bytes: whatever they are, it must come back soon, with bounded memory, and
/// without a fault. What it says of them does not matter here.
using Reader = void (*)(std::string_view bytes);

/// "weights" (safetensors, PyTorch, GGUF and llama2.c by their content), "safetensors", "pytorch",
/// "gguf", "tokenizer_json", "sentencepiece", "chat_template", "jsonl"; null for another name.
Reader readerNamed(std::string_view name);

} // namespace assay::fuzz
