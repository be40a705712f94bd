#include "core/analysis/paired_text.h"
#include "tests/support/fake_model.h"
#include "tests/ui/window_test.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/panels/compare/batch_model.h"
#include "ui/panels/compare/continuations.h"
#include "ui/panels/compare/pair_alternatives.h"
#include "ui/panels/compare/record_to_lanes.h"

#include <QAbstractItemModelTester>
#include <QAccessible>

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

/// A record as the window gets it, from the numbers that the analysis gives.
PairedRecord recordOf(const std::vector<std::string>& basePieces,
    const std::vector<std::string>& tunedPieces, const std::string& prompt,
    const std::string& answer) {
    const auto model = [](std::uint64_t seed, const std::vector<std::string>& pieces) {
        FakeModelOptions options;
        options.seed = seed;
        options.tokenizer = std::make_shared<FakeTokenizer>(pieces);
        return FakeModel(options);
    };
    FakeModel base = model(1, basePieces);
    FakeModel tuned = model(2, tunedPieces);
    PairedTextRequest request;
    request.prompt.text = prompt;
    request.raw = true;
    request.answer = answer;
    request.topK = 4;
    const auto text = pairText(base, tuned, request, {});
    if (!text)
        qFatal("%s", message(text.error()).c_str());
    PairedCollector collector;
    const Json json = pairedTextJson(base, tuned, request, *text, [&](const Json& block) {
        if (auto added = collector.addBlock(block); !added)
            qFatal("%s", message(added.error()).c_str());
    });
    auto record = collector.finish(json);
    if (!record)
        qFatal("%s", message(record.error()).c_str());
    return std::move(*record);
}

/// An answer of single letters of which the named ones have another first choice.
LanesText letters(int count, const std::set<int>& changed) {
    LanesText text;
    for (int i = 0; i < count; ++i) {
        StripToken token;
        token.id = i;
        token.bytes = i % 5 == 4 ? "x " : "x";
        token.answer = true;
        token.scored = true;
        token.logprob = -0.1;
        token.rank = 1;
        text.base.push_back(token);
        text.tuned.push_back(token);
        LaneCell cell;
        cell.baseBegin = cell.tunedBegin = i;
        cell.baseEnd = cell.tunedEnd = i + 1;
        cell.scored = cell.answer = true;
        cell.otherChoice = changed.contains(i);
        cell.js = cell.otherChoice ? 0.6 : 0.01;
        text.cells.push_back(cell);
    }
    return text;
}

const std::vector<std::string> words = {"The ", "capital ", "is ", "Tokyo"};

} // namespace

