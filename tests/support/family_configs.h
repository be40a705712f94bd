#pragma once

#include "core/base/json.h"

#include <string>
#include <vector>

namespace assay::test {

/// A tiny config and how long the texts are that it is tried with.
struct FamilyCase {
    std::string name;
    Json config;
    std::size_t tokens = 24;
};

/// Every family and every kind of rotation for which no reference numbers of another program are at
/// hand; sizes are uneven on purpose, windows and caps small enough to matter.
std::vector<FamilyCase> familyCases();

} // namespace assay::test
