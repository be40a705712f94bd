#include "core/store/project.h"
#include "tests/ui/window_test.h"
#include "ui/common/settings.h"
#include "ui/common/state_page.h"
#include "ui/panels/pairs/pair_answer.h"
#include "ui/panels/pairs/pairs_panel.h"
#include "ui/panels/pairs/tally_card.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QTemporaryDir>
#include <QTextBrowser>

#include <fstream>

using namespace assay;
using namespace assay::test;

namespace {

constexpr int pairCount = 12;

/// A project of preference rows whose answers say which they are.
std::filesystem::path makeProject(const QTemporaryDir& folder) {
    const std::filesystem::path path = folder.filePath(QStringLiteral("p.assay")).toStdString();
    auto project = Project::create(path);
    const std::filesystem::path file = folder.filePath(QStringLiteral("d.jsonl")).toStdString();
    std::ofstream out(file);
    for (int i = 0; i < pairCount; ++i)
        out << Json{{"conversations",
                        {{{"from", "human"}, {"value", "question " + std::to_string(i)}}}},
            {"chosen", {{"from", "gpt"}, {"value", "a good answer " + std::to_string(i)}}},
            {"rejected", {{"from", "gpt"}, {"value", "a poor answer " + std::to_string(i)}}}}
                   .dump()
            << "\n";
    out.close();
    const std::filesystem::path files[] = {file};
    if (!project || !project->imports().importFiles(files, {}))
        qFatal("no project");
    return path;
}

/// Every name and description that a screen reader could read, tool tips included.
QString spokenOf(QWidget* root) {
    QString all;
    const auto add = [&](QWidget* widget) {
        all += widget->accessibleName() + QLatin1Char('\n') + widget->accessibleDescription()
            + QLatin1Char('\n') + widget->toolTip() + QLatin1Char('\n') + widget->objectName()
            + QLatin1Char('\n');
        if (const auto* label = qobject_cast<QLabel*>(widget))
            all += label->text() + QLatin1Char('\n');
        if (const auto* button = qobject_cast<QAbstractButton*>(widget))
            all += button->text() + QLatin1Char('\n');
    };
    add(root);
    for (QWidget* child : root->findChildren<QWidget*>())
        add(child);
    return all;
}

} // namespace

