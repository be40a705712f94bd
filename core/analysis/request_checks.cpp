#include "core/analysis/request_checks.h"

#include <cmath>

namespace assay {

std::vector<Error> samplingProblems(const GenerateOptions& options) {
    std::vector<Error> problems;
    const auto require = [&](bool holds, const char* key, const char* reason) {
        if (!holds)
            problems.push_back(Error("json.value", {{"key", key}, {"reason", reason}}));
    };
    require(options.maxNew >= 0, "max_new", "it must be 0 or more");
    require(std::isfinite(options.temperature) && options.temperature >= 0, "temperature",
        "it must be 0 (greedy) or more");
    require(options.topK >= 0, "top_k", "it must be 0 (all) or more");
    require(options.topP > 0 && options.topP <= 1, "top_p", "it must be above 0 and at most 1");
    return problems;
}

Result<void> checkTopK(const ModelUnderTest& model, int topK) {
    if (topK >= 0 && topK <= model.info().vocabularySize)
        return {};
    return fail("analysis.top_range",
        {{"top", std::to_string(topK)}, {"size", std::to_string(model.info().vocabularySize)}});
}

} // namespace assay
