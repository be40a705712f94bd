#include "app/assay-cli/demo_console.h"

#include <cstdio>
#include <ctime>

namespace assay {

void DemoConsole::step(const std::string& title, const std::string& equivalent) {
    m_stepBegin = Clock::now();
    std::printf("\n%d/%d  %s\n", ++m_step, m_steps, title.c_str());
    if (!equivalent.empty())
        command(equivalent);
    std::fflush(stdout);
}

void DemoConsole::why(const std::string& line) {
    std::printf("\n     %s", line.c_str());
}

void DemoConsole::command(const std::string& command) {
    std::printf("     $ %s\n", command.c_str());
    std::fflush(stdout);
}

void DemoConsole::say(const std::string& line) {
    std::printf("     %s\n", line.c_str());
    std::fflush(stdout);
}

namespace {

double secondsSince(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

std::string DemoConsole::elapsed() const {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", secondsSince(m_stepBegin));
    return text;
}

void DemoConsole::end() const {
    std::printf("\nThe journey took %.0f s (%.0f s of processor time).\n", secondsSince(m_begin),
        double(std::clock()) / CLOCKS_PER_SEC);
}

std::string shellWord(const std::string& word) {
    const bool plain = !word.empty()
        && word.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")
            == std::string::npos;
    if (plain)
        return word;
    std::string quoted = "'";
    for (char c : word)
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

} // namespace assay
