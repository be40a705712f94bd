#include "core/base/error_catalogue.h"

#include "core/base/error.h"

#include <algorithm>

namespace assay {

namespace {

void replaceAll(std::string& text, const std::string& from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string fill(std::string_view pattern, const Error& error) {
    std::string text(pattern);
    for (const auto& [name, value] : error.arguments)
        replaceAll(text, "{" + name + "}", value);
    return text;
}

std::string indented(const std::string& text) {
    std::string out = "  " + text;
    replaceAll(out, "\n", "\n  ");
    return out;
}

} // namespace

const std::vector<CatalogueEntry>& errorCatalogue() {
    static const std::vector<CatalogueEntry> all = [] {
        std::vector<CatalogueEntry> entries;
        for (const auto part : {catalogue::generalErrors(), catalogue::dataErrors(),
                 catalogue::textErrors(), catalogue::storeErrors(), catalogue::jobErrors(),
                 catalogue::analysisErrors(), catalogue::engineErrors(), catalogue::adapterErrors(),
                 catalogue::weightErrors(), catalogue::windowErrors()})
            entries.insert(entries.end(), part.begin(), part.end());
        return entries;
    }();
    return all;
}

const CatalogueEntry* findCatalogueEntry(std::string_view code) {
    const auto found = std::ranges::find(errorCatalogue(), code, &CatalogueEntry::code);
    return found == errorCatalogue().end() ? nullptr : &*found;
}

std::string_view Error::argument(std::string_view name) const {
    for (const auto& [key, value] : arguments)
        if (key == name)
            return value;
    return {};
}

std::string message(const Error& error) {
    const CatalogueEntry* entry = findCatalogueEntry(error.code);
    std::string text = entry ? fill(entry->text, error) : error.code;
    if (!entry)
        for (const auto& [name, value] : error.arguments)
            text += " " + name + "=" + value;
    if (!error.where.empty())
        text = error.where + ": " + text;
    for (const Error& detail : error.details)
        text += "\n" + indented(message(detail));
    return text;
}

std::string remedy(const Error& error) {
    const CatalogueEntry* entry = findCatalogueEntry(error.code);
    return entry ? fill(entry->remedy, error) : std::string();
}

} // namespace assay
