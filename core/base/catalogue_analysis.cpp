#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> analysisErrors() { return {}; }

} // namespace assay::catalogue
