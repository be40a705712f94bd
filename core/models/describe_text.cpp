#include "core/models/describe_model.h"

namespace assay {

namespace {

/// 1234567 as "1,234,567".
std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (std::ptrdiff_t at = std::ptrdiff_t(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(std::size_t(at), ",");
    return digits;
}

std::string sizeText(std::int64_t bytes) {
    constexpr std::int64_t step = 1000;
    const char* const units[] = {"bytes", "kB", "MB", "GB", "TB"};
    std::size_t unit = 0;
    double size = double(bytes);
    for (; size >= step && unit + 1 < std::size(units); ++unit)
        size /= step;
    char text[32];
    std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    return text;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string all;
    for (const std::string& part : parts)
        all += (all.empty() ? "" : ", ") + part;
    return all;
}

std::string numberText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

class Lines {
public:
    void add(const std::string& label, const std::string& text) {
        m_text += label + std::string(label.size() < 12 ? 12 - label.size() : 1, ' ') + text + "\n";
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

std::string shapeLine(const ModelDescription::Shape& shape) {
    std::string text = grouped(shape.layers) + " layers, hidden " + grouped(shape.hidden) + ", "
        + grouped(shape.heads) + " heads";
    if (shape.kvHeads != shape.heads)
        text += " (" + grouped(shape.kvHeads) + " key-value)";
    text += " of " + grouped(shape.headDimension);
    if (shape.intermediate > 0)
        text += ", inner " + grouped(shape.intermediate);
    text += ", vocabulary " + grouped(shape.vocabulary);
    if (shape.positions > 0)
        text += ", " + grouped(shape.positions) + " positions";
    return text;
}

void addAdapter(const ModelDescription::Adapter& adapter, Lines& lines) {
    lines.add("Adapter",
        adapter.type + ", rank " + grouped(adapter.rank) + ", alpha " + numberText(adapter.alpha)
            + ", scale " + numberText(adapter.scale)
            + (adapter.rankStabilised ? ", rank-stabilised" : "") + (adapter.dora ? ", DoRA" : ""));
    if (!adapter.base.empty())
        lines.add("Base", adapter.base);
    if (!adapter.targets.empty())
        lines.add("Targets", joined(adapter.targets));
    if (!adapter.trainedWhole.empty())
        lines.add("Whole", joined(adapter.trainedWhole));
}

} // namespace

std::string descriptionText(const ModelDescription& d, bool withTensors) {
    Lines lines;
    lines.add("Model", d.path);
    lines.add("Kind", d.kind + (d.bytes > 0 ? ", " + sizeText(d.bytes) : ""));
    if (!d.family.empty())
        lines.add("Family",
            d.family + (d.className.empty() ? "" : " (" + d.className + ")")
                + (d.supported ? "" : ", not supported"));
    if (d.adapter)
        addAdapter(*d.adapter, lines);
    if (d.shape)
        lines.add("Shape", shapeLine(*d.shape) + (d.tiedEmbeddings ? ", embeddings tied" : ""));
    if (d.parameters > 0) {
        std::string text = grouped(d.parameters)
            + (d.parametersFromShape ? " by its shape" : " in " + grouped(d.tensors) + " tensors");
        std::vector<std::string> types;
        for (const auto& use : d.types)
            types.push_back(grouped(use.tensors) + " " + use.type);
        lines.add("Parameters", text + (types.empty() ? "" : ": " + joined(types)));
    }
    if (d.tokenizer) {
        std::string text = d.tokenizer->kind + ", " + grouped(d.tokenizer->size) + " pieces";
        if (!d.tokenizer->bos.empty())
            text += ", BOS " + d.tokenizer->bos + (d.tokenizer->addsBos ? " in front" : "");
        if (!d.tokenizer->eos.empty())
            text += ", EOS " + d.tokenizer->eos;
        lines.add("Tokenizer", text);
    }
    if (!d.adapter)
        lines.add("Template",
            d.templateName.empty()          ? "none"
                : d.templateName == "jinja" ? "its own"
                                            : d.templateName);
    if (!d.unsupportedBecause.empty())
        lines.add("Because", d.unsupportedBecause);
    for (const std::string& text : d.missing)
        lines.add("Missing", text);
    for (const std::string& text : d.notes)
        lines.add("Note", text);
    if (withTensors)
        for (const TensorView& tensor : d.list)
            lines.add(
                "Tensor", tensor.name + " " + shapeText(tensor.shape) + " " + tensor.typeName);
    return lines.take();
}

Json descriptionToJson(const ModelDescription& d, bool withTensors) {
    Json json;
    json["path"] = d.path;
    json["kind"] = d.kind;
    json["family"] = d.family.empty() ? Json() : Json(d.family);
    json["class"] = d.className.empty() ? Json() : Json(d.className);
    json["supported"] = d.supported;
    if (!d.unsupportedBecause.empty())
        json["unsupported_because"] = d.unsupportedBecause;
    if (d.shape)
        json["shape"] = {{"layers", d.shape->layers}, {"hidden_size", d.shape->hidden},
            {"intermediate_size", d.shape->intermediate}, {"heads", d.shape->heads},
            {"kv_heads", d.shape->kvHeads}, {"head_dim", d.shape->headDimension},
            {"vocabulary", d.shape->vocabulary}, {"max_positions", d.shape->positions},
            {"tied_embeddings", d.tiedEmbeddings}};
    json["parameters"] = d.parameters;
    json["parameters_from_shape"] = d.parametersFromShape;
    json["tensor_count"] = d.tensors;
    json["bytes"] = d.bytes;
    json["dtypes"] = Json::array();
    for (const auto& use : d.types)
        json["dtypes"].push_back(
            {{"dtype", use.type}, {"tensors", use.tensors}, {"parameters", use.parameters}});
    json["tokenizer"] = nullptr;
    if (d.tokenizer)
        json["tokenizer"] = {{"kind", d.tokenizer->kind}, {"vocabulary", d.tokenizer->size},
            {"bos", d.tokenizer->bos}, {"eos", d.tokenizer->eos},
            {"adds_bos", d.tokenizer->addsBos}};
    json["template"] = d.templateName.empty() ? Json() : Json(d.templateName);
    if (d.adapter)
        json["adapter"] = {{"type", d.adapter->type}, {"base", d.adapter->base},
            {"r", d.adapter->rank}, {"alpha", d.adapter->alpha}, {"scale", d.adapter->scale},
            {"rslora", d.adapter->rankStabilised}, {"dora", d.adapter->dora},
            {"targets", d.adapter->targets}, {"modules_to_save", d.adapter->trainedWhole}};
    json["missing"] = d.missing;
    json["notes"] = d.notes;
    json["metadata"] = d.metadata;
    if (withTensors) {
        json["tensors"] = Json::array();
        for (const TensorView& tensor : d.list)
            json["tensors"].push_back(
                {{"name", tensor.name}, {"dtype", tensor.typeName}, {"shape", tensor.shape}});
    }
    return json;
}

} // namespace assay
