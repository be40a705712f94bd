#include "tests/ui/window_test.h"
#include "ui/service/command_words.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_session.h"

using namespace assay;
using namespace assay::test;

using State = EngineSession::State;

class TestEngineSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void greetingBeforeHelloIsTolerated_data() {
        QTest::addColumn<QString>("scenario");
        QTest::newRow("silent") << QStringLiteral("good");
        QTest::newRow("login shell greets") << QStringLiteral("greets");
    }
    void greetingBeforeHelloIsTolerated() {
        QFETCH(QString, scenario);
        EngineSession session;
        session.setCommand(fakeEngineCommand(scenario.toLatin1().constData()));
        session.start();
        QCOMPARE(session.state(), State::Starting);
        QTRY_COMPARE(session.state(), State::Ready);
        QCOMPARE(session.engine().value("threads", 0), 2);
    }

    void commandMayBeAnyWrapper() {
        // In place of ssh: a shell that passes its standard streams on.
        EngineSession session;
        session.setCommand(QStringLiteral("sh -c 'exec \"$0\" --fake-engine good' \"%1\"")
                               .arg(QCoreApplication::applicationFilePath()));
        session.start();
        QTRY_COMPARE(session.state(), State::Ready);
    }

    void commandIsSplitAsAShellDoes() {
        QCOMPARE(commandWords(QStringLiteral(" a \"b c\" 'd \"e' f\\ g \"h\\\"i\" \"\" ")),
            (QStringList{QStringLiteral("a"), QStringLiteral("b c"), QStringLiteral("d \"e"),
                QStringLiteral("f g"), QStringLiteral("h\"i"), QString()}));
        QCOMPARE(commandWords(EngineSession::defaultCommand(QStringLiteral("/a b"))),
            (QStringList{QStringLiteral("/a b/assay-cli"), QStringLiteral("serve"),
                QStringLiteral("--stdio")}));
    }

    void requestsWaitUntilReady() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("good"));
        session.start();
        std::optional<Result<Json>> answer;
        session.request(
            "model.load", {{"path", "/m"}}, &session, [&](Result<Json> a) { answer = a; });
        QTRY_VERIFY(answer.has_value());
        ASSAY_VERIFY_RESULT(*answer);
        QCOMPARE((*answer)->at("model").get<std::string>(), std::string("m1"));
        QCOMPARE(session.openRequests(), 0);
    }

    void failuresNameTheirCause_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("code");
        QTest::newRow("no command") << QString() << QStringLiteral("session.no_command");
        QTest::newRow("no such program")
            << QStringLiteral("/nonexistent/assay-cli serve") << QStringLiteral("session.start");
        QTest::newRow("ends at once") << QStringLiteral("sh -c 'echo no licence >&2; exit 3'")
                                      << QStringLiteral("session.ended");
        QTest::newRow("other protocol")
            << fakeEngineCommand("old") << QStringLiteral("session.version");
    }
    void failuresNameTheirCause() {
        QFETCH(QString, command);
        QFETCH(QString, code);
        EngineSession session;
        session.setCommand(command);
        session.start();
        QTRY_COMPARE(session.state(), State::Failed);
        QCOMPARE(QString::fromStdString(session.failure().code), code);
        if (code == QLatin1String("session.ended")) {
            QCOMPARE(session.failure().argument("reason"), std::string_view("status 3"));
            QCOMPARE(
                session.failure().details.at(0).argument("line"), std::string_view("no licence"));
        }
    }

    void deathFailsOpenRequestsAndRestartHeals() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("dies"));
        session.start();
        QTRY_COMPARE(session.state(), State::Ready);
        std::optional<Result<Json>> answer;
        session.request(
            "text.score", {{"text", "a"}}, &session, [&](Result<Json> a) { answer = a; });
        QTRY_COMPARE(session.state(), State::Failed);
        QVERIFY(answer && !*answer);
        QCOMPARE(answer->error().code, std::string("session.ended"));
        session.setCommand(fakeEngineCommand("good"));
        session.restart();
        QTRY_COMPARE(session.state(), State::Ready);
    }

    void killedProcessIsADeathByASignal() {
        EngineSession session;
        session.setCommand(QStringLiteral("sh -c 'kill -9 $$'"));
        session.start();
        QTRY_COMPARE(session.state(), State::Failed);
        QCOMPARE(session.failure().argument("reason"), std::string_view("signal"));
    }

    void halfAMessageEndsTheSession() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("garbles"));
        session.start();
        QTRY_COMPARE(session.state(), State::Ready);
        session.request("text.score", {{"text", "a"}}, &session, [](Result<Json>) {});
        QTRY_COMPARE(session.state(), State::Failed);
        QCOMPARE(session.failure().code, std::string("session.garbled"));
    }

    void cancelledRequestNeverAnswers() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("slow"));
        session.start();
        QTRY_COMPARE(session.state(), State::Ready);
        bool answered = false;
        const auto id = session.request(
            "text.score", {{"text", "a"}}, &session, [&](Result<Json>) { answered = true; });
        session.cancel(id);
        QVERIFY(!session.isOpen(id));
        std::optional<Result<Json>> next;
        session.request("model.list", Json::object(), &session, [&](Result<Json> a) { next = a; });
        QTRY_VERIFY(next.has_value());
        QVERIFY(!answered);
    }

    void deadGuardIsNotCalled() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("good"));
        session.start();
        bool called = false;
        {
            QObject guard;
            session.request(
                "model.list", Json::object(), &guard, [&](Result<Json>) { called = true; });
        }
        QTRY_COMPARE(session.openRequests(), 0);
        QVERIFY(!called);
    }

    void tooLongRequestIsRefusedHere() {
        EngineSession session;
        session.setCommand(fakeEngineCommand("good"));
        session.start();
        std::optional<Result<Json>> answer;
        session.request("text.score", {{"text", std::string(1'100'000, 'x')}}, &session,
            [&](Result<Json> a) { answer = a; });
        QTRY_VERIFY(answer.has_value());
        QCOMPARE(answer->error().code, std::string("session.too_long"));
        QTRY_COMPARE(session.state(), State::Ready);
    }

    void scoresArriveInBlocksAndFitTogether() {
        EngineSession session;
        EngineModels models(&session);
        session.setCommand(fakeEngineCommand("good"));
        session.start();
        std::string text;
        for (int i = 0; i < 600; ++i)
            text += " word" + std::to_string(i);
        std::vector<qint64> progress;
        std::optional<Result<ScoreRecord>> record;
        models.score(
            {QStringLiteral("/m"), QString(), {{"text", text}}, 5}, this,
            [&](qint64 tokens) { progress.push_back(tokens); },
            [&](Result<ScoreRecord> r) { record = std::move(r); });
        QTRY_VERIFY(record.has_value());
        ASSAY_VERIFY_RESULT(*record);
        QCOMPARE((*record)->tokens.size(), std::size_t(600));
        QCOMPARE(progress, (std::vector<qint64>{256, 512, 600}));
        QVERIFY(!(*record)->tokens[0].scored);
        QVERIFY((*record)->tokens[599].scored);
        QCOMPARE((*record)->tokens[599].bytes, std::string(" word599"));
        QCOMPARE((*record)->tokens[7].top.size(), std::size_t(5));
    }

    void missingScoresAreAnError() {
        EngineSession session;
        EngineModels models(&session);
        session.setCommand(fakeEngineCommand("short"));
        session.start();
        std::optional<Result<ScoreRecord>> record;
        models.score({QStringLiteral("/m"), QString(), {{"text", "one two three"}}, 0}, this, {},
            [&](Result<ScoreRecord> r) { record = std::move(r); });
        QTRY_VERIFY(record.has_value());
        QVERIFY(!*record);
        QCOMPARE(record->error().code, std::string("session.score_record"));
    }

    void modelIsLoadedOnceAndForgottenWithTheEngine() {
        EngineSession session;
        EngineModels models(&session);
        session.setCommand(fakeEngineCommand("good"));
        session.start();
        std::vector<std::string> handles;
        for (const char* folder : {"/a", "/a", "/b", "/a"})
            models.acquire(QLatin1String(folder), this, [&](Result<LoadedModel> model) {
                handles.push_back(model ? model->handle : model.error().code);
            });
        QTRY_COMPARE(handles.size(), std::size_t(4));
        QCOMPARE(handles, (std::vector<std::string>{"m1", "m1", "m1", "m2"}));
        session.restart();
        handles.clear();
        models.acquire(QStringLiteral("/b"), this,
            [&](Result<LoadedModel> model) { handles.push_back(model->handle); });
        QTRY_COMPARE(handles, std::vector<std::string>{"m1"});
    }

    void rpcErrorsBecomeCatalogueErrors() {
        const Error inner("file.missing", {{"path", "x"}});
        const Error error = errorFromRpc({{"code", -32000}, {"message", "m"},
            {"data",
                {{"code", "file.missing"}, {"arguments", {{"path", "x"}}}, {"where", "a:1"}}}});
        QCOMPARE(error.code, inner.code);
        QCOMPARE(error.argument("path"), std::string_view("x"));
        QCOMPARE(error.where, std::string("a:1"));
        const Error plain = errorFromRpc({{"code", -32601}, {"message", "unknown method"}});
        QCOMPARE(plain.code, std::string("session.refused"));
        QCOMPARE(plain.argument("reason"), std::string_view("unknown method"));
    }
};

ASSAY_WINDOW_TEST_MAIN(TestEngineSession)
#include "test_engine_session.moc"
