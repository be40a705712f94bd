#include "engine/work_queue.h"

#include <algorithm>

namespace assay {

WorkQueue::WorkQueue()
    : m_thread([this] { work(); }) { }

WorkQueue::~WorkQueue() {
    std::list<Task> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        dropped.swap(m_waiting);
        m_runningStop.request_stop();
    }
    m_changed.notify_all();
    m_thread.join();
    for (Task& task : dropped)
        task.cancelled();
}

void WorkQueue::submit(Task task) {
    {
        const std::lock_guard lock(m_mutex);
        const auto before = task.priority == Priority::Batch
            ? m_waiting.end()
            : std::ranges::find(m_waiting, Priority::Batch, &Task::priority);
        m_waiting.insert(before, std::move(task));
    }
    m_changed.notify_one();
}

bool WorkQueue::cancel(const std::string& key) {
    std::list<Task> found;
    {
        const std::lock_guard lock(m_mutex);
        if (m_running && m_runningKey == key) {
            m_runningStop.request_stop();
            return true;
        }
        const auto task = std::ranges::find(m_waiting, key, &Task::key);
        if (task == m_waiting.end())
            return false;
        found.splice(found.end(), m_waiting, task);
    }
    found.front().cancelled();
    return true;
}

bool WorkQueue::contains(const std::string& key) {
    const std::lock_guard lock(m_mutex);
    return (m_running && m_runningKey == key)
        || std::ranges::find(m_waiting, key, &Task::key) != m_waiting.end();
}

void WorkQueue::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_closing || !m_waiting.empty(); });
        if (m_closing)
            return;
        Task task = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_running = true;
        m_runningKey = task.key;
        m_runningStop = std::stop_source();
        const StopToken stop = m_runningStop.get_token();
        lock.unlock();
        task.run(stop);
        lock.lock();
        m_running = false;
    }
}

} // namespace assay
