#pragma once

#include <QString>

namespace assay {

/// What a file or folder that somebody hands to the window is.
enum class DroppedKind {
    Project, ///< a folder with project.db
    Model, ///< a folder with a model's config, or a file of weights
    Log, ///< a trainer's log, or a folder that holds one
    Data, ///< any other file: the importer says whether it can read it
    Folder, ///< a folder with none of these
    Missing,
};

/// Looks at names only, so it is quick even on a slow disk. `target` gets what to open: for a
/// folder that only holds something inside one level of it, that.
DroppedKind droppedKind(const QString& path, QString* target = nullptr);

} // namespace assay
