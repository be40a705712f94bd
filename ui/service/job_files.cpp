#include "ui/service/job_files.h"

#include "core/job/job_reader.h"
#include "core/job/launch.h"
#include "core/job/metric_number.h"
#include "core/job/sorted_lines.h"
#include "ui/service/command_words.h"
#include "ui/service/engine_program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtConcurrent>

#include <algorithm>
#include <cmath>

namespace assay::job_files {

namespace {

namespace fs = std::filesystem;

constexpr qsizetype shownLength = 2000; ///< of a text in a table
constexpr std::size_t mostSamples = 4096; ///< of one step

fs::path pathOf(const QString& folder) {
    return fs::path(folder.toStdString());
}

QString textOf(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string())
        return {};
    return QString::fromStdString(found->get_ref<const std::string&>()).left(shownLength);
}

qint64 integerOf(const Json& object, const char* key, qint64 otherwise) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? qint64(found->get<double>()) : otherwise;
}

QString contentOf(const Json& message) {
    const QString text = textOf(message, "content");
    if (!text.isEmpty())
        return text;
    const auto calls = message.find("tool_calls");
    return calls == message.end() ? QString()
                                  : QString::fromStdString(dumpJson(*calls)).left(shownLength);
}

/// The last question and the last answer of a row of rows.jsonl, or the text of one of text.jsonl.
void addText(const Json& row, StepSample& sample) {
    sample.answer = textOf(row, "text");
    const auto inner = row.find("sample");
    if (inner == row.end() || !inner->is_object() || !inner->contains("messages"))
        return;
    for (const Json& message : (*inner)["messages"]) {
        const QString role = textOf(message, "role");
        if (role == QLatin1String("assistant"))
            sample.answer = contentOf(message);
        else if (role != QLatin1String("system"))
            sample.prompt = contentOf(message);
    }
}

Result<std::vector<StepSample>> readSamples(const QString& folder, qint64 step) {
    const fs::path job = pathOf(folder);
    auto lines = linesWhere(job / "samples.jsonl", "step", step, mostSamples);
    if (!lines)
        return forward(lines);
    std::vector<StepSample> samples;
    for (const Json& line : *lines) {
        if (textOf(line, "kind") != QLatin1String("seen"))
            continue;
        StepSample sample;
        const auto loss = line.find("loss");
        sample.loss
            = loss == line.end() ? std::nan("") : metricNumber(*loss).value_or(std::nan(""));
        sample.tokens = integerOf(line, "tokens", 0);
        sample.row = integerOf(line, "row", -1);
        sample.id = textOf(line, "id");
        sample.channel = textOf(line, "channel");
        for (const char* file : {"rows.jsonl", "text.jsonl"}) {
            const auto rows = linesWhere(job / "data" / file, "row", sample.row, 1);
            if (rows && !rows->empty()) {
                addText(rows->front(), sample);
                break;
            }
        }
        samples.push_back(std::move(sample));
    }
    std::ranges::stable_sort(samples, [](const StepSample& a, const StepSample& b) {
        if (std::isnan(a.loss) || std::isnan(b.loss))
            return std::isnan(a.loss) && !std::isnan(b.loss);
        return a.loss > b.loss;
    });
    return samples;
}

Result<std::vector<ProbeAnswers>> readProbes(const QString& folder) {
    LineTail tail(pathOf(folder) / "probes.jsonl");
    std::vector<ProbeAnswers> probes;
    for (;;) {
        auto lines = tail.poll();
        if (!lines)
            return forward(lines);
        if (lines->empty())
            return probes;
        for (const std::string& line : *lines) {
            const auto json = parseJson(line, tail.file().string());
            if (!json || !json->is_object())
                continue;
            const qint64 row = integerOf(*json, "row", -1);
            auto probe = std::ranges::find(probes, row, &ProbeAnswers::row);
            if (probe == probes.end()) {
                probes.push_back({row, textOf(*json, "id"), json->value("held_out", false),
                    textOf(*json, "prompt"), textOf(*json, "reference"), {}});
                probe = probes.end() - 1;
            }
            probe->answers[integerOf(*json, "step", 0)] = textOf(*json, "answer");
        }
    }
}

std::vector<CheckpointFile> readCheckpoints(const QString& folder) {
    std::vector<CheckpointFile> checkpoints;
    const auto job = JobFolder::open(pathOf(folder));
    if (!job)
        return checkpoints;
    for (const std::int64_t step : job->checkpointSteps()) {
        CheckpointFile file;
        file.step = step;
        file.folder = QString::fromStdString(job->checkpointFolder(step).string());
        std::error_code code;
        for (auto entry = fs::recursive_directory_iterator(job->checkpointFolder(step), code);
             !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
            std::error_code sizeError;
            const auto size = entry->file_size(sizeError);
            file.bytes += sizeError ? 0 : qint64(size);
        }
        checkpoints.push_back(std::move(file));
    }
    std::ranges::reverse(checkpoints);
    return checkpoints;
}

QString readTail(const QString& folder, qint64 bytes) {
    QFile file(QDir(folder).filePath(QStringLiteral("log.txt")));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const bool cut = file.size() > bytes;
    if (cut)
        file.seek(file.size() - bytes);
    QByteArray text = file.readAll();
    if (cut)
        text.remove(0, text.indexOf('\n') + 1);
    return QString::fromUtf8(text);
}

} // namespace

QFuture<Result<std::vector<StepSample>>> samplesOf(const QString& folder, qint64 step) {
    return QtConcurrent::run([folder, step] { return readSamples(folder, step); });
}

QFuture<Result<std::vector<ProbeAnswers>>> probes(const QString& folder) {
    return QtConcurrent::run([folder] { return readProbes(folder); });
}

QFuture<std::vector<CheckpointFile>> checkpoints(const QString& folder) {
    return QtConcurrent::run([folder] { return readCheckpoints(folder); });
}

QFuture<QString> logTail(const QString& folder, qint64 bytes) {
    return QtConcurrent::run([folder, bytes] { return readTail(folder, bytes); });
}

QFuture<Result<QString>> send(const QString& folder, ControlVerb verb) {
    return QtConcurrent::run([folder, verb]() -> Result<QString> {
        auto job = JobFolder::open(pathOf(folder));
        if (!job)
            return forward(job);
        auto id = JobReader(std::move(*job)).send(verb);
        if (!id)
            return forward(id);
        return QString::fromStdString(*id);
    });
}

QFuture<Result<qint64>> goOn(const QString& folder, const QString& program) {
    return QtConcurrent::run([folder, program]() -> Result<qint64> {
        if (program.isEmpty())
            return fail("session.no_command");
        auto job = JobFolder::open(pathOf(folder));
        if (!job)
            return forward(job);
        auto pid = launchJob(program.toStdString(), *job);
        if (!pid)
            return forward(pid);
        return qint64(*pid);
    });
}

QString programFor(const QString& engineCommand) {
    const auto isOurs = [](const QString& path) {
        return QFileInfo(path).fileName() == QLatin1String("assay-cli")
            && QFileInfo(path).isExecutable();
    };
    const QStringList words = commandWords(engineCommand);
    if (!words.isEmpty() && isOurs(words.first()))
        return words.first();
    const QString own = engineProgram();
    return isOurs(own) ? own : QString();
}

} // namespace assay::job_files
