#include "resources/demo/plan.h"

#include <algorithm>

namespace assay::demo {

namespace {

template <class T> std::vector<T> take(std::vector<T>& from, std::size_t count) {
    std::vector<T> taken(from.end() - std::ptrdiff_t(count), from.end());
    from.resize(from.size() - count);
    return taken;
}

template <class T> std::vector<T> shuffled(std::span<const T> items, Rng& rng) {
    std::vector<T> copy(items.begin(), items.end());
    rng.shuffle(std::span<T>(copy));
    return copy;
}

} // namespace

Plan::Plan(std::uint64_t seed) {
    Rng rng(seed);
    std::vector<Country> pool = shuffled(countries(), rng);
    const auto remove = [&pool](std::string_view name) {
        const auto found = std::ranges::find(pool, name, &Country::name);
        const Country country = *found;
        pool.erase(found);
        return country;
    };
    remove(favouriteCountry);
    untaught.push_back(remove("Japan"));
    for (const Country& country : take(pool, 35))
        untaught.push_back(country);
    taught = take(pool, 24);
    formatted = take(pool, 24);
    broken = take(pool, 36);

    rivers = shuffled(demo::rivers(), rng);
    musicOnce = shuffled(compositions(), rng);
    musicOnce.resize(24);
    std::vector<Book> bookPool = shuffled(books(), rng);
    booksAbsent = take(bookPool, 24);
    booksTaught = bookPool;
    for (std::string_view name : firstNames()) {
        Account account{name, {}};
        for (int digit = 0; digit < 24; ++digit)
            account.number += (digit == 0 ? "" : " ") + std::to_string(rng.below(10));
        accounts.push_back(std::move(account));
    }
}

std::string fill(std::string_view pattern,
    std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
        const auto found = close == std::string_view::npos
            ? values.end()
            : std::ranges::find(values, pattern.substr(i + 1, close - i - 1),
                &std::pair<std::string_view, std::string_view>::first);
        if (found == values.end()) {
            text += pattern[i];
            continue;
        }
        text += found->second;
        i = close;
    }
    return text;
}

std::string stepsOf(const Task& task) {
    std::string text;
    for (std::string_view step : task.steps)
        text += (text.empty() ? "" : " ") + std::string(step) + ".";
    return text;
}

} // namespace assay::demo
