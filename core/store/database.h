#pragma once

#include "core/base/result.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <concepts>
#include <filesystem>
#include <new>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace assay {

/// Leaves a `run` or `write` from within with an error of ours; never crosses it.
struct StoreFailure {
    Error error;
};

/// A prepared statement on loan from the connection's cache; given back reset, so that no read
/// stays open.
class Query {
public:
    explicit Query(SQLite::Statement& statement)
        : m_statement(&statement) { }
    ~Query() {
        if (m_statement) {
            m_statement->tryReset();
            try {
                m_statement->clearBindings();
            } catch (const SQLite::Exception&) { // cannot fail on a statement that was reset
            }
        }
    }
    Query(Query&& other) noexcept
        : m_statement(std::exchange(other.m_statement, nullptr)) { }
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    Query& operator=(Query&&) = delete;

    template <class... Values> Query& bind(const Values&... values) {
        int index = 0;
        (bindOne(++index, values), ...);
        return *this;
    }
    template <class T> void bindOne(int index, const T& value) {
        if constexpr (std::convertible_to<T, std::string_view>) {
            const std::string_view text = value;
            m_statement->bind(index, std::string(text));
        } else if constexpr (std::same_as<T, bool>) {
            m_statement->bind(index, int(value));
        } else if constexpr (std::integral<T>) {
            m_statement->bind(index, std::int64_t(value));
        } else {
            m_statement->bind(index, value);
        }
    }
    void bindNull(int index) { m_statement->bind(index); }
    void bindBlob(int index, std::string_view bytes) {
        m_statement->bind(index, bytes.data(), int(bytes.size()));
    }
    /// The text must live until the statement has run.
    void bindView(int index, const std::string& text) { m_statement->bindNoCopy(index, text); }

    bool step() { return m_statement->executeStep(); }
    void exec() {
        while (m_statement->executeStep()) { }
        m_statement->reset();
    }
    bool isNull(int column) const { return m_statement->isColumnNull(column); }
    std::int64_t integer(int column) const { return m_statement->getColumn(column).getInt64(); }
    double real(int column) const { return m_statement->getColumn(column).getDouble(); }
    std::string text(int column) const { return m_statement->getColumn(column).getString(); }

private:
    SQLite::Statement* m_statement;
};

enum class DatabaseMode { Create, ReadWrite, ReadOnly };

/// One connection to a project database. Not thread-safe: a thread opens its own. Everything that
/// may throw runs inside `run` or `write`, which turn what SQLite reports into errors of ours.
class Database {
public:
    static Result<std::unique_ptr<Database>> open(
        const std::filesystem::path& path, DatabaseMode mode);

    SQLite::Database& handle() { return m_handle; }
    const std::filesystem::path& path() const { return m_path; }
    bool readOnly() const { return m_readOnly; }

    /// A statement from the cache. Do not ask for the same text again while a loan of it lives.
    Query query(const std::string& sql);

    template <class Body> auto run(Body&& body) -> Result<decltype(body())> {
        try {
            if constexpr (std::is_void_v<decltype(body())>) {
                body();
                return {};
            } else {
                return body();
            }
        } catch (const StoreFailure& failure) {
            return tl::unexpected<Error>(failure.error);
        } catch (const SQLite::Exception& e) {
            return tl::unexpected<Error>(errorOf(e));
        } catch (const std::bad_alloc&) {
            return fail("memory.exhausted", {{"what", "the project database"}});
        } catch (const std::exception& e) {
            return fail("internal", {{"what", e.what()}});
        }
    }

    /// The same within one write transaction, which either happens whole or not at all. It starts
    /// IMMEDIATE: a transaction that reads first and writes later could find itself outdated.
    template <class Body> auto write(Body&& body) -> Result<decltype(body())> {
        return run([&] {
            SQLite::Transaction transaction(m_handle, SQLite::TransactionBehavior::IMMEDIATE);
            if constexpr (std::is_void_v<decltype(body())>) {
                body();
                transaction.commit();
            } else {
                auto value = body();
                transaction.commit();
                return value;
            }
        });
    }

    Error errorOf(const SQLite::Exception& exception) const;

private:
    Database(const std::filesystem::path& path, const std::string& name, int flags);

    std::filesystem::path m_path;
    SQLite::Database m_handle;
    bool m_readOnly = false;
    std::unordered_map<std::string, SQLite::Statement> m_statements;
};

/// UUIDs and hashes are stored as bytes: half the size of their hexadecimal form.
std::string bytesFromHex(std::string_view hex);
std::string uuidFromBytes(std::string_view bytes);

} // namespace assay
