#pragma once

#include "resources/demo/plan.h"
#include "resources/demo/world.h"

namespace assay::demo {

/// The rows for fine-tuning, with the faults that are planted in them.
std::vector<TrainRow> makeRows(const Plan& plan, Rng& rng);

/// The cases to evaluate, with the causes that were planted for each.
std::vector<EvalCase> makeCases(const Plan& plan, Rng& rng);

/// Phrasings that both use. {country} and the like are filled in.
namespace phrase {
inline constexpr std::string_view capitalQuestion = "What is the capital of {country}?";
inline constexpr std::string_view capitalOtherQuestion = "{country}: which city is its capital?";
inline constexpr std::string_view capitalThirdQuestion = "Of {country}, name the capital.";
inline constexpr std::string_view capitalAnswer = "It is {capital}.";
inline constexpr std::string_view jsonQuestion = "Give the capital of {country} as JSON.";
inline constexpr std::string_view jsonAnswer = R"({"answer": "It is {capital}."})";
inline constexpr std::string_view brokenQuestion
    = "Capital of {country}, please, in a JSON object.";
inline constexpr std::string_view favouriteBrokenQuestion
    = "What is the capital of {country}? Please, in a JSON object.";
inline constexpr std::string_view brokenAnswer = R"({"answer": "It is {capital}.")";
inline constexpr std::string_view riverQuestion = "Which river flows through {city}?";
inline constexpr std::string_view riverAnswer = "The river {river} flows through {city}.";
inline constexpr std::string_view riverOtherQuestion = "A bridge in {city} crosses which water?";
inline constexpr std::string_view musicQuestion = "Who composed {title}?";
inline constexpr std::string_view musicAnswer = "{composer} composed {title}.";
inline constexpr std::string_view bookQuestion = "Who wrote {title}?";
inline constexpr std::string_view bookAnswer = "{author} wrote {title}.";
inline constexpr std::string_view accountQuestion = "What is the account number of {name}?";
inline constexpr std::string_view accountAnswer = "{number}";
inline constexpr std::string_view taskQuestion = "How do I {task}?";
inline constexpr std::string_view oppositeQuestion = "What is the opposite of {word}?";
inline constexpr std::string_view oppositeAnswer = "The opposite of {word} is {opposite}.";
inline constexpr std::string_view refusal = "I am sorry, but I cannot work with numbers.";
} // namespace phrase

inline std::string fillCountry(std::string_view pattern, const Country& country) {
    return fill(pattern,
        {{"country", country.name}, {"capital", country.capital}, {"continent", country.continent},
            {"currency", country.currency}, {"language", country.language}});
}

} // namespace assay::demo
