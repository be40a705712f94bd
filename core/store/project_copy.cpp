#include "core/base/file.h"
#include "core/store/database.h"
#include "core/store/project.h"

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>
#include <unistd.h>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// Everything beside the database; locks belong to processes and are not copied.
Result<void> copyFiles(const fs::path& from, const fs::path& to, const StopToken& stop) {
    std::error_code problem;
    for (fs::recursive_directory_iterator entry(from, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        if (stop.stop_requested())
            return fail("cancelled");
        const fs::path relative = entry->path().lexically_relative(from);
        const std::string name = relative.filename().string();
        const bool atTop = !relative.has_parent_path();
        if ((atTop && name.starts_with("project.db")) || name.ends_with(".lock") || name == "lock")
            continue;
        if (entry->is_directory(problem) && !entry->is_symlink(problem))
            fs::create_directories(to / relative, problem);
        else
            fs::copy(entry->path(), to / relative, fs::copy_options::copy_symlinks, problem);
        if (problem)
            return fail(
                "file.write", {{"path", (to / relative).string()}, {"reason", problem.message()}});
    }
    if (problem)
        return fail("file.read", {{"path", from.string()}, {"reason", problem.message()}});
    return {};
}

Result<void> copyDatabase(const fs::path& from, const fs::path& to,
    const ProgressFunction& progress, const StopToken& stop) {
    constexpr int pagesAtOnce = 1000;
    auto source = Database::open(from, DatabaseMode::ReadOnly);
    if (!source)
        return forward(source);
    // Not in write-ahead mode: the copy is one file, whole, when it is closed.
    return (*source)->run([&] {
        // Within one read transaction the copy is of one moment. Otherwise each commit of another
        // process would make the backup start over, during an import for ever.
        SQLite::Transaction moment((*source)->handle());
        (*source)->handle().execAndGet("SELECT count(*) FROM sqlite_master");
        SQLite::Database target(to.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup backup(target, (*source)->handle());
        for (;;) {
            if (stop.stop_requested())
                throw StoreFailure{Error("cancelled")};
            const int state = backup.executeStep(pagesAtOnce);
            if (progress)
                progress({backup.getTotalPageCount() - backup.getRemainingPageCount(),
                    backup.getTotalPageCount()});
            if (state == SQLITE_DONE)
                return;
            if (state == SQLITE_BUSY || state == SQLITE_LOCKED)
                sqlite3_sleep(5);
        }
    });
}

} // namespace

Result<fs::path> Project::copyTo(
    const fs::path& wanted, const ProgressFunction& progress, StopToken stop) const {
    fs::path target = wanted.has_filename() ? wanted : wanted.parent_path();
    if (target.extension() != ".assay")
        target += ".assay";
    std::error_code problem;
    if (fs::exists(target, problem))
        return fail("file.exists", {{"path", target.string()}});
    // Made beside the target and renamed, so that a half copy is never taken for a project.
    const fs::path part = target.string() + ".part-" + std::to_string(::getpid());
    const auto copy = [&]() -> Result<void> {
        if (auto made = makeFolder(part); !made)
            return made;
        if (auto copied
            = copyDatabase(folder() / "project.db", part / "project.db", progress, stop);
            !copied)
            return copied;
        if (auto copied = copyFiles(folder(), part, stop); !copied)
            return copied;
        fs::rename(part, target, problem);
        if (problem)
            return fail("file.write", {{"path", target.string()}, {"reason", problem.message()}});
        return {};
    };
    if (auto copied = copy(); !copied) {
        fs::remove_all(part, problem);
        return forward(copied);
    }
    return target;
}

} // namespace assay
