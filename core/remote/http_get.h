#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// One GET request. `token` goes as "Authorization: Bearer" to the first host only: a redirection
/// to another host, such as that of the stored bytes, must not carry it.
struct HttpRequest {
    std::string url;
    std::string token;
    std::int64_t resumeAt = 0; ///< above 0: "Range: bytes=N-"
    int timeoutSeconds = 60; ///< without any byte
};

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers; ///< of all answers on the way; names in lower case
    std::string header(const std::string& name) const;
};

/// Called once before the body, with the reply's head; false ends the request there.
using HttpHeadFunction = std::function<bool(const HttpReply&)>;
/// Called with pieces of the body; an error ends the request and is returned.
using HttpBodyFunction = std::function<Result<void>(std::string_view)>;

/// Follows up to five redirections (never from https to http). Statuses of 400 and above are
/// replies, not errors; http.failed where no reply comes. The body of a reply of 300 and above is
/// not handed on. Proxies are those of https_proxy, http_proxy and no_proxy.
Result<HttpReply> httpGet(const HttpRequest& request, const HttpHeadFunction& onHead,
    const HttpBodyFunction& onBody, StopToken stop);

} // namespace assay
