#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> dataErrors() { return {}; }

} // namespace assay::catalogue
