#include "core/job/launch.h"

#include "core/base/file.h"
#include "core/job/process_identity.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds startLimit(60);

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    ~Pipe() {
        for (const int end : ends)
            if (end >= 0)
                ::close(end);
    }
    bool open() { return ::pipe2(ends.data(), O_CLOEXEC) == 0; }
    void closeWriter() {
        ::close(ends[1]);
        ends[1] = -1;
    }
};

/// What the new process tells before it becomes the program: its id, then errno when it could not.
struct StartMessage {
    pid_t pid = 0;
    int failure = 0;
};

/// Runs in the child: only what is allowed between fork and exec in a program with threads.
[[noreturn]] void becomeDetached(char* const* arguments, int log, int input, int report) {
    ::setsid();
    StartMessage message;
    message.pid = ::fork();
    if (message.pid != 0) {
        if (message.pid < 0)
            message.failure = errno;
        const bool told = ::write(report, &message, sizeof message) == ssize_t(sizeof message);
        ::_exit(told ? 0 : 1);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::dup2(input, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    closeOnExecAbove(STDERR_FILENO);
    ::execv(arguments[0], arguments);
    message.failure = errno;
    if (::write(report, &message, sizeof message) < 0) { }
    ::_exit(127);
}

/// The last two lines of the log: what went wrong and its remedy.
std::string lastWords(const fs::path& path) {
    auto text = readFile(path);
    if (!text)
        return {};
    while (!text->empty() && (text->back() == '\n' || text->back() == '.'))
        text->pop_back();
    std::size_t begin = text->rfind('\n');
    if (begin != std::string::npos && begin > 0)
        begin = text->rfind('\n', begin - 1);
    std::string words = begin == std::string::npos ? *text : text->substr(begin + 1);
    std::ranges::replace(words, '\n', ' ');
    return words;
}

tl::unexpected<Error> startFailure(const fs::path& log, const std::string& reason) {
    return fail("job.start", {{"reason", reason}, {"log", log.string()}});
}

} // namespace

Result<std::int64_t> launchDetached(
    const std::vector<std::string>& command, const fs::path& logFile) {
    std::vector<char*> arguments;
    for (const std::string& argument : command)
        arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    const int log = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const int input = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    Pipe report;
    pid_t child = -1;
    int failure = 0;
    if (log < 0 || input < 0 || !report.open())
        failure = errno;
    else if ((child = ::fork()) < 0)
        failure = errno;
    if (child == 0)
        becomeDetached(arguments.data(), log, input, report.ends[1]);
    ::close(log);
    ::close(input);
    if (failure != 0)
        return startFailure(logFile, errnoText(failure));
    report.closeWriter();
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) { }
    StartMessage started;
    StartMessage message;
    // The pipe ends when the program has taken over (its end closes on exec) or the child has given
    // up.
    for (;;) {
        const ssize_t count = ::read(report.ends[0], &message, sizeof message);
        if (count < 0 && errno == EINTR)
            continue;
        if (count != ssize_t(sizeof message))
            break;
        if (message.failure != 0)
            failure = message.failure;
        if (message.pid > 0)
            started = message;
    }
    if (failure != 0)
        return startFailure(logFile, command.front() + ": " + errnoText(failure));
    return std::int64_t(started.pid);
}

Result<std::int64_t> launchJob(const fs::path& program, const JobFolder& folder) {
    auto owner = folder.owner();
    if (!owner)
        return forward(owner);
    if (*owner)
        return fail("job.owned",
            {{"path", folder.path().string()}, {"pid", std::to_string((*owner)->pid)},
                {"host", (*owner)->host}, {"since", (*owner)->since}});
    auto before = folder.state();
    if (!before)
        return forward(before);
    auto pid = launchDetached(
        {program.string(), "run", folder.path().string(), "--quiet"}, folder.logFile());
    if (!pid)
        return forward(pid);
    const auto limit = std::chrono::steady_clock::now() + startLimit;
    for (;;) {
        // Asked before the state is read: a process that did its work and ended has left its mark
        // there.
        const bool alive = isProcessAlive(*pid);
        auto state = folder.state();
        if (!state)
            return forward(state);
        if (state->attempt > before->attempt)
            return std::int64_t(*pid);
        if (!alive)
            return startFailure(folder.logFile(),
                "the process ended at once; its last words were: " + lastWords(folder.logFile()));
        if (std::chrono::steady_clock::now() > limit)
            return startFailure(folder.logFile(),
                "process " + std::to_string(*pid) + " has not taken it up within a minute");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

} // namespace assay
