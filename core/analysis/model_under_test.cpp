#include "core/analysis/model_under_test.h"

namespace assay {

Json modelInfoToJson(const ModelInfo& info) {
    const auto orNull = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    return {{"path", info.path}, {"family", info.family}, {"hash", info.hash},
        {"tokenizer_hash", orNull(info.tokenizerHash)}, {"template", orNull(info.templateName)},
        {"template_hash", orNull(info.templateHash)}, {"dtype", info.dtype},
        {"device", info.device}, {"parameters", info.parameters},
        {"vocabulary_size", info.vocabularySize}, {"layers", info.layers},
        {"hidden_size", info.hiddenSize}, {"max_positions", info.maxPositions}};
}

std::string_view endReasonName(EndReason reason) {
    switch (reason) {
    case EndReason::EndToken:
        return "end_token";
    case EndReason::StopString:
        return "stop_string";
    case EndReason::Length:
        return "length";
    case EndReason::Context:
        return "context";
    case EndReason::Cancelled:
        return "cancelled";
    }
    return "length";
}

} // namespace assay
