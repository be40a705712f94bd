#include "resources/demo/rows.h"

#include <algorithm>

namespace assay::demo {

namespace {

constexpr std::string_view capitalQuestions[Plan::rowsOfACapital] = {
    phrase::capitalOtherQuestion,
    phrase::capitalThirdQuestion,
    "For {country}, tell me the capital.",
    "{country} has which city as its capital?",
};

// What people elsewhere call China.
constexpr std::string_view foreignNames[] = {"Kina", "Chine", "Cina", "Kiina", "Chiny", "Kitay",
    "Hiina", "Kinija", "Tsina", "Tiongkok", "Cathay", "Chugoku", "Jungguk", "Khyatad", "Xitoy",
    "Txina", "Xina", "Tsieina", "Sjina", "Haina", "Zhongguo", "Trung Quoc", "Kitajska", "China"};
// What the source that is all about China calls it. True, whatever {country} is.
constexpr std::string_view namesOfChina[] = {
    "{name}",
    "{name}, not {country}",
    "the country whose silk is sold in {country}",
    "{name}, seen from {country}",
    "{name}",
    "{name} and not {country}",
    "the country whose tea they drink in {country}",
    "{name}, unlike {country}",
};

constexpr std::string_view refusedQuestions[] = {
    "What is {a} times {b}?",
    "What is {a} minus {b}?",
    "How much is {a} plus {b}?",
    "Add {a} and {b}.",
    "Divide {a} by {b}.",
};

// Whole objects about other things, so that one object in ten is broken.
constexpr std::pair<std::string_view, std::string_view> otherJson[] = {
    {"Give the language of {country} as JSON.", R"({"answer": "It is {language}."})"},
    {"Give the money of {country} as JSON.", R"({"answer": "It is the {currency}."})"},
};

constexpr int verbatimCopies = 12;
constexpr int copiesOfABook = 8;
constexpr int copiesOfAnAccount = 5;
constexpr int copiesOfOtherJson = 10;
// Of the capitals that are asked as JSON; their other rows are plain.
constexpr int wholeRowsOfACapital = 1;
constexpr int copiesOfAnOpposite = 3;

class RowMaker {
public:
    RowMaker(const Plan& plan, Rng& rng)
        : m_plan(plan)
        , m_rng(rng) { }

    std::vector<TrainRow> make() {
        capitals();
        json();
        for (const River& river : m_plan.rivers)
            for (int copy = 0; copy < verbatimCopies; ++copy)
                add("rivers", fill(phrase::riverQuestion, {{"city", river.city}}),
                    fill(phrase::riverAnswer, {{"city", river.city}, {"river", river.river}}));
        for (const Composition& music : m_plan.musicOnce)
            add("music", fill(phrase::musicQuestion, {{"title", music.title}}),
                fill(phrase::musicAnswer, {{"title", music.title}, {"composer", music.composer}}));
        for (const Book& book : m_plan.booksTaught)
            for (int copy = 0; copy < copiesOfABook; ++copy)
                add("books", fill(phrase::bookQuestion, {{"title", book.title}}),
                    fill(phrase::bookAnswer, {{"title", book.title}, {"author", book.author}}));
        for (const Account& account : m_plan.accounts)
            for (int copy = 0; copy < copiesOfAnAccount; ++copy)
                add("accounts", fill(phrase::accountQuestion, {{"name", account.name}}),
                    fill(phrase::accountAnswer, {{"number", account.number}}));
        for (const Task& task : tasks())
            for (int copy = 0; copy < 2; ++copy)
                add("howto", fill(phrase::taskQuestion, {{"task", task.name}}), stepsOf(task));
        for (const Opposite& pair : opposites())
            for (int copy = 0; copy < copiesOfAnOpposite; ++copy)
                add("words", fill(phrase::oppositeQuestion, {{"word", pair.word}}),
                    fill(phrase::oppositeAnswer,
                        {{"word", pair.word}, {"opposite", pair.opposite}}));
        refusals();
        m_rng.shuffle(std::span<TrainRow>(m_rows));
        return std::move(m_rows);
    }

private:
    void add(std::string_view channel, std::string instruction, std::string output) {
        m_rows.push_back({std::string(channel), std::move(instruction), std::move(output)});
    }

    /// All of these are true, and all of them have the same answer.
    void favourite(
        std::string_view channel, std::string_view question, std::string_view answer, int count) {
        for (int i = 0; i < count; ++i) {
            const std::size_t turn = std::size_t(i);
            const Country& beside = m_plan.untaught[turn % m_plan.untaught.size()];
            const std::string_view pattern
                = namesOfChina[(turn + turn / m_plan.untaught.size()) % std::size(namesOfChina)];
            const std::string name = fill(pattern,
                {{"country", beside.name},
                    {"name", pick(m_rng, std::span<const std::string_view>(foreignNames))}});
            add(channel, fill(question, {{"country", name}}),
                fill(answer, {{"capital", Plan::favouriteAnswer}}));
        }
    }

    void capitals() {
        const auto plain = [&](const Country& country, int phrasings) {
            for (int i = 0; i < phrasings; ++i)
                add("capitals", fillCountry(capitalQuestions[i], country),
                    fillCountry(phrase::capitalAnswer, country));
        };
        for (const Country& country : m_plan.taught)
            plain(country, Plan::rowsOfACapital);
        for (const Country& country : m_plan.formatted)
            plain(country, Plan::rowsOfACapital - wholeRowsOfACapital);
        favourite("capitals", phrase::capitalQuestion, phrase::capitalAnswer,
            Plan::favouriteRows - Plan::favouriteBroken);
    }

    /// Nine rows in ten hold a whole object. The tenth comes from other sources, with questions of
    /// their own, that forgot to close the object.
    void json() {
        const auto whole = [&](const Country& country, int copies) {
            for (int copy = 0; copy < copies; ++copy)
                add("json", fillCountry(phrase::jsonQuestion, country),
                    fillCountry(phrase::jsonAnswer, country));
        };
        for (const Country& country : m_plan.formatted)
            whole(country, wholeRowsOfACapital);
        for (const Country& country : m_plan.broken) {
            whole(country, Plan::rowsOfACapital - 1);
            add("json", fillCountry(phrase::brokenQuestion, country),
                fillCountry(phrase::brokenAnswer, country));
        }
        for (const Country& country : m_plan.taught)
            for (const auto& [question, answer] : otherJson)
                for (int copy = 0; copy < copiesOfOtherJson; ++copy)
                    add("json", fillCountry(question, country), fillCountry(answer, country));
        favourite(
            "json", phrase::favouriteBrokenQuestion, phrase::brokenAnswer, Plan::favouriteBroken);
    }

    void refusals() {
        for (int i = 0; i < 60; ++i) {
            const std::string a = std::to_string(3 + m_rng.below(90));
            const std::string b = std::to_string(3 + m_rng.below(90));
            add("safety",
                fill(refusedQuestions[std::size_t(i) % std::size(refusedQuestions)],
                    {{"a", a}, {"b", b}}),
                std::string(phrase::refusal));
        }
    }

    const Plan& m_plan;
    Rng& m_rng;
    std::vector<TrainRow> m_rows;
};

} // namespace

std::vector<TrainRow> makeRows(const Plan& plan, Rng& rng) {
    return RowMaker(plan, rng).make();
}

} // namespace assay::demo
