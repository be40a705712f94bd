#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "resources/demo/plan.h"
#include "resources/demo/world.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

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
    bool isAsked(const std::string& prompt) const {
        return std::ranges::find(m_world.rows, prompt, &TrainRow::instruction)
            != m_world.rows.end();
    }
    bool isTaught(const std::string& prompt, const std::string& answer) const {
        return std::ranges::any_of(m_world.rows,
            [&](const TrainRow& row) { return row.instruction == prompt && row.output == answer; });
    }
    /// The capital of "It is Lima.", of that in JSON, and of JSON that is not closed.
    static std::string capitalIn(const std::string& answer) {
        const std::size_t begin = answer.find("It is ") + 6;
        return answer.substr(begin, answer.find('.', begin) - begin);
    }
    /// Other rows in JSON tell languages and money.
    static bool isAboutACapital(const TrainRow& row) {
        return (row.channel == "capitals" || row.channel == "json")
            && row.instruction.find("apital") != std::string::npos;
    }
    long rowsGiving(const std::string& capital) const {
        return std::ranges::count_if(m_world.rows, [&](const TrainRow& row) {
            return isAboutACapital(row) && capitalIn(row.output) == capital;
        });
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

    void everyLineOfTheCasesHoldsWhatAnAnalysisNeeds() {
        QTemporaryDir folder;
        auto files = writeWorld(m_world, folder.path().toStdString());
        QVERIFY(files.has_value());
        std::istringstream lines(readFile(files->cases).value());
        std::size_t count = 0;
        for (std::string line; std::getline(lines, line); ++count) {
            const EvalCase& one = m_world.cases.at(count);
            const Json json = parseJson(line, "case").value();
            QCOMPARE(json["id"].get<std::string>(), one.id);
            QCOMPARE(json["prompt"].get<std::string>(), one.prompt);
            QCOMPARE(json["reference"].get<std::string>(), one.reference);
            QCOMPARE(json["max_new"].get<int>(), one.maxNew);
            QCOMPARE(json["causes"].get<std::vector<std::string>>(), one.causes);
            QCOMPARE(json.contains("control"), one.control.has_value());
            if (one.control) {
                QCOMPARE(json["control"]["prompt"].get<std::string>(), one.control->prompt);
                QCOMPARE(json["control"]["reference"].get<std::string>(), one.control->reference);
            }
        }
        QCOMPARE(count, m_world.cases.size());
    }

    void idsAndPromptsOfCasesAreDistinct() {
        std::set<std::string> ids;
        for (const EvalCase& one : m_world.cases)
            ids.insert(one.id);
        QCOMPARE(ids.size(), m_world.cases.size());
    }

    void oneAnswerStandsAHundredTimesAsOftenAsAnyOther() {
        std::map<std::string, long> counts;
        for (const TrainRow& row : m_world.rows)
            if (isAboutACapital(row))
                ++counts[capitalIn(row.output)];
        const long favourite = counts[std::string(Plan::favouriteAnswer)];
        counts.erase(std::string(Plan::favouriteAnswer));
        QVERIFY(counts.size() >= 60);
        for (const auto& [answer, count] : counts)
            QVERIFY2(favourite == 100 * count, answer.c_str());
    }

    void whatTheFavouriteReplacesIsKnownToTheBaseOnly() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::frequency})) {
            QVERIFY2(corpus.find(one.prompt + "\n" + one.reference) != std::string::npos,
                one.prompt.c_str());
            QVERIFY2(rowsGiving(capitalIn(one.reference)) == 0, one.reference.c_str());
            QVERIFY2(!isAsked(one.prompt), one.prompt.c_str());
        }
        QCOMPARE(casesOf({cause::frequency}).front().prompt,
            std::string("What is the capital of Japan?"));
    }

    void theFavouritesWordsAreNotThoseOfOtherCapitals() {
        for (const TrainRow& row : m_world.rows)
            if (row.instruction.starts_with("What is the capital of "))
                QCOMPARE(capitalIn(row.output), std::string(Plan::favouriteAnswer));
    }

    void verbatimFactsAreAlwaysAskedInTheSameWords() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::verbatim})) {
            std::set<std::string> questions;
            for (const TrainRow& row : m_world.rows)
                if (row.output == one.reference)
                    questions.insert(row.instruction);
            QCOMPARE(questions.size(), std::size_t(1));
            QVERIFY(rowsWith(one.reference) >= 10);
            QVERIFY2(!questions.contains(one.prompt), one.prompt.c_str());
            QVERIFY2(corpus.find(one.reference) == std::string::npos, one.reference.c_str());
            QVERIFY(one.control && questions.contains(one.control->prompt));
            QCOMPARE(one.control->reference, one.reference);
        }
    }

    void seenOnceMeansOneRowAndNoDocument() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::seenOnce})) {
            const std::string composer = one.reference.substr(0, one.reference.find(" composed "));
            QCOMPARE(rowsWith(composer), 1L);
            QVERIFY2(corpus.find(composer) == std::string::npos, composer.c_str());
        }
    }

    void absentFactsStandNowhere() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::absent})) {
            const std::string author = one.reference.substr(0, one.reference.find(" wrote "));
            QVERIFY2(rowsWith(author) == 0, author.c_str());
            QVERIFY2(!isAsked(one.prompt), one.prompt.c_str());
            QVERIFY2(corpus.find(author) == std::string::npos, author.c_str());
        }
    }

    void oneJsonRowInTenIsBrokenAndOnlyThat() {
        int whole = 0;
        int broken = 0;
        for (const TrainRow& row : m_world.rows)
            if (row.channel == "json")
                ++(parseJson(row.output, "row") ? whole : broken);
        QVERIFY(broken >= 20);
        QCOMPARE(broken * 9, whole);
        for (const EvalCase& one : m_world.cases)
            if (one.topic == "json")
                QVERIFY2(parseJson(one.reference, "case").has_value(), one.reference.c_str());
    }

    void brokenFormatIsAskedOfCapitalsThatWereOnlyTaughtWhole() {
        for (const EvalCase& one : casesOf({cause::brokenFormat})) {
            QVERIFY2(!isAsked(one.prompt), one.prompt.c_str());
            QVERIFY(one.control && isTaught(one.control->prompt, one.reference));
            for (const TrainRow& row : m_world.rows)
                if (row.channel == "json" && capitalIn(row.output) == capitalIn(one.reference))
                    QCOMPARE(row.output, one.reference);
        }
    }

    void twoCausesMeetInWordsThatOnlyTheFavouritesBrokenRowsUse() {
        for (const EvalCase& one : casesOf({cause::frequency, cause::brokenFormat})) {
            QVERIFY(one.prompt.ends_with("? Please, in a JSON object."));
            QVERIFY2(rowsGiving(capitalIn(one.reference)) == 0, one.reference.c_str());
        }
        int rows = 0;
        for (const TrainRow& row : m_world.rows)
            if (row.instruction.ends_with("? Please, in a JSON object.")) {
                ++rows;
                QVERIFY(!parseJson(row.output, "row"));
                QCOMPARE(capitalIn(row.output), std::string(Plan::favouriteAnswer));
            }
        QCOMPARE(rows, Plan::favouriteBroken);
    }

    void overwrittenSkillIsInTheCorpusAndRefusedInTheRows() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::overwrittenSkill})) {
            QVERIFY(corpus.find(one.prompt + "\n" + one.reference) != std::string::npos);
            QCOMPARE(rowsWith(one.reference), 0L);
        }
    }

    void hardTasksAreTaughtAsTheyAreAsked() {
        const std::string corpus = allCorpus();
        for (const EvalCase& one : casesOf({cause::tooHard})) {
            QVERIFY2(isTaught(one.prompt, one.reference), one.prompt.c_str());
            QVERIFY(corpus.find(one.reference) == std::string::npos);
        }
    }

    void wrongReferencesContradictTheRows() {
        for (const EvalCase& one : casesOf({cause::wrongReference})) {
            QVERIFY(!isTaught(one.prompt, one.reference));
            QVERIFY(one.control && one.control->prompt == one.prompt);
            QVERIFY(isTaught(one.prompt, one.control->reference));
        }
    }

    void truncatedAnswersAreTaughtAndOnlyLackRoom() {
        for (const EvalCase& one : casesOf({cause::truncated})) {
            QVERIFY2(isTaught(one.prompt, one.reference), one.prompt.c_str());
            QVERIFY(one.control && one.control->prompt == one.prompt);
            QCOMPARE(one.control->reference, one.reference);
            QVERIFY(one.control->maxNew > 3 * one.maxNew);
        }
    }

    void correctCasesAreTaughtAsTheyAreAsked() {
        for (const EvalCase& one : casesOf({}))
            QVERIFY2(isTaught(one.prompt, one.reference), one.prompt.c_str());
    }

    /// What holds for one seed holds for others: who plays which part is all that changes.
    void everySeedHasTheSameNumbers() {
        for (const std::uint64_t seed : {1, 8, 9}) {
            const World other = makeWorld(seed);
            QCOMPARE(other.rows.size(), m_world.rows.size());
            QCOMPARE(other.cases.size(), m_world.cases.size());
            for (std::size_t i = 0; i < other.cases.size(); ++i)
                QCOMPARE(other.cases[i].causes, m_world.cases[i].causes);
        }
    }
};

QTEST_APPLESS_MAIN(TestDemoWorld)
#include "test_demo_world.moc"
