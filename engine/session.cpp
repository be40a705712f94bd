#include "engine/session.h"

#include "core/base/error_json.h"
#include "engine/line_channel.h"
#include "engine/session_methods.h"
#include "engine/work_queue.h"

#include <csignal>
#include <exception>
#include <fcntl.h>
#include <map>
#include <new>
#include <unistd.h>

namespace assay {

namespace {

// JSON-RPC 2.0, section 5.1; -32000 is its range for servers.
enum RpcCode {
    notJson = -32700,
    notRequest = -32600,
    unknownMethod = -32601,
    wrongParams = -32602,
    failed = -32000
};

/// A task of the engine never throws by contract; what a library throws all the same must not end
/// the process.
Result<Json> runGuarded(const MethodTask& task, Call& call) {
    try {
        return task(call);
    } catch (const std::bad_alloc&) {
        return fail("memory.exhausted", {{"what", "this request"}});
    } catch (const std::exception& e) {
        return fail("internal", {{"what", e.what()}});
    } catch (...) {
        return fail("internal", {{"what", "an unknown exception"}});
    }
}

class Session {
public:
    Session(Engine& engine, int input, int output, const SessionFacts& facts)
        : m_reader(input, facts.lineLimit)
        , m_writer(output, facts.lineLimit)
        , m_facts(facts)
        , m_context{engine, m_models, m_facts, [this](const Json& id) { return cancel(id); }} { }

    void run() {
        std::string line;
        for (;;) {
            switch (m_reader.next(line)) {
            case LineReader::Outcome::End:
                return;
            case LineReader::Outcome::TooLong:
                replyError(Json(), notJson,
                    Error("session.line_too_long", {{"limit", std::to_string(m_facts.lineLimit)}}));
                break;
            case LineReader::Outcome::Line:
                handle(line);
                break;
            }
        }
    }

private:
    struct Active {
        std::string key; ///< in its queue: ids may be used again, keys are not
        WorkQueue* queue;
    };

    void handle(const std::string& line) {
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            return;
        auto request = parseJson(line, "request");
        if (!request) {
            replyError(Json(), notJson, request.error());
            return;
        }
        const Json id = request->is_object() && request->contains("id") ? (*request)["id"] : Json();
        if (const std::string reason = whyNoRequest(*request); !reason.empty()) {
            const bool usable = id.is_string() || id.is_number();
            replyError(usable ? id : Json(), notRequest,
                Error("session.not_request", {{"reason", reason}}));
            return;
        }
        // Without an id it is a notification: nothing is answered. Only a cancel makes sense so.
        if (id.is_null() && (*request)["method"] != "request.cancel")
            return;
        start(*request, id);
    }

    static std::string whyNoRequest(const Json& request) {
        if (!request.is_object())
            return "it is " + jsonTypeName(request) + ", not an object";
        const auto text = [&](const char* key) {
            return request.contains(key) && request[key].is_string()
                ? request[key].get<std::string>()
                : "";
        };
        if (text("jsonrpc") != "2.0")
            return "\"jsonrpc\" is not \"2.0\"";
        if (text("method").empty())
            return "\"method\" is missing or is not text";
        if (request.contains("id") && !request["id"].is_string() && !request["id"].is_number()
            && !request["id"].is_null())
            return "\"id\" is neither text nor a number";
        if (request.contains("params") && !request["params"].is_object())
            return "\"params\" is not an object";
        return {};
    }

    void start(const Json& request, const Json& id) {
        const std::string name = request["method"].get<std::string>();
        const Method* method = findMethod(name);
        if (!m_greeted && name != "hello") {
            replyError(id, notRequest, Error("session.hello_first"));
            return;
        }
        if (!method) {
            replyError(id, unknownMethod, Error("session.unknown_method", {{"method", name}}));
            return;
        }
        const Json params = request.contains("params") ? request["params"] : Json::object();
        JsonReader reader(params, name);
        std::string priority = "interactive";
        reader.readOptional("priority", priority);
        if (priority != "interactive" && priority != "batch")
            reader.report(Error("json.value",
                {{"key", "priority"},
                    {"reason", "\"" + priority + "\" is neither interactive nor batch"}}));
        MethodTask task = method->prepare(m_context, reader);
        if (auto read = reader.finish(); !read) {
            replyError(id, wrongParams, read.error());
            return;
        }
        if (method->lane == Lane::Immediate) {
            Call call{StopToken(), [](const char*, Json) {}};
            finish(id, runGuarded(task, call), name);
            return;
        }
        enqueue(*method, std::move(task), id,
            priority == "batch" ? Priority::Batch : Priority::Interactive);
    }

