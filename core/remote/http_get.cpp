#include "core/remote/http_get.h"

#include <httplib.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

namespace assay {

namespace {

struct Url {
    std::string scheme;
    std::string authority; ///< host and port
    std::string target; ///< path and query
    std::string origin() const { return scheme + "://" + authority; }
    std::string host() const {
        const bool six = authority.starts_with('[');
        const std::size_t end = six ? authority.find(']') : authority.find(':');
        return authority.substr(0, six && end != std::string::npos ? end + 1 : end);
    }
};

std::optional<Url> parseUrl(const std::string& text) {
    const std::size_t colon = text.find("://");
    if (colon == std::string::npos)
        return std::nullopt;
    Url url;
    url.scheme = text.substr(0, colon);
    const std::size_t begin = colon + 3;
    const std::size_t path = std::min(text.find_first_of("/?", begin), text.size());
    url.authority = text.substr(begin, path - begin);
    url.target = text.substr(path);
    if (!url.target.starts_with('/'))
        url.target = "/" + url.target;
    if ((url.scheme != "http" && url.scheme != "https") || url.authority.empty()
        || url.authority.find('@') != std::string::npos)
        return std::nullopt;
    return url;
}

std::string environment(const char* lower, const char* upper) {
    for (const char* name : {lower, upper})
        if (const char* value = std::getenv(name); value && *value)
            return value;
    return {};
}

bool isLoopback(const std::string& host) {
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

/// Whether no_proxy lists the host or a domain that it is in.
bool goesDirect(const std::string& host) {
    if (isLoopback(host))
        return true;
    std::string list = environment("no_proxy", "NO_PROXY");
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        std::string one = list.substr(0, comma);
        list.erase(0, comma + 1);
        std::erase(one, ' ');
        if (one.starts_with('.'))
            one.erase(0, 1);
        if (one == "*" || (!one.empty() && (host == one || host.ends_with("." + one))))
            return true;
    }
    return false;
}

void useProxy(httplib::Client& client, const Url& url) {
    const std::string text = url.scheme == "https" ? environment("https_proxy", "HTTPS_PROXY")
                                                   : environment("http_proxy", "HTTP_PROXY");
    if (text.empty() || goesDirect(url.host()))
        return;
    const auto proxy = parseUrl(text.find("://") == std::string::npos ? "http://" + text : text);
    if (!proxy)
        return;
    const std::string& authority = proxy->authority;
    const std::size_t colon = authority.rfind(':');
    const int port = colon == std::string::npos ? 80 : std::atoi(authority.c_str() + colon + 1);
    client.set_proxy(authority.substr(0, colon), port);
}

tl::unexpected<Error> failed(const Url& url, const std::string& reason) {
    return fail("http.failed", {{"host", url.authority}, {"reason", reason}});
}

/// What one request gave, before redirections are looked at.
struct Exchange {
    HttpReply reply;
    std::optional<Error> bodyError;
    bool ended = false; ///< on purpose, by the caller
};

Result<Exchange> exchange(const Url& url, const HttpRequest& request, const std::string& token,
    const HttpHeadFunction& onHead, const HttpBodyFunction& onBody, StopToken stop) {
    httplib::Client client(url.origin());
    if (!client.is_valid())
        return failed(url, "the address cannot be used");
    client.set_connection_timeout(std::min(request.timeoutSeconds, 30));
    client.set_read_timeout(request.timeoutSeconds);
    client.set_keep_alive(false);
    client.set_follow_location(false);
    useProxy(client, url);
    httplib::Headers headers
        = {{"User-Agent", "assay/" ASSAY_VERSION}, {"Accept-Encoding", "identity"}};
    if (!token.empty())
        headers.emplace("Authorization", "Bearer " + token);
    if (request.resumeAt > 0)
        headers.emplace("Range", "bytes=" + std::to_string(request.resumeAt) + "-");
    Exchange result;
    const auto head = [&](const httplib::Response& response) {
        result.reply.status = response.status;
        for (const auto& [name, value] : response.headers) {
            std::string lower = name;
            std::ranges::transform(lower, lower.begin(),
                [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
            result.reply.headers[lower] = value;
        }
        if (response.status < 300 && onHead && !onHead(result.reply))
            result.ended = true;
        return !result.ended && !stop.stop_requested();
    };
    const auto body = [&](const char* data, std::size_t size) {
        if (stop.stop_requested())
            return false;
        if (result.reply.status >= 300 || !onBody)
            return true;
        if (auto done = onBody({data, size}); !done) {
            result.bodyError = done.error();
            return false;
        }
        return true;
    };
    const auto answer = client.Get(url.target, headers, head, body);
    if (stop.stop_requested())
        return fail("cancelled");
    if (result.bodyError)
        return fail(*result.bodyError);
    if (!answer && !result.ended)
        return failed(url, httplib::to_string(answer.error()));
    return result;
}

} // namespace

std::string HttpReply::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

Result<HttpReply> httpGet(const HttpRequest& request, const HttpHeadFunction& onHead,
    const HttpBodyFunction& onBody, StopToken stop) {
    auto url = parseUrl(request.url);
    if (!url)
        return fail("http.address", {{"url", request.url}});
    const std::string firstHost = url->host();
    // A token in clear text could be read on the way.
    const bool safe = url->scheme == "https" || isLoopback(firstHost);
    std::map<std::string, std::string> headers;
    constexpr int mostRedirections = 5;
    for (int i = 0; i <= mostRedirections; ++i) {
        const bool same = url->host() == firstHost && safe;
        auto answer
            = exchange(*url, request, same ? request.token : std::string(), onHead, onBody, stop);
        if (!answer)
            return forward(answer);
        for (auto& [name, value] : answer->reply.headers)
            headers[name] = value;
        const int status = answer->reply.status;
        const std::string place = answer->reply.header("location");
        if (status < 300 || status >= 400 || place.empty()) {
            answer->reply.headers = std::move(headers);
            return std::move(answer->reply);
        }
        const auto next = parseUrl(place.starts_with("/") ? url->origin() + place : place);
        if (!next || (url->scheme == "https" && next->scheme != "https"))
            return failed(*url, "it leads to " + place);
        url = next;
    }
    return failed(*url, "it leads from one place to another without end");
}

} // namespace assay