class TestPairs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() {
        failOnWarnings();
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = makeProject(*m_folder);
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_settings->set(Settings::keys().reviewer, QStringLiteral("ann"));
        m_project = std::make_unique<ProjectAccess>();
        m_selection = std::make_unique<SelectionContext>();
        m_engine = std::make_unique<EngineSession>();
        m_models = new EngineModels(m_engine.get());
        m_jobs = std::make_unique<JobWatcher>();
        m_panel = std::make_unique<PairsPanel>(Services{m_selection.get(), m_project.get(),
            m_engine.get(), m_models, m_jobs.get(), m_settings.get()});
        bool opened = false;
        m_project->open(QString::fromStdString(m_path.string()), this,
            [&](Result<ProjectAccess::Opened> result) { opened = result.has_value(); });
        QTRY_VERIFY(opened);
        m_selection->setProject(QString::fromStdString(m_path.string()));
        m_panel->resize(1200, 700);
        m_panel->show();
        QTRY_VERIFY(m_panel->stack()->showsContent());
    }
    void cleanup() { m_panel.reset(); }

    void nothingTellsWhichAnswerIsWhichBeforeTheDecision() {
        QCOMPARE(m_panel->queue()->count(), pairCount);
        bool goodOnLeft = false;
        bool goodOnRight = false;
        for (int i = 0; i < pairCount; ++i) {
            m_panel->queue()->go(i);
            QTRY_VERIFY(m_panel->queue()->item() && m_panel->queue()->position() == i);
            const QString left = m_panel->left()->view()->toPlainText();
            (left.contains(QStringLiteral("good")) ? goodOnLeft : goodOnRight) = true;
            QString spoken = spokenOf(m_panel.get());
            // The switch names the mode before anything is shown.
            spoken.remove(QStringLiteral("The chosen and the rejected answer of the data"));
            for (const char* word : {"chosen answer", "rejected", "good", "poor", "first", "A:"})
                QVERIFY2(!spoken.contains(QLatin1String(word)), qPrintable(spoken));
        }
        QVERIFY(goodOnLeft && goodOnRight);
    }

    void decisionsByKeyAreEventsWithTheSidesAndComeBackAfterUndo() {
        std::vector<std::string> expected;
        for (int i = 0; i < 5; ++i) {
            QTRY_VERIFY(m_panel->queue()->item() && !m_panel->queue()->isBusy());
            const bool firstLeft = m_panel->queue()->item()->firstLeft;
            const PairsPanel::Side sides[] = {PairsPanel::Side::Left, PairsPanel::Side::Right,
                PairsPanel::Side::Tie, PairsPanel::Side::BothBad, PairsPanel::Side::Left};
            const std::string choices[] = {firstLeft ? "a" : "b", firstLeft ? "b" : "a", "tie",
                "both_bad", firstLeft ? "a" : "b"};
            expected.push_back(choices[i]);
            const qint64 before = m_panel->queue()->item()->sample;
            m_panel->decide(sides[i]);
            QTRY_COMPARE(m_panel->queue()->decidedCount(), i + 1);
            QTRY_VERIFY(m_panel->queue()->item() && m_panel->queue()->item()->sample != before);
        }
        QVERIFY(m_panel->lastLine()->text().contains(QStringLiteral("answer called")));
        auto project = Project::open(m_path, OpenMode::ReadOnly);
        ASSAY_VERIFY_RESULT(project);
        auto events = project->decisions().preferences();
        ASSAY_VERIFY_RESULT(events);
        QCOMPARE(events->size(), std::size_t(5));
        for (std::size_t i = 0; i < 5; ++i) {
            const Event& event = (*events)[i].second;
            QCOMPARE(event.after["choice"].get<std::string>(), expected[i]);
            QCOMPARE(event.author, std::string("ann"));
            QVERIFY(event.after.contains("left") && event.after.contains("seed"));
            QVERIFY(event.saw["blind"].get<bool>());
        }
        const qint64 last = (*events)[4].first;
        m_panel->queue()->undo();
        QTRY_COMPARE(m_panel->queue()->decidedCount(), 4);
        QTRY_VERIFY(m_panel->queue()->item() && m_panel->queue()->item()->sample == last);
        events = project->decisions().preferences();
        ASSAY_VERIFY_RESULT(events);
        QCOMPARE(events->size(), std::size_t(4));
    }

    void queueGoesOnWhereThePersonStopped() {
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(m_panel->queue()->item() && !m_panel->queue()->isBusy());
            m_panel->decide(PairsPanel::Side::Left);
            QTRY_COMPARE(m_panel->queue()->decidedCount(), i + 1);
        }
        PairsPanel again(Services{m_selection.get(), m_project.get(), m_engine.get(), m_models,
            m_jobs.get(), m_settings.get()});
        again.show();
        QTRY_VERIFY(again.queue()->item().has_value());
        QCOMPARE(again.queue()->decidedCount(), 3);
        QCOMPARE(again.queue()->position(), 3);
        const auto tallies = again.queue()->tallies();
        QCOMPARE(tallies.size(), std::size_t(2));
        QCOMPARE(tallies[0].left, 3);
    }

    void talliesAreATable() {
        TallyModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        PairTally total;
        total.a = 8;
        total.b = 2;
        total.ties = 3;
        model.setTallies({total}, QStringLiteral("tuned"), QStringLiteral("base"));
        QCOMPARE(model.index(0, TallyModel::WinRate).data().toString(), QStringLiteral("80.0"));
        QCOMPARE(model.index(0, TallyModel::Low).data().toString(), QStringLiteral("49.0"));
        QCOMPARE(model.index(0, TallyModel::High).data().toString(), QStringLiteral("94.3"));
        QCOMPARE(model.headerData(TallyModel::WinsA, Qt::Horizontal, Qt::DisplayRole).toString(),
            QStringLiteral("tuned"));
    }

    void diffUnderlinesOnlyWhatIsOneAnswersOwn() {
        const QString html
            = answerDiffHtml(QStringLiteral("a good day"), QStringLiteral("a poor day"));
        QVERIFY(html.contains(QStringLiteral("good")));
        QVERIFY(!html.contains(QStringLiteral("poor")));
        QCOMPARE(html.count(QStringLiteral("underline")), 1);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_path;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ProjectAccess> m_project;
    std::unique_ptr<SelectionContext> m_selection;
    std::unique_ptr<EngineSession> m_engine;
    EngineModels* m_models = nullptr;
    std::unique_ptr<JobWatcher> m_jobs;
    std::unique_ptr<PairsPanel> m_panel;
};

ASSAY_WINDOW_TEST_MAIN(TestPairs)
#include "test_pairs.moc"