class TestCompareLanes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void everyLineEndsAtTheSameByteOnBothSides() {
        std::string answer;
        for (int i = 0; i < 60; ++i)
            answer += i % 7 == 3 ? "\xe4\xb8\x9c\xe4\xba\xac is Tokyo " : "The capital is Tokyo, ";
        const LanesText text
            = lanesFromRecord(recordOf(words, {"The capital", " is", " Tok", "yo"}, "The ", answer),
                ComparedText::Typed, false, QString());
        QVERIFY(!text.shared);
        LanesLayout layout;
        LanesLayout::Metrics metrics;
        metrics.font = monoFontForTest();
        metrics.foldFont = metrics.font;
        for (const double width : {180.0, 400.0, 900.0}) {
            layout.build(text, {}, {}, width, metrics);
            QVERIFY(layout.lines().size() > 3);
            std::size_t baseBytes = 0;
            std::size_t tunedBytes = 0;
            int next = 0;
            for (const LanesLayout::Line& line : layout.lines()) {
                for (int b = line.firstBlock; b < line.endBlock; ++b) {
                    const LanesLayout::Block& block = layout.blocks()[std::size_t(b)];
                    QCOMPARE(block.beginCell, next);
                    next = block.endCell;
                    QVERIFY(block.x + block.width <= width + 0.5);
                    for (int c = block.beginCell; c < block.endCell; ++c) {
                        const LaneCell& cell = text.cells[std::size_t(c)];
                        for (int i = cell.baseBegin; i < cell.baseEnd; ++i)
                            baseBytes += std::size_t(text.base[std::size_t(i)].bytes.size());
                        for (int i = cell.tunedBegin; i < cell.tunedEnd; ++i)
                            tunedBytes += std::size_t(text.tuned[std::size_t(i)].bytes.size());
                    }
                }
                QCOMPARE(baseBytes, tunedBytes);
            }
            QCOMPARE(next, int(text.cells.size()));
        }
    }

    void barsAreAsWideAsTheirTokenAndTokensAreFoundWhereTheyStand() {
        const LanesText text = lanesFromRecord(
            recordOf(words, words, "The ", "capital is Tokyo, \xe4\xb8\x9c\xe4\xba\xac"),
            ComparedText::Typed, false, QString());
        QVERIFY(text.shared);
        LanesLayout layout;
        LanesLayout::Metrics metrics;
        metrics.font = monoFontForTest();
        metrics.foldFont = metrics.font;
        layout.build(text, {}, {}, 300, metrics);
        for (int i = 0; i < int(text.cells.size()); ++i) {
            const QRectF bar = layout.barRect(text, i);
            const LaneCell& cell = text.cells[std::size_t(i)];
            QCOMPARE(bar.left(), layout.baseRect(cell.baseBegin).left());
            QCOMPARE(bar.width(), layout.baseRect(cell.baseBegin).width());
            QCOMPARE(bar.left(), layout.tunedRect(cell.tunedBegin).left());
            QCOMPARE(layout.cellAt(text, layout.baseRect(cell.baseBegin).center()), i);
            QCOMPARE(layout.cellAt(text, layout.tunedRect(cell.tunedBegin).center()), i);
        }
    }

    void numbersAreThoseOfTheRecord() {
        const PairedRecord record = recordOf(words, words, "The ", "capital is Tokyo");
        const LanesText text = lanesFromRecord(record, ComparedText::Typed, false, QString());
        const LanesSummary sum = summariseLanes(text);
        QCOMPARE(sum.cells, record.summary["tokens"].get<int>());
        QCOMPARE(sum.otherChoice, record.summary["other_argmax"].get<int>());
        QCOMPARE(sum.shifted, record.summary["bands"]["shifted"].get<int>());
        QVERIFY(std::abs(sum.meanJs - record.summary["mean_js"].get<double>()) < 1e-6);
        QVERIFY(std::abs(sum.meanKlTunedBase - record.summary["mean_kl_tuned_base"].get<double>())
            < 1e-6);
        QVERIFY(std::abs(sum.delta - record.summary["delta_sum"].get<double>()) < 1e-4);
        const int divergence = record.summary["divergence"].get<int>();
        QCOMPARE(text.marks[0].cell, record.tuned.answerBegin + divergence);
    }

    void longUnchangedRunsAreFoldedWithTheirNeighboursKept() {
        const LanesText text = letters(40, {10, 20});
        const auto folds = foldsOf(text, FoldMode::Unchanged);
        // 0..7, 13..17 is too short, 23..39
        QCOMPARE(folds, (std::vector<LaneFold>{{0, 8, false}, {23, 40, false}}));
        QVERIFY(foldsOf(text, FoldMode::PromptOnly).empty());
        QCOMPARE(foldsOf(text, FoldMode::Unchanged, {0}), (std::vector<LaneFold>{{23, 40, false}}));
        LanesText marked = text;
        marked.marks.push_back({LaneMark::Kind::Onset, 30, QString()});
        for (const LaneFold& fold : foldsOf(marked, FoldMode::Unchanged))
            QVERIFY(fold.end <= 28 || fold.begin > 32);
        LanesText prompted = text;
        for (int i = 0; i < 3; ++i)
            prompted.cells[std::size_t(i)].answer = false;
        QCOMPARE(foldsOf(prompted, FoldMode::PromptOnly), (std::vector<LaneFold>{{0, 3, true}}));
    }

    void tokenIsChangedByItsFirstChoiceOrItsDistribution() {
        LaneCell cell;
        cell.scored = true;
        cell.js = 0.04;
        QVERIFY(isUnchanged(cell, true));
        cell.otherChoice = true;
        QVERIFY(!isUnchanged(cell, true));
        cell.otherChoice = false;
        cell.js = 0.06;
        QVERIFY(!isUnchanged(cell, true));
        cell.tunedLogprob = -0.4;
        QVERIFY(isUnchanged(cell, false));
        cell.tunedLogprob = -0.6;
        QVERIFY(!isUnchanged(cell, false));
    }

    void keysGoFromDifferenceToDifferenceAndOpenFolds() {
        ScoreLanes lanes;
        lanes.resize(600, 300);
        LanesText text = letters(60, {10, 45});
        text.marks.push_back({LaneMark::Kind::Divergence, 10, QStringLiteral("first divergence")});
        lanes.setText(text);
        lanes.setFoldMode(FoldMode::Unchanged);
        QVERIFY(lanes.layoutOfCells().isFolded(0));
        lanes.goToDifference(1);
        QCOMPARE(lanes.selectedCell(), 10);
        lanes.goToDifference(1);
        QCOMPARE(lanes.selectedCell(), 45);
        lanes.goToDifference(1);
        QCOMPARE(lanes.selectedCell(), 45);
        lanes.goToDifference(-1);
        QCOMPARE(lanes.selectedCell(), 10);
        lanes.goToMark(LaneMark::Kind::Divergence);
        QCOMPARE(lanes.selectedCell(), 10);
        QTest::keyClick(&lanes, Qt::Key_Right);
        QCOMPARE(lanes.selectedCell(), 11);
        lanes.setSelectedCell(30);
        QVERIFY(!lanes.layoutOfCells().isFolded(30));
        QSignalSpy wanted(&lanes, &ScoreLanes::continueWanted);
        QTest::keyClick(&lanes, Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toInt(), 30);
    }

    void everyCellSpeaksWithBothModelsNumbers() {
        ScoreLanes lanes;
        lanes.resize(600, 300);
        LanesText text = letters(20, {3});
        text.cells[3].baseLogprob = std::log(0.03);
        text.cells[3].baseRank = 4;
        text.cells[3].tunedLogprob = std::log(0.91);
        lanes.setText(text);
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&lanes);
        QVERIFY(accessible);
        QCOMPARE(accessible->childCount(), 20);
        QCOMPARE(accessible->child(3)->text(QAccessible::Name),
            QStringLiteral("token 4 'x': base probability 3.0 %, rank 4; tuned probability 91 %, "
                           "rank 1; the first choices differ"));
    }

    void fourThousandTokensAreLaidOutAndPainted() {
        ScoreLanes lanes;
        lanes.resize(1000, 400);
        lanes.setText(letters(4096, {10, 2000, 4000}));
        const int open = lanes.wholeHeight();
        lanes.setFoldMode(FoldMode::Unchanged);
        QVERIFY(lanes.wholeHeight() < open / 10);
        QVERIFY(!lanes.grab().isNull());
    }

    void alternativesStandSideBySideByRank() {
        StripToken base;
        base.id = 7;
        base.top = {{1, QString(), std::log(0.7)}, {7, QStringLiteral("b"), std::log(0.2)}};
        StripToken tuned;
        tuned.id = 7;
        tuned.top = {{7, QStringLiteral("b"), std::log(0.9)}};
        PairAlternatives model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.show(&base, &tuned);
        QCOMPARE(model.rowCount(), 2);
        const auto at = [&](int row, int column, int role = Qt::DisplayRole) {
            return model.index(row, column).data(role);
        };
        QCOMPARE(at(0, PairAlternatives::BaseToken).toString(), QStringLiteral("#1"));
        QCOMPARE(at(0, PairAlternatives::TunedToken).toString(), QStringLiteral("b"));
        QVERIFY(at(1, PairAlternatives::BaseToken, PairAlternatives::ActualRole).toBool());
        QVERIFY(!at(1, PairAlternatives::TunedToken).isValid());
        QCOMPARE(model.unnamed(false), std::vector<int>{1});
        model.setPieces(false, {1}, {" a"});
        QCOMPARE(at(0, PairAlternatives::BaseToken).toString(), QStringLiteral("·a"));
        model.clear();
        QCOMPARE(model.rowCount(), 0);
    }

    void batchSortsByAnyColumnWithMissingValuesLast() {
        const auto row = [](qint64 sample, Json numbers) {
            CompareBatchRow out;
            out.sample = sample;
            out.uid = std::to_string(sample);
            out.numbers = std::move(numbers);
            return out;
        };
        BatchModel model;
        QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setRows({row(1, {{"mean_js", 0.2}, {"tokens", 4}, {"bands", {{"shifted", 1}}}}),
            row(2, nullptr), row(3, {{"mean_js", 0.5}})});
        const auto order = [&] {
            QList<int> ids;
            for (int i = 0; i < model.rowCount(); ++i)
                ids.append(model.index(i, 0).data(BatchModel::IdRole).toInt());
            return ids;
        };
        model.sort(BatchModel::MeanJs, Qt::DescendingOrder);
        QCOMPARE(order(), (QList<int>{3, 1, 2}));
        model.addRow(row(4, {{"mean_js", 0.3}}));
        QCOMPARE(order(), (QList<int>{3, 4, 1, 2}));
        model.sort(BatchModel::MeanJs, Qt::AscendingOrder);
        QCOMPARE(order(), (QList<int>{1, 4, 3, 2}));
        QCOMPARE(model.index(0, BatchModel::Shifted).data().toString(), QStringLiteral("25.0"));
        QCOMPARE(model.rowOf(3), 2);
    }

    void continuationsPartBetweenWholeCharacters() {
        QCOMPARE(commonPrefix(QStringLiteral("The cat"), QStringLiteral("The car")), 6);
        QCOMPARE(commonPrefix(QStringLiteral("same"), QStringLiteral("same")), 4);
        // Two emoji that share their first half.
        const QString a = QString::fromUtf8("\xf0\x9f\x98\x80");
        const QString b = QString::fromUtf8("\xf0\x9f\x98\x81");
        QCOMPARE(commonPrefix(a, b), 0);
    }

private:
    static QFont monoFontForTest() {
        QFont font(QStringLiteral("monospace"));
        font.setPixelSize(13);
        return font;
    }
};

ASSAY_WINDOW_TEST_MAIN(TestCompareLanes)
#include "test_compare_lanes.moc"
