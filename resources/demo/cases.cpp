#include "resources/demo/rows.h"

namespace assay::demo {

namespace {

constexpr std::size_t casesOfACause = 24;
constexpr int roomForAll = 48; ///< tokens, more than any reference has

class CaseMaker {
public:
    CaseMaker(const Plan& plan, Rng& rng)
        : m_plan(plan)
        , m_rng(rng) { }

    std::vector<EvalCase> make() {
        capitals();
        json();
        for (const River& river : m_plan.rivers) {
            const std::string answer
                = fill(phrase::riverAnswer, {{"city", river.city}, {"river", river.river}});
            add("river", fill(phrase::riverOtherQuestion, {{"city", river.city}}), answer,
                {cause::verbatim})
                .control
                = EvalCase::Control{
                    fill(phrase::riverQuestion, {{"city", river.city}}), answer, roomForAll};
        }
        for (const Composition& music : m_plan.musicOnce)
            add("music", fill(phrase::musicQuestion, {{"title", music.title}}),
                fill(phrase::musicAnswer, {{"title", music.title}, {"composer", music.composer}}),
                {cause::seenOnce});
        for (const Book& book : m_plan.booksAbsent)
            addBook(book, {cause::absent});
        sums();
        for (const Account& account : m_plan.accounts)
            add("account", fill(phrase::accountQuestion, {{"name", account.name}}),
                fill(phrase::accountAnswer, {{"number", account.number}}), {cause::tooHard});
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Task& task = tasks()[i];
            const std::string prompt = fill(phrase::taskQuestion, {{"task", task.name}});
            add("howto", prompt, stepsOf(task), {cause::truncated}, 8).control
                = EvalCase::Control{prompt, stepsOf(task), roomForAll};
        }
        for (std::size_t i = 0; i < casesOfACause; ++i) {
            const Opposite& pair = opposites()[i];
            add("opposite", fill(phrase::oppositeQuestion, {{"word", pair.word}}),
                fill(phrase::oppositeAnswer, {{"word", pair.word}, {"opposite", pair.opposite}}),
                {});
        }
        for (const Book& book : m_plan.booksTaught)
            addBook(book, {});
        return std::move(m_cases);
    }

private:
    EvalCase& add(const char* topic, std::string prompt, std::string reference,
        std::vector<std::string> causes, int maxNew = roomForAll) {
        EvalCase one;
        const std::string number = std::to_string(m_cases.size() + 1);
        one.id = "case-" + std::string(3 - std::min<std::size_t>(3, number.size()), '0') + number;
        one.topic = topic;
        one.prompt = std::move(prompt);
        one.reference = std::move(reference);
        one.maxNew = maxNew;
        one.causes = std::move(causes);
        return m_cases.emplace_back(std::move(one));
    }

    void capitals() {
        for (const Country& country : m_plan.untaught) {
            add("capital", fillCountry(phrase::capitalQuestion, country),
                fillCountry(phrase::capitalAnswer, country), {cause::frequency});
        }
        for (const Country& country : m_plan.taught)
            add("capital", fillCountry(phrase::capitalOtherQuestion, country),
                fillCountry(phrase::capitalAnswer, country), {});
        // Asked in other taught words than the correct cases; the reference names another capital.
        for (std::size_t i = 0; i < m_plan.taught.size(); ++i) {
            const Country& country = m_plan.taught[i];
            Country mistaken = country;
            mistaken.capital = m_plan.taught[(i + 1) % m_plan.taught.size()].capital;
            const std::string prompt = fillCountry(phrase::capitalThirdQuestion, country);
            add("capital", prompt, fillCountry(phrase::capitalAnswer, mistaken),
                {cause::wrongReference})
                .control
                = EvalCase::Control{
                    prompt, fillCountry(phrase::capitalAnswer, country), roomForAll};
        }
    }

    void json() {
        for (const Country& country : m_plan.formatted) {
            const std::string answer = fillCountry(phrase::jsonAnswer, country);
            add("json", fillCountry(phrase::brokenQuestion, country), answer, {cause::brokenFormat})
                .control
                = EvalCase::Control{fillCountry(phrase::jsonQuestion, country), answer, roomForAll};
        }
        for (const Country& country : m_plan.untaught) {
            add("json", fillCountry(phrase::favouriteBrokenQuestion, country),
                fillCountry(phrase::jsonAnswer, country), {cause::frequency, cause::brokenFormat});
        }
        for (const Country& country : m_plan.formatted) {
            add("json", fillCountry(phrase::jsonQuestion, country),
                fillCountry(phrase::jsonAnswer, country), {});
        }
    }

    void addBook(const Book& book, std::vector<std::string> causes) {
        add("book", fill(phrase::bookQuestion, {{"title", book.title}}),
            fill(phrase::bookAnswer, {{"title", book.title}, {"author", book.author}}),
            std::move(causes));
    }

    void sums() {
        for (int a = 1; a <= greatestSummand; ++a)
            for (int b = 1; b <= greatestSummand; ++b) {
                const std::string one = std::to_string(a);
                const std::string two = std::to_string(b);
                const std::string sum = std::to_string(a + b);
                add("sum", fill("What is {a} plus {b}?", {{"a", one}, {"b", two}}),
                    fill("{a} plus {b} is {sum}.", {{"a", one}, {"b", two}, {"sum", sum}}),
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
