#include "ui/panels/inspect/branch_tree.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

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
    int kept = std::numeric_limits<int>::max();
    for (const Branch* branch = find(id); branch; branch = find(branch->parent)) {
        const int end = branch->at + branch->forced;
        if (end <= kept) {
            cost += branch->cost;
        } else if (branch->at < kept) {
            const ScoreRecord* record = branch->record(branch->writer);
            cost += record ? forcedCost(*record, branch->at, kept) : std::nan("");
        }
        kept = std::min(kept, branch->at);
        if (branch->kind == Branch::Kind::Edit)
            kept = std::numeric_limits<int>::max(); // its text is all its own
    }
    return cost;
}

double forcedCost(const ScoreRecord& record, int begin, int end) {
    double cost = 0;
    for (int i = begin; i < std::min(end, int(record.tokens.size())); ++i) {
        const ScoreRecord::Token& token = record.tokens[std::size_t(i)];
        cost += !token.scored || token.top.empty() ? std::nan("")
                                                   : token.top[0].second - token.logprob;
    }
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

BranchWords branchWords(const Branch& branch, ModelRole role) {
    const ScoreRecord* record = branch.record(role);
    if (!record)
        record = branch.record(role == ModelRole::Base ? ModelRole::Tuned : ModelRole::Base);
    if (!record)
        return {};
    const int count = int(record->tokens.size());
    int begin = lastAnswerBegin(*record);
    if (begin == count)
        begin = 0;
    // What a line can show: a few words before the place, and not a whole document after it.
    constexpr int before = 8;
    constexpr int shown = 160;
    const bool own = !branch.isRoot() && branch.kind != Branch::Kind::Edit;
    const bool cut = own && branch.at - before > begin;
    if (cut)
        begin = branch.at - before;
    std::string parts[3];
    for (int i = begin; i < std::min(count, begin + shown); ++i) {
        const ScoreRecord::Token& token = record->tokens[std::size_t(i)];
        if (!token.frame)
            parts[!own || i < branch.at ? 0 : i < branch.at + branch.forced ? 1 : 2] += token.bytes;
    }
    const auto line = [](const std::string& bytes) {
        // White space becomes one blank, but stays where the parts meet.
        QString text = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
        static const QRegularExpression spaces(QStringLiteral("\\s+"));
        return text.replace(spaces, QStringLiteral(" "));
    };
    BranchWords words;
    words.before = (cut ? QStringLiteral("…") : QString()) + line(parts[0]);
    words.forced = line(parts[1]);
    words.after = line(parts[2]);
    return words;
}

} // namespace assay
