#include "core/store/database.h"

#include "core/base/file.h"
#include "core/base/utf8.h"

#include <cerrno>
#include <chrono>
#include <sqlite3.h>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// How long a writer waits for another one before it reports that the project is busy.
constexpr int busyWaitMs = 20'000;

/// SQLite's own handler sleeps up to 100 ms between attempts and loses against an import that
/// commits batch after batch; this one asks every millisecond, and an import pauses longer than
/// that between batches.
int waitWhileBusy(void*, int attempts) {
    if (attempts >= busyWaitMs)
        return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return 1;
}

bool meansFullDisk(int number) {
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

/// Characters that have a meaning in a file: URI.
std::string uriEscaped(const std::string& path) {
    std::string escaped;
    for (const char c : path) {
        if (c == '%' || c == '?' || c == '#')
            escaped += "%" + toHex(std::string_view(&c, 1));
        else
            escaped += c;
    }
    return escaped;
}

} // namespace

Database::Database(const fs::path& path, const std::string& name, int flags)
    : m_path(path)
    , m_handle(name, flags) {
    sqlite3_busy_handler(m_handle.getHandle(), waitWhileBusy, nullptr);
}

Result<std::unique_ptr<Database>> Database::open(const fs::path& path, DatabaseMode mode) {
    std::error_code ignored;
    const bool exists = fs::exists(path, ignored);
    if (mode == DatabaseMode::Create && exists)
        return fail("file.exists", {{"path", path.string()}});
    if (mode != DatabaseMode::Create && !exists)
        return fail("file.missing", {{"path", path.string()}});
    std::string name = path.string();
    int flags = SQLite::OPEN_READWRITE;
    if (mode == DatabaseMode::Create)
        flags |= SQLite::OPEN_CREATE;
    if (mode == DatabaseMode::ReadOnly) {
        flags = SQLite::OPEN_READONLY;
        // A WAL database wants its index file beside it; on a medium that cannot be written it is
        // read as it stands, which is safe while no log is left over.
        const bool folderWritable = ::access(path.parent_path().c_str(), W_OK) == 0;
        if (!folderWritable && !fs::exists(path.string() + "-wal", ignored)) {
            name = "file:" + uriEscaped(fs::absolute(path, ignored).string()) + "?immutable=1";
            flags |= SQLite::OPEN_URI;
        }
    }
    std::unique_ptr<Database> database;
    try {
        database.reset(new Database(path, name, flags));
    } catch (const SQLite::Exception& e) {
        return fail("file.open", {{"path", path.string()}, {"reason", e.what()}});
    }
    database->m_readOnly = mode == DatabaseMode::ReadOnly;
    auto prepared = database->run([&] {
        SQLite::Database& handle = database->m_handle;
        if (!database->m_readOnly)
            handle.exec("PRAGMA journal_mode=WAL");
        // FULL: a decision is on the disk before the call returns.
        handle.exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
                    "PRAGMA temp_store=MEMORY");
        // Reads the header and the schema, so that a damaged file is found here and not in
        // mid-work.
        handle.execAndGet("SELECT count(*) FROM sqlite_master");
    });
    if (!prepared)
        return forward(prepared);
    return database;
}

Query Database::query(const std::string& sql) {
    auto found = m_statements.find(sql);
    if (found == m_statements.end())
        found = m_statements.emplace(sql, SQLite::Statement(m_handle, sql)).first;
    return Query(found->second);
}

Error Database::errorOf(const SQLite::Exception& exception) const {
    const std::string path = m_path.string();
    const int code = exception.getErrorCode() & 0xff;
    switch (code) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return Error("store.damaged", {{"path", path}, {"reason", exception.what()}});
    case SQLITE_FULL:
        return Error("store.full", {{"path", path}});
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error("store.busy", {{"path", path}});
    case SQLITE_READONLY:
        return Error("store.read_only", {{"path", path}});
    case SQLITE_INTERRUPT:
        return Error("cancelled");
    case SQLITE_NOMEM:
        return Error("memory.exhausted", {{"what", "the project database"}});
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: {
        // SQLite notes the system's error number for most failures, but not for those of a commit;
        // nothing that runs after one sets errno anew unless it fails too.
        const int errnoNow = errno;
        const int noted = sqlite3_system_errno(m_handle.getHandle());
        const int number = noted != 0 ? noted : errnoNow;
        if (meansFullDisk(number))
            return Error("store.full", {{"path", path}});
        return Error("store.io",
            {{"path", path},
                {"reason", number != 0 ? errnoText(number) : std::string(exception.what())}});
    }
    default:
        return Error("store.database", {{"path", path}, {"reason", exception.what()}});
    }
}

std::string bytesFromHex(std::string_view hex) {
    const auto digit = [](char c) -> int {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
            return c - 'A' + 10;
        return -1;
    };
    std::string bytes;
    int high = -1;
    for (const char c : hex) {
        const int value = digit(c);
        if (value < 0)
            continue;
        if (high < 0) {
            high = value;
        } else {
            bytes += char(high << 4 | value);
            high = -1;
        }
    }
    return bytes;
}

std::string uuidFromBytes(std::string_view bytes) {
    const std::string hex = toHex(bytes);
    if (hex.size() != 32)
        return hex;
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-"
        + hex.substr(16, 4) + "-" + hex.substr(20);
}

} // namespace assay
