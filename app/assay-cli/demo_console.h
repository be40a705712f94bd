#pragma once

#include "core/base/result.h"

#include <chrono>
#include <string>

namespace assay {

/// Prints the journey: numbered steps, the command that does the same by hand, and what came out.
class DemoConsole {
public:
    explicit DemoConsole(int steps)
        : m_steps(steps) { }

    /// Begins a step: what it does, and (where there is one) the equivalent command.
    void step(const std::string& title, const std::string& command = {});
    /// Before a step: why it is done.
    void why(const std::string& line);
    /// One more equivalent command of the same step.
    void command(const std::string& command);
    /// A line of results.
    void say(const std::string& line);
    /// Seconds since this step began, as "1.2 s".
    std::string elapsed() const;
    /// The last line: how long all of it took.
    void end() const;

private:
    using Clock = std::chrono::steady_clock;
    int m_steps;
    int m_step = 0;
    Clock::time_point m_begin = Clock::now();
    Clock::time_point m_stepBegin = Clock::now();
};

/// A word of a command line: in quotes where the shell would split or change it.
std::string shellWord(const std::string& word);

} // namespace assay
