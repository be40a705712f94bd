#pragma once

#include "core/base/result.h"

#include <c10/core/InferenceMode.h>
#include <c10/util/Exception.h>

#include <new>
#include <string>

namespace assay {

/// libtorch throws; expected failures are results. Out of memory has a code of its own.
template <class Body> auto guarded(const char* what, Body&& body) -> decltype(body()) {
    try {
        c10::InferenceMode mode; // no version counters, no graph
        return body();
    } catch (const std::bad_alloc&) {
        return fail("memory.exhausted", {{"what", what}});
    } catch (const c10::Error& e) {
        const std::string text = e.what_without_backtrace();
        if (text.find("alloc") != std::string::npos)
            return fail("memory.exhausted", {{"what", what}});
        return fail("internal", {{"what", text}});
    } catch (const std::exception& e) {
        return fail("internal", {{"what", e.what()}});
    }
}

} // namespace assay
