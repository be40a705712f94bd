#include "ui/panels/inspect/branch_tree.h"

#include <algorithm>

namespace assay {

Branch& BranchTree::add(Branch branch) {
    branch.id = m_next++;
    return m_branches.emplace(branch.id, std::move(branch)).first->second;
}

Branch* BranchTree::find(int id) {
    const auto found = m_branches.find(id);
    return found == m_branches.end() ? nullptr : &found->second;
}

const Branch* BranchTree::find(int id) const {
    const auto found = m_branches.find(id);
    return found == m_branches.end() ? nullptr : &found->second;
}

void BranchTree::remove(int id) {
    const Branch* branch = find(id);
    if (!branch || branch->isRoot())
        return;
    std::vector<int> gone;
    collect(id, gone);
    for (const int each : gone)
        m_branches.erase(each);
}

void BranchTree::collect(int id, std::vector<int>& out) const {
    out.push_back(id);
    for (const auto& [child, branch] : m_branches)
        if (branch.parent == id)
            collect(child, out);
}

std::vector<int> BranchTree::order() const {
    std::vector<int> ids;
    for (const auto& [id, branch] : m_branches)
        if (branch.isRoot())
            collect(id, ids);
    return ids;
}

int BranchTree::depth(int id) const {
    int depth = 0;
    for (const Branch* branch = find(id); branch && !branch->isRoot();
         branch = find(branch->parent))
        ++depth;
    return depth;
}

double BranchTree::pathCost(int id) const {
    double cost = 0;
    for (const Branch* branch = find(id); branch; branch = find(branch->parent))
        cost += branch->cost;
    return cost;
}

QString textOfTokens(const ScoreRecord& record, int begin, int end) {
    std::string bytes;
    for (int i = std::max(0, begin); i < std::min(end, int(record.tokens.size())); ++i)
        bytes += record.tokens[std::size_t(i)].bytes;
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

int lastAnswerBegin(const ScoreRecord& record) {
    int begin = int(record.tokens.size());
    for (int i = begin - 1; i >= 0; --i) {
        if (record.tokens[std::size_t(i)].answer)
            begin = i;
        else if (begin < int(record.tokens.size()))
            break;
    }
    return begin;
}

QString branchWords(const Branch& branch, ModelRole role) {
    const ScoreRecord* record = branch.record(role);
    if (!record)
        record = branch.record(role == ModelRole::Base ? ModelRole::Tuned : ModelRole::Base);
    if (!record)
        return {};
    const int count = int(record->tokens.size());
    int begin = branch.at;
    if (branch.isRoot() || branch.kind == Branch::Kind::Edit) {
        begin = lastAnswerBegin(*record);
        if (begin == count)
            begin = 0;
    }
    // What a line can show; a whole document would be laid out for nothing.
    constexpr int shown = 160;
    return textOfTokens(*record, begin, std::min(count, begin + shown)).simplified();
}

} // namespace assay
