#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/inspect/inspected_text.h"
#include "ui/panels/inspect/model_picker.h"
#include "ui/panels/inspect/score_to_strip.h"
#include "ui/panels/inspect/token_card.h"
#include "ui/service/engine_session.h"
#include "ui/shell/main_window.h"

#include <QTemporaryDir>

#include <cmath>
#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int patienceMs = 120'000; // libtorch from a cold disk on a busy machine

constexpr const char* texts
    = R"({"text":"Once upon a time, there was a little girl named Lily. She loved to play outside in the park."}
)";
constexpr const char* conversations
    = R"({"messages":[{"role":"user","content":"Tell me a story."},{"role":"assistant","content":"Once upon a time, there was a big dog."}]}
)";

} // namespace

/// The window with the real engine and a real model.
class TestWindowE2e : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        prepareWindowTests();
        if (!std::filesystem::exists(binaryFolder() / "assay-cli")
            || !std::filesystem::exists(binaryFolder() / "libassay_engine.so"))
            QSKIP("assay-cli with its engine is not built");
        ASSAY_NEED_DATA("models/stories260k-hf");
        m_folder = std::make_unique<QTemporaryDir>();
        const std::filesystem::path folder
            = m_folder->filePath(QStringLiteral("p.assay")).toStdString();
        auto project = Project::create(folder);
        ASSAY_VERIFY_RESULT(project);
        const std::filesystem::path files[]
            = {m_folder->filePath(QStringLiteral("a.jsonl")).toStdString(),
                m_folder->filePath(QStringLiteral("b.jsonl")).toStdString()};
        std::ofstream(files[0]) << texts;
        std::ofstream(files[1]) << conversations;
        const auto taken = project->imports().importFiles(files, {});
        ASSAY_VERIFY_RESULT(taken);
        QCOMPARE(taken->kept, std::int64_t(2));
    }

    void realSampleUnderARealModel() {
        failOnWarnings();
        Settings settings(m_folder->filePath(QStringLiteral("window.ini")));
        MainWindow window(
            &settings, {EngineSession::defaultCommand(toQString(binaryFolder())), QString()});
        window.show();
        window.openProject(m_folder->filePath(QStringLiteral("p.assay")));
        QTRY_VERIFY(window.hasProject());
        QTRY_COMPARE(window.selection()->sample(), std::optional<qint64>(1));
        const QString folder = toQString(dataFolder() / "models" / "stories260k-hf");
        window.selection()->setModel({folder, QStringLiteral("stories"), ModelRole::Base});
        InspectPanel* inspect = window.inspect();
        QTRY_VERIFY_WITH_TIMEOUT(inspect->stripStack()->showsContent(), patienceMs);
        const StripText& text = inspect->strip()->text();
        // A model of such stories finds this one easy.
        const ScoreSummary summary = summarise(text);
        QVERIFY(summary.tokens > 20);
        QVERIFY2(summary.meanSurprisal < 2.0, qPrintable(QString::number(summary.meanSurprisal)));
        QByteArray whole;
        for (const StripToken& token : text.tokens)
            whole += token.bytes;
        QCOMPARE(whole.trimmed(),
            QByteArray("Once upon a time, there was a little girl named Lily. She loved to play "
                       "outside in the park."));
        for (int i = 1; i < int(text.tokens.size()); ++i) {
            const StripToken& token = text.tokens[std::size_t(i)];
            QVERIFY(token.scored && token.logprob <= 0 && token.rank >= 1 && token.entropy >= 0);
            QCOMPARE(token.top.size(), std::size_t(20));
            QVERIFY((token.rank == 1) == (token.top[0].id == token.id));
        }
        inspect->strip()->setSelectedToken(8);
        AlternativesModel* alternatives = inspect->tokenCard()->alternatives();
        QTRY_VERIFY(alternatives->unnamed().empty());
        QVERIFY(alternatives->topMass() > 0.3 && alternatives->topMass() < 1 + 1e-6);

        // Another word in its place, and the model goes on: live, with its scores, and the same
        // again when the whole branch is scored at once.
        const double behind = text.tokens[8].top[0].logprob - text.tokens[8].top[1].logprob;
        const int forced = text.tokens[8].top[text.tokens[8].rank == 2 ? 2 : 1].id;
        const int branch = inspect->text()->takeAlternative(8, forced, QStringLiteral("x"), {12});
        QVERIFY(branch > 0);
        QTRY_VERIFY_WITH_TIMEOUT(inspect->isSettled(), patienceMs);
        const StripText& branched = inspect->strip()->text();
        QCOMPARE(int(branched.tokens.size()), 8 + 1 + 12);
        QCOMPARE(branched.tokens[8].id, forced);
        QVERIFY(inspect->text()->tree().pathCost(branch) >= behind - 1e-9);
        for (int i = 9; i < 21; ++i)
            QCOMPARE(branched.tokens[std::size_t(i)].rank, 1); // greedy says the most probable
        inspect->text()->forceText(3, QString::fromUtf8(" caf\u00e9 \u4e2d\u6587"), {4});
        QTRY_COMPARE_WITH_TIMEOUT(
            inspect->text()->tree().order().size(), std::size_t(3), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(inspect->isSettled(), patienceMs);
        QStringList characters;
        for (const StripGroup& group : inspect->strip()->layoutOfTokens().groups())
            if (group.count > 1)
                characters.append(group.text);
        QVERIFY2(
            characters.contains(QString::fromUtf8("\u4e2d")), qPrintable(characters.join(u' ')));

        // This model has no template: the conversation says so and offers one.
        window.selection()->setSample(2);
        QTRY_COMPARE(inspect->stripStack()->page()->title(),
            QStringLiteral("This model has no chat template"));
        Q_EMIT inspect->stripStack()->page()->activated();
        QTRY_VERIFY_WITH_TIMEOUT(inspect->stripStack()->showsContent(), patienceMs);
        QVERIFY(summarise(inspect->strip()->text()).answersOnly);

        // A model that is not one gives a message, and the window goes on.
        window.selection()->setModel({m_folder->path(), QStringLiteral("none"), ModelRole::Base});
        QTRY_VERIFY(
            inspect->stripStack()->page()->sentence().contains(QStringLiteral("config.json")));
        QCOMPARE(window.engine()->state(), EngineSession::State::Ready);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

ASSAY_WINDOW_TEST_MAIN(TestWindowE2e)
#include "test_window_e2e.moc"
