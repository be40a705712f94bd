#pragma once

#include "core/base/progress.h"
#include "core/store/database.h"

#include <sqlite3.h>

namespace assay {

/// While it lives, a stop ends even a statement in the middle of sorting or searching, with
/// "cancelled". The token must outlive it.
class Interruption {
public:
    Interruption(Database& database, const StopToken& stop)
        : m_handle(database.handle().getHandle()) {
        constexpr int stepsBetweenLooks = 4000; // far less than a millisecond
        if (stop.stop_possible())
            sqlite3_progress_handler(
                m_handle, stepsBetweenLooks, &asked, const_cast<StopToken*>(&stop));
    }
    ~Interruption() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

private:
    static int asked(void* stop) { return static_cast<StopToken*>(stop)->stop_requested() ? 1 : 0; }

    sqlite3* m_handle;
};

} // namespace assay
