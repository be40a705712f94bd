#include "core/job/foreign_log_readers.h"

#include "core/job/tfevents.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// The names under which trainers and hand-written scripts log the usual curves.
std::string_view usualName(std::string_view tag) {
    struct Known {
        std::string_view name;
        std::array<std::string_view, 8> tags;
    };
    static constexpr std::array<Known, 6> known{{
        {curve::loss,
            {"train/loss", "loss", "train_loss", "Loss/train", "training_loss", "loss/train",
                "train/total_loss", "training/loss"}},
        {curve::evalLoss,
            {"eval/loss", "eval_loss", "val_loss", "val/loss", "Loss/val", "validation/loss",
                "valid_loss", "Loss/validation"}},
        {curve::learningRate,
            {"train/learning_rate", "learning_rate", "lr", "train/lr", "Learning Rate", "lr-AdamW",
                "training/lr", "train/lr-AdamW"}},
        {curve::gradNorm,
            {"train/grad_norm", "grad_norm", "gradient_norm", "train/gradient_norm", "grad-norm",
                "training/grad_norm", "train/grad-norm", "gradnorm"}},
        {curve::tokensPerSecond,
            {"train/tokens_per_s", "tokens_per_s", "tokens_per_second", "throughput",
                "train/tokens_per_second", "train/throughput", "tokens_per_sec", "tok/s"}},
        {"epoch", {"train/epoch", "epoch", "Epoch"}},
    }};
    for (const Known& entry : known)
        if (!tag.empty() && std::ranges::find(entry.tags, tag) != entry.tags.end())
            return entry.name;
    return tag;
}

/// All event files of a folder as one run, in the order of their names, which begin with the time.
class TensorBoardLog final : public LogReader {
public:
    explicit TensorBoardLog(fs::path path)
        : m_path(std::move(path)) { }

    Result<Update> poll() override {
        Update update;
        if (auto looked = lookForFiles(); !looked)
            return forward(looked);
        for (auto& [path, reader] : m_files) {
            auto batch = reader.poll();
            if (!batch)
                return forward(batch);
            if (batch->restarted) {
                m_files.clear();
                m_texts.clear();
                m_first.reset();
                auto again = poll();
                if (again)
                    again->restarted = true;
                return again;
            }
            for (TfText& text : batch->texts)
                m_texts[std::move(text.tag)] = std::move(text.text);
            update.pendingBytes += batch->pendingBytes;
            for (const TfScalar& scalar : batch->scalars)
                add(scalar, update.rows);
            if (batch->problem)
                update.problems.push_back(std::move(*batch->problem));
        }
        return update;
    }

    std::vector<RunParameter> parameters() const override {
        std::vector<RunParameter> parameters;
        for (const auto& [tag, text] : m_texts) {
            const std::string group = tag.substr(0, tag.find('/'));
            if (const auto json = parseJson(text, tag); json && json->is_object())
                for (RunParameter& parameter : parametersFromJson(*json, group))
                    parameters.push_back(std::move(parameter));
            else
                parameters.push_back({group, tag, text});
        }
        return parameters;
    }

    CurveContext context() const override {
        CurveContext context;
        context.hasEnded = true;
        return context;
    }

    std::vector<std::string> otherContent() const override {
        std::vector<std::string> tags;
        for (const auto& [tag, text] : m_texts)
            tags.push_back(tag);
        return tags;
    }

private:
    Result<void> lookForFiles() {
        std::error_code code;
        if (!fs::exists(m_path, code))
            return fail("file.missing", {{"path", m_path.string()}});
        if (!fs::is_directory(m_path, code)) {
            m_files.try_emplace(m_path, m_path);
            return {};
        }
        for (auto entry = fs::directory_iterator(m_path, code);
             !code && entry != fs::directory_iterator(); entry.increment(code))
            if (entry->path().filename().string().find(".tfevents.") != std::string::npos)
                m_files.try_emplace(entry->path(), entry->path());
        return {};
    }

    void add(const TfScalar& scalar, RunLog& rows) {
        if (!m_first)
            m_first = scalar.wallTime;
        // The values that a trainer logs together stand in events of their own with one step.
        const bool sameRow
            = !rows.isEmpty() && rows.place(rows.rowCount() - 1).step == double(scalar.step);
        if (!sameRow)
            rows.addRow(
                {double(scalar.step), RunPlace::none, RunPlace::none, scalar.wallTime - *m_first});
        const std::string_view name = usualName(scalar.tag);
        if (name == "epoch")
            rows.setEpoch(rows.rowCount() - 1, scalar.value);
        else
            rows.add(name, scalar.value);
    }

    fs::path m_path;
    std::map<fs::path, TfEventsReader> m_files;
    std::map<std::string, std::string> m_texts;
    std::optional<double> m_first;
};

} // namespace

std::unique_ptr<LogReader> openTensorBoardLog(const fs::path& path) {
    return std::make_unique<TensorBoardLog>(path);
}

} // namespace assay
