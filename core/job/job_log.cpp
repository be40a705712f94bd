#include "core/job/foreign_log_readers.h"

#include "core/job/job_reader.h"
#include "core/job/metrics_log.h"

namespace assay {

namespace {

/// What the spec says about where the run starts.
CurveContext startOf(const TrainSpec& spec) {
    CurveContext context;
    context.fineTunes = !spec.model.path.empty();
    if (*context.fineTunes) {
        // The model may stand on another machine or be gone: then the size is not known.
        const auto config = readJsonFile(std::filesystem::path(spec.model.path) / "config.json");
        if (config && config->is_object())
            context.vocabulary = config->value("vocab_size", std::int64_t(0));
    }
    return context;
}

/// The metrics of a job folder of ours.
class JobLog final : public LogReader {
public:
    explicit JobLog(std::filesystem::path folder)
        : m_path(std::move(folder)) { }

    Result<Update> poll() override {
        if (!m_reader) {
            auto folder = JobFolder::open(m_path);
            if (!folder)
                return forward(folder);
            m_parameters = parametersFromJson(trainSpecToJson(folder->spec()));
            m_context = startOf(folder->spec());
            m_reader.emplace(std::move(*folder));
        }
        auto news = m_reader->poll();
        if (!news)
            return forward(news);
        Update update;
        update.restarted = news->restarted;
        for (const Json& line : news->metrics)
            addMetricsLine(update.rows, line);
        update.problems = std::move(news->problems);
        m_context.totalSteps = news->state.totalSteps;
        m_context.hasEnded = isFinal(news->state.phase);
        m_atEnd = news->metrics.empty();
        return update;
    }
    bool isAtEnd() const override { return m_atEnd; }
    std::vector<RunParameter> parameters() const override { return m_parameters; }
    CurveContext context() const override { return m_context; }

private:
    std::filesystem::path m_path;
    std::optional<JobReader> m_reader;
    std::vector<RunParameter> m_parameters;
    CurveContext m_context;
    bool m_atEnd = false;
};

} // namespace

std::unique_ptr<LogReader> openJobLog(const std::filesystem::path& folder) {
    return std::make_unique<JobLog>(folder);
}

} // namespace assay
