#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> engineErrors() { return {}; }

} // namespace assay::catalogue