    void enqueue(const Method& method, MethodTask task, const Json& id, Priority priority) {
        WorkQueue& queue = method.lane == Lane::Light ? m_light : m_compute;
        const std::string key = std::to_string(m_nextKey++);
        {
            const std::lock_guard lock(m_mutex);
            if (!m_active.emplace(dumpJson(id), Active{key, &queue}).second) {
                replyError(id, notRequest, Error("session.duplicate_id", {{"id", dumpJson(id)}}));
                return;
            }
        }
        const std::string name(method.name);
        queue.submit({key, priority,
            [this, id, name, task = std::move(task)](StopToken stop) {
                Call call{stop, [this, id](const char* event, Json params) {
                              notify(id, event, std::move(params));
                          }};
                Result<Json> result = runGuarded(task, call);
                if (result && stop.stop_requested())
                    result = fail("cancelled");
                finish(id, std::move(result), name);
            },
            [this, id, name] { finish(id, fail("cancelled"), name); }});
    }

    bool cancel(const Json& id) {
        Active active;
        {
            const std::lock_guard lock(m_mutex);
            const auto found = m_active.find(dumpJson(id));
            if (found == m_active.end())
                return false;
            active = found->second;
        }
        return active.queue->cancel(active.key);
    }

    void finish(const Json& id, Result<Json> result, const std::string& name) {
        {
            // Before the answer goes out, since the client may use the id again at once.
            const std::lock_guard lock(m_mutex);
            m_active.erase(dumpJson(id));
        }
        if (name == "hello" && result)
            m_greeted = true;
        if (id.is_null())
            return;
        if (!result) {
            replyError(id, failed, result.error());
            return;
        }
        std::string line
            = dumpJson(Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(*result)}});
        if (line.size() >= m_writer.limit())
            replyError(id, failed,
                Error("session.reply_too_long",
                    {{"size", std::to_string(line.size())},
                        {"limit", std::to_string(m_writer.limit())}}));
        else
            m_writer.write(std::move(line));
    }

    void notify(const Json& id, const char* method, Json params) {
        Json all = {{"request", id}};
        all.update(params);
        std::string line
            = dumpJson(Json{{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(all)}});
        if (line.size() < m_writer.limit())
            m_writer.write(std::move(line));
    }

    void replyError(const Json& id, RpcCode code, const Error& error) {
        Json data = errorToJson(error);
        data["remedy"] = remedy(error);
        std::string text = message(error);
        std::string line = dumpJson({{"jsonrpc", "2.0"}, {"id", id},
            {"error", {{"code", int(code)}, {"message", text}, {"data", data}}}});
        if (line.size() >= m_writer.limit()) // hundreds of thousands of details
            line = dumpJson({{"jsonrpc", "2.0"}, {"id", id},
                {"error",
                    {{"code", int(code)}, {"message", text.substr(0, 1000)},
                        {"data", {{"code", error.code}}}}}});
        m_writer.write(std::move(line));
    }

    LineReader m_reader;
    LineWriter m_writer;
    const SessionFacts m_facts;
    ModelStore m_models;
    SessionContext m_context;
    bool m_greeted = false; ///< set and read on the reading thread: hello is immediate
    std::uint64_t m_nextKey = 0;
    std::mutex m_mutex;
    std::map<std::string, Active> m_active;
    // Last, so that their threads end before what they use.
    WorkQueue m_light;
    WorkQueue m_compute;
};

/// Keeps the protocol's channel for itself: what a library prints to the standard output must not
/// stand between two messages.
int takeStandardOutput(int output) {
    if (output != STDOUT_FILENO)
        return output;
    const int own = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (own < 0)
        return output;
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    return own;
}

} // namespace

int runSession(Engine& engine, int input, int output, const SessionFacts& facts) {
    // A window that has gone is the end of the session, not a signal.
    std::signal(SIGPIPE, SIG_IGN);
    Session(engine, input, takeStandardOutput(output), facts).run();
    return 0;
}

} // namespace assay
