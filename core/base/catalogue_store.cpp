#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> storeErrors() { return {}; }

} // namespace assay::catalogue
