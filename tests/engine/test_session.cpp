#include "engine/session.h"

#include "core/base/json.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>
#include <set>
#include <thread>
#include <unistd.h>

using namespace assay;
using namespace assay::test;

namespace {

/// Loads fakes by name: "slow" takes its time, "broken" fails, "throws" breaks the contract.
class FakeEngine : public Engine {
public:
    std::atomic<int> loads{0};

    Result<std::shared_ptr<ModelUnderTest>> loadModel(
        const std::filesystem::path& folder, const LoadOptions& options, StopToken) override {
        ++loads;
        const std::string name = folder.filename().string();
        if (name == "broken")
            return fail("file.missing", {{"path", folder.string()}}, "config.json");
        if (name == "throws")
            throw std::runtime_error("a library threw");
        FakeModelOptions fake;
        fake.name = folder.string();
        fake.seed = std::hash<std::string>()(name);
        fake.tokenizer = std::make_shared<FakeTokenizer>(std::vector<std::string>{"Tokyo", " is"});
        if (options.templateName.empty())
            fake.chatTemplate = fakeTemplate();
        if (name == "ids")
            fake.tokenizer = nullptr;
        if (name == "small")
            fake.maxPositions = 40;
        if (name == "slow")
            fake.delay = std::chrono::milliseconds(5);
        if (name == "answers")
            fake.teach = continueWith(fake.tokenizer, "bot: ",
                "Tok\xc3\xbd"
                "o is.\n");
        return std::make_shared<FakeModel>(fake);
    }
    Result<MergeReport> merge(const std::filesystem::path&, const std::filesystem::path&,
        const std::filesystem::path&, StopToken) override {
        return MergeReport();
    }
    Result<void> runJob(const std::filesystem::path&, StopToken) override { return {}; }
    int serve(int input, int output) override { return runSession(*this, input, output); }
    Result<Json> bench(const std::string&) override { return Json(); }
};

/// A session on a thread of its own, spoken to through pipes.
class Peer {
public:
    explicit Peer(SessionFacts facts = {}) {
        if (::pipe(m_in) != 0 || ::pipe(m_out) != 0)
            qFatal("no pipe");
        m_session = std::thread([this, facts] {
            status = runSession(engine, m_in[0], m_out[1], facts);
            ::close(m_out[1]);
        });
    }
    ~Peer() { end(); }

    void end() {
        if (!m_session.joinable())
            return;
        ::close(m_in[1]);
        while (!readLine().empty()) { }
        m_session.join();
        ::close(m_in[0]);
        ::close(m_out[0]);
    }

    void send(const std::string& line) {
        const std::string whole = line + "\n";
        for (std::size_t at = 0; at < whole.size();) {
            const ssize_t count = ::write(m_in[1], whole.data() + at, whole.size() - at);
            if (count <= 0)
                qFatal("the session does not read");
            at += std::size_t(count);
        }
    }
    void request(const Json& id, const std::string& method, const Json& params = Json::object()) {
        send(dumpJson({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}}));
    }
    /// The next message, notifications included.
    Json next() {
        const std::string line = readLine();
        const auto json = parseJson(line, "reply");
        if (!json)
            qFatal("not JSON: %s", line.c_str());
        return *json;
    }
    /// The answer to a request. Notifications that come before it are kept; answers to others,
    /// which may overtake it, wait until they are asked for.
    Json answer(const Json& id) {
        notifications.clear();
        for (;;) {
            const auto waiting
                = std::ranges::find(m_answers, id, [](const Json& m) { return m["id"]; });
            if (waiting != m_answers.end()) {
                const Json message = *waiting;
                m_answers.erase(waiting);
                return message;
            }
            Json message = next();
            (message.contains("id") ? m_answers : notifications).push_back(message);
        }
    }
    Json ask(const std::string& method, const Json& params = Json::object()) {
        const int id = m_nextId++;
        request(id, method, params);
        return answer(id);
    }
    void greet() {
        QVERIFY(ask("hello", {{"protocol", 1}, {"client", "test"}}).contains("result"));
    }
    std::string load(const std::string& name, const Json& more = Json::object()) {
        Json params = {{"path", "/fake/" + name}};
        params.update(more);
        const Json reply = ask("model.load", params);
        return reply.contains("result") ? reply["result"]["model"].get<std::string>()
                                        : std::string();
    }

