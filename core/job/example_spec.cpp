#include "core/advice/parameter_help.h"
#include "core/job/train_spec.h"

#include <sstream>

namespace assay {

namespace {

constexpr std::size_t lineWidth = 100;

TrainSpec exampleSft() {
    TrainSpec spec;
    spec.kind = "sft";
    spec.name = "first fine-tuning";
    spec.model.path = "models/base";
    spec.data.files = {"data/train.jsonl"};
    spec.chatTemplate = "chatml";
    spec.optimizer.learningRate = 2e-5;
    return spec;
}

TrainSpec exampleDpo() {
    TrainSpec spec = exampleSft();
    spec.kind = "dpo";
    spec.name = "first preference tuning";
    spec.model.path = "models/tuned";
    spec.data.files = {"data/pairs.jsonl"};
    spec.optimizer.learningRate = 5e-7;
    spec.schedule.epochs = 1;
    return spec;
}

TrainSpec examplePretrain() {
    TrainSpec spec;
    spec.kind = "pretrain";
    spec.name = "small model from nothing";
    spec.model.shape.emplace();
    spec.model.tokenizer = "models/tokenizer";
    spec.data.files = {"data/corpus.txt"};
    spec.optimizer.learningRate = 1e-3;
    spec.optimizer.minLearningRateRatio = 0.1;
    spec.schedule.epochs = 1;
    return spec;
}

void appendComment(std::string& out, const std::string& indent, const std::string& text) {
    std::istringstream words(text);
    std::string word;
    std::string line = indent + "//";
    while (words >> word) {
        if (line.size() + 1 + word.size() > lineWidth && line.size() > indent.size() + 2) {
            out += line + "\n";
            line = indent + "//";
        }
        line += " " + word;
    }
    out += line + "\n";
}

void appendHelp(std::string& out, const std::string& indent, const ParameterHelp& help) {
    appendComment(out, indent, std::string(help.explanation));
    std::string usual;
    if (!help.range.empty())
        usual = "Values: " + std::string(help.range) + ".";
    if (!help.source.empty())
        usual
            += std::string(usual.empty() ? "" : " ") + "Source: " + std::string(help.source) + ".";
    if (!usual.empty())
        appendComment(out, indent, usual);
}

void appendObject(
    std::string& out, const Json& object, const std::string& path, const std::string& indent) {
    out += "{\n";
    const std::string inner = indent + "  ";
    std::size_t left = object.size();
    for (const auto& [key, value] : object.items()) {
        const std::string full = path.empty() ? key : path + "." + key;
        if (const ParameterHelp* help = findParameterHelp(full))
            appendHelp(out, inner, *help);
        out += inner + "\"" + key + "\": ";
        if (value.is_object())
            appendObject(out, value, full, inner);
        else
            out += dumpJson(value);
        out += --left ? ",\n" : "\n";
    }
    out += indent + "}";
}

} // namespace

Result<std::string> exampleSpec(const std::string& kind) {
    if (kind != "sft" && kind != "pretrain" && kind != "dpo")
        return fail("json.value",
            {{"key", "kind"}, {"reason", "\"" + kind + "\" is none of: sft, pretrain, dpo"}});
    std::string out = "// A training spec. Every key is shown with the value it has when it is "
                      "left out, save the\n"
                      "// name, the model, the data and the few numbers that differ from one kind "
                      "to the other.\n"
                      "// Relative paths are taken from this file's folder.\n";
    appendObject(out,
        trainSpecToJson(kind == "sft" ? exampleSft()
                : kind == "dpo"       ? exampleDpo()
                                      : examplePretrain()),
        "", "");
    return out + "\n";
}

} // namespace assay
