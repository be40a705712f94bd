#include "core/base/error_catalogue.h"

namespace assay::catalogue {

std::span<const CatalogueEntry> textErrors() { return {}; }

} // namespace assay::catalogue
