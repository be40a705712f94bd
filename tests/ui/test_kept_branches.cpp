#include "tests/ui/window_test.h"
#include "ui/common/token_strip/strip_units.h"
#include "ui/panels/inspect/kept_branches.h"

#include <cmath>

using namespace assay;
using namespace assay::test;

namespace {

BranchTree treeOf(const std::string& text, int branches) {
    BranchTree tree;
    Branch root;
    root.input = {{"text", text}};
    const int id = tree.add(std::move(root)).id;
    for (int i = 0; i < branches; ++i) {
        Branch branch;
        branch.parent = id;
        branch.kind = Branch::Kind::Forced;
        branch.what = QString::number(i);
        branch.state = Branch::State::Generating;
        tree.add(std::move(branch));
    }
    return tree;
}

StripToken token(const char* bytes, double logprob, int turn = 0) {
    StripToken made;
    made.bytes = bytes;
    made.scored = true;
    made.logprob = logprob;
    made.entropy = 1;
    made.rank = 1;
    made.turn = turn;
    return made;
}

QList<double> surprisals(const StripText& text, StripUnit unit) {
    QList<double> values;
    for (const StripToken& one : unitNumbers(text, unit))
        values.append(one.surprisal());
    return values;
}

} // namespace

class TestKeptBranches : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareWindowTests(); }
    void init() { failOnWarnings(); }

    void branchesComeBackWithTheirText() {
        KeptBranches kept;
        kept.keep(treeOf("one", 2), 3, QStringLiteral("plain"));
        kept.keep(treeOf("two", 0), 1, QString());
        QVERIFY(!kept.take(Branch::Kind::Sample, {{"text", "two"}})); // nothing to keep
        QVERIFY(!kept.take(Branch::Kind::Prompt, {{"text", "one"}}));
        auto back = kept.take(Branch::Kind::Sample, {{"text", "one"}});
        QVERIFY(back.has_value());
        QCOMPARE(back->tree.order().size(), std::size_t(3));
        QCOMPARE(back->current, 3);
        QCOMPARE(back->templateName, QStringLiteral("plain"));
        QVERIFY(back->tree.find(3)->state == Branch::State::Stopped); // nobody writes it any more
        QVERIFY(!kept.take(Branch::Kind::Sample, {{"text", "one"}}));
    }

    void theOldestTextsGiveWay() {
        KeptBranches kept;
        for (int i = 0; i < 60; ++i)
            kept.keep(treeOf(std::to_string(i), 1), 2, QString());
        QVERIFY(!kept.take(Branch::Kind::Sample, {{"text", "0"}}));
        QVERIFY(kept.take(Branch::Kind::Sample, {{"text", "59"}}));
        QVERIFY(kept.take(Branch::Kind::Sample, {{"text", "25"}}));
    }

    void wordsHaveTheSumAndSentencesTheMean() {
        StripText text;
        text.turns = {{QString()}};
        text.tokens = {token("The", -1), token(" cap", -2), token("ital", -4), token(".", -1),
            token(" It", -3), token("\n", -1), token("is", -5)};
        QVERIFY(unitNumbers(text, StripUnit::Token).empty());
        QCOMPARE(surprisals(text, StripUnit::Word), QList<double>({1, 6, 6, 1, 3, 1, 5}));
        QCOMPARE(surprisals(text, StripUnit::Sentence), QList<double>({2, 2, 2, 2, 2, 2, 5}));
        QCOMPARE(surprisals(text, StripUnit::Line), QList<double>({2, 2, 2, 2, 2, 2, 5}));
    }

    void unitsEndWithTheTurnAndLeaveTheFrameAlone() {
        StripText text;
        text.turns = {{QString()}, {QString()}};
        text.tokens = {token("a", -1), token("b", -3, 1), token("c", -5, 1)};
        text.tokens[1].frame = true;
        QCOMPARE(surprisals(text, StripUnit::Line), QList<double>({1, 3, 5}));
    }

    void chineseHasNoSpacesToGoBy() {
        StripText text;
        text.turns = {{QString()}};
        text.tokens = {token("北京", -1), token("是", -2), token("首", -3)};
        QCOMPARE(surprisals(text, StripUnit::Word), QList<double>({1, 2, 3}));
        // One character of two tokens is one word.
        text.tokens = {token("\xe5\x8c", -1), token("\x97", -2)};
        QCOMPARE(surprisals(text, StripUnit::Word), QList<double>({3, 3}));
    }
};

ASSAY_WINDOW_TEST_MAIN(TestKeptBranches)
#include "test_kept_branches.moc"
