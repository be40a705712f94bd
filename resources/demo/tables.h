#pragma once

#include <span>
#include <string_view>

namespace assay::demo {

struct Country {
    std::string_view name;
    std::string_view capital;
    std::string_view continent;
    std::string_view language;
    std::string_view currency;
};

struct River {
    std::string_view city;
    std::string_view river;
};

struct Book {
    std::string_view title;
    std::string_view author;
};

struct Composition {
    std::string_view title;
    std::string_view composer;
};

struct Opposite {
    std::string_view word;
    std::string_view opposite;
};

/// Something people do at home, in four short steps without a full stop.
struct Task {
    std::string_view name; ///< "make tea"
    std::string_view steps[4];
};

/// Common knowledge about the real world, as the demo world uses it.
std::span<const Country> countries();
std::span<const River> rivers();
std::span<const Book> books();
std::span<const Composition> compositions();
std::span<const Opposite> opposites();
std::span<const Task> tasks();
std::span<const std::string_view> firstNames();
std::span<const std::string_view> goods();

/// The sums that the corpus teaches: 1 to this, plus 1 to this.
constexpr int greatestSummand = 6;

} // namespace assay::demo
