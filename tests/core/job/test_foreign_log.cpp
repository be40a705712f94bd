#include "core/base/file.h"
#include "core/job/foreign_log.h"
#include "core/job/metrics_log.h"
#include "core/job/sorted_lines.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

struct Whole {
    RunLog log;
    std::vector<RunParameter> parameters;
    std::vector<std::string> other;
    std::vector<Error> problems;
    CurveContext context;
    std::int64_t pendingBytes = 0;
};

Result<Whole> readAll(const LogPlace& place) {
    Whole whole;
    const auto reader = openLog(place);
    do {
        auto update = reader->poll();
        if (!update)
            return forward(update);
        whole.log.append(update->rows);
        whole.pendingBytes = update->pendingBytes;
        for (Error& problem : update->problems)
            whole.problems.push_back(std::move(problem));
    } while (!reader->isAtEnd());
    whole.parameters = reader->parameters();
    whole.other = reader->otherContent();
    whole.context = reader->context();
    return whole;
}

std::string valueOf(const Whole& whole, std::string_view group, std::string_view name) {
    for (const RunParameter& parameter : whole.parameters)
        if (parameter.group == group && parameter.name == name)
            return parameter.value;
    return "(none)";
}

} // namespace

/// Logs of other trainers. The numbers expected were read from the files with Python's json module
/// and a decoder of event files written apart.
class TestForeignLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realLogsGiveTheirFirstAndLastValues_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("curve");
        QTest::addColumn<int>("points");
        QTest::addColumn<double>("firstStep");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("lastStep");
        QTest::addColumn<double>("last");
        const auto row = [](const char* path, const char* curve, int points, double firstStep,
                             double first, double lastStep, double last) {
            QTest::addRow("%s %s", path, curve)
                << QString::fromLatin1(path) << QString::fromLatin1(curve) << points << firstStep
                << first << lastStep << last;
        };
        const char* full = "llamafactory-fullft/trainer_state.json";
        row(full, "loss", 435, 5, 2.3475, 2175, 1.9787);
        row(full, "lr", 435, 5, 1.8348623853211011e-06, 2175, 4.611130619530668e-10);
        row(full, "grad_norm", 435, 5, 6.8820600509643555, 2175, 0.10451847314834595);
        row("llamafactory-fullft/trainer_log.jsonl", "loss", 435, 5, 2.3475, 2175, 1.9787);
        row("llamafactory-lora/trainer_log.jsonl", "loss", 675, 10, 2.219, 6750, 1.5999);
        row("llamafactory-lora/trainer_log.jsonl", "eval_loss", 13, 500, 1.6410622596740723, 6500,
            1.577560544013977);
        row("trainer-state-eval/trainer_state.json", "loss", 30, 401, 1.1074, 12030, 0.0549);
        row("trainer-state-eval/trainer_state.json", "eval_channel_loss/g5", 31, 0,
            3.7603373527526855, 12030, 4.835134983062744);
        row("trainer-state-long/trainer_state.json", "loss", 24000, 1, 3.7141, 24000, 0.0996);
        row("trainer-state-long/trainer_state.json", "lr", 24000, 1, 9.999935815147625e-06, 24000,
            8.459563543003852e-06);
        row("tfevents-smolgpt-es", "loss", 21, 0, 8.424277305603027, 10000, 0.006971762515604496);
        row("tfevents-smolgpt-es", "lr", 21, 0, 1.4962593013478909e-06, 10000,
            5.999999848427251e-05);
        row("tfevents-baichuan2-sft/baichuan2-7b-chat/v3-20230918-120111", "loss", 2, 10,
            4.456099987030029, 20, 4.368299961090088);
        row("tfevents-mnist-summaries", "accuracy_1", 9, 1, 0.14000000059604645, 9,
            0.6899999976158142);
    }
    void realLogsGiveTheirFirstAndLastValues() {
        ASSAY_NEED_DATA("runs");
        QFETCH(QString, path);
        QFETCH(QString, curve);
        QFETCH(int, points);
        QFETCH(double, firstStep);
        QFETCH(double, first);
        QFETCH(double, lastStep);
        QFETCH(double, last);
        const auto places = findLogs(dataFolder() / "runs" / path.toStdString());
        ASSAY_VERIFY_RESULT(places);
        QCOMPARE(places->size(), std::size_t(1));
        const auto whole = readAll(places->front());
        ASSAY_VERIFY_RESULT(whole);
        const RunCurve* found = whole->log.find(curve.toStdString());
        QVERIFY(found);
        QCOMPARE(int(found->values.size()), points);
        QCOMPARE(found->values.front(), first);
        QCOMPARE(found->values.back(), last);
        QCOMPARE(whole->log.steps()[found->rows.front()], firstStep);
        QCOMPARE(whole->log.steps()[found->rows.back()], lastStep);
        QVERIFY(whole->problems.empty());
    }

    void everyFileOpensOrSaysByNameWhyNot() {
        ASSAY_NEED_DATA("runs");
        int opened = 0;
        for (const auto& entry : fs::recursive_directory_iterator(dataFolder() / "runs")) {
            if (!entry.is_regular_file())
                continue;
            const auto places = findLogs(entry.path());
            if (!places) {
                QVERIFY2(places.error().code.starts_with("runlog."), entry.path().c_str());
                QCOMPARE(std::string(places.error().argument("path")), entry.path().string());
                continue;
            }
            const auto whole = readAll(places->front());
            ASSAY_VERIFY_RESULT(whole);
            QVERIFY2(!whole->log.isEmpty() || !whole->other.empty(), entry.path().c_str());
            ++opened;
        }
        QVERIFY(opened >= 25);
    }

    void totalsAndSettingsAreNamedAsSuch() {
        ASSAY_NEED_DATA("runs");
        const fs::path runs = dataFolder() / "runs";
        QCOMPARE(findLogs(runs / "llamafactory-lora/all_results.json").error().code,
            std::string("runlog.totals"));
        QCOMPARE(findLogs(runs / "hf-configs/qwen3-1.7b/config.json").error().code,
            std::string("runlog.settings"));
        QCOMPARE(findLogs(runs / "hf-configs").error().code, std::string("runlog.none_here"));
        QCOMPARE(findLogs(runs / "nothing").error().code, std::string("file.missing"));
    }

    void aFolderOfRunsGivesThemAllByName() {
        ASSAY_NEED_DATA("runs");
        const auto places = findLogs(dataFolder() / "runs/tfevents-baichuan2-sft");
        ASSAY_VERIFY_RESULT(places);
        QCOMPARE(places->size(), std::size_t(4));
        QCOMPARE(places->front().name, std::string("baichuan2-7b-chat/v0-20230918-113200"));
        const auto adapters = findLogs(dataFolder() / "runs/peft-experiments");
        ASSAY_VERIFY_RESULT(adapters);
        QCOMPARE(adapters->size(), std::size_t(12));
    }

    void settingsOfTheRunAreRead() {
        ASSAY_NEED_DATA("runs");
        const fs::path runs = dataFolder() / "runs";
        const auto lora = readAll(findLogs(runs / "llamafactory-lora")->front());
        ASSAY_VERIFY_RESULT(lora);
        QCOMPARE(valueOf(*lora, "adapter", "peft_type"), std::string("LORA"));
        QCOMPARE(lora->context.totalSteps, std::int64_t(6750));
        const auto texts = readAll(findLogs(runs / "tfevents-edge/text-only")->front());
        ASSAY_VERIFY_RESULT(texts);
        QVERIFY(texts->log.isEmpty());
        QCOMPARE(texts->other,
            (std::vector<std::string>{"args/text_summary", "model_config/text_summary"}));
        QVERIFY(valueOf(*texts, "args", "learning_rate") != "(none)");
        const auto cut = readAll(findLogs(runs / "tfevents-edge/truncated")->front());
        ASSAY_VERIFY_RESULT(cut);
        QVERIFY(cut->pendingBytes > 0);
    }

    void logOfSwiftHasItsChannelsAndBareNanIsRead() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "logging.jsonl";
        std::string text
            = "{'loss': 2.5, 'grad_norm': NaN, 'learning_rate': 1e-05, 'epoch': 0.1, "
              "'global_step/max_steps': '5/50', 'percentage': '10.00%', 'elapsed_time': '1m 5s', "
              "'memory(GiB)': 12.5, 'loss_code': 1.5, 'loss_chat': 3.5}\n"
              "{'eval_loss': 2.0, 'epoch': 0.1, 'global_step/max_steps': '5/50'}\n"
              "not json\n"
              "{'train_runtime': 5.0, 'last_model_checkpoint': 'x'}\n";
        std::ranges::replace(text, '\'', '"');
        std::ofstream(file) << text;
        const auto places = findLogs(file);
        ASSAY_VERIFY_RESULT(places);
        QCOMPARE(places->front().kind, LogKind::SwiftLog);
        const auto whole = readAll(places->front());
        ASSAY_VERIFY_RESULT(whole);
        QCOMPARE(whole->log.rowCount(), std::size_t(2));
        QCOMPARE(whole->log.place(0).step, 5.0);
        QCOMPARE(whole->log.place(0).seconds, 65.0);
        QCOMPARE(whole->log.last("channel_loss/code"), 1.5);
        QVERIFY(std::isnan(whole->log.find("grad_norm")->values[0]));
        QCOMPARE(whole->log.last("eval_loss"), 2.0);
        QCOMPARE(whole->context.totalSteps, std::int64_t(50));
        QCOMPARE(whole->problems.size(), std::size_t(1));
        QVERIFY(whole->problems[0].where.find("logging.jsonl:3") != std::string::npos);
    }

    void growingLogGivesItsNewLinesAndStartsAgainWhenRewritten() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "trainer_log.jsonl";
        const auto line = [](int step, const char* loss) {
            return "{\"current_steps\": " + std::to_string(step)
                + ", \"total_steps\": 9, \"loss\": " + loss + "}\n";
        };
        std::ofstream(file) << line(1, "3.0") << line(2, "2.0");
        const auto reader = openLog(findLogs(file)->front());
        QCOMPARE(reader->poll()->rows.rowCount(), std::size_t(2));
        QCOMPARE(reader->poll()->rows.rowCount(), std::size_t(0));
        std::ofstream(file, std::ios::app) << line(3, "Infinity");
        const auto more = reader->poll();
        QCOMPARE(more->rows.rowCount(), std::size_t(1));
        QVERIFY(std::isinf(more->rows.last("loss")));
        std::ofstream(file, std::ios::trunc) << line(1, "4.0");
        const auto anew = reader->poll();
        QVERIFY(anew->restarted);
        QCOMPARE(anew->rows.last("loss"), 4.0);
        fs::remove(file);
        QVERIFY(!reader->poll());
    }

    void copiesInCheckpointsAreNotRunsOfTheirOwn() {
        QTemporaryDir folder;
        const fs::path root = folder.path().toStdString();
        fs::create_directories(root / "sft/checkpoint-5");
        fs::create_directories(root / "sft/runs/today");
        const char* state
            = R"({"log_history": [{"step": 1, "loss": 2.0}], "is_world_process_zero": true})";
        std::ofstream(root / "sft/trainer_state.json") << state;
        std::ofstream(root / "sft/checkpoint-5/trainer_state.json") << state;
        std::ofstream(root / "sft/runs/today/events.out.tfevents.1.h") << "";
        const auto places = findLogs(root);
        ASSAY_VERIFY_RESULT(places);
        QCOMPARE(places->size(), std::size_t(1));
        QCOMPARE(places->front().name, std::string("sft"));
    }

    void timesOfOtherTrainers() {
        QCOMPARE(secondsFromText("0:32:48"), 1968.0);
        QCOMPARE(secondsFromText("9 days, 21:39:23"), 9 * 86400.0 + 77963);
        QCOMPARE(secondsFromText("1d 2h 3m 4s"), 93784.0);
        QCOMPARE(secondsFromText("8s"), 8.0);
        QVERIFY(std::isnan(secondsFromText("soon")));
        QVERIFY(std::isnan(secondsFromText("")));
        const std::string bare = "{'a': NaN, 'b': 'NaN -Infinity', 'c': -Infinity, 'd': -1}";
        const std::string quoted = "{'a': 'NaN', 'b': 'NaN -Infinity', 'c': '-Infinity', 'd': -1}";
        const auto json = [](std::string text) {
            std::ranges::replace(text, '\'', '"');
            return text;
        };
        QCOMPARE(withQuotedNonFinite(json(bare)), json(quoted));
    }

    void linesOfAStepAreFoundByBisection() {
        QTemporaryDir folder;
        const fs::path file = fs::path(folder.path().toStdString()) / "samples.jsonl";
        std::ofstream stream(file);
        for (int step = 0; step < 2000; step += 2) // odd steps have none
            for (int row = 0; row < step % 7; ++row)
                stream << "{\"step\":" << step << ",\"row\":" << row << ",\"pad\":\""
                       << std::string(std::size_t(step % 50), 'x') << "\"}\n";
        stream << "{\"step\":5000,\"ro"; // torn
        stream.close();
        for (int step = 0; step < 2004; ++step) {
            const auto lines = linesWhere(file, "step", step);
            ASSAY_VERIFY_RESULT(lines);
            QCOMPARE(int(lines->size()), step % 2 == 0 && step < 2000 ? step % 7 : 0);
            for (std::size_t i = 0; i < lines->size(); ++i)
                QCOMPARE((*lines)[i]["row"].get<int>(), int(i));
        }
        QCOMPARE(linesWhere(file, "step", 6, 2)->size(), std::size_t(2));
        QVERIFY(linesWhere(file, "step", 5000)->empty());
        QVERIFY(linesWhere(file.parent_path() / "none", "step", 1)->empty());
    }
};

QTEST_GUILESS_MAIN(TestForeignLog)
#include "test_foreign_log.moc"
