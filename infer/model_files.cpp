#include "infer/model_files.h"

namespace assay {

namespace fs = std::filesystem;

Result<void> copyModelFiles(const fs::path& from, const fs::path& to) {
    for (const char* name :
        {"tokenizer.model", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
            "added_tokens.json", "vocab.json", "merges.txt", "qwen.tiktoken", "assay_template.json",
            "chat_template.jinja", "generation_config.json"}) {
        std::error_code problem;
        if (!fs::exists(from / name, problem))
            continue;
        fs::copy_file(from / name, to / name, fs::copy_options::overwrite_existing, problem);
        if (problem)
            return fail(
                "file.write", {{"path", (to / name).string()}, {"reason", problem.message()}});
    }
    return {};
}

} // namespace assay
