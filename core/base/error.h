#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay {

/// An expected failure. The code names an entry of the error catalogue, which turns code and
/// arguments into English prose and a remedy; the window translates the same pair.
struct Error {
    /// Catalogue code, for example "file.missing".
    std::string code;
    /// Named arguments of the catalogue's template, for example {"path", "/x/config.json"}.
    std::vector<std::pair<std::string, std::string>> arguments;
    /// Place in the input: "file:line", "file:byte 12", a JSON pointer, or empty.
    std::string where;
    /// The single problems, when a reader collected several before it reported.
    std::vector<Error> details;

    Error() = default;
    Error(std::string errorCode,
        std::vector<std::pair<std::string, std::string>> errorArguments = {},
        std::string place = {})
        : code(std::move(errorCode))
        , arguments(std::move(errorArguments))
        , where(std::move(place)) { }

    std::string_view argument(std::string_view name) const;
};

/// One sentence or more for a person: the catalogue's text with arguments filled in, the place, and
/// the details one a line. `remedy()` is kept apart so that a window can show it as an action.
std::string message(const Error& error);
std::string remedy(const Error& error);

} // namespace assay
