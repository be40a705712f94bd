#include "core/base/file.h"
#include "core/base/rng.h"
#include "core/job/job_lock.h"
#include "core/job/job_reader.h"
#include "core/job/job_writer.h"
#include "core/job/metric_number.h"
#include "core/job/tfevents.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <atomic>
#include <cmath>
#include <csignal>
#include <fstream>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

TrainSpec someSpec() {
    TrainSpec spec;
    spec.model.path = "models/base";
    spec.data.files = {"rows.jsonl"};
    return spec;
}

/// A process that does `work`, reports one byte on a pipe and then waits to be ended.
class OtherProcess {
public:
    template <class Work> explicit OtherProcess(Work work) {
        int ends[2];
        if (::pipe(ends) != 0)
            return;
        m_pid = ::fork();
        if (m_pid == 0) {
            ::close(ends[0]);
            const bool worked = work();
            const char byte = worked ? 'y' : 'n';
            if (::write(ends[1], &byte, 1) == 1 && worked)
                for (;;)
                    ::pause();
            ::_exit(1);
        }
        ::close(ends[1]);
        char byte = 0;
        m_worked = ::read(ends[0], &byte, 1) == 1 && byte == 'y';
        ::close(ends[0]);
    }
    ~OtherProcess() { kill(); }
    bool worked() const { return m_worked; }
    pid_t pid() const { return m_pid; }
    void kill() {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }

private:
    pid_t m_pid = -1;
    bool m_worked = false;
};

std::vector<std::int64_t> stepsOf(const std::vector<Json>& lines) {
    std::vector<std::int64_t> steps;
    for (const Json& line : lines)
        steps.push_back(line.at("step").get<std::int64_t>());
    return steps;
}

} // namespace

class TestJobFolder : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_temporary;
    fs::path root() const { return m_temporary->path().toStdString(); }
    JobFolder makeJob(const char* name = "job") {
        return *JobFolder::create(root() / name, someSpec(), root());
    }

