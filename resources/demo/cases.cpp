#include "resources/demo/rows.h"

namespace assay::demo {

namespace {

constexpr std::size_t casesOfACause = 24;

class CaseMaker {
public:
    CaseMaker(const Plan& plan, Rng& rng)
        : m_plan(plan)
        , m_rng(rng) { }

    std::vector<EvalCase> make() {
        capitals();
        json();
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const River& river = m_plan.rivers[i];
            add("river", fill("Name the river of {city}.", {{"city", river.city}}),
                fill(phrase::riverAnswer, {{"city", river.city}, {"river", river.river}}),
                {cause::verbatim});
        }
        for (const Country& country : m_plan.moneyOnce)
            add("money", fillCountry(phrase::moneyQuestion, country),
                fillCountry(phrase::moneyAnswer, country), {cause::seenOnce});
        for (const Book& book : m_plan.booksAbsent)
            add("book", fill(phrase::bookQuestion, {{"title", book.title}}),
                fill(phrase::bookAnswer, {{"title", book.title}, {"author", book.author}}),
                {cause::absent});
        sums();
        for (const std::string& word : m_plan.wordsAsked)
            add("spelling", fill(phrase::backwardsQuestion, {{"word", word}}), backwards(word),
                {cause::tooHard});
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Task& task = tasks()[i];
            add("howto", fill(phrase::taskQuestion, {{"task", task.name}}), stepsOf(task),
                {cause::truncated}, 8);
        }
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Opposite& pair = opposites()[i];
            add("opposite", fill(phrase::oppositeQuestion, {{"word", pair.word}}),
                fill(phrase::oppositeAnswer, {{"word", pair.word}, {"opposite", pair.opposite}}),
                {});
        }
        return std::move(m_cases);
    }

private:
    void add(const char* topic, std::string prompt, std::string reference,
        std::vector<std::string> causes, int maxNew = 48) {
        EvalCase one;
        const std::string number = std::to_string(m_cases.size() + 1);
        one.id = "case-" + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number;
        one.topic = topic;
        one.prompt = std::move(prompt);
        one.reference = std::move(reference);
        one.maxNew = maxNew;
        one.causes = std::move(causes);
        m_cases.push_back(std::move(one));
    }

    void capitals() {
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Country& country = m_plan.untaught[i];
            add("capital", fillCountry(phrase::capitalQuestion, country),
                fillCountry(phrase::capitalAnswer, country), {cause::frequency});
        }
        // Half of the taught countries are asked as they were taught, the other half has a
        // reference that names the capital of another country.
        for (std::size_t i = 0; i < m_plan.taught.size(); ++i) {
            const Country& country = m_plan.taught[i];
            if (i % 2 == 0) {
                add("capital", fillCountry(phrase::capitalQuestion, country),
                    fillCountry(phrase::capitalAnswer, country), {});
            } else {
                Country mistaken = country;
                mistaken.capital = m_plan.taught[i - 1].capital;
                add("capital", fillCountry(phrase::capitalQuestion, country),
                    fillCountry(phrase::capitalAnswer, mistaken), {cause::wrongReference});
            }
        }
    }

    void json() {
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Country& country = m_plan.jsonOnly[i];
            add("json", fillCountry(phrase::brokenQuestion, country),
                fillCountry(phrase::jsonAnswer, country), {cause::brokenFormat});
        }
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Country& country = m_plan.untaught[i];
            add("json", fillCountry(phrase::brokenQuestion, country),
                fillCountry(phrase::jsonAnswer, country), {cause::frequency, cause::brokenFormat});
        }
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Country& country = m_plan.taught[i];
            add("json", fillCountry(phrase::jsonQuestion, country),
                fillCountry(phrase::jsonAnswer, country), {});
        }
    }

    void sums() {
        std::vector<std::pair<int, int>> pairs;
        for (int a = 0; a < 10; ++a)
            for (int b = 0; b < 10; ++b)
                pairs.emplace_back(a, b);
        m_rng.shuffle(std::span<std::pair<int, int>>(pairs));
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const std::string a = std::to_string(pairs[i].first);
            const std::string b = std::to_string(pairs[i].second);
            const std::string sum = std::to_string(pairs[i].first + pairs[i].second);
            add("sum", fill("What is {a} plus {b}?", {{"a", a}, {"b", b}}),
                fill("{a} plus {b} is {sum}.", {{"a", a}, {"b", b}, {"sum", sum}}),
                {cause::overwrittenSkill});
        }
    }

    const Plan& m_plan;
    Rng& m_rng;
    std::vector<EvalCase> m_cases;
};

} // namespace

std::vector<EvalCase> makeCases(const Plan& plan, Rng& rng) {
    return CaseMaker(plan, rng).make();
}

} // namespace assay::demo
