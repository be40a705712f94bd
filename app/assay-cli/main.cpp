#include "app/assay-cli/plan_verbs.h"
#include "app/assay-cli/verbs.h"

#include "core/base/error.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <unistd.h>

namespace assay {

namespace {

std::function<Result<void>()> chosen;

std::stop_source& interruptSource() {
    static std::stop_source source;
    return source;
}

/// A stop source takes a lock when it is asked, which a signal handler must not; a thread of its
/// own waits for the signals instead.
void watchSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    // A write beyond the file size limit shall fail with an error that can be told, not end the
    // program.
    std::signal(SIGXFSZ, SIG_IGN);
    // Blocked before any other thread starts, so that every thread inherits it.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals] {
        for (;;) {
            int number = 0;
            if (sigwait(&signals, &number) != 0)
                return;
            if (interruptSource().stop_requested())
                std::_Exit(128 + number);
            interruptSource().request_stop();
        }
    }).detach();
}

/// OpenMP's threads spin while they wait, which starves them and everyone else as soon as another
/// program wants the processor: training ran five times slower beside a compiler. The runtime reads
/// the setting when it is loaded, so the program starts itself once more with it.
void letThreadsSleep(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY") || std::getenv("GOMP_SPINCOUNT"))
        return;
    ::setenv("OMP_WAIT_POLICY", "passive", 1);
    ::execv("/proc/self/exe", argv); // returns only where /proc is missing; then it spins
}

int report(const Error& error) {
    std::fprintf(stderr, "assay-cli: %s\n", message(error).c_str());
    const std::string help = remedy(error);
    if (!help.empty())
        std::fprintf(stderr, "%s\n", help.c_str());
    return error.code == "cancelled" ? 130 : 1;
}

} // namespace

void onRun(CLI::App& verb, std::function<Result<void>()> run) {
    verb.callback([run = std::move(run)] { chosen = run; });
}

StopToken interruptToken() {
    return interruptSource().get_token();
}

ProgressFunction terminalProgress(const std::string& label) {
    if (!isatty(STDERR_FILENO))
        return {};
    return [label](const Progress& progress) {
        if (progress.total > 0)
            std::fprintf(stderr, "\r%s %3.0f %%", label.c_str(),
                100.0 * double(progress.done) / double(progress.total));
        else
            std::fprintf(stderr, "\r%s %lld", label.c_str(), static_cast<long long>(progress.done));
        if (progress.done == progress.total)
            std::fputc('\n', stderr);
    };
}

} // namespace assay

int main(int argc, char** argv) {
    assay::letThreadsSleep(argv);
    assay::watchSignals();
    CLI::App program("Assay: look closely at data, training and models", "assay-cli");
    program.set_version_flag("--version", ASSAY_VERSION);
    program.require_subcommand(1);
    assay::addDataVerbs(program);
    assay::addTextVerbs(program);
    assay::addTrainVerbs(program);
    assay::addPlanVerbs(program);
    assay::addModelVerbs(program);
    assay::addCorpusVerbs(program);
    assay::addDemoVerbs(program);
    assay::addBenchVerbs(program);
    assay::addTextsVerb(program);
    CLI11_PARSE(program, argc, argv);
    if (!assay::chosen)
        return 0;
    const assay::Result<void> done = assay::chosen();
    return done ? 0 : assay::report(done.error());
}
