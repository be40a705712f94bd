#include "core/job/model_plan.h"

#include "core/job/model_families.h"

#include <set>

namespace assay {

std::string LinearPlan::module() const {
    constexpr std::string_view ending = ".weight";
    return weight.ends_with(ending) ? weight.substr(0, weight.size() - ending.size()) : weight;
}

std::vector<std::string> supportedFamilies() {
    std::vector<std::string> names;
    for (const ModelFamily& family : modelFamilies())
        names.push_back(family.name);
    return names;
}

ModelPlan modelPlan(const ModelSpec& spec) {
    for (const ModelFamily& family : modelFamilies())
        if (family.name == spec.family)
            return family.plan(spec);
    return {}; // readModelSpec has refused it
}

namespace {

/// Lists parameters once each: fused maps and tied matrices name the same one again.
class ShapeList {
public:
    void add(const std::string& name, std::vector<std::int64_t> shape, bool transposed = false) {
        if (!name.empty() && m_seen.insert(name).second)
            m_shapes.push_back({name, std::move(shape), transposed});
    }
    void add(const NormPlan& norm) {
        add(norm.weight, {norm.width});
        add(norm.bias, {norm.width});
    }
    void add(const LinearPlan& linear) {
        add(linear.weight, {linear.allRows, linear.in}, linear.transposed);
        add(linear.bias, {linear.allRows});
    }
    std::vector<ParameterShape> take() { return std::move(m_shapes); }

private:
    std::set<std::string> m_seen;
    std::vector<ParameterShape> m_shapes;
};

} // namespace

std::vector<LinearPlan> linearPlans(const ModelPlan& plan) {
    std::vector<LinearPlan> maps;
    for (const LayerPlan& layer : plan.layers)
        for (const LinearPlan* map :
            {&layer.attention.query, &layer.attention.key, &layer.attention.value,
                &layer.attention.output, &layer.mlp.gate, &layer.mlp.up, &layer.mlp.down})
            if (map->exists())
                maps.push_back(*map);
    return maps;
}

std::vector<ParameterShape> parameterShapes(const ModelPlan& plan) {
    ShapeList list;
    list.add(plan.embedding, {plan.vocabularySize, plan.hiddenSize});
    list.add(plan.positions, {plan.maxPositions, plan.hiddenSize});
    for (const LayerPlan& layer : plan.layers) {
        list.add(layer.attentionNorm);
        list.add(layer.attention.query);
        list.add(layer.attention.key);
        list.add(layer.attention.value);
        list.add(layer.attention.queryNorm);
        list.add(layer.attention.keyNorm);
        list.add(layer.attention.output);
        list.add(layer.attentionPostNorm);
        list.add(layer.mlpNorm);
        list.add(layer.mlp.gate);
        list.add(layer.mlp.up);
        list.add(layer.mlp.down);
        list.add(layer.mlpPostNorm);
    }
    list.add(plan.norm);
    list.add(plan.head, {plan.vocabularySize, plan.hiddenSize});
    return list.take();
}

std::int64_t ModelSpec::parameterCount() const {
    std::int64_t count = 0;
    for (const ParameterShape& parameter : parameterShapes(modelPlan(*this))) {
        std::int64_t size = 1;
        for (const std::int64_t dimension : parameter.shape)
            size *= dimension;
        count += size;
    }
    return count;
}

} // namespace assay
