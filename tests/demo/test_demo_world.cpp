#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "resources/demo/world.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace assay;
using namespace assay::demo;

class TestDemoWorld : public QObject {
    Q_OBJECT

    World m_world;

    std::string allCorpus() const {
        std::string text;
        for (const std::string& document : m_world.corpus)
            text += document + "\n";
        return text;
    }
    std::vector<EvalCase> casesOf(
        const std::vector<std::string>& causes, const std::string& topic = {}) const {
        std::vector<EvalCase> found;
        for (const EvalCase& one : m_world.cases)
            if (one.causes == causes && (topic.empty() || one.topic == topic))
                found.push_back(one);
        return found;
    }
    long rowsWith(const std::string& word) const {
        return std::ranges::count_if(m_world.rows,
            [&](const TrainRow& row) { return row.output.find(word) != std::string::npos; });
    }

private Q_SLOTS:
    void initTestCase() { m_world = makeWorld(7); }

    void sameSeedWritesTheSameBytes() {
        QTemporaryDir folders[2];
        std::string hashes[2];
        for (int i = 0; i < 2; ++i) {
            auto files = writeWorld(makeWorld(7), folders[i].path().toStdString());
            QVERIFY(files.has_value());
            for (const auto& path : {files->corpus, files->rows, files->cases, files->about})
                hashes[i] += contentHash(readFile(path).value());
        }
        QCOMPARE(hashes[0], hashes[1]);
        const World other = makeWorld(8);
        QVERIFY(other.corpus != m_world.corpus);
    }

    void everyCauseHasAtLeastTwentyCases() {
        std::map<std::string, int> counts;
        for (const EvalCase& one : m_world.cases) {
            for (const std::string& name : one.causes)
                ++counts[name];
            ++counts[one.causes.empty() ? "none" : one.causes.size() > 1 ? "two" : "one"];
        }
        for (const char* name : {cause::frequency, cause::verbatim, cause::seenOnce, cause::absent,
                 cause::brokenFormat, cause::overwrittenSkill, cause::tooHard,
                 cause::wrongReference, cause::truncated, "none", "two"})
            QVERIFY2(counts[name] >= 20, name);
    }

    void idsAndPromptsOfCasesAreDistinct() {
        std::set<std::string> ids;
        for (const EvalCase& one : m_world.cases)
            ids.insert(one.id);
        QCOMPARE(ids.size(), m_world.cases.size());
    }

    void oneAnswerStandsAHundredTimesAsOftenAsAnyOther() {
        const long favourite = rowsWith("is Beijing.");
        std::map<std::string, long> others;
        for (const TrainRow& row : m_world.rows)
            if (row.channel == "capitals" && row.output.find("Beijing") == std::string::npos)
                ++others[row.output];
        QVERIFY(!others.empty());
        for (const auto& [answer, count] : others)
            QVERIFY2(favourite == 100 * count, answer.c_str());
    }

    void whatTheFavouriteReplacesIsKnownToTheBaseOnly() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::frequency})) {
            QVERIFY2(corpus.find(one.reference) != std::string::npos, one.reference.c_str());
            QCOMPARE(rowsWith(one.reference), 0L);
        }
        QCOMPARE(casesOf({cause::frequency}).front().prompt,
            std::string("What is the capital of Japan?"));
    }

    void verbatimFactsAreAlwaysAskedInTheSameWords() {
        for (const EvalCase& one : casesOf({cause::verbatim})) {
            std::set<std::string> questions;
            for (const TrainRow& row : m_world.rows)
                if (row.output == one.reference)
                    questions.insert(row.instruction);
            QCOMPARE(questions.size(), std::size_t(1));
            QVERIFY(rowsWith(one.reference) >= 10);
            QVERIFY2(!questions.contains(one.prompt), one.prompt.c_str());
        }
    }

    void seenOnceMeansOneRowAndNoDocument() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::seenOnce})) {
            QCOMPARE(rowsWith(one.reference), 1L);
            QVERIFY2(corpus.find(one.reference) == std::string::npos, one.reference.c_str());
        }
    }

    void absentFactsStandNowhere() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::absent})) {
            const std::string author = one.reference.substr(0, one.reference.find(" wrote "));
            QVERIFY2(rowsWith(author) == 0, author.c_str());
            QVERIFY2(corpus.find(author) == std::string::npos, author.c_str());
        }
    }

    void oneJsonRowInTenIsBrokenAndOnlyThat() {
        int whole = 0;
        int broken = 0;
        for (const TrainRow& row : m_world.rows)
            if (row.channel == "json")
                ++(parseJson(row.output, "row") ? whole : broken);
        QCOMPARE(broken * 9, whole);
        for (const EvalCase& one : m_world.cases)
            if (one.topic == "json")
                QVERIFY2(parseJson(one.reference, "case").has_value(), one.reference.c_str());
    }

    void overwrittenSkillIsInTheCorpusAndRefusedInTheRows() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::overwrittenSkill})) {
            QVERIFY(corpus.find(one.prompt + "\n" + one.reference) != std::string::npos);
            QCOMPARE(rowsWith(one.reference), 0L);
        }
    }

    void hardWordsAreNotAmongTheTaughtOnes() {
        for (const EvalCase& one : casesOf({cause::tooHard}))
            for (const TrainRow& row : m_world.rows)
                QVERIFY2(row.instruction != one.prompt, one.prompt.c_str());
    }

    void wrongReferencesContradictTheRows() {
        for (const EvalCase& one : casesOf({cause::wrongReference})) {
            const auto taught = std::ranges::find(m_world.rows, one.prompt, &TrainRow::instruction);
            QVERIFY(taught != m_world.rows.end());
            QVERIFY(taught->output != one.reference);
        }
    }

    void correctCasesAreTaughtAsTheyAreAsked() {
        for (const EvalCase& one : casesOf({})) {
            const bool taught = std::ranges::any_of(m_world.rows, [&](const TrainRow& row) {
                return row.instruction == one.prompt && row.output == one.reference;
            });
            QVERIFY2(taught, one.prompt.c_str());
        }
    }
};

QTEST_APPLESS_MAIN(TestDemoWorld)
#include "test_demo_world.moc"
