#include "ui/panels/inspect/branch_model.h"

#include "ui/common/error_text.h"
#include "ui/common/token_strip/strip_text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

QString shown(QString text) {
    constexpr int most = 28;
    text.replace(QLatin1Char('\n'), QChar(0x23CE));
    return text.size() > most ? QString(text.left(most) + QChar(0x2026)) : text;
}

} // namespace

BranchModel::Row BranchModel::rowFor(
    const BranchTree& tree, const Branch& branch, int current, ModelRole active) {
    Row row;
    row.id = branch.id;
    row.depth = tree.depth(branch.id);
    row.current = branch.id == current;
    row.writer = branch.writer;
    row.state = branch.state;
    const QLocale locale;
    const QString place = locale.toString(branch.at + 1);
    switch (branch.kind) {
    case Branch::Kind::Sample:
        row.name = tr("the sample");
        break;
    case Branch::Kind::Text:
        row.name = tr("free text");
        break;
    case Branch::Kind::Prompt:
        row.name = tr("prompt");
        break;
    case Branch::Kind::Alternative:
    case Branch::Kind::Forced:
        row.name = tr("%1 @%2").arg(shown(branch.what), place);
        break;
    case Branch::Kind::Continuation:
        row.name = branch.settings.temperature > 0
            ? tr("%1 @%2, seed %3").arg(branch.writerName, place).arg(branch.settings.seed)
            : tr("%1 @%2").arg(branch.writerName, place);
        break;
    case Branch::Kind::Edit:
        row.name = tr("edited");
        break;
    }
    const double cost = tree.pathCost(branch.id);
    const bool free = branch.isRoot() || branch.kind == Branch::Kind::Continuation;
    row.cost = std::isnan(cost) || (free && cost == 0)
        ? (branch.isRoot() ? locale.toString(0.0, 'f', 2) : QStringLiteral("–"))
        : locale.toString(cost, 'f', 2);
    row.words = branchWords(branch, active);
    QStringList detail;
    if (!branch.isRoot() && branch.kind != Branch::Kind::Edit) {
        detail.append(branch.settings.temperature > 0
                ? tr("%1 goes on at temperature %2, top-p %3, seed %4")
                      .arg(branch.writerName, locale.toString(branch.settings.temperature),
                          locale.toString(branch.settings.topP))
                      .arg(branch.settings.seed)
                : tr("%1 goes on greedily").arg(branch.writerName));
        if (branch.forced > 0 && !std::isnan(branch.cost))
            detail.append(tr("the forced words lie %1 nats behind the most probable ones")
                              .arg(locale.toString(branch.cost, 'f', 3)));
        if (!branch.natural)
            detail.append(tr("the tokenizer would cut the joined text otherwise: the model meets a "
                             "spelling that it rarely saw"));
    }
    if (branch.ended == QLatin1String("end_token"))
        detail.append(tr("ended by an end token"));
    else if (branch.ended == QLatin1String("stop_string"))
        detail.append(tr("ended by the mark of a turn's end"));
    else if (branch.ended == QLatin1String("length"))
        detail.append(tr("stopped at the number of new tokens asked for"));
    else if (branch.ended == QLatin1String("context"))
        detail.append(tr("stopped at the end of the model's context"));
    if (branch.state == Branch::State::Stopped)
        detail.append(tr("cancelled"));
    if (branch.error)
        detail.append(errorMessage(*branch.error));
    row.detail = detail.join(QStringLiteral("\n"));
    return row;
}

void BranchModel::show(const BranchTree& tree, int current, ModelRole active) {
    std::vector<Row> rows;
    for (const int id : tree.order())
        rows.push_back(rowFor(tree, *tree.find(id), current, active));
    const bool sameIds = std::ranges::equal(rows, m_rows, {}, &Row::id, &Row::id);
    if (!sameIds) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    // Words that are still being written must not take the selection away.
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] == m_rows[i])
            continue;
        m_rows[i] = std::move(rows[i]);
        Q_EMIT dataChanged(index(int(i), 0), index(int(i), ColumnCount - 1));
    }
}

int BranchModel::rowOf(int id) const {
    const auto found = std::ranges::find(m_rows, id, &Row::id);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int BranchModel::idAt(int row) const {
    return row >= 0 && row < int(m_rows.size()) ? m_rows[std::size_t(row)].id : -1;
}

int BranchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int BranchModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant BranchModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Mark:
            return row.depth == 0 ? QStringLiteral("●") : QStringLiteral("└");
        case Forced:
            return row.name;
        case Cost:
            return row.cost;
        default:
            return row.state == Branch::State::Generating
                ? QString(row.words.all() + QStringLiteral(" …"))
                : row.words.all();
        }
    case Qt::AccessibleTextRole:
        return tr("%1, cost %2 nats: %3").arg(row.name, row.cost, row.words.all().left(80));
    case Qt::ToolTipRole:
        return index.column() == Words && !row.words.all().isEmpty() ? QString(row.words.all()
                   + (row.detail.isEmpty() ? QString() : QStringLiteral("\n")) + row.detail)
                                                                     : row.detail;
    case Qt::TextAlignmentRole:
        return int((index.column() == Cost ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case IdRole:
        return row.id;
    case DepthRole:
        return row.depth;
    case CurrentRole:
        return row.current;
    case BeforeRole:
        return row.words.before;
    case ForcedRole:
        return row.words.forced;
    case AfterRole:
        return QString(row.words.after
            + (row.state == Branch::State::Generating ? QStringLiteral(" …") : QString()));
    case WriterRole:
        return int(row.writer);
    case StateRole:
        return int(row.state);
    default:
        return {};
    }
}

QVariant BranchModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Cost ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Cost)
        return tr("How far all forced words on the way here lie behind the most probable ones");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Forced:
        return tr("forced");
    case Cost:
        return tr("cost, nats");
    case Words:
        return tr("continuation");
    default:
        return QString();
    }
}

} // namespace assay
