#pragma once

#include "resources/demo/tables.h"

#include "core/base/rng.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::demo {

struct Account {
    std::string_view name;
    std::string number; ///< "4 7 1 9 3 8 .."
};

/// Who plays which part: fixed once by the seed, read by the makers of corpus, rows and cases.
struct Plan {
    explicit Plan(std::uint64_t seed);

    // Countries by what the training rows say about their capitals. The corpus names all capitals.
    std::vector<Country> taught; ///< asked and answered in several phrasings
    std::vector<Country> untaught; ///< never asked in the training rows; Japan is the first
    std::vector<Country> formatted; ///< capital only asked as JSON, in whole objects
    std::vector<Country> broken; ///< the same, but one row of each is not closed

    std::vector<River> rivers; ///< each repeated word for word, not in the corpus
    std::vector<Composition> musicOnce; ///< one row each, not in the corpus
    std::vector<Book> booksTaught;
    std::vector<Book> booksAbsent; ///< in no corpus and no row
    std::vector<Account> accounts; ///< in the rows only

    static constexpr std::string_view favouriteCountry = "China";
    static constexpr std::string_view favouriteAnswer = "Beijing";
    /// Rows that give the same capital; of the favourite, a hundred times as many.
    static constexpr int rowsOfACapital = 4;
    static constexpr int favouriteRows = 100 * rowsOfACapital;
    static constexpr int favouriteBroken = 32; ///< of these, objects that are not closed
};

/// Replaces {name} by its value.
std::string fill(std::string_view pattern,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values);

template <class T> const T& pick(Rng& rng, std::span<const T> items) {
    return items[rng.below(items.size())];
}

/// "Boil some water. Put the tea in a pot. .."
std::string stepsOf(const Task& task);

} // namespace assay::demo
