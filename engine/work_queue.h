#pragma once

#include "core/base/progress.h"

#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace assay {

enum class Priority { Interactive, Batch };

/// Tasks of one thread: interactive ones before batch ones, otherwise in order of arrival. What
/// runs is not interrupted by what arrives.
class WorkQueue {
public:
    struct Task {
        std::string key; ///< for cancel
        Priority priority = Priority::Interactive;
        std::function<void(StopToken)> run;
        /// Called in place of `run` when the task is cancelled before its turn.
        std::function<void()> cancelled;
    };

    WorkQueue();
    /// Cancels what waits and what runs, and waits for it.
    ~WorkQueue();
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    void submit(Task task);
    /// False when no task of that key waits or runs.
    bool cancel(const std::string& key);
    bool contains(const std::string& key);

private:
    void work();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::list<Task> m_waiting;
    std::string m_runningKey;
    bool m_running = false;
    std::stop_source m_runningStop;
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace assay
