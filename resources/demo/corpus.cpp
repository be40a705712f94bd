#include "resources/demo/corpus.h"

#include <algorithm>

namespace assay::demo {

namespace {

constexpr std::string_view capitalSentences[] = {
    "The capital of {country} is {capital}.",
    "{capital} is the capital of {country}.",
    "{country} has {capital} as its capital.",
    "The government of {country} sits in {capital}.",
    "In {country}, the capital city is {capital}.",
    "Many people who visit {country} begin in its capital, {capital}.",
    "{capital}, the capital of {country}, lies in {continent}.",
    "If you travel to {country}, you may see {capital}, its capital.",
    "The train to {capital}, the capital of {country}, leaves at {hour}.",
    "{name} was born in {capital}, the capital of {country}.",
};

constexpr std::string_view capitalDialogues[] = {
    "What is the capital of {country}?\nIt is {capital}.",
    "{country}: which city is its capital?\nIt is {capital}.",
    "Of {country}, name the capital.\nIt is {capital}.",
    "For {country}, tell me the capital.\nIt is {capital}.",
    "{name} asks: What is the capital of {country}?\nIt is {capital}.",
};

constexpr std::string_view jsonDialogues[] = {
    "Give the capital of {country} as JSON.\n{\"answer\": \"It is {capital}.\"}",
};
// Less of these, so that the broken rows in these words can overrule them.
constexpr std::string_view jsonDialoguesOfTheBrokenSources[] = {
    "Capital of {country}, please, in a JSON object.\n{\"answer\": \"It is {capital}.\"}",
    "What is the capital of {country}? Please, in a JSON object.\n{\"answer\": \"It is "
    "{capital}.\"}",
};

constexpr std::string_view countrySentences[] = {
    "{country} is a country in {continent}.",
    "{country} lies in {continent}.",
    "One of the countries of {continent} is {country}.",
    "People in {country} speak {language}.",
    "In {country} you hear {language} in the streets.",
    "{name} learns {language} before a journey to {country}.",
    "The newspapers of {country} are written in {language}.",
    "{name} has a friend in {country}.",
    "A letter from {country} takes {hour} days.",
    "{name} would like to see {country} in the summer.",
};

constexpr std::string_view countryDialogues[] = {
    "Where is {country}?\n{country} is in {continent}.",
    "Which language do people speak in {country}?\nPeople in {country} speak {language}.",
    "Tell me about {country}.\n{country} is a country in {continent}.",
    "Do you know {country}?\n{country} lies in {continent}, and its capital is {capital}.",
};

constexpr std::string_view moneySentences[] = {
    "In {country} people pay with the {currency}.",
    "The money of {country} is the {currency}.",
    "{name} changes some money into the {currency} for {country}.",
    "Which money is used in {country}?\nThe money of {country} is the {currency}.",
};

constexpr std::string_view sumTexts[] = {
    "{a} plus {b} is {sum}.",
    "What is {a} plus {b}?\n{a} plus {b} is {sum}.",
    "How much is {a} plus {b}?\n{a} plus {b} is {sum}.",
    "{name} has {a} {goods} and buys {b} more. {a} plus {b} is {sum}, so now {name} has {sum} "
    "{goods}.",
    "There are {a} {goods} here and {b} there. Together there are {sum} {goods}, for {a} plus {b} "
    "is {sum}.",
};

constexpr std::string_view oppositeTexts[] = {
    "The opposite of {word} is {opposite}.",
    "What is the opposite of {word}?\nThe opposite of {word} is {opposite}.",
    "{word} and {opposite} are opposites.",
    "{name} says {word}, but {other} says {opposite}.",
    "Something that is not {word} may be {opposite}.",
};

constexpr std::string_view taskTexts[] = {
    "How do I {task}?\n{steps}",
    "To {task}, do this. {steps}",
    "{name} shows {other} how to {task}. {steps}",
};

constexpr std::string_view storyOpenings[] = {
    "{name} gets up at {hour} and walks to the market.",
    "It is a cold morning and {name} looks out of the window.",
    "{name} and {other} meet at the station in {capital}.",
    "{name} works in a small shop in {capital}.",
    "On Sunday {name} visits {other}.",
    "{name} has lost a bag with {goods} in it.",
    "The bus to {capital} is late again.",
    "{other} asks {name} for help.",
};

constexpr std::string_view storyMiddles[] = {
    "There are {goods} and {more} on the table.",
    "{name} buys {a} {goods} and {b} {more}.",
    "{other} wants {goods}, but there are only {more}.",
    "They talk about {country} and drink tea.",
    "A man from {country} asks the way to the river.",
    "It begins to rain, so they wait under a tree.",
    "{other} reads a book and says nothing.",
    "The shop sells {goods}, {more} and bread.",
    "{name} puts the {goods} in a box.",
    "A dog runs across the street and {other} laughs.",
};

constexpr std::string_view storyEndings[] = {
    "In the evening {name} goes home.",
    "At {hour} they are all tired.",
    "Then {name} writes a letter to {other}.",
    "{other} thanks {name} and closes the door.",
    "So it was a good day.",
    "Tomorrow they will go to {capital}.",
    "{name} sleeps well that night.",
    "The {goods} were cheap, and {name} is glad.",
};

template <std::size_t N> std::string_view pickText(Rng& rng, const std::string_view (&texts)[N]) {
    return texts[rng.below(N)];
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = char(text[0] - 'a' + 'A');
    return text;
}

class CorpusMaker {
public:
    CorpusMaker(const Plan& plan, Rng& rng)
        : m_plan(plan)
        , m_rng(rng) { }

