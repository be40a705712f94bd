#include "core/analysis/onset.h"

#include "core/analysis/json_leaves.h"
#include "core/analysis/normalised_text.h"
#include "core/base/rng.h"
#include "tests/support/fake_model.h"
#include "tests/support/test_paths.h"

#include <QtTest/QtTest>

using namespace assay;
using namespace assay::test;

class TestOnset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstGreedyDepartureIsTheFirstDifferingIdOfGreedyGeneration() {
        // The exact property of rule R1, on 1000 random models. Half of the references are the
        // greedy text with one id changed, so that departures lie anywhere.
        int departures = 0;
        for (std::uint64_t seed = 0; seed < 1000; ++seed) {
            FakeModelOptions options;
            options.seed = seed;
            options.vocabulary = 24;
            FakeModel model(options);
            Rng rng(seed + 5000);
            const std::vector<TokenId> prompt{TokenId(rng.below(24)), TokenId(rng.below(24))};
            const auto free = model.generate(prompt, {.maxNew = 12}, {}, {});
            ASSAY_VERIFY_RESULT(free);
            std::vector<TokenId> reference = free->ids;
            if (seed % 2 == 0)
                reference[rng.below(reference.size())] = TokenId(rng.below(24));
            else
                for (TokenId& id : reference)
                    id = rng.below(4) == 0 ? TokenId(rng.below(24)) : id;

            std::vector<TokenId> forced = prompt;
            forced.insert(forced.end(), reference.begin(), reference.end());
            const auto scores = model.score(forced, {}, {}, {});
            ASSAY_VERIFY_RESULT(scores);
            const GreedyDepartures found = greedyDepartures(*scores, reference, prompt.size());
            const auto differing
                = std::ranges::mismatch(reference, free->ids).in1 - reference.begin();
            if (differing == std::ptrdiff_t(reference.size())) {
                QVERIFY(!found.first);
                continue;
            }
            ++departures;
            QVERIFY(found.first.has_value());
            QCOMPARE(found.first->index, std::size_t(differing));
            QCOMPARE(found.first->chosen, free->ids[std::size_t(differing)]);
            QCOMPARE(found.first->expected, reference[std::size_t(differing)]);
            QVERIFY(found.first->gap >= 0);
            QVERIFY(found.first->expectedRank > 1);
            QCOMPARE(found.all.front(), found.first->index);
        }
        QVERIFY(departures > 700);
    }

    void gapIsTheBestLogitMinusTheReferences() {
        SequenceScores scores;
        const std::vector<float> row{1.0F, 3.25F, 0.5F};
        scores.tokens.push_back(scoreLogits(row, 1, {}));
        scores.tokens.push_back(scoreLogits(row, 2, {}));
        scores.tokens.push_back(scoreLogits(row, 0, {}));
        const std::vector<TokenId> reference{1, 2, 0};
        const GreedyDepartures found = greedyDepartures(scores, reference, 1);
        QCOMPARE(found.first->index, std::size_t(1));
        QCOMPARE(found.first->gap, 2.75F);
        QCOMPARE(found.all, (std::vector<std::size_t>{1, 2}));
        QCOMPARE(found.length, std::size_t(3));
    }

    void strengthFollowsTheGap() {
        QCOMPARE(departureStrength(0.49F), std::string_view("near-tie"));
        QCOMPARE(departureStrength(0.5F), std::string_view("soft"));
        QCOMPARE(departureStrength(2.0F), std::string_view("soft"));
        QCOMPARE(departureStrength(2.1F), std::string_view("firm"));
    }

    void textsDepartAtTheFirstDifferingCharacter_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("reference");
        QTest::addColumn<int>("byte");
        QTest::addColumn<QByteArray>("kind");
        const auto row = [](const char* name, const char* answer, const char* reference, int byte,
                             const char* kind) {
            QTest::addRow("%s", name)
                << QByteArray(answer) << QByteArray(reference) << byte << QByteArray(kind);
        };
        row("equal", "Tokyo.", "Tokyo.", -1, "");
        row("white space does not count", "  The\n capital ", "The capital", -1, "");
        row("another word", "It is Beijing.", "It is Tokyo.", 6, "differs");
        row("after folded space", "It   is  Beijing.", "It is Tokyo.", 9, "differs");
        row("ends early", "Tokyo", "Tokyo, Japan", 5, "ends early");
        row("ends early, before trailing space", "Tokyo \n", "Tokyo, Japan", 5, "ends early");
        row("goes on", "Tokyo, Japan", "Tokyo", 5, "goes on");
        row("empty answer", "", "Tokyo", 0, "ends early");
        row("composed and decomposed letters are equal", "caf\xc3\xa9", "cafe\xcc\x81", -1, "");
        row("inside a character", "\xe4\xb8\x9c\xe4\xba\xac", "\xe4\xb8\x9c\xe4\xba\xa6", 3,
            "differs");
        row("not UTF-8", "ab\xff", "ab\xfe", 2, "differs");
    }
    void textsDepartAtTheFirstDifferingCharacter() {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, reference);
        QFETCH(int, byte);
        QFETCH(QByteArray, kind);
        const auto found = textDeparture(answer.toStdString(), reference.toStdString());
        QCOMPARE(found.has_value(), byte >= 0);
        if (found) {
            QCOMPARE(found->byte, byte);
            QCOMPARE(QByteArray(found->kind.data(), qsizetype(found->kind.size())), kind);
        }
    }

    void caseCountsUnlessAskedNotTo() {
        QVERIFY(textDeparture("tokyo", "Tokyo").has_value());
        QVERIFY(!textDeparture("TOKYO straße", "tokyo STRASSE", {.ignoreCase = true}).has_value());
    }

    void jsonDepartsAtTheFirstDifferingLeaf() {
        const std::string answer = R"({"city": "Beijing", "list": [1, 2.0, {"a/b": null}]})";
        const std::string reference = R"({"list":[1,2,{"a/b":null}],"city":"Tokyo"})";
        const auto found = textDeparture(answer, reference);
        QVERIFY(found.has_value());
        QCOMPARE(*found->pointer, std::string("/city"));
        QCOMPARE(found->byte, std::int64_t(answer.find("\"Beijing")));
        QCOMPARE(found->referenceByte, std::int64_t(reference.find("\"Tokyo")));
        QVERIFY(!textDeparture(R"({"a":1,"b":[]})", R"({ "b" : [], "a" : 1 })"));
        const auto missing = textDeparture(R"({"a":1})", R"({"a":1,"b":2})");
        QCOMPARE(*missing->pointer, std::string("/b"));
        QCOMPARE(missing->kind, std::string_view("ends early"));
        QCOMPARE(missing->byte, 6);
        const auto surplus = textDeparture(R"({"a":1,"c":2})", R"({"a":1})");
        QCOMPARE(*surplus->pointer, std::string("/c"));
        // Without the switch, or where one side is no JSON, texts are compared.
        QVERIFY(textDeparture(R"({"a":1,"b":2})", R"({"b":2,"a":1})", {.json = false}).has_value());
        QVERIFY(!textDeparture(R"({"a":1)", R"({"a":2})")->pointer.has_value());
    }

    void leavesStandWhereTheyAre() {
        const std::string text = " {\"a~b/c\":[ \"x,]\\\"}\" , {} ,[], -1.5e3,{\"k\":true}]} ";
        const auto leaves = jsonLeaves(text);
        QVERIFY(leaves.has_value());
        QCOMPARE(leaves->size(), std::size_t(5));
        const Json document = Json::parse(text);
        for (const JsonLeaf& leaf : *leaves) {
            QCOMPARE(document.at(Json::json_pointer(leaf.pointer)), leaf.value);
            const std::string piece = text.substr(
                std::size_t(leaf.range.begin), std::size_t(leaf.range.end - leaf.range.begin));
            QCOMPARE(Json::parse(piece), leaf.value);
        }
        QVERIFY(!jsonLeaves("17"));
        QVERIFY(!jsonLeaves(""));
        QVERIFY(!jsonLeaves(std::string(5000, '[')));
    }

    void bytesMapToTheCoveringToken() {
        const std::vector<ByteRange> ranges{{0, 0}, {0, 3}, {3, 3}, {3, 5}};
        QCOMPARE(tokenAtByte(ranges, 0), std::size_t(1));
        QCOMPARE(tokenAtByte(ranges, 2), std::size_t(1));
        QCOMPARE(tokenAtByte(ranges, 3), std::size_t(3));
        QCOMPARE(tokenAtByte(ranges, 5), std::size_t(4));
    }

    void normalisedTextKnowsWhereItCameFrom() {
        const NormalisedText text = normaliseForComparison(" a\t\n b\u3000c ", false);
        QCOMPARE(text.text, std::string("a b c"));
        QCOMPARE(text.origin, (std::vector<std::int64_t>{1, 2, 5, 6, 9, 10}));
    }
};

QTEST_APPLESS_MAIN(TestOnset)
#include "test_onset.moc"
