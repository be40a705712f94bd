#include "tests/support/fake_engine.h"

#include "core/base/error_json.h"
#include "core/base/hash.h"
#include "core/base/utf8.h"

#include <cmath>
#include <cstdio>
#include <iostream>

namespace assay::test {

namespace {

void say(const Json& message) {
    const std::string line = dumpJson(message) + "\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

void answer(const Json& id, Json result) {
    say({{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}});
}

void refuse(const Json& id, const Error& error) {
    say({{"jsonrpc", "2.0"}, {"id", id},
        {"error", {{"code", -32000}, {"message", message(error)}, {"data", errorToJson(error)}}}});
}

struct Rendered {
    std::string text;
    Json spans = Json::array();
};

Rendered render(const Json& params) {
    Rendered out;
    if (params.contains("text")) {
        out.text = params["text"].get<std::string>();
        return out;
    }
    int number = 0;
    for (const Json& message : params["messages"]) {
        const auto add = [&](const std::string& text, bool answers) {
            const std::size_t begin = out.text.size();
            out.text += text;
            out.spans.push_back({{"begin", begin}, {"end", out.text.size()}, {"message", number},
                {"answer", answers}, {"control", false}});
        };
        const std::string role = message["role"].get<std::string>();
        add(message["content"].get<std::string>(), role == "assistant");
        add("\n", false);
        ++number;
    }
    return out;
}

/// Words with their leading blank; a CJK character is three tokens of one byte each, as byte
/// fallback gives.
std::vector<std::pair<std::size_t, std::size_t>> split(const std::string& text) {
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length
            = std::max<std::size_t>(1, utf8SequenceLength(std::string_view(text).substr(i)));
        if (length > 1) {
            if (i > begin)
                ranges.emplace_back(begin, i);
            for (std::size_t byte = i; byte < i + length; ++byte)
                ranges.emplace_back(byte, byte + 1);
            begin = i + length;
        } else if ((text[i] == ' ' || text[i] == '\n') && i > begin) {
            ranges.emplace_back(begin, i);
            begin = i;
        }
        // What a template puts between turns is a token of its own, as real engines have it.
        if (length == 1 && text[i] == '\n') {
            ranges.emplace_back(begin, i + 1);
            begin = i + 1;
        }
        i += length;
    }
    if (begin < text.size())
        ranges.emplace_back(begin, text.size());
    return ranges;
}

int idOf(std::string_view piece) {
    return int(hash64(piece) % 30000) + 3;
}

void score(const Json& id, const Json& params, bool tooFew) {
    const Rendered rendered = render(params);
    const auto ranges = split(rendered.text);
    const int top = params.value("top", 0);
    Json ids = Json::array();
    Json pieces = Json::array();
    Json offsets = Json::array();
    Json hex = Json::array();
    const std::size_t count = ranges.size() - (tooFew && !ranges.empty() ? 1 : 0);
    constexpr std::size_t blockSize = 256;
    for (std::size_t first = 0; first < count; first += blockSize) {
        Json block = {{"request", id}, {"first", first}};
        for (const char* key : {"logprob", "rank", "entropy", "varentropy", "margin", "top"})
            block[key] = Json::array();
        for (std::size_t i = first; i < std::min(count, first + blockSize); ++i) {
            const auto [begin, end] = ranges[i];
            const std::string piece = rendered.text.substr(begin, end - begin);
            if (i == 0) {
                for (const char* key :
                    {"logprob", "rank", "entropy", "varentropy", "margin", "top"})
                    block[key].push_back(nullptr);
                continue;
            }
            const double surprisal = double(hash64(piece, i) % 1000) / 100; // 0 to 9.99 nats
            const int rank = surprisal < 1 ? 1 : int(std::exp(surprisal));
            block["logprob"].push_back(-surprisal);
            block["rank"].push_back(rank);
            block["entropy"].push_back(surprisal / 2 + 0.5);
            block["varentropy"].push_back(0.4);
            block["margin"].push_back(rank == 1 ? 1.0 : -surprisal);
            Json best = Json::array();
            for (int k = 0; k < top; ++k)
                best.push_back({rank == k + 1 ? idOf(piece) : 100 + k, -0.7 - 0.6 * k});
            block["top"].push_back(std::move(best));
        }
        say({{"jsonrpc", "2.0"}, {"method", "text.score.block"}, {"params", std::move(block)}});
    }
    for (const auto& [begin, end] : ranges) {
        const std::string bytes = rendered.text.substr(begin, end - begin);
        const bool whole = isValidUtf8(bytes);
        ids.push_back(idOf(bytes));
        pieces.push_back(whole ? bytes : "<0x" + toHex(bytes) + ">");
        offsets.push_back({begin, end});
        hex.push_back(whole ? Json() : Json(toHex(bytes)));
    }
    answer(id,
        {{"text", rendered.text}, {"ids", ids}, {"pieces", pieces}, {"bytes_hex", hex},
            {"byte_offsets", offsets}, {"spans", rendered.spans}, {"count", ranges.size()},
            {"provenance", Json::object()}});
}

/// Says "alpha beta gamma ..", a word a token, with two alternatives each; the first Chinese
/// character comes as three tokens of one byte.
Json generatedToken(const Json& id, int number) {
    static const char* const words[]
        = {" alpha", "\xe4", "\xb8", "\xad", " beta", " gamma", " delta"};
    const std::string bytes = words[number % 7];
    return {{"request", id}, {"id", idOf(bytes)}, {"text", ""}, {"logprob", -0.25 - number},
        {"rank", 1}, {"entropy", 0.5}, {"varentropy", 0.3}, {"margin", 1.0},
        {"top", {{idOf(bytes), -0.25 - number}, {77, -3.0}}}, {"piece", bytes},
        {"bytes_hex", toHex(bytes)}};
}

void generate(const Json& id, const Json& params, bool endless) {
    const int count = endless ? 3 : params.value("max_new", 4);
    Json ids = Json::array();
    for (int i = 0; i < count; ++i) {
        Json token = generatedToken(id, i);
        ids.push_back(token["id"]);
        say({{"jsonrpc", "2.0"}, {"method", "text.generate.token"}, {"params", std::move(token)}});
    }
    if (!endless)
        answer(id,
            {{"ids", ids}, {"text", ""}, {"ended", "length"}, {"end_id", nullptr},
                {"provenance", Json::object()}});
}

void tokenize(const Json& id, const Json& params) {
    const std::string text = params["text"].get<std::string>();
    Json ids = Json::array();
    Json pieces = Json::array();
    Json offsets = Json::array();
    for (const auto& [begin, end] : split(text)) {
        const std::string bytes = text.substr(begin, end - begin);
        ids.push_back(idOf(bytes));
        pieces.push_back(isValidUtf8(bytes) ? bytes : "<0x" + toHex(bytes) + ">");
        offsets.push_back({begin, end});
    }
    answer(id,
        {{"ids", ids}, {"pieces", pieces}, {"byte_offsets", offsets},
            {"natural", text.empty() || text[0] == ' '}});
}

/// Scores of given ids, whose spelling this engine does not know.
void scoreIds(const Json& id, const Json& params) {
    const Json& ids = params["ids"];
    Json block = {{"request", id}, {"first", 0}};
    Json offsets = Json::array();
    Json pieces = Json::array();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const double surprisal = 1.5 + double(i % 4);
        block["logprob"].push_back(i == 0 ? Json() : Json(-surprisal));
        block["rank"].push_back(i == 0 ? Json() : Json(3));
        block["entropy"].push_back(i == 0 ? Json() : Json(1.0));
        block["varentropy"].push_back(i == 0 ? Json() : Json(0.5));
        block["margin"].push_back(i == 0 ? Json() : Json(-1.0));
        block["top"].push_back(
            i == 0 ? Json() : Json({{55, -0.5}, {56, -1.2}, {ids[i], -surprisal}}));
        offsets.push_back({0, 0});
        pieces.push_back("?");
    }
    say({{"jsonrpc", "2.0"}, {"method", "text.score.block"}, {"params", std::move(block)}});
    answer(id,
        {{"text", ""}, {"ids", ids}, {"pieces", pieces}, {"bytes_hex", Json::array()},
            {"byte_offsets", offsets}, {"count", ids.size()}, {"provenance", Json::object()}});
}

} // namespace

