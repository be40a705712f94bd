#include "core/base/file.h"
#include "core/job/job_reader.h"
#include "core/job/job_writer.h"
#include "core/job/launch.h"
#include "core/job/process_identity.h"
#include "tests/support/test_paths.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

/// What this program does when it is started as "PROGRAM run FOLDER --quiet": a job that works
/// until it is told to stop. A folder named "broken" ends at once, one named "short" is done at
/// once.
int runAsJob(const fs::path& path) {
    if (path.filename() == "broken") {
        std::fprintf(stderr, "libexample.so: cannot be found\n");
        return 1;
    }
    auto folder = JobFolder::open(path);
    auto writer = folder ? JobWriter::acquire(*folder)
                         : Result<std::unique_ptr<JobWriter>>(forward(folder));
    if (!writer)
        return 1;
    std::printf("hello from the job, session leader's child: %d\n", int(::getsid(0) != ::getpid()));
    std::fflush(stdout);
    for (std::int64_t step = 1; path.filename() != "short" && step < 10000; ++step) {
        if (!(*writer)->appendMetrics({{"step", step}, {"loss", 1.0}}))
            return 1;
        const auto commands = (*writer)->pollControl();
        if (commands && !commands->empty()) {
            if (!(*writer)->acknowledge(commands->front()))
                return 1;
            if (commands->front().verb == ControlVerb::Stop)
                break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return (*writer)->updateState([](JobState& state) { state.phase = JobPhase::Stopped; }) ? 0 : 1;
}

/// True when `holds` became true within ten seconds.
template <class Condition> bool eventually(Condition holds) {
    for (int i = 0; i < 500; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

} // namespace

class TestLaunch : public QObject {
    Q_OBJECT

    QTemporaryDir m_temporary;
    JobFolder makeJob(const char* name) {
        TrainSpec spec;
        spec.model.path = "/m";
        spec.data.files = {"/a"};
        return *JobFolder::create(fs::path(m_temporary.path().toStdString()) / name, spec, "/");
    }
    static fs::path program() { return fs::read_symlink("/proc/self/exe"); }

private Q_SLOTS:
    void detachedJobIsWatchedAndControlled() {
        const JobFolder job = makeJob("long");
        const auto pid = launchJob(program(), job);
        ASSAY_VERIFY_RESULT(pid);
        QVERIFY(*pid != ::getpid());
        QCOMPARE(job.owner()->value().pid, *pid);
        const auto again = launchJob(program(), job);
        QVERIFY(!again);
        QCOMPARE(again.error().code, std::string("job.owned"));
        JobReader reader(job);
        QVERIFY(eventually([&] { return !reader.poll()->metrics.empty(); }));
        const auto id = reader.send(ControlVerb::Stop);
        ASSAY_VERIFY_RESULT(id);
        QVERIFY(eventually([&] { return reader.poll()->state.phase == JobPhase::Stopped; }));
        QCOMPARE(reader.poll()->state.acknowledged.front().id, *id);
        QVERIFY(eventually([&] { return !isProcessAlive(*pid); }));
        QVERIFY(!job.owner()->has_value());
        // Its output went to the log; it is in a session of its own, which it does not lead.
        QCOMPARE(*readFile(job.logFile()),
            std::string("hello from the job, session leader's child: 1\n"));
    }

    void killedJobIsKnownAtOnceAndRunsAgain() {
        const JobFolder job = makeJob("killed");
        const auto pid = launchJob(program(), job);
        ASSAY_VERIFY_RESULT(pid);
        ::kill(pid_t(*pid), SIGKILL);
        QVERIFY(eventually([&] { return !job.owner()->has_value(); }));
        QVERIFY(!isFinal(job.state()->phase));
        const auto second = launchJob(program(), job);
        ASSAY_VERIFY_RESULT(second);
        QCOMPARE(job.state()->attempt, 2);
        JobReader reader(job);
        ASSAY_VERIFY_RESULT(reader.send(ControlVerb::Stop));
        QVERIFY(eventually([&] { return !isProcessAlive(*second); }));
    }

    void jobThatIsDoneAtOnceHasStarted() {
        const JobFolder job = makeJob("short");
        ASSAY_VERIFY_RESULT(launchJob(program(), job));
        QVERIFY(eventually([&] { return job.state()->phase == JobPhase::Stopped; }));
    }

    void jobThatCannotStartSaysWhy() {
        const JobFolder job = makeJob("broken");
        const auto pid = launchJob(program(), job);
        QVERIFY(!pid);
        QCOMPARE(pid.error().code, std::string("job.start"));
        QVERIFY(message(pid.error()).find("libexample.so: cannot be found") != std::string::npos);
        const auto absent = launchJob("/nowhere/assay-cli", job);
        QVERIFY(!absent);
        QCOMPARE(absent.error().argument("reason"),
            std::string_view("/nowhere/assay-cli: No such file or directory"));
    }
};

int main(int argc, char** argv) {
    if (argc > 2 && std::string_view(argv[1]) == "run")
        return runAsJob(argv[2]);
    TestLaunch test;
    return QTest::qExec(&test, argc, argv);
}
#include "test_launch.moc"
