#include "tests/ui/window_test.h"
#include "ui/common/error_text.h"
#include "ui/common/on_result.h"
#include "ui/common/paged_table_model.h"
#include "ui/common/plot/curve_math.h"
#include "ui/common/sample_input.h"
#include "ui/common/settings.h"
#include "ui/panels/inspect/alternatives_model.h"
#include "ui/panels/inspect/score_to_strip.h"

#include <QAbstractItemModelTester>
#include <QPromise>
#include <QTemporaryDir>
#include <QTimer>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

/// A list of numbers whose pages are handed out by the test.
class NumberModel final : public PagedTableModel<qint64> {
public:
    using PagedTableModel::PagedTableModel;
    int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : 1;
    }

protected:
    QVariant cell(const qint64& row, int, int role) const override {
        return role == Qt::DisplayRole ? QVariant(row) : QVariant();
    }
};

struct Request {
    qint64 first;
    int count;
    NumberModel::Answer answer;
};

void serve(Request& request) {
    std::vector<qint64> rows;
    for (int i = 0; i < request.count; ++i)
        rows.push_back(1000 + request.first + i);
    request.answer(std::move(rows));
}

} // namespace

class TestInspectModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void rowsAreFetchedByPageOnceAndOnlyWhenLookedAt() {
        NumberModel model(10, 4);
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        std::vector<Request> asked;
        model.showList(95, [&](qint64 first, int count, auto answer) {
            asked.push_back({first, count, std::move(answer)});
        });
        QCOMPARE(model.rowCount(), 95);
        const auto text = [&](int row) { return model.index(row, 0).data().toString(); };
        QCOMPARE(text(91), QStringLiteral("…"));
        // The tester itself looks at the first row.
        while (!asked.empty()) {
            Request next = std::move(asked.front());
            asked.erase(asked.begin());
            serve(next);
        }
        QCOMPARE(text(91), QStringLiteral("1091"));
        QCOMPARE(text(94), QStringLiteral("1094"));
        QVERIFY(asked.empty());
    }

    void ofPagesWantedMeanwhileOnlyTheNewestIsFetched() {
        NumberModel model(10, 4);
        std::vector<Request> asked;
        model.showList(1'000'000, [&](qint64 first, int count, auto answer) {
            asked.push_back({first, count, std::move(answer)});
        });
        model.row(0);
        for (int row = 1000; row < 900'000; row += 1000)
            model.row(row);
        QCOMPARE(asked.size(), std::size_t(1));
        Request first = std::move(asked[0]);
        serve(first);
        QCOMPARE(asked.size(), std::size_t(2));
        QCOMPARE(asked[1].first, 899'000);
    }

    void aPageThatAnOlderListCouldNotGiveIsAskedForAgain() {
        NumberModel model(10, 4);
        std::vector<Request> asked;
        const auto fetch = [&](qint64 first, int count, auto answer) {
            asked.push_back({first, count, std::move(answer)});
        };
        model.showList(20, fetch);
        model.row(0);
        asked[0].answer({}); // could not be had
        model.row(0);
        QCOMPARE(asked.size(), std::size_t(1)); // and is not asked for again and again
        model.showList(20, fetch);
        model.row(0);
        QCOMPARE(asked.size(), std::size_t(2));
        serve(asked[1]);
        QVERIFY(model.row(0));
    }

    void answersToAnOlderListAreDropped() {
        NumberModel model(10, 4);
        std::vector<Request> asked;
        const auto fetch = [&](qint64 first, int count, auto answer) {
            asked.push_back({first, count, std::move(answer)});
        };
        model.showList(20, fetch);
        model.row(0);
        model.showList(20, fetch);
        serve(asked[0]);
        QVERIFY(!model.row(0));
        QCOMPARE(asked.size(), std::size_t(2));
        serve(asked[1]);
        QVERIFY(model.row(0));
    }

    void pageThatFailedIsNotAskedForWithoutEnd() {
        NumberModel model(10, 4);
        int asked = 0;
        NumberModel::Answer last;
        model.showList(20, [&](qint64, int, auto answer) {
            ++asked;
            last = std::move(answer);
        });
        model.row(0);
        last({});
        model.row(0);
        model.row(0);
        QCOMPARE(asked, 1);
    }

    void longestUnusedPageGoesFirst() {
        PageCache<int> cache(2, 2);
        cache.put(0, {1, 2});
        cache.put(1, {3, 4});
        QCOMPARE(*cache.find(0), 1);
        cache.put(2, {5});
        QVERIFY(!cache.find(2));
        QVERIFY(cache.find(0) && cache.find(4));
        QVERIFY(!cache.find(5)); // the page is short
    }

    void actualTokenIsAlwaysAmongTheAlternatives() {
        StripToken token;
        token.id = 7;
        token.bytes = " Beijing";
        token.scored = true;
        token.rank = 214;
        token.logprob = std::log(0.001);
        token.top = {{1, QString(), std::log(0.7)}, {2, QStringLiteral("x"), std::log(0.2)}};
        AlternativesModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.show(token);
        QCOMPARE(model.rowCount(), 3);
        const auto at = [&](int row, int column, int role = Qt::DisplayRole) {
            return model.index(row, column).data(role);
        };
        QCOMPARE(at(2, AlternativesModel::Rank).toString(), QStringLiteral("214"));
        QCOMPARE(at(2, AlternativesModel::Token).toString(), QStringLiteral("·Beijing"));
        QVERIFY(at(2, 0, AlternativesModel::ActualRole).toBool()
            && at(2, 0, AlternativesModel::GapRole).toBool());
        QCOMPARE(at(0, AlternativesModel::Token).toString(), QStringLiteral("#1"));
        QVERIFY(std::abs(model.topMass() - 0.9) < 1e-9);
        QCOMPARE(model.unnamed(), std::vector<int>{1});
        model.setPieces({1}, {" Tokyo"});
        QCOMPARE(at(0, AlternativesModel::Token).toString(), QStringLiteral("·Tokyo"));
        token.id = 2;
        model.show(token);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(at(1, 0, AlternativesModel::ActualRole).toBool());
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void equalLogitsShareARank() {
        StripToken token;
        token.top = {{1, QString(), -1.0}, {2, QString(), -1.0}, {3, QString(), -2.0}};
        AlternativesModel model;
        model.show(token);
        QStringList ranks;
        for (int row = 0; row < model.rowCount(); ++row)
            ranks.append(model.index(row, AlternativesModel::Rank).data().toString());
        QCOMPARE(
            ranks, (QStringList{QStringLiteral("1"), QStringLiteral("1"), QStringLiteral("3")}));
    }

    void turnsAndAnswersComeFromTheSpans() {
        ScoreRecord record;
        record.hasText = true;
        const auto add
            = [&](const char* bytes, int message, bool answer, bool scored, double logprob) {
                  ScoreRecord::Token token;
                  token.bytes = bytes;
                  token.piece = bytes;
                  token.message = message;
                  token.answer = answer;
                  token.scored = scored;
                  token.logprob = logprob;
                  record.tokens.push_back(token);
              };
        add("", -1, false, false, 0); // BOS stands with the turn that follows
        record.tokens[0].piece = "<s>";
        add("Hi", 0, false, true, -3);
        add("yes", 1, true, true, -1);
        add("!", 1, true, true, -2);
        const StripText text
            = stripFromScore(record, {QStringLiteral("user"), QStringLiteral("assistant")});
        QCOMPARE(text.turns.size(), std::size_t(2));
        QCOMPARE(text.turns[0].title, QStringLiteral("user"));
        QCOMPARE(
            text.turns[1].title, QStringLiteral("assistant · answer · 2 tokens · mean 1.50 nats"));
        QCOMPARE(text.tokens[0].label, QStringLiteral("<s>"));
        QCOMPARE(text.tokens[0].turn, 0);
        QCOMPARE(text.tokens[3].turn, 1);
        const ScoreSummary summary = summarise(text);
        QVERIFY(summary.answersOnly);
        QCOMPARE(summary.tokens, 2);
        QVERIFY(std::abs(summary.perplexity - std::exp(1.5)) < 1e-9);
    }

    void preferencePairsShowTheChosenAnswer() {
        Sample sample;
        sample.messages = {{Role::User, "q"}};
        sample.chosen = std::vector<Message>{{Role::Assistant, "good"}};
        sample.rejected = std::vector<Message>{{Role::Assistant, "bad"}};
        const SampleInput input = sampleInput(sample);
        QCOMPARE(input.titles,
            (std::vector<QString>{QStringLiteral("user"), QStringLiteral("assistant")}));
        QCOMPARE(input.input["messages"].size(), std::size_t(2));
        QCOMPARE(input.input["messages"][1]["content"].get<std::string>(), std::string("good"));
        Sample text;
        text.text = "plain";
        QCOMPARE(sampleInput(text).input.at("text").get<std::string>(), std::string("plain"));
    }

    void smoothingIsCorrectedForItsStartAndKeepsGaps() {
        Smoother smoother(0.5);
        QCOMPARE(smoother.next(4), 4.0);
        QCOMPARE(smoother.next(1), (0.5 * 0.5 * 4 + 0.5 * 1) / 0.75);
        QVERIFY(std::isnan(smoother.next(std::nan(""))));
        QCOMPARE(smoother.next(1), (0.25 * 0.5 * 4 + 0.25 * 1 + 0.5 * 1) / 0.875);
    }

    void epochsBeginWhereTheWholeNumberIsReached() {
        const auto found = epochBoundaries({10, 20, 30, 40, 50}, {0.5, 1.0, 1.5, 2.0, 2.5});
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].x, 20.0);
        QCOMPARE(found[0].epoch, 2);
        QCOMPARE(found[1].x, 40.0);
        QVERIFY(epochBoundaries({10, 20}, {0.5, 1.0}).empty()); // the end of the run begins nothing
    }

    void errorsAreTextWithPlaceAndRemedy() {
        const Error error("file.missing", {{"path", "/x/config.json"}}, "a:3");
        QCOMPARE(errorMessage(error), QStringLiteral("a:3: /x/config.json does not exist."));
        QCOMPARE(errorParagraph(error),
            QStringLiteral("a:3: /x/config.json does not exist. Check the path."));
    }

    void resultsReachOnlyLivingGuards() {
        QPromise<int> promise;
        promise.start();
        int got = 0;
        int dead = 0;
        onResult(this, promise.future(), [&](int value) { got = value; });
        {
            QObject guard;
            onResult(&guard, promise.future(), [&](int value) { dead = value; });
        }
        promise.addResult(7);
        promise.finish();
        QTRY_COMPARE(got, 7);
        QCOMPARE(dead, 0);
    }

    void settingsKeepWhatWasSetAndTheOrderOfRecentProjects() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("window.ini"));
        {
            Settings settings(file);
            QCOMPARE(settings.get(Settings::keys().theme), QStringLiteral("light"));
            settings.set(Settings::keys().theme, QStringLiteral("dark"));
            for (int i = 0; i < 12; ++i)
                settings.rememberProject(QString::number(i));
            settings.rememberProject(QStringLiteral("5"));
        }
        const Settings again(file);
        QCOMPARE(again.get(Settings::keys().theme), QStringLiteral("dark"));
        const QStringList recent = again.get(Settings::keys().recentProjects);
        QCOMPARE(recent.size(), 10);
        QCOMPARE(recent[0], QStringLiteral("5"));
        QCOMPARE(recent[1], QStringLiteral("11"));
    }
};

ASSAY_WINDOW_TEST_MAIN(TestInspectModels)
#include "test_inspect_models.moc"
