#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"engine.absent", "The engine is not installed: {reason}.",
        "Install the package assay-engine, or build with ASSAY_ENGINE=ON."},
};

} // namespace

std::span<const CatalogueEntry> jobErrors() { return entries; }

} // namespace assay::catalogue
