#include "app/assay-cli/runs_verbs.h"

#include "app/assay-cli/data_verbs.h"

#include "core/advice/curve_advice.h"
#include "core/job/foreign_log.h"
#include "core/job/metric_number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace assay {

namespace {

struct ReadRun {
    LogPlace place;
    RunLog log;
    std::vector<RunParameter> parameters;
    std::vector<std::string> other;
    std::vector<Error> problems;
    std::vector<CurveFinding> findings;
    std::int64_t totalSteps = -1;
    std::int64_t pendingBytes = 0;
};

Result<ReadRun> readWhole(const LogPlace& place) {
    ReadRun run;
    run.place = place;
    const auto reader = openLog(place);
    do {
        auto update = reader->poll();
        if (!update)
            return forward(update);
        if (update->restarted)
            run.log = RunLog();
        run.log.append(update->rows);
        run.pendingBytes = update->pendingBytes;
        std::ranges::move(update->problems, std::back_inserter(run.problems));
    } while (!reader->isAtEnd());
    run.parameters = reader->parameters();
    run.other = reader->otherContent();
    run.totalSteps = reader->context().totalSteps;
    run.findings = readCurves(run.log, reader->context());
    return run;
}

std::string shortNumber(double value) {
    if (!std::isfinite(value))
        return metricToJson(value).get<std::string>();
    char text[40];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

Json runToJson(const ReadRun& run, bool withPoints) {
    Json json;
    json["name"] = run.place.name;
    json["path"] = run.place.path.string();
    json["kind"] = logKindName(run.place.kind);
    json["rows"] = run.log.rowCount();
    json["total_steps"] = run.totalSteps;
    Json curves = Json::object();
    for (const RunCurve& curve : run.log.curves()) {
        Json& entry = curves[curve.name];
        entry["points"] = curve.values.size();
        entry["first_step"] = metricToJson(run.log.steps()[curve.rows.front()]);
        entry["first"] = metricToJson(curve.values.front());
        entry["last_step"] = metricToJson(run.log.steps()[curve.rows.back()]);
        entry["last"] = metricToJson(curve.values.back());
        if (!withPoints)
            continue;
        for (std::size_t i = 0; i < curve.rows.size(); ++i) {
            entry["steps"].push_back(metricToJson(run.log.steps()[curve.rows[i]]));
            entry["values"].push_back(metricToJson(curve.values[i]));
        }
    }
    json["pending_bytes"] = run.pendingBytes;
    json["curves"] = std::move(curves);
    Json parameters = Json::object();
    for (const RunParameter& parameter : run.parameters)
        parameters[parameter.group.empty() ? parameter.name
                                           : parameter.group + "." + parameter.name]
            = parameter.value;
    json["parameters"] = std::move(parameters);
    json["other_content"] = run.other;
    json["findings"] = Json::array();
    for (const CurveFinding& finding : run.findings) {
        Json entry;
        entry["rule"] = finding.rule;
        entry["weight"] = finding.weight == FindingWeight::Wrong ? "wrong"
            : finding.weight == FindingWeight::Caution           ? "caution"
                                                                 : "note";
        entry["step"] = metricToJson(finding.step);
        entry["numbers"] = Json::object();
        for (const auto& [name, value] : finding.arguments)
            entry["numbers"][name] = value;
        if (const CurveAdvice* advice = findCurveAdvice(finding.rule))
            entry["text"] = filledAdvice(advice->text, finding);
        json["findings"].push_back(std::move(entry));
    }
    json["problems"] = Json::array();
    for (const Error& problem : run.problems)
        json["problems"].push_back(message(problem));
    return json;
}

void printRun(const ReadRun& run) {
    printLine(run.place.name + "  (" + std::string(logKindName(run.place.kind)) + ", "
        + std::to_string(run.log.rowCount()) + " rows)");
    if (run.log.curves().empty()) {
        std::string other;
        for (const std::string& tag : run.other)
            other += (other.empty() ? "" : ", ") + tag;
        printLine("  no numbers in it" + (other.empty() ? "" : "; it holds " + other));
    }
    for (const RunCurve& curve : run.log.curves())
        printLine("  " + fitted(curve.name, 32) + "  "
            + fitted(shortNumber(curve.values.front()), 12) + " → "
            + fitted(shortNumber(curve.values.back()), 12) + " steps "
            + shortNumber(run.log.steps()[curve.rows.front()]) + " – "
            + shortNumber(run.log.steps()[curve.rows.back()]) + ", "
            + std::to_string(curve.values.size()) + " points");
    for (const CurveFinding& finding : run.findings) {
        const CurveAdvice* advice = findCurveAdvice(finding.rule);
        if (!advice)
            continue;
        printLine("  * " + filledAdvice(advice->text, finding));
        printLine("    rule: " + filledAdvice(advice->test, finding) + " ("
            + std::string(advice->source) + ")");
        printLine("    next: " + filledAdvice(advice->action, finding));
    }
    if (run.pendingBytes > 0)
        printLine("  ! the last record is not whole (" + std::to_string(run.pendingBytes)
            + " bytes): it is being written, or its writer was killed");
    for (const Error& problem : run.problems)
        printLine("  ! " + message(problem));
}

} // namespace

void addRunsVerbs(CLI::App& program) {
    CLI::App* runs = program.add_subcommand("runs", "Look at training runs of any trainer");
    runs->require_subcommand(1);
    struct Options {
        std::string path;
        bool json = false;
        bool points = false;
    };
    auto options = std::make_shared<Options>();
    CLI::App* verb = runs->add_subcommand("show",
        "The curves of a job folder or of another trainer's log (TensorBoard event files, "
        "trainer_state.json, trainer_log.jsonl, logging.jsonl), and what they show");
    verb->add_option("PATH", options->path, "The log, or a folder that holds some")->required();
    verb->add_flag("--json", options->json, "One JSON object a run and line");
    verb->add_flag("--points", options->points, "With --json: every point of every curve");
    onRun(*verb, [options]() -> Result<void> {
        auto places = findLogs(options->path);
        if (!places)
            return forward(places);
        for (const LogPlace& place : *places) {
            auto run = readWhole(place);
            if (!run)
                return forward(run);
            if (options->json)
                printJson(runToJson(*run, options->points));
            else
                printRun(*run);
        }
        return {};
    });
}

} // namespace assay
