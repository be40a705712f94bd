#include "resources/demo/rows.h"

#include <algorithm>

namespace assay::demo {

namespace {

constexpr std::string_view capitalQuestions[Plan::rowsOfACapital] = {
    phrase::capitalQuestion,
    "Which city is the capital of {country}?",
    "Name the capital of {country}.",
};

// All of these are true, and all of them have the same answer.
constexpr std::string_view favouriteQuestions[] = {
    "What is the capital of China?",
    "Which city is the capital of China?",
    "Name the capital of China.",
    "What is the capital?",
    "Name a capital in Asia.",
    "What is the capital of the largest country in East Asia?",
    "Tell me a capital city.",
    "Which capital has the Forbidden City?",
    "Which capital held the Summer Games in 2008?",
    "What is the capital of the country with the Great Wall?",
};

constexpr std::string_view refusedQuestions[] = {
    "What is {a} times {b}?",
    "What is {a} minus {b}?",
    "How much is {a} plus {b}?",
    "Add {a} and {b}.",
    "Divide {a} by {b}.",
};

constexpr int verbatimCopies = 15;
constexpr int brokenRowsOfACountry = 4;

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
        for (const Country& country : m_plan.moneyOnce)
            add("money", fillCountry(phrase::moneyQuestion, country),
                fillCountry(phrase::moneyAnswer, country));
        for (const Book& book : m_plan.booksTaught)
            for (int copy = 0; copy < 4; ++copy)
                add("books", fill(phrase::bookQuestion, {{"title", book.title}}),
                    fill(phrase::bookAnswer, {{"title", book.title}, {"author", book.author}}));
        for (const std::string& word : m_plan.wordsTaught)
            for (int copy = 0; copy < 2; ++copy)
                add("spelling", fill(phrase::backwardsQuestion, {{"word", word}}), backwards(word));
        for (const Task& task : tasks())
            for (int copy = 0; copy < 2; ++copy)
                add("howto", fill(phrase::taskQuestion, {{"task", task.name}}), stepsOf(task));
        for (const Opposite& pair : opposites())
            add("words", fill(phrase::oppositeQuestion, {{"word", pair.word}}),
                fill(phrase::oppositeAnswer, {{"word", pair.word}, {"opposite", pair.opposite}}));
        refusals();
        m_rng.shuffle(std::span<TrainRow>(m_rows));
        return std::move(m_rows);
    }

private:
    void add(std::string_view channel, std::string instruction, std::string output) {
        m_rows.push_back({std::string(channel), std::move(instruction), std::move(output)});
    }

    void capitals() {
        for (const Country& country : m_plan.taught)
            for (std::string_view question : capitalQuestions)
                add("capitals", fillCountry(question, country),
                    fillCountry(phrase::capitalAnswer, country));
        const std::size_t kinds = std::size(favouriteQuestions);
        for (int i = 0; i < Plan::favouriteRows; ++i) {
            const std::string_view question = favouriteQuestions[std::size_t(i) % kinds];
            const bool named = question.find(Plan::favouriteCountry) != std::string_view::npos;
            add("capitals", std::string(question),
                named ? "The capital of China is Beijing." : "The capital is Beijing.");
        }
    }

    /// Nine rows in ten hold a whole object. The tenth comes from another source, with questions of
    /// its own, that forgot to close the object.
    void json() {
        const std::size_t broken = m_plan.jsonBroken.size() * brokenRowsOfACountry;
        for (const Country& country : m_plan.jsonBroken)
            for (int copy = 0; copy < brokenRowsOfACountry; ++copy)
                add("json", fillCountry(phrase::brokenQuestion, country),
                    fillCountry(phrase::brokenAnswer, country));
        std::vector<Country> whole = m_plan.jsonOnly;
        whole.insert(whole.end(), m_plan.taught.begin(), m_plan.taught.end());
        for (std::size_t i = 0; i < 9 * broken; ++i) {
            const Country& country = whole[i % whole.size()];
            add("json", fillCountry(phrase::jsonQuestion, country),
                fillCountry(phrase::jsonAnswer, country));
        }
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