    FakeEngine engine;
    std::vector<Json> notifications;
    int status = -1;

private:
    std::string readLine() {
        for (;;) {
            const std::size_t newline = m_buffer.find('\n');
            if (newline != std::string::npos) {
                const std::string line = m_buffer.substr(0, newline);
                m_buffer.erase(0, newline + 1);
                return line;
            }
            char bytes[4096];
            const ssize_t count = ::read(m_out[0], bytes, sizeof bytes);
            if (count <= 0)
                return {};
            m_buffer.append(bytes, std::size_t(count));
        }
    }

    int m_in[2];
    int m_out[2];
    std::thread m_session;
    std::string m_buffer;
    std::vector<Json> m_answers;
    int m_nextId = 100;
};

std::string catalogueCode(const Json& reply) {
    return reply.contains("error") ? reply["error"]["data"]["code"].get<std::string>()
                                   : std::string();
}
int rpcCode(const Json& reply) {
    return reply.contains("error") ? reply["error"]["code"].get<int>() : 0;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void helloComesFirst() {
        Peer peer;
        QCOMPARE(catalogueCode(peer.ask("model.list")), std::string("session.hello_first"));
        QCOMPARE(
            catalogueCode(peer.ask("hello", {{"protocol", 99}})), std::string("session.protocol"));
        QCOMPARE(catalogueCode(peer.ask("model.list")), std::string("session.hello_first"));
        const Json hello = peer.ask("hello", {{"protocol", 1}, {"client", "test"}});
        QCOMPARE(hello["result"]["protocol"].get<int>(), 1);
        QVERIFY(hello["result"]["threads"].get<int>() > 0);
        QCOMPARE(hello["result"]["devices"], Json::array({"cpu"}));
        QVERIFY(hello["result"]["templates"].size() >= 4);
        QVERIFY(peer.ask("model.list")["result"]["models"].empty());
        peer.end();
        QCOMPARE(peer.status, 0);
    }

    void malformedLinesGetAnErrorAndTheSessionGoesOn_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("code");
        QTest::newRow("no JSON") << QByteArray("nonsense") << -32700;
        QTest::newRow("half an object") << QByteArray("{\"jsonrpc\":\"2.0\",") << -32700;
        QTest::newRow("not UTF-8")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}") << -32700;
        QTest::newRow("a list") << QByteArray("[]") << -32600;
        QTest::newRow("a number") << QByteArray("17") << -32600;
        QTest::newRow("no version") << QByteArray("{\"id\":1,\"method\":\"model.list\"}") << -32600;
        QTest::newRow("method is a number")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}") << -32600;
        QTest::newRow("id is an object")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"model.list\"}") << -32600;
        QTest::newRow("params are a list")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.list\",\"params\":[1]}")
            << -32600;
        QTest::newRow("unknown method")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.sing\"}") << -32601;
        QTest::newRow("missing param")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.load\"}") << -32602;
        QTest::newRow("unknown param") << QByteArray(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.list\",\"params\":{\"x\":1}}")
                                       << -32602;
        QTest::newRow("wrong type") << QByteArray(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.load\",\"params\":{\"path\":5}}")
                                    << -32602;
        QTest::newRow("unknown dtype") << QByteArray(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.load\",\"params\":{\"path\":\"/"
            "x\",\"dtype\":\"f8\"}}") << -32602;
        QTest::newRow("text and ids")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"text.score\",\"params\":{"
                          "\"model\":\"m1\",\"text\":\"\",\"ids\":[]}}")
            << -32602;
        QTest::newRow("negative id") << QByteArray(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"text.score\",\"params\":{\"model\":\"m1\","
            "\"ids\":[1,-2]}}") << -32602;
        QTest::newRow("top-p of zero")
            << QByteArray("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"text.generate\",\"params\":{"
                          "\"model\":\"m1\",\"prompt\":\"a\",\"top_p\":0}}")
            << -32602;
        QTest::newRow("bad priority") << QByteArray(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"model.list\",\"params\":{\"priority\":"
            "\"later\"}}") << -32602;
        QTest::newRow("deep nesting") << (QByteArray(200000, '[')) << -32700;
        QTest::newRow("deep nesting, closed")
            << (QByteArray(100000, '[') + QByteArray(100000, ']')) << -32700;
    }
    void malformedLinesGetAnErrorAndTheSessionGoesOn() {
        QFETCH(QByteArray, line);
        QFETCH(int, code);
        Peer peer;
        peer.greet();
        peer.send(line.toStdString());
        const Json reply = peer.next();
        QCOMPARE(rpcCode(reply), code);
        QVERIFY(!reply["error"]["message"].get<std::string>().empty());
        QVERIFY(!reply["error"]["data"]["remedy"].get<std::string>().empty());
        QVERIFY(peer.ask("model.list").contains("result"));
    }

    void aLineThatIsTooLongIsRefusedWhole() {
        SessionFacts facts;
        facts.lineLimit = 4096;
        Peer peer(facts);
        peer.greet();
        peer.send(std::string(100000, 'x'));
        const Json reply = peer.next();
        QCOMPARE(rpcCode(reply), -32700);
        QVERIFY(reply["id"].is_null());
        QCOMPARE(catalogueCode(reply), std::string("session.line_too_long"));
        QVERIFY(peer.ask("model.list").contains("result"));
    }

    void anAnswerThatIsTooLongIsAnError() {
        SessionFacts facts;
        facts.lineLimit = 4096;
        Peer peer(facts);
        peer.greet();
        const std::string model = peer.load("a");
        const Json reply
            = peer.ask("text.tokenize", {{"model", model}, {"text", std::string(2000, 'x')}});
        QCOMPARE(catalogueCode(reply), std::string("session.reply_too_long"));
    }

    void engineErrorsKeepCodeArgumentsAndPlace() {
        Peer peer;
        peer.greet();
        const Json reply = peer.ask("model.load", {{"path", "/fake/broken"}});
        QCOMPARE(rpcCode(reply), -32000);
        const Json& data = reply["error"]["data"];
        QCOMPARE(data["code"], Json("file.missing"));
        QCOMPARE(data["arguments"]["path"], Json("/fake/broken"));
        QCOMPARE(data["where"], Json("config.json"));
        QCOMPARE(catalogueCode(peer.ask("model.load", {{"path", "/fake/throws"}})),
            std::string("internal"));
        QCOMPARE(catalogueCode(peer.ask("text.score", {{"model", "m9"}, {"ids", {1, 2}}})),
            std::string("session.unknown_model"));
        QCOMPARE(catalogueCode(peer.ask("model.unload", {{"model", "m9"}})),
            std::string("session.unknown_model"));
    }

    void twoModelsAreLoadedAtOnceAndTheSameOneOnlyOnce() {
        Peer peer;
        peer.greet();
        const std::string base = peer.load("base");
        const std::string tuned = peer.load("tuned");
        QVERIFY(!base.empty() && !tuned.empty() && base != tuned);
        QCOMPARE(peer.load("base"), base);
        QCOMPARE(peer.engine.loads.load(), 2);
        QVERIFY(peer.load("base", {{"dtype", "bf16"}}) != base);
        QCOMPARE(peer.ask("model.list")["result"]["models"].size(), std::size_t(3));
        // Loaded twice, so the first unload leaves it.
        QVERIFY(peer.ask("model.unload", {{"model", base}}).contains("result"));
        QVERIFY(peer.ask("text.tokenize", {{"model", base}, {"text", "a"}}).contains("result"));
        QVERIFY(peer.ask("model.unload", {{"model", base}}).contains("result"));
        QCOMPARE(catalogueCode(peer.ask("text.tokenize", {{"model", base}, {"text", "a"}})),
            std::string("session.unknown_model"));
    }

    void scoresStreamInBlocksThatMakeUpTheWhole() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        std::string text;
        for (int i = 0; i < 130; ++i)
            text += "The caf\xc3\xa9. ";
        const Json reply = peer.ask("text.score", {{"model", model}, {"text", text}, {"top", 3}});
        QVERIFY(reply.contains("result"));
        const Json& result = reply["result"];
        const std::size_t count = result["count"].get<std::size_t>();
        QCOMPARE(result["ids"].size(), count);
        QCOMPARE(result["ids"][0].get<int>(), 1); // BOS
        QCOMPARE(result["byte_offsets"][0], Json::array({0, 0}));
        QCOMPARE(result["text"].get<std::string>(), text);
        QVERIFY(!result.contains("logprob"));
        QCOMPARE(result["provenance"]["model"]["family"], Json("fake"));
        std::size_t at = 0;
        int blocks = 0;
        for (const Json& message : peer.notifications) {
            QCOMPARE(message["method"], Json("text.score.block"));
            const Json& block = message["params"];
            QCOMPARE(block["request"], reply["id"]);
            QCOMPARE(block["first"].get<std::size_t>(), at);
            const std::size_t size = block["logprob"].size();
            QVERIFY(size <= 256);
            for (const char* key : {"rank", "entropy", "varentropy", "margin", "top"})
                QCOMPARE(block[key].size(), size);
            QCOMPARE(block["logprob"][0].is_null(), at == 0);
            if (at > 0)
                QCOMPARE(block["top"][0].size(), std::size_t(3));
            at += size;
            ++blocks;
        }
        QCOMPARE(at, count);
        QVERIFY(blocks >= 5);
        // A text of one token has a block of one null.
        const Json one = peer.ask("text.score", {{"model", model}, {"ids", {7}}});
        QCOMPARE(peer.notifications.size(), std::size_t(1));
        QCOMPARE(peer.notifications[0]["params"]["logprob"], Json::array({nullptr}));
        QCOMPARE(one["result"]["count"].get<int>(), 1);
    }

    void messagesAreScoredThroughTheTemplate() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        const Json messages = Json::parse(
            R"([{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}])");
        const Json reply = peer.ask("text.score", {{"model", model}, {"messages", messages}});
        QCOMPARE(reply["result"]["text"], Json("user: Hi\nbot: Ho\n"));
        QCOMPARE(reply["result"]["provenance"]["template"]["name"], Json("lines"));
        const Json& spans = reply["result"]["spans"];
        QCOMPARE(spans[4]["begin"].get<int>(), 14);
        QCOMPARE(spans[4]["end"].get<int>(), 16);
        QCOMPARE(spans[4]["answer"], Json(true));
        // A model without template says what to do.
        const std::string plain = peer.load("b", {{"template", "none"}});
        QCOMPARE(catalogueCode(peer.ask("text.score", {{"model", plain}, {"messages", messages}})),
            std::string("analysis.no_template"));
        const std::string ids = peer.load("ids");
        QCOMPARE(catalogueCode(peer.ask("text.score", {{"model", ids}, {"text", "a"}})),
            std::string("analysis.no_tokenizer"));
    }

    void aModelIsAskedInTheFormOfAnother() {
        Peer peer;
        peer.greet();
        const Json messages = Json::parse("[{\"role\":\"user\",\"content\":\"Hi\"}]");
        const std::string bare = peer.load("b", {{"template", "none"}});
        const std::string own = peer.load("a");
        const Json scored = peer.ask(
            "text.score", {{"model", bare}, {"messages", messages}, {"template_of", own}});
        QCOMPARE(scored["result"]["text"], Json("user: Hi\n"));
        QCOMPARE(scored["result"]["provenance"]["template"]["name"], Json("lines"));
        const Json said = peer.ask("text.generate",
            {{"model", bare}, {"messages", messages}, {"template_of", own}, {"max_new", 2}});
        QCOMPARE(said["result"]["prompt"]["text"], Json("user: Hi\nbot: "));
        QVERIFY(peer.ask("text.score",
                        {{"model", bare}, {"messages", messages}, {"template_of", "m99"}})
                    .contains("error"));
        // A comparison takes the tuned model's, whatever its name.
        const Json compared = peer.ask("analysis.compare",
            {{"base", bare}, {"tuned", own}, {"messages", messages}, {"max_new", 2}});
        QVERIFY2(compared.contains("result"), dumpJson(compared).c_str());
        QCOMPARE(compared["result"]["prompt"]["text"], Json("user: Hi\nbot: "));
    }

    void piecesOfIdsAreThoseOfTheirTokens() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        // "é" is two tokens of one byte here, neither of them text by itself.
        const Json tokens
            = peer.ask("text.tokenize", {{"model", model}, {"text", "Tokyo is\xc3\xa9"}})["result"];
        const Json named
            = peer.ask("text.pieces", {{"model", model}, {"ids", tokens["ids"]}})["result"];
        QCOMPARE(named["pieces"], tokens["pieces"]);
        QCOMPARE(named["bytes_hex"], tokens["bytes_hex"]);
        QCOMPARE(named["bytes_hex"].back(), Json("a9"));
        const Json beyond
            = peer.ask("text.pieces", {{"model", model}, {"ids", {-1, 1 << 20}}})["result"];
        QCOMPARE(beyond["pieces"], Json::array({nullptr, nullptr}));
        QCOMPARE(rpcCode(peer.ask("text.pieces", {{"model", model}, {"ids", {"a"}}})), -32602);
        QCOMPARE(
            catalogueCode(peer.ask("text.pieces", {{"model", peer.load("ids")}, {"ids", {1}}})),
            std::string("analysis.no_tokenizer"));
    }

    void generationStreamsWholeCharactersUpToTheStopString() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("answers");
        const Json messages = Json::parse(R"([{"role":"user","content":"Where?"}])");
        const Json reply = peer.ask("text.generate",
            {{"model", model}, {"messages", messages}, {"max_new", 50}, {"logprobs", 2}});
        QVERIFY(reply.contains("result"));
        QCOMPARE(reply["result"]["text"],
            Json("Tok\xc3\xbd"
                 "o is."));
        QCOMPARE(reply["result"]["ended"], Json("stop_string"));
        QCOMPARE(reply["result"]["top"][0].size(), std::size_t(2));
        std::string streamed;
        Json ids = Json::array();
        for (const Json& message : peer.notifications) {
            QCOMPARE(message["method"], Json("text.generate.token"));
            streamed += message["params"]["text"].get<std::string>();
            ids.push_back(message["params"]["id"]);
            QVERIFY(message["params"]["logprob"].is_number());
        }
        QCOMPARE(streamed,
            std::string("Tok\xc3\xbd"
                        "o is."));
        QCOMPARE(ids, reply["result"]["ids"]);
        QCOMPARE(reply["result"]["provenance"]["sampling"]["greedy"], Json(true));
    }

    void whatDoesNotFitTheContextIsNamedInsteadOfScored() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("small");
        const Json params = {{"model", model}, {"text", std::string(100, 'x')}, {"top", 2},
            {"truncate", true}, {"stream_tokens", true}};
        const Json reply = peer.ask("text.score", params);
        QVERIFY(reply.contains("result"));
        QCOMPARE(reply["result"]["count"], Json(101));
        QCOMPARE(reply["result"]["scored"], Json(40));
        QVERIFY(!reply["result"].contains("ids"));
        std::size_t scores = 0;
        Json ids = Json::array();
        for (const Json& message : peer.notifications) {
            if (message["method"] == "text.score.block")
                scores += message["params"]["logprob"].size();
            else
                for (const Json& id : message["params"]["ids"])
                    ids.push_back(id);
        }
        QCOMPARE(scores, std::size_t(40));
        QCOMPARE(ids.size(), std::size_t(101));
    }

    void aPromptIsScoredUpToWhereTheAnswerBegins() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        const Json messages = Json::parse(R"([{"role":"user","content":"Where?"}])");
        Json params = {{"model", model}, {"messages", messages}, {"generation_prompt", true}};
        const Json open = peer.ask("text.score", params)["result"];
        QVERIFY(open["text"].get<std::string>().ends_with("bot: "));
        const Json generated
            = peer.ask("text.generate", {{"model", model}, {"messages", messages}, {"max_new", 2}});
        QCOMPARE(generated["result"]["prompt"]["ids"], open["ids"]);
    }

    void streamedTokensCarryTheirScoresAndTheRecordDoesNotRepeatThem() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        Json params = {{"model", model}, {"prompt", "x"}, {"max_new", 6}, {"logprobs", 3}};
        const Json whole = peer.ask("text.generate", params)["result"];
        params["stream_scores"] = true;
        const Json brief = peer.ask("text.generate", params)["result"];
        QCOMPARE(brief["ids"], whole["ids"]);
        QVERIFY(!brief.contains("logprob") && !brief.contains("top"));
        QCOMPARE(peer.notifications.size(), std::size_t(6));
        for (std::size_t i = 0; i < 6; ++i) {
            const Json& token = peer.notifications[i]["params"];
            for (const char* key : {"logprob", "rank", "entropy", "varentropy", "margin", "top"})
                QCOMPARE(token[key], whole[key][i]);
            QVERIFY(token["bytes_hex"].is_string());
        }
    }

    void textIsCutAsItContinuesOtherTokens() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        const Json before
            = peer.ask("text.tokenize", {{"model", model}, {"text", "To"}})["result"]["ids"];
        const auto natural = [&](const char* text) {
            return peer.ask(
                "text.tokenize", {{"model", model}, {"text", text}, {"after", before}})["result"];
        };
        // "Tokyo" is one token, so cutting it in two is a spelling of its own.
        QCOMPARE(natural("kyo")["natural"], Json(false));
        QCOMPARE(natural("kyo")["ids"].size(), std::size_t(3));
        QCOMPARE(natural(" is")["natural"], Json(true));
        QCOMPARE(natural(" is")["ids"].size(), std::size_t(1));
    }

    void capturingNeverChangesTheText() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("a");
        Json params = {
            {"model", model}, {"prompt", "x"}, {"max_new", 20}, {"temperature", 1.0}, {"seed", 7}};
        const Json plain = peer.ask("text.generate", params);
        params["logprobs"] = true;
        const Json captured = peer.ask("text.generate", params);
        QCOMPARE(plain["result"]["ids"], captured["result"]["ids"]);
        QVERIFY(!plain["result"].contains("logprob"));
        QCOMPARE(captured["result"]["logprob"].size(), std::size_t(20));
    }

    void aRunningRequestIsCancelled() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("slow");
        peer.request(
            "long", "text.generate", {{"model", model}, {"prompt", "x"}, {"max_new", 100000}});
        while (peer.next().value("method", "") != "text.generate.token") { }
        peer.request(2, "request.cancel", {{"request", "long"}});
        QCOMPARE(peer.answer(2)["result"]["cancelled"], Json(true));
        const Json reply = peer.answer("long");
        QCOMPARE(catalogueCode(reply), std::string("cancelled"));
        QCOMPARE(
            peer.ask("request.cancel", {{"request", "long"}})["result"]["cancelled"], Json(false));
        QVERIFY(peer.ask("model.list").contains("result"));
    }

    void aWaitingRequestIsCancelledAtOnce() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("slow");
        peer.request(1, "text.generate", {{"model", model}, {"prompt", "x"}, {"max_new", 100000}});
        while (peer.next().value("method", "") != "text.generate.token") { }
        peer.request(2, "text.score", {{"model", model}, {"text", "abc"}});
        peer.request(3, "request.cancel", {{"request", 2}});
        QCOMPARE(catalogueCode(peer.answer(2)), std::string("cancelled"));
        peer.request(4, "request.cancel", {{"request", 1}});
        QCOMPARE(catalogueCode(peer.answer(1)), std::string("cancelled"));
    }

    void interactiveRequestsComeBeforeBatchOnes() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("slow");
        peer.request(1, "text.generate", {{"model", model}, {"prompt", "x"}, {"max_new", 40}});
        while (peer.next().value("method", "") != "text.generate.token") { }
        peer.request(2, "text.score", {{"model", model}, {"text", "batch"}, {"priority", "batch"}});
        peer.request(3, "text.score", {{"model", model}, {"text", "asked"}});
        // What needs no arithmetic does not wait for the model.
        peer.request(4, "text.tokenize", {{"model", model}, {"text", "Tokyo is"}});
        std::vector<int> order;
        while (order.size() < 4) {
            const Json message = peer.next();
            if (message.contains("id"))
                order.push_back(message["id"].get<int>());
        }
        QCOMPARE(order, (std::vector<int>{4, 1, 3, 2}));
    }

    void manyRequestsAreEachAnsweredOnceInWholeLines() {
        Peer peer;
        peer.greet();
        const std::string a = peer.load("a");
        const std::string b = peer.load("b");
        std::set<int> open;
        for (int i = 0; i < 60; ++i) {
            open.insert(i);
            const Json model = i % 2 ? a : b;
            if (i % 3 == 0)
                peer.request(
                    i, "text.tokenize", {{"model", model}, {"text", std::string(50, 'x')}});
            else if (i % 3 == 1)
                peer.request(i, "text.score",
                    {{"model", model}, {"text", std::string(40, 'y')}, {"top", 5}});
            else
                peer.request(
                    i, "text.generate", {{"model", model}, {"prompt", "z"}, {"max_new", 5}});
        }
        while (!open.empty()) {
            const Json message = peer.next(); // fails the test when lines are torn
            if (!message.contains("id"))
                continue;
            QVERIFY(message.contains("result"));
            QCOMPARE(open.erase(message["id"].get<int>()), std::size_t(1));
        }
    }

    void anIdInUseIsRefused() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("slow");
        peer.request(1, "text.generate", {{"model", model}, {"prompt", "x"}, {"max_new", 100000}});
        while (peer.next().value("method", "") != "text.generate.token") { }
        peer.request(1, "text.score", {{"model", model}, {"text", "a"}});
        QCOMPARE(catalogueCode(peer.answer(1)), std::string("session.duplicate_id"));
        peer.request(2, "request.cancel", {{"request", 1}});
        QCOMPARE(catalogueCode(peer.answer(1)), std::string("cancelled"));
    }

    void endOfInputStopsWhatRuns() {
        Peer peer;
        peer.greet();
        const std::string model = peer.load("slow");
        peer.request(1, "text.generate", {{"model", model}, {"prompt", "x"}, {"max_new", 1000000}});
        while (peer.next().value("method", "") != "text.generate.token") { }
        peer.end();
        QCOMPARE(peer.status, 0);
    }

    void comparingUsesTwoModels() {
        Peer peer;
        peer.greet();
        const std::string base = peer.load("base");
        const std::string tuned = peer.load("answers");
        const Json reply = peer.ask("analysis.compare",
            {{"base", base}, {"tuned", tuned}, {"prompt", "Where?"}, {"reference", "Tokyo is."},
                {"max_new", 12}});
        QVERIFY2(reply.contains("result"), dumpJson(reply).c_str());
        const Json& result = reply["result"];
        QCOMPARE(result["tuned"]["text"],
            Json("Tok\xc3\xbd"
                 "o is."));
        QCOMPARE(result["prompt"]["text"], Json("user: Where?\nbot: "));
        QCOMPARE(result["reference"]["onset"]["tuned"]["R0"]["byte"], Json(3));
        QCOMPARE(
            result["reference"]["onset"]["tuned"]["R1"]["index"], Json(0)); // "Tokyo" is one token
    }

    void foldersAreListedWithTheirKind() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        for (const char* name : {"model", "job", "project.assay", "plain"})
            std::filesystem::create_directory(root / name);
        for (const char* file :
            {"model/config.json", "job/spec.json", "project.assay/project.db", "a.txt", ".hidden"})
            QVERIFY(QFile(toQString(root / file)).open(QIODevice::WriteOnly));
        Peer peer;
        peer.greet();
        const Json reply = peer.ask("files.list", {{"path", root.string()}});
        QCOMPARE(dumpJson(reply["result"]["entries"]),
            std::string(
                R"([{"name":"a.txt","kind":"file"},{"name":"job","kind":"job"},{"name":"model","kind":"model"},)"
                R"({"name":"plain","kind":"folder"},{"name":"project.assay","kind":"project"}])"));
        QCOMPARE(catalogueCode(peer.ask("files.list", {{"path", "/no/such/folder"}})),
            std::string("file.open"));
    }
};

QTEST_APPLESS_MAIN(TestSession)
#include "test_session.moc"