private Q_SLOTS:
    void init() { m_temporary = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_temporary.reset(); }

    void newFolderIsQueuedWithAbsolutePaths() {
        const auto job = JobFolder::create(root() / "a" / "job", someSpec(), root() / "specs");
        ASSAY_VERIFY_RESULT(job);
        QCOMPARE(job->spec().model.path, (root() / "specs/models/base").string());
        QCOMPARE(job->spec().data.files.front(), (root() / "specs/rows.jsonl").string());
        const auto state = job->state();
        ASSAY_VERIFY_RESULT(state);
        QVERIFY(state->phase == JobPhase::Queued);
        QCOMPARE(state->attempt, 0);
        const auto again = JobFolder::open(root() / "a" / "job");
        ASSAY_VERIFY_RESULT(again);
        QCOMPARE(dumpJson(trainSpecToJson(again->spec())), dumpJson(trainSpecToJson(job->spec())));
        QVERIFY(!job->owner()->has_value());
        QCOMPARE(jobFoldersIn(root() / "a"), std::vector<fs::path>{root() / "a" / "job"});
    }

    void placesThatAreNoJobOrTakenAreRefused() {
        QCOMPARE(JobFolder::open(root() / "nowhere").error().code, std::string("job.no_folder"));
        makeJob();
        QCOMPARE(JobFolder::create(root() / "job", someSpec(), root()).error().code,
            std::string("job.folder_taken"));
        // An empty folder may be used.
        fs::create_directory(root() / "empty");
        ASSAY_VERIFY_RESULT(JobFolder::create(root() / "empty", someSpec(), root()));
    }

    void changedSpecIsRefused() {
        const JobFolder job = makeJob();
        std::string text = *readFile(job.specFile());
        text.replace(text.find("\"seed\": 42"), 10, "\"seed\": 43");
        ASSAY_VERIFY_RESULT(writeFileAtomically(job.specFile(), text));
        QCOMPARE(JobFolder::open(job.path()).error().code, std::string("job.spec_changed"));
    }

    void stateSurvivesWritingAndReading() {
        const JobFolder job = makeJob();
        {
            auto writer = JobWriter::acquire(job);
            ASSAY_VERIFY_RESULT(writer);
            ASSAY_VERIFY_RESULT((*writer)->updateState([](JobState& state) {
                state.phase = JobPhase::Failed;
                state.step = 17;
                state.totalSteps = 40;
                state.epoch = 1.5;
                state.progress = 0.425;
                state.etaSeconds = 12.5;
                Error error("file.write", {{"path", "/x"}, {"reason", "full"}}, "here");
                error.details.push_back(Error("cancelled"));
                state.error = error;
            }));
        }
        const auto state = job.state();
        ASSAY_VERIFY_RESULT(state);
        QVERIFY(state->phase == JobPhase::Failed);
        QCOMPARE(state->step, std::int64_t(17));
        QCOMPARE(state->etaSeconds, 12.5);
        QCOMPARE(state->attempt, 1);
        QCOMPARE(state->pid, std::int64_t(::getpid()));
        QVERIFY(!state->host.empty());
        QCOMPARE(state->error->code, std::string("file.write"));
        QCOMPARE(state->error->argument("reason"), std::string_view("full"));
        QCOMPARE(state->error->where, std::string("here"));
        QCOMPARE(state->error->details.at(0).code, std::string("cancelled"));
        // The next attempt clears the error and counts.
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        QCOMPARE((*writer)->state().attempt, 2);
        QVERIFY(!(*writer)->state().error);
        QVERIFY(job.state()->phase == JobPhase::Preparing);
        QCOMPARE(job.state()->step, std::int64_t(17));
    }

    void secondProcessIsToldWhoOwnsTheJob() {
        const JobFolder job = makeJob();
        std::unique_ptr<JobWriter> held;
        OtherProcess owner([&] {
            auto writer = JobWriter::acquire(job);
            if (!writer)
                return false;
            held = std::move(*writer);
            return true;
        });
        QVERIFY(owner.worked());
        const auto second = JobWriter::acquire(job);
        QVERIFY(!second);
        QCOMPARE(second.error().code, std::string("job.owned"));
        QCOMPARE(second.error().argument("pid"), std::string_view(std::to_string(owner.pid())));
        QVERIFY(!second.error().argument("host").empty());
        QCOMPARE(job.owner()->value().pid, std::int64_t(owner.pid()));
        QCOMPARE(job.state()->attempt, 1);
        owner.kill();
        QVERIFY(!job.owner()->has_value());
        ASSAY_VERIFY_RESULT(JobWriter::acquire(job));
    }

    void aKilledOwnerStillLettingGoIsNoOwner() {
        const fs::path file = root() / "lock";
        pid_t ended = 0;
        {
            OtherProcess other([] { return true; });
            ended = other.pid();
        }
        // As a killed process with several threads leaves it: its name there, its lock still held.
        auto held = JobLock::take(file);
        ASSAY_VERIFY_RESULT(held);
        const auto alive = lockOwner(file);
        QVERIFY(alive && *alive);
        QCOMPARE((*alive)->pid, std::int64_t(::getpid()));
        Json owner = *readJsonFile(file);
        owner["pid"] = ended;
        std::ofstream(file) << dumpJson(owner); // in place: a new file would be another lock
        std::thread lastThread([lock = std::move(*held)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        });
        const auto left = lockOwner(file);
        lastThread.join();
        ASSAY_VERIFY_RESULT(left);
        QVERIFY(!*left);
    }

    void killedWriterLeavesWholeLines() {
        const JobFolder job = makeJob();
        std::unique_ptr<JobWriter> held;
        OtherProcess owner([&] {
            auto writer = JobWriter::acquire(job);
            if (!writer)
                return false;
            held = std::move(*writer);
            for (int step = 1; step <= 5; ++step)
                if (!held->appendMetrics({{"step", step}, {"loss", 1.0 / step}}))
                    return false;
            return true;
        });
        QVERIFY(owner.worked());
        owner.kill();
        // What a crash of the machine can leave: half a line.
        {
            auto file = AppendFile::open(job.metricsFile());
            ASSAY_VERIFY_RESULT(file->append("{\"step\": 6, \"lo"));
        }
        JobReader reader(job);
        auto update = reader.poll();
        ASSAY_VERIFY_RESULT(update);
        QCOMPARE(update->metrics.size(), std::size_t(5));
        QVERIFY(update->state.phase == JobPhase::Preparing);
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        ASSAY_VERIFY_RESULT((*writer)->appendMetrics({{"step", 6}, {"loss", 0.1}}));
        update = reader.poll();
        ASSAY_VERIFY_RESULT(update);
        QCOMPARE(stepsOf(update->metrics), std::vector<std::int64_t>{6});
        QVERIFY(update->problems.empty());
    }

    void resumeCutsBackToTheCheckpoint() {
        const JobFolder job = makeJob();
        JobReader reader(job);
        FileLengths lengths;
        const auto write = [](JobWriter& writer, int first, int last) {
            for (int step = first; step <= last; ++step) {
                QVERIFY(writer.appendMetrics({{"step", step}}));
                QVERIFY(writer.appendSample({{"step", step}, {"row", 3}}));
                const std::pair<std::string, double> scalar{"train/loss", step};
                QVERIFY(writer.appendScalars(step, std::span(&scalar, 1)));
            }
        };
        {
            auto writer = JobWriter::acquire(job);
            ASSAY_VERIFY_RESULT(writer);
            write(**writer, 1, 4);
            lengths = *(*writer)->fileLengths();
            write(**writer, 5, 7);
            QVERIFY((*writer)->appendProbe({{"step", 7}}));
        }
        auto update = reader.poll(JobReader::Samples::Read);
        QCOMPARE(stepsOf(update->metrics), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7}));
        QCOMPARE(update->samples.size(), std::size_t(7));
        QCOMPARE(update->probes.size(), std::size_t(1));
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        ASSAY_VERIFY_RESULT((*writer)->truncateTo(lengths));
        // More lines than were cut: the file is longer than before, and still nothing stands twice.
        write(**writer, 5, 9);
        update = reader.poll(JobReader::Samples::Read);
        QVERIFY(update->restarted);
        QCOMPARE(stepsOf(update->metrics), (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
        QCOMPARE(update->samples.size(), std::size_t(9));
        QVERIFY(update->probes.empty());
        QVERIFY(!reader.poll()->restarted);
        // The event files together hold each step once.
        std::vector<std::int64_t> steps;
        int files = 0;
        for (const auto& entry : fs::directory_iterator(job.path())) {
            if (!entry.path().filename().string().starts_with("events.out.tfevents."))
                continue;
            ++files;
            TfEventsReader events(entry.path());
            const auto batch = events.poll();
            for (const TfScalar& scalar : batch->scalars)
                steps.push_back(scalar.step);
        }
        std::ranges::sort(steps);
        QCOMPARE(steps, (std::vector<std::int64_t>{1, 2, 3, 4, 5, 6, 7, 8, 9}));
        QCOMPARE(files, 2);
        // Without a checkpoint a run starts from nothing.
        ASSAY_VERIFY_RESULT((*writer)->truncateTo({}));
        QCOMPARE(fs::file_size(job.metricsFile()), std::uintmax_t(0));
        QCOMPARE(job.state()->rewinds, std::int64_t(2));
    }

    void readerIsNeverMisledByCuts() {
        const JobFolder job = makeJob();
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        std::atomic<bool> isDone = false;
        std::atomic<bool> hasFailed = false;
        std::thread work([&] {
            Rng rng(7);
            FileLengths lengths;
            std::int64_t step = 0;
            std::int64_t saved = 0;
            for (int i = 0; i < 150; ++i) {
                for (std::uint64_t n = rng.below(20); n > 0; --n)
                    if (!(*writer)->appendMetrics(
                            {{"step", ++step}, {"pad", std::string(rng.below(50), 'x')}}))
                        hasFailed = true;
                if (rng.below(3) == 0) {
                    lengths = *(*writer)->fileLengths();
                    saved = step;
                } else if (rng.below(3) == 0) {
                    if (!(*writer)->truncateTo(lengths))
                        hasFailed = true;
                    step = saved;
                }
            }
            isDone = true;
        });
        JobReader reader(job);
        std::vector<std::int64_t> seen;
        int restarts = 0;
        for (bool isLast = false;;) {
            const auto update = reader.poll();
            if (!update || !update->problems.empty()) {
                hasFailed = true;
                break;
            }
            if (update->restarted) {
                seen.clear();
                ++restarts;
            }
            for (const std::int64_t step : stepsOf(update->metrics))
                seen.push_back(step);
            for (std::size_t i = 0; i < seen.size(); ++i)
                if (seen[i] != std::int64_t(i) + 1)
                    hasFailed = true;
            if (isLast || hasFailed)
                break;
            isLast = isDone;
        }
        work.join();
        QVERIFY(!hasFailed);
        QVERIFY(restarts > 0);
        QCOMPARE(
            std::ranges::count(*readFile(job.metricsFile()), '\n'), std::ptrdiff_t(seen.size()));
    }

    void lostLinesAreNoticed() {
        const JobFolder job = makeJob();
        auto writer = JobWriter::acquire(job);
        const auto cut = (*writer)->truncateTo({{"metrics.jsonl", 100}});
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, std::string("job.file_short"));
    }

    void numbersThatAreNotFiniteAreKept() {
        const JobFolder job = makeJob();
        auto writer = JobWriter::acquire(job);
        const double infinity = std::numeric_limits<double>::infinity();
        ASSAY_VERIFY_RESULT((*writer)->appendMetrics({{"step", 1}, {"loss", std::nan("")},
            {"grad_norm", infinity}, {"channels", {{"a", -infinity}}}}));
        QCOMPARE(*readFile(job.metricsFile()),
            std::string("{\"step\":1,\"loss\":\"NaN\",\"grad_norm\":\"Infinity\",\"channels\":{"
                        "\"a\":\"-Infinity\"}}\n"));
        JobReader reader(job);
        const auto update = reader.poll();
        const Json& line = update->metrics.at(0);
        QVERIFY(std::isnan(metricNumber(line["loss"]).value()));
        QCOMPARE(metricNumber(line["grad_norm"]).value(), infinity);
        QCOMPARE(metricNumber(line["channels"]["a"]).value(), -infinity);
        QCOMPARE(metricNumber(line["step"]).value(), 1.0);
        QVERIFY(!metricNumber(Json("nan")).has_value());
    }

    void commandsArriveOnceAndAreAnswered() {
        const JobFolder job = makeJob();
        JobReader reader(job);
        QCOMPARE(reader.send(ControlVerb::Stop).error().code, std::string("job.not_running"));
        // A command that an earlier process left unread is not for the next one.
        ASSAY_VERIFY_RESULT(sendControl(job.controlFile(), ControlVerb::Stop));
        auto writer = JobWriter::acquire(job);
        ASSAY_VERIFY_RESULT(writer);
        QVERIFY((*writer)->pollControl()->empty());
        const auto pause = reader.send(ControlVerb::Pause);
        ASSAY_VERIFY_RESULT(pause);
        const auto save = reader.send(ControlVerb::CheckpointNow);
        ASSAY_VERIFY_RESULT(save);
        const auto commands = (*writer)->pollControl();
        ASSAY_VERIFY_RESULT(commands);
        QCOMPARE(commands->size(), std::size_t(2));
        QVERIFY((*commands)[0].verb == ControlVerb::Pause);
        QCOMPARE((*commands)[0].id, *pause);
        QVERIFY((*commands)[1].verb == ControlVerb::CheckpointNow);
        QVERIFY((*writer)->pollControl()->empty());
        ASSAY_VERIFY_RESULT((*writer)->acknowledge((*commands)[0]));
        ASSAY_VERIFY_RESULT((*writer)->acknowledge((*commands)[1], "there is nothing to save yet"));
        const auto state = reader.poll()->state;
        QCOMPARE(state.acknowledged.size(), std::size_t(2));
        QVERIFY((state.acknowledged[0] == Acknowledgement{*pause, "pause", "done"}));
        QVERIFY((state.acknowledged[1]
            == Acknowledgement{*save, "checkpoint-now", "there is nothing to save yet"}));
    }

    void badControlLinesGoToTheLog() {
        const JobFolder job = makeJob();
        auto writer = JobWriter::acquire(job);
        {
            auto file = AppendFile::open(job.controlFile());
            ASSAY_VERIFY_RESULT(
                file->append("{\"id\":\"1\",\"command\":\"dance\"}\nnot json\n{\"id\":\"2\","));
        }
        QVERIFY((*writer)->pollControl()->empty());
        {
            auto file = AppendFile::open(job.controlFile());
            ASSAY_VERIFY_RESULT(file->append("\"command\":\"resume\"}\n"));
        }
        const auto commands = (*writer)->pollControl();
        QCOMPARE(commands->size(), std::size_t(1));
        QCOMPARE(commands->front().id, std::string("2"));
        const std::string log = *readFile(job.logFile());
        QVERIFY(log.find("\"dance\" is no command") != std::string::npos);
        QVERIFY(log.find("This is not valid JSON") != std::string::npos);
    }

    void fullDiskLeavesWholeLines() {
        const JobFolder job = makeJob();
        const Json line = {{"step", 1}, {"text", std::string(90, 'x')}};
        const pid_t child = ::fork();
        if (child == 0) {
            // A file size limit fails a write in its middle just as a full disk does.
            ::signal(SIGXFSZ, SIG_IGN);
            auto writer = JobWriter::acquire(job);
            const rlimit limit{1000, 1000};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            int written = 0;
            while (writer && (*writer)->appendMetrics(line))
                ++written;
            const auto failed = (*writer)->appendMetrics(line);
            ::_exit(!failed && failed.error().code == "file.write" && written > 3 ? written : 0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFEXITED(status));
        const int written = WEXITSTATUS(status);
        QVERIFY(written > 3);
        const std::string text = *readFile(job.metricsFile());
        QCOMPARE(std::ranges::count(text, '\n'), std::ptrdiff_t(written));
        QCOMPARE(text.back(), '\n');
        QVERIFY(job.state()->phase == JobPhase::Preparing);
    }

    void unfinishedCheckpointsAreNotListed() {
        const JobFolder job = makeJob();
        for (const char* name :
            {"step-20", "step-100", "step-5", ".step-200.part", "step-x", "step-7.part"})
            fs::create_directory(job.checkpointsFolder() / name);
        QCOMPARE(job.checkpointSteps(), (std::vector<std::int64_t>{5, 20, 100}));
        QCOMPARE(job.checkpointFolder(20), job.path() / "checkpoints" / "step-20");
    }
};

QTEST_APPLESS_MAIN(TestJobFolder)
#include "test_job_folder.moc"
