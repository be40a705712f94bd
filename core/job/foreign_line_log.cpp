#include "core/job/foreign_log_readers.h"

#include "core/job/line_tail.h"
#include "core/job/metric_number.h"
#include "core/job/metrics_log.h"

#include <charconv>
#include <cmath>

namespace assay {

namespace {

double timeOf(const Json& value) {
    if (value.is_string())
        return secondsFromText(value.get<std::string>());
    return metricNumber(value).value_or(RunPlace::none);
}

/// "5/100" as 5 and 100.
std::pair<double, std::int64_t> stepOfTotal(const std::string& text) {
    double step = RunPlace::none;
    std::int64_t total = -1;
    const char* end = text.data() + text.size();
    std::int64_t first = 0;
    const auto read = std::from_chars(text.data(), end, first);
    if (read.ec == std::errc())
        step = double(first);
    if (read.ptr != end && *read.ptr == '/')
        std::from_chars(read.ptr + 1, end, total);
    return {step, total};
}

/// trainer_log.jsonl of LLaMA-Factory and logging.jsonl of ms-swift.
class LineLog final : public LogReader {
public:
    LineLog(LogKind kind, const std::filesystem::path& path)
        : m_kind(kind)
        , m_tail(path) { }

    Result<Update> poll() override {
        if (!std::filesystem::exists(m_tail.file()))
            return fail("file.missing", {{"path", m_tail.file().string()}});
        Update update;
        auto lines = m_tail.poll();
        if (!lines)
            return forward(lines);
        if (m_tail.shrank()) {
            update.restarted = true;
            m_lineNumber = 0;
        }
        m_atEnd = lines->empty();
        for (const std::string& line : *lines) {
            ++m_lineNumber;
            if (line.find_first_not_of(" \t\r") == std::string::npos)
                continue;
            const std::string place = m_tail.file().string() + ":" + std::to_string(m_lineNumber);
            auto json = parseJson(withQuotedNonFinite(line), place);
            if (!json)
                update.problems.push_back(std::move(json.error()));
            else if (json->is_object())
                m_kind == LogKind::TrainerLog ? addTrainerLine(*json, update.rows)
                                              : addSwiftLine(*json, update.rows);
        }
        return update;
    }
    bool isAtEnd() const override { return m_atEnd; }
    std::vector<RunParameter> parameters() const override {
        return parametersBeside(m_tail.file());
    }
    CurveContext context() const override {
        CurveContext context;
        context.totalSteps = m_total;
        context.hasEnded = true;
        return context;
    }

private:
    void addTrainerLine(const Json& line, RunLog& rows) {
        RunPlace place;
        for (const auto& [key, value] : line.items()) {
            const double number = metricNumber(value).value_or(RunPlace::none);
            if (key == "current_steps")
                place.step = number;
            else if (key == "epoch")
                place.epoch = number;
            else if (key == "total_tokens")
                place.tokens = number;
            else if (key == "elapsed_time")
                place.seconds = timeOf(value);
            else if (key == "total_steps" && number > 0)
                m_total = std::int64_t(number);
        }
        rows.addRow(place);
        for (const auto& [key, value] : line.items()) {
            const auto number = metricNumber(value);
            if (!number || key == "current_steps" || key == "total_steps" || key == "epoch"
                || key == "total_tokens" || key == "percentage")
                continue;
            rows.add(key == "throughput" ? curve::tokensPerSecond : std::string_view(key), *number);
        }
    }

    void addSwiftLine(const Json& line, RunLog& rows) {
        RunPlace place;
        for (const auto& [key, value] : line.items()) {
            if (key == "global_step/max_steps" && value.is_string()) {
                const auto [step, total] = stepOfTotal(value.get<std::string>());
                place.step = step;
                m_total = total > 0 ? total : m_total;
            } else if (key == "epoch") {
                place.epoch = metricNumber(value).value_or(RunPlace::none);
            } else if (key == "elapsed_time") {
                place.seconds = timeOf(value);
            } else if (key == "num_tokens" || key == "num_input_tokens_seen") {
                place.tokens = metricNumber(value).value_or(RunPlace::none);
            }
        }
        // The last line of a run holds its totals and no step.
        if (std::isnan(place.step))
            return;
        rows.addRow(place);
        for (const auto& [key, value] : line.items()) {
            const auto number = metricNumber(value);
            if (!number || key == "epoch" || key == "percentage" || key == "elapsed_time")
                continue;
            if (key == "learning_rate")
                rows.add(curve::learningRate, *number);
            else if (key.starts_with("loss_"))
                rows.add(std::string(curve::channelLoss) + key.substr(5), *number);
            else if (key.starts_with("eval_loss_"))
                rows.add(std::string(curve::evalChannelLoss) + key.substr(10), *number);
            else
                rows.add(key, *number);
        }
    }

    LogKind m_kind;
    LineTail m_tail;
    std::int64_t m_lineNumber = 0;
    std::int64_t m_total = -1;
    bool m_atEnd = false;
};

} // namespace

std::unique_ptr<LogReader> openLineLog(LogKind kind, const std::filesystem::path& path) {
    return std::make_unique<LineLog>(kind, path);
}

std::vector<RunParameter> parametersBeside(const std::filesystem::path& log) {
    std::vector<RunParameter> parameters;
    const std::filesystem::path folder
        = std::filesystem::is_directory(log) ? log : log.parent_path();
    const auto add = [&](const char* file, const char* group) {
        std::error_code code;
        if (!std::filesystem::exists(folder / file, code))
            return;
        if (const auto json = readJsonFile(folder / file))
            for (RunParameter& parameter : parametersFromJson(*json, group))
                parameters.push_back(std::move(parameter));
    };
    add("adapter_config.json", "adapter");
    add("train_results.json", "results");
    if (!std::filesystem::exists(folder / "train_results.json"))
        add("all_results.json", "results");
    return parameters;
}

} // namespace assay
