#pragma once

#include "ui/panels/inspect/branch_tree.h"

#include <deque>
#include <optional>
#include <string>

namespace assay {

/// The branches of texts that were left for others, so that whoever comes back to a text finds them
/// again. As long as the window is open; of texts looked at long ago the oldest give way.
class KeptBranches {
public:
    struct Kept {
        BranchTree tree;
        int current = -1;
        QString templateName; ///< under which the tree's texts were rendered
    };

    /// A text is known by what was asked for it. Trees without a branch are not kept.
    void keep(BranchTree tree, int current, const QString& templateName);
    std::optional<Kept> take(Branch::Kind kind, const Json& input);

private:
    struct Entry {
        std::string key;
        Kept kept;
    };
    std::deque<Entry> m_entries; ///< the newest first
};

} // namespace assay
