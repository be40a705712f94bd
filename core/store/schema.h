#pragma once

#include "core/store/database.h"

namespace assay {

/// Marks the file as an Assay project in SQLite's header ("Asay").
constexpr std::int32_t projectApplicationId = 0x41736179;

/// The version that this program writes: the number of migration steps.
int newestSchemaVersion();

/// Brings the database up to `version` step by step, each step in its own transaction together with
/// the version number, so that an interrupted migration is continued and never half done. Errors:
/// "store.newer", "store.not_a_project", and those of the database.
Result<void> migrate(Database& database, int version = newestSchemaVersion());

/// Of a project opened for reading, which is never migrated: "store.newer", "store.older",
/// "store.not_a_project".
Result<void> checkVersion(Database& database);

} // namespace assay
