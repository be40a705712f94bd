#include "app/assay-cli/verbs.h"

#include "core/advice/curve_advice.h"
#include "core/advice/parameter_help.h"
#include "core/base/error_catalogue.h"
#include "core/quality/check_list.h"

#include <cstdio>
#include <set>

namespace assay {

namespace {

/// As a C string literal: translators' tools read C++.
std::string literal(std::string_view text) {
    std::string quoted = "\"";
    for (const char byte : text) {
        if (byte == '"' || byte == '\\')
            quoted += '\\';
        if (byte == '\n')
            quoted += "\\n";
        else
            quoted += byte;
    }
    return quoted + '"';
}

void print(const char* context, std::string_view text) {
    static std::set<std::string> seen;
    if (!text.empty() && seen.insert(context + std::string(text)).second)
        std::printf("QT_TRANSLATE_NOOP(\"%s\", %s)\n", context, literal(text).c_str());
}

} // namespace

/// Core knows nothing of Qt, so its texts are listed for the tool that collects what is to be
/// translated.
void addTextsVerb(CLI::App& program) {
    CLI::App* verb = program.add_subcommand("texts", "Print every text of core for translators");
    verb->group("");
    onRun(*verb, []() -> Result<void> {
        for (const CatalogueEntry& entry : errorCatalogue()) {
            print("errors", entry.text);
            print("errors", entry.remedy);
        }
        for (const ParameterHelp& help : parameterHelp()) {
            print("parameters", help.label);
            print("parameters", help.explanation);
            print("parameters", help.range);
        }
        for (const CheckInfo& check : checkList()) {
            print("checks", check.title);
            print("checks", check.rule);
        }
        for (const CurveAdvice& advice : curveAdvice()) {
            print("findings", advice.text);
            print("findings", advice.test);
            print("findings", advice.action);
        }
        return {};
    });
}

} // namespace assay
