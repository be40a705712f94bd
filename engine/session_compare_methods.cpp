#include "core/analysis/compare_case.h"
#include "core/analysis/compare_report.h"
#include "engine/session_methods.h"

namespace assay {

namespace {

struct Pair {
    std::shared_ptr<ModelUnderTest> base;
    std::shared_ptr<ModelUnderTest> tuned;
};

/// The two handles of a request, found when its turn has come.
struct PairNames {
    std::string base;
    std::string tuned;

    static PairNames read(JsonReader& params) {
        PairNames names;
        params.read("base", names.base);
        params.read("tuned", names.tuned);
        return names;
    }
    Result<Pair> find(SessionContext& context) const {
        auto baseModel = context.models.find(base);
        if (!baseModel)
            return forward(baseModel);
        auto tunedModel = context.models.find(tuned);
        if (!tunedModel)
            return forward(tunedModel);
        return Pair{*baseModel, *tunedModel};
    }
};

} // namespace

MethodTask prepareCompare(SessionContext& context, JsonReader& params) {
    const PairNames names = PairNames::read(params);
    const CompareRequest request = readCompareRequest(params);
    return [&context, names, request](Call& call) -> Result<Json> {
        auto pair = names.find(context);
        if (!pair)
            return forward(pair);
        return compareReport(*pair->base, *pair->tuned, request, call.stop);
    };
}

MethodTask prepareCompareText(SessionContext& context, JsonReader& params) {
    const PairNames names = PairNames::read(params);
    const PairedTextRequest request = readPairedTextRequest(params);
    return [&context, names, request](Call& call) -> Result<Json> {
        auto pair = names.find(context);
        if (!pair)
            return forward(pair);
        auto text = pairText(*pair->base, *pair->tuned, request, call.stop);
        if (!text)
            return forward(text);
        return pairedTextJson(*pair->base, *pair->tuned, request, *text,
            [&](Json block) { call.notify("analysis.compare_text.block", std::move(block)); });
    };
}

MethodTask prepareCompareCase(SessionContext& context, JsonReader& params) {
    const PairNames names = PairNames::read(params);
    const CompareCaseRequest request = readCompareCaseRequest(params);
    return [&context, names, request](Call& call) -> Result<Json> {
        auto pair = names.find(context);
        if (!pair)
            return forward(pair);
        return compareCase(*pair->base, *pair->tuned, request, call.stop);
    };
}

MethodTask prepareAnswerBoth(SessionContext& context, JsonReader& params) {
    const PairNames names = PairNames::read(params);
    const CompareCaseRequest request = readCompareCaseRequest(params);
    return [&context, names, request](Call& call) -> Result<Json> {
        auto pair = names.find(context);
        if (!pair)
            return forward(pair);
        return answerBoth(*pair->base, *pair->tuned, request, call.stop);
    };
}

} // namespace assay
