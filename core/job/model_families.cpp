#include "core/job/model_families.h"

#include "core/job/families/builders.h"

namespace assay {

std::span<const ModelFamily> modelFamilies() {
    using namespace families;
    static constexpr ModelFamily all[] = {
        {"gemma2", "Gemma2ForCausalLM", readGemma2, gemma2Plan},
        {"gemma3_text", "Gemma3ForCausalLM", readGemma3, gemma3Plan},
        {"gpt2", "GPT2LMHeadModel", readGpt2, gpt2Plan},
        {"llama", "LlamaForCausalLM", readLlama, llamaPlan},
        {"mistral", "MistralForCausalLM", readMistral, llamaPlan},
        {"phi3", "Phi3ForCausalLM", readPhi3, phi3Plan},
        {"qwen2", "Qwen2ForCausalLM", readQwen2, llamaPlan},
        {"qwen3", "Qwen3ForCausalLM", readQwen3, qwen3Plan},
    };
    return all;
}

} // namespace assay
