#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace assay {

/// The value, or why there is none. Expected failures are returned, never thrown.
template <class T> using Result = tl::expected<T, Error>;

/// `return fail("file.missing", {{"path", path}});`
inline tl::unexpected<Error> fail(std::string code,
    std::vector<std::pair<std::string, std::string>> arguments = {}, std::string where = {}) {
    return tl::unexpected<Error>(Error(std::move(code), std::move(arguments), std::move(where)));
}
inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

/// Hands an error on: `if (!value) return forward(value);`
template <class T> tl::unexpected<Error> forward(Result<T>& result) {
    return tl::unexpected<Error>(std::move(result.error()));
}

} // namespace assay
