#include "ui/panels/inspect/kept_branches.h"

#include "core/base/json.h"

#include <algorithm>

namespace assay {

namespace {

constexpr std::size_t mostTexts = 40;
/// Tokens of all kept branches: some 200 bytes a token and twenty alternatives.
constexpr std::size_t mostTokens = 400'000;

std::string keyOf(Branch::Kind kind, const Json& input) {
    return std::to_string(int(kind)) + dumpJson(input);
}

std::size_t tokensOf(BranchTree& tree) {
    std::size_t tokens = 0;
    for (const auto& [id, branch] : tree)
        for (const auto& scores : branch.scores)
            tokens += scores ? scores->tokens.size() : 0;
    return tokens;
}

} // namespace

void KeptBranches::keep(BranchTree tree, int current, const QString& templateName) {
    const Branch* root = tree.find(tree.rootId());
    if (!root || tree.order().size() < 2)
        return;
    std::string key = keyOf(root->kind, root->input);
    // What was still being written stands as it is.
    for (auto& [id, branch] : tree)
        if (branch.state == Branch::State::Generating)
            branch.state = Branch::State::Stopped;
    std::erase_if(m_entries, [&](const Entry& entry) { return entry.key == key; });
    m_entries.push_front({std::move(key), {std::move(tree), current, templateName}});
    std::size_t tokens = 0;
    std::size_t fitting = 0;
    for (Entry& entry : m_entries) {
        tokens += tokensOf(entry.kept.tree);
        if (fitting > 0 && (tokens > mostTokens || fitting == mostTexts))
            break;
        ++fitting;
    }
    m_entries.resize(std::min(fitting, m_entries.size()));
}

std::optional<KeptBranches::Kept> KeptBranches::take(Branch::Kind kind, const Json& input) {
    const std::string key = keyOf(kind, input);
    const auto found
        = std::ranges::find_if(m_entries, [&](const Entry& entry) { return entry.key == key; });
    if (found == m_entries.end())
        return std::nullopt;
    Kept kept = std::move(found->kept);
    m_entries.erase(found);
    return kept;
}

} // namespace assay
