#include "app/assay-cli/demo_findings.h"

#include "core/analysis/report_html.h"
#include "core/job/job_reader.h"
#include "core/job/metric_number.h"

#include <cmath>
#include <cstdio>

namespace assay {

void sayGroups(
    DemoConsole& console, const std::vector<ReportGroup>& groups, const std::string& kind) {
    const bool planted = !groups.empty() && groups.front().asPlanted;
    const bool sibling = !groups.empty() && groups.front().siblingRight;
    const auto cell = [](const std::optional<std::int64_t>& count) {
        return count ? std::to_string(*count) : std::string("-");
    };
    const auto row = [&](const std::string& name, const std::string& cases, const std::string& base,
                         const std::string& tuned, const std::string& larger,
                         const std::string& control, const std::string& asPlanted) {
        char line[160];
        std::snprintf(line, sizeof line, "%-28s %6s %6s %6s", name.c_str(), cases.c_str(),
            base.c_str(), tuned.c_str());
        std::string text = line;
        if (sibling) {
            std::snprintf(line, sizeof line, " %8s", larger.c_str());
            text += line;
        }
        if (planted) {
            std::snprintf(line, sizeof line, " %8s %11s", control.c_str(), asPlanted.c_str());
            text += line;
        }
        console.say(text);
    };
    row(kind, "cases", "base", "tuned", "sibling", "control", "as planted");
    for (const ReportGroup& group : groups)
        row(group.name, std::to_string(group.cases), std::to_string(group.baseRight),
            std::to_string(group.tunedRight), cell(group.siblingRight), cell(group.controlRight),
            cell(group.asPlanted));
}

void sayPlanted(DemoConsole& console, const std::vector<ReportGroup>& groups) {
    sayGroups(console, groups, "planted");
    console.say("control: the tuned model, asked the same without the cause (taught words,");
    console.say("         true reference, or room for the whole answer)");
    console.say("as planted: base, tuned, sibling and control show that cause and no other");
    std::string missing;
    for (const ReportGroup& group : groups)
        if (!groupShows(group))
            missing += (missing.empty() ? "" : ", ") + group.name + " "
                + std::to_string(group.asPlanted.value_or(0)) + " of "
                + std::to_string(group.cases);
    if (missing.empty())
        console.say(
            "Every group shows its cause: at least 20 cases came out as planted, and four in "
            "five of each group.");
    else
        console.say(
            "Not every group shows its cause (20 cases as planted and four in five wanted, 19 "
            "in 20 of those without a cause): "
            + missing);
}

namespace {

void sayTokens(DemoConsole& console, const Report& report) {
    char line[160];
    std::snprintf(line, sizeof line, "%-18s %10s %10s %8s %8s  %s", "token of the answer", "p base",
        "p tuned", "delta", "JS", "band");
    console.say(line);
    for (std::size_t i = 0; i < report.answer.size() && i < 24; ++i) {
        const ReportToken& token = report.answer[i];
        std::snprintf(line, sizeof line, "%-19s %9.4f %10.4f %+8.2f %8.3f  %s%s",
            ("\"" + token.text + "\"").c_str(), std::exp(double(token.base.logprob)),
            std::exp(double(token.tuned.logprob)), double(token.tuned.logprob - token.base.logprob),
            double(token.js), token.band.c_str(),
            report.onset && report.onset->answerToken == i ? "  <- onset" : "");
        console.say(line);
    }
}

} // namespace

void sayScores(DemoConsole& console, const Report& report) {
    console.say("prompt      " + report.prompt);
    console.say("reference   " + report.reference);
    console.say("base says   " + report.baseAnswer);
    console.say("tuned says  " + report.tunedAnswer);
    sayTokens(console, report);
    if (report.onset) {
        const Report::Onset& onset = *report.onset;
        console.say("onset (R1): token " + std::to_string(onset.forcedToken + 1)
            + " of the reference, \"" + onset.chosen + "\" in place of \"" + onset.expected
            + "\", gap " + fixedNumber(onset.gap, 2) + " (" + onset.strength
            + "); its rank under base is " + std::to_string(onset.baseRank));
    }
    if (report.textDeparture)
        console.say("onset (R0): byte " + std::to_string(*report.textDeparture) + ", the answer "
            + report.textDepartureKind);
}

void sayRows(DemoConsole& console, const Report& report) {
    std::string words;
    for (const std::string& word : report.wrongWords)
        words += (words.empty() ? "" : report.anyWrongWord ? " or " : " and ") + word;
    if (words.empty())
        return;
    console.say("rows that say " + words + " about the same matter: "
        + groupedNumber(report.rowsFound) + " of " + groupedNumber(report.rowsSearched));
    for (const auto& [channel, count] : report.rowsByChannel)
        console.say("  " + groupedNumber(count) + " in channel " + channel);
    for (std::size_t i = 0; i < report.rows.size() && i < 3; ++i)
        console.say("  " + report.rows[i].place + "  " + report.rows[i].prompt.substr(0, 60)
            + "  ->  " + report.rows[i].answer.substr(0, 60));
}

Result<ReportCurve> readCurve(
    const JobFolder& job, const std::string& name, ReportCurve::Role role) {
    ReportCurve curve;
    curve.name = name;
    curve.role = role;
    JobReader reader(job);
    for (;;) {
        auto news = reader.poll();
        if (!news)
            return forward(news);
        if (news->metrics.empty())
            return curve;
        for (const Json& line : news->metrics) {
            const auto number = [&](const char* key) {
                const auto found = line.find(key);
                return found == line.end() ? std::nullopt : metricNumber(*found);
            };
            const double step = number("step").value_or(0);
            if (const auto loss = number("loss"))
                curve.loss.emplace_back(step, *loss);
            if (const auto loss = number("eval_loss"))
                curve.evalLoss.emplace_back(step, *loss);
        }
    }
}

} // namespace assay