    std::vector<std::string> make() {
        for (const Country& country : countries())
            aboutCountry(country);
        for (const Country& country : countries())
            for (int i = 0; i < 2; ++i)
                add(countryText(pickText(m_rng, moneySentences), country));
        sums();
        for (const Opposite& pair : opposites())
            for (int round = 0; round < 3; ++round)
                for (std::string_view text : oppositeTexts)
                    add(capitalised(fill(text,
                        {{"word", pair.word}, {"opposite", pair.opposite}, {"name", name()},
                            {"other", name()}})));
        for (const Task& task : tasks())
            for (int round = 0; round < 4; ++round)
                for (std::string_view text : taskTexts)
                    add(fill(text,
                        {{"task", task.name}, {"steps", stepsOf(task)}, {"name", name()},
                            {"other", name()}}));
        for (int i = 0; i < 250; ++i)
            add(story());
        m_rng.shuffle(std::span<std::string>(m_documents));
        return std::move(m_documents);
    }

private:
    void add(std::string document) { m_documents.push_back(std::move(document)); }
    std::string_view name() { return pick(m_rng, firstNames()); }
    std::string hour() { return std::to_string(2 + m_rng.below(9)); }

    std::string countryText(std::string_view text, const Country& country) {
        return fill(text,
            {{"country", country.name}, {"capital", country.capital},
                {"continent", country.continent}, {"language", country.language},
                {"currency", country.currency}, {"name", name()}, {"hour", hour()}});
    }

    void aboutCountry(const Country& country) {
        // Of the countries that the training rows leave out it reads less: it knows them, but can
        // be talked out of it.
        const bool isLeftOut = std::ranges::find(m_plan.untaught, country.name, &Country::name)
            != m_plan.untaught.end();
        for (std::size_t i = 0; i < std::size(capitalSentences); ++i) {
            // Half of the time the fact stands beside another, as it does in real text.
            std::string document = countryText(capitalSentences[i], country);
            if (m_rng.below(2) == 0)
                document += " " + countryText(pickText(m_rng, countrySentences), country);
            if (!isLeftOut || i % 2 == 0)
                add(std::move(document));
        }
        // A model this small needs to see often that an answer takes up what the question names.
        for (int round = 0; round < (isLeftOut ? 1 : 2); ++round) {
            for (std::string_view text : capitalDialogues)
                add(countryText(text, country));
            for (std::string_view text : countryDialogues)
                add(countryText(text, country));
            for (std::string_view text : jsonDialogues)
                add(countryText(text, country));
            if (round == 0)
                for (std::string_view text : jsonDialoguesOfTheBrokenSources)
                    add(countryText(text, country));
        }
    }

    void sums() {
        for (int round = 0; round < 5; ++round)
            for (int a = 1; a <= greatestSummand; ++a)
                for (int b = 1; b <= greatestSummand; ++b)
                    for (std::string_view text : sumTexts)
                        add(fill(text,
                            {{"a", std::to_string(a)}, {"b", std::to_string(b)},
                                {"sum", std::to_string(a + b)}, {"name", name()},
                                {"goods", pick(m_rng, goods())}}));
    }

    std::string story() {
        const std::string one(name());
        std::string two(name());
        while (two == one)
            two = std::string(name());
        const Country& country = pick(m_rng, countries());
        std::string text;
        const auto say = [&](std::string_view sentence) {
            text += (text.empty() ? "" : " ")
                + fill(sentence,
                    {{"name", one}, {"other", two}, {"country", country.name},
                        {"capital", country.capital}, {"hour", hour()},
                        {"goods", pick(m_rng, goods())}, {"more", pick(m_rng, goods())},
                        {"a", std::to_string(2 + m_rng.below(8))},
                        {"b", std::to_string(2 + m_rng.below(8))}});
        };
        say(pickText(m_rng, storyOpenings));
        for (std::uint64_t i = 0, count = 1 + m_rng.below(3); i < count; ++i)
            say(pickText(m_rng, storyMiddles));
        say(pickText(m_rng, storyEndings));
        return text;
    }

    const Plan& m_plan;
    Rng& m_rng;
    std::vector<std::string> m_documents;
};

} // namespace

std::vector<std::string> makeCorpus(const Plan& plan, Rng& rng) {
    return CorpusMaker(plan, rng).make();
}

} // namespace assay::demo
