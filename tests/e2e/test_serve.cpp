#include "core/base/json.h"
#include "tests/support/cli_process.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

QString cli() {
    return toQString(binaryFolder() / "assay-cli");
}
std::string golden(const char* name) {
    return (goldenFolder() / name).string();
}
Json helloParams() {
    return {{"protocol", 1}, {"client", "test"}};
}

} // namespace

class TestServe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWholeRoundWithTheRealEngine() {
        CliSession session(cli(), {QStringLiteral("serve"), QStringLiteral("--stdio")});
        const Json hello = session.ask("hello", helloParams());
        QVERIFY2(hello.contains("result"), dumpJson(hello).c_str());
        QVERIFY(!hello["result"]["libtorch"].get<std::string>().empty());

        const Json base = session.ask("model.load", {{"path", golden("llama-tiny")}});
        QVERIFY2(base.contains("result"), dumpJson(base).c_str());
        QCOMPARE(base["result"]["info"]["parameters"].get<int>(), 131520);
        const Json tuned
            = session.ask("model.load", {{"path", golden("llama-untied")}, {"dtype", "bf16"}});
        QVERIFY2(tuned.contains("result"), dumpJson(tuned).c_str());
        QCOMPARE(tuned["result"]["info"]["dtype"], Json("bf16"));
        QCOMPARE(session.ask("model.list")["result"]["models"].size(), std::size_t(2));

        const Json model = base["result"]["model"];
        const auto expected = readJsonFile(goldenFolder() / "llama-tiny" / "golden.json");
        ASSAY_VERIFY_RESULT(expected);
        Json prompt = (*expected)["input_ids"][0];
        const Json scored
            = session.ask("text.score", {{"model", model}, {"ids", prompt}, {"top", 2}});
        QVERIFY2(scored.contains("result"), dumpJson(scored).c_str());
        QCOMPARE(session.notifications.size(), std::size_t(1));
        QCOMPARE(session.notifications[0]["params"]["logprob"].size(), prompt.size());

        prompt.erase(prompt.begin() + (*expected)["greedy"]["prompt_len"].get<std::ptrdiff_t>(),
            prompt.end());
        const Json generated = session.ask("text.generate",
            {{"model", model}, {"ids", prompt}, {"max_new", 24}, {"stop_at_end", false}});
        QVERIFY2(generated.contains("result"), dumpJson(generated).c_str());
        QCOMPARE(generated["result"]["ids"], (*expected)["greedy"]["new_ids"]);
        QCOMPARE(session.notifications.size(), std::size_t(24));

        const Json compared = session.ask("analysis.compare",
            {{"base", model}, {"tuned", tuned["result"]["model"]}, {"ids", prompt},
                {"max_new", 4}});
        QVERIFY2(compared.contains("result"), dumpJson(compared).c_str());
        QCOMPARE(compared["result"]["context"]["same_ids"], Json(true));
        QCOMPARE(session.end(), 0);
    }

    void badModelsAndBadLinesLeaveTheSessionAlive() {
        CliSession session(cli(), {QStringLiteral("serve"), QStringLiteral("--stdio")});
        session.sendLine("what is this");
        QCOMPARE(session.next()["error"]["code"].get<int>(), -32700);
        session.ask("hello", helloParams());
        const Json missing = session.ask("model.load", {{"path", "/no/such/model"}});
        QVERIFY(missing.contains("error"));
        QVERIFY(missing["error"]["message"].get<std::string>().find("/no/such/model")
            != std::string::npos);
        session.sendLine(std::string((1 << 20) + 5, 'x'));
        QCOMPARE(session.next()["error"]["data"]["code"], Json("session.line_too_long"));
        QVERIFY(session.ask("model.list").contains("result"));
        QCOMPARE(session.end(), 0);
    }

    void aCancelEndsGeneration() {
        CliSession session(cli(), {QStringLiteral("serve"), QStringLiteral("--stdio")});
        session.ask("hello", helloParams());
        const Json model
            = session.ask("model.load", {{"path", golden("llama-tiny")}})["result"]["model"];
        // Scoring the same positions again and again: more work than could end by itself meanwhile.
        for (int i = 0; i < 50; ++i)
            session.send({{"jsonrpc", "2.0"}, {"id", "g" + std::to_string(i)},
                {"method", "text.generate"},
                {"params",
                    {{"model", model}, {"ids", {5, 6}}, {"max_new", 60}, {"stop_at_end", false}}}});
        session.send({{"jsonrpc", "2.0"}, {"id", "c"}, {"method", "request.cancel"},
            {"params", {{"request", "g49"}}}});
        bool cancelled = false;
        int answers = 0;
        while (answers < 51) {
            const Json message = session.next();
            QVERIFY(!message.is_null());
            if (!message.contains("id"))
                continue;
            ++answers;
            if (message["id"] == "g49")
                cancelled
                    = message.contains("error") && message["error"]["data"]["code"] == "cancelled";
            else
                QVERIFY(message.contains("result"));
        }
        QVERIFY(cancelled);
    }

    void theEngineCommandMayBeAWrapper() {
        // As with `ssh HOST assay-cli serve --stdio`: a shell in between, which also prints to
        // stderr.
        CliSession session(QStringLiteral("sh"),
            {QStringLiteral("-c"),
                QStringLiteral("echo welcome to this machine >&2; exec \"$0\" \"$@\""), cli(),
                QStringLiteral("serve"), QStringLiteral("--stdio")});
        QVERIFY(session.ask("hello", helloParams()).contains("result"));
        QVERIFY(session.ask("model.load", {{"path", golden("llama-tiny")}}).contains("result"));
        QCOMPARE(session.end(), 0);
        QVERIFY(session.process().readAllStandardError().contains("welcome"));
    }

    void aKilledEngineIsSeenAtOnce() {
        CliSession session(cli(), {QStringLiteral("serve"), QStringLiteral("--stdio")});
        session.ask("hello", helloParams());
        session.process().kill();
        QVERIFY(session.next().is_null());
        QVERIFY(session.process().state() == QProcess::NotRunning
            || session.process().waitForFinished());
        QCOMPARE(session.process().exitStatus(), QProcess::CrashExit);
    }
};

QTEST_GUILESS_MAIN(TestServe)
#include "test_serve.moc"
