#include "core/job/foreign_log_readers.h"

#include "core/base/file.h"
#include "core/job/metric_number.h"
#include "core/job/metrics_log.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

/// trainer_state.json, and the result files of PEFT's method comparison: read as a whole whenever
/// they are written anew.
class WholeLog final : public LogReader {
public:
    WholeLog(LogKind kind, fs::path path)
        : m_kind(kind)
        , m_path(std::move(path)) { }

    Result<Update> poll() override {
        Update update;
        std::error_code code;
        const auto written = fs::last_write_time(m_path, code);
        const auto size = code ? 0 : fs::file_size(m_path, code);
        if (code)
            return fail("file.missing", {{"path", m_path.string()}});
        if (m_wasRead && written == m_written && size == m_size)
            return update;
        auto text = readFile(m_path);
        if (!text)
            return forward(text);
        auto json = parseJson(withQuotedNonFinite(*text), m_path.string());
        if (!json)
            return forward(json);
        update.restarted = m_wasRead;
        m_wasRead = true;
        m_written = written;
        m_size = size;
        m_parameters.clear();
        if (m_kind == LogKind::TrainerState)
            readTrainerState(*json, update.rows);
        else
            readPeftResult(*json, update.rows);
        return update;
    }
    std::vector<RunParameter> parameters() const override {
        std::vector<RunParameter> all = m_parameters;
        if (m_kind == LogKind::TrainerState)
            for (RunParameter& parameter : parametersBeside(m_path))
                all.push_back(std::move(parameter));
        return all;
    }
    CurveContext context() const override {
        CurveContext context;
        context.totalSteps = m_total;
        context.hasEnded = true;
        return context;
    }

private:
    void readTrainerState(const Json& json, RunLog& rows) {
        for (const auto& [key, value] : json.items()) {
            if (key == "max_steps" && value.is_number_integer())
                m_total = value.get<std::int64_t>();
            if (!value.is_structured() && !key.starts_with("is_"))
                m_parameters.push_back({"trainer", key,
                    value.is_string() ? value.get<std::string>() : dumpJson(value)});
        }
        const auto history = json.find("log_history");
        if (history == json.end() || !history->is_array())
            return;
        for (const Json& entry : *history)
            if (entry.is_object())
                addHistory(entry, rows);
    }

    void addHistory(const Json& entry, RunLog& rows) {
        const auto number = [&entry](const char* key) {
            const auto found = entry.find(key);
            return found == entry.end() ? RunPlace::none
                                        : metricNumber(*found).value_or(RunPlace::none);
        };
        // The closing summary: means and totals of the whole run, no point of a curve.
        if (entry.contains("train_runtime") || entry.contains("total_flos")) {
            for (const auto& [key, value] : entry.items())
                if (key != "step" && key != "epoch")
                    m_parameters.push_back({"results", key, dumpJson(value)});
            return;
        }
        rows.addRow(
            {number("step"), number("epoch"), number("num_input_tokens_seen"), RunPlace::none});
        for (const auto& [key, value] : entry.items()) {
            const auto read = metricNumber(value);
            if (!read || key == "step" || key == "epoch" || key == "num_input_tokens_seen")
                continue;
            if (key == "learning_rate")
                rows.add(curve::learningRate, *read);
            else if (key != curve::evalLoss && key.starts_with("eval_") && key.ends_with("_loss"))
                rows.add(
                    std::string(curve::evalChannelLoss) + key.substr(5, key.size() - 10), *read);
            else
                rows.add(key, *read);
        }
    }

    void readPeftResult(const Json& json, RunLog& rows) {
        if (const auto info = json.find("run_info"); info != json.end() && info->is_object())
            for (const auto& [key, value] : info->items()) {
                if (value.is_object())
                    for (RunParameter& parameter : parametersFromJson(value, key))
                        m_parameters.push_back(std::move(parameter));
                else
                    m_parameters.push_back({"run", key,
                        value.is_string() ? value.get<std::string>() : dumpJson(value)});
            }
        const auto train = json.find("train_info");
        if (train == json.end() || !train->is_object())
            return;
        for (const auto& [key, value] : train->items()) {
            if (!value.is_structured())
                m_parameters.push_back({"results", key,
                    value.is_string() ? value.get<std::string>() : dumpJson(value)});
            if (key != "metrics" || !value.is_array())
                continue;
            for (const Json& entry : value)
                if (entry.is_object())
                    addPeftRow(entry, rows);
        }
    }

    static void addPeftRow(const Json& entry, RunLog& rows) {
        RunPlace place;
        if (const auto step = entry.find("step"); step != entry.end())
            place.step = metricNumber(*step).value_or(RunPlace::none);
        if (const auto time = entry.find("elapsed time"); time != entry.end())
            place.seconds = metricNumber(*time).value_or(RunPlace::none);
        rows.addRow(place);
        for (const auto& [key, value] : entry.items()) {
            const auto read = metricNumber(value);
            if (!read || key == "step" || key == "elapsed time")
                continue;
            if (key == "train loss")
                rows.add(curve::loss, *read);
            else if (key == "tokens / sec")
                rows.add(curve::tokensPerSecond, *read);
            else
                rows.add(key, *read);
        }
    }

    LogKind m_kind;
    fs::path m_path;
    fs::file_time_type m_written;
    std::uintmax_t m_size = 0;
    bool m_wasRead = false;
    std::int64_t m_total = -1;
    std::vector<RunParameter> m_parameters;
};

} // namespace

std::unique_ptr<LogReader> openWholeLog(LogKind kind, const fs::path& path) {
    return std::make_unique<WholeLog>(kind, path);
}

} // namespace assay