int runFakeEngine(const std::string& scenario) {
    if (scenario == "greets")
        std::puts("Welcome to this machine");
    std::fputs("fake engine: ready\n", stderr);
    Json waiting;
    int models = 0;
    for (std::string line; std::getline(std::cin, line);) {
        const auto request = parseJson(line, "stdin");
        if (!request || scenario == "mute")
            continue;
        const Json id = (*request)["id"];
        const std::string method = (*request)["method"].get<std::string>();
        const Json params = request->value("params", Json::object());
        if (method == "hello") {
            answer(
                id, {{"protocol", scenario == "old" ? 0 : 1}, {"engine", "fake"}, {"threads", 2}});
        } else if (method == "model.load") {
            if (scenario == "refuses")
                refuse(id,
                    Error("file.missing",
                        {{"path", params.value("path", std::string()) + "/config.json"}}));
            else
                answer(id,
                    {{"model", "m" + std::to_string(++models)},
                        {"info", {{"path", params.value("path", std::string())}}}});
        } else if (method == "text.score") {
            if (scenario == "dies") {
                std::fputs("fake engine: out of memory\n", stderr);
                return 9;
            }
            if (scenario == "garbles")
                std::puts("{\"jsonrpc\": \"2.0\", \"id");
            if (scenario == "garbles")
                std::fflush(stdout);
            if (scenario == "no_template" && params.contains("messages")
                && !params.contains("template"))
                refuse(id, Error("analysis.no_template", {{"path", "model"}}));
            else if (scenario == "slow")
                waiting = id;
            else if (params.contains("ids"))
                scoreIds(id, params);
            else
                score(id, params, scenario == "short");
        } else if (method == "text.pieces") {
            Json pieces = Json::array();
            Json hex = Json::array();
            for (const Json& piece : params["ids"]) {
                pieces.push_back(" word" + std::to_string(piece.get<int>()));
                hex.push_back(toHex(pieces.back().get<std::string>()));
            }
            answer(id, {{"pieces", pieces}, {"bytes_hex", hex}});
        } else if (method == "text.generate") {
            generate(id, params, scenario == "endless");
            if (scenario == "endless")
                waiting = id;
        } else if (method == "text.tokenize") {
            tokenize(id, params);
        } else if (method == "request.cancel") {
            const bool found = params.value("request", Json()) == waiting;
            answer(id, {{"cancelled", found}});
            if (found)
                refuse(waiting, Error("cancelled"));
            waiting = Json();
        } else {
            answer(id, Json::object());
        }
    }
    return 0;
}

} // namespace assay::test
