#include "core/analysis/compare_report.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace assay {

namespace {

std::string format(const char* pattern, ...) __attribute__((format(printf, 1, 2)));
std::string format(const char* pattern, ...) {
    char line[512];
    std::va_list arguments;
    va_start(arguments, pattern);
    std::vsnprintf(line, sizeof line, pattern, arguments);
    va_end(arguments);
    return line;
}

std::string visible(const std::string& piece) {
    std::string out;
    for (char c : piece)
        out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : c == '\r' ? "\\r" : std::string(1, c);
    return out;
}

std::string pieceOf(const Json& tokens, std::size_t index) {
    if (tokens["pieces"].is_array())
        return visible(tokens["pieces"][index].get<std::string>());
    return "#" + std::to_string(tokens["ids"][index].get<TokenId>());
}

std::string number(const Json& value, const char* pattern = "%8.3f") {
    if (!value.is_number())
        return "       -";
    char text[32];
    std::snprintf(text, sizeof text, pattern, value.get<double>());
    return text;
}

std::string textOf(const Json& run) {
    return run["text"].is_string() ? run["text"].get<std::string>() : "ids " + run["ids"].dump();
}

std::string tokenTable(const Json& comparison) {
    std::string out = "  token  lp base  lp tuned     delta  KL(t||b)        JS  rank base>tuned  "
                      "band       piece\n";
    const std::size_t first
        = std::max<std::size_t>(1, comparison["answer_begin"].get<std::size_t>());
    for (std::size_t i = first; i < comparison["ids"].size(); ++i) {
        const std::string band = comparison.contains("band") && comparison["band"][i].is_string()
            ? comparison["band"][i]
            : "";
        out += format("%7zu %s  %s  %s  %s  %s  %7d > %-6d %-10s ", i,
            number(comparison["base"]["logprob"][i]).c_str(),
            number(comparison["tuned"]["logprob"][i]).c_str(),
            number(comparison["delta"][i], "%+8.3f").c_str(),
            number(comparison["kl_tuned_base"][i]).c_str(), number(comparison["js"][i]).c_str(),
            comparison["base"]["rank"][i].is_number() ? comparison["base"]["rank"][i].get<int>()
                                                      : 0,
            comparison["tuned"]["rank"][i].is_number() ? comparison["tuned"]["rank"][i].get<int>()
                                                       : 0,
            band.c_str());
        out += pieceOf(comparison, i) + "\n";
    }
    return out;
}

std::string groupTable(const Json& comparison) {
    std::string out = "  bytes          lp base  lp tuned     delta  text\n";
    const std::string text = comparison["text"];
    for (const Json& group : comparison["groups"]) {
        const auto begin = group["begin"].get<std::size_t>();
        const auto end = group["end"].get<std::size_t>();
        out += format("  %5zu..%-5zu  %s  %s  %s  ", begin, end,
            number(group["base_logprob"]).c_str(), number(group["tuned_logprob"]).c_str(),
            number(group["delta"], "%+8.3f").c_str());
        out += visible(text.substr(begin, end - begin)) + "\n";
    }
    return out;
}

std::string onsetLines(const Json& onset, const char* name) {
    std::string out;
    const Json& text = onset["R0"];
    if (text.is_object())
        out += format("R0, %s: ", name)
            + (!text["departs"].get<bool>() ? std::string("the same as the reference")
                                            : "differs from the reference at byte "
                        + text["byte"].dump() + " (" + text["kind"].get<std::string>() + ")"
                        + (text["pointer"].is_string()
                                ? ", leaf " + text["pointer"].get<std::string>()
                                : ""))
            + "\n";
    const Json& greedy = onset["R1"];
    out += format("R1, %s: ", name);
    if (!greedy["departs"].get<bool>())
        return out + "greedy decoding says the whole reference\n";
    const auto token = [](const Json& t) {
        return t["piece"].is_string() ? "\"" + visible(t["piece"].get<std::string>()) + "\""
                                      : "#" + t["id"].dump();
    };
    return out + "departs from the reference at its token " + greedy["index"].dump() + ": "
        + token(greedy["chosen"]) + " in place of " + token(greedy["expected"])
        + format(", gap %.3f nats (%s); %d of %d tokens depart\n",
            greedy["gap"].is_number() ? greedy["gap"].get<double>() : 0.0,
            greedy["strength"].get<std::string>().c_str(), greedy["departures"].get<int>(),
            greedy["reference_tokens"].get<int>());
}

} // namespace

std::string compareTable(const Json& report) {
    std::string out;
    out += "prompt: " + textOf(report["prompt"]) + "\n";
    out += "base:   " + textOf(report["base"]) + "  [" + report["base"]["ended"].get<std::string>()
        + "]\n";
    out += "tuned:  " + textOf(report["tuned"]) + "  ["
        + report["tuned"]["ended"].get<std::string>() + "]\n";
    const Json& divergence = report["divergence"];
    if (divergence.is_null())
        out += "both say the same\n";
    else
        out += "they part at "
            + (divergence["byte"].is_null() ? std::string()
                                            : "byte " + divergence["byte"].dump() + ", ")
            + "token " + divergence["base"]["token"].dump() + " (base), "
            + divergence["tuned"]["token"].dump() + " (tuned)\n";
    const Json& run = report["on_tuned"];
    out += "\nwhat the tuned model said, under both (nats):\n";
    out += run.contains("groups") ? groupTable(run) : tokenTable(run);
    if (report["reference"].is_null())
        return out;
    out += "\nreference: " + textOf(report["reference"]) + "\n";
    const Json& onset = report["reference"]["onset"];
    return out + onsetLines(onset["base"], "base") + onsetLines(onset["tuned"], "tuned");
}

} // namespace assay
