#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> windowErrors() { return {}; }

} // namespace assay::catalogue
