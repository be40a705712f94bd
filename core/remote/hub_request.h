#pragma once

#include "core/remote/http_get.h"
#include "core/remote/hub_download.h"

namespace assay {

/// Everything but letters, digits, -_.~ and slashes as %XX.
std::string urlEncoded(std::string_view text);
/// What a status of 400 and above means here.
tl::unexpected<Error> hubRefusal(const HttpReply& reply, const std::string& repository);
/// Asks again after a broken connection, 429 and 5xx.
Result<HttpReply> withRetries(
    const HubEndpoint& endpoint, StopToken stop, const std::function<Result<HttpReply>()>& request);

} // namespace assay
