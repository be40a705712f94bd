#include "ui/panels/inspect/alternatives_model.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

void AlternativesModel::clear() {
    beginResetModel();
    m_rows.clear();
    m_mass = 0;
    m_topCount = 0;
    endResetModel();
}

void AlternativesModel::show(const StripToken& token) {
    beginResetModel();
    m_rows.clear();
    m_mass = 0;
    m_topCount = int(token.top.size());
    bool found = false;
    for (const StripAlternative& alternative : token.top) {
        Row row;
        // Equal logits share a rank, as they do in the score record.
        const bool tied = !m_rows.empty() && alternative.logprob == m_rows.back().logprob;
        row.rank = tied ? m_rows.back().rank : int(m_rows.size()) + 1;
        row.id = alternative.id;
        row.logprob = alternative.logprob;
        row.actual = alternative.id == token.id;
        row.piece = row.actual ? quotedPiece(token) : alternative.piece;
        found = found || row.actual;
        m_mass += std::exp(alternative.logprob);
        m_rows.push_back(std::move(row));
    }
    if (!found && token.scored)
        m_rows.push_back(
            {token.rank, token.id, quotedPiece(token), token.logprob, true, !m_rows.empty()});
    endResetModel();
}

void AlternativesModel::showOther(
    const QString& name, const std::vector<std::pair<int, double>>& top) {
    m_otherName = name;
    for (Row& row : m_rows) {
        const auto found = std::ranges::find(top, row.id, &std::pair<int, double>::first);
        row.other = found == top.end() ? std::nan("") : found->second;
    }
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, Other), index(int(m_rows.size()) - 1, Other));
    Q_EMIT headerDataChanged(Qt::Horizontal, Other, Other);
}

std::vector<int> AlternativesModel::unnamed() const {
    std::vector<int> ids;
    for (const Row& row : m_rows)
        if (row.piece.isEmpty())
            ids.push_back(row.id);
    return ids;
}

void AlternativesModel::setPieces(
    const std::vector<int>& ids, const std::vector<std::string>& pieces) {
    if (m_rows.empty() || pieces.size() != ids.size())
        return;
    for (Row& row : m_rows) {
        const auto found = std::ranges::find(ids, row.id);
        if (row.piece.isEmpty() && found != ids.end())
            row.piece
                = quotedPiece(QByteArray::fromStdString(pieces[std::size_t(found - ids.begin())]));
    }
    Q_EMIT dataChanged(index(0, Token), index(int(m_rows.size()) - 1, Token));
}

int AlternativesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AlternativesModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant AlternativesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    const double probability = std::exp(row.logprob);
    const QString piece = row.piece.isEmpty() ? QStringLiteral("#%1").arg(row.id) : row.piece;
    const QLocale locale;
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Rank:
            return locale.toString(row.rank);
        case Token:
            return piece;
        case Probability:
            return locale.toString(probability, 'f', 3);
        case LogProbability:
            return locale.toString(row.logprob, 'f', 2);
        case Other:
            return !hasOther()          ? QString()
                : std::isnan(row.other) ? QStringLiteral("–")
                                        : locale.toString(std::exp(row.other), 'f', 3);
        default:
            return {};
        }
    case Qt::AccessibleTextRole:
        return tr("%1: probability %2, rank %3").arg(piece, percentText(probability)).arg(row.rank);
    case Qt::ToolTipRole:
        return row.actual ? tr("The token that stands in the text (id %1)").arg(row.id)
                          : tr("id %1").arg(row.id);
    case Qt::TextAlignmentRole:
        return index.column() == Token || index.column() == Bar
            ? int(Qt::AlignLeft | Qt::AlignVCenter)
            : int(Qt::AlignRight | Qt::AlignVCenter);
    case ShareRole:
        return probability;
    case ActualRole:
        return row.actual;
    case GapRole:
        return row.gap;
    case IdRole:
        return row.id;
    case PieceRole:
        return piece;
    default:
        return {};
    }
}

QVariant AlternativesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Token || section == Bar ? int(Qt::AlignLeft | Qt::AlignVCenter)
                                                  : int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Other)
        return tr("Probability under the other model, where it is among its 20 most probable");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Rank:
        return QStringLiteral("#");
    case Token:
        return tr("token");
    case Probability:
        return tr("p");
    case LogProbability:
        return tr("log p");
    case Other:
        return m_otherName;
    default:
        return QString();
    }
}

} // namespace assay
