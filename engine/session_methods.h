#pragma once

#include "core/job/engine_interface.h"
#include "engine/model_store.h"
#include "engine/session.h"

#include <functional>
#include <string_view>

namespace assay {

/// What the methods work on.
struct SessionContext {
    Engine& engine;
    ModelStore& models;
    const SessionFacts& facts;
    /// Cancels the request of that id; whether it was found.
    std::function<bool(const Json& id)> cancel;
};

/// One request while it is answered.
struct Call {
    StopToken stop;
    /// Sends a notification; `request` is added to its params.
    std::function<void(const char* method, Json params)> notify;
};

using MethodTask = std::function<Result<Json>(Call&)>;

/// Immediate methods run on the reading thread and must not wait; light ones on a thread for what
/// needs no arithmetic; compute ones one after another on the compute thread.
enum class Lane { Immediate, Light, Compute };

struct Method {
    std::string_view name;
    Lane lane;
    /// Reads the params, reporting what is wrong with them, and returns what is to be done.
    MethodTask (*prepare)(SessionContext&, JsonReader&);
};

const Method* findMethod(std::string_view name);

// session_text_methods.cpp
MethodTask prepareTokenize(SessionContext&, JsonReader&);
MethodTask preparePieces(SessionContext&, JsonReader&);
MethodTask prepareScore(SessionContext&, JsonReader&);
MethodTask prepareGenerate(SessionContext&, JsonReader&);
// session_compare_methods.cpp
MethodTask prepareCompare(SessionContext&, JsonReader&);
MethodTask prepareCompareText(SessionContext&, JsonReader&);
MethodTask prepareCompareCase(SessionContext&, JsonReader&);
MethodTask prepareAnswerBoth(SessionContext&, JsonReader&);
// session_why_methods.cpp
MethodTask prepareForced(SessionContext&, JsonReader&);
MethodTask prepareOnset(SessionContext&, JsonReader&);
MethodTask prepareJsonBreak(SessionContext&, JsonReader&);

} // namespace assay
