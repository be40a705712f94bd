#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace assay {

struct CatalogueEntry {
    std::string_view code;
    /// What happened; {name} is replaced by the argument of that name.
    std::string_view text;
    /// What the reader can do about it.
    std::string_view remedy;
};

/// Every error code of the product. A test checks that each code used in the sources stands here
/// once.
const std::vector<CatalogueEntry>& errorCatalogue();
const CatalogueEntry* findCatalogueEntry(std::string_view code);

/// The parts of the catalogue, one file an area: core/base/catalogue_<area>.cpp.
namespace catalogue {
std::span<const CatalogueEntry> generalErrors();
std::span<const CatalogueEntry> dataErrors();
std::span<const CatalogueEntry> textErrors();
std::span<const CatalogueEntry> storeErrors();
std::span<const CatalogueEntry> jobErrors();
std::span<const CatalogueEntry> analysisErrors();
std::span<const CatalogueEntry> engineErrors();
std::span<const CatalogueEntry> weightErrors();
std::span<const CatalogueEntry> adapterErrors();
std::span<const CatalogueEntry> windowErrors();
} // namespace catalogue

} // namespace assay
