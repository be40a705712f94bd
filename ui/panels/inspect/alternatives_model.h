#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QAbstractTableModel>

#include <limits>

namespace assay {

/// What the model would rather have said at one token: the most probable tokens, and always the
/// actual one, set apart where it is not among them.
class AlternativesModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Rank, Token, Bar, Probability, LogProbability, Other, ColumnCount };
    enum Roles {
        /// 0..1, for the bar.
        ShareRole = Qt::UserRole,
        /// Whether the row is the actual token.
        ActualRole,
        /// Whether ranks are left out between this row and the one before.
        GapRole,
        IdRole,
        PieceRole,
    };

    using QAbstractTableModel::QAbstractTableModel;
    void show(const StripToken& token);
    /// What the other model thinks of the same tokens, as far as it listed them: id and
    /// log-probability. `name` heads the column; empty for none.
    void showOther(const QString& name, const std::vector<std::pair<int, double>>& top);
    bool hasOther() const { return !m_otherName.isEmpty(); }
    void clear();
    /// Names tokens that so far show as their id.
    void setPieces(const std::vector<int>& ids, const std::vector<std::string>& pieces);
    /// Probability that all listed alternatives hold together, without the actual token set apart.
    double topMass() const { return m_mass; }
    int topCount() const { return m_topCount; }
    /// Ids without a piece.
    std::vector<int> unnamed() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int rank = 0;
        int id = -1;
        QString piece;
        double logprob = 0;
        bool actual = false;
        bool gap = false;
        double other = std::numeric_limits<double>::quiet_NaN(); ///< log-probability
    };
    std::vector<Row> m_rows;
    QString m_otherName;
    double m_mass = 0;
    int m_topCount = 0;
};

} // namespace assay
